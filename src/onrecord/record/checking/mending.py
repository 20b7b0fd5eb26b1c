"""Makes anew what follows from other rows: indexes, triggers, views, full text, who is meant, what was put right, stories, and which
event is told.

What was found in reports, and what people corrected, is never touched here.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec
from sqlalchemy import Connection, func, select, text, update

from onrecord.record.amend import amended_reports
from onrecord.record.bearers import blocks_of, link_bearers
from onrecord.record.carrying_out import carry_out
from onrecord.record.creating import create_tables, drop_derived
from onrecord.record.full_text import SQLITE_REBUILT
from onrecord.record.people import follow, load_corrections
from onrecord.record.schema import actors, appearances, articles, events, statements, stories
from onrecord.record.store import Record
from onrecord.record.story_rows import tell_stories


def mend(record: Record) -> None:
    """Make anew all that follows from other rows, in one transaction.

    Raises:
        RecordError: if it cannot be written.
    """
    with record.writing() as connection:
        drop_derived(connection, full_text=True)
        create_tables(connection)
        if connection.dialect.name == "sqlite":
            for statement in SQLITE_REBUILT:
                connection.execute(text(statement))
        _mend_actors(connection)
        _mend_amended(connection)
        _mend_stories(connection)


def _mend_actors(connection: Connection) -> None:
    own = appearances.c
    made = load_corrections(connection)
    found = connection.execute(select(own.found).distinct()).scalars().all()
    registered = own.found != own.linked, ~own.found.startswith("actor-")
    connection.execute(update(appearances).where(*registered).values(linked=own.found))
    link_bearers(connection, blocks_of(found), made)
    linked = connection.execute(select(own.linked).distinct()).scalars().all()
    oldest = connection.execute(select(func.min(articles.c.schema))).scalar_one()
    # A record of schema 2 named actors that appear in no report until all of them are read again.
    known = select(own.actor).distinct() if oldest == 2 else select(actors.c.id)
    follow(connection, made, linked, connection.execute(known).scalars().all())


def _mend_amended(connection: Connection) -> None:
    """Statements and events follow from what was found, which amendments keep, and from these."""
    reports = dict.fromkeys(amended_reports(connection))
    for table in (statements, events):
        reports |= dict.fromkeys(
            connection.execute(select(table.c.article).where(table.c.wrong).distinct()).scalars()
        )
    for report in reports:
        # What cannot be read is left, and told by whoever looks the record over.
        with suppress(msgspec.DecodeError):
            carry_out(connection, report)


def _mend_stories(connection: Connection) -> None:
    """Stories follow from the pairs; when the transaction ends, their events are joined."""
    whole = select(articles.c.id).where(articles.c.version_of.is_(None)).order_by(articles.c.id)
    tell_stories(connection, connection.execute(whole).scalars().all())
    within = select(func.count()).where(articles.c.story == stories.c.id).scalar_subquery()
    connection.execute(update(stories).values(articles=within, events_joined=False))
