"""Bytes -> characters: encodings are found, binary files named."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import UnreadableReportError
from onrecord.reading.language import has_english_words
from onrecord.reading.mojibake import repair_mojibake

# Byte order marks, the codec that takes them off, and the one in which bytes behind them are counted.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_WIDE_MARKS = tuple(bom for bom, _, codec in _BOMS if codec != "utf-8")
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
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0c\r\x1b"))
# U+0080 to U+009F without the next-line mark, as UTF-8 has them.
_HIGH_CONTROL = re.compile(b"\xc2[\x80-\x84\x86-\x9f]")
# Share of bytes beyond ASCII up to which an undeclared one-byte encoding is read as cp1252 (Latin-1 and
# more): Western text has less. A detector mistakes an English text with a few curly quotation marks for
# Greek, Cyrillic or a Macintosh encoding.
_MAX_WESTERN_SHARE = 0.05
# An English text of few lines, or of many foreign names, has more; there its own words and the places in which
# its characters stand tell that it is one: a letter beyond ASCII stands beside one of ASCII, a capital behind no small letter;
# quotation marks at the begin and end of words; dashes and common signs anywhere.
_ASCII_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]+(?![A-Za-z\x80-\xff])")
_SMALL, _CAPITAL = "ß-öø-ÿœšž", "À-ÖØ-ÞŒŠŽŸ"
_IN_PLACE = re.compile(
    f"(?<=[A-Za-z])[{_SMALL}]|[{_SMALL}](?=[A-Za-z])|(?<= )à(?= )"
    f"|(?<![a-z{_SMALL}])[{_CAPITAL}](?=[A-Za-z])|(?<=[A-Z])[{_CAPITAL}](?![a-z{_SMALL}])"
    r"|(?<!\w)[“‘«„](?!\s)|(?<!\s)[”’»]|’(?=\w)|[–—…•£€¥§©®°™½¼¾\xa0]"
)
# Share of them from which it is believed. Of English in a Macintosh encoding cp1252 makes capitals behind words.
_MIN_IN_PLACE = 0.9
# Bytes that are looked at; more makes the charset detector slow, not surer.
_SAMPLE_BYTES = 200_000
# Names that pages use -> the codec that browsers read them with: mostly the larger set that includes it.
_BROWSER_CODECS = (
    dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252")
    | dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030")
    | dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932")
    | dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949")
    | dict.fromkeys(("iso-8859-9", "latin5"), "cp1254")
    | dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874")
    | {
        "big5": "big5hkscs",
        "x-mac-cyrillic": "mac_cyrillic",
        "x-euc-jp": "euc_jp",
        "iso-8859-8-i": "iso-8859-8",
    }
)
# Codecs of Python that are no encoding of a page; punycode takes a quarter of an hour for ten megabytes.
_NO_PAGE_CODECS = ("punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7")
# Encodings that use ASCII bytes only, so that they pass for UTF-8; what shows that they are in use.
_SEVEN_BIT = {"iso2022": b"\x1b", "hz": b"~{"}
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def decode_report(data: bytes, origin: str, *, as_is: bool = False, declared: str | None = None) -> str:
    r"""Decode the bytes of one report; line ends become `\n` and zero bytes go. As `decode_with_codec`."""
    return decode_with_codec(data, origin, as_is=as_is, declared=declared)[0]


def decode_head(head: bytes) -> str:
    """The characters with which a file begins, as far as the bytes themselves say how they are encoded: enough
    to tell its form. Others become U+FFFD."""
    for bom, name, _ in _BOMS:
        if head.startswith(bom):
            return head.decode(name, "replace")
    return head.decode(_wide_without_bom(head) or "utf-8", "replace")


def is_wide(data: bytes) -> bool:
    """Is it UTF-16 or UTF-32, by its byte order mark or its zero bytes?"""
    return data.startswith(_WIDE_MARKS) or _wide_without_bom(data) is not None


def decode_with_codec(
    data: bytes, origin: str, *, as_is: bool = False, declared: str | None = None
) -> tuple[str, str]:
    r"""Decode the bytes of one report; line ends become `\n`, zero bytes go, and UTF-8 that was read as cp1252
    before it was saved is put right. Gives the codec as well.

    Args:
        data: the file as it is.
        origin: names it in errors.
        as_is: leave line ends, zero bytes and broken characters as they are.
        declared: the encoding that came along with the bytes, for example in an HTTP header. Bytes that
            are plainly something else are not read with it.

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
    text, codec = _decode(data, origin, declared)
    # What was decoded without loss need not be written as UTF-8 once more.
    written = data if codec == "utf-8" and "\ufffd" not in text else text.encode("utf-8", "surrogatepass")
    if not as_is and (mended := repair_mojibake(text, written)) != text:
        text, written = mended, mended.encode("utf-8", "surrogatepass")
    if _has_controls(text, written):
        raise UnreadableReportError(
            f"{origin}: the file is binary, not text. Give the report as text or HTML."
        )
    if not as_is:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if b"\x00" in written:
            text = text.replace("\x00", "")
    return text, codec


