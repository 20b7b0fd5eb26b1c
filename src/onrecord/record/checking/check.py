"""All checks of a record, one behind the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from onrecord.record import schema
from onrecord.record.checking.amendments import check_amendments
from onrecord.record.checking.database import check_file, check_full_text, check_pointers, check_tables
from onrecord.record.checking.faults import Fault, Faults, Watch
from onrecord.record.checking.reports import check_reports
from onrecord.record.checking.sums import (
    check_actors,
    check_corrections,
    check_events,
    check_places,
    check_stories,
)
from onrecord.record.store import Record


class Checked(msgspec.Struct):
    """What a check has found.

    Attributes:
        reports, statements, events: how many were looked at; of events all tellings.
        seconds: how long it took.
        unchecked: what could not be looked at, in words.
        faults: of each kind and table; none if the record is sound.
    """

    reports: int
    statements: int
    events: int
    seconds: float
    unchecked: list[str]
    faults: list[Fault]


def check(record: Record, watch: Watch | None = None) -> Checked:
    """Look at every row of a record. Nothing is changed; readers and writers go on, but where full text is looked at.

    Args:
        watch: told of what is done, how much of it, and how much there is.

    Raises:
        RecordError: if it cannot be read at all.
    """
    faults, began = Faults(), time.monotonic()
    with record.reading() as connection:
        counts = look_over(connection, faults, watch or _unwatched)
    unchecked = []
    has_full_text = not any(f.kind == "made" and f.table.endswith("_text") for f in faults.all())
    if has_full_text and not check_full_text(record, faults):
        unchecked.append("full text, as nobody may write to the record now")
    return Checked(*counts, time.monotonic() - began, unchecked, faults.all())


def look_over(connection: Connection, faults: Faults, watch: Watch) -> tuple[int, int, int]:
    """Look at all that can be seen through a connection; gives how many reports, statements and tellings of events there are."""
    _try(faults, check_file, connection, faults)
    _try(faults, check_tables, connection, faults)
    # Of what is not there nothing more can be asked.
    if any(f.kind == "tables" for f in faults.all()):
        return 0, 0, 0
    _try(faults, check_pointers, connection, faults, watch)
    reports = _try(faults, check_reports, connection, faults, watch) or 0
    _try(faults, check_places, connection, faults)
    made = _try(faults, check_corrections, connection, faults)
    if made is not None:
        _try(faults, check_actors, connection, made, faults, watch)
    _try(faults, check_amendments, connection, faults)
    _try(faults, check_stories, connection, faults, watch)
    _try(faults, check_events, connection, faults)
    statements, events = (_try(faults, _count, connection, name) or 0 for name in ("statements", "events"))
    return reports, statements, events


def _unwatched(what: str, done: int, total: int) -> None:
    pass


def _count(connection: Connection, name: str) -> int:
    return int(
        connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()
    )


def _try(faults: Faults, look: Callable[..., Any], *given: Any) -> Any:
    """Look at something; what the database cannot read is a fault of its file, and what rests on damaged rows one of theirs."""
    try:
        return look(*given)
    except DatabaseError as error:
        faults.add("file", "file", " ".join(str(error.orig or error).split()))
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        what = look.__name__.removeprefix("check_").replace("_", " ")
        faults.add("unreadable", what, f"{type(error).__name__}: {error}")
    return None
