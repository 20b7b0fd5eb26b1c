"""The places of the record as rows, by their ids: where each lies, which reports name it, and how much happened there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from onrecord.record.asking.event_types import Where
from onrecord.record.asking.stories import tellers_of
from onrecord.record.export.by_id import rows_by_id
from onrecord.record.export.flat import Column, of
from onrecord.record.schema import events, place_mentions, places

# Places that are fetched at a time.
_MANY: Final = 200


class PlaceRow(Where):
    """A place on record.

    Attributes:
        country: alpha-3.
        words: all by which reports call it.
        mentions: how often it is named; `events`: how many events lie there, each once.
        reports, stories, origins: in how many it is named, also in captions; copies count once.
    """

    words: list[str]
    mentions: int
    events: int
    reports: int
    stories: int
    origins: int
    articles: list[str]


def find_place_rows(connection: Connection, *, limit: int | None = None) -> Iterator[PlaceRow]:
    """All places, by their ids; some are fetched at a time."""
    for rows in rows_by_id(connection, select(places), places.c.id, many=_MANY, limit=limit):
        yield from _rows(connection, rows)


def _rows(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[PlaceRow]:
    ids = [row.id for row in rows]
    at = place_mentions
    words: dict[str, dict[str, None]] = {}
    named: dict[str, dict[str, None]] = {}
    times: dict[str, int] = {}
    query = (
        select(at.c.place, at.c.article, at.c.text, func.count().label("times"))
        .where(at.c.place.in_(ids))
        .group_by(at.c.place, at.c.article, at.c.text)
    )
    for row in connection.execute(query):
        named.setdefault(row.place, {})[row.article] = None
        if row.text is not None:
            words.setdefault(row.place, {})[" ".join(row.text.split())] = None
            times[row.place] = times.get(row.place, 0) + row.times
    there = select(events.c.place, func.count(events.c.event.distinct())).where(events.c.place.in_(ids))
    happened = {id: int(n) for id, n in connection.execute(there.group_by(events.c.place))}
    tellers = tellers_of(connection, {id: list(named.get(id, ())) for id in ids})
    for row in rows:
        yield PlaceRow(
            id=row.id,
            name=row.name,
            geonames=row.geonames,
            lat=row.lat,
            lon=row.lon,
            country=row.country,
            region=row.region,
            kind=row.kind,
            words=sorted(words.get(row.id, ())),
            mentions=times.get(row.id, 0),
            events=happened.get(row.id, 0),
            reports=tellers[row.id].articles,
            stories=tellers[row.id].stories,
            origins=tellers[row.id].origins,
            articles=sorted(named.get(row.id, ())),
        )


COLUMNS: Final[Sequence[Column[PlaceRow]]] = (
    Column("id", "text", of("id")),
    Column("name", "text", of("name")),
    Column("geonames", "integer", of("geonames")),
    Column("lat", "number", of("lat")),
    Column("lon", "number", of("lon")),
    Column("country", "text", of("country")),
    Column("region", "text", of("region")),
    Column("kind", "text", of("kind")),
    Column("words", "list", of("words")),
    Column("mentions", "integer", of("mentions")),
    Column("events", "integer", of("events")),
    Column("reports", "integer", of("reports")),
    Column("stories", "integer", of("stories")),
    Column("origins", "integer", of("origins")),
    Column("articles", "list", of("articles")),
)
