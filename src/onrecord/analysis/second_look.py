"""A second look at the triggers: of which types each is, and how surely, from all that is known of it.

The network gives each word a chance of telling an event, and a trigger a chance of each type. What its words tell elsewhere
(`trigger_words.py`), whether a surer trigger stands beside it, who and what is in it make these better: boosted trees over
some forty numbers give for a trigger and a type the chance that it tells an event of this type. They are fitted by
`training/second_look.py` on triggers of a network that has not seen the texts.

Every tree asks the same three questions of all that comes to it (Prokhorenkova et al. 2018, *CatBoost*), so that all trees
are read at once: is a number above a bound, thrice, makes one of eight values; their sum is the log-odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import msgspec
import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Pieces, Quotation
from onrecord.analysis.plover import MODE_NAMES, MODES, STATUSES, TYPES
from onrecord.analysis.sentences import sentences_of
from onrecord.analysis.trigger_words import Look, Numbers, Uses, known_uses, trigger_keys
from onrecord.analysis.triggers import ROLES, TriggerPieces
from onrecord.analysis.whole_words import whole_words
from onrecord.article import Span

# So many of the network's likeliest types are looked at, and each type of which a word tells in this share of its events.
_LIKELIEST = 3
_USUAL = 0.25
# Of the triggers around one only those count that are surer.
_SURE = 0.35
# Characters between triggers that are near each other.
_NEAR = 40
# A word of which nothing is known has the types of all words; so many events does that count.
_DOUBT = 3.0
# Chances are bounded before their log-odds are taken.
_BOUND = 1e-3
# The modes of the types that have some.
_MODES: Final = [
    (n, [m for m, (of, _) in enumerate(MODE_NAMES) if of == type_])
    for n, type_ in enumerate(TYPES)
    if MODES[type_]
]
_ONE_HOT: Final = np.eye(len(TYPES))

# Chances and rates are log-odds, counts logarithms.
FEATURES: Final = (
    *("type", "both", "another type", "lead", "rank", "mode", "share", "share of another", "type beside it"),
    *("trigger", "likely types", "mutual"),
    *("events known", "events with the next word known", "events as written known"),
    *("told in passages", "told in news", "over it", "near it", "in its sentence", "beside it"),
    *("words", "sentence", "place", "quoted", "heading"),
    *(f"{role} found" for role in ROLES),
    *STATUSES,
    *TYPES,
)


_RANK, _BOTH = FEATURES.index("rank"), FEATURES.index("both")
# The network by which trees are fitted is a weaker one: the rest of the log-odds are the network's own, at most the second
# for a type that is not its first.
_TRUST, _SECOND = 0.85, -3.0


class Trees(msgspec.Struct, frozen=True):
    """The fitted trees.

    Attributes:
        features: their names, as `FEATURES` has them.
        prior: the share of each type among the events of the table.
        start: the log-odds that the trees add to.
        asked, bounds: of each tree the numbers of the features that it asks for and the bounds (trees, 3).
        values: (trees, 8); the first question counts 1, the second 2, the third 4.
    """

    features: tuple[str, ...]
    prior: list[float]
    start: float
    asked: list[list[int]]
    bounds: list[list[float]]
    values: list[list[float]]


@dataclass(frozen=True, slots=True)
class Judge:
    """The trees as arrays; see `Trees`."""

    prior: Numbers
    start: float
    asked: Numbers
    bounds: Numbers
    values: Numbers

    def chances(self, rows: Numbers) -> Numbers:
        """(pairs, FEATURES) -> the chance of each that its trigger tells an event of its type."""
        above = rows[:, self.asked] > self.bounds
        leaves = above @ np.array([1, 2, 4])
        scores = self.start + self.values[np.arange(len(self.values)), leaves].sum(axis=1)
        network = np.where(rows[:, _RANK] == 0, rows[:, _BOTH], np.minimum(rows[:, _BOTH], _SECOND))
        chances: Numbers = 1.0 / (1.0 + np.exp(-(_TRUST * scores + (1.0 - _TRUST) * network)))
        return chances


def judge_of(trees: Trees) -> Judge:
    """The trees as arrays."""
    asked, bounds, values = (np.array(part) for part in (trees.asked, trees.bounds, trees.values))
    return Judge(np.array(trees.prior), trees.start, asked, bounds, values)


def known_trees() -> Trees:
    """The trees that ship."""
    packed = (resources.files("onrecord") / "model" / "second_look.json").read_bytes()
    return msgspec.json.decode(packed, type=Trees)


@lru_cache(maxsize=1)
def known_judge() -> Judge:
    """The trees that ship, as arrays."""
    return judge_of(known_trees())


@dataclass(frozen=True, slots=True)
class Placed:
    """A trigger with its words and their sentence in the text."""

    pieces: TriggerPieces
    span: Span
    sentence: Span


def placed(text: str, pieces: Pieces, triggers: Sequence[TriggerPieces]) -> list[Placed]:
    """Triggers with their whole words."""
    sentences = sentences_of(text)
    found = []
    for trigger in triggers:
        span = whole_words(text, Span(int(pieces.start[trigger.first]), int(pieces.end[trigger.last])))
        found.append(Placed(trigger, span, sentences.around(span)))
    return found


def look_again(text: str, pieces: Pieces, triggers: Sequence[Placed]) -> list[dict[int, float]]:
    """For each trigger the numbers of the types that it may tell an event of, with the chance of each.

    Args:
        triggers: all of the text.
    """
    if not triggers:
        return []
    judge = known_judge()
    at, types, rows = pairs_of(text, pieces, triggers, known_uses, judge.prior)
    found: list[dict[int, float]] = [{} for _ in triggers]
    for number, type_, chance in zip(at, types, judge.chances(rows).tolist(), strict=True):
        found[number][type_] = round(chance, 3)
    return found


def pairs_of(
    text: str, pieces: Pieces, triggers: Sequence[Placed], look: Look, prior: Numbers
) -> tuple[list[int], list[int], Numbers]:
    """The pairs of a trigger and a type that are looked at: numbers of triggers, numbers of types, features of each.

    Args:
        look: what a key of `trigger_words.py` tells.
        prior: see `Trees`.
    """
    if not triggers:
        return [], [], np.zeros((0, len(FEATURES)))
    sentences: dict[Span, list[Placed]] = {}
    for trigger in triggers:
        sentences.setdefault(trigger.sentence, []).append(trigger)
    words = [_words(text, trigger.span, look, prior) for trigger in triggers]
    around = [_around(trigger, sentences[trigger.sentence]) for trigger in triggers]
    scores = np.array([t.pieces.types for t in triggers], dtype=np.float64)
    sure = np.array([t.pieces.probability for t in triggers])
    own, shares = _log_odds(scores), np.array([share for share, _ in words])
    order = np.argsort(-scores, axis=1, kind="stable")
    wanted = shares > _USUAL
    np.put_along_axis(wanted, order[:, :_LIKELIEST], True, axis=1)
    at, types = np.nonzero(wanted)
    modes = np.zeros_like(scores)
    of_triggers = np.array([t.pieces.modes for t in triggers])
    for type_, numbers in _MODES:
        modes[:, type_] = of_triggers[:, numbers].max(axis=1)
    of_pairs = (
        *(own, _log_odds(scores * sure[:, None]), _others(own), own - _others(own)),
        *(np.argsort(order, axis=1), modes, _log_odds(shares), _others(_log_odds(shares))),
        np.array([same for _, same in around]),
    )
    mutual = np.array([t.pieces.mutual for t in triggers])
    known = np.log1p(np.array([counts[:3] for _, counts in words]))
    rates = np.array([counts[3:] for _, counts in words])
    of_each = (
        *(_log_odds(sure)[:, None], (scores > 0.5).sum(axis=1)[:, None], _log_odds(mutual)[:, None]),
        *(known, _log_odds(rates), np.array([numbers for numbers, _ in around])),
        np.array([_place(text, pieces, t) for t in triggers]),
        np.array([[min(len(spans), 2) for spans in t.pieces.roles] for t in triggers]),
        np.array([t.pieces.statuses for t in triggers], dtype=np.float64),
    )
    columns = [values[at, types][:, None] for values in of_pairs] + [values[at] for values in of_each]
    return at.tolist(), types.tolist(), np.concatenate([*columns, _ONE_HOT[types]], axis=1)


def _others(values: Numbers) -> Numbers:
    """For each type the most that another has."""
    lowest, highest = np.sort(values, axis=1)[:, -2:].T
    found: Numbers = np.where(values == highest[:, None], lowest[:, None], highest[:, None])
    return found


def _words(text: str, span: Span, look: Look, prior: Numbers) -> tuple[Numbers, list[float]]:
    """The share of each type among the events that the trigger's words tell elsewhere; of how many events that is known
    by the stem, with the next word and as it is written; and how often they tell one, in passages and in news."""
    stem, *special = [look(key) for key in trigger_keys(text, span)]
    share = (stem.types + _DOUBT * prior) / (sum(stem.events) + _DOUBT)
    known = [sum(stem.events), 0.0, 0.0]
    rates = [_rate(stem, part, 0.1) for part in (0, 1)]
    for place, uses in zip((2, 1), special, strict=False):
        count = sum(uses.events)
        share = (uses.types + 2.0 * share) / (count + 2.0)
        known[place] = count
        rates = [_rate(uses, part, rate) for part, rate in enumerate(rates)]
    return share, [*known, *rates]


def _rate(uses: Uses, part: int, before: float) -> float:
    """How often a word tells an event, if it is not known by much what it was thought before."""
    return (uses.events[part] + _DOUBT * before) / (max(uses.totals[part], uses.events[part]) + _DOUBT)


def _around(trigger: Placed, sentence: Sequence[Placed]) -> tuple[list[float], Numbers]:
    """How sure the surest triggers are that share words with this one, are near it, are in its sentence, and how many
    there are; and the chance of each type beside it."""
    over = near = surest = beside = 0.0
    same = np.zeros(len(TYPES))
    for other in sentence:
        sure = other.pieces.probability
        if other is trigger or sure < _SURE:
            continue
        beside += 1
        surest = max(surest, sure)
        same = np.maximum(same, other.pieces.types * sure)
        if abs(other.span.start - trigger.span.start) < _NEAR:
            near = max(near, sure)
        if other.span.meets(trigger.span):
            over = max(over, sure)
    return [over, near, surest, beside], same


def _place(text: str, pieces: Pieces, trigger: Placed) -> list[float]:
    """How many words, in how long a sentence, how far in it, in a quotation, in the heading."""
    length = 1 + trigger.sentence.end - trigger.sentence.start
    first = trigger.pieces.first
    return [
        float(len(trigger.span.of(text).split())),
        float(np.log(length)),
        (trigger.span.start - trigger.sentence.start) / length,
        float(pieces.quotation[first] in (Quotation.INSIDE, Quotation.INSIDE_SINGLE)),
        float(pieces.heading[first]),
    ]


def _log_odds(chances: Floats | Numbers) -> Numbers:
    bounded = np.clip(chances.astype(np.float64), _BOUND, 1.0 - _BOUND)
    found: Numbers = np.log(bounded / (1.0 - bounded))
    return found
