"""Readers of times by their name: days, weekdays, months, quarters, years, feasts, hours.

A reader turns the words of a match into a meaning, or refuses them (None).
"""

from __future__ import annotations

import itertools
import re

from onrecord.analysis.time_match import (
    AFTER_FREE,
    SHIFTS,
    Core,
    Match,
    count_of,
    make_core,
    pick_of,
    year_of,
)
from onrecord.analysis.time_meanings import (
    Anchor,
    Between,
    Century,
    Clock,
    Day,
    DayOfMonth,
    Decade,
    Holiday,
    Numeric,
    Part,
    Pick,
    Relative,
    SameOf,
    Unit,
    Weekday,
    Year,
)


def read_iso(m: Match) -> Core | None:
    """*2022-01-07*."""
    i = m.first
    values = [m.words.values[j] for j in (i, i + 2, i + 4)]
    year, month, day = (v for v in values if isinstance(v, int))
    return make_core(m, Day(month, day, year)) if month <= 12 else None


def read_dotted(m: Match) -> Core | None:
    """*7.1.2022*."""
    value = m.words.values[m.first]
    if not isinstance(value, tuple):
        return None
    return make_core(m, Numeric(value[0], value[1], value[2], day_first=True))


def read_slashed(m: Match) -> Core | None:
    """*07/01/2022*, *10/26/89*."""
    values = [m.words.values[i] for i in (m.first, m.first + 2, m.first + 4)]
    a, b, year = (v if isinstance(v, int) else -1 for v in values)
    if not (0 < a <= 31 and 0 < b <= 31 and min(a, b) <= 12 and (0 <= year < 100 or year > 999)):
        return None
    return make_core(m, Numeric(a, b, year))


def read_hyphened(m: Match) -> Core | None:
    """*10-26-89*, *01-07-2022*, as wires stamp their reports; two digits each, or it is a score."""
    parts = [m.words.lower[i] for i in (m.first, m.first + 2, m.first + 4)]
    is_tight = m.words.ends[m.last - 1] - m.words.starts[m.first] == sum(map(len, parts)) + 2
    is_free = m.before not in ("-", "+") and not m.is_class(m.last, "hyphen")
    return read_slashed(m) if is_tight and is_free and all(len(p) in (2, 4) for p in parts) else None


def read_attack_day(m: Match) -> Core | None:
    """*9/11*: the only day that news writes in two numbers without saying which is which."""
    a, b = m.words.values[m.first], m.words.values[m.first + 2]
    is_free = not m.is_class(m.last, "slash", "hyphen") and m.before not in ("/", "-")
    return make_core(m, Day(9, 11, 2001)) if (a, b) == (9, 11) and is_free else None


# Days that news names without their year long after it.
_ATTACK_YEARS = {(9, 11): 2001, (7, 7): 2005, (1, 6): 2021, (10, 7): 2023}
_ATTACK_WORDS = frozenset("attack attacks terrorist hijackings bombings riot insurrection massacre".split())


def read_date(m: Match) -> Core | None:
    """*Jan. 7, 2022*, *the 7th of January*, *Jan. 7-9*."""
    month = m.number("month")
    days = _days_of(m)
    if month is None or not days:
        return None
    year = year_of(m)
    if len(days) == 1:
        if year is None and m.after in _ATTACK_WORDS:
            year = _ATTACK_YEARS.get((month, days[0]))
        return make_core(
            m, Day(month, days[0], year, pick_of(m) if m.first in m.places("last", "next", "this") else None)
        )
    first, last = days[0], days[-1]
    if first >= last:
        return None
    return make_core(m, Between(Day(month, first, year), Day(month, last, year)), "range")


def read_bound_days(m: Match) -> Core | None:
    """*between 3 and 5 May*, *from May 3 to 5*, *from the 3rd to the 5th of May*."""
    links = ("and",) if m.words.word(m.first) == "between" else ("to", "until", "till", "through", "thru")
    says_link = any(m.words.word(i) in links for i in m.places("to", "until", "and"))
    return read_date(m) if says_link and _ends_with_a_day(m) else None


