"""Time expressions and the day of the report -> days of the calendar.

What the words count from is the report's own day (*last week*), or the time that the text mentioned
last (*two days earlier*). Where that is unknown the days are None: none is ever invented, and today's
date stands in for nothing.

A name of a day or month without its week or year means the nearest one on the side that the tense of
its clause says; without a tense, on the side of the past, since news tells what has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.analysis.time_meanings import (
    Between,
    Century,
    Clock,
    Day,
    DayOfMonth,
    Decade,
    First,
    Holiday,
    Kind,
    Meaning,
    Mod,
    Nth,
    Numeric,
    Offset,
    Part,
    Pick,
    Relative,
    SameOf,
    Stretch,
    Tense,
    Time,
    Unit,
    Unplaced,
    Weekday,
    WeekOf,
    Year,
    YearOf,
)
from onrecord.analysis.times import find_times
from onrecord.article import Article, Span
from onrecord.reading.frame import find_dateline
from onrecord.reading.moments import read_moment
from onrecord.resolution.calendar import (
    NEEDS_YEAR,
    Interval,
    day,
    feast,
    months_from,
    season,
    shift,
    shift_years,
    unit_of,
    years_from,
)

# Without a tense the coming day or month is meant if it is this near and the past one is long gone.
_NEAR = timedelta(days=92)
_LONG_GONE = timedelta(days=200)
# Even with a past tense beside it (*the vote was announced for May 3*), if the past one is gone so long.
_SOON = timedelta(days=45)
_ALMOST_A_YEAR = timedelta(days=300)
# A dateline may be so much older than the publication.
_MAX_DATELINE_AGE = timedelta(days=7)
_DATELINE_CHARS = 160
# Figures are compared with those of the quarter or month that was named so many sentences before, also
# where a day has been mentioned in between.
_FARTHEST_PIECE = 4


@dataclass(frozen=True, slots=True)
class ResolvedTime:
    """A time expression with its days.

    Attributes:
        first, last: both included; None where an end is open or unknown.
        mod: as `Time.mod`; it does not change the days.
    """

    span: Span
    kind: Kind
    mod: Mod | None
    first: date | None
    last: date | None


@dataclass(slots=True)
class _Context:
    """What is known when an expression is reached: the report's day, and what the text has mentioned."""

    now: date | None
    last: Interval | None = None
    last_sentence: int = -9
    last_quarter: Interval | None = None
    piece: Interval | None = None
    piece_sentence: int = -9
    opening: Interval | None = None
    opening_sentence: int = -9
    sentence: int = 0
    tense: Tense | None = None

    def here(self) -> Interval | None:
        """The time last mentioned in the same sentence."""
        return self.last if self.last_sentence == self.sentence else None

    def mention(self, interval: Interval) -> None:
        """Remember a time that later ones may count from."""
        self.last, self.last_sentence = interval, self.sentence
        if interval.unit == "quarter":
            self.last_quarter = interval
        if _is_piece(interval):
            self.piece, self.piece_sentence = interval, self.sentence


def date_article(article: Article) -> list[ResolvedTime]:
    """The times of a report, resolved; those in a dated entry of a live blog against that entry."""
    entries = [
        (e.span, on)
        for e in article.frame.entries
        if e.published and (on := _iso_day(e.published)) is not None
    ]
    return resolve_times(find_times(article.text), report_day(article), entries)


def report_day(article: Article) -> date | None:
    """The day that a report's times count from: its dateline's, else that of its publication.

    A dateline without a year has that of the publication; without either, the day is unknown.
    """
    published = _iso_day(article.published) if article.published else None
    printed = article.frame.dateline.date
    if printed is None and published is None:
        found = find_dateline(article.text[:_DATELINE_CHARS])
        printed = found[0].date if found else None
    if printed is None:
        return published
    if moment := read_moment(printed, how="dateline"):
        return moment.day
    if published is None:
        return published
    for age in range(_MAX_DATELINE_AGE.days + 1):
        on = published - timedelta(days=age)
        if _is_printed_day(printed, on):
            return on
    return published


def _is_printed_day(printed: str, on: date) -> bool:
    """Is the day the one of a dateline without a year (*Jan.7*)?"""
    moment = read_moment(f"{printed.replace('.', '. ').strip()}, {on.year}", how="dateline")
    return moment is not None and moment.day == on


