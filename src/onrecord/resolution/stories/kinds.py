"""How much a copy was changed: verbatim, edited, rewritten or spun.

An editor leaves most sentences as they are, and of one that is touched up both the small words and the others. Who retells
finds other small words too. A machine that swaps words leaves the small words and the length of each sentence alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import eq
from statistics import fmean
from typing import Final, NamedTuple

import msgspec
import numpy as np

from onrecord.resolution.entries import read_data
from onrecord.resolution.stories.alignment import Aligned, Alignment, Told
from onrecord.resolution.stories.changed import Both
from onrecord.resolution.stories.copies import COPY_KINDS, CopyKind

# Words that count less than this hold a sentence together and tell nothing.
_SMALL: Final = 2.5
# What the frame of a report has at its top, headline and dateline, and a credit at its end.
_TOP_WORDS: Final = 45
_END_WORDS: Final = 10


class Changes(NamedTuple):
    """What was changed between two copies; shares are of words, 0 to 1.

    Attributes:
        same: of what is aligned, what stands in sentences with the same words.
        kept_of_longer, kept_of_shorter: of either report, what is aligned.
        in_order: of the aligned sentences, those that were not moved.
        one_with_one: of the aligned sentences, those that were neither split nor joined.
        words_kept: of the words of changed sentences, those in common.
        small_kept, telling_kept: the same of the small words alone, and of all others alone.
        pairs_kept: of the words of changed sentences, those that stand before the same word in both.
        length_kept: how like the lengths of changed sentences are.
        small_more_than_telling: `small_kept` less `telling_kept`.
        same_length: of the changed sentences, those with as many words in both.
        quotations_kept: of the words in quotation marks of the one that quotes more, those that the other quotes too.
    """

    same: float
    kept_of_longer: float
    kept_of_shorter: float
    in_order: float
    one_with_one: float
    words_kept: float
    small_kept: float
    telling_kept: float
    pairs_kept: float
    length_kept: float
    small_more_than_telling: float
    same_length: float
    quotations_kept: float


class _Model(msgspec.Struct, frozen=True):
    """For each kind but `verbatim` the weight of each change, and at last that of one."""

    weights: dict[CopyKind, list[float]]


def kind_of(a: Told, b: Told, alignment: Alignment, both: Both) -> CopyKind:
    """How much was changed between two copies; `both`: what `changed` tells of them."""
    if is_verbatim(a, b, alignment):
        return "verbatim"
    values = np.array((*changes(a, b, alignment, both), 1.0))
    weights = _model()
    return max(weights, key=lambda kind: float(values @ weights[kind]))


@lru_cache(maxsize=1)
def _model() -> dict[CopyKind, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    kept = msgspec.json.decode(read_data("copy_kinds.json"), type=_Model)
    return {kind: np.array(kept.weights[kind]) for kind in COPY_KINDS if kind in kept.weights}


def is_verbatim(a: Told, b: Told, alignment: Alignment) -> bool:
    """Have both the same words but for a headline, a dateline or a credit at the top or the end?"""
    if np.array_equal(a.words, b.words):
        return True
    shifts = [b.sentences[g.second] - a.sentences[g.first] for g in alignment.aligned if g.likeness == 1]
    if not shifts:
        return False
    # In a verbatim copy all that both have stands at one distance.
    shift = max(set(shifts), key=lambda s: (shifts.count(s), -abs(s), s))
    start, end = max(0, -shift), min(len(a.words), len(b.words) - shift)
    differing = np.flatnonzero(a.words[start:end] != b.words[start + shift : end + shift]) + start
    top = min(_TOP_WORDS, (end - start) // 3)
    # What differs at the top is frame; so is what only one of them has there.
    first_same = int(differing[differing < start + top].max(initial=start - 1)) + 1
    return (
        not len(differing[differing >= start + top])
        and max(first_same, first_same + shift) <= top
        and max(len(a.words) - end, len(b.words) - shift - end) <= _END_WORDS
    )


def changes(a: Told, b: Told, alignment: Alignment, both: Both) -> Changes:
    """What was changed between two copies; `both`: what `changed` tells of them."""
    every = same = in_order = one_with_one = 0
    for i, i_end, j, j_end, _, likeness, moved in alignment.aligned:
        words = a.length(i, i_end) + b.length(j, j_end)
        every += words
        same += words * (likeness == 1)
        in_order += words * (not moved)
        one_with_one += words * (i_end - i == 1 and j_end - j == 1)
    shares = sorted(
        1 - sum(t.length(n, n + 1) for n in alone) / max(1, len(t.words))
        for t, alone in ((a, alignment.first_alone), (b, alignment.second_alone))
    )
    lengths = [side.lengths for side in both]
    small, telling, kept = _words_kept(both)
    return Changes(
        same / max(1, every),
        shares[0],
        shares[1],
        in_order / max(1, every),
        one_with_one / max(1, every),
        kept,
        small,
        telling,
        min(_share(int(np.count_nonzero(side.pair_kept)), len(side.pair_kept)) for side in both),
        sum(map(min, *lengths)) / max(1, sum(map(max, *lengths))) if lengths[0] else 1.0,
        small - telling,
        fmean(map(eq, *lengths)) if lengths[0] else 1.0,
        _quotations_kept(a, b, alignment.aligned),
    )


def _quotations_kept(a: Told, b: Told, aligned: Sequence[Aligned]) -> float:
    one = sum(a.quoted(g.first, g.first_end) for g in aligned)
    other = sum(b.quoted(g.second, g.second_end) for g in aligned)
    return min(one, other) / max(one, other, 1) if one or other else 1.0


def _words_kept(both: Both) -> tuple[float, float, float]:
    """The smaller share of words kept of either report: of the small ones, of those that tell, and of all."""
    shares = []
    for side in both:
        is_small = side.weights < _SMALL
        words, small = len(is_small), int(np.count_nonzero(is_small))
        kept, small_kept = int(np.count_nonzero(side.kept)), int(np.count_nonzero(side.kept & is_small))
        shares.append(
            (_share(small_kept, small), _share(kept - small_kept, words - small), _share(kept, words))
        )
    small_share, telling_share, share = map(min, *shares)
    return small_share, telling_share, share


def _share(kept: int, every: int) -> float:
    """1 where there are none."""
    return kept / every if every else 1.0
