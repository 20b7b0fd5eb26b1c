"""Reports as the record holds them -> the output contract, so that another record, or any program, can read them.

Who is meant is what analysis found, never what corrections made of it: corrections go along on their own, and hold
where they are carried to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, select

from onrecord.record import schema
from onrecord.record.asking.as_of import are_asked
from onrecord.record.asking.days import on_days, published_day
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.questions import check_question
from onrecord.record.export.by_id import rows_by_id
from onrecord.record.full_text import articles_with, check_match
from onrecord.record.report_out import ReportOut, reports_out

# Reports that are fetched at a time.
_MANY = 100


class ReportQuestion(msgspec.Struct, frozen=True):
    """Which reports; all that is given must hold.

    Attributes:
        since, until: ISO days of publication, both included.
        outlet: who published it.
        match: words of headline or text; *a phrase in double quotation marks*, `word*`, AND, OR, NOT.
    """

    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    match: str | None = None


def find_reports(
    connection: Connection, question: ReportQuestion, *, limit: int | None = None
) -> Iterator[ReportOut]:
    """Reports that fit a question, by their ids, so that each comes before its versions; some are fetched at a time.

    Args:
        limit: at most so many.

    Raises:
        UsageError: for empty words, for a first day after the last, and for words to match that are no question.
    """
    for rows in article_rows(connection, question, limit=limit):
        yield from reports_out(connection, rows)


def article_rows(
    connection: Connection, question: ReportQuestion, *, limit: int | None = None
) -> Iterator[Sequence[Row[Any]]]:
    """The rows of the reports that fit, some at a time, by their ids.

    Raises:
        UsageError: as `find_reports` does.
    """
    query = _asked(connection, question)
    return rows_by_id(connection, query, schema.articles.c.id, many=_MANY, limit=limit)


def report_ids(connection: Connection, question: ReportQuestion, *, limit: int | None = None) -> list[str]:
    """The ids of the reports that fit, in their order.

    Raises:
        UsageError: as `find_reports` does.
    """
    query = (
        _asked(connection, question)
        .with_only_columns(schema.articles.c.id)
        .order_by(schema.articles.c.id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def _asked(connection: Connection, question: ReportQuestion) -> Select[Any]:
    table = schema.articles
    words = {"outlet": question.outlet, "match": question.match}
    check_question(words, question.since, question.until)
    query = select(table).where(are_asked(connection))
    query = query.where(*on_days(published_day(), question.since, question.until))
    if question.outlet:
        query = query.where(of_outlet(connection, question.outlet))
    if question.match:
        check_match(question.match)
        query = query.where(articles_with(question.match))
    return query
