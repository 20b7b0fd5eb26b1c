"""Lines of a plain text that are nothing but a day or a time, perhaps with a label: when it was published and changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.reading.moments import MONTH_NAME, Moment, read_printed

_MAX_CHARS = 160
_LABEL = (
    r"(?:(?:(?:first|last|originally|date|article|story)\s)?(?:(?P<published>published|posted|issued|filed|created|publication date|date)"
    r"|(?P<updated>updated|modified|edited|revised|last update))(?:\s(?:on|at))?\s?:?\s*)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_ZONE = r"(?:[a-z]{1,4}t|gmt|utc|z)"
_WORD = rf"(?:{_WEEKDAY}|{MONTH_NAME}|\d{{1,2}}(?:st|nd|rd|th)|\d{{4}}-\d\d-\d\d(?:t\d\d:\d\d\S{{0,14}})?|\d{{1,4}}|\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?|[ap]\.?m\.?|{_ZONE}|[+-]\d\d:?\d\d|at|on|of|hrs|(?:local|eastern) time)"
_TIME = rf"{_WORD}(?:\s?[a-z]?m?[\s,./()-]+{_WORD}|(?<=\d)(?:[ap]\.?m\.?|{_ZONE})){{0,11}}\)?\.?"
_AGO = r"(?:\d{1,2}|an?|one) (?:second|minute|min|hour|day|week|month)s? ago"
_PART = re.compile(rf"(?P<label>{_LABEL})?(?P<time>{_TIME}|{_AGO})", re.IGNORECASE)
# 12/03/2024 may be either month.
_AMBIGUOUS = re.compile(r"\b(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d{4}\b")
_JOINTS = re.compile(r"\s*[|•·–—;]\s*|\s+-\s+|,?\s+(?=\(?(?:last )?updated\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What a line of times tells, None for what it does not; and whether a label says what they are times of."""

    published: Moment | None = None
    updated: Moment | None = None
    is_labelled: bool = False


def read_time_line(line: str) -> TimeLine | None:
    """The times on a line that holds nothing else; None for other lines, and for a time without day or label.

    >>> read_time_line("Published: March 12, 2024 10:30 GMT | Updated 2 hours ago").published.iso
    '2024-03-12T10:30:00+00:00'
    >>> read_time_line("March 12 is a holiday")
    """
    line = line.strip(" *_()[]")
    if not 0 < len(line) <= _MAX_CHARS or not any(c.isdigit() for c in line):
        return None
    published: Moment | None = None
    updated: Moment | None = None
    is_labelled = False
    for part in filter(None, _JOINTS.split(line)):
        found = _PART.fullmatch(part)
        if not found:
            return None
        moment = _moment(found["time"])
        if found["updated"]:
            updated = updated or moment
        else:
            published = published or moment
        is_labelled = is_labelled or found["label"] is not None
    return TimeLine(published, updated, is_labelled) if is_labelled or published else None


def _moment(time: str) -> Moment | None:
    found = None if _AMBIGUOUS.search(time) else read_printed(time)
    return replace(found, how="printed in the text") if found else None
