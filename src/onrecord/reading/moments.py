"""Moments as pages and reports write them -> ISO 8601, with the zone where one is given and none where not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

_ISO = re.compile(
    r"(?<!\d)(?P<day>(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)"
    r"(?:[T ]+(?P<clock>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?(?P<half>\s?[ap]\.?m\b)?\s?(?P<zone>Z|[+-]\d\d:?\d\d|UTC|GMT|[ECMP][SD]?T\b)?)?",
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
    rf"|(?P<d2>\d\d?)(?:(?:st|nd|rd|th)?\s+(?:of\s+)?|-){_MONTH.replace('month', 'month2')}(?:,?\s+|-)(?P<y2>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
# As C's ctime has it, and Twitter with the zone: Fri Jan 07 18:23:04 +0000 2022.
_CLOCK_BEFORE_YEAR = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d\d?)\s+\d\d?:\d\d(?::\d\d)?\s+(?:(?:[+-]\d\d:?\d\d|[A-Z]{{1,4}})\s+)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# 2022/01/07: no order but one. Not within an address.
_YEAR_FIRST = re.compile(r"(?<![\w/.-])((?:19|20)\d\d)([/.])(\d\d?)\2(\d\d?)(?![\d/])")
_SLASHED = re.compile(r"\b(?P<a>\d\d?)(?P<mark>[/.])(?P<b>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d)\b")
# RFC 822, as feeds and some pages have it: Fri, 22 Dec 2023 17:15:49 +0000.
_CLOCK = re.compile(
    r"\b(\d\d?):(\d\d)(?::(\d\d))?(?!\d)\s*(?:([ap])\.?m\b\.?)?\s*\(?(Z\b|UTC|GMT|[+-]\d\d:?\d\d|[ECMP][SD]?T\b|CES?T\b|AE[SD]T\b)?",
    re.IGNORECASE,
)
# Zones that pages print. Names that mean several (IST, BST) are left out.
_EAST_OF_UTC = {"CET": 1, "CEST": 2, "AEST": 10, "AEDT": 11}
_WEST_OF_UTC = {"E": 5, "C": 6, "M": 7, "P": 8}  # in winter, by the first letter: EST, EDT, ET
_MAX_OFFSET = timedelta(hours=14)
_OFFSET_STEP = timedelta(minutes=15)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<mark>[/-]?)(?P<month>(?<!\d{4})\d\d?|\d\d|[a-z]{3})(?P=mark)(?P<day>(?<!\d{6})\d\d?|\d\d)(?=[/_-]|\Z)"
)
# A line with a day in it and more words than this is a sentence.
_MAX_PRINTED_CHARS = 110
_MAX_ADDRESS_CHARS = 500
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

    @property
    def has_clock(self) -> bool:
        """Is a time of the day given?"""
        return len(self.iso) > len("2023-12-22")

    @property
    def has_zone(self) -> bool:
        """Is the time's zone given?"""
        return len(self.iso) > len("2023-12-22T17:05:00")

    def is_day_beside(self, printed: Moment) -> bool:
        """Is the printed day the day before or after, as it is where a page's zone is not its metadata's?"""
        return abs(self.day - printed.day) == timedelta(days=1)

    def in_zone_of(self, printed: Moment) -> Moment | None:
        """The same moment in the zone of a printed time that has none; None if it is another moment.

        >>> utc = Moment("2023-12-23T01:05:30+00:00", "page metadata")
        >>> utc.in_zone_of(Moment("2023-12-22T20:05:00", "printed")).iso
        '2023-12-22T20:05:30-05:00'
        """
        if not (self.has_zone and printed.has_clock) or printed.has_zone:
            return None
        here = datetime.fromisoformat(self.iso)
        utc = here.replace(tzinfo=None) - (here.utcoffset() or timedelta())
        offset = datetime.fromisoformat(printed.iso) - utc.replace(second=0)
        if abs(offset) > _MAX_OFFSET or offset % _OFFSET_STEP:
            return None
        return Moment(here.astimezone(timezone(offset)).isoformat(), self.how)


