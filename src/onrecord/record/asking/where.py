"""Where events happened: the places of an answer, with how many events each has."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Connection, select, type_coerce

from onrecord.record.asking.counting import Counted, count_items
from onrecord.record.asking.event_types import Where
from onrecord.record.asking.events import EventQuestion
from onrecord.record.parts import in_parts
from onrecord.record.row_ids import is_among
from onrecord.record.schema import events, places

# As many as can be told apart on a map of the world.
MOST_PLACES: Final = 200


class Spot(msgspec.Struct):
    """A place with the events that are told to have happened there, by type. What happened somewhere in a country is at the country."""

    place: Where
    counts: dict[str, int]

    @property
    def count(self) -> int:
        """How many there are in all."""
        return sum(self.counts.values())


class OnMap(msgspec.Struct):
    """Events on the map.

    Attributes:
        spots: places, those of most events first.
        all_places: how many there are in all.
        placed: of how many events a place is known.
    """

    spots: list[Spot]
    all_places: int
    placed: int
    counted: Counted


def where_events(connection: Connection, question: EventQuestion) -> OnMap:
    """Where the events that fit a question happened, by all tellings of them; an event is counted once at each of its places.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, counted = count_items(connection, question)
    types = {item.number: item.what for item in items}
    query = (
        select(type_coerce(events.c.event, BigInteger), events.c.place)
        .where(is_among(events.c.event, types), events.c.place.is_not(None))
        .distinct()
    )
    at: dict[str, Counter[str]] = defaultdict(Counter)
    placed = set()
    for number, place in connection.execute(query):
        at[place][types[number]] += 1
        placed.add(number)
    first = sorted(at, key=lambda id: (-at[id].total(), id))[:MOST_PLACES]
    known: dict[str, Where] = {}
    for part in in_parts(first):
        rows = connection.execute(select(places).where(places.c.id.in_(part)))
        known |= {row.id: Where(*row) for row in rows}
    spots = [Spot(known[id], dict(sorted(at[id].items()))) for id in first]
    return OnMap(spots, len(at), len(placed), counted)