def _iso_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def resolve_times(
    times: Sequence[Time], now: date | None, entries: Sequence[tuple[Span, date]] = ()
) -> list[ResolvedTime]:
    """Give times their days, in the order of the text.

    Args:
        times: as `find_times` gives them.
        now: the report's own day; None leaves all that counts from it without days.
        entries: spans of the text that have days of their own.
    """
    context = _Context(now)
    pending = list(entries)
    found: list[ResolvedTime] = []
    ends: list[tuple[Meaning, Interval]] = []
    for time in times:
        while pending and pending[0][0].end <= time.span.start:
            pending.pop(0)
        in_entry = bool(pending) and pending[0][0].start <= time.span.start
        context.now = pending[0][1] if in_entry else now
        context.sentence, context.tense = time.sentence, time.tense
        interval = next((i for end, i in ends if end is time.meaning), None)
        if interval is None:
            interval = _guarded(time.meaning, context)
        if isinstance(time.meaning, Between):
            ends = _ends(time.meaning, context)
        if interval and interval.first and interval.last and not _is_comparison(time.meaning):
            context.mention(interval)
            if time.opens:
                context.opening, context.opening_sentence = interval, time.sentence
        first, last = (interval.first, interval.last) if interval else (None, None)
        found.append(ResolvedTime(time.span, time.kind, time.mod, first, last))
    return found


def _is_comparison(meaning: Meaning) -> bool:
    """*Up from a year earlier* and *over the past year* do not move the time that is spoken of."""
    return isinstance(meaning, Between | Stretch | SameOf) or (
        isinstance(meaning, Relative) and meaning.keeps_unit
    )


def _guarded(meaning: Meaning, context: _Context) -> Interval | None:
    """As `_resolve`; None for days that the calendar does not have."""
    try:
        interval = _resolve(meaning, context)
    except (ValueError, OverflowError):
        return None
    if interval and interval.first and interval.last and interval.first > interval.last:
        return None
    return interval


def _resolve(meaning: Meaning, context: _Context) -> Interval | None:
    match meaning:
        case Day() | Part() | Holiday():
            return _resolve_named(meaning, context)
        case Weekday():
            return _resolve_weekday(meaning, context)
        case Relative():
            return _resolve_relative(meaning, context)
        case Year(year):
            full = _full_year(year, context.now)
            return years_from(full, 1, "year") if full is not None else None
        case Decade(year):
            first = _full_decade(year, context.now)
            return years_from(first, 10, "decade") if first is not None else None
        case Century(number):
            return years_from((number - 1) * 100, 100, "century") if number > 1 else None
        case Numeric():
            return _resolve_numeric(meaning, context.now)
        case Between(first, last):
            return _resolve_between(first, last, context)
        case Unplaced():
            return None
        case _:
            return _resolve_composed(meaning, context)


def _resolve_composed(meaning: Meaning, context: _Context) -> Interval | None:
    match meaning:
        case Stretch(unit, count) if context.now:
            other = shift(unit, count, context.now)
            return Interval(min(other, context.now), max(other, context.now), None)
        case First():
            return _resolve_first(meaning, context)
        case Nth():
            return _resolve_nth(meaning, context)
        case Offset():
            return _resolve_offset(meaning, context)
        case WeekOf(of, unit):
            base = _resolve(of, context)
            return _week_around(base.first, unit) if base and base.first else None
        case DayOfMonth():
            return _resolve_day_of_month(meaning, context)
        case SameOf(year):
            base = context.last
            if base and base.first and _is_piece(base):
                return shift_years(base, year - base.first.year)
            return years_from(year, 1, "year")
        case Clock():
            here = context.here()
            if here and here.unit == "day":
                return here
            return day(context.now) if context.now else None
        case _:
            return None


# --- Names without their year --------------------------------------------------------------------


def _resolve_named(meaning: Day | Part | Holiday, context: _Context) -> Interval | None:
    year = _year_of(meaning.year, context)
    if year is not None:
        return _of_year(meaning, year)
    if meaning.year is not None or context.now is None:
        return None
    if isinstance(meaning, Holiday) and meaning.name in NEEDS_YEAR:
        return None
    told = _told_year(context) if meaning.pick is None else None
    if told is not None:
        return _of_year(meaning, told)
    if meaning.pick == "this":
        return _of_year(meaning, context.now.year)
    # A leap day can be eight years away.
    span = 8 if isinstance(meaning, Day) and (meaning.month, meaning.day) == (2, 29) else 2
    years = range(context.now.year - span, context.now.year + span + 1)
    candidates = [i for y in years if 0 < y < 9999 and (i := _of_year_or_none(meaning, y))]
    return _choose(candidates, context.now, meaning.pick, context.tense)


