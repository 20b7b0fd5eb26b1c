"""Two clauses -> do they say the opposite, or another number of the same? Pure; nothing is said of who is right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from onrecord.analysis.counts import BOUND, read_count
from onrecord.article import Span
from onrecord.record.asking.clauses import SPEAKER, Clause, Saying, Token, clauses_of
from onrecord.record.asking.opposites import base_of, is_timed, opposites_of

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


# Both must share words that tell so much, and two of them.
_LEAST_SHARED: Final = 9.0
# What else one of them may say, in bits: the one that denies little, as *not here* does not mean *not*.
_MOST_BESIDE: Final = 18.0
_MOST_BESIDE_DENIED: Final = 2.6
_MOST_BESIDE_NUMBER: Final = 5.6
_LIGHT: Final = 1.3
# Tolls that are told anew within so many days are of one event.
_DAYS_OF_ONE_EVENT: Final = 14
_HARMED: Final = frozenset(
    base_of(w)
    for w in "kill dead die death injured wounded hurt missing arrest detain displaced fled evacuate infected case casualty victim burn destroy hospitalized".split()
)
_MEASURES: Final = frozenset(base_of(w) for w in "percent degree point rate inflation unemployment price poll approval lead ahead turnout".split())  # fmt: skip
_TIME_UNITS: Final = frozenset(base_of(w) for w in "day week month year hour minute old am pm".split())
_CURRENCY = "$€£¥"
_BOUND_BEFORE = re.compile(rf"({BOUND})\s+[{_CURRENCY}]?$", re.I)
_BEFORE = 24
# Numbers from this on may be rounded.
_ROUNDED_FROM: Final = 100


def oppose(first: Saying, second: Saying) -> Opposition | None:
    """The plainest way in which two sayings differ; None if they do not, or it is not plain."""
    return oppose_clauses(first, clauses_of(first), second, clauses_of(second))


def oppose_clauses(
    first: Saying, ours: Iterable[Clause], second: Saying, theirs: Sequence[Clause]
) -> Opposition | None:
    """The same as `oppose`, with the clauses of both at hand."""
    best: Opposition | None = None
    for a in ours:
        for b in theirs:
            found = _opposed(first, a, second, b) or _other_number(first, a, second, b)
            if found is not None and (best is None or found.weight > best.weight):
                best = found
    return best


@dataclass(slots=True)
class _Both:
    """Tokens of two clauses: those of both, in pairs, and what either has besides."""

    pairs: list[tuple[Token, Token, int]]
    first: list[Token]
    second: list[Token]

    @property
    def weight(self) -> float:
        return sum(min(a.weight, b.weight) for a, b, _ in self.pairs)


def _lay_beside(a: Clause, b: Clause) -> _Both:
    """Pair the tokens; the number of a pair is -1 where one is the opposite of the other."""
    rest = list(b.tokens)
    pairs, left = [], []
    for token in a.tokens:
        sign = 1
        at = next((n for n, t in enumerate(rest) if t.base == token.base), None)
        if at is None and token.role == "word":
            at = next(
                (n for n, t in enumerate(rest) if t.role == "word" and _are_opposite(t.base, token.base)),
                None,
            )
            sign = -1
        if at is None:
            left.append(token)
        else:
            pairs.append((token, rest.pop(at), sign))
    return _Both(pairs, left, rest)


def _are_opposite(one: str, other: str) -> bool:
    return one in opposites_of(other) or other in opposites_of(one)


def _opposed(first: Saying, a: Clause, second: Saying, b: Clause) -> Opposition | None:
    both = _lay_beside(a, b)
    turned = [(x, y) for x, y, sign in both.pairs if sign < 0]
    if (len(a.negations) + len(b.negations) + len(turned)) % 2 == 0:
        return None
    if not _is_one_subject(both) or not _agree_in_time(first, a, second, b, both):
        return None
    if not _are_clauses(a, b, both) or not _same_force(first, a, second, b):
        return None
    shared = {x.base for x, _, _ in both.pairs} | {y.base for _, y, _ in both.pairs}
    if any(f is not None and f not in shared for f in (*a.focus, *b.focus)):
        return None
    denied_a, denied_b = len(a.negations) % 2 == 1, len(b.negations) % 2 == 1
    if (denied_a and a.some and _is_not(first, a)) or (denied_b and b.some and _is_not(second, b)):
        return None
    for beside, denied in ((both.first, denied_a), (both.second, denied_b)):
        if not _is_little(beside, _MOST_BESIDE_DENIED if denied else _MOST_BESIDE):
            return None
        if any(t.role == "name" and t.head for t in beside):
            return None
    if turned and _needs_time(turned, first, a, second, b, both):
        return None
    marks_a = (*a.negations, *(x.span for x, _ in turned))
    marks_b = (*b.negations, *(y.span for _, y in turned))
    if not turned:
        # What is not denied is marked by the word that the other denies.
        marks_a = marks_a or _denied_words(both, b, 0)
        marks_b = marks_b or _denied_words(both, a, 1)
    return Opposition("opposite", marks_a, marks_b, False, both.weight, (a.span, b.span))


def _are_clauses(a: Clause, b: Clause, both: _Both) -> bool:
    """Have both a verb? Of one whose verb is not known as such, the other must have all the words, and no more."""
    if a.finite and b.finite:
        return True
    return (a.finite or b.finite) and not [t for t in (*both.first, *both.second) if t.weight > _LIGHT]


def _denied_words(both: _Both, other: Clause, side: Literal[0, 1]) -> tuple[Span, ...]:
    return tuple(p[side].span for p in both.pairs if p[0].base in other.focus or p[1].base in other.focus)


def _is_not(saying: Saying, clause: Clause) -> bool:
    """Is it denied by *not* or *never*, and not by *no*, which leaves nobody out?"""
    return any(
        n.of(saying.text).lower() not in ("no", "nobody", "none", "nothing", "neither")
        for n in clause.negations
    )


def _is_one_subject(both: _Both) -> bool:
    telling = [(x, y) for x, y, _ in both.pairs if x.base != SPEAKER]
    if len(telling) < 2 or both.weight < _LEAST_SHARED:
        return False
    if any(t.base == SPEAKER for t in (*both.first, *both.second)):
        return False
    beside_first = [t for t in both.first if t.weight > _LIGHT]
    beside_second = [t for t in both.second if t.weight > _LIGHT]
    if beside_first and beside_second:
        return False
    return _in_order(both)


def _in_order(both: _Both) -> bool:
    """Do the words stand in the same order, so that nobody has changed places with whom it was done to?"""
    at = sorted(both.pairs, key=lambda p: p[0].span.start)
    behind = [p[1].span.start for p in at]
    moved = sum(1 for one, other in pairwise(behind) if one > other)
    names = [p[1].span.start for p in at if p[0].role == "name"]
    return moved <= (1 if len(at) > 3 else 0) and names == sorted(names)


def _is_little(beside: Sequence[Token], most: float) -> bool:
    return sum(t.weight for t in beside) <= most


def _same_force(first: Saying, a: Clause, second: Saying, b: Clause) -> bool:
    if a.force == b.force:
        return a.force in ("will", "demand") or bool(a.tenses & b.tenses)
    # *We will never sell it*, and later *we have sold it*.
    for before, one, after, other in ((first, a, second, b), (second, b, first, a)):
        if one.force == "will" and one.never and other.force == "none" and not other.negations:
            return before.day is not None and after.day is not None and before.day <= after.day
    return False


def _agree_in_time(first: Saying, a: Clause, second: Saying, b: Clause, both: _Both) -> bool:
    """May both speak of one time? Each may tell none."""
    ours, theirs = [t for t in both.first if t.role == "time"], [t for t in both.second if t.role == "time"]
    if ours and theirs:
        return False
    return all(
        not (s.first and t.last and s.first > t.last) and not (t.first and s.last and t.first > s.last)
        for s in a.times
        for t in b.times
    )


def _needs_time(
    turned: Sequence[tuple[Token, Token]], first: Saying, a: Clause, second: Saying, b: Clause, both: _Both
) -> bool:
    """Is it a rise and a fall that may both be true, as nothing tells that they are of one time?"""
    if not any(is_timed(x.base) and is_timed(y.base) for x, y in turned) or a.force in (
        "will",
        "must",
        "demand",
    ):
        return False
    if any(x.role == "time" for x, _, _ in both.pairs):
        return False
    return first.day is None or first.day != second.day


# --- numbers


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, of what it is, and its bounds."""

    token: Token
    unit: str
    low: float
    high: float
    marked: Span


