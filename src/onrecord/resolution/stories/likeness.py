"""Are two reports copies, of each other or of a third? What they share, weighed by a small logistic model.

Reports of one event written independently share names, numbers and what was said; copies share besides the order in which
it is told, the same cuts of quotations, and sentence by sentence what is told. The weights, in
`resolution/data/copy_likeness.json`, are fitted by `training/stories.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import fsum, log, log1p, log2, sqrt
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.resolution.entries import read_data
from onrecord.resolution.stories.alignment import (
    Alignment,
    Bits,
    Bools,
    Runs,
    Shared,
    Told,
    align,
    are_there,
    length_of_rise,
    passages_of,
    stems_of_both,
    told,
    with_like_stems,
)
from onrecord.resolution.stories.changed import Both, changed
from onrecord.resolution.stories.copies import Pair
from onrecord.resolution.stories.descent import original_of
from onrecord.resolution.stories.fingerprint import Fingerprint, Hashes
from onrecord.resolution.stories.kinds import Changes, changes, kind_of

Vector = npt.NDArray[np.float64]

FEATURES: Final = (
    "share of the shorter's bits",
    "bits shared, log",
    "runs of three words of the shorter, root",
    "runs of three words of both",
    "longest run, log",
    "stems in the same order",
    "stems near each other in both",
    "share of names",
    "bits of names, log",
    "numbers shared, log",
    "share of numbers missing",
    "share of quotations",
    "ratio of lengths, log",
    "aligned share of the shorter",
    "aligned share of the longer",
    "likeness of what is aligned",
    "aligned in order",
    "aligned sentences, log",
    "share of bits outside quotations",
    "longest block, bits, log",
    "share of names and numbers of both",
    "share of the bits of both",
    "bits of names and numbers of both, log",
    "words of the shorter, log",
)
# Below this chance two reports are no copies.
LEAST_SCORE: Final = 0.9
# What shares less of the shorter one is not looked at.
_LEAST_SHARE: Final = 0.12
_LEAST_BITS: Final = 20.0
# Nor what shares less of the rarer one's stems of so many bits: most candidates are none by more than this, and to find it out
# takes a twentieth of a comparison. Of our own retellings (`training/retelling.py`, strength 0.6 to 1.2) none in a hundred does.
_LEAST_TELLING_SHARE: Final = 0.2
_TELLING_BITS: Final = 4.0
_BITS_OF_A_NUMBER: Final = 8.0
# Of so many runs of three words at least the share counts: at `_HALF_SURE` it is a copy as likely as not.
_LEAST_RUNS: Final = 30
_HALF_SURE: Final = 0.72
_STEEP: Final = 25.0
# From this chance on, told by runs of words alone, no more is looked at.
_CERTAIN: Final = 0.98
# Between these chances it is looked at whether the sentences go along with each other.
_DOUBTFUL: Final = 0.05
_SURE: Final = 0.95
_LEAST_SENTENCES: Final = 5
_ALONG: Final = 0.8
# What a word of like meaning counts against the same word.
_LINKED: Final = 0.5
# Stems that count less say nothing of order.
_TELLING: Final = 3.0
_NEAR: Final = 12
_MOST_ORDERED: Final = 2000


class _Model(msgspec.Struct, frozen=True):
    """Means and spreads of the features, and the weights: of each in a paragraph, in a full report, of the length, of one."""

    means: list[float]
    spreads: list[float]
    weights: list[float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found of two reports.

    Attributes:
        chance: 0 to 1, that they are copies.
        changed: their changed sentences, where these had to be looked at.
    """

    chance: float
    alignment: Alignment
    changed: Both | None


def compare(a: Fingerprint, b: Fingerprint) -> Pair | None:
    """The pair that two reports make, whichever is given first; None if they are no copies."""
    first, second = (a, b) if (a.id, a.data) <= (b.id, b.data) else (b, a)
    found = likeness(first, second)
    if found is None or found.chance < LEAST_SCORE:
        return None
    return pair_of(first, second, found)


def pair_of(first: Fingerprint, second: Fingerprint, found: Likeness) -> Pair:
    """What is said of two copies; ids in code-point order."""
    one, other = told(first), told(second)
    both = found.changed or changed(one, other, found.alignment)
    original, why = original_of(first, second, one, other, found.alignment, both)
    return Pair(
        first.id,
        second.id,
        kind_of(one, other, found.alignment, both),
        round(found.chance, 4),
        passages_of(first, second, found.alignment),
        original,
        why,
    )