def _told_year(context: _Context) -> int | None:
    """The year at the head of the sentence (*In 1987 he left, and in March ...*), if it is another than
    the report's. A year amid the sentence tells nothing: *the firm, founded in 1987, said in March ...*.
    """
    head = context.opening if context.opening_sentence == context.sentence else None
    if head is None or head.first is None or context.now is None or context.tense == "future":
        return None
    is_told = head.is_within("year") and head.first.year != context.now.year
    return head.first.year if is_told else None


def _of_year(meaning: Day | Part | Holiday, year: int) -> Interval | None:
    match meaning:
        case Day(month, number):
            return day(date(year, month, number))
        case Holiday(name):
            on = feast(name, year)
            return day(on) if on else None
        case Part("season", number):
            return season(number, year)
        case Part(unit, number):
            months = {"month": 1, "quarter": 3, "half": 6}[unit]
            return months_from(year, (number - 1) * months + 1, months, unit)


def _of_year_or_none(meaning: Day | Part | Holiday, year: int) -> Interval | None:
    try:
        return _of_year(meaning, year)
    except ValueError:
        return None


def _year_of(year: YearOf, context: _Context) -> int | None:
    if year is None:
        return None
    interval = _resolve_relative(year, context) if isinstance(year, Relative) else None
    if interval and interval.first:
        return interval.first.year
    return _full_year(year, context.now) if isinstance(year, int) else None


def _choose(candidates: list[Interval], now: date, pick: Pick | None, tense: Tense | None) -> Interval | None:
    """The one that is meant of those of several years, in the order of time."""

    def first(i: Interval) -> date:
        return i.first or date.min

    def last(i: Interval) -> date:
        return i.last or date.max

    if pick == "last":
        return max((i for i in candidates if last(i) < now), key=first, default=None)
    if pick == "next":
        return min((i for i in candidates if first(i) > now), key=first, default=None)
    past = max((i for i in candidates if first(i) <= now), key=first, default=None)
    future = min((i for i in candidates if last(i) >= now), key=first, default=None)
    if tense == "future":
        return future
    if past is None or future is None or past is future:
        return past or future
    ahead, behind = first(future) - now, now - last(past)
    near, gone = (_SOON, _ALMOST_A_YEAR) if tense == "past" else (_NEAR, _LONG_GONE)
    return future if ahead <= near and behind >= gone else past


# --- Days of the week ----------------------------------------------------------------------------


def _resolve_weekday(meaning: Weekday, context: _Context) -> Interval | None:
    if meaning.week is not None:
        week = _resolve_relative(meaning.week, context)
        return day(week.first + timedelta(days=meaning.number)) if week and week.first else None
    if meaning.anchor == "then":
        return _weekday_beside(meaning, context)
    now = context.now
    if now is None:
        return None
    back = timedelta(days=(now.weekday() - meaning.number) % 7)
    ahead = timedelta(days=(meaning.number - now.weekday()) % 7)
    if meaning.pick == "last":
        return day(now - (back or timedelta(days=7)))
    if meaning.pick == "next":
        # Of the next week: on a Monday, the Thursday to come is *on Thursday* or *this Thursday*.
        monday = now - timedelta(days=now.weekday()) + timedelta(days=7)
        return day(monday + timedelta(days=meaning.number))
    is_future = context.tense == "future" or (meaning.pick == "this" and context.tense is None)
    return day(now + ahead if is_future else now - back)


def _weekday_beside(meaning: Weekday, context: _Context) -> Interval | None:
    """*The following Thursday*, against the time last mentioned."""
    base = context.last
    if base is None or not base.is_within("week") or base.first is None or base.last is None:
        return None
    if meaning.pick == "next":
        return day(base.last + timedelta(days=(meaning.number - base.last.weekday() - 1) % 7 + 1))
    return day(base.first - timedelta(days=(base.first.weekday() - meaning.number - 1) % 7 + 1))


