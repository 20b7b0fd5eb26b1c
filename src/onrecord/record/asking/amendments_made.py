"""The amendments of a record for people: the newest first, with whom they speak of and whether they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.record.amendments import Amendment, Meant, fields_of, say
from onrecord.record.parts import in_parts
from onrecord.record.schema import actors, amendments, appearances, articles
from onrecord.record.stored_amendments import Stored, read_stored


class Made(msgspec.Struct):
    """An amendment as it is listed.

    Attributes:
        row: the statement or event of which it is; None where that is not found, or its report is not here.
        headline, outlet, published: of the report, as far as it is here.
        said: the amendment in words.
        names: names of those whom it means, by whom analysis took them for.
    """

    id: str
    row: str | None
    report: str
    headline: str | None
    outlet: str | None
    published: str | None
    time: str
    who: str | None
    said: str
    amendment: Amendment
    names: dict[str, str]


def count_amendments(connection: Connection, report: str | None = None) -> int:
    """How many amendments there are, in all or of a report."""
    query = select(func.count()).select_from(amendments)
    if report is not None:
        query = query.where(amendments.c.report == report)
    return int(connection.execute(query).scalar_one())


def find_amendments(
    connection: Connection, report: str | None = None, *, limit: int | None = None, offset: int = 0
) -> list[Made]:
    """Amendments, the newest first.

    Args:
        report: those of this report alone.
    """
    query = select(amendments).order_by(amendments.c.number.desc()).limit(limit).offset(offset or None)
    if report is not None:
        query = query.where(amendments.c.report == report)
    return listed(connection, [read_stored(row) for row in connection.execute(query)])


def listed(connection: Connection, stored: Sequence[Stored]) -> list[Made]:
    """Some amendments with what is told of them."""
    heads: dict[str, Any] = {}
    for part in in_parts(sorted({s.amendment.report for s in stored})):
        columns = (articles.c.id, articles.c.headline, articles.c.outlet, articles.c.published)
        heads |= {r.id: r for r in connection.execute(select(*columns).where(articles.c.id.in_(part)))}
    made = []
    for s in stored:
        a = s.amendment
        head = heads.get(a.report)
        names = _names(connection, a)
        made.append(
            Made(
                id=a.id,
                row=s.row,
                report=a.report,
                headline=head.headline if head else None,
                outlet=head.outlet if head else None,
                published=head.published if head else None,
                time=a.time,
                who=a.who,
                said=say(a, names),
                amendment=a,
                names=names,
            )
        )
    return made


def _names(connection: Connection, amendment: Amendment) -> dict[str, str]:
    """Names of those whom an amendment means, as the record knows them in the report."""
    if amendment.fix is None:
        return {}
    wanted = sorted(_meant(fields_of(amendment.fix).values()))
    if not wanted:
        return {}
    query = (
        select(appearances.c.found, actors.c.name)
        .join(actors, actors.c.id == appearances.c.actor)
        .where(appearances.c.article == amendment.report, appearances.c.found.in_(wanted))
        .order_by(appearances.c.number.desc())
    )
    return {row.found: row.name for row in connection.execute(query)}


def _meant(values: Iterable[object]) -> set[str]:
    found: set[str] = set()
    for value in values:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Meant) and one.actor:
                found.add(one.actor)
            elif isinstance(one, str):
                # An addressee is told by this id alone; other words are those of nobody.
                found.add(one)
    return found