def read_moment(value: str, *, how: str, most_chars: int = 80) -> Moment | None:
    """Read what a page or feed gives as a time; None if there is no whole day in it.

    >>> read_moment("2022-01-07T09:30:00Z", how="page metadata").iso
    '2022-01-07T09:30:00+00:00'
    >>> read_moment("Fri, 12/22/2023 - 05:00", how="page metadata").iso
    '2023-12-22T05:00:00'
    >>> read_moment("Fri Jan 07 18:23:04 +0000 2022", how="page metadata").iso
    '2022-01-07T18:23:04+00:00'
    """
    value = _YEAR_FIRST.sub(r"\1-\3-\4", value.strip()[:most_chars])
    if found := _ISO.search(value):
        day = _day(*(int(n) for n in found["day"].split("-")))
        clock_text = (found["clock"] or "") + (found["half"] or "")
        return _moment(day, _clock(clock_text), found["zone"], how) if day else None
    if found := _WRITTEN.search(value):
        day = _written_day(found)
    elif found := _CLOCK_BEFORE_YEAR.search(value):
        day = _day(int(found["year"]), _MONTHS[found["month"].lower()[:3]], int(found["day"]))
    elif found := _SLASHED.search(value):
        day = _slashed_day(found)
    else:
        return None
    if day is None:
        return None
    clock = _CLOCK.search(value, found.end()) or _CLOCK.search(value)
    return _moment(day, _clock(clock[0]) if clock else None, clock[5] if clock else None, how)


def read_printed(line: str) -> Moment | None:
    """The day, and the time if there is one, on a short line, as a reader of the page sees it.

    >>> read_printed("Published: Dec. 22, 2023, 5:05 pm EST").iso
    '2023-12-22T17:05:00-05:00'
    """
    if len(line) > _MAX_PRINTED_CHARS or not (
        _WRITTEN.search(line) or _ISO.search(line) or _SLASHED.search(line)
    ):
        return None
    return read_moment(line, how="printed on the page", most_chars=_MAX_PRINTED_CHARS)


def read_address_day(url: str) -> Moment | None:
    """The day in the path of an address (`/2023/12/22/`, `/2023/dec/22/`, `/2023-12-22-`); None if there is none.

    >>> read_address_day("https://echo.example/world/2023/dec/22/bridge-opens").iso
    '2023-12-22'
    """
    for found in _IN_ADDRESS.finditer(url.lower()[:_MAX_ADDRESS_CHARS]):
        month = _MONTHS.get(found["month"]) or (int(found["month"]) if found["month"].isdigit() else 0)
        if day := _day(int(found["year"]), month, int(found["day"])):
            return Moment(day.isoformat(), "address of the page")
    return None


def find_days(lines: Iterable[str]) -> list[date]:
    """All days with a year that the lines tell."""
    days = [_written_day(found) for line in lines for found in _WRITTEN.finditer(line)]
    return [d for d in days if d is not None]


def _written_day(found: re.Match[str]) -> date | None:
    month = _MONTHS[(found["month"] or found["month2"]).lower()[:3]]
    return _day(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))


def _slashed_day(found: re.Match[str]) -> date | None:
    """Month first, as American pages have it; day first where the first number is no month, or with full stops."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["year"])
    return _day(year, b, a) if a > 12 or found["mark"] == "." else _day(year, a, b)


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
    return Moment(datetime(day.year, day.month, day.day, *clock).isoformat() + _offset(zone, day), how)


def _offset(zone: str | None, day: date) -> str:
    """`+HH:MM`; empty for no zone, or none that there is."""
    zone = (zone or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        return "+00:00"
    if zone in _EAST_OF_UTC:
        return f"+{_EAST_OF_UTC[zone]:02}:00"
    if zone[:1] in _WEST_OF_UTC:
        is_summer = zone[1] == "D" or (len(zone) == 2 and _is_american_summer(day))
        return f"-{_WEST_OF_UTC[zone[0]] - is_summer:02}:00"
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2] or 99), int(digits[2:] or 0)
    return f"{zone[0]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""


def _is_american_summer(day: date) -> bool:
    """From the second Sunday of March to the first one of November, as it has been since 2007."""
    first_of_march, first_of_november = date(day.year, 3, 1), date(day.year, 11, 1)
    begin = first_of_march + timedelta(days=7 + (6 - first_of_march.weekday()) % 7)
    return begin <= day < first_of_november + timedelta(days=(6 - first_of_november.weekday()) % 7)
