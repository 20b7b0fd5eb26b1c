"""Name scores -> names: exact spans of persons, bodies, places and peoples.

What a name is follows the corpora that the head is trained on (Worldwide English Newswire, Shan et al. 2023;
CrossNER, Liu et al. 2021): without *the*, title and *'s*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from onrecord.analysis.decoding import NEVER, as_bytes, log_softmax, viterbi
from onrecord.analysis.network import EncodedBatch, spread
from onrecord.analysis.pieces import Ints, Pieces
from onrecord.analysis.whole_words import whole_words
from onrecord.article import Span

NameClass = Literal["PER", "ORG", "LOC", "FAC", "NORP", "MISC"]
NAME_CLASSES: Final[tuple[NameClass, ...]] = get_args(NameClass)
# Outside, then beginning and inside of each class.
NAME_TAGS = 1 + 2 * len(NAME_CLASSES)
_POSSESSIVES = ("'s", "’s", "'", "’")
_LEADS = ("the ", "The ", "THE ")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands.

    Attributes:
        label: PER, ORG, LOC (a place of any size), FAC (a facility), NORP (a people, faith or party's
            followers) or MISC (a law, work, event or product: somebody's name it is not).
        probability: mean chance of the class over its pieces.
    """

    span: Span
    label: NameClass
    probability: float


@dataclass(frozen=True, slots=True)
class NamePieces:
    """A name as the network sees it: pieces [first, last] of its text, `last` inclusive."""

    first: int
    last: int
    label: NameClass
    probability: float


def _transitions() -> tuple[np.ndarray, np.ndarray]:
    allowed = np.ones((NAME_TAGS, NAME_TAGS), dtype=bool)
    for inside in range(2, NAME_TAGS, 2):
        allowed[:, inside] = False
        allowed[[inside - 1, inside], inside] = True
    first = np.ones(NAME_TAGS, dtype=bool)
    first[2::2] = False
    return allowed, first


_ALLOWED, _FIRST = _transitions()


def names_of(batch: EncodedBatch, texts: Sequence[Pieces]) -> list[tuple[int, NamePieces]]:
    """The names of which the windows of a batch are the ones to answer: (number of the text, name)."""
    log_probs = log_softmax(batch.name_scores)
    scores = log_probs.copy()
    line = batch.line
    goes_on = spread(batch.inputs, [_goes_on(texts[i.text_index]) for i in batch.inputs], fill=0) == 1
    scores[line < 0, 1:] = NEVER
    starts = np.diff(line, axis=1, prepend=-1) != 0
    scores[starts, 2::2] = NEVER
    scores[goes_on, 1::2] = NEVER  # a name begins with a word
    found = []
    for item, tags, probs in zip(
        batch.inputs, as_bytes(viterbi(scores, _ALLOWED, _FIRST)), np.exp(log_probs), strict=True
    ):
        w = item.window
        for first, last, label in _runs(tags):
            at = first + w.start - 1
            if w.own_start <= at < w.own_end:
                chance = probs[first : last + 1, 1 + 2 * label : 3 + 2 * label].sum(axis=-1).mean()
                name = NamePieces(at, last + w.start - 1, NAME_CLASSES[label], float(chance))
                found.append((item.text_index, name))
    return found


def _goes_on(pieces: Pieces) -> Ints:
    """1 for pieces that begin where the piece before ends, both of letters or digits; else 0."""
    result = np.zeros(len(pieces), dtype=np.int64)
    punctuation = pieces.casing == 0
    result[1:] = (pieces.start[1:] == pieces.end[:-1]) & ~punctuation[1:] & ~punctuation[:-1]
    return result


_BEGINNING = re.compile(b"[" + bytes(range(1, NAME_TAGS, 2)) + b"]")


def _runs(tags: bytes) -> list[tuple[int, int, int]]:
    """(first, last, number of the class) of each name in a row of tags."""
    runs = []
    for begin in _BEGINNING.finditer(tags):
        first = last = begin.start()
        while last + 1 < len(tags) and tags[last + 1] == tags[first] + 1:
            last += 1
        runs.append((first, last, (tags[first] - 1) // 2))
    return runs


def to_names(text: str, pieces: Pieces, found: Sequence[NamePieces]) -> list[Name]:
    """Read names in pieces as spans of characters, in the order of the text."""
    names: list[Name] = []
    for name in sorted(found, key=lambda n: n.first):
        whole = whole_words(text, Span(int(pieces.start[name.first]), int(pieces.end[name.last])))
        span = _trimmed(text, whole.start, whole.end)
        if span and (not names or names[-1].span.end <= span.start):
            names.append(Name(span, name.label, round(name.probability, 3)))
    return names


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Without *the* before it, *'s* behind it and marks around it; None if no letter or digit is left."""
    if text.startswith(_LEADS, start) and end > start + 4:
        start += 4
    for mark in _POSSESSIVES:
        if text.endswith(mark, start, end) and not text.endswith(("s'", "s’"), start, end):
            end -= len(mark)
            break
    while start < end and not (text[start].isalnum() or text[start] in "@#$"):
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".)!+"):
        end -= 1
    if text[start:end].endswith(")") and "(" not in text[start:end]:
        end -= 1
    return Span(start, end) if start < end else None
