"""Keeps `events.event` right: of each telling, which event it is of, among all reports of its story.

It is kept, not found out when somebody asks, so that a question about all events looks at no more than those that fit. It rests
on the members of a story, on their tellings and on who is meant in these. Triggers of the record (`triggers.py`) mark the
story of whatever changes, by whomever; before a transaction ends, the marked stories are joined anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from onrecord.record.asking.stories import members_of
from onrecord.record.parts import in_parts
from onrecord.record.quoting import words_of_sentence
from onrecord.record.row_ids import PLACES
from onrecord.record.same_events import (
    Aligned,
    Facts,
    Side,
    Teller,
    Told,
    behind_dateline,
    days,
    join_tellings,
    words_in,
)
from onrecord.record.schema import appearances, articles, event_modes, event_parties, events, statements

# Of reports that stand alone each event is one of its own.
_ALONE = text(
    "UPDATE events SET event = coalesce(same_as, id) WHERE event <> coalesce(same_as, id) AND article IN ("
    "SELECT a.serial FROM stories s JOIN articles a ON a.story = s.id WHERE NOT s.events_joined AND s.articles = 1)"
)
# Stories in which something can be told twice: they have several reports or versions, or sentences of nearly one length.
_TELL_TWICE = (
    "SELECT s.id FROM stories s WHERE {which} AND (s.articles > 1"
    " OR EXISTS (SELECT 1 FROM articles a JOIN articles v ON v.version_of = a.id WHERE a.story = s.id)"
    " OR EXISTS (SELECT 1 FROM articles a JOIN events e ON e.article = a.serial"
    " JOIN events o ON o.article = a.serial AND o.number > e.number AND o.type || '' = e.type AND o.status || '' = e.status"
    " AND abs(o.sentence_end - o.sentence_start - e.sentence_end + e.sentence_start) <= 4 WHERE a.story = s.id)) ORDER BY s.id"
)
_SEVERAL = text(_TELL_TWICE.format(which="NOT s.events_joined"))
_ALL_SEVERAL = text(_TELL_TWICE.format(which="s.events_joined"))
_JOINED = text("UPDATE stories SET events_joined = TRUE WHERE NOT events_joined")
# Events of one type in passages that tell the same; sentences of the same letters are found by their words.
# What is put behind a column, nothing, keeps SQLite from looking among all events of a type.
_ALIGNED = text(
    f"SELECT a.id || '#e' || (e.id & {PLACES}) AS one, b.id || '#e' || (o.id & {PLACES}) AS two, p.likeness,"
    " (e.trigger_start - p.first_start) * 1.0 / (p.first_end - p.first_start)"
    " - (o.trigger_start - p.second_start) * 1.0 / (p.second_end - p.second_start) AS apart"
    " FROM articles a JOIN copied_passages p ON p.first = a.id"
    " JOIN articles b ON b.id = p.second AND b.story || '' = a.story"
    " JOIN events e ON e.article = a.serial AND e.trigger_start >= p.first_start AND e.trigger_start < p.first_end"
    " JOIN events o ON o.article = b.serial AND o.trigger_start >= p.second_start AND o.trigger_start < p.second_end"
    " AND o.type || '' = e.type || '' AND o.status || '' = e.status || ''"
    " WHERE a.story = :story AND NOT e.wrong AND NOT o.wrong AND (e.sentence_end - e.sentence_start < 60 OR"
    " substr(a.text, e.sentence_start + 1, e.sentence_end - e.sentence_start)"
    " <> substr(b.text, o.sentence_start + 1, o.sentence_end - o.sentence_start))"  # nosec B608  # names of ours
)


def join_events(connection: Connection) -> None:
    """Say anew which event each telling is of, in all stories in which something has changed."""
    connection.execute(_ALONE)
    for story in connection.execute(_SEVERAL).scalars().all():
        _join_story(connection, story)
    connection.execute(_JOINED)


def wrongly_joined(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Tellings that do not point at the event they tell, in all stories that are said to be joined.

    Yields:
        The id of a telling, the event at which it points, and the one that it tells.
    """
    several = connection.execute(_ALL_SEVERAL).scalars().all()
    for story in several:
        joined, known = _told_in(connection, story)
        yield from ((id, known[id], event) for id, event in joined.items() if known[id] != event)
    alone = func.coalesce(events.c.same_as, events.c.id)
    whole = articles.alias()
    query = (
        select(events.c.id, events.c.event, alone, func.coalesce(articles.c.story, whole.c.story))
        .join(articles, articles.c.serial == events.c.article)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .where(events.c.event != alone)
    )
    looked_at = set(several)
    for id, event, told, story in connection.execute(query.order_by(events.c.article, events.c.number)):
        if story not in looked_at:
            yield id, event, told


