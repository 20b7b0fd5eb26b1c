"""Which sentences of two reports tell the same: one with one, one that was split, two that were joined.

Sentences are compared by the stems that they share, each counted by how rare it is in news; a stem that the other report
has only by a word of like meaning counts in part. Where a sentence stands breaks ties: what is told twice is aligned with
what stands beside the rest.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

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
Ascending: TypeAlias = Hashes | Runs | Places

# Stems that count less than this are in every sentence.
_LEAST_BITS: Final = 1.0
# Two sentences tell the same from this many shared bits on, and from this likeness on.
_LEAST_SHARED: Final = 10.0
_LEAST_LIKENESS: Final = 0.28
# A sentence that was split: so much of each part is in the whole.
_LEAST_PART: Final = 0.6
# The most that sentences of other words, or of the same in another order, can be like.
_NEARLY_ONE: Final = 0.99
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
        sentences: for each sentence, or stretch of sentences where the report is very long, its first word, and at last the
            number of words.
        stems, stem_bits: different stems that count, ascending, and how much each counts.
        stem_at, at_stem: for each word that counts its place, and the index of its stem.
        bits_told: how much all stems count together.
        link_at: for each stem its place in the table of words of like meaning, -1 if it has none.
        once: for each stem its place if it stands once, else -1.
        cells: for each stem the sentences in which it stands, one stem behind the other.
        cell_ends: for each stem where its sentences begin, and at last their number.
        bits: how much the different stems of each sentence count together.
        texts: for each sentence its words, as bytes that are equal where all words are.
        quoted_before: for each word, and at last for the end, how many words before it stand within quotation marks.
        is_own: for each stem, does it stand outside quotation marks anywhere?
        own_bits: how much the stems that do count together.
        run_at: for each place the index in `own_runs` of the run of three words that begins there, -1 if it meets quotation
            marks.
        runs: different runs of three words, ascending.
        own_runs: those of them that stand outside quotation marks.
        names: the different words of names, each with how much it counts, 0 where it is in every sentence.
        named_bits: how much these count together.
        numbers: the different numbers.
        quotations: those of the fingerprint, each once, ascending.
    """

    words: Hashes
    weights: Bits
    sentences: list[int]
    stems: Hashes
    stem_bits: Bits
    bits_told: float
    link_at: Places
    once: Places
    cells: Places
    cell_ends: Places
    bits: Bits
    texts: list[bytes]
    quoted_before: list[int]
    is_own: Bools
    own_bits: float
    run_at: Places
    runs: Runs
    own_runs: Runs
    names: dict[int, float]
    named_bits: float
    numbers: frozenset[int]
    quotations: Runs

    def length(self, start: int, end: int) -> int:
        """How many words stand in sentences `start` to `end` (exclusive)."""
        return self.sentences[end] - self.sentences[start]

    def quoted(self, start: int, end: int) -> int:
        """How many words of sentences `start` to `end` (exclusive) stand within quotation marks."""
        return self.quoted_before[self.sentences[end]] - self.quoted_before[self.sentences[start]]


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
    is_quoted = _is_quoted(fingerprint.quoted.astype(np.int64), len(words))
    runs = shingles(words, 3)
    outside = ~is_quoted[: len(runs)] & ~is_quoted[len(words) - len(runs) :]
    own_runs = np.unique(runs[outside])
    is_own = np.zeros(len(stems), dtype=bool)
    is_own[at_stem[~is_quoted[stem_at]]] = True
    names = np.unique(fingerprint.names)
    at = positions(stems, names)
    name_bits = np.where(at >= 0, stem_bits[at], 0) if len(stems) else np.zeros(len(names))
    ends = bounds.tolist()
    return Told(
        words,
        weights,
        ends,
        stems,
        stem_bits,
        float(stem_bits.sum()),
        positions(_table()[0], stems),
        np.where(counts == 1, stem_at[first], -1),
        cells % count,
        np.searchsorted(cells, np.arange(len(stems) + 1) * count),
        bits.astype(np.float32),
        [words[start:end].tobytes() for start, end in pairwise(ends)],
        [0, *np.cumsum(is_quoted).tolist()],
        is_own,
        float(stem_bits[is_own].sum()),
        np.where(outside, positions(own_runs, runs), -1),
        np.unique(runs),
        own_runs,
        dict(zip(names.tolist(), name_bits.tolist(), strict=True)),
        float(name_bits.sum()),
        frozenset(fingerprint.numbers.tolist()),
        np.unique(fingerprint.quotations),
    )


