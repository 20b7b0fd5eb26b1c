"""The days of an event: those that its report tells, else the day of the report, and which of the two it is."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from onrecord.record.asking.event_types import Event

TOLD: Final = "text"
OF_REPORT: Final = "published"


class Days(NamedTuple):
    """First and last day; `how` says whether the text tells them or they are the report's; all None if neither is known.

    Where the text leaves an end open, the other one stands alone: `last` is None for *since Monday*, and for
    *until Friday* the first is that Friday.
    """

    first: str | None
    last: str | None
    how: Literal["text", "published"] | None


def days_of(event: Event) -> Days:
    """The days of an event."""
    time = event.date
    if time and (time.from_ or time.to):
        return Days(time.from_ or time.to, time.to, TOLD)
    if event.published:
        day = event.published[:10]
        return Days(day, day, OF_REPORT)
    return Days(None, None, None)
