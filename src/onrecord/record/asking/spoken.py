"""What somebody said, and what was said about them, in numbers: by kind, about whom, by whom, on which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Connection, select, type_coerce

from onrecord.record.asking.appearing import Appearances, are
from onrecord.record.asking.days import day_of
from onrecord.record.row_ids import PLACE_BITS
from onrecord.record.schema import actors, appearances, statements, subjects

# So many of those about whom, or by whom, most was said.
_MOST_NAMED: Final = 10


class Counted(msgspec.Struct):
    """Somebody, and how many statements are theirs, or about them."""

    id: str
    name: str
    number: int


class Spoken(msgspec.Struct):
    """The statements of somebody.

    Attributes:
        total: how many; `direct` of them are direct quotations.
        kinds: how many of each kind, the commonest first.
        days: how many on each day, the first day first; `undated` have none.
        about: about whom most of them are, who speaks left out.
    """

    total: int
    direct: int
    kinds: list[tuple[str, int]]
    days: list[tuple[str, int]]
    undated: int
    about: list[Counted]


class SpokenOf(msgspec.Struct):
    """The statements about somebody.

    Attributes:
        total: how many.
        kinds: how many of each kind, the commonest first.
        by: by whom most of them are, who is spoken of left out.
    """

    total: int
    kinds: list[tuple[str, int]]
    by: list[Counted]


def spoken_by_them(connection: Connection, them: Appearances) -> Spoken:
    """What somebody said."""
    published = dict(zip(them.serials, them.days, strict=True))
    number = type_coerce(statements.c.id, BigInteger)
    query = select(number, statements.c.kind, statements.c.quotation, day_of(statements.c.date))
    theirs: list[int] = []
    kinds, days = Counter[str](), Counter[str | None]()
    direct = 0
    for id, kind, quotation, day in connection.execute(query.where(them.hold(statements.c.source_actor))):
        theirs.append(id)
        kinds[kind] += 1
        days[day or published[id >> PLACE_BITS]] += 1
        direct += quotation == "direct"
    undated = days.pop(None, 0)
    about = (
        select(appearances.c.actor, type_coerce(subjects.c.statement, BigInteger))
        .join(subjects, subjects.c.actor == appearances.c.id)
        .where(are(subjects.c.statement, theirs), appearances.c.actor != them.actor)
        .distinct()
    )
    return Spoken(
        total=len(theirs),
        direct=direct,
        kinds=commonest(kinds),
        days=sorted((day, number) for day, number in days.items() if day),
        undated=undated,
        about=_named(connection, Counter(actor for actor, _ in connection.execute(about))),
    )


def spoken_of_them(connection: Connection, them: Appearances) -> SpokenOf:
    """What was said about somebody."""
    query = (
        select(statements.c.kind, appearances.c.actor)
        .outerjoin(appearances, appearances.c.id == statements.c.source_actor)
        .where(is_about(them))
    )
    kinds, by = Counter[str](), Counter[str]()
    for kind, actor in connection.execute(query):
        kinds[kind] += 1
        if actor and actor != them.actor:
            by[actor] += 1
    return SpokenOf(total=kinds.total(), kinds=commonest(kinds), by=_named(connection, by))


def is_about(them: Appearances) -> ColumnElement[bool]:
    """Is a statement about somebody?"""
    return statements.c.id.in_(select(subjects.c.statement).where(them.hold(subjects.c.actor)))


def commonest(counted: Counter[str]) -> list[tuple[str, int]]:
    """Words with their numbers, the commonest first."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _named(connection: Connection, counted: Counter[str]) -> list[Counted]:
    """Those of whom there is most, with their names."""
    most = commonest(counted)[:_MOST_NAMED]
    names = names_of(connection, [id for id, _ in most])
    return [Counted(id, names[id], number) for id, number in most]


def names_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The names of some actors, by their ids."""
    query = select(actors.c.id, actors.c.name).where(actors.c.id.in_(ids))
    return {row.id: row.name for row in connection.execute(query)}