def _is_quoted(stretches: Places, count: int) -> Bools:
    """For each word: does it stand within quotation marks?"""
    edges = np.zeros(count + 1, dtype=np.int64)
    np.add.at(edges, stretches[:, 0], 1)
    np.add.at(edges, stretches[:, 1], -1)
    return np.cumsum(edges[:-1]) > 0


class Aligned(NamedTuple):
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
        bits: how much they count together.
        linked_first, linked_second, links: stems of one that the other has by a word of like meaning, and how like.
    """

    first: Places
    second: Places
    bits: float
    linked_first: Places
    linked_second: Places
    links: Bits


def stems_of_both(a: Told, b: Told) -> Shared:
    """The stems that stand in both."""
    at = positions(b.stems, a.stems)
    first = np.flatnonzero(at >= 0)
    none = first[:0]
    return Shared(first, at[first], float(a.stem_bits[first].sum()), none, none, a.stem_bits[:0])


def with_like_stems(a: Told, b: Told, both: Shared) -> Shared:
    """What `stems_of_both` gave, with the other stems that are of like meaning; each at most once on either side, the likest
    first."""
    is_only, is_only_there = a.link_at >= 0, b.link_at >= 0
    is_only[both.first] = False
    is_only_there[both.second] = False
    first, second = np.flatnonzero(is_only), np.flatnonzero(is_only_there)
    left, right, links = _links(a.link_at[first], b.link_at[second])
    return replace(both, linked_first=first[left], linked_second=second[right], links=links)


def shared_stems(a: Told, b: Told) -> Shared:
    """The stems of both, and those that are of like meaning."""
    return with_like_stems(a, b, stems_of_both(a, b))


@lru_cache(maxsize=1)
def _table() -> tuple[Hashes, Runs, Bits]:
    """Stems that have words of like meaning; pairs of their numbers in one, ascending; how like they are.

    Made from WordNet by `training/word_links.py`.
    """
    with np.load(io.BytesIO(read_data("word_links.npz"))) as kept:
        first = np.repeat(np.arange(len(kept["stems"])), kept["counts"]).astype(np.uint64)
        pairs = (first << np.uint64(32)) | kept["others"].astype(np.uint64)
        return kept["stems"], pairs, kept["likeness"].astype(np.float32) / np.float32(255)


def _links(here: Places, there: Places) -> tuple[Places, Places, Bits]:
    """Stems of two lists that are of like meaning, each list the places of stems in the table, ascending: index in the first,
    index in the second, how like."""
    _, pairs, likeness = _table()
    # Which of all links begin at a stem of the first list and end at one of the second.
    starts = here.astype(np.uint64) << np.uint64(32)
    begins = np.searchsorted(pairs, starts)
    counts = np.searchsorted(pairs, starts + np.uint64(1 << 32)) - begins
    ends = np.cumsum(counts)
    at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begins - ends + counts, counts)
    right = positions(there, (pairs[at] & np.uint64(0xFFFFFFFF)).astype(np.int64))
    is_there = right >= 0
    left, right, how = (
        np.repeat(np.arange(len(here)), counts)[is_there],
        right[is_there],
        likeness[at[is_there]],
    )
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


def positions(known: Ascending, wanted: Ascending) -> Places:
    """The place of each hash in an ascending list; -1 where it is not there."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    at = known.searchsorted(wanted)
    return np.where(known.take(at, mode="clip") == wanted, at, -1)


def are_there(known: Ascending, wanted: Ascending) -> Bools:
    """For each hash, is it in an ascending list?"""
    if not len(known):
        return np.zeros(len(wanted), dtype=np.bool_)
    found: Bools = known.take(known.searchsorted(wanted), mode="clip") == wanted
    return found


