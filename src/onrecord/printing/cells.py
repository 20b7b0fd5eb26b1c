"""A row of an answer as cells of a table: comma-separated values as RFC 4180 has them, which no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from onrecord.record.export.cells import guard_cell

T = TypeVar("T")


class Column(NamedTuple, Generic[T]):
    """A column: its name, and how its value is had from a row of the answer."""

    name: str
    value: Callable[[T], Any]


def header(columns: Sequence[Column[Any]]) -> bytes:
    """The first line: the names of the columns."""
    return csv_line(column.name for column in columns)


def line(columns: Sequence[Column[T]], row: T) -> bytes:
    """The line of a row."""
    return csv_line(to_cell(column.value(row)) for column in columns)


def csv_line(cells: Iterable[str]) -> bytes:
    """Cells as one line of RFC 4180, its end with it; what is no Unicode text is a question mark."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(list(cells))
    return buffer.getvalue().encode("utf-8", "replace")


def to_cell(value: Any) -> str:
    """A value as a cell: nothing for None, yes and no as true and false, a list joined by semicolons, no words a formula.

    >>> to_cell(["Ana Orpel", "Ilse Maran"]), to_cell(True), to_cell(0.5), to_cell("=1+1"), to_cell(None)
    ('Ana Orpel; Ilse Maran', 'true', '0.5', "'=1+1", '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return guard_cell("; ".join(map(str, value)))
    if isinstance(value, str):
        return guard_cell(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
