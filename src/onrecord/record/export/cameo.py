"""An event as rows for scripts of the ICEWS and GDELT era: a row a pair of source and target, CAMEO codes, tabs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Party
from onrecord.record.export.cells import guard_cell
from onrecord.record.scales import goldstein_value

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Country",
    "Source Sector",
    "CAMEO Code",
    "Goldstein",
    "Target Name",
    "Target Country",
    "Target Sector",
    "Status",
    "Reported By",
    "Location",
    "Location Country",
    "Latitude",
    "Longitude",
    "Publisher",
    "Published",
    "Story ID",
    "Sentence",
    "URL",
    "Reports",
    "Stories",
    "Origins",
)


def to_cameo(event: Event) -> Iterator[list[str]]:
    """The rows of an event, one for each pair of source and target; what is not known is empty.

    What all parties do to each other gives each pair both ways. An event without recipients, or without actors,
    gives rows with an empty target or source.
    """
    pairs = list(_pairs(event))
    told = event.first
    word = told.reported_by
    value = goldstein_value(event.cameo)
    place = event.place
    for number, (source, target) in enumerate(pairs, 1):
        row = (
            event.id if len(pairs) == 1 else f"{event.id}/{number}",
            days_of(event).first,
            *_codes(source),
            event.cameo,
            value,
            *_codes(target),
            event.status,
            (word.actor or word.by or word.cue) if word else None,
            place.name if place else "; ".join(p.text for p in event.places) or None,
            place.country if place else None,
            place.lat if place else None,
            place.lon if place else None,
            event.outlet,
            event.published,
            event.article,
            told.sentence.text,
            event.url,
            event.tellers.articles,
            event.tellers.stories,
            event.tellers.origins,
        )
        yield ["" if v is None else _cell(v) for v in row]


def _pairs(event: Event) -> Iterator[tuple[Party | None, Party | None]]:
    if event.mutual:
        everybody = [*event.actors, *event.recipients]
        sides = (
            [(a, r) for a, r in product(event.actors, event.recipients)]
            if event.recipients
            else [(a, b) for n, a in enumerate(everybody) for b in everybody[n + 1 :]]
        )
        if sides:
            for one, other in sides:
                yield one, other
                yield other, one
            return
    nobody: list[Party | None] = [None]
    yield from product(event.actors or nobody, event.recipients or nobody)


def _codes(party: Party | None) -> tuple[str | None, str | None, str | None]:
    return (party.name, party.country, party.sector) if party else (None, None, None)


def _cell(value: str | float) -> str:
    """A value without tabs and line ends, which would break the row, and no formula."""
    return guard_cell(" ".join(value.split())) if isinstance(value, str) else f"{value:g}"
