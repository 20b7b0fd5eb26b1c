"""The day of a report that no page or feed dates: from its dateline, and the year from its captions.

A dateline gives month and day (*LONDON, Jan. 7 (Reuters)*) and leaves the year to the paper around it.
A caption beside it often has it (*... in Almaty, January 6, 2022*): pictures are of the days before the
report, so the year is the one that puts the dateline nearest to the caption. Days told in the running
text are not used, since reports tell of years long gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from onrecord.reading.moments import MONTH_NAME, Moment, find_days, read_moment

_MONTH_AND_DAY = re.compile(
    rf"\b(?P<month>{MONTH_NAME}) ?(?P<day>\d{{1,2}})\b|\b(?P<day2>\d{{1,2}}) (?P<month2>{MONTH_NAME})(?!\w)",
    re.IGNORECASE,
)
# Farthest that a caption's day may be from the report's: agencies reuse pictures, but rarely for long.
_MAX_APART = timedelta(days=120)


def is_of_day(dateline_date: str, day: date) -> bool:
    """Has a dateline's date the month and day of this day?

    >>> is_of_day("Jan.7", date(2022, 1, 6))
    False
    """
    found = _MONTH_AND_DAY.search(dateline_date)
    if not found:
        return False
    month, number = found["month"] or found["month2"], found["day"] or found["day2"]
    moment = read_moment(f"{month} {number}, {day.year}", how="")
    return moment is not None and moment.day == day


def infer_published(dateline_date: str | None, captions: Iterable[str]) -> Moment | None:
    """The day a report was filed; None if dateline and captions do not give it.

    Args:
        dateline_date: as printed, with or without a year.
        captions: of the report's pictures.

    >>> infer_published("Jan.7", ["A burnt car in Almaty, January 6, 2022."]).iso
    '2022-01-07'
    """
    if dateline_date is None:
        return None
    if whole := read_moment(dateline_date, how="dateline"):
        return whole
    found = _MONTH_AND_DAY.search(dateline_date)
    if not found:
        return None
    nearest: tuple[timedelta, date] | None = None
    for pictured in find_days(captions):
        for year in (pictured.year - 1, pictured.year, pictured.year + 1):
            text = f"{found['month'] or found['month2']} {found['day'] or found['day2']}, {year}"
            moment = read_moment(text, how="")
            if moment and (nearest is None or abs(moment.day - pictured) < nearest[0]):
                nearest = abs(moment.day - pictured), moment.day
    if nearest is None or nearest[0] > _MAX_APART:
        return None
    return Moment(nearest[1].isoformat(), "dateline, with the year of a caption")