def _other_number(first: Saying, a: Clause, second: Saying, b: Clause) -> Opposition | None:
    if (len(a.negations), len(b.negations)) != (0, 0) or a.force != b.force:
        return None
    if a.force != "will" and not (a.tenses & b.tenses):
        return None
    if a.force == "will" and (day := _other_day(a, b)):
        return day
    ours, theirs = _numbers(first, a), _numbers(second, b)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].unit != theirs[0].unit:
        return None
    one, other = ours[0], theirs[0]
    if not _differ(one, other):
        return None
    both = _without(_lay_beside(a, b), one.marked, other.marked)
    if any(sign < 0 for _, _, sign in both.pairs) or not _is_one_subject(both):
        return None
    if any(t.role in ("name", "time", "number") for t in (*both.first, *both.second)):
        return None
    if not all(_is_little(rest, _MOST_BESIDE_NUMBER) for rest in (both.first, both.second)):
        return None
    # *A net worth estimated at 2 million* is no clause, nor is one without a verb beside it.
    if not (a.surely or b.surely or (a.finite and b.finite)) or not _agree_in_time(first, a, second, b, both):
        return None
    bases = {x.base for x, _, _ in both.pairs}
    # The noun alone is not what is told of it.
    if len(bases - {one.unit, SPEAKER}) < 2:
        return None
    update = False
    if first.day and second.day and first.day != second.day:
        apart = abs((date.fromisoformat(first.day) - date.fromisoformat(second.day)).days)
        is_toll = bool(bases & _HARMED)
        if is_toll and apart > _DAYS_OF_ONE_EVENT:
            return None
        update = is_toll or one.unit in _MEASURES or bool(bases & _MEASURES)
    return Opposition("changed number", (one.marked,), (other.marked,), update, both.weight, (a.span, b.span))


