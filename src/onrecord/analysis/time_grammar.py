"""The grammar of time expressions: patterns over classes of words, each with what it means.

A pattern is written in the names of `time_words.CLASSES`; the longest match at a place wins, the
earlier pattern among equals. A pattern's reader may still refuse a match (*the first half* of a match
of football) by returning None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.analysis.counted_times import (
    read_ago,
    read_day_before,
    read_duration,
    read_first,
    read_from_day,
    read_nth,
    read_overnight,
    read_part_of_day,
    read_plural,
    read_same_period,
    read_set,
    read_set_word,
    read_stretch,
    read_the_past,
    read_the_unit,
    read_today,
    read_unit,
    read_vague,
    read_week_of,
    read_weekend,
    read_year_end,
)
from onrecord.analysis.named_times import (
    read_attack_day,
    read_bare_clock,
    read_bound_days,
    read_century,
    read_clock,
    read_date,
    read_day_of_month,
    read_days_in_a_row,
    read_decade,
    read_dotted,
    read_holiday,
    read_hyphened,
    read_iso,
    read_month,
    read_noon,
    read_quarter,
    read_same_of_year,
    read_season,
    read_short_year,
    read_slashed,
    read_weekday,
    read_weekday_ago,
    read_weekday_and_number,
    read_weekday_of_week,
    read_year,
    read_years,
)
from onrecord.analysis.time_match import Core, Match, Reader
from onrecord.analysis.time_words import CLASSES, Words

# Deeper nesting (*the first week of the second month of ...*) is no news English.
_MAX_DEPTH = 3
_UNIT = "(?:day|week|weekend|monthunit|quarter|half|yearunit|decade|century)"
_PICK = "(?:this? (?:past|coming|last|next)|this|current|previous|following)"
_YEAR_UNIT = (
    "(?:(?:the same|the|that)? (?:last|this|next|current|previous|following|that|past)? fiscal? yearunit)"
)
_YEAR_AGO = "a yearunit (?:ago|earlier|before)"
_YEAR_OF = f"(?:comma? year|(?:of|in|comma)? the? fiscal? year|(?:of|in|comma)? {_YEAR_UNIT}|{_YEAR_AGO})"
_NUMBER = "(?:number hyphen? number|number|dnum|num)"
_COUNT = f"(?:{_NUMBER} and a half|a? couple of? more?|a? vague|half a|a|{_NUMBER}|{_NUMBER} (?:to|and|hyphen) {_NUMBER})"
_UNITS = "(?:units|day|week|weekend|monthunit|quarter|yearunit|decade|century)"
_NTH = "(?:ordinal|ordnum|first|second|last)"
_DATE_NUMBER = "(?:dnum|ordnum)"


class _Rules(NamedTuple):
    """The rules of the expressions that may begin with one class, and a pattern that matches where one of them does."""

    any: re.Pattern[str]
    each: list[tuple[re.Pattern[str], Reader]]


def _coded(pattern: str) -> str:
    coded = re.sub(r"[a-z]+", lambda word: re.escape(CLASSES[word[0]]), pattern)
    return coded.replace(" ", "")


def read_core(words: Words, i: int, depth: int = 0) -> Core | None:
    """The longest expression that begins at a word; None if none does."""
    if depth > _MAX_DEPTH:
        return None
    rules = _RULES_BY_FIRST.get(words.codes[i])
    # Most words begin none, and one pattern tells so sooner than all of them.
    if rules is None or not rules.any.match(words.codes, i):
        return None
    best: Core | None = None
    for pattern, reader in rules.each:
        found = pattern.match(words.codes, i)
        if not found or found.end() == i or (best and found.end() <= best.last and reader not in _NESTING):
            continue
        core = reader(Match(words, i, found.end(), lambda at: read_core(words, at, depth + 1)))
        if core and (best is None or core.last > best.last):
            best = core
    return best


_RULES: list[tuple[str, Reader]] = [
    ("year hyphen dnum hyphen dnum", read_iso),
    ("year", read_dotted),
    ("dnum slash dnum slash (?:year|dnum|num)", read_slashed),
    ("dnum hyphen dnum hyphen (?:year|dnum|num)", read_hyphened),
    ("dnum slash dnum", read_attack_day),
    (f"(?:weekday dot? comma? )? (?:last|next|this)? month dot? the? {_DATE_NUMBER} {_YEAR_OF}?", read_date),
    (f"(?:weekday dot? comma? )? the? {_DATE_NUMBER} of? month dot? {_YEAR_OF}?", read_date),
    (f"month dot? {_DATE_NUMBER} (?:hyphen|to|until) {_DATE_NUMBER} {_YEAR_OF}?", read_date),
    (f"{_DATE_NUMBER} (?:hyphen|to|until) {_DATE_NUMBER} of? month dot? {_YEAR_OF}?", read_date),
    (f"from month dot? {_DATE_NUMBER} (?:to|until|and) {_DATE_NUMBER} {_YEAR_OF}?", read_bound_days),
    (f"from the? {_DATE_NUMBER} (?:to|until|and) the? {_DATE_NUMBER} of? month dot? {_YEAR_OF}?", read_bound_days),
    (f"month dot? {_DATE_NUMBER} (?:comma {_DATE_NUMBER})* comma? and {_DATE_NUMBER} {_YEAR_OF}?", read_days_in_a_row),
    (f"{_DATE_NUMBER} (?:comma {_DATE_NUMBER})* comma? and {_DATE_NUMBER} of? month dot? {_YEAR_OF}?", read_days_in_a_row),
    ("weekday", read_weekday),
    (f"the? {_PICK} weekday", read_weekday),
    ("weekday of? (?:last|next|this|that|the following|the previous) week", read_weekday_of_week),
    (f"{_COUNT} (?:week|units) ago (?:on|last)? weekday", read_weekday_ago),
    (f"the? {_PICK} fiscal? {_UNIT}", read_unit),
    (f"(?:that|the same) fiscal? {_UNIT}", read_unit),
    (
        f"the? (?:same|like) (?:period|quarter|monthunit|half|week|day) (?:(?:of|in|comma)? (?:last|the previous|previous) yearunit|{_YEAR_AGO})",
        read_same_period,
    ),
    (f"{_YEAR_AGO} (?:period|quarter)?", read_same_period),
    ("the? (?:same|like)? yearunit hyphen? (?:ago|earlier) (?:period|quarter|monthunit|half)?", read_same_period),
    (f"{_COUNT} {_UNITS} (?:ago today|ago|earlier|before|later|after|from now|from today)", read_ago),
    (f"the (?:{_UNITS}|part) (?:before|after|earlier|later)", read_day_before),
    (f"the {_UNITS} (?:before|after) (?:last|next|today)", read_day_before),
    (f"{_COUNT} {_UNITS} from", read_from_day),
    (f"(?:the|this)? (?:last|past|next|coming|previous|following) (?:{_COUNT} hyphen?)? units", read_stretch),
    (f"(?:the|this)? (?:last|past|next|coming|previous|following) {_COUNT} hyphen? {_UNITS}", read_stretch),
    (f"the? (?:first|last) {_COUNT} {_UNITS}", read_first),
    (
        f"the? fiscal? {_NTH} hyphen? fiscal? (?:quarter|half) (?:(?:of|in|comma)? fiscal? {_YEAR_OF})?",
        read_quarter,
    ),
    (f"(?:{_YEAR_UNIT}|year) possessive fiscal? {_NTH} hyphen? (?:quarter|half)", read_quarter),
    (f"the? year fiscal? {_NTH} hyphen? (?:quarter|half)", read_quarter),
    ("the (?:same|like)? year (?:quarter|period)", read_same_of_year),
    ("weekday comma? the ordnum", read_weekday_and_number),
    (f"quarter (?:of|comma)? {_YEAR_OF}?", read_quarter),
    (f"half (?:of|comma)? {_YEAR_OF}?", read_quarter),
    (f"(?:the monthunit of)? {_PICK}? month dot? {_YEAR_OF}?", read_month),
    (f"the? {_PICK}? season {_YEAR_OF}?", read_season),
    (f"{_PICK}? holiday joined* {_YEAR_OF}?", read_holiday),
    ("year", read_year),
    ("(?:the? fiscal|the? fiscal? yearunit) year", read_year),
    ("year hyphen (?:year|dnum|num)", read_years),
    ("quote (?:num|dnum)", read_short_year),
    ("the? quote? decadeyears", read_decade),
    ("the? (?:ordnum|centurynum|ordinal|first|second) hyphen? century", read_century),
    ("today part?", read_today),
    ("tonight", read_today),
    ("(?:this|last|that) part", read_part_of_day),
    ("overnight", read_overnight),
    ("the weekend", read_weekend),
    ("the fiscal? (?:day|week|monthunit|quarter|yearunit|decade|century)", read_the_unit),
    ("(?:yearunit|monthunit|quarter) hyphen edge", read_year_end),
    ("(?:clock|dnum) ampm dot? zone?", read_clock),
    ("clock zone", read_clock),
    ("clock", read_bare_clock),
    ("part", read_noon),
    (f"every (?:other|{_NTH})? (?:{_UNIT}|weekday|month dot?|part|season)", read_set),
    (f"every {_COUNT} {_UNITS}", read_set),
    ("weekdays", read_set),
    ("setword", read_set_word),
    ("(?:now|vagueword|the other day)", read_vague),
    (f"vague (?:{_UNITS}|more {_UNITS})", read_vague),
    ("the (?:past|future)", read_the_past),
    (f"{_COUNT} more? hyphen? {_UNITS}", read_duration),
    (f"half a {_UNITS}", read_duration),
    ("units", read_plural),
    (f"the? {_NTH} (?:day|week|weekend|weekday|monthunit) (?:of|in)", read_nth),
    ("the? (?:week|weekend) of", read_week_of),
    ("the ordnum", read_day_of_month),
]  # fmt: skip
_NESTING = frozenset({read_nth, read_week_of, read_first, read_from_day, read_ago, read_day_before})


def _first_codes(pattern: str) -> set[str]:
    """The classes with which a match of a pattern can begin, so that few patterns are tried at a word."""
    parts = re.findall(r"[a-z]+|\(\?:|[()|?*]", pattern)
    codes, _, _ = _alternatives(parts, 0)
    return codes


def _alternatives(parts: list[str], i: int) -> tuple[set[str], bool, int]:
    """What the alternatives from place i on can begin with, whether they can be empty, where they end."""
    codes: set[str] = set()
    may_be_empty = False
    while True:
        first, empty, i = _sequence(parts, i)
        codes |= first
        may_be_empty |= empty
        if i >= len(parts) or parts[i] == ")":
            return codes, may_be_empty, i
        i += 1  # over the bar


def _sequence(parts: list[str], i: int) -> tuple[set[str], bool, int]:
    codes: set[str] = set()
    at_start = True
    while i < len(parts) and parts[i] not in "|)":
        if parts[i] == "(?:":
            first, empty, i = _alternatives(parts, i + 1)
        else:
            first, empty = {CLASSES[parts[i]]}, False
        i += 1
        if i < len(parts) and parts[i] in "?*":
            empty, i = True, i + 1
        if at_start:
            codes |= first
        at_start = at_start and empty
    return codes, at_start, i


def _by_first(rules: list[tuple[str, Reader]]) -> dict[str, _Rules]:
    found: dict[str, list[tuple[re.Pattern[str], Reader]]] = {}
    for pattern, reader in rules:
        compiled = re.compile(_coded(pattern))
        for code in _first_codes(pattern):
            found.setdefault(code, []).append((compiled, reader))
    return {
        code: _Rules(re.compile("|".join(f"(?:{p.pattern})" for p, _ in each)), each)
        for code, each in found.items()
    }


_RULES_BY_FIRST = _by_first(_RULES)
START_CODES = frozenset(_RULES_BY_FIRST)
