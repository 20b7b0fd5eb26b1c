"""The margin of a report: each place where it tells an event, with what is told there and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.record.asking.event_types import Event, Telling


@dataclass(frozen=True, slots=True)
class Note:
    """One telling.

    Attributes:
        again: the name of the first telling of the event in this report (*e1*); None for that one.
    """

    event: Event
    telling: Telling
    again: str | None

    @property
    def name(self) -> str:
        """What the telling is called within its report: *e2*."""
        return name_of(self.telling.id)

    @property
    def said_in(self) -> str | None:
        """The name of the statement on whose word it is told: *s1*; None where the reporter tells it."""
        word = self.telling.reported_by
        return name_of(word.statement) if word else None


def notes_of(report: str, events: Iterable[Event]) -> list[Note]:
    """The tellings of events in a report, in the order of the text.

    Args:
        report: its id; what other reports tell of the events is left out.
    """
    notes: list[Note] = []
    for event in events:
        here = sorted((t for t in event.tellings if t.article == report), key=lambda t: t.trigger.start)
        notes += [Note(event, t, name_of(here[0].id) if t is not here[0] else None) for t in here]
    return sorted(notes, key=lambda note: note.telling.trigger.start)


def name_of(id: str) -> str:
    """What a statement or a telling is called within its report.

    >>> name_of("r-76d7d0e810da43db#s3")
    's3'
    """
    return id.rpartition("#")[2]
