"""How many statements of each kind, or events of each type, fall in each day, week, month, quarter or year."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection

from onrecord.record.asking.counting import Counted, Item, count_items
from onrecord.record.asking.events import EventQuestion
from onrecord.record.asking.statements import Question

Unit = Literal["day", "week", "month", "quarter", "year"]
# As many bars as can be told apart on a page.
MOST_BARS: Final = 72
# Where days lie far off the rest, the axis is laid for all but one in so many at either end: but for none that is not later than the
# newest report, since what is new is what most pictures are asked for.
_ONE_IN: Final = 50


class Bar(msgspec.Struct):
    """What falls in a stretch of days, both included, by kind or type; what there is none of is left out."""

    first: str
    last: str
    counts: dict[str, int]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


class OverTime(msgspec.Struct):
    """Counts along time.

    Attributes:
        unit: how long a bar is; weeks begin on Monday.
        names: the kinds or types that there are, the commonest first.
        bars: from the first to the last, those that are empty too.
        before, after: what lies so far off the rest that no bar shows it; None where there is nothing.
        undated: of how many neither text nor report tells a day.
    """

    unit: Unit
    names: list[str]
    bars: list[Bar]
    before: Bar | None
    after: Bar | None
    undated: int
    counted: Counted


def over_time(connection: Connection, question: Question | EventQuestion, *, once: bool = False) -> OverTime:
    """What fits a question along time: each on the first day that its text tells, else on that of its report.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, counted = count_items(connection, question, once=once)
    return lay_out(items, counted)


def lay_out(items: Sequence[Item], counted: Counted) -> OverTime:
    """Items in bars, as many as `MOST_BARS` at most, of the shortest unit with which that many will do."""
    by_day: dict[date, Counter[str]] = defaultdict(Counter)
    names: Counter[str] = Counter()
    undated = 0
    for item in items:
        names[item.what] += 1
        day = _day(item.day)
        if day is None:
            undated += 1
        else:
            by_day[day][item.what] += 1
    ordered = sorted(names, key=lambda name: (-names[name], name))
    if not by_day:
        return OverTime("day", ordered, [], None, None, undated, counted)
    days = sorted(by_day)
    newest = _day(max((item.published or "" for item in items), default="")[:10])
    unit, begins = _axis(days, [by_day[day].total() for day in days], newest)
    inside: dict[date, Counter[str]] = {first: Counter() for first in begins}
    before, after = Counter[str](), Counter[str]()
    for day, counts in by_day.items():
        first = _BEGIN[unit](day)
        (before if first < begins[0] else after if first > begins[-1] else inside[first]).update(counts)
    end = _last(unit, begins[-1])
    return OverTime(
        unit,
        ordered,
        [_bar(first, _last(unit, first), counts) for first, counts in inside.items()],
        _bar(days[0], begins[0] - timedelta(1), before) if before else None,
        _bar(end + timedelta(1), days[-1], after) if after else None,
        undated,
        counted,
    )


def _bar(first: date, last: date, counts: Counter[str]) -> Bar:
    return Bar(first.isoformat(), last.isoformat(), dict(sorted(counts.items())))


def _axis(days: Sequence[date], counts: Sequence[int], newest: date | None) -> tuple[Unit, list[date]]:
    """The unit, and the first day of each bar: of all days if that many bars will do, else of all but those far off."""
    low, high = _bulk(days, counts)
    high = max(high, min(newest, days[-1])) if newest else high
    for unit in _BEGIN:
        if _many(unit, days[0], days[-1]) <= MOST_BARS:
            return unit, _begins(unit, days[0], days[-1])
        if _many(unit, low, high) <= MOST_BARS and _is_far(unit, days, low, high):
            return unit, _begins(unit, low, high)
    return "year", _begins("year", date(max(low.year, high.year - MOST_BARS + 1), 1, 1), high)


def _bulk(days: Sequence[date], counts: Sequence[int]) -> tuple[date, date]:
    """The first and the last day of all but one in `_ONE_IN` at either end."""
    passed = list(accumulate(counts))
    off = passed[-1] // _ONE_IN
    return days[bisect_right(passed, off)], days[bisect_left(passed, passed[-1] - off)]


def _is_far(unit: Unit, days: Sequence[date], low: date, high: date) -> bool:
    """Would all days need twice as many bars as there may be? What lies near is better shown in longer bars than left out."""
    return _many(unit, days[0], days[-1]) > 2 * MOST_BARS and (low, high) != (days[0], days[-1])


_BEGIN: Final[dict[Unit, Callable[[date], date]]] = {
    "day": lambda day: day,
    # The calendar begins on a Monday.
    "week": lambda day: day - timedelta(day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
    "year": lambda day: day.replace(month=1, day=1),
}


_DAYS: Final[dict[Unit, int]] = {"day": 1, "week": 7}
_MONTHS: Final[dict[Unit, int]] = {"month": 1, "quarter": 3, "year": 12}


def _next(unit: Unit, first: date) -> date | None:
    """The first day behind a bar; None at the end of the calendar."""
    try:
        if unit in _DAYS:
            return first + timedelta(_DAYS[unit])
        month = first.year * 12 + first.month - 1 + _MONTHS[unit]
        return date(month // 12, month % 12 + 1, 1)
    except (OverflowError, ValueError):
        return None


def _last(unit: Unit, first: date) -> date:
    """The last day of a bar."""
    behind = _next(unit, first)
    return behind - timedelta(1) if behind else date.max


def _many(unit: Unit, first: date, last: date) -> int:
    """How many bars there are from one day to another."""
    first, last = _BEGIN[unit](first), _BEGIN[unit](last)
    if unit in _DAYS:
        return (last - first).days // _DAYS[unit] + 1
    return ((last.year - first.year) * 12 + last.month - first.month) // _MONTHS[unit] + 1


def _begins(unit: Unit, first: date, last: date) -> list[date]:
    found = [_BEGIN[unit](first)]
    while (at := _next(unit, found[-1])) and at <= last:
        found.append(at)
    return found


def _day(written: str | None) -> date | None:
    """A day as the calendar has it; None for what is none, as a year alone."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
