"""Reports, actors, statements and events as entities of FollowTheMoney, as Aleph and OpenSanctions' tools read them.

A report is an Article; who is named in it a Mention there and a Person, Organization, PublicBody or LegalEntity; what
somebody said a Documentation between the report and them, and an UnknownLink to each actor it is about; what came about
an Event. All that rests on a report has it as `proof`. Sources that nobody is named for (*two officials*) are no
entities, as whoever matches names would match them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select

from onrecord.analysis.plover import HAPPENED
from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Party
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.statements import Question, Said, find_said
from onrecord.record.export.cells import legible
from onrecord.record.export.countries import ALPHA_2
from onrecord.record.export.iris import web_address
from onrecord.record.export.reports import ReportQuestion, article_rows
from onrecord.record.export.statements import article_of, words_of
from onrecord.record.kept import read_frame
from onrecord.record.parts import in_parts
from onrecord.record.people import is_registered
from onrecord.record.quoting import words_of_mention
from onrecord.record.schema import actor_names, actors, appearances, articles, mentions, statements, subjects

Entity = dict[str, Any]
# Actors that are fetched at a time.
_MANY: Final = 200
_SCHEMATA: Final = {
    "person": "Person",
    "organisation": "Organization",
    "government": "PublicBody",
    "alliance": "Organization",
    "group": "LegalEntity",
}
_PLAIN: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,99}\Z")
_ENGLISH: Final = {"en": "eng"}
_LONG_NAME: Final = 200


def entities_of_reports(
    connection: Connection, question: ReportQuestion, *, limit: int | None = None
) -> Iterator[Entity]:
    """All that rests on the reports that fit a question, report by report; in the end the actors.

    Raises:
        UsageError: as `find_reports` does.
    """
    seen: set[str] = set()
    for rows in article_rows(connection, question, limit=limit):
        for row in rows:
            yield _article(row)
            yield from _mentions(connection, row, seen)
            yield from _statements(connection, row, find_said(connection, Question(article=row.id)), seen)
            asked = EventQuestion(article=row.id, statuses=HAPPENED)
            for event in find_events(connection, asked):
                yield _event(row, event, seen)
    yield from _actors(connection, seen)


def entities_of_statements(
    connection: Connection, question: Question, *, limit: int | None = None
) -> Iterator[Entity]:
    """The statements that fit a question, each report before its own; in the end the actors who spoke or are meant.

    Raises:
        UsageError: as `said` does.
    """
    seen: set[str] = set()
    article: Row[Any] | None = None
    for said in find_said(connection, question, limit=limit):
        id = article_of(said)
        # The statements of a report follow each other.
        if article is None or article.id != id:
            article = connection.execute(select(articles).where(articles.c.id == id)).one()
            yield _article(article)
        yield from _statements(connection, article, [said], seen)
    yield from _actors(connection, seen)


def to_lines(entities: Iterable[Entity]) -> Iterator[bytes]:
    """Each entity as a line of JSON."""
    for entity in entities:
        yield msgspec.json.encode(entity) + b"\n"


def entity_id(kind: str, id: str) -> str:
    """The id of an entity: of letters, digits, hyphens and dots alone, as FollowTheMoney has them.

    >>> entity_id("statement", "r-76d7d0e810da43db#s1")
    'onrecord.statement.r-76d7d0e810da43db.s1'
    """
    whole, _, part = id.rpartition("#")
    whole, part = (whole, part) if whole and _PLAIN.match(part) else (id, "")
    if not _PLAIN.match(whole) or whole.endswith("-"):
        whole = "x-" + hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return ".".join(("onrecord", kind, whole, *([part] if part else [])))


def _entity(kind: str, id: str, schema: str, properties: dict[str, Any]) -> Entity:
    """An entity; properties that are not known are left out, all others are lists of texts."""
    told: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        plain = [cleaned for v in values if v is not None and (cleaned := _clean(str(v)))]
        if plain:
            told[name] = list(dict.fromkeys(plain))
    return {"id": entity_id(kind, id), "schema": schema, "properties": told}


def _clean(words: str) -> str:
    """Words without control characters, and without blanks at their ends."""
    return legible(words).strip()


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _country(code: str | None) -> str | None:
    return ALPHA_2.get(code or "")


def _moment(published: str | None) -> str | None:
    """A day, or a day and a time of UTC, as FollowTheMoney has them; a time of no known zone is given as printed."""
    if not published or "T" not in published:
        return published
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published[:10]
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%S")


def _article(row: Row[Any]) -> Entity:
    frame = read_frame(row.frame)
    return _entity(
        "report",
        row.id,
        "Article",
        {
            "title": _one_line(row.headline or row.title),
            "name": (_one_line(row.headline or row.title) or row.id)[:_LONG_NAME],
            "fileName": row.origin,
            "author": list(frame.byline),
            "publisher": row.outlet,
            "publishedAt": _moment(row.published),
            "date": _moment(row.published),
            "modifiedAt": _moment(frame.updated),
            "retrievedAt": row.recorded.rstrip("Z") if row.recorded else None,
            "sourceUrl": web_address(row.url),
            "language": _ENGLISH.get(row.language or ""),
            "processingAgent": f"onrecord, model {row.model}" if row.model else "onrecord",
            "bodyText": row.text,
        },
    )


def _provenance(row: Row[Any]) -> dict[str, Any]:
    """From where what is told of a report's words comes."""
    return {
        "proof": entity_id("report", row.id),
        "publisher": row.outlet,
        "sourceUrl": web_address(row.url),
        "retrievedAt": row.recorded.rstrip("Z") if row.recorded else None,
    }