def _resolve_day_of_month(meaning: DayOfMonth, context: _Context) -> Interval | None:
    base = context.last
    is_near = context.sentence - context.last_sentence <= 2
    if base and base.first and base.is_within("month") and is_near and meaning.weekday is None:
        return day(base.first.replace(day=meaning.day))
    now = context.now
    if now is None:
        return None
    months = [shift("month", n, now.replace(day=1)) for n in range(-14, 15)]
    candidates = [
        day(m.replace(day=meaning.day)) for m in months if meaning.day <= (shift("month", 1, m) - m).days
    ]
    if meaning.weekday is not None:
        candidates = [c for c in candidates if c.first and c.first.weekday() == meaning.weekday]
    return _choose(candidates, now, None, context.tense or "past")


# --- Counted from somewhere ----------------------------------------------------------------------


def _resolve_relative(meaning: Relative, context: _Context) -> Interval | None:
    if meaning.unit == "hour":
        return None
    if meaning.unit == "weekend" and meaning.count == 0 and meaning.anchor != "then":
        return _resolve_weekend(meaning, context)
    if meaning.keeps_unit:
        return _resolve_year_back(meaning, context)
    base = _anchor_day(meaning, context)
    if base is None:
        return None
    there = shift(meaning.unit, meaning.count, base)
    return day(there) if meaning.to_the_day else unit_of(meaning.unit, there)


def _anchor_day(meaning: Relative, context: _Context) -> date | None:
    if meaning.anchor == "now":
        return context.now
    if meaning.unit == "quarter" and meaning.anchor == "here":
        return context.last_quarter.first if context.last_quarter else None
    base = context.last if meaning.anchor == "then" else context.here()
    if base is not None and base.is_within(meaning.unit):
        return base.last if meaning.count > 0 else base.first
    return context.now if meaning.anchor == "here" else None


def _resolve_year_back(meaning: Relative, context: _Context) -> Interval | None:
    """*A year earlier*: of the quarter, month or stretch of months spoken of, the same of another year."""
    base = context.last if meaning.anchor == "then" else context.here()
    farthest = _FARTHEST_PIECE if meaning.anchor == "then" else 0
    if context.piece and context.piece.first and context.sentence - context.piece_sentence <= farthest:
        return shift_years(context.piece, meaning.count)
    if meaning.anchor == "then" and base and base.first and base.is_within("year"):
        return unit_of("year", shift("year", meaning.count, base.first))
    return unit_of("year", shift("year", meaning.count, context.now)) if context.now else None


def _is_piece(interval: Interval) -> bool:
    """Is it a piece of a year that other years have too?"""
    return interval.unit in ("month", "quarter", "half", "season", None)


def _resolve_weekend(meaning: Relative, context: _Context) -> Interval | None:
    """*The weekend* is the last one unless the clause speaks of the future, *this weekend* the coming one
    unless it speaks of the past."""
    now = context.now
    if now is None:
        return None
    coming = unit_of("weekend", now)
    is_future = context.tense == "future" or (meaning.anchor == "now" and context.tense is None)
    if is_future or (coming.first and coming.first <= now):
        return coming
    return unit_of("weekend", now - timedelta(days=7))


def _week_around(on: date, unit: Unit) -> Interval | None:
    """The week or weekend that goes by the name of a day: a weekend by a Friday's or a Monday's as well, and by no
    day's in the midst of two."""
    if unit == "week":
        return unit_of("week", on)
    if on.weekday() == 0:
        return unit_of("weekend", on - timedelta(days=1))
    return unit_of("weekend", on) if on.weekday() >= 4 else None


def _resolve_first(meaning: First, context: _Context) -> Interval | None:
    base = _resolve(meaning.of, context)
    if base is None or base.first is None or base.last is None:
        return None
    if meaning.count < 0:
        first = shift(meaning.unit, meaning.count, base.last + timedelta(days=1))
        return Interval(max(base.first, first), base.last, None)
    last = shift(meaning.unit, meaning.count, base.first) - timedelta(days=1)
    return Interval(base.first, min(base.last, last), None)


def _resolve_nth(meaning: Nth, context: _Context) -> Interval | None:
    base = _resolve(meaning.of, context)
    if base is None or base.first is None or base.last is None:
        return None
    if meaning.weekday is not None:
        if meaning.number < 0:
            return day(base.last - timedelta(days=(base.last.weekday() - meaning.weekday) % 7))
        ahead = (meaning.weekday - base.first.weekday()) % 7 + 7 * (meaning.number - 1)
        return _inside(day(base.first + timedelta(days=ahead)), base)
    # Weeks of a month are counted from its first day: nobody who writes so thinks of Mondays.
    if meaning.number < 0:
        first = shift(meaning.unit, -1, base.last + timedelta(days=1))
        return _inside(Interval(first, base.last, meaning.unit), base)
    first = shift(meaning.unit, meaning.number - 1, base.first)
    last = shift(meaning.unit, 1, first) - timedelta(days=1)
    if meaning.unit == "weekend":
        ahead = (5 - base.first.weekday()) % 7 + 7 * (meaning.number - 1)
        first = base.first + timedelta(days=ahead)
        last = first + timedelta(days=1)
    return _inside(Interval(first, last, meaning.unit), base)


