"""Flat tables, for spreadsheets (CSV) and data frames: the columns of a row, their values, cells and lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from onrecord.record.export.cells import guard_cell, legible

T = TypeVar("T")
Kind = Literal["text", "integer", "number", "boolean", "list", "integers"]


class Column(NamedTuple, Generic[T]):
    """A column: its name, what its values are, and how they are had from a row."""

    name: str
    kind: Kind
    value: Callable[[T], Any]


def of(path: str) -> Callable[[Any], Any]:
    """The value at a dotted path; None where a part of it is None."""

    def value(row: Any) -> Any:
        found: Any = row
        for name in path.split("."):
            if found is None:
                return None
            found = getattr(found, name)
        return found

    return value


def to_values(columns: Sequence[Column[T]], row: T) -> list[Any]:
    """The values of the columns; lists are lists."""
    return [column.value(row) for column in columns]


def csv_header(columns: Sequence[Column[Any]]) -> bytes:
    """The first line of a CSV file: the names of the columns."""
    return _csv_line([column.name for column in columns])


def csv_line(columns: Sequence[Column[T]], row: T) -> bytes:
    """The line of a row: lists joined by semicolons, yes and no as true and false, no words a formula."""
    return _csv_line([to_cell(column.value(row)) for column in columns])


def to_cell(value: Any) -> str:
    """A value as a cell.

    >>> to_cell(["Ana Orpel", "Ilse Maran"]), to_cell(True), to_cell(0.5), to_cell("=1+1"), to_cell(None)
    ('Ana Orpel; Ilse Maran', 'true', '0.5', "'=1+1", '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return guard_cell(legible("; ".join(map(str, value))))
    if isinstance(value, str):
        return guard_cell(legible(value))
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _csv_line(cells: Sequence[str]) -> bytes:
    """Cells as one line of RFC 4180, its end with it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
