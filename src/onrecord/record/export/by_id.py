"""Rows of a table by their ids, some at a time: no answer stays open while others are asked, and none is held whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select


def rows_by_id(
    connection: Connection, query: Select[Any], id: ColumnElement[str], *, many: int, limit: int | None
) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a query in the order of a column of it, `id`.

    Args:
        many: so many at a time.
        limit: at most so many in all.
    """
    ordered = query.order_by(id)
    left, last = limit, ""
    while left is None or left > 0:
        part = ordered.where(id > last).limit(many if left is None else min(left, many))
        rows = connection.execute(part).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id
        left = None if left is None else left - len(rows)
