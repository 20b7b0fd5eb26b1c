"""The numbers of a clause: how many of what, with bounds (*some 300 jobs*, *fewer than 500 people*). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.analysis.counts import BOUND, read_count
from onrecord.article import Span
from onrecord.record.asking.clauses import Clause, Saying, Token
from onrecord.record.asking.opposites import base_of

_TIME_UNITS: Final = frozenset(base_of(w) for w in "day week month year hour minute old am pm".split())
_CURRENCY = "$€£¥"
_BOUND_BEFORE = re.compile(rf"({BOUND})\s+[{_CURRENCY}]?$", re.I)
_BEFORE = 24
# Numbers from this on may be rounded.
_ROUNDED_FROM: Final = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number, of what it is, and its bounds."""

    token: Token
    unit: str
    low: float
    high: float
    marked: Span


def numbers_of(saying: Saying, clause: Clause) -> list[Number]:
    """The numbers of a clause that are of something; none where one is of nothing that is told."""
    found = []
    for n, token in enumerate(clause.tokens):
        if token.role != "number":
            continue
        value = float(token.base[1:]) if token.base[1:].replace(".", "", 1).isdigit() else None
        if value is None or value < 2:
            return []
        unit = _unit(saying.text, clause, n)
        if unit is None:
            return []
        low, high, marked = _bounds(saying.text, token, value)
        found.append(Number(token, unit, low, high, marked))
    return found


def _unit(text: str, clause: Clause, n: int) -> str | None:
    token = clause.tokens[n]
    if token.span.start and text[token.span.start - 1] in _CURRENCY:
        return text[token.span.start - 1]
    following = [t for t in clause.tokens[n + 1 : n + 3] if t.role == "word"]
    if not following or following[0].span.start - token.span.end > 2:
        return None
    unit = following[0].base
    behind = text[token.span.end : token.span.end + 20].lower()
    before = text[max(0, token.span.start - 12) : token.span.start].lower()
    if unit in _TIME_UNITS and (
        re.match(r"[\s-]*\w+[\s-]*(?:old|ago|later|earlier|before)\b", behind)
        or re.search(r"\b(?:in|last|past|next|within|after|for|than)(?: the)? $", before)
    ):
        return None
    return unit


def _bounds(text: str, token: Token, value: float) -> tuple[float, float, Span]:
    """At least and at most so many, *about* and rounding allowed for; the words that tell it."""
    start = token.span.start
    bound = _BOUND_BEFORE.search(text, max(0, start - _BEFORE), start)
    low, high = value, value
    if value >= _ROUNDED_FROM or value != int(value):
        # As exact as it is written: 40 million is 35 to 45 million at the worst, 2,950 is 2,945 to 2,955.
        step = _step(value)
        low, high = value - step / 2, value + step / 2
    if bound is None:
        return low, high, token.span
    kind = read_count(f"{bound[1].lower()} 100", Span(0, len(bound[1]) + 4))
    marked = Span(bound.start(1), token.span.end)
    if kind is None or kind.about:
        return min(low, value * 0.9), max(high, value * 1.1), marked
    if kind.high is None:
        return value, float("inf"), marked
    if kind.low == 0:
        return 0.0, value, marked
    return low, high, marked


def _step(value: float) -> float:
    """The place of the last digit that is written: of 40,300,000 it is 100,000."""
    digits = f"{value:f}".rstrip("0")
    if not digits.endswith("."):
        return float(10.0 ** -len(digits.partition(".")[2]))
    whole = digits[:-1]
    return float(10 ** (len(whole) - len(whole.rstrip("0"))))


def exclude_each_other(one: Number, other: Number) -> bool:
    """Can no number be as many as both say?"""
    return one.low > other.high or other.low > one.high
