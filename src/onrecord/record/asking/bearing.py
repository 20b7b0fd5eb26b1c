"""Who bears a name, in a line each: enough to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.record.asking.actors import find_actors
from onrecord.record.asking.appearing import report_of
from onrecord.record.dialects import begins_with
from onrecord.record.schema import actor_names, actors, appearances
from onrecord.resolution.spelling import fold

# So many names are looked at that begin as somebody types, of whom those in most reports are shown.
_LOOKED_AT: Final = 60


class Bearer(msgspec.Struct):
    """Somebody, and in how many reports (`reports`) they appear."""

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    reports: int


def bearers_of(connection: Connection, words: str, *, limit: int) -> tuple[list[Bearer], int]:
    """Whom an id or a name may mean, those in most reports first, and how many they are in all.

    Args:
        limit: so many at most.
    """
    ids = find_actors(connection, words)
    return _bearers(connection, ids[:limit]), len(ids)


def bearers_beginning(connection: Connection, words: str, *, limit: int) -> list[Bearer]:
    """Some of those of whose names one begins so, those in most reports first; case, accents and hyphens do not matter."""
    if not (folded := fold(words)):
        return []
    column = actor_names.c.folded
    begins = select(actor_names.c.actor).where(begins_with(column, folded)).order_by(column).limit(_LOOKED_AT)
    ids = sorted(set(connection.execute(begins).scalars()))
    return sorted(_bearers(connection, ids), key=lambda b: (-b.reports, b.name, b.id))[:limit]


def _bearers(connection: Connection, ids: Sequence[str]) -> list[Bearer]:
    often = (
        select(func.count(report_of(appearances.c.id).distinct()))
        .where(appearances.c.actor == actors.c.id)
        .correlate(actors)
        .scalar_subquery()
    )
    table = actors.c
    query = select(table.id, table.name, table.type, table.country, table.sector, often)
    found = {row.id: Bearer(*row) for row in connection.execute(query.where(table.id.in_(ids)))}
    return [found[id] for id in ids if id in found]
