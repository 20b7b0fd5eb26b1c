"""The entries of a live blog that nothing but their times keeps apart: lines that are a time, or begin with one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.article import Entry, Span
from onrecord.reading.assembly import MAX_HEADLINE_WORDS, Line
from onrecord.reading.moments import MONTH_NAME, read_printed

# Fewer times stand in a report by chance.
_MIN_ENTRIES = 3
# Words that an entry has at least; a time above fewer is that of a picture or a link.
_MIN_WORDS = 4
_MAX_STAMP_CHARS = 60
_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?P<mark>[:.h])(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?:GMT|UTC|BST|IST|(?:[CMEPW]|A[CEW])[DES]?S?T)\b)?"
_DAY = rf"(?:(?:\d{{1,2}} {MONTH_NAME}|{MONTH_NAME} \d{{1,2}})(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"
# Without which there is no time: most lines are looked at no further.
_SOME_CLOCK = re.compile(r"\d[:.hH]\d\d")
_LONE = re.compile(
    rf"[\[(]?(?:(?:posted|published|updated)(?: at| on)?:? )?(?:{_DAY},?(?: at)? )?{_CLOCK}(?:,? (?:on )?{_DAY})?[\])]?:?",
    re.IGNORECASE,
)
# 14:32 The mayor ... | [2.32pm] – The mayor ...; *14.32 million* is no time.
_LEADING = re.compile(rf"[\[(]?{_CLOCK}[\])]?(?P<joint> ?[:|–—-] | )(?=\S)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;…”\"’)]\Z")


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A line's time: minutes of the day, whether the line is nothing else, and the moment if it has a day."""

    at: int
    minutes: int
    is_alone: bool
    moment: str | None


def divide_entries(lines: Sequence[Line]) -> tuple[list[Line], list[Entry]]:
    """The lines, each with the number of its entry, and what is known of the entries.

    Times divide a report if there are at least three of them with words behind each, and they all rise or all
    fall (none may be earlier than the one before, or none later). Lines above the first time are of no entry.
    A line that is a time alone is cut. An entry is dated where its time has a day and a year: the day of the others may be
    the next one.

    Returns:
        The same lines and no entries for any other report.
    """
    stamps = [stamp for at, line in enumerate(lines) if (stamp := _read_stamp(at, line))]
    ends = [stamp.at for stamp in stamps[1:]] + [len(lines)]
    stamps = [s for s, end in zip(stamps, ends, strict=False) if _count_words(lines, s, end) >= _MIN_WORDS]
    if len(stamps) < _MIN_ENTRIES or not _go_one_way(stamps):
        return list(lines), []
    divided: list[Line] = list(lines[: stamps[0].at])
    entries: list[Entry] = []
    for number, (stamp, end) in enumerate(
        zip(stamps, [*(s.at for s in stamps[1:]), len(lines)], strict=True)
    ):
        for line in lines[stamp.at : end]:
            is_time = line.cut is None and _LONE.fullmatch(line.text) is not None
            divided.append(replace(line, entry=number, cut="time" if is_time else line.cut))
        entries.append(Entry(Span(0, 0), _headline(lines, stamp, end), stamp.moment))
    return divided, entries


def _read_stamp(at: int, line: Line) -> _Stamp | None:
    if not _SOME_CLOCK.search(line.text, 0, _MAX_STAMP_CHARS):
        return None
    lone = _LONE.fullmatch(line.text) if len(line.text) <= _MAX_STAMP_CHARS else None
    found = lone or (None if line.cut else _LEADING.match(line.text))
    if not found:
        return None
    if not lone and found["mark"] == "." and not found["half"] and found["joint"] == " ":
        return None
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half.lower() == "p")
    moment = read_printed(line.text) if lone else None
    return _Stamp(at, 60 * hour + int(found["minute"]), lone is not None, moment.iso if moment else None)


def _count_words(lines: Sequence[Line], stamp: _Stamp, end: int) -> int:
    """How many words of the report stand behind a time, up to the next one."""
    return sum(len(line.text.split()) for line in lines[stamp.at + stamp.is_alone : end] if not line.cut)


def _go_one_way(stamps: Sequence[_Stamp]) -> bool:
    steps = {(b.minutes > a.minutes) - (b.minutes < a.minutes) for a, b in pairwise(stamps)}
    return len(steps - {0}) == 1


def _headline(lines: Sequence[Line], stamp: _Stamp, end: int) -> str | None:
    """The first line below a time, if it is a headline with a text below it."""
    if not stamp.is_alone:
        return None
    told = [line.text for line in lines[stamp.at + 1 : end] if not line.cut]
    is_headline = len(told) > 1 and len(told[0].split()) <= MAX_HEADLINE_WORDS
    return told[0] if is_headline and not _ENDS_SENTENCE.search(told[0]) else None