def _other_day(a: Clause, b: Clause) -> Opposition | None:
    """What is to be on one day is to be on another."""
    days = [[t for t in c.tokens if t.role == "time" and "#" in t.base[1:]] for c in (a, b)]
    if [len(d) for d in days] != [1, 1] or days[0][0].base == days[1][0].base:
        return None
    (one,), (other,) = days
    both = _without(_lay_beside(a, b), one.span, other.span)
    if not _is_one_subject(both) or any(t.role != "word" for t in (*both.first, *both.second)):
        return None
    if not all(_is_little(rest, _MOST_BESIDE_NUMBER) for rest in (both.first, both.second)):
        return None
    return Opposition("changed number", (one.span,), (other.span,), False, both.weight, (a.span, b.span))


def _without(both: _Both, one: Span, other: Span) -> _Both:
    """What is laid beside each other without the words that differ."""
    first = [t for t in both.first if not one.start <= t.span.start < one.end]
    second = [t for t in both.second if not other.start <= t.span.start < other.end]
    return _Both(both.pairs, first, second)


def _numbers(saying: Saying, clause: Clause) -> list[_Number]:
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
        found.append(_Number(token, unit, low, high, marked))
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


def _differ(one: _Number, other: _Number) -> bool:
    return one.low > other.high or other.low > one.high


def count_bases(clauses: Iterable[Clause]) -> Counter[str]:
    """How often each base stands in some clauses."""
    return Counter(t.base for c in clauses for t in c.tokens)
