"""Events: who did what to whom, where, when and on whose word, as `coding.py` reads them from a text."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.analysis.counts import Count
from onrecord.analysis.plover import Status
from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        id: `e1`, `e2` ... in the order of the text.
        type, modes, contexts: PLOVER's; cameo: the nearest CAMEO code.
        trigger: the words that tell it; sentence: where they stand.
        actors, recipients, places, dates: spans; none where the text names none.
        mutual: all parties do the same to each other.
        reported_by: the id of the statement on whose word it is told; None in the reporter's own voice.
        confidence: the chance that the trigger tells an event of this type.
    """

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str
    status: Status
    trigger: Span
    sentence: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    places: tuple[Span, ...]
    dates: tuple[Span, ...]
    dead: Count | None
    injured: Count | None
    crowd: Count | None
    mutual: bool
    reported_by: str | None
    confidence: float
