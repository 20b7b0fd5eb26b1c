"""From the clean text back to the bytes that a report was read from, so that evidence can be shown there.

Both are cut into words. The clean text's words stand in the source in the same order, with markup,
furniture and line breaks between them, so the two are walked along together: where they part, the next
few words are looked up in the source behind. What the source has in another place (a headline taken
from metadata) is looked up in all of it. Of a mail the source is what its header and parts say once they are
unpacked (`transfer.py`), of a row what its cells say without their escapes; the bytes are always those of the file.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from html.entities import html5

import numpy as np
import numpy.typing as npt

from onrecord.article import Original, Piece
from onrecord.reading.encoding import find_codec
from onrecord.reading.transfer import CSV, HEADER, encoded_words, unpack

# Words looked up together when the thread is lost; fewer stand in too many places.
_ANCHOR = 4
_WORD = re.compile(r"\w+")
# Code, comments and tags; between them is text. Entities are part of the words that they stand in.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<[a-zA-Z/!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
# An entity, or what may be one: pages leave out the semicolon, and parsers read it all the same.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_WORD_WITH_ENTITIES = re.compile(rf"(?:\w|{_ENTITY.pattern})+")
# Encodings in which a byte's meaning depends on what stands long before it.
STATEFUL = ("iso2022", "hz", "utf_7")
_ALL_BYTES = bytes(range(256))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the clean text whose words stand in the source one after the other.

    `start`, `end` are code points of the clean text; `byte_start`, `byte_end` bytes of the file (`Original.start` and
    on).
    """

    start: int
    end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True)
class _Word:
    letters: str
    start: int
    end: int


def map_to_source(text: str, original: Original) -> tuple[Run, ...]:
    """Where the words of a clean text stand in the bytes that it was read from.

    In markup, tags, comments and code are passed over and entities read.

    Returns:
        Runs in the order of the text. Words that are not found (a word joined from two lines, a
        headline from a binary field) are in no run.
    """
    if (whole := _whole(text, original)) is not None:
        return whole
    source = _read_source(original)
    ours = list(_words(text))
    pairs = _align([w.letters for w in ours], [w.letters for w in source.words])
    return tuple(
        Run(ours[a].start, ours[b].end, *(at + original.start for at in source.places(c, d)))
        for a, b, c, d in _stretches(pairs, source.piece_begins)
    )


def _whole(text: str, original: Original) -> tuple[Run, ...] | None:
    """The one run of a text that is all that its bytes say, but for blanks around it; None of any other. Most rows of a table
    and many files are such, and need no words laid beside each other."""
    if original.is_markup or len(original.pieces) > 1:
        return None
    if original.pieces:
        (piece,) = original.pieces
        if piece.is_markup:
            return None
        there, begins, ends = _decode_piece(original.data[piece.start : piece.end], piece)
        ahead = original.start + piece.start
    else:
        there, byte_of = decode_places(original.data, byte_codec(original.codec, original.data))
        begins, ends, ahead = byte_of[:-1], byte_of[1:], original.start
    if there.strip() != text.strip():
        return None
    first = _WORD.search(text)
    if first is None:
        return ()
    end = len(text)
    while not _WORD.match(text, end - 1):
        end -= 1
    shift = there.index(text.strip()) - text.index(text.strip())
    places = int(begins[first.start() + shift]) + ahead, int(ends[end - 1 + shift]) + ahead
    return (Run(first.start(), end, *places),)


def locate(
    runs: Sequence[Run], text: str, original: Original, start: int, end: int
) -> tuple[int, int] | None:
    """The bytes in which the words of a span stand, from the first letter to the last.

    Args:
        runs: `map_to_source(text, original)`, or the same as the record keeps it.
        start, end: the span, code points of `text`.

    Returns:
        Bytes of the file, end exclusive (of `original.data`, which begins at `original.start`); None if no word of
        the span is mapped.
    """
    ahead = original.start
    found: list[tuple[int, int]] = []
    for run in runs:
        if run.end <= start or run.start >= end:
            continue
        ours = _words(text, run.start, run.end)
        there = replace(run, byte_start=run.byte_start - ahead, byte_end=run.byte_end - ahead)
        for word, (first, last) in zip(ours, _places_of_words(there, original), strict=False):
            if word.end > start and word.start < end:
                found.append((first, last))
    return (min(f[0] for f in found) + ahead, max(f[1] for f in found) + ahead) if found else None


