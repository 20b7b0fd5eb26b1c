"""Places by what somebody calls them, and the places that lie in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from onrecord.errors import UsageError
from onrecord.record.asking.event_types import Where
from onrecord.record.schema import place_mentions, places
from onrecord.resolution.gazetteer import fold

# As many places are named when a name is none, or one of several.
_MOST_NAMED: Final = 6


class Place(Where):
    """A place of the record. `country` is an alpha-3 code; `geonames` is None for what GeoNames does not have.

    Attributes:
        mentions: how often reports name it.
    """

    mentions: int

    @property
    def lies(self) -> str:
        """Region and country, as far as they are known and are not the place itself: *Almaty, KAZ*."""
        parts = (self.region if self.region != self.name else None, self.country)
        return ", ".join(p for p in parts if p)


def find_places(connection: Connection, words: str) -> list[Place]:
    """The places that an id (`geonames:1526384`, also without the word before it) or a name means; what reports name
    oftenest comes first.

    A name is that of the place, without case, accents and *the*; if no place has it, what reports print for one.
    """
    ids = [words, f"geonames:{words}"] if words.isdigit() else [words]
    if there := _places(connection, ids):
        return there
    wanted = fold(words)
    if not wanted:
        return []
    rows = connection.execute(select(places.c.id, places.c.name))
    if found := [row.id for row in rows if fold(row.name) == wanted]:
        return _places(connection, found)
    printed = select(place_mentions.c.place).where(func.lower(place_mentions.c.text) == words.lower())
    return _places(connection, list(connection.execute(printed.distinct()).scalars()))


def one_place(connection: Connection, words: str) -> tuple[Place, list[Place]]:
    """The place that an id or a name means, and the others that it might mean.

    Raises:
        UsageError: if there is none; names those that come near.
    """
    found = find_places(connection, words)
    if not found:
        near = _near(connection, words)
        hint = f"Near it: {listed(near)}." if near else "Names are those that reports print."
        raise UsageError(f"{words}: no place of this name is on record. {hint}")
    return found[0], found[1:]


def listed(found: Sequence[Place]) -> str:
    """*Paris, Île-de-France, FRA (geonames:2988507)* and so on, for messages."""
    named = (f"{', '.join(w for w in (p.name, p.lies) if w)} ({p.id})" for p in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(named) + more


def places_in(connection: Connection, id: str) -> Select[tuple[str]]:
    """The ids of a place and, of a country or a region, of the places that lie in it."""
    row = connection.execute(select(places).where(places.c.id == id)).first()
    meant = places.c.id == id
    if row is not None and row.country and row.kind == "country":
        meant = or_(meant, places.c.country == row.country)
    elif row is not None and row.country and row.kind == "region":
        meant = or_(meant, and_(places.c.country == row.country, places.c.region == row.name))
    return select(places.c.id).where(meant).correlate(None)


def _places(connection: Connection, ids: Iterable[str]) -> list[Place]:
    often = (
        select(func.count()).where(place_mentions.c.place == places.c.id).correlate(places).scalar_subquery()
    )
    query = select(places, often.label("mentions")).where(places.c.id.in_(sorted(set(ids))))
    found = [_place(row) for row in connection.execute(query)]
    return sorted(found, key=lambda p: (-p.mentions, p.id))


def _place(row: Row[Any]) -> Place:
    return Place(
        row.id, row.name, row.geonames, row.lat, row.lon, row.country, row.region, row.kind, row.mentions
    )


def _near(connection: Connection, words: str) -> list[Place]:
    """Places of whose name a word begins as a word of the given ones does."""
    begins = tuple(word[:4] for word in fold(words).split() if len(word) > 2)
    rows = connection.execute(select(places.c.id, places.c.name)) if begins else ()
    near = [row.id for row in rows if any(word.startswith(begins) for word in fold(row.name).split())]
    return _places(connection, near)
