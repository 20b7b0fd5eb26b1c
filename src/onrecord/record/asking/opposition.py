"""How two clauses differ, and what any two must have in common to be laid beside each other: firmness and time. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from onrecord.article import Span
from onrecord.record.asking.clauses import Clause, Saying, Token
from onrecord.record.asking.opposites import base_of

OppositionKind = Literal["opposite", "changed number"]


@dataclass(frozen=True, slots=True)
class Opposition:
    """How two sayings differ: code points of the words in either, and what both share.

    Attributes:
        update: the number is a toll or a measure that was told anew on a later day.
        weight: how much the words that both share tell, in bits.
    """

    kind: OppositionKind
    first: tuple[Span, ...]
    second: tuple[Span, ...]
    update: bool
    weight: float
    clauses: tuple[Span, Span]


# Tolls that are told anew within so many days are of one event.
_DAYS_OF_ONE_EVENT: Final = 14
_PART_OF = re.compile(r"\b(?:most|some|parts?|half|much|many|a few|several|elements) of\b", re.I)
_NONE_OF_IT: Final = frozenset("no never nobody none nothing neither".split())
_HARMED: Final = frozenset(
    base_of(w)
    for w in "kill dead die death injured wounded hurt missing arrest detain displaced fled evacuate infected case casualty victim burn destroy hospitalized".split()
)
_MEASURES: Final = frozenset(base_of(w) for w in "percent degree point rate inflation unemployment price poll approval lead ahead turnout".split())  # fmt: skip


def same_force(first: Saying, a: Clause, second: Saying, b: Clause) -> bool:
    """Are both as firm, and of a time that may be one?"""
    if "may" in (a.force, b.force):
        return False
    if a.force == b.force:
        return a.force in ("will", "demand") or bool(a.tenses & b.tenses)
    # *We will never sell it*, and later *we have sold it*.
    for before, one, after, other in ((first, a, second, b), (second, b, first, a)):
        if one.force == "will" and one.never and other.force == "none" and not other.negations:
            return before.day is not None and after.day is not None and before.day <= after.day
    return False


def agree_in_time(a: Clause, b: Clause, beside: Sequence[Token], behind: Sequence[Token]) -> bool:
    """May both speak of one time? Each may tell none.

    Args:
        beside, behind: the words that each has alone.
    """
    if any(t.role == "time" for t in beside) and any(t.role == "time" for t in behind):
        return False
    return all(
        not (s.first and t.last and s.first > t.last) and not (t.first and s.last and t.first > s.last)
        for s in a.times
        for t in b.times
    )


def is_part_alone(denier: Saying, denying: Clause, asserter: Saying, asserting: Clause) -> bool:
    """Is only the whole of it denied, and a part of it asserted (*accept most of the plan*)?"""
    words = {n.of(denier.text).lower() for n in denying.negations}
    if words & _NONE_OF_IT:
        return False
    return _PART_OF.search(asserter.text, asserting.span.start, asserting.span.end) is not None


def is_update(first: Saying, second: Saying, unit: str, shared: frozenset[str] | set[str]) -> bool | None:
    """Is a number one that is told anew; None where it is a toll of another event."""
    if not first.day or not second.day or first.day == second.day:
        return False
    apart = abs((date.fromisoformat(first.day) - date.fromisoformat(second.day)).days)
    is_toll = bool(shared & _HARMED)
    if is_toll and apart > _DAYS_OF_ONE_EVENT:
        return None
    return is_toll or unit in _MEASURES or bool(shared & _MEASURES)
