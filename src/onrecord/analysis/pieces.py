"""Text -> word pieces with offsets, and the input features that an uncased encoder lacks.

The encoder is uncased and sees no line breaks, so casing, quotation state and line starts are
given to it beside the pieces (DESIGN.md section 4). Training and run time share this module: what
the model was trained on is what it sees later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

# Longest stretch handed to the tokenizer at once. It bounds memory on a page that is one line of
# a million characters; the cut falls on a blank, so no word is divided.
MAX_CHUNK_CHARS = 20_000

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+", re.UNICODE)


class Casing(IntEnum):
    """How the word that a piece belongs to is written."""

    PUNCTUATION = 0
    LOWER = 1
    CAPITAL = 2
    UPPER = 3
    DIGIT = 4
    MIXED = 5


class Quotation(IntEnum):
    """Where a piece stands with regard to quotation marks."""

    OUTSIDE = 0
    INSIDE = 1
    OPENING = 2
    CLOSING = 3
    INSIDE_SINGLE = 4


class Position(IntEnum):
    """Where a piece stands in its line (a paragraph, headline or bullet)."""

    WITHIN = 0
    LINE_START = 1
    TEXT_START = 2
    LINE_END = 3


class Tokenizer(Protocol):
    """The part of `tokenizers.Tokenizer` that is used here."""

    def encode_batch(self, input: list[str], *, add_special_tokens: bool) -> list[Encoding]:
        """Cut several strings."""
        ...


class Encoding(Protocol):
    """The part of `tokenizers.Encoding` that is used here."""

    @property
    def ids(self) -> list[int]:
        """Ids of the pieces."""
        ...

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Code points (start, end) of each piece in the string."""
        ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text; all arrays have shape (pieces,).

    `start` and `end` are code-point offsets into the text, end exclusive; `line` counts the
    non-empty lines from 0; `heading` is 1 for pieces of the headline and bullets at the top.
    """

    ids: Ints
    start: Ints
    end: Ints
    line: Ints
    casing: Ints
    quotation: Ints
    position: Ints
    heading: Ints

    def __len__(self) -> int:
        return len(self.ids)


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces and compute their features.

    Args:
        text: any text; empty gives no pieces.
        tokenizer: an uncased WordPiece tokenizer.
    """
    chunks: list[tuple[int, int, str]] = []  # (offset, line, string)
    for number, match in enumerate(_LINE.finditer(text)):
        for offset, chunk in _chunks(match.group(), match.start()):
            chunks.append((offset, number, chunk))
    encodings = tokenizer.encode_batch([c for _, _, c in chunks], add_special_tokens=False)
    ids: list[int] = []
    start: list[int] = []
    end: list[int] = []
    line: list[int] = []
    for (offset, number, _), encoding in zip(chunks, encodings, strict=True):
        ids.extend(encoding.ids)
        start.extend([offset + a for a, _ in encoding.offsets])
        end.extend([offset + b for _, b in encoding.offsets])
        line.extend([number] * len(encoding.ids))
    starts, ends, lines = (np.asarray(v, dtype=np.int64) for v in (start, end, line))
    return Pieces(
        ids=np.asarray(ids, dtype=np.int64),
        start=starts,
        end=ends,
        line=lines,
        casing=_casing_by_char(text)[starts] if len(starts) else starts,
        quotation=quotation_by_char(text)[starts] if len(starts) else starts,
        position=_positions(lines),
        heading=(lines < heading_lines(text)).astype(np.int64),
    )


def _chunks(line: str, offset: int) -> list[tuple[int, str]]:
    """Divide a line longer than MAX_CHUNK_CHARS at blanks (or anywhere, if it has none)."""
    found = []
    at = 0
    while len(line) - at > MAX_CHUNK_CHARS:
        cut = line.rfind(" ", at + 1, at + MAX_CHUNK_CHARS)
        cut = cut if cut > at else at + MAX_CHUNK_CHARS
        found.append((offset + at, line[at:cut]))
        at = cut
    found.append((offset + at, line[at:]))
    return found


# A byte a character; looking a member of an enumeration up each time would take longer than all the rest.
_PUNCTUATION, _LOWER, _CAPITAL, _UPPER, _DIGIT, _MIXED = (bytes([casing]) for casing in Casing)


