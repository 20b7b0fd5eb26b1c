"""Which schema a record has: kept as Alembic keeps it, and on SQLite also in `PRAGMA user_version`.

Older programs look at the latter alone, and refuse a record that is newer than they are.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, inspect, select, text

_ALEMBIC = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def revision(version: int) -> str:
    """The name of a schema among Alembic's revisions.

    >>> revision(8)
    '0008'
    """
    return f"{version:04}"


def read_version(connection: Connection) -> int:
    """The schema of a record; 0 for a database that is none."""
    # Other programs count their schemas in the same places.
    if not inspect(connection).has_table("articles"):
        return 0
    if connection.dialect.name == "sqlite":
        return int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if not inspect(connection).has_table(_ALEMBIC.name):
        return 0
    told = connection.execute(select(_ALEMBIC.c.version_num)).scalar()
    return int(told) if told and told.isdigit() else 0


def write_version(connection: Connection, version: int) -> None:
    """Say which schema a record has now."""
    _ALEMBIC.create(connection, checkfirst=True)
    connection.execute(delete(_ALEMBIC))
    connection.execute(insert(_ALEMBIC), {"version_num": revision(version)})
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA user_version={int(version)}"))
