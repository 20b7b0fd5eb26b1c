"""Which sentences of two reports tell the same: one with one, one that was split, two that were joined.

Sentences are compared by the stems that they share, each counted by how rare it is in news; a stem that the other report
has only by a word of like meaning counts in part. Where a sentence stands breaks ties: what is told twice is aligned with
what stands beside the rest.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.article import Span
from onrecord.resolution.entries import read_data
from onrecord.resolution.stories.copies import Passage
from onrecord.resolution.stories.fingerprint import Fingerprint, Hashes, shingles

Bits: TypeAlias = npt.NDArray[np.float32]
Places: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Runs: TypeAlias = npt.NDArray[np.uint64]

# Stems that count less than this are in every sentence.
_LEAST_BITS: Final = 1.0
# Two sentences tell the same from this many shared bits on, and from this likeness on.
_LEAST_SHARED: Final = 10.0
_LEAST_LIKENESS: Final = 0.28
# A sentence that was split: so much of each part is in the whole.
_LEAST_PART: Final = 0.6
# What standing beside another aligned sentence is worth.
_BESIDE: Final = 0.15
# Longer reports are cut into so many stretches of sentences, to bound time and memory.
_MOST_STRETCHES: Final = 1200
_MOST_PLACES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Told:
    """A fingerprint made ready to be compared.

    Attributes:
        words, weights: of the fingerprint.
        sentence_of: for each word the index of its sentence, or of its stretch where the report is very long.
        sentences: for each of these its first word, and at last the number of words.
        stems, stem_bits: different stems that count, ascending, and how much each counts.
        stem_at, at_stem: for each word that counts its place, and the index of its stem.
        once: for each stem its place if it stands once, else -1.
        cells: for each stem the sentences in which it stands, one stem behind the other.
        cell_ends: for each stem where its sentences begin, and at last their number.
        bits: how much the different stems of each sentence count together.
        quoted: is the word within quotation marks?
        own_stems, own_bits: the stems that stand outside quotation marks, and how much each counts.
        run_at: for each place the hash of the run of three words that begins there, 0 if it meets quotation marks.
        runs: different runs of three words, ascending.
        own_runs: those of them that stand outside quotation marks.
        names, numbers, quotations: those of the fingerprint, each once, ascending.
    """

    words: Hashes
    weights: Bits
    sentence_of: Places
    sentences: Places
    stems: Hashes
    stem_bits: Bits
    stem_at: Places
    at_stem: Places
    once: Places
    cells: Places
    cell_ends: Places
    bits: Bits
    quoted: Bools
    own_stems: Hashes
    own_bits: Bits
    run_at: Runs
    runs: Runs
    own_runs: Runs
    names: Hashes
    numbers: Hashes
    quotations: Runs


@lru_cache(maxsize=512)
def told(fingerprint: Fingerprint) -> Told:
    """What comparing needs of a fingerprint; that of the last few hundred is kept."""
    words, weights = fingerprint.words, fingerprint.weights
    starts = fingerprint.sentence_starts.astype(np.int64)
    starts = starts[:: 1 + len(starts) // _MOST_STRETCHES]
    bounds = np.append(starts, len(words))
    sentence_of = np.repeat(np.arange(len(starts)), np.diff(bounds))
    stem_at = np.flatnonzero(weights >= _LEAST_BITS)
    stems, first, at_stem, counts = np.unique(
        words[stem_at], return_index=True, return_inverse=True, return_counts=True
    )
    stem_bits = weights[stem_at[first]]
    count = max(1, len(starts))
    cells = np.unique(at_stem * count + sentence_of[stem_at])
    bits = np.bincount(cells % count, stem_bits[cells // count], minlength=len(starts))
    edges = np.zeros(len(words) + 1, dtype=np.int64)
    quoted = fingerprint.quoted.astype(np.int64)
    np.add.at(edges, quoted[:, 0], 1)
    np.add.at(edges, quoted[:, 1], -1)
    is_quoted: Bools = np.cumsum(edges[:-1]) > 0
    runs = shingles(words, 3)
    outside = ~is_quoted[: len(runs)] & ~is_quoted[len(words) - len(runs) :]
    is_own = np.zeros(len(stems), dtype=bool)
    is_own[at_stem[~is_quoted[stem_at]]] = True
    return Told(
        words,
        weights,
        sentence_of,
        bounds,
        stems,
        stem_bits,
        stem_at,
        at_stem,
        np.where(counts == 1, stem_at[first], -1),
        cells % count,
        np.searchsorted(cells, np.arange(len(stems) + 1) * count),
        bits.astype(np.float32),
        is_quoted,
        stems[is_own],
        stem_bits[is_own],
        np.where(outside, runs, np.uint64(0)),
        np.unique(runs),
        np.unique(runs[outside]),
        np.unique(fingerprint.names),
        np.unique(fingerprint.numbers),
        np.unique(fingerprint.quotations),
    )


@dataclass(frozen=True, slots=True)
class Aligned:
    """One stretch of sentences in either report.

    Attributes:
        first, first_end, second, second_end: indexes of sentences, ends exclusive.
        shared: bits that both tell.
        likeness: 0 to 1; 1 where the words are the same.
        moved: does the second report tell it in another place?
    """

    first: int
    first_end: int
    second: int
    second_end: int
    shared: float
    likeness: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two reports have in common, in the order of the first, and which sentences either has alone."""

    aligned: tuple[Aligned, ...]
    first_alone: tuple[int, ...]
    second_alone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The stems that two reports share.

    Attributes:
        first, second: their indexes in `Told.stems` of either.
        linked_first, linked_second, links: stems of one that the other has by a word of like meaning, and how like.
    """

    first: Places
    second: Places
    linked_first: Places
    linked_second: Places
    links: Bits


def shared_stems(a: Told, b: Told) -> Shared:
    """The stems of both, and those that are of like meaning."""
    at = positions(b.stems, a.stems)
    first, second = np.flatnonzero(at >= 0), at[at >= 0]
    only_first = np.flatnonzero(at < 0)
    is_only = np.ones(len(b.stems), dtype=bool)
    is_only[second] = False
    only_second = np.flatnonzero(is_only)
    left, right, links = linked(a.stems[only_first], b.stems[only_second])
    return Shared(first, second, only_first[left], only_second[right], links)


@lru_cache(maxsize=1)
def _table() -> tuple[Hashes, Runs, Bits]:
    """Stems that have words of like meaning; pairs of their numbers in one, ascending; how like they are."""
    with np.load(io.BytesIO(read_data("word_links.npz"))) as kept:
        first = np.repeat(np.arange(len(kept["stems"])), kept["counts"]).astype(np.uint64)
        pairs = (first << np.uint64(32)) | kept["others"].astype(np.uint64)
        return kept["stems"], pairs, kept["likeness"].astype(np.float32) / np.float32(255)


def linked(first: Hashes, second: Hashes) -> tuple[Places, Places, Bits]:
    """Stems of two lists that are of like meaning: index in the first, index in the second, how like; each stem at most
    once on either side, the likest first.

    The table is made from WordNet by `training/word_links.py`.
    """
    stems, pairs, likeness = _table()
    here, there = positions(stems, first), positions(stems, second)
    known, known_there = np.flatnonzero(here >= 0), np.flatnonzero(there >= 0)
    # Which of all links begin at a stem of the first list and end at one of the second.
    begins = np.searchsorted(pairs, here[known].astype(np.uint64) << np.uint64(32))
    ends = np.searchsorted(pairs, (here[known] + 1).astype(np.uint64) << np.uint64(32))
    counts = ends - begins
    at = np.arange(counts.sum()) + np.repeat(begins - np.cumsum(counts) + counts, counts)
    index_there = np.full(len(stems), -1, dtype=np.int64)
    index_there[there[known_there]] = known_there
    right = index_there[(pairs[at] & np.uint64(0xFFFFFFFF)).astype(np.int64)]
    left = np.repeat(known, counts)
    found = right >= 0
    left, right, how = left[found], right[found], likeness[at[found]]
    order = np.lexsort((right, left, -how))
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    kept = []
    for n, i, j in zip(order.tolist(), left[order].tolist(), right[order].tolist(), strict=True):
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            kept.append(n)
    return left[kept], right[kept], how[kept]


def positions(known: Hashes | Runs, wanted: Hashes | Runs) -> Places:
    """The place of each hash in an ascending list; -1 where it is not there."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, at, -1)


