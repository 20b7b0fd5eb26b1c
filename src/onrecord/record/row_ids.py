"""Ids as rows of the record keep them: numbers, which whoever asks sees as the ids that they stand for.

A report has a number in its record (`articles.serial`), in the order in which reports came. What was found in it has a number
made of that one and of its place in the report: *r-1#s12* is the twelfth statement of *r-1*, and 12 beside the number of *r-1*. So a
row that points at another one needs six bytes in place of twenty, the rows of a report lie side by side, and ids are written out
once for each report. Numbers differ from record to record, ids do not: so nobody is shown a number.

Columns of these types are compared with ids and give ids; columns among each other are compared by their numbers. Inside a query a
column is its number: what a subquery gives can be compared with another such column, not with `articles.id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final, cast

from sqlalchemy import BigInteger, ColumnElement, Integer, String, bindparam, literal_column, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

# So many bits tell the place in the report: no text has as many statements.
PLACE_BITS: Final = 24
PLACES: Final = (1 << PLACE_BITS) - 1
# One that comes before all places of a report's own findings: who was parted from them by a correction stands behind.
FIRST_PARTED: Final = 1 << (PLACE_BITS - 1)
# SQLite lays rows by what is INTEGER, of any size, alone.
NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")


def row_number(serial: int, id: str) -> int:
    """The number of what a report calls `s12`, `e3`, `a1` or `t4`.

    >>> row_number(1, "s12")
    16777228
    """
    return numbered(serial, int(id[1:]))


def numbered(serial: int, place: int) -> int:
    """The number of what stands at a place of a report, from 1."""
    return serial << PLACE_BITS | place


class _Comparator(TypeDecorator.Comparator[str]):
    """Compares a column with ids."""

    def in_(self, other: Any) -> ColumnElement[bool]:
        """Is it one of some ids? They go to the database as one value, and their numbers are looked up together: a question for each
        of some hundreds takes longer to be read than to be answered."""
        if isinstance(other, Iterable):
            ids = list(other)
            if all(isinstance(id, str) for id in ids):
                given = bindparam(None, json.dumps(ids), String)
                numbers = _NumbersOfReports if isinstance(self.type, ReportId) else _NumbersOfRows
                return cast("ColumnElement[bool]", self.expr.bool_op("IN")(numbers(given)))
        return cast("ColumnElement[bool]", super().in_(other))


class ReportId(TypeDecorator[str]):
    """A report, by its number: the id of it for whoever asks."""

    impl = NUMBER
    cache_ok = True
    comparator_factory = _Comparator

    def bind_expression(self, bindvalue: BindParameter[str]) -> ColumnElement[Any]:
        """The number that stands for a given id."""
        return _NumberOfReport(type_coerce(bindvalue, String))

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The id that a number stands for."""
        return _IdOfReport(column)


class RowId(TypeDecorator[str]):
    """What was found in a report, by its number: for whoever asks the id, of which the letter (`s` of *r-1#s12*) tells what it is."""

    impl = NUMBER
    cache_ok = True
    comparator_factory = _Comparator

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter

    def bind_expression(self, bindvalue: BindParameter[str]) -> ColumnElement[Any]:
        """The number that stands for a given id."""
        return _NumberOfRow(type_coerce(bindvalue, String))

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The id that a number stands for."""
        return _IdOfRow(column, literal_column(f"'#{self.letter}'"))


def is_among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Is a column, by its number, one of some numbers? They go to the database as one value: they may be tens of thousands."""
    given = bindparam(None, json.dumps(list(numbers)), String)
    return type_coerce(column, BigInteger).bool_op("IN")(_Numbers(given))


