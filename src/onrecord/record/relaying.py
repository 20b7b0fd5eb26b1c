"""Tables of a SQLite record of before schema 8 -> the same rows, laid in the order of their keys, and the indexes of today."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

from onrecord.resolution.spelling import fold

_BY_KEY: Final = """copied_pairs copied_passages story_keys actor_names appearance_names contents subjects mentions place_mentions
event_parties event_modes event_contexts event_places""".split()
# Indexes that there are no more: what they find is found by another one, or by one of the rows that have anything there.
_GONE: Final = """ix_appearances_found ix_statements_article ix_statements_addressee ix_mentions_actor ix_events_place ix_events_reported_by
ix_event_parties_actor ix_event_parties_country ix_event_parties_sector""".split()
# What all keys of a report count together stands beside each since schema 8.
_ROWS: Final = {
    "story_keys": "SELECT key, k.article, told.strength FROM old_story_keys k JOIN (SELECT article, "
    'sum(1 + "key" % 2) AS strength FROM old_story_keys GROUP BY article) told ON told.article = k.article'
}


def lay_by_key(connection: Connection) -> None:
    """Lay the rows that are found by their keys alone in the order of these; foreign keys must be off. Tables that there are not
    yet are left to `create_tables`.

    A table that is laid so has no indexes afterwards: `create_tables` makes them.
    """
    for name in _GONE:
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
    for name in _BY_KEY:
        query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
        made = str(connection.execute(query, {"name": name}).scalar() or "").rstrip()
        if not made or made.endswith("WITHOUT ROWID"):
            continue
        if name == "actor_names":
            _lay_names(connection, made)
            continue
        # An index keeps its name as long as its table is there.
        connection.execute(text(f"ALTER TABLE {name} RENAME TO old_{name}"))
        # As it stands, since a colon would begin a parameter.
        if name == "story_keys":
            made = made.replace(
                "article VARCHAR NOT NULL,", "article VARCHAR NOT NULL, strength INTEGER NOT NULL,"
            )
        connection.exec_driver_sql(made + " WITHOUT ROWID")
        connection.execute(text(f"INSERT INTO {name} {_ROWS.get(name, f'SELECT * FROM old_{name}')}"))  # nosec B608  # names of ours
        connection.execute(text(f"DROP TABLE old_{name}"))


def _lay_names(connection: Connection, made: str) -> None:
    """Names stand backwards too since schema 8."""
    names = connection.execute(text("SELECT actor, name FROM actor_names ORDER BY actor, name")).all()
    connection.execute(text("DROP TABLE actor_names"))
    made = made.replace("folded VARCHAR NOT NULL,", "folded VARCHAR NOT NULL, backwards VARCHAR NOT NULL,")
    connection.exec_driver_sql(made + " WITHOUT ROWID")
    query = text(
        "INSERT INTO actor_names (actor, name, folded, backwards) VALUES (:actor, :name, :folded, :backwards)"
    )
    rows = [{"actor": a, "name": n, "folded": fold(n), "backwards": fold(n)[::-1]} for a, n in names]
    if rows:
        connection.execute(query, rows)
