"""Text -> time expressions: where they stand and what their words mean.

Spans are as TIMEX3 has them (ISO-TimeML, Pustejovsky et al. 2010): without the preposition, with what
says how exactly a time is meant (*early Friday*, *about a year ago*, *the end of March*). A range
whose words name an end holds its preposition and its ends (*since Monday*, *from 2005 to 2009*), and
the ends are times of their own. One pass, in time linear in the length of the text.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from onrecord.analysis.time_grammar import START_CODES, read_core
from onrecord.analysis.time_match import Core
from onrecord.analysis.time_meanings import (
    Between,
    Clock,
    Day,
    Decade,
    Holiday,
    Kind,
    Meaning,
    Mod,
    Numeric,
    Part,
    Relative,
    Stretch,
    Tense,
    Time,
    Unplaced,
    Weekday,
    Year,
    YearOf,
)
from onrecord.analysis.time_words import CLASSES, Words, read_words
from onrecord.article import Span

_STARTS = re.compile("[" + "".join(re.escape(c) for c in sorted(START_CODES)) + "]")


def find_times(text: str) -> list[Time]:
    """All time expressions of a text, in its order; a range comes before its ends.

    >>> [t.span.of("She spoke on Jan. 7, a day after the fire.") for t in find_times("She spoke on Jan. 7, a day after the fire.")]
    ['Jan. 7', 'a day']
    """
    words = read_words(text)
    drafts = _share_weeks(words, _share_years([_draft(words, core) for core in _cores(words)]))
    times = [_to_time(words, d) for d in _join_clocks(words, drafts) + _ranges(words, drafts)]
    return sorted(times, key=lambda t: (t.span.start, -t.span.end))


def _cores(words: Words) -> list[Core]:
    cores: list[Core] = []
    at = 0
    while found := _STARTS.search(words.codes, at):
        core = read_core(words, found.start())
        at = core.last if core else found.end()
        if core:
            cores.append(core)
    return cores


class _Draft:
    """A core with what stands around it."""

    __slots__ = ("core", "first", "kind", "last", "meaning", "mod")

    def __init__(self, core: Core) -> None:
        self.core = core
        self.first, self.last = core.first, core.last
        self.meaning: Meaning = core.meaning
        self.kind: Kind = core.kind
        self.mod: Mod | None = None


# --- What stands around a core -------------------------------------------------------------------

_EDGE, _OF, _THE, _PART = (CLASSES[c] for c in ("edge", "of", "the", "part"))
_MODS: dict[str, Mod] = {"early": "early", "mid": "mid", "late": "late"}
_MOST_LEFT = 3  # rounds of looking to the left


def _draft(words: Words, core: Core) -> _Draft:
    draft = _Draft(core)
    if isinstance(core.meaning, Unplaced) and core.kind != "duration":
        return draft
    if core.kind in ("date", "time"):
        _take_part_of_day(words, draft)
    for _ in range(_MOST_LEFT):
        if not _take_left(words, draft):
            break
    return draft


def _take_part_of_day(words: Words, draft: _Draft) -> None:
    """*Friday night*, *yesterday morning*."""
    if (
        not isinstance(draft.meaning, Weekday | Day | Holiday)
        or words.codes[draft.last : draft.last + 1] != _PART
    ):
        return
    if words.word(draft.last + 1) in ("live", "football"):
        return
    draft.last += 1
    draft.kind = "time"


def _take_left(words: Words, draft: _Draft) -> bool:
    """Take one word or phrase before the expression into it; False if there is none."""
    i = draft.first - 1
    if i < 0:
        return False
    code, word = words.codes[i], words.lower[i]
    # mid-2018, late-1990s; early Friday; earlier this year
    at = i - 1 if code == "-" and i > 0 else i
    if at >= 0 and words.codes[at] == _EDGE and words.word(at) in ("early", "mid", "late"):
        if draft.kind in ("duration", "range") and word != "-":
            return False
        return _take(words, draft, at, _MODS[str(words.values[at])])
    if word in ("earlier", "later") and isinstance(draft.meaning, Relative | Stretch | Day | Weekday | Part):
        return _take(words, draft, i, draft.mod)
    if code == _OF and i > 0:
        return _take_of(words, draft, i - 1)
    if words.lower[i] in (
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "some",
        "over",
        "under",
    ):
        if not _is_counted(words, draft):
            return False
        mod: Mod = "more than" if word == "over" else "less than" if word == "under" else "about"
        return _take(words, draft, i, mod)
    if word == "than" and words.word(i - 1) in ("more", "less") and _is_counted(words, draft):
        return _take(words, draft, i - 1, "more than" if words.word(i - 1) == "more" else "less than")
    if word == "least" and words.word(i - 1) == "at" and _is_counted(words, draft):
        return _take(words, draft, i - 1, "more than")
    return False


def _take_of(words: Words, draft: _Draft, at: int) -> bool:
    """*the end of March*, *the night of Jan. 7*, *the early part of 2005*."""
    if draft.kind not in ("date", "time", "range"):
        return False
    code, word = words.codes[at], words.word(at)
    mod = draft.mod
    if code == _EDGE:
        mod = _MODS[str(words.values[at])]
    elif code == _PART and isinstance(draft.meaning, Day | Weekday | Holiday | Relative):
        draft.kind = "time"
    elif word == "part" and words.codes[at - 1 : at] == _EDGE and at > 0:
        at -= 1
        mod = _MODS[str(words.values[at])]
    else:
        return False
    if at > 0 and words.codes[at - 1] == _EDGE:
        at -= 1
    return _take(words, draft, at, mod)


def _take(words: Words, draft: _Draft, at: int, mod: Mod | None) -> bool:
    if words.sentences[at] != words.sentences[draft.first]:
        return False
    draft.first = at - 1 if at > 0 and words.codes[at - 1] == _THE else at
    draft.mod = mod
    return True


def _is_counted(words: Words, draft: _Draft) -> bool:
    return words.codes[draft.core.first] in _COUNT_CODES


_COUNT_CODES = frozenset(CLASSES[c] for c in ("number", "dnum", "num", "a", "half", "couple"))


# --- Times that belong together ------------------------------------------------------------------


def _share_years(drafts: list[_Draft]) -> list[_Draft]:
    """*In May and June 2019*: the year behind the last of a list is that of all."""
    for i in range(len(drafts) - 1, 0, -1):
        draft, before = drafts[i], drafts[i - 1]
        if draft.core.first - before.core.last > 2:
            continue
        year = _year_behind(draft.meaning)
        if year is not None and _lacks_year(before.meaning):
            before.meaning = _with_year(before.meaning, year)
    return drafts


def _year_behind(meaning: Meaning) -> YearOf:
    if isinstance(meaning, Part | Day):
        return meaning.year
    if isinstance(meaning, Between) and isinstance(meaning.last, Day):
        return meaning.last.year
    return None


def _lacks_year(meaning: Meaning) -> bool:
    return isinstance(meaning, Part | Day) and meaning.year is None and meaning.pick is None


def _with_year(meaning: Meaning, year: YearOf) -> Meaning:
    return replace(meaning, year=year) if isinstance(meaning, Part | Day) else meaning


_BETWEEN_WEEK_AND_DAY = frozenset({",", "on", "from", "between"})


def _share_weeks(words: Words, drafts: list[_Draft]) -> list[_Draft]:
    """*Last week, from Monday ...*: the week before a day's name is that of the day."""
    for before, draft in itertools.pairwise(drafts):
        week = before.meaning
        if not (isinstance(week, Relative) and week.unit == "week" and isinstance(draft.meaning, Weekday)):
            continue
        if draft.first - before.last <= 2 and all(
            w in _BETWEEN_WEEK_AND_DAY for w in words.lower[before.last : draft.first]
        ):
            draft.meaning = _in_week(draft.meaning, week)
    return drafts


