"""What was said, or what happened, day by day: the rows of an answer in the order of their days, a page of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import BigInteger, Connection, Table, select, type_coerce

from onrecord.record.asking.counting import Counted, Item, count_items
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, events_of
from onrecord.record.asking.statements import Question, Said, said_of
from onrecord.record.row_ids import is_among
from onrecord.record.schema import events, statements

Direction = Literal["newest", "oldest"]


class OnDay(msgspec.Struct):
    """A statement or an event, one of the two, with its day: the first one that the text tells, else that of the report (`told` is
    false); None if neither is known."""

    day: str | None
    told: bool
    statement: Said | None
    event: Event | None


class ByDay(msgspec.Struct):
    """A page of rows in the order of their days; what has no day stands last. `counted` tells how many there are in all."""

    rows: list[OnDay]
    counted: Counted


def by_day(
    connection: Connection,
    question: Question | EventQuestion,
    *,
    once: bool = False,
    first: Direction = "newest",
    limit: int = 50,
    offset: int = 0,
) -> ByDay:
    """What fits a question, day by day.

    Args:
        once: of statements those of one report of each story.
        first: which day comes first.
        limit: so many rows at most.
        offset: how many are left out at the beginning.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, counted = count_items(connection, question, once=once)
    shown = in_order_of_days(items, first)[offset : offset + limit]
    numbers = [item.number for item in shown]
    if isinstance(question, EventQuestion):
        ids = _ids(connection, events, numbers)
        told = {e.id: e for e in events_of(connection, [ids[n] for n in numbers], question)}
        happened = [told[ids[n]] for n in numbers]
        rows = [OnDay(i.day, _tells_days(e), None, e) for i, e in zip(shown, happened, strict=True)]
    else:
        ids = _ids(connection, statements, numbers)
        said = said_of(connection, [ids[n] for n in numbers])
        rows = [OnDay(i.day, s.date is not None, s, None) for i, s in zip(shown, said, strict=True)]
    return ByDay(rows, counted)


def in_order_of_days(items: Sequence[Item], first: Direction) -> list[Item]:
    """Items by their days, those of one day in the order of their reports and texts; those without a day last."""
    dated = sorted((i for i in items if i.day), key=lambda i: (i.published or "", i.article, i.number))
    dated.sort(key=lambda i: i.day or "", reverse=first == "newest")
    return dated + sorted((i for i in items if not i.day), key=lambda i: i.number)


def _tells_days(event: Event) -> bool:
    return event.date is not None and bool(event.date.from_ or event.date.to)


def _ids(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[int, str]:
    number = type_coerce(table.c.id, BigInteger).label("row_number")
    query = select(number, table.c.id).where(is_among(table.c.id, numbers))
    return {row.row_number: row.id for row in connection.execute(query)}
