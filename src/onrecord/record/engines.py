"""Connections to SQLite and PostgreSQL that behave alike.

A question sees one state of the record. Writers take turns, and a writer takes its turn at once, so that what it reads first
still holds when it writes. What is committed is on the disk.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from onrecord.errors import RecordError, UsageError
from onrecord.record.location import Location

# How long a writer waits for another one.
BUSY_TIMEOUT_MS: Final = 60_000
# How long a server may take to answer, unless the address or PGCONNECT_TIMEOUT tells.
_CONNECT_TIMEOUT_S: Final = 10
# Name of the option with which a connection says that it is going to write.
WRITES: Final = "onrecord_writes"
# SQLite: the log goes over into the file when it has so many pages (of 4 KB; a report changes about 200), and so many kilobytes of
# the file are held in memory.
_LOG_PAGES: Final = 8_000
_CACHE_KB: Final = 64_000
# What to do about an error of PostgreSQL, by the beginning of its code.
_MENDS: Final = {
    "55P03": "Another program writes to it: try again when that is done.",
    "57": "The server was stopped: try again when it runs; what was recorded before is safe.",
    "53": "Make room on the server; what was recorded before is safe.",
    "42501": "Ask whoever runs the server for the right to do this.",
    "25006": "It can be read alone there: name the server that can be written to.",
    "28": "See that the user is right, and its password: in PGPASSWORD, or in ~/.pgpass.",
    "3D000": "Make the database first: createdb NAME.",
    "3F000": "Make the schema first: CREATE SCHEMA NAME.",
}
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
        event.listen(engine, "before_cursor_execute", _refuse_nul)
        return engine
    try:
        is_told = "connect_timeout" in location.url.query or "PGCONNECT_TIMEOUT" in os.environ
        patience = {} if is_told else {"connect_timeout": _CONNECT_TIMEOUT_S}
        engine = create_engine(location.url, connect_args=patience, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise RecordError(
            f"{location}: PostgreSQL needs its driver. Install it: pip install 'onrecord[postgresql]'"
        ) from error
    event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "before_cursor_execute", _refuse_nul)
    return engine


def _configure_sqlite(connection: Any, _: object) -> None:
    """Write-ahead log: readers work while a writer writes, and a killed writer leaves no half report."""
    connection.isolation_level = None  # transactions are ours to begin
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _refuse_nul(_: Connection, __: object, ___: str, given: Any, ____: object, is_many: bool) -> None:
    """No text that is asked for holds NUL: PostgreSQL knows none that does, and SQLite would find nothing."""
    if is_many:
        return
    for value in given.values() if isinstance(given, dict) else given or ():
        if isinstance(value, str) and "\0" in value:
            raise UsageError(f"{value!r}: no record holds the character NUL (U+0000). Leave it out.")


@contextmanager
def named_errors(location: Location) -> Iterator[None]:
    """Errors of the database as one line that names the record and the mend.

    Raises:
        RecordError: for any of them.
        UsageError: for words that are no text.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        if error.reason != "surrogates not allowed":
            raise
        raise UsageError(
            f"{error.object!a}: this is no text, as it holds half a character. Write it in UTF-8."
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        cause = getattr(error, "orig", None) or error
        reason = " ".join(str(cause).split())
        mend = _mend_on_postgresql(cause, reason) if location.path is None else _mend_on_sqlite(reason)
        raise RecordError(f"{location}: the record cannot be used ({reason}). {mend}") from error


def _mend_on_sqlite(reason: str) -> str:
    if "not a database" in reason or "malformed" in reason:
        return "Name another file with --record, or restore this one from a copy."
    if "unable to open" in reason or "readonly" in reason:
        return "Check the folder and its permissions."
    if "full" in reason:
        return "Make room on the disk; what was recorded before is safe."
    if "locked" in reason:
        return "Another program writes to it: try again when that is done."
    return "Name another file with --record."


def _mend_on_postgresql(cause: BaseException, reason: str) -> str:
    """What to do, by the class of the error that the server tells; it tells none where it could not be reached."""
    told = str(getattr(cause, "sqlstate", None) or "")
    for begins, mend in _MENDS.items():
        if told.startswith(begins):
            return mend
    if "password" in reason or "authentication" in reason:
        return _MENDS["28"]
    if "database" in reason and "does not exist" in reason:
        return _MENDS["3D000"]
    return "See that the server runs, and that the address is right; what was recorded before is safe."