def _in_week(meaning: Weekday, week: Relative | None) -> Weekday:
    """The day of that week, unless its own words say which it is."""
    is_bare = meaning.week is None and meaning.pick is None and meaning.anchor == "now"
    return replace(meaning, week=week) if is_bare and week else meaning


_BETWEEN_CLOCK_AND_DAY = frozenset({"on", "at", ",", "local", "time", "(", ")"})


def _join_clocks(words: Words, drafts: list[_Draft]) -> list[_Draft]:
    """*3 p.m. on Thursday*, *Jan. 7 at 10:30 a.m.*: one time, of the day that is named."""
    joined: list[_Draft] = []
    for draft in drafts:
        before = joined[-1] if joined else None
        if before and _makes_one_time(words, before, draft):
            if isinstance(before.meaning, Clock):
                before.meaning = draft.meaning
            before.last, before.kind = draft.last, "time"
        else:
            joined.append(draft)
    return joined


def _makes_one_time(words: Words, a: _Draft, b: _Draft) -> bool:
    if (
        isinstance(a.meaning, Clock) == isinstance(b.meaning, Clock)
        or b.first - a.last > 2
        or b.first < a.last
    ):
        return False
    day = b.meaning if isinstance(a.meaning, Clock) else a.meaning
    is_day = isinstance(day, Day | Weekday | Holiday | Numeric) or (
        isinstance(day, Relative) and day.unit == "day"
    )
    return is_day and all(words.lower[i] in _BETWEEN_CLOCK_AND_DAY for i in range(a.last, b.first))


