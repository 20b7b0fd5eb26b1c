"""What the database itself keeps: its file, tables and indexes, rows that point at rows, and full text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, ForeignKeyConstraint, and_, create_engine, func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from onrecord.errors import RecordError
from onrecord.record import schema
from onrecord.record.checking.faults import Faults, Watch
from onrecord.record.creating import create_tables
from onrecord.record.full_text import full_text_for
from onrecord.record.store import Record
from onrecord.record.triggers import triggers_for
from onrecord.record.views import VIEWS

# As many rows are named of those that point nowhere.
_NAMED: Final = 3
_FULL_TEXT: Final = ("statements_text", "articles_text")
_NAME: Final = re.compile(r"(?:IF NOT EXISTS|OR REPLACE (?:TRIGGER|FUNCTION)) (\w+)")


def check_file(connection: Connection, faults: Faults) -> None:
    """Is the file sound as SQLite sees it? PostgreSQL looks after its own files."""
    if connection.dialect.name != "sqlite":
        return
    for told in connection.execute(text("PRAGMA integrity_check")).scalars():
        if told != "ok":
            faults.add("file", "file", " ".join(str(told).split()))


def check_tables(connection: Connection, faults: Faults) -> None:
    """Are all tables, columns, indexes, views and triggers of this schema there, and do the triggers do what they must?"""
    there = inspect(connection)
    tables = set(there.get_table_names())
    for table in schema.metadata.tables.values():
        if table.name not in tables:
            faults.add("tables", table.name, "the table is missing")
            continue
        columns = {c["name"] for c in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                faults.add("tables", table.name, f"the column {column.name} is missing")
    if connection.dialect.name == "sqlite":
        _check_made_on_sqlite(connection, faults)
    else:
        _check_made_on_postgresql(connection, faults)
    for name in VIEWS.keys() - set(there.get_view_names()):
        faults.add("made", name, "the view is missing")


def _check_made_on_sqlite(connection: Connection, faults: Faults) -> None:
    """What a new record has: the same indexes, and triggers and full text of the same words."""
    query = text("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    new = create_engine("sqlite://")
    with new.begin() as fresh:
        create_tables(fresh)
        due = {row.name: row for row in fresh.execute(query)}
    new.dispose()
    there = {row.name: row for row in connection.execute(query)}
    for name, row in due.items():
        is_of_ours = row.type in ("index", "trigger") or name in _FULL_TEXT
        if is_of_ours and name not in there:
            faults.add("made", name, f"the {row.type} is missing")
        elif (row.type == "trigger" or name in _FULL_TEXT) and there[name].sql != row.sql:
            faults.add("made", name, f"the {row.type} is not that of this schema")


def _check_made_on_postgresql(connection: Connection, faults: Faults) -> None:
    indexes = select(text("indexname FROM pg_indexes WHERE schemaname = current_schema()"))
    due = {str(i.name) for t in schema.metadata.tables.values() for i in t.indexes}
    due |= _named(s for s in full_text_for("postgresql") if "CREATE INDEX" in s)
    for name in sorted(due - set(connection.execute(indexes).scalars())):
        faults.add("made", name, "the index is missing")
    triggers = select(text("tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                           "WHERE c.relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled <> 'D'"))  # fmt: skip
    due = _named(s for s in triggers_for("postgresql") if "OR REPLACE TRIGGER" in s)
    for name in sorted(due - set(connection.execute(triggers).scalars())):
        faults.add("made", name, "the trigger is missing or off")


def _named(statements: Iterable[str]) -> set[str]:
    return {found[1] for s in statements if (found := _NAME.search(s))}


def check_pointers(connection: Connection, faults: Faults, watch: Watch) -> None:
    """Is every row there at which another points?"""
    keys = [
        key
        for table in schema.metadata.sorted_tables
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint)
    ]
    for done, key in enumerate(keys, 1):
        table, target = key.table, key.referred_table.alias("target")
        columns = [(e.parent, target.c[e.column.name]) for e in key.elements]
        missing = (
            select(func.count())
            .select_from(table.outerjoin(target, and_(*(mine == theirs for mine, theirs in columns))))
            .where(*(mine.is_not(None) for mine, _ in columns), columns[0][1].is_(None))
        )
        count = connection.execute(missing).scalar_one()
        if count:
            named = missing.with_only_columns(*table.primary_key, *(mine for mine, _ in columns))
            names = ", ".join(mine.name for mine, _ in columns)
            for n, row in enumerate(connection.execute(named.order_by(*table.primary_key).limit(_NAMED))):
                own = len(table.primary_key)
                there = " ".join(map(str, row[own:]))
                faults.add(
                    "pointers",
                    f"{table.name}.{names}",
                    f"{' '.join(map(str, row[:own]))}: {there} is not in {key.referred_table.name}",
                    count=count if n == 0 else 0,
                )
        watch("rows that point at rows", done, len(keys))


def check_full_text(record: Record, faults: Faults) -> bool:
    """Is full text in step with what it is of?

    SQLite is asked by what it takes for a change of the record, though it changes nothing: writers wait meanwhile. The indexes of
    PostgreSQL follow from the rows themselves.

    Returns:
        Whether it could be looked at: not in a record that nobody may write to.
    """
    if record.location.path is None:
        return True
    for name in _FULL_TEXT:
        try:
            with record.writing() as connection:
                _check_index(connection, name, faults)
        except RecordError:
            return False
    return True


def _check_index(connection: Connection, name: str, faults: Faults) -> None:
    """FTS5 compares its index with the table that it is of."""
    try:
        connection.execute(text(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)"))  # nosec B608  # names of ours
    except DatabaseError as error:
        faults.add("full text", name, " ".join(str(error.orig or error).split()))