def _mentions(connection: Connection, row: Row[Any], seen: set[str]) -> Iterator[Entity]:
    """Who is named in a report: one for each actor, with all names that it has there."""
    query = (
        select(actors.c.id, actors.c.type, appearances.c.country, words_of_mention())
        .join(appearances, appearances.c.id == mentions.c.actor)
        .join(actors, actors.c.id == appearances.c.actor)
        .where(mentions.c.article == row.id, mentions.c.form == "name")
        .order_by(mentions.c.number)
    )
    named: dict[str, tuple[str | None, list[str], list[str | None]]] = {}
    for m in connection.execute(query):
        _, names, countries = named.setdefault(m.id, (m.type, [], []))
        names.append(" ".join(m.text.split()))
        countries.append(_country(m.country))
    for id, (type_, names, countries) in named.items():
        seen.add(id)
        yield _entity(
            "mention",
            f"{row.id}/{id}",
            "Mention",
            {
                "document": entity_id("report", row.id),
                "resolved": entity_id("actor", id),
                "name": names,
                "detectedSchema": _SCHEMATA.get(type_ or "", "LegalEntity"),
                "contextCountry": countries,
            },
        )


def _statements(
    connection: Connection, row: Row[Any], said: Iterable[Said], seen: set[str]
) -> Iterator[Entity]:
    """Statements of a report whose source somebody is named for."""
    for one in said:
        if one.actor_id is None:
            continue
        seen.add(one.actor_id)
        content = _one_line(words_of(one))
        made = "did not say" if one.negated else "said"
        told = {
            "role": f"{made} ({one.kind})",
            "summary": content,
            "description": f"{one.by or one.actor} | {one.cue or ''} | {one.quotation}, {one.attitude}",
            "date": one.date or (row.published or "")[:10] or None,
            "recordId": one.id,
            **_provenance(row),
        }
        ends = {"document": entity_id("report", row.id), "entity": entity_id("actor", one.actor_id)}
        yield _entity("statement", one.id, "Documentation", ends | told)
        for id in _subjects(connection, one):
            seen.add(id)
            between = {"subject": entity_id("actor", one.actor_id), "object": entity_id("actor", id)}
            role = {"role": f"{made} of ({one.kind})"}
            yield _entity("about", f"{one.id}/{id}", "UnknownLink", between | told | role)


def _subjects(connection: Connection, said: Said) -> Sequence[str]:
    """Ids of whom a statement is about, but for the speaker."""
    query = (
        select(appearances.c.actor)
        .join(subjects, subjects.c.actor == appearances.c.id)
        .join(statements, statements.c.id == subjects.c.statement)
        .where(statements.c.id == said.id, appearances.c.actor != said.actor_id)
        .distinct()
        .order_by(appearances.c.actor)
    )
    return connection.execute(query).scalars().all()


def _event(row: Row[Any], event: Event, seen: set[str]) -> Entity:
    days = days_of(event)
    parties = [*event.actors, *event.recipients]
    seen.update(p.actor_id for p in parties if p.actor_id)
    word = event.first.reported_by
    source = (word.actor or word.by or word.cue) if word else None
    return _entity(
        "event",
        event.id,
        "Event",
        {
            "name": _name(event)[:_LONG_NAME],
            "summary": _one_line(event.first.sentence.text),
            "notes": f"{event.status}, {f'reported by {source}' if source else 'told by the reporter'}",
            "keywords": [event.type, *event.modes, *event.contexts],
            "involved": [entity_id("actor", p.actor_id) for p in parties if p.actor_id],
            "startDate": days.first if days.how == "text" else None,
            "endDate": days.last if days.how == "text" else None,
            "date": days.first,
            "location": event.place.name if event.place else [p.text for p in event.places],
            "country": _country(event.place.country) if event.place else None,
            "recordId": event.id,
            **_provenance(row),
        },
    )


def _name(event: Event) -> str:
    """*ASSAULT (firearms): Riot police, protesters*."""

    def names(parties: Sequence[Party]) -> str:
        return " and ".join(dict.fromkeys(" ".join(p.name.split()) for p in parties))

    mode = f" ({event.modes[0]})" if event.modes else ""
    sides = ", ".join(s for s in (names(event.actors), names(event.recipients)) if s)
    return f"{event.type}{mode}" + (f": {sides}" if sides else "")


def _actors(connection: Connection, seen: set[str]) -> Iterator[Entity]:
    """The actors of some ids."""
    for part in in_parts(sorted(seen), _MANY):
        names: dict[str, list[str]] = {}
        every = select(actor_names.c.actor, actor_names.c.name).where(actor_names.c.actor.in_(part))
        for row in connection.execute(every.order_by(actor_names.c.actor, actor_names.c.name)):
            names.setdefault(row.actor, []).append(row.name)
        for row in connection.execute(select(actors).where(actors.c.id.in_(part)).order_by(actors.c.id)):
            # A bare family name is a weak alias: half the world bears it.
            others = [n for n in names.get(row.id, []) if n != row.name]
            yield _entity(
                "actor",
                row.id,
                _SCHEMATA.get(row.type or "", "LegalEntity"),
                {
                    "name": row.name,
                    "alias": [n for n in others if " " in n],
                    "weakAlias": [n for n in others if " " not in n],
                    "country": _country(row.country),
                    "sector": row.sector,
                    "notes": f"{row.id} in onrecord's registry of actors" if is_registered(row.id) else None,
                },
            )