_RANGE_WORDS = frozenset({"to", "until", "till", "through", "thru", "-", "–", "—"})
_OPEN_WORDS = frozenset({"until", "till", "through"})


def _ranges(words: Words, drafts: list[_Draft]) -> list[_Draft]:
    """The ranges whose ends are among the drafts."""
    ranges: list[_Draft] = []
    taken = -1
    for i, draft in enumerate(drafts):
        if draft.first < taken or not _can_end_range(draft):
            continue
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        made = _closed_range(words, draft, following) or _open_range(words, draft)
        if made:
            taken = made.last
            ranges.append(made)
    return ranges


def _can_end_range(draft: _Draft) -> bool:
    return draft.kind in ("date", "time") and not isinstance(draft.meaning, Between | Stretch | Clock)


def _closed_range(words: Words, first: _Draft, last: _Draft | None) -> _Draft | None:
    """*from 2005 to 2009*, *between May and July*, *January-March*, *Monday through Friday*."""
    if last is None or not _can_end_range(last):
        return None
    lead = words.word(first.first - 1)
    # *from Monday, May 2, to Wednesday, May 4*: the comma belongs to the first end.
    at = first.last + 1 if lead == "from" and words.word(first.last) == "," else first.last
    if last.first != at + 1:
        return None
    link = words.word(at)
    has_lead = (lead == "from" and link in ("to", "until", "till", "through")) or (
        lead == "between" and link == "and"
    )
    is_bound = link in ("through", "thru", "-", "–") or (
        link == "to" and _is_same_kind(first.meaning, last.meaning)
    )
    if not has_lead and not is_bound:
        return None
    if isinstance(first.meaning, Weekday) and isinstance(last.meaning, Weekday):
        first.meaning = _in_week(first.meaning, last.meaning.week)
        last.meaning = _in_week(last.meaning, first.meaning.week)
    made = _Draft(first.core)
    made.first = first.first - 1 if has_lead else first.first
    made.last, made.kind, made.meaning = last.last, "range", Between(first.meaning, last.meaning)
    if _recurs(words, made):
        for draft in (made, first, last):
            draft.kind, draft.meaning = "set", Unplaced("set")
    return made


_HABITS = frozenset("open opens operate operates work works available airs hours weekly daily".split())


def _recurs(words: Words, draft: _Draft) -> bool:
    """*is open Monday to Friday*: the days of every week."""
    ends = draft.meaning
    if not (isinstance(ends, Between) and isinstance(ends.first, Weekday) and isinstance(ends.last, Weekday)):
        return False
    if any(end.week or end.pick for end in (ends.first, ends.last)):
        return False
    before = range(max(0, draft.first - _TENSE_WORDS), draft.first)
    sentence = words.sentences[draft.first]
    near = [i for i in before if words.sentences[i] == sentence]
    says_habit = any(words.lower[i] in _HABITS for i in near)
    return says_habit and not any(_tense_of(words, i) for i in near if words.lower[i] not in _HABITS)


def _is_same_kind(a: Meaning, b: Meaning) -> bool:
    return type(a) is type(b) and isinstance(a, Day | Weekday | Year | Part | Decade)


