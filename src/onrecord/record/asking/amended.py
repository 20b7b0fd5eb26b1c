"""Which rows of an answer people have put right, when, and who."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import UNSET, UnsetType
from sqlalchemy import Connection, select

from onrecord.contract import AmendedOut
from onrecord.record.amendments import Of
from onrecord.record.parts import in_parts
from onrecord.record.schema import amendments

_ANY: Final = select(amendments.c.number).limit(1)
Amends = dict[str, list[AmendedOut]]


def amends_of(connection: Connection, of: Of, ids: Collection[str]) -> Amends:
    """What people have put right of some statements or events, by their ids, in the order in which they did."""
    found: Amends = {}
    # In most records nobody has put anything right.
    if not ids or connection.execute(_ANY).first() is None:
        return found
    row = amendments.c[of]
    columns = (row.label("row"), amendments.c.id, amendments.c.what, amendments.c.time, amendments.c.who)
    for part in in_parts(sorted(ids)):
        query = select(*columns).where(row.in_(part)).order_by(amendments.c.number)
        for told in connection.execute(query):
            found.setdefault(told.row, []).append(AmendedOut(told.id, told.what, told.time, told.who))
    return found


def amended(made: Amends, *ids: str) -> list[AmendedOut] | UnsetType:
    """What of that is of some of them; UNSET where nothing is, so that it is not written."""
    told = [a for id in ids for a in made.get(id, ())]
    return told or UNSET
