"""What was predicted by whom, when it is due, and what was reported since of the same parties. Nothing says whether it came true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, func, or_, select

from onrecord.errors import UsageError
from onrecord.record.asking.days import published_day
from onrecord.record.asking.due import Due, Expression, find_due
from onrecord.record.asking.event_days import TOLD, days_of
from onrecord.record.asking.event_types import Event, Word
from onrecord.record.asking.statements import Evidence, Question, Said, ids_of, said_of
from onrecord.record.asking.stories import Tellers
from onrecord.record.asking.variants import once_a_story
from onrecord.record.build_events import build_events
from onrecord.record.parts import in_parts
from onrecord.record.quoting import words_of_content
from onrecord.record.schema import (
    appearances,
    articles,
    contents,
    event_modes,
    event_parties,
    events,
    statements,
    times,
)

# An event of so many days before or behind the days of a prediction is near enough to be shown beside it.
_NEAR_DAYS: Final = 7
# What is shown beside a prediction has come about, or is denied to have.
_TOLD_SINCE: Final = ("occurred", "ongoing", "denied")
_LAST: Final = "9999-12-31"


class PredictionQuestion(msgspec.Struct, frozen=True):
    """What to look for; all that is given must hold.

    Attributes:
        said: who predicted what when, as for statements; its `kind` is not looked at.
        due_since, due_until: ISO dates, both included: it is due on one of these days.
    """

    said: Question
    due_since: str | None = None
    due_until: str | None = None


class Since(msgspec.Struct):
    """An event that a later report tells, of the type and the parties of one that was predicted. It is no verdict.

    Attributes:
        from_, to: the days of the event; `how` says whether the text tells them (*text*) or they are the report's (*published*).
        reported_by: on whose word; None is the reporter's.
        sentence: where it is told.
    """

    event: str
    type: str
    status: str
    from_: str | None = msgspec.field(name="from")
    to: str | None
    how: str | None
    reported_by: Word | None
    published: str | None
    outlet: str | None
    headline: str | None
    sentence: Evidence
    tellers: Tellers


class Prediction(msgspec.Struct):
    """A statement that predicts, once a story.

    Attributes:
        due: when it should come about; None if its content does not tell.
        tellers: in how many reports it is printed, of how many stories and origins.
        reported_since: what later reports tell of the same parties near the days on which it was due.
    """

    said: Said
    due: Due | None
    tellers: Tellers
    reported_since: list[Since]


class Predictions(msgspec.Struct):
    """How many predictions there are, and those that are to be shown."""

    total: int
    shown: list[tuple[str, Due | None, Tellers]]

    def fetch(self, connection: Connection) -> Iterator[Prediction]:
        """The predictions that are to be shown, some hundreds fetched at a time."""
        for part in in_parts(self.shown):
            found = said_of(connection, [id for id, _, _ in part])
            for said, (_, due, told) in zip(found, part, strict=True):
                since = _reported_since(connection, said, due) if due and due.last else []
                yield Prediction(said, due, told, since)


def predictions(
    connection: Connection, question: PredictionQuestion, *, limit: int | None = None, offset: int = 0
) -> Predictions:
    """Predictions that fit a question, those first that are due first; behind them those of which no day is known.

    Raises:
        UsageError: as `said` does, and for a first day of the due ones after the last.
    """
    since, until = question.due_since, question.due_until
    if since and until and since > until:
        raise UsageError(
            f"--due-since {since} --due-until {until}: the first day is after the last. Give them the other way round."
        )
    asked = msgspec.structs.replace(question.said, kind="prediction")
    whole = articles.alias("whole")
    query = (
        select(
            statements.c.id,
            statements.c.article,
            statements.c.number,
            func.coalesce(statements.c.date, articles.c.published).label("day"),
            func.coalesce(articles.c.story, whole.c.story).label("story"),
            statements.c.within,
            appearances.c.actor.label("speaker"),
        )
        .join(articles, articles.c.serial == statements.c.article)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .outerjoin(appearances, appearances.c.id == statements.c.source_actor)
        .where(statements.c.id.in_(ids_of(connection, asked)))
    )
    rows = _without_nested({row.id: row for row in connection.execute(query)})
    due = _due(connection, rows)
    found = []
    for id, told in once_a_story(connection, {id: (r.article, r.story) for id, r in rows.items()}):
        when = due.get(id)
        if (since or until) and not _falls_in(when, since, until):
            continue
        row = rows[id]
        last, first = (when.last, when.from_) if when else (None, None)
        key = (last or _LAST, first or "", row.day or _LAST, row.article, row.number)
        found.append((key, (id, when, told)))
    shown = [item for _, item in sorted(found, key=lambda f: f[0])]
    return Predictions(len(found), shown[offset : None if limit is None else offset + limit])


def _without_nested(rows: dict[str, Any]) -> dict[str, Any]:
    """Without what somebody predicts inside a prediction of their own: *he is sure, he said, that it will rain* is one."""

    def is_told_already(row: Any) -> bool:
        outer = rows.get(row.within) if row.within else None
        return outer is not None and (row.speaker is None or row.speaker == outer.speaker)

    return {id: row for id, row in rows.items() if not is_told_already(row)}


def _falls_in(due: Due | None, since: str | None, until: str | None) -> bool:
    if due is None or due.last is None:
        return False
    first, last = due.from_ or due.last, due.last
    return (since is None or last >= since) and (until is None or first <= until)


def _due(connection: Connection, rows: dict[str, Any]) -> dict[str, Due]:
    """When each statement is due, of those that tell it."""
    found: dict[str, Due] = {}
    for part in in_parts(rows):
        pieces: dict[str, list[tuple[int, str]]] = defaultdict(list)
        told: dict[str, list[Expression]] = defaultdict(list)
        where = (
            select(contents, words_of_content())
            .where(contents.c.statement.in_(part))
            .order_by(*contents.primary_key.columns)
        )
        for row in connection.execute(where):
            pieces[row.statement].append((row.start, row.text))
        inside = (
            select(contents.c.statement, times)
            .join(statements, statements.c.id == contents.c.statement)
            .join(times, times.c.article == statements.c.article)
            .where(
                contents.c.statement.in_(part),
                times.c.start >= contents.c.start,
                times.c.end <= contents.c.end,
            )
            .order_by(contents.c.statement, times.c.start, times.c.id)
        )
        for row in connection.execute(inside):
            told[row.statement].append(
                Expression(row.start, row.end, row.text, row.from_date, row.to_date, row.kind)
            )
        for id, expressions in told.items():
            due = find_due(rows[id].article, pieces[id], expressions, rows[id].day)
            if due:
                found[id] = due
    return found


def _reported_since(connection: Connection, said: Said, due: Due) -> list[Since]:
    """Events of later reports, of the type and the parties of an event that is told inside a prediction, near its days."""
    first, last = _widened(due)
    published = said.published[:10] if said.published else None
    found: dict[str, Event] = {}
    for predicted in _acts(connection, events.c.reported_by == said.id):
        if published is None or not predicted.is_telling:
            continue
        theirs = (
            select(event_parties.c.event)
            .join(appearances, appearances.c.id == event_parties.c.actor)
            .where(appearances.c.actor.in_(sorted(predicted.actors | predicted.recipients)))
        )
        fits = (
            events.c.type == predicted.type,
            events.c.status.in_(_TOLD_SINCE),
            events.c.id.in_(theirs),
            published_day() > published,
            or_(events.c.from_date.is_(None), events.c.from_date <= last),
        )
        told = select(events.c.id).join(articles, articles.c.serial == events.c.article).where(*fits)
        roots = sorted({a.event for a in _acts(connection, events.c.id.in_(told)) if predicted.is_like(a)})
        for part in in_parts(roots):
            found |= {event.id: event for event in build_events(connection, part)}
    near = [e for e in found.values() if e.status in _TOLD_SINCE and _is_near(e, first, last)]
    since = [e for e in near if e.published and published and e.published[:10] > published]
    return [_since(event) for event in sorted(since, key=lambda e: (e.published or "", e.id))]


class _Act(NamedTuple):
    """A telling of an event by what makes it this one: type, modes, and ids of the parties who are named."""

    event: str
    type: str
    modes: set[str]
    actors: set[str]
    recipients: set[str]

    @property
    def is_telling(self) -> bool:
        """Is enough known of it to find it again: both parties, or one and how it is done?"""
        one, other = self.actors, self.recipients
        return bool((one and other) or (self.modes and (one or other)))

    def is_like(self, other: _Act) -> bool:
        """Is somebody of each role named in that role by the other, and is it done in one way?"""
        return (
            self.type == other.type
            and (not self.actors or bool(self.actors & other.actors))
            and (not self.recipients or bool(self.recipients & other.recipients))
            and (not self.modes or bool(self.modes & other.modes))
        )


def _acts(connection: Connection, condition: Any) -> list[_Act]:
    """Some tellings; of what all do to each other, everybody is actor and recipient."""
    query = (
        select(
            events.c.id,
            events.c.event,
            events.c.type,
            events.c.mutual,
            event_parties.c.role,
            appearances.c.actor.label("who"),
        )
        .join(event_parties, event_parties.c.event == events.c.id)
        .join(appearances, appearances.c.id == event_parties.c.actor)
        .where(condition)
    )
    found: dict[str, _Act] = {}
    for row in connection.execute(query):
        act = found.setdefault(row.id, _Act(row.event, row.type, set(), set(), set()))
        if row.role == "actor" or row.mutual:
            act.actors.add(row.who)
        if row.role == "recipient" or row.mutual:
            act.recipients.add(row.who)
    done = select(event_modes.c.event, event_modes.c.mode).join(events, events.c.id == event_modes.c.event)
    for id, mode in connection.execute(done.where(condition)):
        if id in found:
            found[id].modes.add(mode)
    return [found[id] for id in sorted(found)]


def _widened(due: Due) -> tuple[str, str]:
    first, last = due.from_ or due.last, due.last
    assert first is not None
    assert last is not None
    near = timedelta(_NEAR_DAYS)
    return str(date.fromisoformat(first) - near), str(date.fromisoformat(last) + near)


def _is_near(event: Event, first: str, last: str) -> bool:
    days = days_of(event)
    if days.first is None:
        return False
    end = days.last or (days.first if days.how == TOLD else None) or days.first
    return days.first <= last and end >= first


def _since(event: Event) -> Since:
    days = days_of(event)
    return Since(
        event=event.id,
        type=event.type,
        status=event.status,
        from_=days.first,
        to=days.last,
        how=days.how,
        reported_by=event.first.reported_by,
        published=event.published,
        outlet=event.outlet,
        headline=event.headline,
        sentence=event.first.sentence,
        tellers=event.tellers,
    )