def _open_range(words: Words, draft: _Draft) -> _Draft | None:
    """*since Monday*, *until 2030*, *from Friday on*."""
    lead = words.word(draft.first - 1)
    at = draft.first - 1
    is_comparison = isinstance(draft.meaning, Relative) and draft.meaning.keeps_unit
    if is_comparison or words.word(draft.last) in ("'s", "’s"):  # *since Monday's vote*
        return None
    made = _Draft(draft.core)
    made.first, made.last, made.kind = at, draft.last, "range"
    if lead == "since":
        made.meaning = Between(draft.meaning, None)
    elif lead in _OPEN_WORDS:
        made.meaning = Between(None, draft.meaning)
    elif lead == "from" and words.word(draft.last) in ("on", "onward", "onwards"):
        made.meaning, made.last = Between(draft.meaning, None), draft.last + 1
    else:
        return None
    return made


# --- Tense ---------------------------------------------------------------------------------------

_FUTURE = frozenset(
    """will won shall would ll should must may might scheduled expected expects expect plans plan planned planning due
    set slated upcoming forthcoming going aims hopes intends intend promises pledges pledged vows vowed until till
    deadline tomorrow begins starts opens expires""".split()
)
# These say what is to come before *to* alone: *plans to meet*, *set to meet*, and not *its plan*, *set a record*.
_BEFORE_TO = frozenset("plan plans planned set aims hopes intend intends".split())
# Pasts that do not end in -ed.
_PAST = frozenset(
    """was were had did said told has have been went came took began won lost fell rose made met held left gave got
    found became brought built bought sold sent spent stood thought ran kept knew grew drew drove flew fought shot
    struck hit cut put saw spoke wrote broke chose swore paid laid meant felt heard read rode sank shook since quit
    beat bid bore blew burst caught clung crept dealt dug drank ate flung forgot froze hid hurt leapt lent lit
    overcame rang sang sat slept slid spun split spread sprang stole stuck swam swept swung taught tore threw
    understood woke wept withdrew underwent""".split()
)
_NO_PAST = frozenset(
    "need indeed hundred speed seed feed breed bleed greed creed weed red bed united exceed proceed succeed embed wed ted".split()
)
_DELIVERED = frozenset("delivery contract contracts futures".split())
_TENSE_WORDS = 14


def _tense(words: Words, first: int, last: int) -> Tense | None:
    """By the nearest verb before the expression in its sentence, else by the nearest one after it."""
    sentence = words.sentences[first]
    for i in range(first - 1, max(-1, first - 1 - _TENSE_WORDS), -1):
        if words.sentences[i] != sentence:
            break
        if tense := _tense_of(words, i):
            return tense
    for i in range(last, min(len(words.lower), last + _TENSE_WORDS)):
        if words.sentences[i] != sentence:
            break
        if tense := _tense_of(words, i):
            return tense
    return None


def _tense_of(words: Words, i: int) -> Tense | None:
    word = words.lower[i]
    if word in _FUTURE:
        if word == "won" and words.word(i + 1) not in ("'", "’"):
            return "past"  # else *won't*
        follower = words.word(i + 1)
        if word in _BEFORE_TO and follower not in ("to", "for"):
            return "past" if word in ("planned", "set") else None
        is_because = follower == "to" and words.word(i - 1) not in ("is", "are", "was", "were", "be", "been")
        if (word == "due" and is_because) or (word == "may" and not words.raw(i).islower()):
            return None
        return "future"
    if word == "to" and words.word(i - 1) in ("is", "are", "agreed", "promised", "prepared", "wants", "want"):
        return "future"
    if word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NO_PAST):
        # *will be closed*, *to be freely held*: when, the words before *be* say.
        return None if "be" in (words.word(i - 1), words.word(i - 2)) else "past"
    return None


def _to_time(words: Words, draft: _Draft) -> Time:
    span = Span(words.starts[draft.first], words.ends[draft.last - 1])
    tense = _tense(words, draft.first, draft.last) if draft.kind not in ("duration", "set", "vague") else None
    if isinstance(draft.meaning, Part) and words.word(draft.last) in _DELIVERED:
        tense = "future"  # *wheat for March delivery* is not yet delivered, whatever the verb
    sentence = words.sentences[draft.first]
    opens = draft.first < 2 or words.sentences[draft.first - 2] != sentence
    return Time(span, draft.meaning, draft.kind, draft.mod, tense, sentence, opens)
