"""When reports came into the record, as part of a question: by their numbers, which rise as reports come.

The moment at which a report was recorded does not tell it: one that is imported keeps the moment at which another record got it.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Connection, Select, func, select, type_coerce

from onrecord.record.schema import articles

# On a record of 40,000 reports what is found in so many is looked through in a tenth of a second.
_FEW: Final = 500


class Arrived(msgspec.Struct, frozen=True):
    """Between which two reports one came; numbers of reports (`articles.serial`).

    Attributes:
        after: the last that does not count any more; 0 where all before `until` do.
        until: the last that counts; None where all after `after` do.
    """

    after: int = 0
    until: int | None = None


def has_arrived(report: ColumnElement[Any], when: Arrived | None) -> list[ColumnElement[bool]]:
    """Did a report come then?

    Args:
        report: the column that tells which one it is.
    """
    if when is None:
        return []
    number = type_coerce(report, BigInteger)
    return [
        *([number > when.after] if when.after else ()),
        *([number <= when.until] if when.until is not None else ()),
    ]


def have_few_arrived(connection: Connection, when: Arrived | None) -> bool:
    """Are there so few reports that one after the other can be looked at?"""
    return when is not None and when.after > 0 and last_arrived(connection) - when.after <= _FEW


def latest_first(query: Select[Any], report: ColumnElement[Any], place: ColumnElement[Any]) -> Select[Any]:
    """Rows as their reports came, the latest first, and in the order of the text."""
    return query.order_by(type_coerce(report, BigInteger).desc(), place)


def last_arrived(connection: Connection) -> int:
    """The number of the report that came last; 0 if there is none."""
    return int(connection.execute(select(func.coalesce(func.max(articles.c.serial), 0))).scalar_one())
