"""Triggers that mark a story in which something has changed on which `events.event` rests: no change can be forgotten.

What has changed is joined anew before the transaction ends (`event_joins.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_STORY: Final = (
    "UPDATE stories SET events_joined = FALSE WHERE events_joined AND id = (SELECT coalesce(a.story, w.story) "
    "FROM articles a LEFT JOIN articles w ON w.id = a.version_of WHERE a.serial = {article})"
)
# Name, after what, on which table, and the report in which it is.
_MARKING: Final = (
    ("events_inserted", "INSERT", "events", "new.article"),
    ("events_deleted", "DELETE", "events", "old.article"),
    ("appearances_meant", "UPDATE OF actor", "appearances", "new.article"),
    (
        "sources_meant",
        "UPDATE OF source_actor, source_text, source_country, source_sector",
        "statements",
        "new.article",
    ),
    # What people put right of an event, or of who takes part in it, is written with its row.
    (
        "events_amended",
        "UPDATE OF type, mode, status, trigger_start, reported_by, same_as, wrong",
        "events",
        "new.article",
    ),
    (
        "parties_meant",
        "UPDATE OF actor",
        "event_parties",
        "(SELECT article FROM events WHERE id = new.event)",
    ),
)


def triggers_for(dialect: str) -> Iterator[str]:
    """The statements that make the triggers on a database; each changes nothing where it is made already."""
    for name, what, table, article in _MARKING:
        marked = _STORY.format(article=article)
        if dialect == "sqlite":
            yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {what} ON {table} BEGIN {marked}; END"
        else:
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {marked}; RETURN NULL; END $$"
            )
            yield (
                f"CREATE OR REPLACE TRIGGER {name} AFTER {what} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