def read_days_in_a_row(m: Match) -> Core | None:
    """*Jan. 7 and 8*, *3, 4 and 5 May*, *3 or 4 May*: days that follow one another."""
    core = read_date(m)
    days = _days_of(m)
    in_a_row = all(b == a + 1 for a, b in itertools.pairwise(days))
    return core if core and in_a_row and _ends_with_a_day(m) else None


def _days_of(m: Match) -> list[int]:
    return [d for i in m.places("dnum", "ordnum") if isinstance(d := m.words.values[i], int)]


_AFTER_DAYS = AFTER_FREE | frozenset("he she it they we i you".split())


def _ends_with_a_day(m: Match) -> bool:
    """Is the last number a day's, and not the count of a noun that follows (*on Jan. 7 and 8 men*)?"""
    if not m.is_class(m.last - 1, "dnum", "ordnum"):
        return True
    is_stopped = m.is_class(m.last, "dot", "comma", "stop", "at", "in", "on", "of")
    return is_stopped or m.last >= len(m.words.codes) or m.after in _AFTER_DAYS or not m.after[:1].isalnum()


def read_weekday(m: Match) -> Core | None:
    """*Thursday*, *last Thursday*, *the following Thursday*."""
    number = m.number("weekday")
    if number is None:
        return None
    if m.is_class(m.first, "past"):
        return None  # a verb's; *this past Friday* begins with *this*
    anchor: Anchor = "then" if m.has("previous", "following") else "now"
    return make_core(m, Weekday(number, pick_of(m), None, anchor))


def read_weekday_of_week(m: Match) -> Core | None:
    """*Thursday of last week*."""
    number = m.number("weekday")
    i = m.places("week")[0]
    shift, anchor = SHIFTS.get(m.words.word(i - 1), (0, "now"))
    return make_core(m, Weekday(number or 0, None, Relative("week", shift, anchor)))  # type: ignore[arg-type]


def read_weekday_ago(m: Match) -> Core | None:
    """*A week ago Thursday*."""
    count, unit = count_of(m)
    number = m.number("weekday")
    if count is None or unit != "week" or number is None:
        return None
    return make_core(m, Weekday(number, None, Relative("week", -int(count))))


_SPORT = re.compile(
    r"touchdown|quarterback|yards?\b|rebound|field goal|halftime|half-time|kick|goals?\b|penalty|substitute|striker|"
    r"midfield|\bNBA\b|\bNFL\b|three-pointer|layup|free throw|scored|scoring|coach|match\b|interception|the lead\b|stoppage"
)
_SPORT_CHARS = 160


def read_quarter(m: Match) -> Core | None:
    """*the third quarter of last year*, *Q3 2019*, *1998's first half*."""
    is_half = m.has("half")
    unit: Unit = "half" if is_half else "quarter"
    at = m.places(unit)[-1]
    nth = [i for i in m.places("ordinal", "ordnum", "first", "second", "last") if at - 3 <= i < at]
    number = m.words.values[nth[-1]] if nth else m.value(unit)
    year = year_of(m)
    if (
        isinstance(number, str) or number == -1
    ):  # *the last quarter of 1998* is the fourth, *last quarter* is not
        number = (2 if is_half else 4) if year is not None else None
    if not isinstance(number, int) or not 1 <= number <= (2 if is_half else 4):
        return None
    if year is None:
        around = m.words.text[
            max(0, m.words.starts[m.first] - _SPORT_CHARS) : m.words.ends[m.last - 1] + _SPORT_CHARS
        ]
        if (is_half and m.after == "of") or m.after in ("time", "moon", "final") or _SPORT.search(around):
            return None
    return make_core(m, Part("half" if is_half else "quarter", number, year))


def read_month(m: Match) -> Core | None:
    """*March*, *last March*, *March of last year*."""
    month = m.number("month")
    return make_core(m, Part("month", month, year_of(m), _pick_of_lead(m))) if month else None


def _pick_of_lead(m: Match) -> Pick | None:
    """The pick before the name, and not that of its year (*December of last year*)."""
    name = m.places("month", "season", "holiday")[0]
    return pick_of(Match(m.words, m.first, name, m.read_at))