def _places_of_words(run: Run, original: Original) -> Iterator[tuple[int, int]]:
    """The bytes of each word of a run, both counted from the first of `original.data`."""
    for piece in original.pieces:
        if piece.start <= run.byte_start and run.byte_end <= piece.end:
            source = _read_source(replace(original, pieces=(piece,)))
            places = (source.places(n, n) for n in range(len(source.words)))
            yield from (p for p in places if p[0] >= run.byte_start and p[1] <= run.byte_end)
            return
    codec = byte_codec(original.codec, original.data)
    begin = 0 if codec.startswith(STATEFUL) else run.byte_start
    source_text, byte_of = decode_places(original.data[begin : run.byte_end], codec)
    for word in _markup_words(source_text) if original.is_markup else _words(source_text):
        first, last = begin + int(byte_of[word.start]), begin + int(byte_of[word.end])
        if first >= run.byte_start:
            yield first, last


@dataclass(frozen=True, slots=True)
class _Source:
    """What a report was read from, in words.

    Attributes:
        words: of all pieces, one behind the other, by characters of all of them together.
        piece_begins: the number of each piece's first word; a run ends there.
        begins, ends: the bytes of each character.
    """

    words: list[_Word]
    piece_begins: frozenset[int]
    begins: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def places(self, first: int, last: int) -> tuple[int, int]:
        """The bytes from the first letter of a word to the last letter of another one."""
        return int(self.begins[self.words[first].start]), int(self.ends[self.words[last].end - 1])


def _read_source(original: Original) -> _Source:
    if not original.pieces:
        text, byte_of = decode_places(original.data, byte_codec(original.codec, original.data))
        words = list(_markup_words(text) if original.is_markup else _words(text))
        return _Source(words, frozenset(), byte_of[:-1], byte_of[1:])
    words = []
    piece_begins: list[int] = []
    begins: list[npt.NDArray[np.int64]] = []
    ends: list[npt.NDArray[np.int64]] = []
    length = 0
    for piece in original.pieces:
        text, first, last = _decode_piece(original.data[piece.start : piece.end], piece)
        found = _markup_words(text) if piece.is_markup else _words(text)
        piece_begins.append(len(words))
        words += [_Word(w.letters, w.start + length, w.end + length) for w in found]
        begins.append(first + piece.start)
        ends.append(last + piece.start)
        length += len(text)
    return _Source(words, frozenset(piece_begins), np.concatenate(begins), np.concatenate(ends))


def _decode_piece(sent: bytes, piece: Piece) -> tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The text of a piece, and for each of its characters the bytes of the piece in which it was sent."""
    if piece.transfer == HEADER:
        return _decode_header(sent, piece.codec)
    if piece.transfer == CSV:
        return _decode_field(sent, piece.codec)
    unpacked = unpack(sent, piece.transfer)
    text, byte_of = decode_places(unpacked.data, byte_codec(piece.codec, unpacked.data))
    return text, unpacked.begins[byte_of[:-1]], unpacked.ends[byte_of[1:] - 1]


def _decode_field(sent: bytes, codec: str) -> tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """As `_decode_piece`, of a field of CSV in quotation marks, those in it doubled."""
    written, byte_of = decode_places(sent, byte_codec(codec, sent))
    second = np.array([pair.end() - 1 for pair in re.finditer('""', written)], dtype=np.int64)
    ends = byte_of[1:].copy()
    ends[second - 1] = ends[second]
    return written.replace('""', '"'), np.delete(byte_of[:-1], second), np.delete(ends, second)


def _decode_header(sent: bytes, codec: str) -> tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """As `_decode_piece`, of a header; all characters of an encoded word have the bytes of that word."""
    texts: list[str] = []
    begins: list[npt.NDArray[np.int64]] = []
    ends: list[npt.NDArray[np.int64]] = []
    at = 0
    for start, end, meant, charset in [*encoded_words(sent), (len(sent), len(sent), b"", codec)]:
        between, byte_of = decode_places(sent[at:start], codec)
        word = meant.decode(find_codec(charset) or codec, "replace")
        texts += [between, word]
        begins += [byte_of[:-1] + at, np.full(len(word), start, dtype=np.int64)]
        ends += [byte_of[1:] + at, np.full(len(word), start + len(sent[start:end].rstrip()), dtype=np.int64)]
        at = end
    return "".join(texts), np.concatenate(begins), np.concatenate(ends)


def _words(text: str, start: int = 0, end: int | None = None) -> Iterator[_Word]:
    for found in _WORD.finditer(text, start, len(text) if end is None else end):
        yield _Word(found[0], *found.span())


def _markup_words(source: str) -> Iterator[_Word]:
    at = 0
    for tag in [*_MARKUP.finditer(source), None]:
        end = tag.start() if tag else len(source)
        for found in _WORD_WITH_ENTITIES.finditer(source, at, end):
            if "&" not in found[0]:
                yield _Word(found[0], *found.span())
            else:
                yield from _words_of_entities(found[0], found.start())
        at = tag.end() if tag else end


def _words_of_entities(source: str, begin: int) -> Iterator[_Word]:
    """The words of a stretch that has entities, each from its first character in the source to its last."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(source):
        entity = _ENTITY.match(source, at)
        part, length = _read_entity(entity[0]) if entity else (source[at], 1)
        parts.append(part)
        places += [(begin + at, begin + at + length)] * len(part)
        at += length
    for word in _WORD.finditer("".join(parts)):
        yield _Word(word[0], places[word.start()][0], places[word.end() - 1][1])


