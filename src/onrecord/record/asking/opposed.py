"""Two clauses -> do they say the opposite, or another number of the same? Pure; nothing is said of who is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from onrecord.article import Span
from onrecord.record.asking.amounts import exclude_each_other, numbers_of
from onrecord.record.asking.clauses import SPEAKER, Clause, Saying, Token, clauses_of
from onrecord.record.asking.opposites import is_timed, opposites_of
from onrecord.record.asking.opposition import Opposition, agree_in_time, is_part_alone, is_update, same_force
from onrecord.record.asking.reworded import oppose_reworded

__all__ = ["Opposition", "oppose", "oppose_clauses"]

_PARTICIPLE = re.compile(r"\b\w+ed at\b")
# Both must share words that tell so much, and two of them.
_LEAST_SHARED: Final = 9.0
# What else one of them may say, in bits: the one that denies little, as *not here* does not mean *not*.
_MOST_BESIDE: Final = 18.0
_MOST_BESIDE_DENIED: Final = 2.6
_MOST_BESIDE_NUMBER: Final = 5.6
_LIGHT: Final = 1.3


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
            found = (
                _opposed(first, a, second, b)
                or _other_number(first, a, second, b)
                or oppose_reworded(first, a, second, b)
            )
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
    if not _is_one_subject(both) or not agree_in_time(a, b, both.first, both.second):
        return None
    # *Not before May*, *never when it rains* is no plain denial.
    if a.limits != b.limits and (a.negations or b.negations):
        return None
    if not _are_clauses(a, b, both) or not same_force(first, a, second, b):
        return None
    shared = {x.base for x, _, _ in both.pairs} | {y.base for _, y, _ in both.pairs}
    if any(f is not None and f not in shared for f in (*a.focus, *b.focus)):
        return None
    denied_a, denied_b = len(a.negations) % 2 == 1, len(b.negations) % 2 == 1
    if (denied_a and a.some and _is_not(first, a)) or (denied_b and b.some and _is_not(second, b)):
        return None
    if (denied_a and is_part_alone(first, a, second, b)) or (denied_b and is_part_alone(second, b, first, a)):
        return None
    for beside, denied in ((both.first, denied_a), (both.second, denied_b)):
        if not _is_little(beside, _MOST_BESIDE_DENIED if denied else _MOST_BESIDE):
            return None
        if any(t.role == "name" and t.head for t in beside):
            return None
    if any(_is_of(s.text, beside) for s, beside in ((first, both.first), (second, both.second))):
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


def _is_of(text: str, beside: Sequence[Token]) -> bool:
    """Is what one says of something of it: *a summary of the report*, *the minister's brother*?"""
    return any(
        text[t.span.end : t.span.end + 4] == " of "
        or text[: t.span.start].endswith(("’s ", "'s ", "s’ ", "s' "))
        for t in beside
        if (t.role == "word" or t.base.endswith("th")) and t.weight > _LIGHT
    )


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


def _other_number(first: Saying, a: Clause, second: Saying, b: Clause) -> Opposition | None:
    if (len(a.negations), len(b.negations)) != (0, 0) or a.force != b.force or a.force == "may":
        return None
    if a.force != "will" and not (a.tenses & b.tenses):
        return None
    if a.force == "will" and (day := _other_day(a, b)):
        return day
    ours, theirs = numbers_of(first, a), numbers_of(second, b)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].unit != theirs[0].unit:
        return None
    one, other = ours[0], theirs[0]
    if not exclude_each_other(one, other):
        return None
    both = _without(_lay_beside(a, b), one.marked, other.marked)
    if any(sign < 0 for _, _, sign in both.pairs) or not _is_one_subject(both):
        return None
    if any(t.role in ("name", "time", "number") for t in (*both.first, *both.second)):
        return None
    if not all(_is_little(rest, _MOST_BESIDE_NUMBER) for rest in (both.first, both.second)):
        return None
    # *A net worth estimated at 2 million* is no clause, nor is one without a verb beside it.
    if any(not c.finite and _PARTICIPLE.search(c.span.of(s.text)) for s, c in ((first, a), (second, b))):
        return None
    if not (a.surely or b.surely or (a.finite and b.finite)) or not agree_in_time(
        a, b, both.first, both.second
    ):
        return None
    bases = {x.base for x, _, _ in both.pairs}
    # The noun alone is not what is told of it.
    if len(bases - {one.unit, SPEAKER}) < 2:
        return None
    update = is_update(first, second, one.unit, bases)
    if update is None:
        return None
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
