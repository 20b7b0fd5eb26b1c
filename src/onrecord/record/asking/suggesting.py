"""Names that begin as somebody types them: of actors, outlets and places. Each look-up is bounded, whatever the record holds."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from onrecord.record.asking.outlets import outlets_there
from onrecord.record.schema import actor_names, actors, appearances, places
from onrecord.resolution.spelling import fold

# Behind all that begins alike.
_END: Final = "\U0010ffff"
# So many names are looked at, of whom those in most reports are shown.
_LOOKED_AT: Final = 60


class Name(msgspec.Struct):
    """A name that may be meant.

    Attributes:
        name: as it is to be written.
        told: what tells it from others of the name: codes, a country.
    """

    name: str
    told: str


def actors_beginning(connection: Connection, words: str, *, limit: int) -> list[Name]:
    """Actors of whose names one begins so, those in most reports first; case, accents and hyphens do not matter."""
    if not (folded := fold(words)):
        return []
    begins = (
        select(actor_names.c.actor)
        .where(_begins(actor_names.c.folded, folded))
        .order_by(actor_names.c.folded)
        .limit(_LOOKED_AT)
    )
    often = select(func.count()).where(appearances.c.actor == actors.c.id).correlate(actors).scalar_subquery()
    query = (
        select(actors.c.name, actors.c.country, actors.c.sector)
        .where(actors.c.id.in_(begins))
        .order_by(often.desc(), actors.c.name)
        .limit(limit)
    )
    found = {row.name: (row.country or "") + (row.sector or "") for row in connection.execute(query)}
    return [Name(name, codes) for name, codes in found.items()]


def outlets_beginning(connection: Connection, words: str, *, limit: int) -> list[Name]:
    """Outlets of whose names a word begins so."""
    folded = fold(words)
    begin = (outlet for outlet in outlets_there(connection) if f" {folded}" in f" {fold(outlet)}")
    return [Name(outlet, "") for outlet, _ in zip(begin, range(limit), strict=False)]


def places_beginning(connection: Connection, words: str, *, limit: int) -> list[Name]:
    """Places whose name begins so, as it is written."""
    if not (begin := words.strip()):
        return []
    query = (
        select(places.c.name, places.c.country)
        .where(_begins(places.c.name, begin[:1].upper() + begin[1:]))
        .order_by(places.c.name)
        .limit(limit)
    )
    found = {row.name: row.country or "" for row in connection.execute(query)}
    return [Name(name, country) for name, country in found.items()]


def _begins(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Does a column begin so? As a range with both ends, so that no index is read further than it must."""
    return and_(column >= words, column < words + _END)
