"""What is packed for sending (quoted-printable, base64, words in headers) or written with escapes (strings of JSON)
-> what was meant, with the way back.

Beside each byte or character that comes out stands where it was in what was sent, so that evidence can be
shown there. RFC 2045, section 6, RFC 2047, and RFC 8259, section 7.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PLAIN = "8bit"
QUOTED = "quoted-printable"
BASE64 = "base64"
HEADER = "header"
# Cells of rows: what stands between the quotation marks of a JSON string, and of a field of CSV.
JSON = "json"
CSV = "csv"

# An escaped byte, or what Python's decoder takes for a line that goes on, an escaped sign of its own, or nothing.
_ESCAPE = re.compile(rb"=(?:([0-9A-Fa-f]{2})|\n|\r[^\n]*\n?|(=)|\Z)")
# A pair of surrogates, one code, or one of the short ones.
_JSON_ESCAPE = re.compile(
    rb"\\(?:u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|([^u]))"
)
_SHORT_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f"}
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_ALPHABET = np.isin(
    np.arange(256), np.frombuffer(base64.b64encode(bytes(range(256)) * 3) + b"+/", dtype=np.uint8)
) & (np.arange(256) != ord("="))
_ENCODED_WORD = re.compile(
    rb"=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=(?:\s+(?==\?))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Bytes as they were meant; the byte `n` of them was sent in bytes [begins[n], ends[n]).

    Both ascend; in base64 neighbours share a byte of what was sent.
    """

    data: bytes
    begins: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def unpack(sent: bytes, transfer: str) -> Unpacked:
    r"""Undo an encoding for sending, or the escapes of a JSON string.

    Args:
        transfer: `PLAIN`, `QUOTED`, `BASE64` or `JSON`.

    >>> unpack(b"Caf=C3=A9 =\nshut", QUOTED).data.decode()
    'Café shut'
    >>> unpack(rb"\u201cCaf\u00e9\u201d", JSON).data.decode()
    '“Café”'
    """
    if transfer == QUOTED:
        return _unpack_quoted(sent)
    if transfer == BASE64:
        return _unpack_base64(sent)
    if transfer == JSON:
        return _unpack_json(sent)
    places = np.arange(len(sent) + 1, dtype=np.int64)
    return Unpacked(sent, places[:-1], places[1:])


def tell_transfer(sent: bytes, meant: bytes) -> str | None:
    """How some bytes were packed, if what came out of it is known; None if in no way that leads back."""
    if sent == meant:
        return PLAIN
    return next((way for way in (QUOTED, BASE64) if unpack(sent, way).data == meant), None)


def encoded_words(sent: bytes) -> list[tuple[int, int, bytes, str]]:
    """The encoded words of a header (*=?utf-8?q?Caf=C3=A9?=*).

    Returns:
        For each: its first byte and its end, with the blanks that are not meant before a next one; its bytes
        as they were meant, and the name of their encoding. Broken ones are left out.
    """
    found: list[tuple[int, int, bytes, str]] = []
    for word in _ENCODED_WORD.finditer(sent):
        try:
            packed = word[3]
            meant = (
                base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
                if word[2] in b"bB"
                else binascii.a2b_qp(packed, header=True)
            )
        except ValueError:
            continue
        found.append((word.start(), word.end(), meant, word[1].decode("ascii", "replace")))
    return found


def _unpack_quoted(sent: bytes) -> Unpacked:
    parts: list[bytes] = []
    begins: list[npt.NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    ends: list[npt.NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]

    def take(part: bytes, first: int, width: int) -> None:
        places = np.arange(first, first + len(part), dtype=np.int64)
        parts.append(part)
        begins.append(places)
        ends.append(places + width)

    at = 0
    for escape in _ESCAPE.finditer(sent):
        take(sent[at : escape.start()], at, 1)
        if escape[1]:
            take(bytes([int(escape[1], 16)]), escape.start(), 3)
        elif escape[2]:
            take(b"=", escape.start(), 2)
        at = escape.end()
    take(sent[at:], at, 1)
    return Unpacked(b"".join(parts), np.concatenate(begins), np.concatenate(ends))


def _unpack_json(sent: bytes) -> Unpacked:
    """The characters of a JSON string in UTF-8; all bytes of an escaped one have the bytes of its escape."""
    parts: list[bytes] = []
    # Of each stretch: its first byte, how many bytes come out, how far apart they were sent, and how long each was.
    stretches: list[tuple[int, int, int, int]] = []
    at = 0
    for escape in [*_JSON_ESCAPE.finditer(sent), None]:
        begin = escape.start() if escape else len(sent)
        parts.append(sent[at:begin])
        stretches.append((at, begin - at, 1, 1))
        if escape:
            at = escape.end()
            parts.append(_escaped(escape))
            stretches.append((begin, len(parts[-1]), 0, at - begin))
    firsts, lengths, steps, widths = np.array(stretches, dtype=np.int64).T
    number = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    begins = np.repeat(firsts, lengths) + number * np.repeat(steps, lengths)
    return Unpacked(b"".join(parts), begins, begins + np.repeat(widths, lengths))


def _escaped(escape: re.Match[bytes]) -> bytes:
    high, low, code, short = escape.groups()
    if short:
        return _SHORT_ESCAPES.get(short, short)
    if code:
        return chr(int(code, 16)).encode("utf-8", "surrogatepass")
    return chr(0x10000 + (int(high, 16) - 0xD800 << 10) + int(low, 16) - 0xDC00).encode()


def _unpack_base64(sent: bytes) -> Unpacked:
    places = np.flatnonzero(_ALPHABET[np.frombuffer(sent, dtype=np.uint8)]).astype(np.int64)
    signs = _NOT_BASE64.sub(b"", sent)
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]  # one sign alone holds no byte
    data = base64.b64decode(signs + b"=" * (-len(signs) % 4))
    byte = np.arange(len(data), dtype=np.int64)
    first = byte // 3 * 4 + byte % 3
    return Unpacked(data, places[first], places[first + 1] + 1)
