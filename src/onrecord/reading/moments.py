"""Moments as pages and reports write them -> ISO 8601, with the zone where one is given and none where not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_ISO = re.compile(
    r"(?<!\d)(?P<day>(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)"
    r"(?:[T ]+(?P<clock>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?(?P<half>\s?[ap]\.?m\b)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_MONTHS = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# Written out, so that neither *Marathon 26* nor *Mayor 3* is a day.
_MONTH_WORD = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
MONTH_NAME = rf"(?:{_MONTH_WORD})\.?"
_MONTH = rf"(?P<month>{_MONTH_WORD})\.?"
_WRITTEN = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<d1>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.replace('month', 'month2')},?\s+(?P<y2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"\b(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<year>(?:19|20)\d\d)\b")
# RFC 822, as feeds and some pages have it: Fri, 22 Dec 2023 17:15:49 +0000.
_CLOCK = re.compile(
    r"\b(\d\d?):(\d\d)(?::(\d\d))?(?!\d)\s*(?:([ap])\.?m\b\.?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
# A line with a day in it and more words than this is a sentence.
_MAX_PRINTED_CHARS = 110
_FIRST_YEAR = 1800


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, perhaps with a time, perhaps with a zone, and where it was found.

    Attributes:
        iso: `2023-12-22`, `2023-12-22T17:05:00` or `2023-12-22T17:05:00-05:00`.
        how: in words, for `Frame.published_how`.
    """

    iso: str
    how: str

    @property
    def day(self) -> date:
        """The day as written, in its own zone."""
        return date.fromisoformat(self.iso[:10])

    def is_day_beside(self, printed: Moment) -> bool:
        """Is the printed day the day before or after, as it is where a page's zone is not its metadata's?"""
        return abs(self.day - printed.day) == timedelta(days=1)


def read_moment(value: str, *, how: str) -> Moment | None:
    """Read what a page or feed gives as a time; None if there is no whole day in it.

    >>> read_moment("2022-01-07T09:30:00Z", how="page metadata").iso
    '2022-01-07T09:30:00+00:00'
    >>> read_moment("Fri, 12/22/2023 - 05:00", how="page metadata").iso
    '2023-12-22T05:00:00'
    """
    value = value.strip()[:80]
    if found := _ISO.search(value):
        day = _day(*(int(n) for n in found["day"].split("-")))
        clock_text = (found["clock"] or "") + (found["half"] or "")
        return _moment(day, _clock(clock_text), found["zone"], how) if day else None
    found = _WRITTEN.search(value) or _SLASHED.search(value)
    if not found:
        return None
    day = _written_day(found) if found.re is _WRITTEN else _slashed_day(found)
    if day is None:
        return None
    clock = _CLOCK.search(value, found.end()) or _CLOCK.search(value)
    return _moment(day, _clock(clock[0]) if clock else None, clock[5] if clock else None, how)


def find_printed_day(lines: Iterable[str]) -> Moment | None:
    """The first day printed on a short line, as a reader of the page sees it."""
    for line in lines:
        if len(line) <= _MAX_PRINTED_CHARS and (found := _WRITTEN.search(line)):
            day = _written_day(found)
            if day:
                return Moment(day.isoformat(), "printed on the page")
    return None


def find_days(lines: Iterable[str]) -> list[date]:
    """All days with a year that the lines tell."""
    days = [_written_day(found) for line in lines for found in _WRITTEN.finditer(line)]
    return [d for d in days if d is not None]


def _written_day(found: re.Match[str]) -> date | None:
    month = _MONTHS[(found["month"] or found["month2"]).lower()[:3]]
    return _day(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))


def _slashed_day(found: re.Match[str]) -> date | None:
    """Month first, as American pages have it; day first where the first number is no month."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    return _day(year, b, a) if a > 12 else _day(year, a, b)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _clock(text: str) -> tuple[int, int, int] | None:
    found = _CLOCK.search(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _moment(day: date, clock: tuple[int, int, int] | None, zone: str | None, how: str) -> Moment:
    if clock is None:
        return Moment(day.isoformat(), how)
    return Moment(datetime(day.year, day.month, day.day, *clock).isoformat() + _offset(zone), how)


def _offset(zone: str | None) -> str:
    """`+HH:MM`; empty for no zone, or none that there is."""
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    return f"{zone[0]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
