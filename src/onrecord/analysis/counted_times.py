"""Readers of times that are counted from another, and of those without a place on the calendar.

A reader turns the words of a match into a meaning, or refuses them (None).
"""

from __future__ import annotations

from onrecord.analysis.time_match import (
    AFTER_FREE,
    SHIFTS,
    Core,
    Match,
    count_of,
    is_compound,
    is_free,
    make_core,
    pointed_year,
    unit_of,
)
from onrecord.analysis.time_meanings import (
    Between,
    Day,
    First,
    Holiday,
    Kind,
    Nth,
    Numeric,
    Offset,
    Relative,
    Stretch,
    Unit,
    Unplaced,
    Weekday,
    WeekOf,
)


def read_unit(m: Match) -> Core | None:
    """*last week*, *the same day*, *this fiscal year*, *the past month*."""
    unit = unit_of(m)
    has_article = m.words.word(m.first) == "the"
    last_word = m.words.word(
        m.places(
            "last", "past", "next", "coming", "this", "current", "previous", "following", "that", "same"
        )[-1]
    )
    if is_compound(m):
        return None
    if unit == "day" and last_word not in (
        "previous",
        "prior",
        "preceding",
        "following",
        "next",
        "that",
        "same",
    ):
        return None
    if unit == "day" and last_word == "next" and not has_article and m.before not in _BEFORE_NEXT_DAY:
        return None
    if last_word in ("same", "that") and unit == "half":
        return None
    if last_word not in SHIFTS:  # *the final week* of what, is not said
        return None
    shift, anchor = SHIFTS[last_word]
    if unit == "day" and last_word == "next":
        anchor = "then"
    if last_word == "past" or (
        has_article
        and last_word in ("last", "next", "coming")
        and unit not in ("day", "quarter", "half", "weekend")
    ):
        return make_core(m, Stretch(unit, shift), "range")
    return make_core(m, Relative(unit, shift, anchor))  # type: ignore[arg-type]


_BEFORE_NEXT_DAY = frozenset("the until by".split())


def read_same_period(m: Match) -> Core | None:
    """*the same period last year*, *the year-ago quarter*, *a year earlier*: one year back, same piece of it."""
    places = m.places("ago", "earlier", "before")
    year = pointed_year(m, m.places("yearunit")[-1])
    if not places and year.count != -1:
        return None
    anchor = "now" if m.has("ago") and not m.has("hyphen", "period", "quarter") else "then"
    return make_core(m, Relative("year", -1, anchor, keeps_unit=True))  # type: ignore[arg-type]


def read_ago(m: Match) -> Core | None:
    """*Two weeks ago*, *three days later*; without a number its place is unknown (*several weeks ago*)."""
    count, unit = count_of(m)
    if count is None:
        return make_core(m, Unplaced("vague"), "vague")
    back = m.has("ago", "earlier", "before")
    n = -int(count) if back else int(count)
    if m.is_class(m.last - 1, "before", "after") and not is_free(m, m.last):
        return _read_offset(m, n, unit)
    if m.has("ago") or m.has("now") or m.has("today"):
        # *three weeks from today* counts days; *three weeks ago* means that week.
        to_the_day = m.has("today")
        return make_core(m, Relative(unit, n, "now", to_the_day=to_the_day))
    return make_core(m, Relative(unit, n, "then", keeps_unit=unit == "year"))


def _read_offset(m: Match, count: int, unit: Unit) -> Core | None:
    """*two days before Christmas*; before anything but a time it is a duration (*two days before the vote*)."""
    at = m.last
    other = m.read_at(at) if at < len(m.words.codes) else None
    if other is None or other.kind not in ("date", "time"):
        return None
    return Core(m.first, other.last, Offset(unit, count, other.meaning))


def read_day_before(m: Match) -> Core | None:
    """*the day before*, *the week before last*, *the night before*, *the day after tomorrow*."""
    is_night = m.has("part")
    unit: Unit = "day" if is_night else unit_of(m)
    n = -1 if m.has("before", "earlier") else 1
    if m.has("today"):
        other = m.number("today") or 0
        return make_core(m, Relative("day", other + n)) if other * n > 0 else None
    if m.has("last", "next"):
        return make_core(m, Relative(unit, 2 * n)) if (n < 0) == m.has("last") else None
    if m.is_class(m.last - 1, "before", "after") and not is_free(m, m.last):
        return _read_offset(m, n, unit)
    return make_core(m, Relative(unit, n, "then", keeps_unit=unit == "year"), "time" if is_night else "date")