def _has_controls(text: str, data: bytes) -> bool:
    """Has a text, and `data`, the same in UTF-8, more control and replacement characters than a text has?"""
    # Bytes are counted three times as fast as characters.
    found = len(data) - len(data.translate(None, _CONTROLS)) + text.count("\ufffd")
    if len(data) > len(text) and b"\xc2" in data:
        found += len(_HIGH_CONTROL.findall(data))
    return found > _MAX_CONTROL_SHARE * len(text)


def _decode(data: bytes, origin: str, declared: str | None) -> tuple[str, str]:
    for bom, name, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace"), codec
    if wide := _wide_without_bom(data):
        return data.decode(wide, errors="replace"), wide
    named = [codec for codec in (find_codec(declared or ""), find_codec(_declared(data))) if codec]
    for name in named:
        if any(name.startswith(family) and sign in data for family, sign in _SEVEN_BIT.items()):
            return data.decode(name, errors="replace"), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace")
        # Cut off within a character, with others before it.
        if error.start >= len(data) - 3 and not data[: error.start].isascii():
            return text, "utf-8"
    else:
        # Cyrillic in UTF-16 is valid UTF-8 too, full of control characters.
        wide = next((n for n in named if n.startswith(("utf-16", "utf-32"))), None)
        if wide and _has_controls(text, data):
            return data.decode(wide, errors="replace"), wide
        return text, "utf-8"
    # A page cut off, or one bad byte among good sequences, is still UTF-8.
    bad = text.count("\ufffd")
    if len(text) - bad - (len(data) - _count_high(data)) > 2 * bad:
        return text, "utf-8"
    # What is declared UTF-8 and got here is not.
    for name in (*(name for name in named if name != "utf-8"), *_guessed(data)):
        try:
            return data.decode(name, errors="replace"), name
        except (LookupError, UnicodeError):
            continue  # some codecs replace nothing
    raise UnreadableReportError(
        f"{origin}: the encoding cannot be told. Save the report as UTF-8 (for example: iconv -t UTF-8) and read it again."
    )


def _count_high(data: bytes) -> int:
    return len(data.translate(None, bytes(range(128))))


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 that does not say so: in Western text every other byte is zero."""
    sample = data[: _SAMPLE_BYTES & ~1]
    if 0 not in sample:
        return None
    pairs = len(sample) // 2
    first, second = sample[0 : 2 * pairs : 2].count(0), sample[1::2].count(0)
    if pairs >= 2 and second > 0.7 * pairs and first < 0.02 * pairs:
        return "utf-16-le"
    if pairs >= 2 and first > 0.7 * pairs and second < 0.02 * pairs:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str:
    """What the page itself declares, in its first 4,096 bytes; empty if nothing."""
    found = _DECLARED.search(data[:4096])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    # A `<meta>` that could be read as ASCII stands in no wide encoding.
    return "utf-8" if name.startswith("utf") else name


def find_codec(name: str) -> str | None:
    """The codec for an encoding as pages and servers name it; None if there is none."""
    try:
        codec = codecs.lookup(_BROWSER_CODECS.get(name.strip().lower(), name.strip())).name
        "".encode(codec)  # hex, zip and the like are codecs too, but give no text
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if codec in _NO_PAGE_CODECS else codec


def _guessed(data: bytes) -> list[str]:
    sample = data[:_SAMPLE_BYTES]
    fits = _share_in_place(sample, "cp1252")
    is_english = _is_english(sample)
    if is_english and fits < _MIN_IN_PLACE <= _share_in_place(sample, "mac_roman"):
        return ["mac_roman"]
    is_western = _count_high(sample) <= _MAX_WESTERN_SHARE * len(sample)
    if is_western or (is_english and fits >= _MIN_IN_PLACE):
        return ["cp1252"]
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [best.encoding] if best else []


def _share_in_place(data: bytes, codec: str) -> float:
    """Which share of the characters beyond ASCII stands where such letters and marks stand, read with a codec."""
    text = data.decode(codec, "replace")
    return len(_IN_PLACE.findall(text)) / max(1, sum(not c.isascii() for c in text))


def _is_english(data: bytes) -> bool:
    """Are the words with ASCII letters alone those of an English text?"""
    words = _ASCII_WORD.findall(data)
    return has_english_words([word.decode("ascii").lower() for word in words], least=1)