def _casing_by_char(text: str) -> Ints:
    """The casing of the word at each character; shape (characters,)."""
    parts: list[bytes] = []
    end = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if start > end:
            parts.append(_PUNCTUATION * (start - end))
        if word.islower():
            value = _LOWER
        elif word.isdigit():
            value = _DIGIT
        elif word[0].isupper() and (len(word) == 1 or word[1:].islower()):
            value = _CAPITAL
        elif word.isupper():
            value = _UPPER
        else:
            value = _MIXED
        end = match.end()
        parts.append(value * (end - start))
    parts.append(_PUNCTUATION * (len(text) - end))
    return np.frombuffer(b"".join(parts), np.uint8).astype(np.int64)


# A line of more words at the top of a text is a paragraph, whatever its end.
_MAX_HEADING_WORDS = 30
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")


def heading_lines(text: str) -> int:
    """How many non-empty lines stand above the body: headline and summary bullets, which do not end
    as sentences do. None of them if nothing follows, since then they are all there is.
    """
    count = 0
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            count += 1
        elif _SENTENCE_END.search(line[-80:]) or len(line[:2000].split()) > _MAX_HEADING_WORDS:
            return count
        else:
            count += 1
    return 0


def _positions(line: Ints) -> Ints:
    position = np.full(len(line), Position.WITHIN, dtype=np.int64)
    if len(line):
        change = np.flatnonzero(line[1:] != line[:-1])
        position[change] = Position.LINE_END
        position[-1] = Position.LINE_END
        position[change + 1] = Position.LINE_START
        position[0] = Position.TEXT_START
    return position


# Marks that open or close by their shape; the straight mark and the doubled apostrophe tell by
# their neighbours. „ and « open; » closes (German „...“ and inverted guillemets read as far as the
# straight reading goes: a closer that meets no opener counts as an opener).
_MARK = re.compile(r"[“”„«»\"]|``|''")
_SINGLE = re.compile(r"(?<![\w.,!?])['‘](?=\w)(?P<inner>[^\n'‘’]*(?:\w['’]\w[^\n'‘’]*)*)['’](?!\w)")


_OUTSIDE, _INSIDE, _OPENING, _CLOSING, _INSIDE_SINGLE = (bytes([state]) for state in Quotation)


def quotation_by_char(text: str) -> Ints:
    """The quotation state of each character; shape (characters,). See `quotation_states`."""
    return np.frombuffer(quotation_states(text), np.uint8).astype(np.int64)


@lru_cache(maxsize=32)
def quotation_states(text: str) -> bytes:
    """The quotation state of each character, a byte each; of the texts that are being read they are kept.

    A quotation is open from its opening mark to its closing mark or, where that is missing, to
    the end of the line. A closing mark that closes nothing is marked CLOSING and opens nothing.
    Single marks count only where nothing else is open and both ends are found on one line.
    """
    state = bytearray(len(text))
    for line in _LINE.finditer(text):
        opened: int | None = None
        for match in _MARK.finditer(text, line.start(), line.end()):
            a, b = match.span()
            opens = _opens(text, a, b, opened is not None)
            if opened is not None:
                state[opened:a] = _INSIDE * (a - opened)
            state[a:b] = (_OPENING if opens else _CLOSING) * (b - a)
            opened = b if opens else None
        if opened is not None:
            state[opened : line.end()] = _INSIDE * (line.end() - opened)
    for match in _SINGLE.finditer(text):
        a, b = match.span("inner")
        if not any(state[a - 1 : b + 1]):
            state[a - 1 : b + 1] = _OPENING + _INSIDE_SINGLE * (b - a) + _CLOSING
    return bytes(state)


def _opens(text: str, start: int, end: int, is_open: bool) -> bool:
    """Does the mark at text[start:end] open a quotation?"""
    mark = text[start]
    if mark in "„«`":
        return True
    if mark == "“":
        return not (is_open and _closes_by_place(text, start, end))
    if mark in "”»":
        return False
    if is_open:
        return not _closes_by_place(text, start, end) and _opens_by_place(text, start, end)
    return not _closes_by_place(text, start, end) or _opens_by_place(text, start, end)


def _opens_by_place(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    return (before.isspace() or before in "([—–-‘'") and not after.isspace()


def _closes_by_place(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    return not before.isspace() and (after.isspace() or after in ".,;:!?)]—–-’'")
