"""What SQLite and PostgreSQL say in different words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeEngine


def holds(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Does the column hold the words as whole words? Case is ignored, of all letters."""
    return _Holds(column, bindparam(None, rf"(?i)(?<!\w){re.escape(words)}(?!\w)"))


def begins_with(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Does the column begin with the words, in their very letters? LIKE ignores case on SQLite alone, and finds by no index."""
    return and_(column >= words, func.substr(column, 1, len(words)) == words)


def is_among(column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Is the column one of some numbers, thousands perhaps? They go to the database as one value."""
    return column.bool_op("IN")(_Numbers(bindparam(None, json.dumps(list(numbers)), String)))


class _Numbers(GenericFunction[int]):
    """The numbers of a list in JSON."""

    name = "onrecord_numbers"
    inherit_cache = True
    type: TypeEngine[Any] = NullType()


@compiles(_Numbers, "sqlite")
def _numbers_on_sqlite(element: _Numbers, compiler: SQLCompiler, **kw: Any) -> str:
    (given,) = (compiler.process(c, **kw) for c in element.clauses)
    return f"(SELECT n_.value FROM json_each({given}) n_)"  # nosec B608  # compiled by SQLAlchemy


@compiles(_Numbers, "postgresql")
def _numbers_on_postgresql(element: _Numbers, compiler: SQLCompiler, **kw: Any) -> str:
    (given,) = (compiler.process(c, **kw) for c in element.clauses)
    return f"(SELECT CAST(n_.value AS BIGINT) FROM json_array_elements_text(CAST({given} AS json)) n_(value))"  # nosec B608  # compiled by SQLAlchemy


class _Holds(GenericFunction[bool]):
    """A column and a regular expression that both databases read alike."""

    name = "onrecord_holds"
    inherit_cache = True
    # Not Boolean: SQLite has none, and compares what is one with 1.
    type: TypeEngine[Any] = NullType()


@compiles(_Holds, "sqlite")
def _on_sqlite(element: _Holds, compiler: SQLCompiler, **kw: Any) -> str:
    column, pattern = (compiler.process(c, **kw) for c in element.clauses)
    return f"({column} REGEXP {pattern})"


@compiles(_Holds, "postgresql")
def _on_postgresql(element: _Holds, compiler: SQLCompiler, **kw: Any) -> str:
    column, pattern = (compiler.process(c, **kw) for c in element.clauses)
    # Texts are kept in the collation of their code points, which knows the case of ASCII letters alone.
    return f'(({column} COLLATE "und-x-icu") ~ {pattern})'