def align(a: Told, b: Told, shared: Shared) -> Alignment:
    """Which sentences of two reports tell the same."""
    bits = _shared_bits(a, b, shared)
    if not bits.size:
        return Alignment((), tuple(range(len(a.bits))), tuple(range(len(b.bits))))
    dice = 2 * bits / np.maximum(a.bits[:, None] + b.bits[None, :], np.float32(1e-6))
    beside = np.zeros_like(dice)
    beside[1:, 1:] = dice[:-1, :-1]
    beside[:-1, :-1] = np.maximum(beside[:-1, :-1], dice[1:, 1:])
    value = dice + np.float32(_BESIDE) * beside
    # A sentence of few words counts too where it is whole.
    enough = (bits >= _LEAST_SHARED) | ((dice > 0.9) & (bits > 0))
    first, second = np.nonzero(enough & (dice >= _LEAST_LIKENESS))
    order = np.lexsort((second, first, -value[first, second]))
    with_second: dict[int, int] = {}
    with_first: dict[int, int] = {}
    for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if i not in with_second and j not in with_first:
            with_second[i] = j
            with_first[j] = i
    groups = {i: [i, i + 1, j, j + 1] for i, j in with_second.items()}
    _join_parts(bits, a.bits, groups, with_second, with_first, side=0)
    _join_parts(bits.T, b.bits, groups, with_first, with_second, side=1)
    aligned = []
    for (i, i_end, j, j_end), moved in _moved(sorted(groups.values())):
        inside = float(bits[i:i_end, j:j_end].sum())
        whole = float(a.bits[i:i_end].sum() + b.bits[j:j_end].sum())
        likeness = 1.0 if _same(a, b, i, i_end, j, j_end) else min(0.99, 2 * inside / max(whole, 1e-6))
        aligned.append(Aligned(i, i_end, j, j_end, inside, likeness, moved))
    covered = {n for g in aligned for n in range(g.first, g.first_end)}
    covered_second = {n for g in aligned for n in range(g.second, g.second_end)}
    return Alignment(
        tuple(aligned),
        tuple(n for n in range(len(a.bits)) if n not in covered),
        tuple(n for n in range(len(b.bits)) if n not in covered_second),
    )


