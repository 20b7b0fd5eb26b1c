"""Which reports are worth comparing: those that share keys which survive rewording and are rare by construction.

Two sorts of keys. Strong ones are min-hashes (Broder 1997) of the three-word runs of one sentence, or of one quotation: a
sentence that was copied gives the same, whatever became of the rest of the report. Weak ones are pairs of rare words of one
sentence, names and numbers among them: a few of them outlive a sentence told in other words. Two reports are candidates if they
share one strong key or two weak ones, and of long reports a few more, since copies share more than a standing paragraph of their
outlet or the names of their subject. That depends on these two alone, so it is the same whatever the order in which reports
come in, and nothing has to be capped.
"""

from __future__ import annotations

from array import array
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from onrecord.resolution.stories.fingerprint import Fingerprint, Hashes, mixed, shingles

Keys: TypeAlias = npt.NDArray[np.uint64]

# A key has 40 bits, so that a database keeps it as a small number and an index beside the number of a report. The lowest
# bit tells strong ones.
KEY_BITS: Final = 40
# What shared keys must count together at least, a strong one 2, a weak one 1; and in hundredths of what the keys of either report
# count. `are_candidates` looks at both.
ENOUGH: Final = 2
_ENOUGH_PERCENT: Final = 4

_RUN: Final = 3
# A run of words that tells less than so many bits is a set phrase (*he said in*).
_LEAST_RUN_BITS: Final = 8.0
# A quotation of fewer words is a name or a scare quote.
_LEAST_QUOTED: Final = 6
# Of so many rare words of a sentence all pairs are made; a word is rare from so many bits on, a pair by the sum of both.
_RARE_WORDS: Final = 8
_LEAST_RARE_BITS: Final = 3.5
_LEAST_PAIR_BITS: Final = 10.0
# Pairs of a sentence that are kept: those with the lowest hashes, so that what a long report keeps is among what a short one
# keeps. A report of few sentences keeps more of each.
_PAIRS_OF_A_REPORT: Final = 150
_FEWEST_PAIRS, _MOST_PAIRS = 3, 20
_RUNS_OF_A_REPORT: Final = 24
_MOST_RUNS: Final = 3
_SEED: Final = 6
_NONE: Final = np.zeros(0, dtype=np.uint64)
_NO_PAIR: Final = np.uint64(2**64 - 1)
_ONE, _OTHER = np.triu_indices(_RARE_WORDS, 1)


def keys(f: Fingerprint) -> Keys:
    """The keys of a report, in rising order, each once; below 2 ** `KEY_BITS`."""
    if not len(f.words):
        return _NONE
    weights = f.weights
    found = np.concatenate((_runs(f, weights), _pairs(f, weights)))
    return np.unique(found)


def strength(of: Keys) -> int:
    """What keys count together: a weak one 1, a strong one 2."""
    return len(of) + int(np.count_nonzero(of & np.uint64(1)))


def are_candidates(shared: int, one: int, other: int) -> bool:
    """Are two reports worth comparing? Told by the strength of the keys that they share, and of all keys of either."""
    return shared >= ENOUGH and 100 * shared >= _ENOUGH_PERCENT * min(one, other)


def _key(values: npt.NDArray[np.uint64], *, strong: bool) -> Keys:
    cut = values >> np.uint64(64 - KEY_BITS)
    return cut | np.uint64(1) if strong else cut & ~np.uint64(1)


