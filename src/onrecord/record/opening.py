"""Open a record: one that is there, an older one that is brought to this schema, or a new one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect

from onrecord.errors import RecordError
from onrecord.record import schema
from onrecord.record.creating import create_tables
from onrecord.record.engines import WRITES, make_engine, named_errors
from onrecord.record.location import Location, locate
from onrecord.record.migrating import keep_copy, migrate
from onrecord.record.store import Record
from onrecord.record.upgrade import LACKING, OLDEST
from onrecord.record.versions import read_version


def open_record(where: str | Path, *, create: bool) -> Record:
    """Open the record at a path or an address (`location.py`); one of an older schema is brought to this one first.

    Args:
        create: make a new one if there is none.

    Raises:
        RecordError: if it is not there, not a record, or of a newer schema than this program's.
        UsageError: if it is the address of nothing that can hold a record.
    """
    location = locate(where)
    if location.path is not None:
        _check_path(location.path, location, create=create)
    engine = make_engine(location)
    try:
        with named_errors(location):
            upgraded_from = _check_schema(engine, location, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Record(engine, location, upgraded_from)


def _check_path(path: Path, location: Location, *, create: bool) -> None:
    """See that there is a file, or a folder to make one in."""
    try:
        there, has_folder = path.exists(), path.parent.is_dir()
    except OSError as error:
        raise RecordError(
            f"{location}: {path.parent} cannot be looked into ({error.strerror}). Check the folder and its permissions."
        ) from error
    if not create and not there:
        raise RecordError(
            f"{location}: there is no record here. Make one with: onrecord read REPORT --record {location}"
        )
    if create and not has_folder:
        raise RecordError(f"{location}: the folder {path.parent} does not exist. Make it first.")


def _check_schema(engine: Engine, location: Location, *, create: bool) -> int | None:
    """See that there is a record of this schema, or make one; gives the schema that it had if it was older."""
    with engine.connect() as connection:
        version = read_version(connection)
        tables = inspect(connection).get_table_names()
    if version == schema.SCHEMA_VERSION:
        return None
    if version > schema.SCHEMA_VERSION:
        raise RecordError(
            f"{location}: the record has schema {version}, this onrecord writes {schema.SCHEMA_VERSION}. Install a newer onrecord."
        )
    if tables and version == 0:
        raise RecordError(
            f"{location}: this is a database, but not a record. Name another file with --record."
        )
    if 0 < version < OLDEST:
        raise RecordError(
            f"{location}: the record has schema {version}, which is too old to be brought to {schema.SCHEMA_VERSION}. "
            "Read its reports into a new record."
        )
    if version:
        if location.path is not None:
            keep_copy(location.path, version)
        with engine.connect() as plain:
            migrate(plain.execution_options(**{WRITES: True}))
        # Whose reports lack nothing is not told of it.
        return version if version in LACKING else None
    if not create:
        raise RecordError(
            f"{location}: this is empty. Make a record with: onrecord read REPORT --record {location}"
        )
    with engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
        # Another process may have made the tables while this one waited.
        if read_version(plain) == 0:
            create_tables(plain)
    return None