def _shared_bits(a: Told, b: Told, shared: Shared) -> Bits:
    """For each sentence of either the bits that both tell.

    Counted, not multiplied as matrices: for so little the threads of a linear algebra library cost more than they give, and
    their sums differ between machines.
    """
    count = len(shared.first)
    left = np.concatenate((shared.first, shared.linked_first))
    right = np.concatenate((shared.second, shared.linked_second))
    worth = np.minimum(a.stem_bits[left], b.stem_bits[right])
    worth[count:] *= shared.links
    ends, other_ends = a.cell_ends[left + 1], b.cell_ends[right + 1]
    starts, other_starts = a.cell_ends[left], b.cell_ends[right]
    there = other_ends - other_starts
    # What stands in so many sentences of both tells none from another.
    sizes = np.where((ends - starts) * there <= _MOST_PLACES, (ends - starts) * there, 0)
    stem = np.repeat(np.arange(len(left)), sizes)
    at = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = a.cells[starts[stem] + at // there[stem]]
    columns = b.cells[other_starts[stem] + at % there[stem]]
    size = len(a.bits) * len(b.bits)
    found = np.bincount(rows * len(b.bits) + columns, worth[stem], minlength=size)
    return found.astype(np.float32).reshape(len(a.bits), len(b.bits))


def _join_parts(
    bits: Bits,
    own_bits: Bits,
    groups: dict[int, list[int]],
    with_other: dict[int, int],
    with_own: dict[int, int],
    side: int,
) -> None:
    """A sentence left over whose words stand in one that is aligned with its neighbour is a part of that one.

    Groups are known by their first sentence of the first report; `side` says whether the sentences left over are of the
    first report (0) or of the second (1).
    """
    start, end = 2 * side, 2 * side + 1
    other_start, other_end = 2 - 2 * side, 3 - 2 * side
    for n in range(len(own_bits)):
        if n in with_other or own_bits[n] < _LEAST_SHARED:
            continue
        for beside in (n - 1, n + 1):
            other = with_other.get(beside)
            if other is None or bits[n, other] < max(_LEAST_SHARED, _LEAST_PART * own_bits[n]):
                continue
            group = groups[other if side else with_own[other]]
            if group[other_end] - group[other_start] == 1 and n in (group[start] - 1, group[end]):
                group[start], group[end] = min(group[start], n), max(group[end], n + 1)
                with_other[n] = other
                break


def _moved(groups: list[list[int]]) -> list[tuple[list[int], bool]]:
    """Each group, and whether it is not in the longest run of groups that have one order in both reports."""
    kept = set(longest_rise([g[2] for g in groups]))
    return [(g, n not in kept) for n, g in enumerate(groups)]


def longest_rise(values: list[int]) -> list[int]:
    """Indexes of a longest strictly rising subsequence.

    >>> longest_rise([5, 1, 2, 9, 3])
    [1, 2, 4]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [n]
    found: list[int] = []
    last = ends[-1] if ends else -1
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]


def _same(a: Told, b: Told, i: int, i_end: int, j: int, j_end: int) -> bool:
    """Are the words the same, in the same order?"""
    one = a.words[a.sentences[i] : a.sentences[i_end]]
    return np.array_equal(one, b.words[b.sentences[j] : b.sentences[j_end]])


def passages_of(first: Fingerprint, second: Fingerprint, alignment: Alignment) -> tuple[Passage, ...]:
    """The aligned stretches as code points of either text."""
    spans = first.spans.tolist(), second.spans.tolist()
    steps = [1 + len(s) // _MOST_STRETCHES for s in spans]

    def span(side: int, start: int, end: int) -> Span:
        last = min(end * steps[side], len(spans[side])) - 1
        return Span(spans[side][start * steps[side]][0], spans[side][last][1])

    return tuple(
        Passage(span(0, g.first, g.first_end), span(1, g.second, g.second_end), round(g.likeness, 3))
        for g in alignment.aligned
    )
