"""Numbers of days -> bars of years, months or days; stretches of time -> places on a line. Pictures of both are made by templates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from onrecord.record.asking.profile import RoleTold

# Bars are of months if the days lie in no more than so many, of days if in no more than so many days.
_MOST_MONTHS: Final = 30
_MOST_DAYS: Final = 45
# What lies further apart is shown without the time between.
_MOST_BARS: Final = 120
Unit = Literal["year", "month", "day"]
_LENGTHS: Final[dict[Unit, int]] = {"year": 4, "month": 7, "day": 10}
# A day as exact as it is known.
_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Bar(NamedTuple):
    """A stretch of time and how much it has: `share` of what the highest bar has, from 0 to 1; `since` and `until` are its first and
    last day, both included."""

    label: str
    since: str
    until: str
    number: int
    share: float


class OverTime(NamedTuple):
    """Bars in the order of time."""

    unit: Unit
    bars: list[Bar]

    @property
    def highest(self) -> Bar:
        """The first of those that have most."""
        return max(self.bars, key=lambda bar: bar.number)


class Stretch(NamedTuple):
    """A stretch of a line that is 100 long."""

    start: float
    length: float


def over_time(days: Sequence[tuple[str, int]]) -> OverTime | None:
    """Bars of what there is on some days, as long as the time in which they lie asks for; None if there are none.

    Args:
        days: ISO days with numbers; of some the year alone may be known, or the month.

    >>> over_time([("2024-03-04", 2), ("2024-03-06", 1)]).bars[1]
    Bar(label='2024-03-05', since='2024-03-05', until='2024-03-05', number=0, share=0.0)
    >>> over_time([("2019-05-06", 1), ("2024-03-06", 2)]).unit
    'year'
    """
    known = sorted((day, number) for day, number in days if _DAY.fullmatch(day) and day >= "0001")
    if not known:
        return None
    unit = _unit([day for day, _ in known])
    length = _LENGTHS[unit]
    numbers = Counter[str]()
    for day, number in known:
        numbers[day[:length]] += number
    labels = list(_between(unit, min(numbers), max(numbers)))
    if len(labels) > _MOST_BARS:
        labels = sorted(numbers)[-_MOST_BARS:]
    most = max(numbers.values())
    bars = [Bar(label, *_days_of(unit, label), numbers[label], numbers[label] / most) for label in labels]
    return OverTime(unit, bars)


def _unit(days: Sequence[str]) -> Unit:
    """As long as the time from the first to the last day asks for, and no finer than all of them are known."""
    first, last, exact = days[0], days[-1], min(len(day) for day in days)
    if exact < _LENGTHS["month"] or _month(last) - _month(first) >= _MOST_MONTHS:
        return "year"
    if exact < _LENGTHS["day"] or _number(last) - _number(first) >= _MOST_DAYS:
        return "month"
    return "day"


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _between(unit: Unit, first: str, last: str) -> Iterator[str]:
    """The names of all stretches from the first to the last."""
    if unit == "year":
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
    elif unit == "month":
        yield from (f"{m // 12:04}-{m % 12 + 1:02}" for m in range(_month(first), _month(last) + 1))
    else:
        yield from (date.fromordinal(n).isoformat() for n in range(_number(first), _number(last) + 1))


def _days_of(unit: Unit, label: str) -> tuple[str, str]:
    if unit == "year":
        return f"{label}-01-01", f"{label}-12-31"
    if unit == "day":
        return label, label
    year, month = int(label[:4]), int(label[5:])
    return f"{label}-01", f"{label}-{monthrange(year, month)[1]:02}"


def role_stretches(roles: Iterable[RoleTold]) -> list[Stretch | None]:
    """Where each role lies on a line from the first to the last day of all of them; None where no day is known.

    A role with days of its own lies from the first to the last of them; one without lies where the reports that tell it do.
    """
    told = [
        (r.from_ or (None if r.to else r.first_day), r.to or (None if r.from_ else r.last_day)) for r in roles
    ]
    points = [(_point(since), _point(until)) for since, until in told]
    known = [point for both in points for point in both if point is not None]
    if not known:
        return [None for _ in told]
    first = min(known)
    whole = (max(known) - first) or 1
    return [_stretch(since, until, first, whole) for since, until in points]


def _stretch(since: float | None, until: float | None, first: float, whole: float) -> Stretch | None:
    if since is None and until is None:
        return None
    # An end that is not known is open.
    begins = 0.0 if since is None else (since - first) / whole * 100
    ends = 100.0 if until is None else (until - first) / whole * 100
    # What lies at the very end, or lasts a moment, is to be seen too.
    begins = min(begins, 99.0)
    return Stretch(round(begins, 2), round(max(ends - begins, 1.0), 2))


def _point(day: str | None) -> float | None:
    """A day, of which the month or more may be unknown, in years; None if it is none.

    >>> _point("2019"), _point("2019-07"), _point("some day")
    (2019.0, 2019.5, None)
    """
    if day is None or not _DAY.fullmatch(day):
        return None
    year, month, of_month = (*map(int, day.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (of_month - 1) / 372
