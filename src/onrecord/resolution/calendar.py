"""The calendar: stretches of days by their unit, and the days of feasts.

Weeks begin on Monday (ISO 8601). Seasons are of the northern hemisphere and of whole months, spring from
March; winter is of the year in which it begins. Quarters and halves are of the calendar year. Centuries
are those of ISO 8601: the 19th is 1800 to 1899.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.analysis.time_meanings import Unit

MONTHS_OF: dict[Unit, int] = {
    "month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200
}  # fmt: skip
# From fine to coarse. What is spoken of as a year cannot be counted from in days.
_ORDER: tuple[Unit, ...] = (
    "hour", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from the first to the last, both included; None where an end is unknown.

    Attributes:
        unit: what it is one of; None for a stretch of another kind.
    """

    first: date | None
    last: date | None
    unit: Unit | None

    def is_within(self, unit: Unit) -> bool:
        """Is it as fine as the unit, or finer?"""
        return self.unit is not None and _ORDER.index(self.unit) <= _ORDER.index(unit)


def day(at: date) -> Interval:
    """One day."""
    return Interval(at, at, "day")


def unit_of(unit: Unit, at: date) -> Interval:
    """The unit that holds a day; of a weekend, that of its week."""
    if unit in ("day", "hour"):
        return day(at)
    if unit in ("week", "weekend"):
        monday = at - timedelta(days=at.weekday())
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return Interval(first, monday + timedelta(days=6), unit)
    if unit == "season":
        return season(at.month % 12 // 3 or 4, at.year - (at.month < 3))
    months = MONTHS_OF[unit]
    if months <= 12:
        return months_from(at.year, (at.month - 1) // months * months + 1, months, unit)
    if unit == "decade":
        return years_from(at.year // 10 * 10, 10, unit)
    return years_from(at.year // 100 * 100, 100, unit)


def years_from(first: int, count: int, unit: Unit | None) -> Interval:
    """So many years."""
    return Interval(date(max(1, first), 1, 1), date(first + count - 1, 12, 31), unit)


def months_from(year: int, month: int, count: int, unit: Unit | None) -> Interval:
    """So many months from the first of one."""
    last = year * 12 + month - 1 + count - 1
    return Interval(date(year, month, 1), _end_of_month(last // 12, last % 12 + 1), unit)


def season(number: int, year: int) -> Interval:
    """Spring 1, summer 2, autumn 3; winter 4, which ends in the next year."""
    return months_from(year, number * 3, 3, "season")


def shift(unit: Unit, count: int, at: date) -> date:
    """The day so many units later; the last day of a month where it is too short."""
    if unit in ("day", "hour"):
        return at + timedelta(days=count)
    if unit in ("week", "weekend"):
        return at + timedelta(weeks=count)
    months = (3 if unit == "season" else MONTHS_OF[unit]) * count
    total = at.year * 12 + at.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(at.day, monthrange(year, month)[1]))


def shift_years(interval: Interval, count: int) -> Interval:
    """The same piece of another year."""
    first = shift("year", count, interval.first) if interval.first else None
    last = interval.last
    if last is not None:
        moved = shift("year", count, last)
        ends_month = (last + timedelta(days=1)).day == 1
        last = _end_of_month(moved.year, moved.month) if ends_month else moved
    return Interval(first, last, interval.unit)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


# --- Feasts --------------------------------------------------------------------------------------


def _nth(month: int, weekday: int, number: int) -> Callable[[int], date]:
    """The so-manieth weekday of a month; -1 is the last."""

    def find(year: int) -> date:
        if number < 0:
            end = _end_of_month(year, month)
            return end - timedelta(days=(end.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))

    return find


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher).

    >>> easter(2022)
    datetime.date(2022, 4, 17)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, n = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, n + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _fixed(month: int, number: int) -> Callable[[int], date]:
    return lambda year: date(year, month, number)


_THANKSGIVING = _nth(11, 3, 4)
# Days that move with the moon outside Western Easter, and those of one country that others keep on
# another day, are not here: their names are found and stay without days.
_FEASTS: dict[str, Callable[[int], date]] = {
    "christmas": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "boxing day": _fixed(12, 26),
    "new year": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "thanksgiving": _THANKSGIVING,
    "black friday": lambda year: _THANKSGIVING(year) + timedelta(days=1),
    "cyber monday": lambda year: _THANKSGIVING(year) + timedelta(days=4),
    "easter": _from_easter(0),
    "easter monday": _from_easter(1),
    "good friday": _from_easter(-2),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "pentecost": _from_easter(49),
    "whit monday": _from_easter(50),
    "halloween": _fixed(10, 31),
    "valentine's day": _fixed(2, 14),
    "st patrick's day": _fixed(3, 17),
    "independence day": _fixed(7, 4),
    "labor day": _nth(9, 0, 1),
    "memorial day": _nth(5, 0, -1),
    "veterans day": _fixed(11, 11),
    "columbus day": _nth(10, 0, 2),
    "martin luther king day": _nth(1, 0, 3),
    "presidents day": _nth(2, 0, 3),
    "bastille day": _fixed(7, 14),
    "may day": _fixed(5, 1),
    "all saints' day": _fixed(11, 1),
}
# *Black Friday* is a day of shopping, of a crash or of a battle: it is dated only with its year.
# Independence is celebrated on other days elsewhere.
NEEDS_YEAR = frozenset({"black friday", "independence day", "cyber monday"})


def feast(name: str, year: int) -> date | None:
    """The day of a feast; None if it is not known here."""
    find = _FEASTS.get(name)
    return find(year) if find else None