def read_season(m: Match) -> Core | None:
    """*Summer 2021*, *last winter*."""
    season = m.number("season")
    if m.is_class(m.last, "hyphen") or m.after in (
        "olympics",
        "olympic",
        "games",
        "palace",
        "camp",
        "school",
    ):
        return None
    return make_core(m, Part("season", season, year_of(m), _pick_of_lead(m))) if season else None


def read_holiday(m: Match) -> Core | None:
    """*Christmas Eve*, *last Easter*."""
    name = str(m.value("holiday"))
    if m.after in (
        "island",
        "card",
        "cards",
        "carol",
        "tree",
        "trees",
        "egg",
        "eggs",
        "movie",
        "song",
        "party",
    ):
        return None
    return make_core(m, Holiday(name, year_of(m), _pick_of_lead(m)))


def read_year(m: Match) -> Core | None:
    """*2019*, *fiscal 1990*."""
    year = m.number("year")
    return make_core(m, Year(year)) if year is not None else None


def read_years(m: Match) -> Core | None:
    """*2005-2009*, *2016-17*."""
    first, last = m.words.values[m.first], m.words.values[m.last - 1]
    if (
        not (isinstance(first, int) and isinstance(last, int))
        or m.words.starts[m.last - 1] - m.words.ends[m.first] > 3
    ):
        return None
    if last < 100:
        if len(m.words.lower[m.last - 1]) != 2:
            return None
        last += first - first % 100
        last += 100 if last < first else 0
    if not first < last <= first + 100 or m.is_class(m.last, "hyphen"):
        return None
    return make_core(m, Between(Year(first), Year(last)), "range")


def read_short_year(m: Match) -> Core | None:
    """*in '98*."""
    number = m.value("num", "dnum")
    starts, ends = m.words.starts, m.words.ends
    is_tight = (
        starts[m.first + 1] == ends[m.first]
        and m.words.lower[m.last - 1].isdigit()
        and len(m.words.lower[m.last - 1]) == 2
    )
    leads = m.before in (
        "in",
        "of",
        "since",
        "until",
        "by",
        "summer",
        "winter",
        "spring",
        "fall",
        "from",
        "to",
        "for",
    )
    return make_core(m, Year(number)) if isinstance(number, int) and is_tight and leads else None


def read_decade(m: Match) -> Core | None:
    """*The 1990s*, *the '90s*."""
    value = m.number("decadeyears")
    return make_core(m, Decade(value)) if value is not None else None


def read_century(m: Match) -> Core | None:
    """*The 19th century*."""
    number = m.number("ordnum", "centurynum", "ordinal", "first", "second")
    if number is None or m.after == "bc" or m.after == "b":
        return None
    return make_core(m, Century(number))


def read_clock(m: Match) -> Core | None:
    """*3 p.m.*, *10:30 GMT*."""
    hour = m.value("dnum")
    is_hour = not isinstance(hour, int) or hour <= 12
    return make_core(m, Clock(), "time") if is_hour else None


def read_bare_clock(m: Match) -> Core | None:
    """*At 10:30*."""
    return (
        make_core(m, Clock(), "time")
        if m.before in ("at", "by", "until", "from", "after", "before", "around")
        else None
    )


def read_noon(m: Match) -> Core | None:
    """*At noon*."""
    is_noon = m.value("part") in ("noon", "midnight", "midday")
    return (
        make_core(m, Clock(), "time")
        if is_noon and m.before in ("at", "by", "until", "around", "before", "after", "about", "to", "and")
        else None
    )


def read_day_of_month(m: Match) -> Core | None:
    """*On the 15th*."""
    number = m.number("ordnum")
    is_free = not m.after[:1].isalnum() and not m.is_class(m.last, "hyphen", "possessive")
    return make_core(m, DayOfMonth(number)) if number and is_free and m.before == "on" else None


def read_weekday_and_number(m: Match) -> Core | None:
    """*Friday the 13th*."""
    number = m.number("ordnum")
    return make_core(m, DayOfMonth(number, m.number("weekday"))) if number else None


def read_same_of_year(m: Match) -> Core | None:
    """*In the 1988 quarter*."""
    year = m.number("year")
    return make_core(m, SameOf(year)) if year is not None else None
