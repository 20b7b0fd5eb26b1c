"""Words of reports, by their places in the text: rows that only point into it do not repeat them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Label, Table, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from onrecord.record.row_ids import PLACE_BITS, RowId
from onrecord.record.schema import contents, events, mentions


def words_of_content() -> Label[str]:
    """The words of a piece of a content, as `text`."""
    return _words(contents, contents.c.statement, "")


def words_of_mention() -> Label[str]:
    """The words of a mention, as `text`."""
    return _words(mentions, mentions.c.article, "")


def words_of_sentence(of: Any = events) -> Label[str]:
    """The sentence of an event, as `sentence_text`.

    Args:
        of: `events` or an alias of it.
    """
    return _words(of, of.c.article, "sentence_")


def _words(table: Table, report: ColumnElement[Any], prefix: str) -> Label[str]:
    written = _Words if not isinstance(report.type, RowId) else _WordsByRow
    return written(report, table.c[f"{prefix}start"], table.c[f"{prefix}end"]).label(f"{prefix}text")


class _Words(FunctionElement[str]):
    """The number of a report, first and last place of the words."""

    name = "onrecord_words_at"
    type = Text()
    inherit_cache = True


class _WordsByRow(_Words):
    """The same, by the number of something that was found in the report."""

    inherit_cache = True


@compiles(_Words)
def _write(element: _Words, compiler: SQLCompiler, **kw: Any) -> str:
    report, start, end = (compiler.process(c, **kw) for c in element.clauses)
    if isinstance(element, _WordsByRow):
        report = f"{report} >> {PLACE_BITS}"
    return (
        f"(SELECT substr(r_.text, {start} + 1, {end} - {start}) FROM articles r_ WHERE r_.serial = {report})"  # nosec B608  # compiled by SQLAlchemy
    )
