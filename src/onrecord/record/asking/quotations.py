"""Direct quotations of somebody, each with what a reference to it needs."""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from onrecord.record.asking.appearing import appearances_of
from onrecord.record.asking.newest import newest_of
from onrecord.record.asking.statements import Said, said_of
from onrecord.record.schema import articles, statements


class Quotation(msgspec.Struct):
    """A direct quotation with the address of its report, where that has one."""

    said: Said
    url: str | None


class Quotations(msgspec.Struct):
    """Some of the direct quotations of somebody, the newest report first.

    Attributes:
        total: how many there are.
        reports, all_reports: in how many reports they were looked for, and in how many somebody appears.
    """

    rows: list[Quotation]
    total: int
    reports: int
    all_reports: int


def quotations_of(
    connection: Connection, actor: str, *, kind: str | None = None, limit: int, offset: int = 0
) -> Quotations:
    """Direct quotations of an actor.

    Args:
        actor: an id.
        kind: those of a kind alone.
    """
    them = appearances_of(connection, actor)
    fits: ColumnElement[bool] = and_(
        them.hold(statements.c.source_actor),
        statements.c.quotation == "direct",
        *([statements.c.kind == kind] if kind else ()),
    )
    total = connection.execute(select(func.count()).select_from(statements).where(fits)).scalar_one()
    found = said_of(connection, newest_of(connection, statements, fits, limit=limit, offset=offset))
    reports = {e.article for s in found for e in s.evidence}
    addresses = select(articles.c.id, articles.c.url).where(articles.c.id.in_(reports))
    urls = {row.id: row.url for row in connection.execute(addresses)}
    rows = [Quotation(s, urls[s.evidence[0].article]) for s in found]
    return Quotations(rows, total, them.reports, them.all_reports)
