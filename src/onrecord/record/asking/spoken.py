"""What somebody said, and what was said about them, in numbers: by kind, about whom, by whom, on which days."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.record.asking.appearing import Appearances
from onrecord.record.asking.days import day_of
from onrecord.record.schema import actors, appearances, articles, statements, subjects

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
    theirs = them.hold(statements.c.source_actor)
    published = (
        select(articles.c.published).where(articles.c.serial == statements.c.article).scalar_subquery()
    )
    day = day_of(func.coalesce(statements.c.date, published)).label("day")
    grouped = (
        select(statements.c.kind, statements.c.quotation, day, func.count().label("number"))
        .where(theirs)
        .group_by(statements.c.kind, statements.c.quotation, day)
    )
    kinds, days = Counter[str](), Counter[str | None]()
    direct = 0
    for row in connection.execute(grouped):
        kinds[row.kind] += row.number
        days[row.day] += row.number
        direct += row.number if row.quotation == "direct" else 0
    undated = days.pop(None, 0)
    return Spoken(
        total=kinds.total(),
        direct=direct,
        kinds=commonest(kinds),
        days=sorted((day, number) for day, number in days.items() if day),
        undated=undated,
        about=_subjects(connection, them, theirs),
    )


def spoken_of_them(connection: Connection, them: Appearances) -> SpokenOf:
    """What was said about somebody."""
    number = func.count().label("number")
    grouped = select(statements.c.kind, number).where(is_about(them)).group_by(statements.c.kind)
    kinds = Counter[str]({row.kind: row.number for row in connection.execute(grouped)})
    return SpokenOf(total=kinds.total(), kinds=commonest(kinds), by=_speakers(connection, them))


def is_about(them: Appearances) -> ColumnElement[bool]:
    """Is a statement about somebody?"""
    return statements.c.id.in_(select(subjects.c.statement).where(them.hold(subjects.c.actor)))


def commonest(counted: Counter[str]) -> list[tuple[str, int]]:
    """Words with their numbers, the commonest first."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def _subjects(connection: Connection, them: Appearances, theirs: ColumnElement[bool]) -> list[Counted]:
    number = func.count(subjects.c.statement.distinct()).label("number")
    query = (
        select(appearances.c.actor, number)
        .join(subjects, subjects.c.actor == appearances.c.id)
        .join(statements, statements.c.id == subjects.c.statement)
        .where(theirs, appearances.c.actor != them.actor)
    )
    return _most_named(connection, query, number)


def _speakers(connection: Connection, them: Appearances) -> list[Counted]:
    number = func.count().label("number")
    query = (
        select(appearances.c.actor, number)
        .join(statements, statements.c.source_actor == appearances.c.id)
        .where(is_about(them), appearances.c.actor != them.actor)
    )
    return _most_named(connection, query, number)


def _most_named(connection: Connection, query: Any, number: ColumnElement[Any]) -> list[Counted]:
    ordered = query.group_by(appearances.c.actor).order_by(number.desc(), appearances.c.actor)
    most = ordered.limit(_MOST_NAMED).subquery()
    named = select(most.c.actor, actors.c.name, most.c.number).join(actors, actors.c.id == most.c.actor)
    return [Counted(*row) for row in connection.execute(named.order_by(most.c.number.desc(), most.c.actor))]