def _join_story(connection: Connection, story: str) -> None:
    joined, known = _told_in(connection, story)
    changed = [{"of": id, "to": event} for id, event in joined.items() if known[id] != event]
    if changed:
        query = update(events).where(events.c.id == bindparam("of")).values(event=bindparam("to"))
        connection.execute(query, changed)


def _told_in(connection: Connection, story: str) -> tuple[dict[str, str], dict[str, str]]:
    """Of each telling of a story, which event it tells, and at which it points."""
    ids = _with_versions(connection, [m.id for m in members_of(connection, story)])
    tellings, known = _tellings(connection, ids)
    # Passages are those of two reports.
    rows = connection.execute(_ALIGNED, {"story": story}).all() if len(ids) > 1 else ()
    aligned = [Aligned(row.one, row.two, row.likeness, abs(float(row.apart))) for row in rows]
    return join_tellings(tellings, aligned), known


def _with_versions(connection: Connection, ids: Sequence[str]) -> list[str]:
    """Reports, each followed by its other versions."""
    versions: dict[str, list[str]] = defaultdict(list)
    for part in in_parts(ids):
        query = select(articles.c.id, articles.c.version_of).where(articles.c.version_of.in_(part))
        for row in connection.execute(query.order_by(articles.c.published.nulls_first(), articles.c.id)):
            versions[row.version_of].append(row.id)
    return [id for whole in ids for id in (whole, *versions[whole])]


def _tellings(connection: Connection, ids: Sequence[str]) -> tuple[list[Told], dict[str, str]]:
    """The tellings of some reports in the order of these, and which event each was of until now."""
    found: dict[str, list[Told]] = defaultdict(list)
    known: dict[str, str] = {}
    for part in in_parts(ids):
        sides = _sides(connection, part)
        modes: dict[str, set[str]] = defaultdict(set)
        of_these = select(events.c.id).where(events.c.article.in_(part))
        for row in connection.execute(
            select(event_modes.c.event, event_modes.c.mode).where(event_modes.c.event.in_(of_these))
        ):
            modes[row.event].add(row.mode)
        query = (
            select(
                events,
                words_of_sentence(),
                statements.c.source_text,
                statements.c.source_country,
                statements.c.source_sector,
                appearances.c.actor.label("teller"),
            )
            .outerjoin(statements, statements.c.id == events.c.reported_by)
            .outerjoin(appearances, appearances.c.id == statements.c.source_actor)
            # What is none tells nothing.
            .where(events.c.article.in_(part), ~events.c.wrong)
            .order_by(events.c.article, events.c.number)
        )
        for row in connection.execute(query):
            known[row.id] = row.event
            facts = Facts(
                frozenset(modes[row.id]),
                frozenset({row.place} if row.place else ()),
                days(row.from_date, row.to_date),
                sides.get((row.id, "actor"), Side()),
                sides.get((row.id, "recipient"), Side()),
                bool(row.mutual),
            )
            found[row.article].append(_told(row, facts))
    return [telling for id in ids for telling in found[id]], known


def _told(row: Any, facts: Facts) -> Told:
    sentence = str(row.sentence_text)
    trigger = max(0, row.trigger_start - row.sentence_start)
    begins = min(behind_dateline(sentence), trigger)
    teller = None
    if row.reported_by:
        teller = Teller(row.teller, row.source_text or "", (row.source_country, row.source_sector))
    return Told(
        id=row.id,
        article=row.article,
        first=row.same_as or row.id,
        type=row.type,
        status=row.status,
        words=words_in(sentence[begins:]),
        at=len(words_in(sentence[begins:trigger])),
        trigger=row.trigger_text,
        teller=teller,
        facts=facts,
    )


def _sides(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], Side]:
    """Who takes part in the events of some reports, by event and role."""
    party = event_parties.c
    query = (
        select(party.event, party.role, party.text, party.country, party.sector, appearances.c.actor)
        .outerjoin(appearances, appearances.c.id == party.actor)
        .where(party.event.in_(select(events.c.id).where(events.c.article.in_(ids))))
    )
    sides: dict[tuple[str, str], Side] = {}
    for row in connection.execute(query):
        codes = () if row.actor else ((row.country, row.sector),)
        side = Side(
            frozenset({row.actor} if row.actor else ()),
            frozenset(codes),
            frozenset({" ".join(words_in(row.text))}),
        )
        key = row.event, row.role
        sides[key] = sides[key].joined(side) if key in sides else side
    return sides
