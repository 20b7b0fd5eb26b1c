"""Open a record for questions alone: nothing that is asked of it can change it, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, event, inspect

from onrecord.errors import RecordError
from onrecord.record import engines, schema
from onrecord.record.engines import make_engine, named_errors
from onrecord.record.location import Location, locate
from onrecord.record.store import Record
from onrecord.record.versions import read_version

_CACHE_KIB: Final = 16_384
# As much as SQLite maps at most, unless it was built for more.
_MAPPED_BYTES: Final = 0x7FFF0000


def open_read_only(where: str | Path) -> Record:
    """Open the record at a path or an address so that it can be read and nothing else.

    SQLite opens the file for reading and refuses every change; on PostgreSQL all transactions are read-only. A record of an
    older schema is not brought to this one.

    Raises:
        RecordError: if it is not there, not a record, or not of this schema.
        UsageError: if it is the address of nothing that can hold a record.
    """
    location = locate(where)
    if location.path is not None and not location.path.exists():
        raise RecordError(
            f"{location}: there is no record here. Make one with: onrecord read REPORT --record {location}"
        )
    engine = make_engine(_for_reading(location))
    if location.path is not None:
        # To set the journal of a file is to write to it.
        event.remove(engine, "connect", engines._configure_sqlite)
        event.listen(engine, "connect", _configure_for_reading)
    try:
        with named_errors(location), engine.connect() as connection:
            version = read_version(connection)
            is_record = version or not inspect(connection).get_table_names()
    except BaseException:
        engine.dispose()
        raise
    if version == schema.SCHEMA_VERSION:
        return Record(engine, location)
    engine.dispose()
    if version > schema.SCHEMA_VERSION:
        raise RecordError(
            f"{location}: the record has schema {version}, this onrecord reads {schema.SCHEMA_VERSION}. Install a newer onrecord."
        )
    if version:
        raise RecordError(
            f"{location}: the record has schema {version} and is only read here. Bring it to schema {schema.SCHEMA_VERSION} first: "
            f"onrecord status --record {location}"
        )
    what = "this is empty" if is_record else "this is a database, but not a record"
    raise RecordError(f"{location}: {what}. Name another file with --record.")


def _for_reading(location: Location) -> Location:
    """The same place, as SQLite opens it for reading alone."""
    if location.path is None:
        return location
    file = f"file:{quote(str(location.path.absolute()))}"
    return replace(location, url=URL.create("sqlite", database=file, query={"mode": "ro", "uri": "true"}))


def _configure_for_reading(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are ours to begin
    connection.execute(f"PRAGMA busy_timeout={engines.BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA query_only=ON")
    # What a connection has read is not read again, until somebody writes: then all of it is. A file that is mapped into memory is read
    # without copying its pages (https://www.sqlite.org/mmap.html): a question takes a tenth to a half less of the processor.
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
