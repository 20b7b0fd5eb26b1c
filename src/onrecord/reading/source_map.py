"""From the clean text back to the bytes that a report was read from, so that evidence can be shown there.

Both are cut into words. The clean text's words stand in the source in the same order, with markup,
furniture and line breaks between them, so the two are walked along together: where they part, the next
few words are looked up in the source behind. What the source has in another place (a headline taken
from metadata) is looked up in all of it.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

import numpy as np
import numpy.typing as npt

from onrecord.article import Original

# Words looked up together when the thread is lost; fewer stand in too many places.
_ANCHOR = 4
_WORD = re.compile(r"\w+")
# Code, comments and tags; between them is text. Entities are part of the words that they stand in.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)|<[a-zA-Z/!?][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_WORD_WITH_ENTITIES = re.compile(r"(?:\w|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the clean text whose words stand in the source one after the other.

    `start`, `end` are code points of the clean text; `byte_start`, `byte_end` bytes of the source.
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
    source, byte_of = _decode(original.data, original.codec)
    ours = list(_words(text))
    theirs = list(_markup_words(source) if original.is_markup else _words(source))
    stretches = _stretches(_align([w.letters for w in ours], [w.letters for w in theirs]))
    return tuple(
        Run(ours[a].start, ours[b].end, int(byte_of[theirs[c].start]), int(byte_of[theirs[d].end]))
        for a, b, c, d in stretches
    )


def locate(
    runs: Sequence[Run], text: str, original: Original, start: int, end: int
) -> tuple[int, int] | None:
    """The bytes in which the words of a span stand, from the first letter to the last.

    Args:
        runs: `map_to_source(text, original)`, or the same as the record keeps it.
        start, end: the span, code points of `text`.

    Returns:
        Bytes of `original.data`, end exclusive; None if no word of the span is mapped.
    """
    found: list[tuple[int, int]] = []
    for run in runs:
        if run.end <= start or run.start >= end:
            continue
        source, byte_of = _decode(original.data[run.byte_start : run.byte_end], original.codec)
        theirs = _markup_words(source) if original.is_markup else _words(source)
        for ours, their in zip(_words(text, run.start, run.end), theirs, strict=False):
            if ours.end > start and ours.start < end:
                found.append(
                    (run.byte_start + int(byte_of[their.start]), run.byte_start + int(byte_of[their.end]))
                )
    return (min(f[0] for f in found), max(f[1] for f in found)) if found else None


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
                for inner in _WORD.findall(unescape(found[0])):
                    yield _Word(inner, *found.span())
        at = tag.end() if tag else end


def _align(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs (place in ours, place in theirs) of equal words, ours ascending."""
    anchors: dict[tuple[str, ...], list[int]] = {}
    for j in range(len(theirs)):
        anchors.setdefault(tuple(theirs[j : j + _ANCHOR]), []).append(j)
    at = 0
    for i, word in enumerate(ours):
        if at < len(theirs) and theirs[at] == word:
            yield i, at
            at += 1
            continue
        places = anchors.get(tuple(ours[i : i + _ANCHOR]))
        if places:
            at = places[min(bisect_right(places, at), len(places) - 1)] if places[-1] > at else places[0]
            yield i, at
            at += 1


def _stretches(pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """(first, last) in ours and (first, last) in theirs of pairs that go on without a gap in either."""
    open_: tuple[int, int, int, int] | None = None
    for i, j in pairs:
        if open_ and i == open_[1] + 1 and j == open_[3] + 1:
            open_ = (open_[0], i, open_[2], j)
            continue
        if open_:
            yield open_
        open_ = (i, i, j, j)
    if open_:
        yield open_


def _decode(data: bytes, codec: str) -> tuple[str, npt.NDArray[np.int64]]:
    """The text of some bytes, and for each of its characters, and its end, the byte where it begins."""
    if data.isascii() and not codec.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return data.decode(codec, "replace"), np.arange(len(data) + 1)
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
