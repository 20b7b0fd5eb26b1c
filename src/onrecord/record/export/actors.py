"""The actors of the record as rows, by their ids: who is meant over all reports, after corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from onrecord.record.asking.stories import tellers_of
from onrecord.record.export.by_id import rows_by_id
from onrecord.record.export.flat import Column, of
from onrecord.record.parts import in_parts
from onrecord.record.people import is_registered
from onrecord.record.schema import actor_names, actors, appearances, mentions, roles, statements, subjects

# Actors that are fetched at a time.
_MANY: Final = 200


class Office(msgspec.Struct):
    """An office held, with the days known."""

    title: str
    of: str | None
    from_: str | None = msgspec.field(name="from")
    to: str | None


class ActorRow(msgspec.Struct):
    """Somebody on record.

    Attributes:
        registry: the id of the shipped registry; None of whom it does not know.
        names: all by which reports call them.
        source, subject, addressee: of how many statements; `mentions`: by how many they are meant.
        reports, stories, origins: in how many they appear; copies count once.
        articles: ids of these reports.
    """

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    registry: str | None
    names: list[str]
    roles: list[Office]
    source: int
    subject: int
    addressee: int
    mentions: int
    reports: int
    stories: int
    origins: int
    articles: list[str]


def find_actor_rows(connection: Connection, *, limit: int | None = None) -> Iterator[ActorRow]:
    """All actors, by their ids; some are fetched at a time."""
    for rows in rows_by_id(connection, select(actors), actors.c.id, many=_MANY, limit=limit):
        yield from actor_rows(connection, rows)


def actor_rows(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[ActorRow]:
    """Some hundreds of rows of `actors` with all that is known of them."""
    ids = [row.id for row in rows]
    theirs = appearances.c.actor.in_(ids)
    names = _lists(
        connection,
        select(actor_names.c.actor, actor_names.c.name)
        .where(actor_names.c.actor.in_(ids))
        .order_by(actor_names.c.actor, actor_names.c.name),
    )
    reports = _lists(
        connection,
        select(appearances.c.actor, appearances.c.article).where(theirs).distinct(),
    )
    found = _lists(connection, select(appearances.c.actor, appearances.c.found).where(theirs).distinct())
    offices = _offices(connection, {id for them in found.values() for id in them})
    source = _counts(connection, theirs, statements.c.source_actor, statements.c.id)
    subject = _counts(connection, theirs, subjects.c.actor, subjects.c.statement)
    addressee = _counts(connection, theirs, statements.c.addressee, statements.c.id)
    meant = _counts(connection, theirs, mentions.c.actor, mentions.c.article, distinct=False)
    tellers = tellers_of(connection, {id: reports.get(id, []) for id in ids})
    for row in rows:
        held = {
            (r.title, r.of, r.from_date, r.to_date)
            for id in found.get(row.id, [])
            for r in offices.get(id, [])
        }
        ordered = sorted(held, key=lambda r: (r[2] or "", r[3] or "", r[0], r[1] or ""))
        yield ActorRow(
            id=row.id,
            name=row.name,
            type=row.type,
            country=row.country,
            sector=row.sector,
            registry=row.id if is_registered(row.id) else None,
            names=names.get(row.id, []),
            roles=[Office(*r) for r in ordered],
            source=source.get(row.id, 0),
            subject=subject.get(row.id, 0),
            addressee=addressee.get(row.id, 0),
            mentions=meant.get(row.id, 0),
            reports=tellers[row.id].articles,
            stories=tellers[row.id].stories,
            origins=tellers[row.id].origins,
            articles=sorted(reports.get(row.id, [])),
        )


def _lists(connection: Connection, query: Select[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row[0], []).append(row[1])
    return found


def _offices(connection: Connection, found: set[str]) -> dict[str, list[Row[Any]]]:
    by: dict[str, list[Row[Any]]] = {}
    for part in in_parts(sorted(found), _MANY):
        query = select(roles).where(roles.c.found.in_(part))
        for row in connection.execute(query):
            by.setdefault(row.found, []).append(row)
    return by


def _counts(
    connection: Connection,
    theirs: ColumnElement[bool],
    appearance: ColumnElement[Any],
    counted: ColumnElement[Any],
    *,
    distinct: bool = True,
) -> dict[str, int]:
    number = func.count(counted.distinct()) if distinct else func.count(counted)
    query = (
        select(appearances.c.actor, number)
        .select_from(appearances.join(appearance.table, appearances.c.id == appearance))
        .where(theirs)
        .group_by(appearances.c.actor)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


COLUMNS: Final[Sequence[Column[ActorRow]]] = (
    Column("id", "text", of("id")),
    Column("name", "text", of("name")),
    Column("type", "text", of("type")),
    Column("country", "text", of("country")),
    Column("sector", "text", of("sector")),
    Column("registry", "text", of("registry")),
    Column("names", "list", of("names")),
    # Lists of one length.
    Column("roles", "list", lambda a: [r.title for r in a.roles]),
    Column("role_of", "list", lambda a: [r.of or "" for r in a.roles]),
    Column("role_from", "list", lambda a: [r.from_ or "" for r in a.roles]),
    Column("role_to", "list", lambda a: [r.to or "" for r in a.roles]),
    Column("source", "integer", of("source")),
    Column("subject", "integer", of("subject")),
    Column("addressee", "integer", of("addressee")),
    Column("mentions", "integer", of("mentions")),
    Column("reports", "integer", of("reports")),
    Column("stories", "integer", of("stories")),
    Column("origins", "integer", of("origins")),
    Column("articles", "list", of("articles")),
)
