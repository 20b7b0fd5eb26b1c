"""Connections to SQLite and PostgreSQL that behave alike.

A question sees one state of the record. Writers take turns, and a writer takes its turn at once, so that what it reads first
still holds when it writes. What is committed is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from onrecord.errors import RecordError
from onrecord.record.location import Location

# How long a writer waits for another one.
BUSY_TIMEOUT_MS: Final = 60_000
# Name of the option with which a connection says that it is going to write.
WRITES: Final = "onrecord_writes"
# The lock that writers of a record in PostgreSQL take; any number that nobody else takes.
_TURN: Final = 0x6F6E7265636F7264


def make_engine(location: Location) -> Engine:
    """An engine for a record; nothing is opened yet.

    Raises:
        RecordError: if PostgreSQL is meant and its driver is not installed.
    """
    if location.path is not None:
        engine = create_engine(location.url)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = create_engine(location.url, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise RecordError(
            f"{location}: PostgreSQL needs its driver. Install it: pip install 'onrecord[postgresql]'"
        ) from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _configure_sqlite(connection: Any, _: object) -> None:
    """Write-ahead log: readers work while a writer writes, and a killed writer leaves no half report."""
    connection.isolation_level = None  # transactions are ours to begin
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


@contextmanager
def named_errors(location: Location) -> Iterator[None]:
    """Errors of the database as one line that names the record and the mend.

    Raises:
        RecordError: for any of them.
    """
    try:
        yield
    except DatabaseError as error:
        reason = " ".join(str(error.orig or error).split())
        if "not a database" in reason or "malformed" in reason:
            mend = "Name another file with --record, or restore this one from a copy."
        elif "unable to open" in reason or "readonly" in reason:
            mend = "Check the folder and its permissions."
        elif "full" in reason:
            mend = "Make room on the disk; what was recorded before is safe."
        elif location.path is None:
            mend = "See that the server runs and that address, user and password are right."
        else:
            mend = "Name another file with --record."
        raise RecordError(f"{location}: the record cannot be used ({reason}). {mend}") from error