def read_from_day(m: Match) -> Core | None:
    """*a week from Friday*."""
    count, unit = count_of(m)
    other = m.read_at(m.last) if m.last < len(m.words.codes) else None
    if count is None or other is None or not isinstance(other.meaning, Weekday | Day | Holiday):
        return None
    return Core(m.first, other.last, Offset(unit, int(count), other.meaning))


def read_stretch(m: Match) -> Core | None:
    """*The past five years*, *the next two weeks*."""
    count, unit = count_of(m)
    if count is None or unit == "hour":
        return make_core(m, Unplaced("vague"), "vague")
    if m.has("previous", "following"):
        return make_core(m, Unplaced("duration"), "duration")
    return make_core(m, Stretch(unit, -int(count) if m.has("last", "past") else int(count)), "range")


def read_first(m: Match) -> Core | None:
    """*the first nine months of 1998*; without a year, of the one that is spoken of."""
    count, unit = count_of(m)
    if count is None or unit not in ("month", "quarter", "week", "day", "year"):
        return None
    n = -int(count) if m.has("last") else int(count)
    if m.is_class(m.last, "of", "in"):
        other = m.read_at(m.last + 1) if m.last + 1 < len(m.words.codes) else None
        if other is None:
            return (
                make_core(m, Unplaced("duration"), "duration")
                if m.is_class(m.last, "of")
                else _first_of_year(m, n, unit)
            )
        return Core(m.first, other.last, First(unit, n, other.meaning), "range")
    return _first_of_year(m, n, unit)


def _first_of_year(m: Match, count: int, unit: Unit) -> Core | None:
    if unit not in ("month", "quarter") or count < 0:
        return make_core(m, Unplaced("duration"), "duration")
    return make_core(m, First(unit, count, Relative("year", 0, "here")), "range")


def read_today(m: Match) -> Core | None:
    """*Today*, *tomorrow night*, *tonight*."""
    kind: Kind = "time" if m.has("part", "tonight") else "date"
    return make_core(m, Relative("day", m.number("today") or 0), kind)


def read_part_of_day(m: Match) -> Core | None:
    """*Last night*, *this morning*, *that evening*."""
    part = str(m.value("part"))
    if part in ("noon", "midday", "midnight") or is_compound(m) or m.after in ("club", "live"):
        return None
    if m.has("last"):
        return make_core(m, Relative("day", -1), "time") if part in ("night", "evening") else None
    return make_core(m, Relative("day", 0, "then" if m.has("that", "same") else "now"), "time")


def read_overnight(m: Match) -> Core | None:
    """The night to the report's day; before a noun it is another word (*overnight delivery*)."""
    follows = m.after
    if (
        follows[:1].isalpha() and follows not in AFTER_FREE and not m.is_class(m.last, "weekday")
    ) or m.before in ("an", "became", "the"):
        return None
    if m.is_class(m.last, "weekday"):
        return None
    return make_core(m, Between(Relative("day", -1), Relative("day", 0)), "time")


def read_weekend(m: Match) -> Core | None:
    """*Over the weekend*."""
    if is_compound(m) or m.before not in (
        "over",
        "during",
        "at",
        "in",
        "for",
        "of",
        "on",
        "after",
        "before",
        "through",
    ):
        return None
    return make_core(m, Relative("weekend", 0, "here"))


def read_the_unit(m: Match) -> Core | None:
    """*in the quarter*, *for the year*, *later in the day*: the one that is spoken of."""
    unit = unit_of(m)
    if (
        m.is_class(
            m.last,
            "of",
            "ending",
            "hyphen",
            "before",
            "after",
            "that",
            "to",
            "ago",
            "since",
            "earlier",
            "later",
        )
        or m.after in _AFTER_UNITS
    ):
        return None
    before, earlier = m.before, m.words.word(m.first - 2)
    if unit == "day":
        leads = before == "in" and earlier in ("earlier", "later", "late", "early")
    elif before == "of":
        leads = earlier in _PIECES
    else:
        leads = before in ("for", "during", "in", "through", "throughout")
    return make_core(m, Relative(unit, 0, "here")) if leads else None


