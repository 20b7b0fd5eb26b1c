"""A new record: tables, indexes, full text, triggers and views of this schema, on SQLite or PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from onrecord.record import schema
from onrecord.record.full_text import full_text_for
from onrecord.record.triggers import triggers_for
from onrecord.record.versions import write_version
from onrecord.record.views import VIEWS


def create_tables(connection: Connection) -> None:
    """Make what is not there of this schema."""
    # To look for each table and index takes as long as to make them.
    is_new = not inspect(connection).get_table_names()
    schema.metadata.create_all(connection, checkfirst=not is_new)
    if not is_new:
        for table in schema.metadata.tables.values():
            for index in table.indexes:
                index.create(connection, checkfirst=True)
    dialect = connection.dialect.name
    for statement in (*full_text_for(dialect), *triggers_for(dialect)):
        connection.execute(text(statement))
    there = set(inspect(connection).get_view_names())
    for name in VIEWS.keys() - there:
        connection.execute(text(f"CREATE VIEW {name} AS {VIEWS[name]}"))
    write_version(connection, schema.SCHEMA_VERSION)


def drop_derived(connection: Connection, *, full_text: bool) -> None:
    """Take away what follows from the tables, of whatever schema it is: `create_tables` makes that of this one.

    Args:
        full_text: the indexes of SQLite too, which are dear to make anew.
    """
    # Views of other names are somebody's own.
    for name in VIEWS:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
    if connection.dialect.name == "sqlite":
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in connection.execute(triggers).scalars().all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        for name in ("statements_text", "articles_text") if full_text else ():
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