def _read_entity(entity: str) -> tuple[str, int]:
    """What an entity stands for, and how many of its characters are read (of *&copyright*, five)."""
    if entity[1] == "#" or entity[1:] in html5:
        return unescape(entity), len(entity)
    for end in range(len(entity) - 1, 2, -1):
        if entity[1:end] in html5:
            return html5[entity[1:end]], end
    return "&", 1


def _align(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs (place in ours, place in theirs) of equal words, ours ascending."""
    anchors: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(theirs)):
        anchors.setdefault(tuple(theirs[j : j + _ANCHOR]), []).append(j)
    at = 0
    for i, word in enumerate(ours):
        goes_on = at < len(theirs) and theirs[at] == word
        if not goes_on or ours[i + 1 : i + 2] != theirs[at + 1 : at + 2]:
            # One word alone may be like the next by chance: the first *The* of a line of furniture.
            places = anchors.get(tuple(ours[i : i + _ANCHOR]), [])
            later = bisect_right(places, at)
            if later < len(places):
                at = places[later]
            elif places and not goes_on:
                at = places[0]
            elif not goes_on:
                continue
        yield i, at
        at += 1


def _stretches(
    pairs: Iterator[tuple[int, int]], breaks: Container[int]
) -> Iterator[tuple[int, int, int, int]]:
    """(first, last) in ours and (first, last) in theirs of pairs that go on without a gap in either.

    Args:
        breaks: places in theirs at which no stretch goes on.
    """
    open_: tuple[int, int, int, int] | None = None
    for i, j in pairs:
        if open_ and i == open_[1] + 1 and j == open_[3] + 1 and j not in breaks:
            open_ = (open_[0], i, open_[2], j)
            continue
        if open_:
            yield open_
        open_ = (i, i, j, j)
    if open_:
        yield open_


def byte_codec(codec: str, data: bytes) -> str:
    """The codec in which any part of some bytes can be read, byte order and all."""
    name = codecs.lookup(codec).name.replace("-", "_")
    if name in ("utf_16", "utf_32"):
        bom = codecs.BOM_UTF16_BE if name == "utf_16" else codecs.BOM_UTF32_BE
        return f"{name}_be" if data.startswith(bom) else f"{name}_le"
    return "utf_8" if name == "utf_8_sig" else name


def decode_places(data: bytes, codec: str) -> tuple[str, npt.NDArray[np.int64]]:
    """The text of some bytes, and for each of its characters, and its end, the byte where it begins."""
    text = data.decode(codec, "replace")
    if len(text) == len(data) and (data.isascii() or len(_ALL_BYTES.decode(codec, "replace")) == 256):
        return text, np.arange(len(data) + 1)  # a byte a character
    if codec == "utf_8" and len(text.encode("utf-8")) == len(data) and "\ufffd" not in text:
        begins = np.frombuffer(data, dtype=np.uint8) & 0xC0 != 0x80
        return text, np.append(np.flatnonzero(begins), len(data))
    parts: list[str] = []
    starts: list[int] = []
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    begun = 0
    for at in range(len(data)):
        part = decoder.decode(data[at : at + 1])
        if part:
            # What comes out together after a broken sequence began with its first byte.
            starts += [begun, *[at] * (len(part) - 1)]
            parts.append(part)
            begun = at + 1
    rest = decoder.decode(b"", final=True)
    starts += [begun] * len(rest)
    return "".join([*parts, rest]), np.array([*starts, len(data)], dtype=np.int64)