def likeness(first: Fingerprint, second: Fingerprint) -> Likeness | None:
    """How sure it is that two reports are copies; None where they share too little to look closer."""
    if _share_of_telling(first, second) < _LEAST_TELLING_SHARE:
        return None
    one, other = told(first), told(second)
    shared = stems_of_both(one, other)
    if shared.bits < max(_LEAST_BITS, _LEAST_SHARE * min(one.bits_told, other.bits_told)):
        return None
    shared = with_like_stems(one, other, shared)
    alignment = align(one, other, shared)
    chance = _chance_of_runs(one, other)
    if chance < _CERTAIN:
        chance = max(chance, chance_of(features(one, other, shared, alignment)))
    both = None
    if _DOUBTFUL <= chance < _SURE and len(alignment.aligned) >= _LEAST_SENTENCES:
        both = changed(one, other, alignment)
        chance = _SURE if _goes_along(changes(one, other, alignment, both)) else chance
    return Likeness(chance, alignment, both)


def _share_of_telling(first: Fingerprint, second: Fingerprint) -> float:
    """What share of the bits of the rarer stems of one report the other has too; that of the one with fewer."""
    (one, bits, every), (other, _, all_others) = _telling_stems(first), _telling_stems(second)
    least = min(every, all_others)
    return float(bits[are_there(other, one)].sum()) / least if least else 1.0


@lru_cache(maxsize=4096)
def _telling_stems(fingerprint: Fingerprint) -> tuple[Hashes, Bits, float]:
    """The rarer stems of a report, ascending, how much each counts, and all together."""
    weights = fingerprint.weights
    rare = weights >= _TELLING_BITS
    stems, first = np.unique(fingerprint.words[rare], return_index=True)
    bits = weights[rare][first]
    return stems, bits, float(bits.sum())


def _goes_along(made: Changes) -> bool:
    """Does one report tell sentence by sentence what the other does, with the same small words? So does a spun copy, whatever
    became of the other words."""
    return min(made.kept_of_shorter, made.in_order, made.one_with_one, made.small_kept) >= _ALONG


def _chance_of_runs(a: Told, b: Told) -> float:
    """What runs of three words outside quotations tell alone: nobody who writes for himself has most of them by chance, and
    a report that was cut or added to may share little else."""
    common = _count_of_both(a.own_runs, b.own_runs)
    if common < _LEAST_RUNS:
        return 0.0
    share = common / max(1, min(len(a.own_runs), len(b.own_runs)))
    return float(1 / (1 + np.exp(-_STEEP * (share - _HALF_SURE))))


def chance_of(values: Vector) -> float:
    """What the model says of features."""
    means, spreads, weights = _model()
    return float(1 / (1 + np.exp(-expanded((values - means) / spreads, length_of(values)) @ weights)))


def length_of(values: Vector) -> float:
    """How long the shorter report is: 0 for a paragraph, 1 for a full report."""
    return min(1.0, max(0.0, (float(values[-1]) - 5) / 4))


def expanded(scaled: Vector, length: float) -> Vector:
    """Features as the model weighs them: what tells in a paragraph need not tell in a long report."""
    return np.concatenate((scaled * (1 - length), scaled * length, (length, 1.0)))


@lru_cache(maxsize=1)
def _model() -> tuple[Vector, Vector, Vector]:
    kept = msgspec.json.decode(read_data("copy_likeness.json"), type=_Model)
    return np.array(kept.means), np.array(kept.spreads), np.array(kept.weights)