_AFTER_UNITS = frozenset("when he she they it we i which in".split())
_PIECES = frozenset(
    """end beginning start middle close rest remainder most much part half quarter course months month months weeks days
    outset balance best""".split()
)


def read_year_end(m: Match) -> Core | None:
    """*Year-end*."""
    if m.words.word(m.last - 1) != "end" or m.words.starts[m.last - 2] != m.words.ends[m.first]:
        return None
    return make_core(m, Relative(unit_of(m), 0, "here"))


def read_set(m: Match) -> Core | None:
    """*Every Monday*, *Mondays*."""
    return None if is_compound(m) else make_core(m, Unplaced("set"), "set")


def read_set_word(m: Match) -> Core | None:
    """*Daily*, in small letters: with a capital it is a newspaper."""
    return make_core(m, Unplaced("set"), "set") if m.words.raw(m.first)[0].islower() else None


def read_vague(m: Match) -> Core | None:
    """*Now*, *recently*."""
    if m.words.word(m.first) == "now" and m.after == "that":
        return None
    return make_core(m, Unplaced("vague"), "vague")


def read_the_past(m: Match) -> Core | None:
    """*In the past*."""
    return (
        make_core(m, Unplaced("vague"), "vague")
        if m.before in ("in", "of", "for", "from", "at") and not m.after[:1].isalnum()
        else None
    )


_AGE_WORDS = frozenset("old olds age".split())


def read_duration(m: Match) -> Core | None:
    """*for three years*, *a six-month*; not an age, not a rate (*$5 a year*)."""
    after, then = m.after, m.words.word(m.last + 1)
    if (
        after in _AGE_WORDS
        or (after == "of" and then == "age")
        or (m.is_class(m.last, "hyphen") and then in _AGE_WORDS)
    ):
        return None
    if m.before in ("aged", "age", "$", "£", "€", "-", "/", "."):
        return None
    if (
        m.places("a") == [m.first]
        and not m.has("vague", "couple", "half")
        and m.before not in _BEFORE_DURATIONS
        and not m.is_class(m.last, "before", "after")
    ):
        return None
    return make_core(m, Unplaced("duration"), "duration")


_BEFORE_DURATIONS = frozenset(
    """for in within after during over about than nearly almost least under take takes took spent lasted half once
    twice spend last lasts roughly only just another""".split()
)


def read_plural(m: Match) -> Core | None:
    """*for years*, *in months*."""
    if m.before not in ("for", "in", "after", "over", "within", "of", "take", "takes", "took") or m.is_class(
        m.last, "of", "hyphen"
    ):
        return None
    if m.before in ("in", "of", "over", "after") and m.is_class(m.last, "ago", "later", "earlier"):
        return None
    return make_core(m, Unplaced("duration"), "duration") if m.before != "of" else None


def read_nth(m: Match) -> Core | None:
    """*the second week of March*, *the last Monday in May*."""
    number = m.number("ordinal", "ordnum", "first", "second")
    number = -1 if number is None else number
    if m.last >= len(m.words.codes):
        return None
    other = m.read_at(m.last)
    if other is None or other.kind not in ("date", "range"):
        return None
    weekday = m.number("weekday")
    unit: Unit = "day" if weekday is not None else unit_of(m)
    if isinstance(other.meaning, Weekday | Day) or (unit == "day" and weekday is None and number > 31):
        return None
    return Core(m.first, other.last, Nth(unit, number, other.meaning, weekday))


def read_week_of(m: Match) -> Core | None:
    """*The week of Jan. 7*, *the weekend of 8 May*; of the days that it names itself (*the week of May 2-6*)."""
    other = m.read_at(m.last) if m.last < len(m.words.codes) else None
    if other is None:
        return None
    if isinstance(other.meaning, Between) and isinstance(other.meaning.first, Day):
        return Core(m.first, other.last, other.meaning, "range")
    if not isinstance(other.meaning, Day | Numeric | Holiday | Weekday):
        return None
    return Core(m.first, other.last, WeekOf(other.meaning, unit_of(m)))
