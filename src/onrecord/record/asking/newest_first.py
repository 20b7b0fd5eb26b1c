"""The order in which most questions are answered: the newest report first.

A question that leaves out little is answered from the reports, one after the other, until there are as many rows as are shown. SQLite
does not find that out by itself: it would look at all rows of the record, and sort them. So it is not let look up a report by its
number (the sign + before a column, https://www.sqlite.org/optoverview.html); PostgreSQL weighs both ways.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from onrecord.record.schema import articles


def newest_first(query: Select[Any], *inside: Any) -> Select[Any]:
    """Rows in the order of their reports: the newest first, then by id; what has no day comes last.

    Args:
        query: one in which `articles` is joined.
        inside: the order within a report.
    """
    return query.order_by(articles.c.published.desc().nulls_last(), articles.c.id, *inside)


def oldest_first(query: Select[Any], *inside: Any) -> Select[Any]:
    """The reports the other way round, what has no day before the rest; the order within a report stays. See `newest_first`."""
    return query.order_by(articles.c.published.asc().nulls_first(), articles.c.id.desc(), *inside)


def of_report(report: ColumnElement[Any], *, reports_first: bool) -> ColumnElement[bool]:
    """Is a row of `articles` the report of another row?

    Args:
        report: the column of the other row that tells it.
        reports_first: rows are looked up by their reports, not reports by their rows.
    """
    if reports_first:
        return unindexed(articles.c.serial) == report
    return articles.c.serial == report


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of which SQLite uses no index."""
    return _Unindexed(column)


class _Unindexed(FunctionElement[Any]):
    """A column of which no index is used."""

    name = "onrecord_unindexed"
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(_Unindexed)
def _write(element: _Unindexed, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = (compiler.process(c, **kw) for c in element.clauses)
    return f"+{column}" if compiler.dialect.name == "sqlite" else column
