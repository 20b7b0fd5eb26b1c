"""How much is on record, in short: what whoever opens it wants to know first."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.record.asking.counts import number_of, number_of_origins
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.schema import actors, articles, events, statements, stories


class Summary(msgspec.Struct, frozen=True):
    """How much is on record.

    Attributes:
        articles: reports, other versions among them.
        stories, origins: of how many stories they are, and how many of them descend from no other.
        events: each once, however often it is told.
        not_analysed: reports in which nothing was looked for.
        last_recorded: when the report that came last was written into the record, ISO 8601 in UTC; None where that is not known.
        model: which model read that report; None where nothing was looked for in it.
    """

    articles: int
    stories: int
    origins: int
    statements: int
    events: int
    actors: int
    not_analysed: int
    last_recorded: str | None
    model: str | None


def summary(connection: Connection) -> Summary:
    """How much is on record; counted anew when that has changed."""
    return while_unchanged(connection, "summary", lambda: _count(connection))


def _count(connection: Connection) -> Summary:
    newest = select(articles.c.recorded, articles.c.model).order_by(articles.c.serial.desc()).limit(1)
    last = connection.execute(newest).first()
    unread = select(func.count()).select_from(articles).where(articles.c.model.is_(None))
    return Summary(
        articles=number_of(connection, articles),
        stories=number_of(connection, stories),
        origins=number_of_origins(connection),
        statements=number_of(connection, statements),
        events=number_of(connection, events),
        actors=number_of(connection, actors),
        not_analysed=connection.execute(unread).scalar_one(),
        last_recorded=last.recorded if last else None,
        model=last.model if last else None,
    )