def _runs(f: Fingerprint, weights: npt.NDArray[np.float32]) -> Keys:
    """Strong keys: of each sentence and each quotation, min-hashes of the runs of words that tell enough."""
    runs = shingles(f.words, _RUN)
    if not len(runs):
        return _NONE
    told = np.convolve(weights, np.ones(_RUN, dtype=np.float32), mode="valid")
    starts = f.sentence_starts.astype(np.int64)
    sentence = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(f.words)))
    # No run reaches over the end of a sentence.
    kept = (told >= _LEAST_RUN_BITS) & (sentence[: len(runs)] == sentence[_RUN - 1 :])
    places, wholes = [np.flatnonzero(kept)], [sentence[: len(runs)][kept]]
    for number, (start, end) in enumerate(f.quoted.tolist()):
        if end - start >= _LEAST_QUOTED:
            inside = start + np.flatnonzero(kept[start : end - _RUN + 1])
            places.append(inside)
            wholes.append(np.full(len(inside), len(starts) + number))
    hashes, rows = runs[np.concatenate(places)], np.concatenate(wholes)
    if not len(hashes):
        return _NONE
    begins = np.flatnonzero(np.diff(rows, prepend=-1))
    drawn = RMinHash.digest_matrix_from_flat_token_hashes(
        hashes, [*begins.tolist(), len(hashes)], num_perm=_MOST_RUNS, seed=_SEED
    )
    count = min(_MOST_RUNS, max(1, _RUNS_OF_A_REPORT // len(starts)))
    lowest = np.array(drawn.to_rows(), dtype=np.uint64)[:, :count]
    return _key(mixed(lowest + (np.arange(count, dtype=np.uint64) << np.uint64(32))).ravel(), strong=True)


def _pairs(f: Fingerprint, weights: npt.NDArray[np.float32]) -> Keys:
    """Weak keys: pairs of the rarest words of a sentence."""
    starts = f.sentence_starts.astype(np.int64)
    sentence = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(f.words)))
    rare = np.flatnonzero(weights >= _LEAST_RARE_BITS)
    if not len(rare):
        return _NONE
    words, bits, sentence = f.words[rare], weights[rare], sentence[rare]
    # Each word of a sentence once, the rarest first; equal ones by their hashes.
    order = np.lexsort((words, -bits, sentence))
    words, bits, sentence = words[order], bits[order], sentence[order]
    new = np.append(True, (words[1:] != words[:-1]) | (sentence[1:] != sentence[:-1]))
    words, bits, sentence = words[new], bits[new], sentence[new]
    rank = _rank(sentence)
    kept = rank < _RARE_WORDS
    at = sentence[kept], rank[kept]
    # A row for each sentence: its rarest words, and then all pairs of them.
    table = np.zeros((len(starts), _RARE_WORDS), dtype=np.uint32)
    told = np.full(table.shape, -_LEAST_PAIR_BITS * _RARE_WORDS, dtype=np.float32)
    table[at], told[at] = words[kept], bits[kept]
    pairs = _pair(table[:, _ONE], table[:, _OTHER])
    pairs[told[:, _ONE] + told[:, _OTHER] < _LEAST_PAIR_BITS] = _NO_PAIR
    pairs.sort(axis=1)
    count = min(_MOST_PAIRS, max(_FEWEST_PAIRS, _PAIRS_OF_A_REPORT // len(starts)))
    lowest = pairs[:, :count].ravel()
    return _key(lowest[lowest != _NO_PAIR], strong=False)


def _pair(one: Hashes, other: Hashes) -> npt.NDArray[np.uint64]:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return mixed(low.astype(np.uint64) << np.uint64(32) | high.astype(np.uint64))


def _rank(groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Groups in rising order -> for each member its number within its group."""
    first = np.searchsorted(groups, groups, side="left")
    return np.arange(len(groups)) - first


class Index:
    """Which reports have a key. Grows by one report at a time; what it answers does not depend on the order.

    Kept as a few sorted arrays, each much longer than the next one: two that are not are merged. A key and the number of a
    report are one number, so eight bytes are all that one entry takes.
    """

    _REPORT_BITS: Final = 64 - KEY_BITS
    _MOST_REPORTS: Final = (1 << _REPORT_BITS) - 1
    _TIMES_LONGER: Final = 4

    def __init__(self, gathered: int = 4096) -> None:
        """`gathered`: entries that are collected in the last array before it is merged with others."""
        self._most_gathered = gathered
        self._sorted: list[Keys] = []
        self._strength = array("I")

    def add(self, report: int, its_keys: Keys) -> None:
        """Enters a report, by its number (below 2 ** 24 - 1), under its keys."""
        if not 0 <= report < self._MOST_REPORTS:
            raise ValueError(f"An index holds {self._MOST_REPORTS} reports; {report} is none of them")
        self._strength.extend([0] * (report + 1 - len(self._strength)))
        self._strength[report] = strength(its_keys)
        entries = (its_keys << np.uint64(self._REPORT_BITS)) | np.uint64(report)
        if self._sorted and len(self._sorted[-1]) < self._most_gathered:
            self._sorted[-1] = np.sort(np.concatenate((self._sorted[-1], entries)))
            if len(self._sorted[-1]) >= self._most_gathered:
                self._merge()
        elif len(entries):
            self._sorted.append(entries)

    def candidates(self, its_keys: Keys) -> list[int]:
        """The numbers of the reports that share enough of these keys, in rising order."""
        shift, mask = np.uint64(self._REPORT_BITS), np.uint64((1 << self._REPORT_BITS) - 1)
        bounds = np.stack((its_keys << shift, (its_keys << shift) | mask))
        found = [_NONE]
        for run in self._sorted:
            # No report has the highest number of all, so none is missed.
            begins, ends = np.searchsorted(run, bounds)
            counts = ends - begins
            total = int(counts.sum())
            if total:
                before = np.cumsum(counts) - counts
                found.append(run[np.repeat(begins - before, counts) + np.arange(total)])
        entries = np.concatenate(found)
        if not len(entries):
            return []
        reports, at = np.unique(entries & mask, return_inverse=True)
        counted = np.bincount(at, weights=1.0 + ((entries >> shift) & np.uint64(1))).tolist()
        mine = strength(its_keys)
        return [
            report
            for report, shared in zip(reports.tolist(), counted, strict=True)
            if are_candidates(int(shared), mine, self._strength[report])
        ]

    def _merge(self) -> None:
        runs = self._sorted
        while len(runs) > 1 and len(runs[-2]) < self._TIMES_LONGER * len(runs[-1]):
            merged = np.concatenate((runs.pop(), runs.pop()))
            merged.sort()
            runs.append(merged)