def align(a: Told, b: Told, shared: Shared) -> Alignment:
    """Which sentences of two reports tell the same."""
    bits = _shared_bits(a, b, shared)
    if not bits.size:
        return Alignment((), tuple(range(len(a.bits))), tuple(range(len(b.bits))))
    dice = 2 * bits / np.maximum(a.bits[:, None] + b.bits[None, :], np.float32(1e-6))
    # A sentence of few words counts too where it is whole.
    enough = (bits >= _LEAST_SHARED) | ((dice > 0.9) & (bits > 0))
    first, second = np.nonzero(enough & (dice >= _LEAST_LIKENESS))
    around = np.zeros((len(a.bits) + 2, len(b.bits) + 2), dtype=np.float32)
    around[1:-1, 1:-1] = dice
    beside = np.maximum(around[first, second], around[first + 2, second + 2])
    value = dice[first, second] + np.float32(_BESIDE) * beside
    order = np.lexsort((second, first, -value))
    with_second: dict[int, int] = {}
    with_first: dict[int, int] = {}
    for i, j in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if i not in with_second and j not in with_first:
            with_second[i] = j
            with_first[j] = i
    groups = {i: [i, i + 1, j, j + 1] for i, j in with_second.items()}
    _join_parts(bits, a.bits, groups, with_second, with_first, side=0)
    _join_parts(bits.T, b.bits, groups, with_first, with_second, side=1)
    stretches = sorted((i, i_end, j, j_end) for i, i_end, j, j_end in groups.values())
    # The longest run of groups that have one order in both reports has not moved.
    unmoved = set(longest_rise([j for _, _, j, _ in stretches]))
    return Alignment(
        tuple(
            Aligned(*stretch, *alike, n not in unmoved)
            for n, (stretch, alike) in enumerate(zip(stretches, _alike(a, b, bits, stretches), strict=True))
        ),
        _left_over(len(a.bits), ((i, i_end) for i, i_end, _, _ in stretches)),
        _left_over(len(b.bits), ((j, j_end) for _, _, j, j_end in stretches)),
    )


def _alike(
    a: Told, b: Told, bits: Bits, stretches: Sequence[tuple[int, int, int, int]]
) -> Iterator[tuple[float, float]]:
    """For each two stretches of sentences how many bits they share, and how like they are."""
    first, second = [i for i, _, _, _ in stretches], [j for _, _, j, _ in stretches]
    bits_shared = bits[first, second].tolist()
    bits_told = (a.bits[first] + b.bits[second]).tolist()
    for (i, i_end, j, j_end), shared, whole in zip(stretches, bits_shared, bits_told, strict=True):
        if i_end - i > 1 or j_end - j > 1:
            shared = float(bits[i:i_end, j:j_end].sum())
            whole = float(a.bits[i:i_end].sum() + b.bits[j:j_end].sum())
        likeness = 2 * shared / max(whole, 1e-6)
        if likeness > _NEARLY_ONE:
            is_same = b"".join(a.texts[i:i_end]) == b"".join(b.texts[j:j_end])
            likeness = 1.0 if is_same else _NEARLY_ONE
        yield shared, likeness


def _left_over(count: int, taken: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Which of so many sentences stand in none of the stretches."""
    left = list(range(count))
    for start, end in taken:
        left[start:end] = [-1] * (end - start)
    return tuple(n for n in left if n >= 0)


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


def length_of_rise(values: Iterable[int]) -> int:
    """How long a longest strictly rising subsequence is.

    >>> length_of_rise([5, 1, 2, 9, 3])
    3
    """
    tails = [-1]
    for value in values:
        if value > tails[-1]:
            tails.append(value)
        else:
            tails[bisect_left(tails, value)] = value
    return len(tails) - 1


def passages_of(first: Fingerprint, second: Fingerprint, alignment: Alignment) -> tuple[Passage, ...]:
    """The aligned stretches as code points of either text."""
    (starts, ends), (other_starts, other_ends) = _bounds(first), _bounds(second)
    return tuple(
        Passage(
            Span(starts[i], ends[i_end - 1]),
            Span(other_starts[j], other_ends[j_end - 1]),
            1.0 if likeness == 1 else round(likeness, 3),
        )
        for i, i_end, j, j_end, _, likeness, _ in alignment.aligned
    )


@lru_cache(maxsize=512)
def _bounds(fingerprint: Fingerprint) -> tuple[list[int], list[int]]:
    """The code points at which sentences, or stretches of sentences where the report is very long, begin and end in the text."""
    starts, ends = (column.tolist() for column in fingerprint.spans.T)
    step = 1 + len(starts) // _MOST_STRETCHES
    first = range(0, len(starts), step)
    return starts[::step], [ends[min(n + step, len(ends)) - 1] for n in first]
