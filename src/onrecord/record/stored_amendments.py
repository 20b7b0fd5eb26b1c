"""The rows of `amendments` <-> amendments, and of which rows of the record they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, bindparam, insert, select, update

from onrecord.record.amendments import Amendment, Moved, read_found, read_said
from onrecord.record.prepared import Question
from onrecord.record.schema import amendments

_IS_AMENDED: Final = Question(
    select(amendments.c.number).where(amendments.c.report == bindparam("report")).limit(1)
)
_MANY: Final = 500
_MOVED: Final = msgspec.json.Decoder(Moved)


class Stored(NamedTuple):
    """An amendment as it stands in the record.

    Attributes:
        row: the id of what it is of (`r-1#s3`); None where that is not found in the report, or the report is not here.
    """

    number: int
    row: str | None
    amendment: Amendment


def is_amended(connection: Connection, report: str) -> bool:
    """Is there an amendment of a report, whether what it is of is found there or not?"""
    return bool(_IS_AMENDED.ask(connection, report=report))


def read_stored(row: Row[Any]) -> Stored:
    """An amendment from its row.

    Raises:
        msgspec.DecodeError: if its JSON cannot be read.
    """
    amendment = Amendment(
        what=row.what,
        of=row.of,
        report=row.report,
        found=read_found(row.of, row.found),
        said=read_said(row.of, row.said),
        time=row.time,
        who=row.who,
        command=row.command,
        moved=_MOVED.decode(row.moved) if row.moved else None,
        id=row.id,
    )
    return Stored(row.number, row.statement or row.event, amendment)


def store_amendments(connection: Connection, made: Sequence[Amendment]) -> None:
    """Append amendments to the list; rows do not follow yet, see `carrying_out.py`."""
    rows = [
        {
            "id": a.id,
            "time": a.time,
            "who": a.who,
            "what": a.what,
            "of": a.of,
            "report": a.report,
            "found": as_json(a.found),
            "said": None if a.said is None else as_json(a.said),
            "command": a.command,
        }
        for a in made
    ]
    if rows:
        connection.execute(insert(amendments), rows)


def stored_of(connection: Connection, reports: Sequence[str]) -> list[Stored]:
    """The amendments of some reports in their order.

    Raises:
        msgspec.DecodeError: if the JSON of one of them cannot be read.
    """
    query = select(amendments).where(amendments.c.report.in_(reports)).order_by(amendments.c.number)
    return [read_stored(row) for row in connection.execute(query)]


def all_stored(connection: Connection) -> Iterator[Stored]:
    """All amendments in their order.

    Raises:
        msgspec.DecodeError: if the JSON of one of them cannot be read.
    """
    query = select(amendments).order_by(amendments.c.number)
    for row in connection.execute(query.execution_options(yield_per=_MANY)):
        yield read_stored(row)


def release(connection: Connection, report: str) -> None:
    """Let amendments of a report point at no row of it: its findings go away."""
    if is_amended(connection, report):
        of_report = amendments.c.report == report
        connection.execute(update(amendments).where(of_report).values(statement=None, event=None, moved=None))


def as_json(told: Any) -> str:
    """Anything of an amendment as a column has it."""
    return msgspec.json.encode(told).decode()