def shown(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The ids of a column inside of a query: to order by them, or to compare them with `articles.id`."""
    written = column.type.column_expression(column)
    assert isinstance(written, ColumnElement)
    return written


class _Told(FunctionElement[str]):
    type = String()
    inherit_cache = True


class _Number(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True


class _IdOfReport(_Told):
    name = "onrecord_report_id"
    inherit_cache = True


class _IdOfRow(_Told):
    name = "onrecord_row_id"
    inherit_cache = True


class _NumberOfReport(_Number):
    name = "onrecord_report_number"
    inherit_cache = True


class _NumberOfRow(_Number):
    name = "onrecord_row_number"
    inherit_cache = True


class _NumbersOfReports(_Number):
    """Of all ids in a list of JSON."""

    name = "onrecord_report_numbers"
    inherit_cache = True


class _NumbersOfRows(_Number):
    """The same, of rows."""

    name = "onrecord_row_numbers"
    inherit_cache = True


class _Numbers(_Number):
    """Those in a list of JSON."""

    name = "onrecord_numbers"
    inherit_cache = True


@compiles(_IdOfReport)
def _write_id_of_report(element: _IdOfReport, compiler: SQLCompiler, **kw: Any) -> str:
    (column,) = (compiler.process(c, **kw) for c in element.clauses)
    return f"(SELECT r_.id FROM articles r_ WHERE r_.serial = {column})"  # nosec B608  # compiled by SQLAlchemy


@compiles(_IdOfRow)
def _write_id_of_row(element: _IdOfRow, compiler: SQLCompiler, **kw: Any) -> str:
    column, letter = (compiler.process(c, **kw) for c in element.clauses)
    return (
        f"(SELECT r_.id || {letter} || ({column} & {PLACES}) FROM articles r_ "
        f"WHERE r_.serial = {column} >> {PLACE_BITS})"  # nosec B608  # compiled by SQLAlchemy
    )


@compiles(_NumberOfReport)
def _write_number_of_report(element: _NumberOfReport, compiler: SQLCompiler, **kw: Any) -> str:
    (given,) = (compiler.process(c, **kw) for c in element.clauses)
    return f"(SELECT r_.serial FROM articles r_ WHERE r_.id = ({given}))"  # nosec B608  # compiled by SQLAlchemy


@compiles(_NumberOfRow)
def _write_number_of_row(element: _NumberOfRow, compiler: SQLCompiler, **kw: Any) -> str:
    # For no ids at all SQLAlchemy puts an expression that is no text.
    (given,) = (compiler.process(c, **kw) for c in element.clauses)
    return _number_of_rows(f"(SELECT CAST(({given}) AS VARCHAR) AS value)")


@compiles(_NumbersOfReports)
def _write_numbers_of_reports(element: _NumbersOfReports, compiler: SQLCompiler, **kw: Any) -> str:
    given = _listed(element, compiler, **kw)
    return f"(SELECT r_.serial FROM {given} g_ JOIN articles r_ ON r_.id = g_.value)"  # nosec B608  # compiled by SQLAlchemy


@compiles(_NumbersOfRows)
def _write_numbers_of_rows(element: _NumbersOfRows, compiler: SQLCompiler, **kw: Any) -> str:
    return _number_of_rows(_listed(element, compiler, **kw))


@compiles(_Numbers)
def _write_numbers(element: _Numbers, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(SELECT CAST(g_.value AS BIGINT) FROM {_listed(element, compiler, **kw)} g_)"  # nosec B608  # compiled by SQLAlchemy


def _number_of_rows(given: str) -> str:
    """SQL for the numbers of the ids in the column `value` of something."""
    ahead = "length(rtrim(g_.value, '0123456789'))"
    return (
        f"(SELECT r_.serial * {1 << PLACE_BITS} + CAST('0' || substr(g_.value, {ahead} + 1) AS INTEGER) "
        f"FROM {given} g_ JOIN articles r_ ON r_.id = substr(g_.value, 1, {ahead} - 2))"  # nosec B608  # compiled by SQLAlchemy
    )


def _listed(element: _Number, compiler: SQLCompiler, **kw: Any) -> str:
    """SQL for the texts of a list of JSON, as the column `value`."""
    (given,) = (compiler.process(c, **kw) for c in element.clauses)
    if compiler.dialect.name == "sqlite":
        return f"json_each({given})"
    return f"(SELECT value FROM json_array_elements_text(CAST({given} AS json)) l_(value))"  # nosec B608  # compiled by SQLAlchemy
