"""What a time expression means before it is known when the report appeared.

A meaning is what the words alone say: *last month* is the month before now, *that week* the week of
the time last mentioned, *Thursday* some Thursday. `resolution/dates.py` turns meanings into days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.article import Span

Unit = Literal[
    "hour", "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "century"
]
# What a relative meaning counts from: the report's own day; the time last mentioned; the time last
# mentioned in the same sentence, else the report's day.
Anchor = Literal["now", "then", "here"]
# last, next, this: which of the days or months of a name is meant.
Pick = Literal["last", "next", "this"]
Tense = Literal["past", "future"]
# What stands around the calendar words and leaves their days as they are. *Late March* lies in March,
# but where it begins nobody knows.
Mod = Literal["early", "mid", "late", "about", "more than", "less than"]
Kind = Literal["date", "time", "range", "duration", "set", "vague"]


@dataclass(frozen=True, slots=True)
class Relative:
    """The unit that lies `count` units after (before, if negative) the one that holds the anchor.

    Attributes:
        keeps_unit: counted in years from a quarter, month or half it is the same quarter, month or half
            (*a year earlier*).
        to_the_day: count from the very day, not from its unit (*two weeks from today*).
    """

    unit: Unit
    count: int
    anchor: Anchor = "now"
    keeps_unit: bool = False
    to_the_day: bool = False


@dataclass(frozen=True, slots=True)
class SameOf:
    """Of a year, the piece that is spoken of (*in the 1988 quarter*, *the 1988 period*)."""

    year: int


YearOf = int | Relative | None  # None: the text does not say of which year


@dataclass(frozen=True, slots=True)
class Day:
    """A day by month and number (*Jan. 7*)."""

    month: int
    day: int
    year: YearOf = None
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Numeric:
    """A day in numbers whose order is for the reader to guess (*07/01/2022*); a year under 100 has lost
    its century."""

    first: int
    second: int
    year: int
    day_first: bool = False


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """*the 15th*, *Friday the 13th*."""

    day: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 0; `week` where the text says of which; by `anchor` the following
    Monday is told from next Monday."""

    number: int
    pick: Pick | None = None
    week: Relative | None = None
    anchor: Anchor = "now"


@dataclass(frozen=True, slots=True)
class Part:
    """A month, quarter, half or season of a year; seasons are numbered from spring, winter is 4."""

    unit: Literal["month", "quarter", "half", "season"]
    number: int
    year: YearOf = None
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast by its name (`resolution/calendar.py` knows their days)."""

    name: str
    year: YearOf = None
    pick: Pick | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year; one with less than three digits has lost its century (*'98*)."""

    year: int


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years by their first; under 100 without its century (*the '90s*)."""

    year: int


@dataclass(frozen=True, slots=True)
class Century:
    """*the 19th century*: 19."""

    number: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` units that end (begin, if positive) at the report's day: *the past five years*."""

    unit: Unit
    count: int


@dataclass(frozen=True, slots=True)
class First:
    """The first (last, if negative) `count` units of another time: *the first nine months of 1998*."""

    unit: Unit
    count: int
    of: Meaning


@dataclass(frozen=True, slots=True)
class Nth:
    """One unit or weekday of another time: *the second week of March*, *the last Monday in May* (-1)."""

    unit: Unit
    number: int
    of: Meaning
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """Units before (negative) or after another time that the text names: *two days before Christmas*."""

    unit: Unit
    count: int
    of: Meaning


@dataclass(frozen=True, slots=True)
class WeekOf:
    """*the week of Jan. 7*, *the weekend of 8 May*; `unit` is week or weekend."""

    of: Meaning
    unit: Unit = "week"


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of a day that the words do not name: *at 3 p.m.*."""


@dataclass(frozen=True, slots=True)
class Between:
    """From one time to another, both included; None where the text leaves an end open."""

    first: Meaning | None
    last: Meaning | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A time without a place on the calendar: a duration, something that recurs, *recently*."""

    kind: Literal["duration", "set", "vague"]


Meaning = (
    Relative
    | Day
    | Numeric
    | DayOfMonth
    | SameOf
    | Weekday
    | Part
    | Holiday
    | Year
    | Decade
    | Century
    | Stretch
    | First
    | Nth
    | Offset
    | WeekOf
    | Clock
    | Between
    | Unplaced
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    Attributes:
        span: its words, without preposition; a range with an open end holds it (*since Monday*), and its
            ends are times of their own beside it.
        tense: of the clause around it, as far as it can be told; it says on which side of the report a
            weekday or a month without a year lies.
        sentence: number of its sentence in the text.
        opens: stands at the head of its sentence (*In 1987, ...*), so that the rest is told of it.
    """

    span: Span
    meaning: Meaning
    kind: Kind
    mod: Mod | None
    tense: Tense | None
    sentence: int
    opens: bool = False