def features(a: Told, b: Told, shared: Shared, alignment: Alignment) -> Vector:
    """What tells copies, in the order of `FEATURES`."""
    bits, worth = sorted((a.bits_told, b.bits_told)), shared.bits
    linked = np.minimum(a.stem_bits[shared.linked_first], b.stem_bits[shared.linked_second]) * shared.links
    order, near = _order(a, b, shared)
    names = a.names.keys() & b.names.keys()
    name_bits = fsum(a.names[name] for name in names)
    all_common = _count_of_both(a.runs, b.runs)
    own_common = are_there(b.own_runs, a.own_runs)
    numbers, least_numbers = len(a.numbers & b.numbers), min(len(a.numbers), len(b.numbers))
    both_named = name_bits + _BITS_OF_A_NUMBER * numbers
    all_named = a.named_bits + b.named_bits + _BITS_OF_A_NUMBER * (len(a.numbers) + len(b.numbers))
    aligned = alignment.aligned
    aligned_bits = sum(g.shared for g in aligned)
    own = shared.first[a.is_own[shared.first] & b.is_own[shared.second]]
    lengths = sorted((len(a.words), len(b.words)))
    sums = sorted((float(a.bits.sum()), float(b.bits.sum())))
    return np.array(
        (
            (worth + _LINKED * float(linked.sum())) / max(bits[0], 1e-6),
            log1p(worth),
            sqrt(int(own_common.sum()) / max(1, min(len(a.own_runs), len(b.own_runs)))),
            all_common / max(1, len(a.runs) + len(b.runs) - all_common),
            log1p(_longest_run(a, own_common)),
            order,
            near,
            len(names) / max(1, min(len(a.names), len(b.names))),
            log1p(name_bits),
            log1p(numbers),
            (least_numbers - numbers) / max(1, least_numbers),
            _count_of_both(a.quotations, b.quotations) / max(1, min(len(a.quotations), len(b.quotations))),
            log(max(1, lengths[1]) / max(1, lengths[0])),
            min(1.0, aligned_bits / max(sums[0], 1e-6)),
            min(1.0, aligned_bits / max(sums[1], 1e-6)),
            sum(g.likeness * g.shared for g in aligned) / max(aligned_bits, 1e-6),
            sum(g.shared for g in aligned if not g.moved) / max(aligned_bits, 1e-6),
            log1p(len(aligned)),
            float(a.stem_bits[own].sum()) / max(1e-6, min(a.own_bits, b.own_bits)),
            log1p(_longest_block(alignment)),
            _share_of_named(both_named, all_named),
            2 * (worth + _LINKED * float(linked.sum())) / max(sum(bits), 1e-6),
            log1p(all_named),
            log2(max(1, lengths[0])),
        )
    )


def _share_of_named(both: float, every: float) -> float:
    """Of all names and numbers of two reports, by their bits, what both have: who retells a report leaves few of them out and
    has none of their own, unlike another reporter. A half where there are none."""
    return both / (every - both) if every > both else 0.5


def _order(a: Told, b: Told, shared: Shared) -> tuple[float, float]:
    """Of the telling stems that stand once in both reports: the share in the same order, and the share that stands near its
    neighbours in both."""
    at, there = a.once[shared.first], b.once[shared.second]
    good = (at >= 0) & (there >= 0) & (a.stem_bits[shared.first] >= _TELLING)
    at, there = at[good], there[good]
    if len(at) < 2:
        return 0.0, 0.0
    there_by_at = there[np.argsort(at)][:_MOST_ORDERED]
    at_by_there = at[np.argsort(there)][:_MOST_ORDERED]
    rise = length_of_rise(there_by_at.tolist()) / len(there_by_at)
    near = [float((np.abs(np.diff(v)) <= _NEAR).mean()) for v in (there_by_at, at_by_there)]
    return rise, sum(near) / 2


def _count_of_both(one: Runs, other: Runs) -> int:
    """How many are in both of two ascending lists."""
    return int(np.count_nonzero(are_there(other, one)))


def _longest_run(a: Told, own_common: Bools) -> float:
    """How many words the longest run has that both reports have outside quotations; none under three.

    `own_common`: for each of `a.own_runs`, has the other it too?
    """
    found = np.append(own_common, False)[a.run_at]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], found.view(np.int8), [0]))))
    return float((edges[1::2] - edges[::2]).max() + 2) if len(edges) else 0.0


def _longest_block(alignment: Alignment) -> float:
    """The bits of the longest row of aligned sentences that stand beside each other in both reports, one left out at most."""
    best = current = 0.0
    before = None
    for group in alignment.aligned:
        if before is not None:
            beside = 0 <= group.first - before.first_end <= 1 and -1 <= group.second - before.second_end <= 1
            current = current if beside else 0.0
        current += group.shared
        best = max(best, current)
        before = group
    return best
