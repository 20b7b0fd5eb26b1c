"""A record of an older schema -> one of this schema, in one transaction.

Tables are migrated by Alembic (`migrations/`), those of schemas before 7 by `upgrade.py`. What follows from the tables, full
text, triggers and views, is taken away before and made anew behind it; full text only where it is not that of today.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, text

from onrecord.errors import RecordError
from onrecord.record import schema
from onrecord.record.creating import create_tables, drop_derived
from onrecord.record.full_text import SQLITE_REBUILT
from onrecord.record.relaying import lay_by_key
from onrecord.record.upgrade import bring_from_before_alembic
from onrecord.record.versions import read_version, write_version

# The first schema that Alembic knows.
_FIRST_OF_ALEMBIC = 7
# Since this one full text is that of today, and the rows that it is of have stayed the same.
_SAME_FULL_TEXT = 9


def migrate(connection: Connection) -> None:
    """Bring a record of an older schema to this one; nothing is changed if it is of this one already.

    Args:
        connection: one without an open transaction, that takes its turn as a writer.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # Neither can be set inside a transaction; a renamed table must not take along who points at it.
        _set(connection, "PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON")
    try:
        with connection.begin():
            # Another process may have done it while this one waited.
            version = read_version(connection)
            if version >= schema.SCHEMA_VERSION:
                return
            is_new_full_text = version < _SAME_FULL_TEXT
            drop_derived(connection, full_text=is_new_full_text)
            if version < _FIRST_OF_ALEMBIC:
                # What follows writes into tables of this schema.
                lay_by_key(connection)
                bring_from_before_alembic(connection, version)
            else:
                write_version(connection, version)
                _run_revisions(connection)
            create_tables(connection)
            for statement in SQLITE_REBUILT if is_sqlite and is_new_full_text else ():
                connection.execute(text(statement))
    finally:
        if is_sqlite:
            _set(connection, "PRAGMA legacy_alter_table=OFF", "PRAGMA foreign_keys=ON")


def keep_copy(path: Path, version: int) -> Path:
    """Copy a record beside itself before it is migrated; gives the path of the copy, one that was not there.

    Raises:
        RecordError: if it cannot be written.
    """
    numbers = ("" if n == 0 else f".{n}" for n in range(1_000_000))
    copy = next(c for n in numbers if not (c := path.with_name(f"{path.name}.schema-{version}{n}")).exists())
    partial = copy.with_name(copy.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as target:
            source.backup(target)
        partial.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise RecordError(
            f"{path}: a copy must be kept before this record of schema {version} is migrated, and {copy} cannot be "
            f"written ({error}). Make room in the folder, and let it be written to."
        ) from error
    return copy


def _run_revisions(connection: Connection) -> None:
    # Costs a tenth of a second that a record of this schema need not pay.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _set(connection: Connection, *pragmas: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    for pragma in pragmas:
        raw.execute(pragma)
