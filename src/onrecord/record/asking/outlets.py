"""Outlets by what somebody calls them: case, accents, hyphens and a *The* in front do not matter."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from onrecord.errors import UsageError
from onrecord.record.schema import articles
from onrecord.resolution.spelling import fold

# As many outlets are named when a name is none.
_MOST_NAMED = 8


def outlets_named(connection: Connection, words: str) -> list[str]:
    """The outlets that go by a name, as reports print them: *The Orpel Post* and *Orpel-Post* for *orpel post*."""
    wanted = fold(words)
    return [outlet for outlet in outlets_there(connection) if fold(outlet) == wanted]


def of_outlet(connection: Connection, words: str) -> ColumnElement[bool]:
    """Is a report, a row of `articles`, of an outlet that goes by the name?"""
    return articles.c.outlet.in_(outlets_named(connection, words))


def unknown_outlet(connection: Connection, words: str) -> UsageError | None:
    """What to tell whoever asks for an outlet that no report is of, with those that there are; None if there is one."""
    if outlets_named(connection, words):
        return None
    there = outlets_there(connection)
    wanted = set(fold(words).split())
    near = [outlet for outlet in there if wanted & set(fold(outlet).split())] or there
    more = f" and {len(near) - _MOST_NAMED} more" if len(near) > _MOST_NAMED else ""
    hint = f"There are: {', '.join(near[:_MOST_NAMED])}{more}." if there else "No report tells its outlet."
    return UsageError(f"--outlet {words}: no report of this outlet is on record. {hint}")


def outlets_there(connection: Connection) -> list[str]:
    """All outlets, as reports print them, by name."""
    query = select(articles.c.outlet).where(articles.c.outlet.is_not(None)).distinct()
    return sorted(connection.execute(query).scalars())
