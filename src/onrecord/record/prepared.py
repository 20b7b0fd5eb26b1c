"""Statements that are put again for each report: SQLAlchemy writes them once, and the driver gets them as they are.

A report takes some five hundred rows and two dozen questions; what SQLAlchemy does for each of these anew costs more than what the
database does. Values go to the driver as they are given, ids of rows as their numbers (`row_ids.py`), and come back as it gives them: booleans as 0 and 1
from SQLite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Float, Row, Select, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.elements import BindParameter

Values = tuple[Any, ...]


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert rows of values that stand in the order of the columns, which is that of the table."""
    _insert(connection, table, tuple(columns), rows, is_new=False)


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns."""
    if rows:
        columns = _columns(table, rows[0])
        insert_rows(connection, table, columns, [tuple([row[c] for c in columns]) for row in rows])


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of some rows with the same columns whose key is not there yet."""
    if rows:
        columns = _columns(table, rows[0])
        values = [tuple([row[c] for c in columns]) for row in rows]
        _insert(connection, table, columns, values, is_new=True)


def _insert(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[Values], *, is_new: bool
) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insertion(table, columns, is_new), list(rows))
        return
    # To PostgreSQL a row each would be a message each: all values of a column go as one.
    lists = [list(values) for values in zip(*rows, strict=True)]
    for at, column in enumerate(columns):
        if isinstance(table.columns[column].type, Float):
            lists[at] = [None if value is None else float(value) for value in lists[at]]
    connection.exec_driver_sql(_insertion_of_lists(table, columns, is_new), tuple(lists))


def _columns(table: Table, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns if c.name in row)


@lru_cache(256)
def _insertion(table: Table, columns: tuple[str, ...], is_new: bool) -> str:
    """INSERT for SQLite, with a place for each column in their order."""
    rest = " ON CONFLICT DO NOTHING" if is_new else ""
    return f"INSERT INTO {table.name} ({_quoted('sqlite', columns)}) VALUES ({', '.join('?' * len(columns))}){rest}"  # nosec B608  # names of ours


@lru_cache(256)
def _insertion_of_lists(table: Table, columns: tuple[str, ...], is_new: bool) -> str:
    """INSERT for PostgreSQL, with a place for the values of each column, a list."""
    dialect = _positional("postgresql")
    types = (str(table.columns[c].type.compile(dialect)).partition(" COLLATE ")[0] for c in columns)
    lists = ", ".join(f"%s::{type}[]" for type in types)
    rest = " ON CONFLICT DO NOTHING" if is_new else ""
    return f"INSERT INTO {table.name} ({_quoted('postgresql', columns)}) SELECT * FROM unnest({lists}){rest}"  # nosec B608  # names of ours


def _quoted(dialect: str, columns: Sequence[str]) -> str:
    return ", ".join(_positional(dialect).identifier_preparer.quote(c) for c in columns)


class Question:
    """A question with places for values, which are named as its parameters."""

    def __init__(self, query: Select[Any] | CompoundSelect[Any]) -> None:
        self._query = query
        self._written: dict[str, tuple[str, Sequence[str], Mapping[str, Any]]] = {}

    def ask(self, connection: Connection, **values: Any) -> Sequence[Row[Any]]:
        """The rows that answer it."""
        dialect = connection.dialect.name
        if dialect not in self._written:
            compiled: Any = self._query.compile(dialect=_positional(dialect))
            self._written[dialect] = str(compiled), compiled.positiontup, compiled.params
        sql, order, given = self._written[dialect]
        known = {**given, **values}
        return connection.exec_driver_sql(sql, tuple([known[name] for name in order])).all()


def places(name: str, number: int) -> list[BindParameter[Any]]:
    """So many places for values, for `IN`; `fill` fills them."""
    return [bindparam(f"{name}{n}") for n in range(number)]


def fill(name: str, number: int, values: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """Values for `places`, as many at a time as there are; what is left over repeats the last value."""
    for at in range(0, len(values), number):
        part = [*values[at : at + number]]
        part += part[-1:] * (number - len(part))
        yield {f"{name}{n}": value for n, value in enumerate(part)}


@lru_cache(2)
def _positional(dialect: str) -> Any:
    """A dialect that tells the order of its parameters."""
    return sqlite.dialect() if dialect == "sqlite" else PGDialect_psycopg(paramstyle="format")  # type: ignore[no-untyped-call]
