"""The publication time as a row of a table or JSON gives it -> ISO 8601.

Rows come from databases and crawlers as well as from people: apart from written dates they hold native
dates, `20220107`, and seconds or milliseconds since 1970.

Whether 01/07/2022 is in January or in July, no single value tells; the others of its file do, if one has a
number above 12 (`GivenDates`). Where none has, the day stays unknown.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from onrecord.reading.moments import read_moment
from onrecord.reading.place import one_line

# The first printed newspaper is of 1605. Databases write unknown days as the year 1 or 1601.
FIRST_YEAR = 1605
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
# 20220107, 20220107093000 (GDELT, web archives).
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?", re.ASCII)
_NUMBER = re.compile(r"\d{9,13}(?:\.\d{1,9})?", re.ASCII)
# What counts as seconds since 1970, and by the thousand as milliseconds: 1990 to 2100. The two stretches
# are far apart from each other and from eight- and fourteen-digit days.
_FIRST_SECOND, _LAST_SECOND = 631_152_000, 4_102_444_800
# 01/07/2022, 1-7-2022. With full stops the day is first wherever people write so, as `read_moment` has it.
_IN_NUMBERS = re.compile(r"(?<!\d)(?<!\d-)(\d\d?)([/-])(\d\d?)\2((?:19|20)\d\d)(?!\d)", re.ASCII)
_LAST_MONTH, _LAST_DAY = 12, 31
_MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# As far into a value as a date is looked for.
_MAX_CHARS = 80
_log = logging.getLogger("onrecord")


@dataclass(slots=True)
class _Unread:
    """How many values were not read, and the first of them."""

    count: int = 0
    first: str = ""

    def add(self, value: object) -> None:
        if not self.count:
            self.first = _shown(value)
        self.count += 1


class GivenDates:
    """The dates of one file: in which order it writes day and month, and what could not be read.

    `look_at` all values first, then `read` them, then `tell`.
    """

    def __init__(self) -> None:
        self._has_day_first = False
        self._has_month_first = False
        self._undecided = _Unread()
        self._unreadable = _Unread()

    @property
    def is_day_first(self) -> bool | None:
        """Does the day come before the month? None where the file does not show it, or shows both."""
        return self._has_day_first if self._has_day_first != self._has_month_first else None

    def look_at(self, value: object) -> bool:
        """Learn the order from a value; whether it is a day in numbers, of which the order matters."""
        found = _in_numbers(value) if isinstance(value, str) else None
        if found is None:
            return False
        first, second = int(found[1]), int(found[3])
        self._has_day_first |= _LAST_MONTH < first <= _LAST_DAY and second <= _LAST_MONTH
        self._has_month_first |= _LAST_MONTH < second <= _LAST_DAY and first <= _LAST_MONTH
        return True

    def read(self, values: Iterable[object]) -> str | None:
        """The first of a row's values that is a date, in ISO 8601; None if none is."""
        given = [value for value in values if not _is_blank(value)]
        for value in given:
            if day := read_given_date(value, is_day_first=self.is_day_first):
                return day
        if given:
            is_undecided = self.is_day_first is None and any(
                isinstance(value, str) and _in_numbers(value) for value in given
            )
            (self._undecided if is_undecided else self._unreadable).add(given[0])
        return None

    def tell(self, origin: str) -> None:
        """Say on the log, which is standard error, how many values were not read, and why."""
        if self._undecided.count:
            why = "has days of both orders" if self._has_day_first else "has no number above 12 to show it"
            _log.warning(
                f"{origin}: {_counted(self._undecided.count)} not read, since day and month may stand in either order (first: {self._undecided.first!r}) and the file {why}. Write them as YYYY-MM-DD."
            )
        if self._unreadable.count:
            _log.warning(
                f"{origin}: {_counted(self._unreadable.count)} not read, since what is given is no date (first: {self._unreadable.first!r}). Write them as YYYY-MM-DD."
            )


def read_given_date(value: object, *, is_day_first: bool | None = None) -> str | None:
    """A day or time in ISO 8601; None for what is no date.

    What already is an ISO date or time stays as it is; a zone is kept where one is given, and none is
    added.

    Args:
        is_day_first: in days of numbers (07/01/2022) the day comes first; None if that is not known: then those
            are read that can be read one way only.

    >>> read_given_date("07/01/2022", is_day_first=True)
    '2022-01-07'
    >>> read_given_date("Fri, 07 Jan 2022 09:30:00 GMT")
    '2022-01-07T09:30:00+00:00'
    >>> read_given_date(1641547800)
    '2022-01-07T09:30:00+00:00'
    >>> read_given_date("last Friday")
    """
    if isinstance(value, date):  # a datetime is one
        return value.isoformat() if value.year >= FIRST_YEAR else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if _is_whole(value) else repr(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _ISO.fullmatch(text):
        return text if _is_valid(text) else None
    if found := _COMPACT.fullmatch(text):
        return _compact_date(found)
    if _NUMBER.fullmatch(text):
        return _epoch_date(float(text))
    if found := _in_numbers(text):
        written = _written_out(found, is_day_first)
        if written is None:
            return None
        text = text[: found.start()] + written + text[found.end() :]
    moment = read_moment(text, how="given")
    return moment.iso if moment else None


def _written_out(found: re.Match[str], is_day_first: bool | None) -> str | None:
    """A day in numbers with the month's name; None if it is no day, or may be two."""
    first, second = int(found[1]), int(found[3])
    if max(first, second) > _LAST_MONTH:
        is_day_first = first > _LAST_MONTH
    elif is_day_first is None and first != second:
        return None
    day, month = (first, second) if is_day_first else (second, first)
    return f"{day} {_MONTH_NAMES[month - 1]} {found[4]}" if 1 <= month <= _LAST_MONTH else None


def _is_blank(value: object) -> bool:
    is_nan = isinstance(value, float) and value != value
    return value is None or is_nan or (isinstance(value, str) and not value.strip())


def _in_numbers(text: str) -> re.Match[str] | None:
    return _IN_NUMBERS.search(text, 0, _MAX_CHARS)


def _shown(value: object) -> str:
    return one_line(value.strip()[:_MAX_CHARS]) if isinstance(value, str) else type(value).__name__


def _counted(count: int) -> str:
    return "a day of publication is" if count == 1 else f"{count:,} days of publication are"


def _is_whole(number: float) -> bool:
    return isinstance(number, int) or number.is_integer()


def _is_valid(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).year >= FIRST_YEAR
    except ValueError:
        return False


def _compact_date(found: re.Match[str]) -> str | None:
    parts = [int(part) for part in found.groups() if part is not None]
    try:
        return (date(*parts) if len(parts) == 3 else datetime(*parts)).isoformat()  # type: ignore[arg-type]
    except ValueError:
        return None


def _epoch_date(number: float) -> str | None:
    seconds = number if number <= _LAST_SECOND else number / 1000
    if not _FIRST_SECOND <= seconds <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()
