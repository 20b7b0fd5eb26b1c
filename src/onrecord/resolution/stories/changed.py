"""The sentences that two copies tell in other words, word by word: what both have, and what one has alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

import numpy as np

from onrecord.resolution.stories.alignment import (
    Alignment,
    Bits,
    Bools,
    Places,
    Runs,
    Told,
    are_there,
)
from onrecord.resolution.stories.fingerprint import Hashes, mixed


@dataclass(frozen=True, slots=True)
class Changed:
    """The changed sentences of one of two copies, one behind the other.

    Attributes:
        words, weights: as of the fingerprint.
        sentence: for each word the number of its sentence, or of the stretch of sentences that is aligned as one.
        lengths: how many words each of these has.
        kept: for each word, does the other have it in what is aligned with its sentence?
        pair_kept: for each word but the last, does the other have it before the same word, both in one sentence?
    """

    words: Hashes
    weights: Bits
    sentence: Places
    lengths: list[int]
    kept: Bools
    pair_kept: Bools

    def doubled(self) -> int:
        """How many words stand twice in a row."""
        twice = (self.words[1:] == self.words[:-1]) & (self.sentence[1:] == self.sentence[:-1])
        return int(np.count_nonzero(twice))


Both: TypeAlias = tuple[Changed, Changed]


def changed(a: Told, b: Told, alignment: Alignment) -> Both:
    """The changed sentences of either of two copies, in the order of the first."""
    groups = [g for g in alignment.aligned if g.likeness < 1]
    one = _told_of(a, [(g.first, g.first_end) for g in groups])
    other = _told_of(b, [(g.second, g.second_end) for g in groups])
    return _beside(one, other), _beside(other, one)


@dataclass(frozen=True, slots=True)
class _Worded:
    """Words of some sentences; `keys` and `pairs` tell words, and words with the next one, of one sentence from another's."""

    words: Hashes
    weights: Bits
    sentence: Places
    lengths: list[int]
    keys: Runs
    pairs: Runs


def _told_of(t: Told, stretches: Sequence[tuple[int, int]]) -> _Worded:
    bounds = [(t.sentences[start], t.sentences[end]) for start, end in stretches]
    lengths = [end - start for start, end in bounds]
    sentence = np.repeat(np.arange(len(bounds)), lengths)
    # How far each word stands from its place behind the others.
    shifts = [start - end for (start, _), end in zip(bounds, accumulate(lengths, initial=0), strict=False)]
    at = np.arange(len(sentence)) + np.array(shifts, dtype=np.int64)[sentence]
    words = t.words[at]
    keys = sentence.astype(np.uint64) << np.uint64(32) | words
    pairs = mixed(keys[:-1]) ^ words[1:]
    pairs[sentence[:-1] != sentence[1:]] = 0
    return _Worded(words, t.weights[at], sentence, lengths, keys, pairs)


def _beside(one: _Worded, other: _Worded) -> Changed:
    kept = are_there(np.sort(other.keys), one.keys)
    pair_kept = are_there(np.sort(other.pairs), one.pairs) & (one.pairs != 0)
    return Changed(one.words, one.weights, one.sentence, one.lengths, kept, pair_kept)
