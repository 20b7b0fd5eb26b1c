"""What one report has beside its statements: its frame; who, where and when, each with its places in the text."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.contract import SuspicionOut, suspicion_out
from onrecord.record.asking.event_types import Where
from onrecord.record.asking.statements import Evidence
from onrecord.record.schema import actors, appearances, articles, mentions, place_mentions, places, times
from onrecord.resolution.stories.suspicion import suspect_copy


class ActorThere(msgspec.Struct):
    """Somebody who appears in a report, after corrections, with where they are mentioned."""

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    evidence: list[Evidence]


class PlaceThere(Where):
    """A place that a report names; without evidence where a caption alone names it."""

    confidence: float | None
    evidence: list[Evidence]


class TimeThere(msgspec.Struct):
    """A time expression with its first and last day."""

    from_: str | None = msgspec.field(name="from")
    to: str | None
    kind: str
    mod: str | None
    evidence: Evidence


class Found(msgspec.Struct):
    """Actors and places in the order of their first mention, times in the order of the text.

    Attributes:
        frame, furniture: what the report says of itself, and the lines that were cut, in the words of the output; of a
            report that an older onrecord read without what it did not know.
        suspect_copy: what betrays that a machine swapped words of another report.
        row: the row that it was read from, in the words of `articles.source_map`; None for what was none.
    """

    actors: list[ActorThere]
    places: list[PlaceThere]
    times: list[TimeThere]
    frame: dict[str, Any]
    furniture: list[dict[str, Any]]
    suspect_copy: SuspicionOut | None
    row: dict[str, Any] | None = None


def found_in(connection: Connection, article: str) -> Found:
    """What is found in a report, given its id."""
    row = connection.execute(
        select(
            articles.c.text, articles.c.model, articles.c.frame, articles.c.furniture, articles.c.source_map
        ).where(articles.c.id == article)
    ).one()
    return Found(
        _actors(connection, article, row.text),
        _places(connection, article),
        _times(connection, article),
        msgspec.json.decode(row.frame),
        msgspec.json.decode(row.furniture),
        # Where no model read it, it is not in English.
        suspicion_out(row.text, suspect_copy(row.text)) if row.model else None,
        msgspec.json.decode(row.source_map).get("row") if row.source_map else None,
    )


def _actors(connection: Connection, article: str, text: str) -> list[ActorThere]:
    there: dict[str, ActorThere] = {}
    of_appearance: dict[str, ActorThere] = {}
    query = (
        select(appearances.c.id.label("appearance"), actors)
        .join(actors, actors.c.id == appearances.c.actor)
        .where(appearances.c.article == article)
        # Who was parted from somebody by a correction has the same number.
        .order_by(appearances.c.number, appearances.c.id)
    )
    for row in connection.execute(query):
        new = ActorThere(row.id, row.name, row.type, row.country, row.sector, [])
        of_appearance[row.appearance] = there.setdefault(row.id, new)
    # The text is here: a database would go through it from its beginning for each mention.
    where = (
        select(mentions.c.actor, mentions.c.start, mentions.c.end)
        .where(mentions.c.article == article, mentions.c.actor.is_not(None))
        .order_by(mentions.c.number)
    )
    for row in connection.execute(where):
        words = text[row.start : row.end]
        of_appearance[row.actor].evidence.append(Evidence(article, row.start, row.end, words))
    return list(there.values())


def _places(connection: Connection, article: str) -> list[PlaceThere]:
    there: dict[str, PlaceThere] = {}
    at = place_mentions
    columns = (at.c.article, at.c.start, at.c.end, at.c.text, at.c.confidence)
    query = (
        select(*columns, *places.c)
        .join(places, places.c.id == at.c.place)
        .where(at.c.article == article)
        .order_by(at.c.number)
    )
    for row in connection.execute(query):
        place = there.setdefault(
            row.id,
            PlaceThere(
                row.id,
                row.name,
                row.geonames,
                row.lat,
                row.lon,
                row.country,
                row.region,
                row.kind,
                row.confidence,
                [],
            ),
        )
        if row.start is not None:
            place.evidence.append(_evidence(row))
    return list(there.values())


def _times(connection: Connection, article: str) -> list[TimeThere]:
    rows = connection.execute(select(times).where(times.c.article == article).order_by(times.c.number))
    return [TimeThere(r.from_date, r.to_date, r.kind, r.mod, _evidence(r)) for r in rows]


def _evidence(row: Any) -> Evidence:
    return Evidence(row.article, row.start, row.end, row.text)
