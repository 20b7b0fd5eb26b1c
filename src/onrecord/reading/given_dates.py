"""The publication time as a row of a table or JSON gives it -> ISO 8601.

Rows come from databases and crawlers as well as from people: apart from written dates they hold native
dates, `20220107`, and seconds or milliseconds since 1970.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from onrecord.reading.moments import read_moment

# The first printed newspaper is of 1605. Databases write unknown days as the year 1 or 1601.
FIRST_YEAR = 1605
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
# 20220107, 20220107093000 (GDELT, web archives).
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?", re.ASCII)
_NUMBER = re.compile(r"\d{9,13}(?:\.\d{1,9})?", re.ASCII)
# What counts as seconds since 1970, and by the thousand as milliseconds: 1990 to 2100. The two stretches
# are far apart from each other and from eight- and fourteen-digit days.
_FIRST_SECOND, _LAST_SECOND = 631_152_000, 4_102_444_800


def read_given_date(value: object) -> str | None:
    """A day or time in ISO 8601; None for what is no date.

    What already is an ISO date or time stays as it is; a zone is kept where one is given, and none is
    added.

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
    moment = read_moment(text, how="given")
    return moment.iso if moment else None


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
