"""Tables of schema 8, whose rows point at one another by their ids -> the same rows, which point by numbers (`row_ids.py`).

Tables that a record of a still older schema has not yet are left to `create_tables`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.schema import AddConstraint

from onrecord.record import schema
from onrecord.record.row_ids import FIRST_PARTED, PLACE_BITS, ReportId, RowId

_OLD: Final = "old_"
# Numbers are those of the ids; who was parted by a correction stands behind all others, in the order of the text.
_NUMBERED: Final = f"""INSERT INTO renumbered (id, now)
    SELECT o.id, a.serial * {1 << PLACE_BITS} + CAST(substr(o.id, length(o.article) + 3) AS INTEGER)
    FROM {{table}} o JOIN articles a ON a.id = o.article"""  # nosec B608  # names of ours
_PARTED: Final = f"""INSERT INTO renumbered (id, now)
    SELECT o.id, a.serial * {1 << PLACE_BITS} + {FIRST_PARTED - 1} + row_number() OVER (PARTITION BY o.article ORDER BY
        (SELECT min(m.number) FROM old_mentions m WHERE m.article = o.article AND m.actor = o.id), o.id)
    FROM old_appearances o JOIN articles a ON a.id = o.article WHERE o.base IS NOT NULL"""  # nosec B608  # names of ours


def number_rows(connection: Connection) -> None:
    """Let the rows of a record point at one another by numbers; foreign keys must be off on SQLite."""
    there = set(inspect(connection).get_table_names())
    changed = [t for t in schema.metadata.sorted_tables if t.name in there and _is_changed(t)]
    for table in changed:
        _lay_aside(connection, table)
    connection.execute(
        text("CREATE TEMPORARY TABLE renumbered (id VARCHAR PRIMARY KEY, now BIGINT NOT NULL)")
    )
    for table in changed:
        table.create(connection, checkfirst=False)
        _carry_over(connection, table)
    connection.execute(text("DROP TABLE renumbered"))
    for table in reversed(changed):
        cascade = "" if _is_sqlite(connection) else " CASCADE"
        connection.execute(text(f"DROP TABLE {_OLD}{table.name}{cascade}"))
    if not _is_sqlite(connection):
        _point_anew(connection, {t.name for t in changed}, there)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _is_changed(table: Table) -> bool:
    return table is schema.articles or any(isinstance(c.type, ReportId | RowId) for c in table.columns)


def _lay_aside(connection: Connection, table: Table) -> None:
    """Give a table another name, and its indexes too, where they do not go with it."""
    quote = connection.dialect.identifier_preparer.quote
    if _is_sqlite(connection):
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL"
        )
        for name in connection.execute(text(query), {"table": table.name}).scalars().all():
            connection.execute(text(f"DROP INDEX {quote(name)}"))
    else:
        query = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = :table"
        for name in connection.execute(text(query), {"table": table.name}).scalars().all():
            connection.execute(text(f"ALTER INDEX {quote(name)} RENAME TO {quote(_OLD + name)}"))
    connection.execute(text(f"ALTER TABLE {table.name} RENAME TO {_OLD}{table.name}"))


def _carry_over(connection: Connection, table: Table) -> None:
    """Fill a table from the one that was laid aside."""
    quote = connection.dialect.identifier_preparer.quote
    old = _OLD + table.name
    kept = {c["name"] for c in inspect(connection).get_columns(old)}
    # Before the rows that point at themselves.
    if "id" in table.c and isinstance(table.c.id.type, RowId):
        own = " WHERE o.base IS NULL" if "base" in kept else ""
        connection.execute(text(_NUMBERED.format(table=old) + own))
        if "base" in kept:
            connection.execute(text(_PARTED))
    columns = {quote(c.name): _told(c, quote(c.name)) for c in table.columns if c.name in kept}
    order = ""
    if table is schema.articles:
        # As they came; without the time they came before it was kept.
        order = "o.rowid" if _is_sqlite(connection) else "o.recorded NULLS FIRST, o.id"
        columns["serial"] = f"row_number() OVER (ORDER BY {order})"
        order = f" ORDER BY {order}"
    names, told = ", ".join(columns), ", ".join(columns.values())
    connection.execute(text(f"INSERT INTO {table.name} ({names}) SELECT {told} FROM {old} o{order}"))  # nosec B608  # names of ours


def _told(column: object, name: str) -> str:
    kind = getattr(column, "type", None)
    if isinstance(kind, ReportId):
        return f"(SELECT a.serial FROM articles a WHERE a.id = o.{name})"  # nosec B608  # names of ours
    if isinstance(kind, RowId):
        return f"(SELECT n.now FROM renumbered n WHERE n.id = o.{name})"  # nosec B608  # names of ours
    return f"o.{name}"


def _point_anew(connection: Connection, changed: set[str], there: set[str]) -> None:
    """Tables that stayed pointed at those that are gone: let them point at the ones of today."""
    for table in schema.metadata.sorted_tables:
        if table.name in there - changed:
            for key in table.foreign_key_constraints:
                if key.referred_table.name in changed:
                    connection.execute(AddConstraint(key))
