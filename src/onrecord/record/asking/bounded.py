"""Questions that must be answered in time: what grows with all that fits is refused where too much does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.errors import UsageError


class TooMuchError(UsageError):
    """More fits a question than can be looked through in time; it can be meant as it is put."""


def count_rows(connection: Connection, query: Select[Any], most: int | None = None) -> int:
    """How many rows a query gives.

    Args:
        most: count no further than this.
    """
    return connection.execute(select(func.count()).select_from(query.limit(most).subquery())).scalar_one()


def check_number(number: int, most: int, what: str, command: str) -> None:
    """See that no more fits a question than can be looked through in time.

    Args:
        number: how much fits.
        what: in words, as there are several.
        command: the command line's question, which takes any number.

    Raises:
        TooMuchError: if it is more.

    >>> check_number(3, 2, "predictions", "predictions")
    Traceback (most recent call last):
    ...
    onrecord.record.asking.bounded.TooMuchError: More than 2 predictions fit, too many to be looked through in time. Narrow the question: fewer days, \
somebody, an outlet. On the command line, onrecord predictions takes any number.
    """
    if number > most:
        raise TooMuchError(
            f"More than {most:,} {what} fit, too many to be looked through in time. Narrow the question: fewer days, somebody, an outlet. "
            f"On the command line, onrecord {command} takes any number."
        )
