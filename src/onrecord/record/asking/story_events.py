"""The events that the reports of a story tell, each once."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from onrecord.record.asking.event_types import Event
from onrecord.record.asking.newest_first import of_report
from onrecord.record.asking.stories import members_of
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.build_events import build_events
from onrecord.record.schema import articles, events


class StoryEvents(msgspec.Struct, frozen=True):
    """Some of the events of a story; `total` is how many there are."""

    rows: list[Event]
    total: int


def story_events(connection: Connection, story: str, *, limit: int, offset: int = 0) -> StoryEvents:
    """The events of a story, in the order of the report that it begins with; then what others add.

    Args:
        story: an id.
        limit: at most so many, some hundreds.
        offset: how many are left out at the beginning.
    """
    question = ("story events", story, limit, offset)
    return while_unchanged(connection, question, lambda: _find(connection, story, limit, offset))


def _find(connection: Connection, story: str, limit: int, offset: int) -> StoryEvents:
    place = {member.id: number for number, member in enumerate(members_of(connection, story))}
    query = (
        select(events.c.id, events.c.article, events.c.number)
        .join_from(articles, events, of_report(events.c.article, reports_first=True))
        .where(articles.c.story == story, events.c.id == events.c.event)
    )
    rows = sorted(connection.execute(query), key=lambda row: (place[row.article], row.number))
    shown = [row.id for row in rows[offset : offset + limit]]
    return StoryEvents(build_events(connection, shown) if shown else [], len(rows))
