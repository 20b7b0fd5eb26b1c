"""What a report is called, without its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.record.parts import in_parts
from onrecord.record.schema import articles


class Head(msgspec.Struct):
    """A report by its headline, else its title, with outlet and day."""

    id: str
    published: str | None
    outlet: str | None
    headline: str | None


def head_line() -> ColumnElement[Any]:
    """The headline of a report, else its title."""
    return func.coalesce(articles.c.headline, articles.c.title).label("headline")


def heads_of(connection: Connection, ids: Iterable[str]) -> dict[str, Head]:
    """What some reports are called, by their ids; what is not on record is left out."""
    table = articles.c
    query = select(table.id, table.published, table.outlet, head_line())
    found: dict[str, Head] = {}
    for part in in_parts(ids):
        found |= {row.id: Head(*row) for row in connection.execute(query.where(table.id.in_(part)))}
    return found
