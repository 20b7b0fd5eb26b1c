"""Bytes -> characters: encodings are found, binary files named."""

from __future__ import annotations

import codecs
import re

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
_CONTROLS = {c: None for c in (*range(32), *range(127, 160), 0xFFFD) if chr(c) not in "\t\n\r\f\x1b\x85"}
# Share of bytes beyond ASCII up to which an undeclared one-byte encoding is read as cp1252 (Latin-1 and
# more): Western text has less. A detector mistakes an English text with a few curly quotation marks for
# Greek, Cyrillic or a Macintosh encoding.
_MAX_WESTERN_SHARE = 0.05
# Bytes that are looked at; more makes the charset detector slow, not surer.
_SAMPLE_BYTES = 200_000
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def decode_report(data: bytes, origin: str, *, as_is: bool = False) -> str:
    r"""Decode the bytes of one report; line ends become `\n` and zero bytes go.

    Args:
        data: the file as it is.
        origin: names it in errors.
        as_is: leave line ends and zero bytes where they are.

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
    if len(text) - len(text.translate(_CONTROLS)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableReportError(
            f"{origin}: the file is binary, not text. Give the report as text or HTML."
        )
    return text if as_is else text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _decode(data: bytes, origin: str) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace")
    if wide := _wide_without_bom(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    # A page cut off, or one bad byte among good sequences, is still UTF-8.
    bad = text.count("\ufffd")
    if len(text) - bad - (len(data) - _count_high(data)) > 2 * bad:
        return text
    for name in (*_declared(data), *_guessed(data)):
        try:
            return data.decode(name, errors="replace")
        except (LookupError, UnicodeError):
            continue  # a page may declare what is no encoding at all
    raise UnreadableReportError(
        f"{origin}: the encoding cannot be told. Save the report as UTF-8 (for example: iconv -t UTF-8) and read it again."
    )


def _count_high(data: bytes) -> int:
    return len(data.translate(None, bytes(range(128))))


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 that does not say so: in Western text every other byte is zero."""
    sample = data[: _SAMPLE_BYTES & ~1]
    pairs = len(sample) // 2
    first, second = sample[0 : 2 * pairs : 2].count(0), sample[1::2].count(0)
    if pairs >= 2 and second > 0.7 * pairs and first < 0.02 * pairs:
        return "utf-16-le"
    if pairs >= 2 and first > 0.7 * pairs and second < 0.02 * pairs:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> list[str]:
    found = _DECLARED.search(data[:4096])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    # What is declared UTF-8 and got here is not; Latin-1 means cp1252, as in browsers.
    if not name or name.startswith("utf"):
        return []
    return ["cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name]


def _guessed(data: bytes) -> list[str]:
    sample = data[:_SAMPLE_BYTES]
    if _count_high(sample) <= _MAX_WESTERN_SHARE * len(sample):
        return ["cp1252"]
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [best.encoding] if best else []
