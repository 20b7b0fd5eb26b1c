"""An event with the crowd that took part in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.counts import Count
from onrecord.analysis.crowds import counts_bodies, crowd_of, marchers, turnout
from onrecord.analysis.events import Event


def with_crowd(text: str, event: Event, events: Sequence[Event]) -> Event:
    """The event with its crowd: what the head finds, unless that counts bodies or is the number of another gathering's
    people, and its own are told as well (*6,000 demonstrated and about 450 marched*)."""
    crowd = event.crowd
    if crowd and event.type == "PROTEST":
        own = next((c for c in (marchers(text, a) for a in event.actors) if c and c.high != 1), None)
        others = (a for other in events for a in other.actors if other is not event)
        if (
            own
            and not any(a.meets(crowd.span) for a in event.actors)
            and any(a.meets(crowd.span) for a in others)
        ):
            return replace(event, crowd=own)
        if counts_bodies(text, crowd.span):
            crowd = None
    crowd = crowd or crowd_told(text, event)
    return event if crowd is event.crowd else replace(event, crowd=crowd)


def crowd_told(text: str, event: Event) -> Count | None:
    """How many took part in a protest, or in violence by a crowd; one is no crowd."""
    if event.type == "PROTEST":
        counts = [*(marchers(text, a) for a in event.actors), turnout(text, event.trigger, event.sentence)]
    else:
        counts = [crowd_of(text, a) for a in event.actors if event.type == "ASSAULT"]
    return next((c for c in counts if c and c.high != 1), None)
