"""Which reports are worth comparing: those that share keys which survive rewording and are rare by construction.

Two sorts of keys. Strong ones are min-hashes (Broder 1997) of the three-word runs of one sentence, or of one quotation: a
sentence that was copied gives the same, whatever became of the rest of the report. Weak ones are pairs of rare words of one
sentence, names and numbers among them: a few of them outlive a sentence told in other words. Two reports are candidates if they
share one strong key or two weak ones. That depends on these two alone, so it is the same whatever the order in which reports
come in, and nothing has to be capped.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from onrecord.resolution.stories.fingerprint import Fingerprint, Hashes, mixed, shingles

Keys: TypeAlias = npt.NDArray[np.uint64]

# A key has 40 bits, so that a database keeps it as a small number and an index beside the number of a report. The lowest
# bit tells strong ones.
KEY_BITS: Final = 40
# What shared keys must count together: a strong one 2, a weak one 1.
ENOUGH: Final = 2

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


def keys(f: Fingerprint) -> Keys:
    """The keys of a report, in rising order, each once; below 2 ** `KEY_BITS`."""
    if not len(f.words):
        return _NONE
    weights = f.weights
    found = np.concatenate((_runs(f, weights), _pairs(f, weights)))
    return np.unique(found)


def strength(shared: Keys) -> int:
    """What keys that two reports share count together; `ENOUGH` makes them candidates."""
    return len(shared) + int(np.count_nonzero(shared & np.uint64(1)))


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
    words, bits, sentence = f.words[rare], weights[rare], sentence[rare]
    # Each word of a sentence once, the rarest first; equal ones by their hashes.
    order = np.lexsort((words, -bits, sentence))
    words, bits, sentence = words[order], bits[order], sentence[order]
    if len(words):
        new = np.append(True, (np.diff(words.astype(np.int64)) != 0) | (np.diff(sentence) != 0))
        words, bits, sentence = words[new], bits[new], sentence[new]
    kept = _rank(sentence) < _RARE_WORDS
    words, bits, sentence = words[kept], bits[kept], sentence[kept]
    hashes, wholes = [_NONE], [sentence[:0]]
    for apart in range(1, _RARE_WORDS):
        one, other = slice(0, max(0, len(words) - apart)), slice(apart, None)
        made = (sentence[one] == sentence[other]) & (bits[one] + bits[other] >= _LEAST_PAIR_BITS)
        hashes.append(_pair(words[one][made], words[other][made]))
        wholes.append(sentence[one][made])
    pairs, rows = np.concatenate(hashes), np.concatenate(wholes)
    order = np.lexsort((pairs, rows))
    pairs, rows = pairs[order], rows[order]
    count = min(_MOST_PAIRS, max(_FEWEST_PAIRS, _PAIRS_OF_A_REPORT // len(starts)))
    return _key(pairs[_rank(rows) < count], strong=False)


def _pair(one: Hashes, other: Hashes) -> npt.NDArray[np.uint64]:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return mixed(low.astype(np.uint64) << np.uint64(32) | high.astype(np.uint64))


def _rank(groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Groups in rising order -> for each member its number within its group."""
    first = np.searchsorted(groups, groups, side="left")
    return np.arange(len(groups)) - first


class Index:
    """Which reports have a key. Grows by one report at a time; what it answers does not depend on the order.

    Kept as a few sorted arrays of which each is at least twice as long as the next one: two that are not are merged. A key
    and the number of a report are one number, so eight bytes are all that one entry takes.
    """

    _REPORT_BITS: Final = 64 - KEY_BITS

    def __init__(self, gathered: int = 2048) -> None:
        """`gathered`: entries that are collected before they are sorted in."""
        self._most_gathered = gathered
        self._sorted: list[Keys] = []
        self._new: dict[int, list[int]] = {}
        self._gathered = 0

    def add(self, report: int, its_keys: Keys) -> None:
        """Enters a report, by its number (below 2 ** 24), under its keys."""
        if not 0 <= report < 1 << self._REPORT_BITS:
            raise ValueError(f"An index holds {1 << self._REPORT_BITS} reports; {report} is none of them")
        for key in its_keys.tolist():
            self._new.setdefault(key, []).append(report)
        self._gathered += len(its_keys)
        if self._gathered >= self._most_gathered:
            self._sort_in()

    def candidates(self, its_keys: Keys) -> list[int]:
        """The numbers of the reports that share enough of these keys, in rising order."""
        shift = np.uint64(self._REPORT_BITS)
        lowest, past = its_keys << shift, (its_keys + np.uint64(1)) << shift
        found: list[npt.NDArray[np.uint64]] = []
        for run in self._sorted:
            # The highest key of all has nothing past it: its bound wraps to 0.
            begins = np.searchsorted(run, lowest)
            ends = np.where(past > 0, np.searchsorted(run, past), len(run))
            hit = np.flatnonzero(ends > begins)
            found += [run[b:e] for b, e in zip(begins[hit].tolist(), ends[hit].tolist(), strict=True)]
        reports, counts = [_NONE], [_NONE]
        for entries in found:
            reports.append(entries & np.uint64((1 << self._REPORT_BITS) - 1))
            counts.append(np.uint64(1) + ((entries >> shift) & np.uint64(1)))
        if self._new:
            recent = [(r, 1 + (key & 1)) for key in its_keys.tolist() for r in self._new.get(key, ())]
            if recent:
                pairs = np.array(recent, dtype=np.uint64)
                reports.append(pairs[:, 0])
                counts.append(pairs[:, 1])
        which, at = np.unique(np.concatenate(reports), return_inverse=True)
        if not len(which):
            return []
        total = np.bincount(at, weights=np.concatenate(counts))
        enough: list[int] = which[total >= ENOUGH].tolist()
        return enough

    def _sort_in(self) -> None:
        parts = [(key << self._REPORT_BITS) | r for key, reports in self._new.items() for r in reports]
        self._sorted.append(np.sort(np.array(parts, dtype=np.uint64)))
        self._new.clear()
        self._gathered = 0
        while len(self._sorted) > 1 and len(self._sorted[-2]) < 2 * len(self._sorted[-1]):
            last, before = self._sorted.pop(), self._sorted.pop()
            self._sorted.append(np.sort(np.concatenate((before, last))))