def _inside(interval: Interval, base: Interval) -> Interval | None:
    is_inside = base.first and interval.first and base.last and base.first <= interval.first <= base.last
    return interval if is_inside else None


def _resolve_offset(meaning: Offset, context: _Context) -> Interval | None:
    base = _resolve(meaning.of, context)
    if base is None or base.first is None or base.last is None or not base.is_within(meaning.unit):
        return None
    there = shift(meaning.unit, meaning.count, base.last if meaning.count > 0 else base.first)
    is_counted_in_days = meaning.unit in ("day", "week") and base.unit == "day"
    return day(there) if is_counted_in_days else unit_of(meaning.unit, there)


# --- Numbers and ranges --------------------------------------------------------------------------


def _full_year(year: int, now: date | None) -> int | None:
    if year > 99:
        return year
    if now is None:
        return 1900 + year if year >= 30 else None
    # *'98* is behind us, or a few years ahead.
    full = (now.year + 5) // 100 * 100 + year
    return full if full <= now.year + 5 else full - 100


def _full_decade(year: int, now: date | None) -> int | None:
    if year > 99:
        return year
    if now is None:
        return 1900 + year if year >= 30 else None
    full = now.year // 100 * 100 + year
    return full if full <= now.year else full - 100


def _resolve_numeric(meaning: Numeric, now: date | None) -> Interval | None:
    """A day in numbers. Where both orders give one, that which the report's day shows to be meant."""
    year = _full_year(meaning.year, now)
    if year is None:
        return None
    orders = {(meaning.second, meaning.first)}
    if not meaning.day_first:
        orders.add((meaning.first, meaning.second))
    days = [d for month, number in sorted(orders) if (d := _valid_day(year, month, number))]
    if len(days) == 1:
        return day(days[0])
    near = [d for d in days if now and abs(d - now) <= _SOON]
    return day(near[0]) if len(near) == 1 else None


def _valid_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _resolve_between(first: Meaning | None, last: Meaning | None, context: _Context) -> Interval | None:
    a, b = _resolve_ends(first, last, context)
    if last is None or first is None:
        return Interval(a.first if a else None, b.last if b else None, None) if a or b else None
    return Interval(a.first, b.last, None) if a and b else None


def _ends(meaning: Between, context: _Context) -> list[tuple[Meaning, Interval]]:
    """The ends of a range with their days, so that they are the range's where they stand in the text."""
    try:
        a, b = _resolve_ends(meaning.first, meaning.last, context)
    except (ValueError, OverflowError):
        return []
    return [(end, i) for end, i in ((meaning.first, a), (meaning.last, b)) if end and i]


def _resolve_ends(
    first: Meaning | None, last: Meaning | None, context: _Context
) -> tuple[Interval | None, Interval | None]:
    a = _resolve(first, context) if first else None
    b = _resolve(last, context) if last else None
    if last is None or first is None:
        return a, b
    if a is None or b is None or a.first is None or b.last is None:
        return None, None
    return (a, b) if a.first <= b.last else _put_in_order(first, last, a, b, context)


def _put_in_order(
    first: Meaning, last: Meaning, a: Interval, b: Interval, context: _Context
) -> tuple[Interval | None, Interval | None]:
    """*From November to March*, *Thursday through Monday*: the ends were looked for one by one."""
    lacks_year = all(isinstance(m, Day | Part) and m.year is None for m in (first, last))
    is_future = context.tense == "future"
    if isinstance(first, Weekday):
        return (a, _days_later(b, 7)) if is_future else (_days_later(a, -7), b)
    if not lacks_year:
        return None, None
    return (a, shift_years(b, 1)) if is_future else (shift_years(a, -1), b)


def _days_later(interval: Interval, days: int) -> Interval:
    step = timedelta(days=days)
    return Interval(
        interval.first + step if interval.first else None,
        interval.last + step if interval.last else None,
        interval.unit,
    )
