"""Reports of the record that a newer model is to analyse anew, and what it found put in the place of what was found before.

A report is one transaction. Its text, its frame and its story stay, and so do all corrections and amendments: they are lists of their own,
and hold for what is found now. Whatever stops it, reports that are done are done, and the others are found again as still to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, or_, select

from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.record import schema
from onrecord.record.differences import Differences, compare, findings_in, findings_on_record
from onrecord.record.fitting import fitted
from onrecord.record.kept import kept_article
from onrecord.record.parts import in_parts
from onrecord.record.people import load_corrections
from onrecord.record.schema import articles
from onrecord.record.store import Record
from onrecord.record.stored_amendments import stored_of
from onrecord.record.upgrade import renew_report

# Reports that are read at a time.
_MANY: Final = 50


class Refreshed(NamedTuple):
    """What came of a report that was analysed anew.

    Attributes:
        differences: what is otherwise.
        lost_mentions: how many mentions that a correction gave to somebody else are not found any more.
        lost_amendments: ids of the amendments whose statement or event is not found any more.
    """

    differences: Differences
    lost_mentions: int
    lost_amendments: list[str]


def to_refresh(connection: Connection, model: str, *, every: bool = False) -> list[str]:
    """Ids of the reports that another model than this one has analysed, or an older onrecord recorded, in their order.

    Args:
        model: the version of the model that analyses now.
        every: all that are analysed at all. Those in other languages than English never are.
    """
    table = articles.c
    ours = or_(table.language.is_(None), table.language == "en")
    query = select(table.id).where(ours).order_by(table.id)
    if not every:
        query = query.where(_is_stale(model))
    return list(connection.execute(query).scalars())


def _is_stale(model: str) -> ColumnElement[bool]:
    table = articles.c
    return or_(table.model.is_(None), table.model != model, table.schema < schema.WHOLE_SINCE)


def read_again(record: Record, ids: Sequence[str]) -> Iterator[Article | UnreadableReportError]:
    """Reports of the record as they were read, some dozens at a time, so that writers need not wait; an error for one whose frame
    cannot be read."""
    for part in in_parts(ids, _MANY):
        with record.reading() as connection:
            rows = {
                row.id: row for row in connection.execute(select(articles).where(articles.c.id.in_(part)))
            }
        for id in part:
            if id not in rows:
                continue
            try:
                yield kept_article(rows[id])
            except ValueError as error:
                yield UnreadableReportError(
                    f"{id}: its frame cannot be read ({error}). Look at the record: onrecord check"
                )


def differences(record: Record, article: Article, analysis: AnalysisOut) -> Differences:
    """What an analysis finds differently from what is on record of a report."""
    with record.reading() as connection:
        return compare(findings_on_record(connection, article.id), findings_in(fitted(analysis)))


def refresh(
    record: Record, article: Article, analysis: AnalysisOut, model: str, *, every: bool = False
) -> Refreshed | None:
    """Put what was found now in the place of what was found before, all or nothing.

    Args:
        article: the report as `read_again` gives it.
        every: also if this model has analysed it already, as another process may have seen to meanwhile.

    Returns:
        None where there was nothing to do.

    Raises:
        RecordError: if it cannot be written.
    """
    analysis = fitted(analysis)
    with record.writing() as connection:
        table = articles.c
        query = select(table.text).where(table.id == article.id)
        text = connection.execute(query if every else query.where(_is_stale(model))).scalar()
        if text != article.text:
            return None
        told = compare(findings_on_record(connection, article.id), findings_in(analysis))
        made = load_corrections(connection)
        row = {"id": article.id, "model": model, "schema": schema.SCHEMA_VERSION}
        before = _holding(connection, article.id)
        renew_report(connection, row, analysis, made)
        starts = {m.start for m in analysis.mentions if m.actor}
        lost = before - _holding(connection, article.id)
        return Refreshed(told, len(made.mentions_in(article.id) - starts), sorted(lost))


def _holding(connection: Connection, report: str) -> set[str]:
    """Ids of the amendments of a report whose finding is there."""
    return {s.amendment.id for s in stored_of(connection, [report]) if s.row is not None}
