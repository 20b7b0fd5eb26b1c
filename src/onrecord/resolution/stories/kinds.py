"""How much a copy was changed: verbatim, edited, rewritten or spun.

An editor leaves most sentences as they are, and of one that is touched up both the small words and the others. Who retells
finds other small words too. A machine that swaps words leaves the small words and the length of each sentence alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from typing import Final, NamedTuple

import msgspec
import numpy as np

from onrecord.resolution.entries import read_data
from onrecord.resolution.stories.alignment import Aligned, Alignment, Told
from onrecord.resolution.stories.copies import COPY_KINDS, CopyKind

# Words that count less than this hold a sentence together and tell nothing.
_SMALL: Final = 2.5
# So many changed sentences are looked at to tell the kind, spread over the report.
_MOST_LOOKED_AT: Final = 8
_MOST_WORDS: Final = 120
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
        words_kept: of the words of changed sentences, those in common, in the same order.
        small_kept, telling_kept: the same of the small words alone, and of all others alone.
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
    length_kept: float
    small_more_than_telling: float
    same_length: float
    quotations_kept: float


class _Model(msgspec.Struct, frozen=True):
    """For each kind but `verbatim` the weight of each change, and at last that of one."""

    weights: dict[CopyKind, list[float]]


def kind_of(a: Told, b: Told, alignment: Alignment, made: Changes | None = None) -> CopyKind:
    """How much was changed between two copies; `made`: their `changes`, where they are known already."""
    if is_verbatim(a, b, alignment):
        return "verbatim"
    values = np.array((*(made or changes(a, b, alignment)), 1.0))
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


def changes(a: Told, b: Told, alignment: Alignment, most: int = _MOST_LOOKED_AT) -> Changes:
    """What was changed between two copies, as about `most` of the changed sentences tell it."""
    aligned = alignment.aligned
    sizes = [a.length(g.first, g.first_end) + b.length(g.second, g.second_end) for g in aligned]
    total = max(1, sum(sizes))
    changed = [g for g in aligned if g.likeness < 1]
    looked_at = changed[:: 1 + len(changed) // most]
    kept = np.array([_kept(a, b, g) for g in looked_at]).reshape(-1, 5)
    means = np.average(kept[:, :4], axis=0, weights=kept[:, 4]) if len(kept) else np.ones(4)
    shares = sorted(
        (
            1 - sum(t.length(n, n + 1) for n in alone) / max(1, len(t.words))
            for t, alone in ((a, alignment.first_alone), (b, alignment.second_alone))
        )
    )
    of_aligned = [s / total for s in sizes]
    return Changes(
        sum(s for s, g in zip(of_aligned, aligned, strict=True) if g.likeness == 1),
        shares[0],
        shares[1],
        sum(s for s, g in zip(of_aligned, aligned, strict=True) if not g.moved),
        sum(s for s, g in zip(of_aligned, aligned, strict=True) if _is_one_with_one(g)),
        float(means[0]),
        float(means[1]),
        float(means[2]),
        float(means[3]),
        float(means[1] - means[2]),
        float((kept[:, 3] == 1).mean()) if len(kept) else 1.0,
        _quotations_kept(a, b, aligned),
    )


def _quotations_kept(a: Told, b: Told, aligned: Sequence[Aligned]) -> float:
    one = sum(a.quoted(g.first, g.first_end) for g in aligned)
    other = sum(b.quoted(g.second, g.second_end) for g in aligned)
    return min(one, other) / max(one, other, 1) if one or other else 1.0


def _is_one_with_one(group: Aligned) -> bool:
    return group.first_end - group.first == 1 and group.second_end - group.second == 1


def _kept(a: Told, b: Told, group: Aligned) -> tuple[float, float, float, float, int]:
    """Of a changed sentence what share of the words is kept, of the small ones, of the others, of its length; its words."""
    lists, small, telling = [], [], []
    for t, start, end in ((a, group.first, group.first_end), (b, group.second, group.second_end)):
        at, behind = t.sentences[start], t.sentences[end]
        behind = min(behind, at + _MOST_WORDS)
        words, is_small = t.words[at:behind].tolist(), (t.weights[at:behind] < _SMALL).tolist()
        lists.append(words)
        small.append(list(compress(words, is_small)))
        telling.append([word for word, its in zip(words, is_small, strict=True) if not its])
    lengths = sorted(len(words) for words in lists)
    return (
        _common(*lists),
        _common(*small),
        _common(*telling),
        lengths[0] / max(1, lengths[1]),
        lengths[1],
    )


def _common(first: list[int], second: list[int]) -> float:
    """The share of the longer list that both have in the same order; 1 for two empty ones.

    The length of a longest common subsequence in one addition a word (Hyyrö 2004).

    >>> _common([1, 2, 3, 4], [1, 3, 4, 5])
    0.75
    """
    longer = max(len(first), len(second))
    if first == second:
        return 1.0
    shorter = min(len(first), len(second))
    start = next((n for n in range(shorter) if first[n] != second[n]), shorter)
    end = next((n for n in range(shorter - start) if first[-1 - n] != second[-1 - n]), shorter - start)
    first, second = first[start : len(first) - end], second[start : len(second) - end]
    places: dict[int, int] = {}
    for n, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << n
    every = (1 << len(first)) - 1
    row = every
    for word in second:
        if word in places:
            both = row & places[word]
            row = ((row + both) | (row - both)) & every
    return (start + end + len(first) - row.bit_count()) / longer
