"""The events of one report -> rows of the record, and taking them away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from onrecord.contract import AnalysisOut, CountOut, EventOut
from onrecord.record import schema
from onrecord.record.ids import place_id
from onrecord.record.prepared import insert_all
from onrecord.record.row_ids import row_number

# What hangs on an event, each by its column `event`.
_PARTS = (schema.event_parties, schema.event_modes, schema.event_contexts, schema.event_places)


def add_events(
    connection: Connection, report: int, analysis: AnalysisOut, appearances: Mapping[str, int]
) -> None:
    """Write the events of a report whose statements, actors and places are there.

    Args:
        report: its number (`articles.serial`).
        appearances: numbers of appearances by the report's ids of actors (`a1`, ...).
    """
    places = {place.id: place_id(place) for place in analysis.places}
    firsts = _firsts(analysis.events)
    rows: list[dict[str, Any]] = []
    parts: dict[Table, list[dict[str, Any]]] = {table: [] for table in _PARTS}
    for number, event in enumerate(analysis.events, 1):
        id = row_number(report, event.id)
        row = event_values(event, analysis.text)
        rows.append(
            row
            | {
                "id": id,
                "article": report,
                "number": number,
                "place": places[event.place] if event.place else None,
                "reported_by": row_number(report, event.reported_by) if event.reported_by else None,
                "same_as": row_number(report, firsts[event.id]) if event.same_as else None,
                # Until it is joined with the other reports of the story.
                "event": row_number(report, firsts[event.id]),
            }
        )
        parts[schema.event_parties] += party_rows(id, event, analysis.text, appearances)
        parts[schema.event_modes] += [
            {"event": id, "number": n, "mode": m} for n, m in enumerate(event.modes, 1)
        ]
        parts[schema.event_contexts] += [
            {"event": id, "number": n, "context": c} for n, c in enumerate(event.contexts, 1)
        ]
        parts[schema.event_places] += [
            {"event": id, "number": n} | _span(p, analysis.text) for n, p in enumerate(event.places, 1)
        ]
    # First tellings first, for the foreign key.
    insert_all(connection, schema.events, sorted(rows, key=lambda r: r["same_as"] is not None))
    for table, found in parts.items():
        insert_all(connection, table, found)


def remove_events(connection: Connection, article: str) -> None:
    """Take away the events of a report."""
    ids = select(schema.events.c.id).where(schema.events.c.article == article)
    for table in _PARTS:
        connection.execute(delete(table).where(table.c.event.in_(ids)))
    connection.execute(delete(schema.events).where(schema.events.c.article == article))


def _firsts(events: Sequence[EventOut]) -> dict[str, str]:
    """For each event the first one that it tells again, itself if none."""
    by_id = {e.id: e for e in events}

    def first(event: EventOut) -> str:
        return first(by_id[event.same_as]) if event.same_as else event.id

    return {e.id: first(e) for e in events}


def event_values(event: EventOut, text: str) -> dict[str, Any]:
    """What a row of `events` says that needs nothing but the event and the text of its report."""
    time = event.date
    return {
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "status": event.status,
        "mutual": event.mutual,
        "confidence": event.confidence,
        "from_date": time.from_ if time else None,
        "to_date": time.to if time else None,
        **_span(event.trigger, text, "trigger_"),
        "sentence_start": event.sentence.start,
        "sentence_end": event.sentence.end,
        **_span(time, text, "time_"),
        **_count(event.dead, text, "dead_"),
        **_count(event.injured, text, "injured_"),
        **_count(event.crowd, text, "crowd_"),
    }


def _count(count: CountOut | None, text: str, prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}low": count.low if count else None,
        f"{prefix}high": count.high if count else None,
        f"{prefix}about": count.about if count else None,
        **_span(count, text, prefix),
    }


def _span(span: Any, text: str, prefix: str = "") -> dict[str, Any]:
    """Start, end and words of anything that has a place in the text, or nulls for nothing."""
    return {
        f"{prefix}start": span.start if span else None,
        f"{prefix}end": span.end if span else None,
        f"{prefix}text": text[span.start : span.end] if span else None,
    }


def party_rows(
    id: int | str, event: EventOut, text: str, appearances: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of `event_parties` of an event.

    Args:
        id: of its row, as the column takes it; so are `appearances`, by the report's ids of actors.
    """
    return [
        {
            "event": id,
            "role": role,
            "number": number,
            "actor": appearances[party.actor] if party.actor else None,
            # Of whoever has a name the codes are those of who it is, which a correction may change.
            "country": None if party.actor else party.country,
            "sector": None if party.actor else party.sector,
            **_span(party, text),
        }
        for role, parties in (("actor", event.actors), ("recipient", event.recipients))
        for number, party in enumerate(parties, 1)
    ]
