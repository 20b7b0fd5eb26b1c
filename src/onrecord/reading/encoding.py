"""Bytes -> characters: encodings are found, binary files named."""

from __future__ import annotations

import codecs

from onrecord.errors import UnreadableReportError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that are no text, though some would decode as one.
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
}
# Share of control characters above which decoded bytes are taken for something other than text.
_MAX_CONTROL_SHARE = 0.02
# Bytes that the charset detector looks at; more makes it slow, not surer.
_SAMPLE_BYTES = 200_000


def decode_report(data: bytes, origin: str) -> str:
    r"""Decode the bytes of one report; line ends become `\\n`.

    Args:
        data: the file as it is.
        origin: names it in errors.

    Raises:
        UnreadableReportError: if the file is empty, binary, or in no encoding that can be told.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableReportError(f"{origin}: the file is empty. Give a file with the text of a report.")
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableReportError(
                f"{origin}: this is {name}, not text. Give the report as text or HTML."
            )
    text = _decode(data, origin)
    controls = sum(text.count(chr(c)) for c in range(32) if chr(c) not in "\t\n\r\f\x1b") + text.count(
        "\ufffd"
    )
    if controls > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableReportError(
            f"{origin}: the file is binary, not text. Give the report as text or HTML."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _decode(data: bytes, origin: str) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut off, or one bad byte in a long text, is still UTF-8.
        if error.start > 200 and data[: error.start].decode("utf-8").isascii() is False:
            return data.decode("utf-8", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None:
        raise UnreadableReportError(
            f"{origin}: the encoding cannot be told. Save the report as UTF-8 (for example: iconv -t UTF-8) and read it again."
        )
    return data.decode(best.encoding, errors="replace")
