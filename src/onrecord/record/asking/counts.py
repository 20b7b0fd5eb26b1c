"""How many rows there are."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from onrecord.record import schema

_COUNTED = (
    schema.articles,
    schema.stories,
    schema.statements,
    schema.events,
    schema.actors,
    schema.mentions,
    schema.places,
    schema.times,
    schema.corrections,
)


def counts(connection: Connection) -> dict[str, int]:
    """How many rows the main tables have (each event once), and of how many origins all reports are: copies count once."""
    found = {table.name: number_of(connection, table) for table in _COUNTED}
    first = {name: found.pop(name) for name in ("articles", "stories")}
    return first | {"origins": number_of_origins(connection)} | found


def number_of(connection: Connection, table: Table) -> int:
    """How many rows a table has; each event counts once, however often it is told."""
    query = select(func.count()).select_from(table)
    if table is schema.events:
        query = query.where(schema.events.c.event == schema.events.c.id)
    return connection.execute(query).scalar_one()


def number_of_origins(connection: Connection) -> int:
    """Of how many origins all reports are: copies count once."""
    return int(connection.execute(select(func.coalesce(func.sum(schema.stories.c.origins), 0))).scalar_one())
