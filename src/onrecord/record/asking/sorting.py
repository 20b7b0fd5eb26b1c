"""The order of an answer as somebody asks for it: by a column, one way or the other. What is alike in it stands newest first.

The newest report first is the order in which the record answers anyhow. Any other one needs the whole answer: who has little time sorts
none that is long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select

from onrecord.errors import UsageError
from onrecord.record.asking.newest_first import newest_first, oldest_first

BY_REPORT: Final = "published"
STATEMENT_ORDERS: Final = (BY_REPORT, "source", "kind", "outlet")
EVENT_ORDERS: Final = (BY_REPORT, "date", "type", "actor", "recipient", "place", "status")


class Order(NamedTuple):
    """By which column, and whether from its end to its beginning."""

    by: str
    is_down: bool

    @property
    def is_of_reports(self) -> bool:
        """Is it the order of the reports, which needs no sorting?"""
        return self.by == BY_REPORT


NEWEST: Final = Order(BY_REPORT, True)


def read_order(sort: str | None, known: Sequence[str]) -> Order:
    """The order that a word names; with a minus before it, the other way round.

    Args:
        known: the columns that there are.

    Raises:
        UsageError: if there is none of this name.

    >>> read_order("-source", STATEMENT_ORDERS), read_order(None, STATEMENT_ORDERS)
    (Order(by='source', is_down=True), Order(by='published', is_down=True))
    """
    if sort is None:
        return NEWEST
    by = sort.removeprefix("-").lower()
    if by not in known:
        raise UsageError(
            f"--sort {sort}: there is no such order. Give one of: {', '.join(known)}; with a minus before it, the other way round."
        )
    return Order(by, sort.startswith("-"))


def in_order(query: Select[Any], order: Order, key: ColumnElement[Any] | None, *inside: Any) -> Select[Any]:
    """Rows in an order; what has nothing in its column comes last, whichever way.

    Args:
        query: one in which `articles` is joined.
        key: what the column holds; None in the order of the reports.
        inside: the order within a report.
    """
    if key is None:
        return newest_first(query, *inside) if order.is_down else oldest_first(query, *inside)
    return newest_first(query.order_by((key.desc() if order.is_down else key.asc()).nulls_last()), *inside)


def too_many_to_sort(order: Order, most: int, rows: str) -> str:
    """What to tell whoever wants a long answer in another order.

    >>> too_many_to_sort(Order("source", False), 10_000, "statements")
    'There are more than 10,000 statements, too many to sort by source in time: they stand newest first. Narrow the question to sort them.'
    """
    return (
        f"There are more than {most:,} {rows}, too many to sort by {order.by} in time: they stand newest first. "
        "Narrow the question to sort them."
    )
