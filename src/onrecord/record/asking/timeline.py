"""What happened and what was said, by day: by the days that texts tell, and apart from them what no text dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, exists, func, select

from onrecord.record.asking.bounded import count_rows
from onrecord.record.asking.event_days import OF_REPORT, TOLD, Days, days_of
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, count_events, events_of, find_events
from onrecord.record.asking.places import places_in
from onrecord.record.asking.statements import Question, Said, ids_of, said_of
from onrecord.record.asking.stories import Tellers
from onrecord.record.asking.variants import once_a_story
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, contents, place_mentions, statements, times

# How days are known: what no text dates stands behind the rest, by the day of its report.
_PARTS: Final = (TOLD, OF_REPORT, None)
# Days that come behind all others.
_LAST: Final = "9999-12-31"


class TimelineQuestion(msgspec.Struct, frozen=True):
    """What to look for; all that is given must hold.

    Attributes:
        actor: name, id, code or words of whoever takes part in an event or says something.
        about: name or id of an actor, or words: of the parties or the sentence of an event, of the content of a statement.
        place: id of a place: where an event happened, or which the content of a statement names.
        since, until: ISO dates, both included; of the report where the text tells no day.
        outlet: who published the report.
    """

    actor: str | None = None
    about: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None


class Entry(msgspec.Struct):
    """An event or a statement with its days.

    Attributes:
        from_, to: first and last day, both included; `to` is None where the end is open; both are where no day is known.
        how: *text* if the text tells the days, *published* if they are the report's; None if neither is known.
        event, statement: one of the two. What the copies of a report tell stands once.
        tellers: in how many reports it is told, of how many stories and origins.
    """

    from_: str | None = msgspec.field(name="from")
    to: str | None
    how: Literal["text", "published"] | None
    event: Event | None
    statement: Said | None
    tellers: Tellers


class _Place(NamedTuple):
    """Where an entry stands in the line, by which all are sorted."""

    part: int
    first: str
    last: str
    is_statement: bool
    published: str
    article: str
    number: int


class _Key(NamedTuple):
    """An entry that is not fetched yet."""

    place: _Place
    id: str
    days: Days
    tellers: Tellers | None


class Timeline(msgspec.Struct):
    """All entries that there are: how many, of which sort, and the ids of those that are to be shown."""

    events: int
    statements: int
    shown: list[Any]
    question: EventQuestion

    def entries(self, connection: Connection) -> Iterator[Entry]:
        """The entries that are to be shown, some hundreds fetched at a time."""
        part: list[_Key]
        for part in in_parts(self.shown):
            of_events = [k.id for k in part if not k.place.is_statement]
            of_statements = [k.id for k in part if k.place.is_statement]
            told = {e.id: e for e in events_of(connection, of_events, self.question)}
            said = {s.id: s for s in said_of(connection, of_statements)}
            for key in part:
                event, statement = told.get(key.id), said.get(key.id)
                tellers = key.tellers or (event.tellers if event else Tellers(1, 1, 1))
                yield Entry(key.days.first, key.days.last, key.days.how, event, statement, tellers)


def timeline(
    connection: Connection, question: TimelineQuestion, *, limit: int | None = None, offset: int = 0
) -> Timeline:
    """What fits a question: first what a text dates, the earliest day first, then the rest by the day of its report.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    asked = _events_asked(question)
    happened = [_of_event(event) for event in find_events(connection, asked)]
    said = list(_statements(connection, question))
    keys = sorted(happened + said)
    shown = keys[offset : None if limit is None else offset + limit]
    return Timeline(len(happened), len(said), shown, asked)


def count_entries(connection: Connection, question: TimelineQuestion, *, most: int | None = None) -> int:
    """How many events and statements fit a question, with those statements that copies print again.

    Args:
        most: count no further than this, or a little.
    """
    happened = count_events(connection, _events_asked(question), most=most)
    if most is not None and happened >= most:
        return happened
    said = ids_of(connection, _statements_asked(question))
    if question.place:
        said = said.where(_names_place(connection, question.place))
    return happened + count_rows(connection, said, most)


def _events_asked(question: TimelineQuestion) -> EventQuestion:
    return EventQuestion(
        party=question.actor,
        about=question.about,
        place=question.place,
        since=question.since,
        until=question.until,
        outlet=question.outlet,
    )


def _statements_asked(question: TimelineQuestion) -> Question:
    return Question(
        by=question.actor,
        about=question.about,
        since=question.since,
        until=question.until,
        outlet=question.outlet,
    )


def _of_event(event: Event) -> _Key:
    days = days_of(event)
    number = int(event.id.rpartition("#e")[2])
    return _Key(_place(days, False, event.published, event.article, number), event.id, days, event.tellers)


def _place(days: Days, is_statement: bool, published: str | None, article: str, number: int) -> _Place:
    return _Place(
        _PARTS.index(days.how),
        days.first or "",
        days.last or _LAST,
        is_statement,
        published or "",
        article,
        number,
    )


def _statements(connection: Connection, question: TimelineQuestion) -> Iterator[_Key]:
    """The statements that fit, each once a story."""
    whole = articles.alias("whole")
    story = func.coalesce(articles.c.story, whole.c.story).label("story")
    query = (
        select(
            statements.c.id,
            statements.c.article,
            statements.c.number,
            statements.c.date,
            articles.c.published,
            times.c.from_date,
            times.c.to_date,
            story,
        )
        .join(articles, articles.c.serial == statements.c.article)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .outerjoin(times, times.c.id == statements.c.time)
        .where(statements.c.id.in_(ids_of(connection, _statements_asked(question))))
    )
    if question.place:
        query = query.where(_names_place(connection, question.place))
    rows = {row.id: row for row in connection.execute(query)}
    for id, told in once_a_story(connection, {id: (r.article, r.story) for id, r in rows.items()}):
        row = rows[id]
        days = _days(row)
        place = _place(days, True, row.published, row.article, row.number)
        yield _Key(place, id, days, told)


def _days(row: Any) -> Days:
    """When a statement was made: the days of the words that tell it, else the day that the text tells, else the report's."""
    if row.from_date or row.to_date:
        return Days(row.from_date or row.to_date, row.to_date, TOLD)
    if row.date:
        return Days(row.date, row.date, TOLD)
    if row.published:
        day = row.published[:10]
        return Days(day, day, OF_REPORT)
    return Days(None, None, None)


def _names_place(connection: Connection, place: str) -> ColumnElement[bool]:
    named = place_mentions
    return exists().where(
        contents.c.statement == statements.c.id,
        named.c.article == statements.c.article,
        named.c.place.in_(places_in(connection, place)),
        named.c.start >= contents.c.start,
        named.c.end <= contents.c.end,
    )


def reports_of(entry: Entry) -> set[str]:
    """The reports that tell an entry; of a statement the one that prints it as it is shown."""
    if entry.event:
        return {t.article for t in entry.event.tellings}
    return {entry.statement.id.rpartition("#")[0]} if entry.statement else set()
