"""What analysis found in one report -> rows of the record, and taking them away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from onrecord.contract import ActorOut, AnalysisOut, StatementOut, TimeOut
from onrecord.record import schema
from onrecord.record.bearers import found_ids, link_found
from onrecord.record.carrying_out import carry_out
from onrecord.record.corrections import Corrections, Who
from onrecord.record.event_rows import add_events, remove_events
from onrecord.record.ids import digest, place_id
from onrecord.record.parting import part_mentions
from onrecord.record.people import add_names, ensure_actors, relink, sum_up
from onrecord.record.prepared import Question, fill, insert_all, insert_new, insert_rows, places
from onrecord.record.row_ids import numbered, row_number
from onrecord.record.statement_rows import statement_values
from onrecord.record.stored_amendments import is_amended, release
from onrecord.record.story_rows import SERIAL

_AT_ONCE = 24
_ACTORS = Question(select(schema.actors).where(schema.actors.c.id.in_(places("id", _AT_ONCE))))
_MENTION = ("article", "number", "start", "end", "type", "form", "actor")


def add_findings(connection: Connection, article: str, analysis: AnalysisOut, made: Corrections) -> None:
    """Write what was found in a report whose row is there.

    Args:
        article: the id under which it is stored.
        made: corrections, which say who an actor of the report is.
    """
    ((report,),) = SERIAL.ask(connection, id=article)
    appearances = _add_appearances(connection, report, article, analysis, made)
    times = _add_times(connection, report, analysis)
    _add_statements(connection, report, analysis, appearances, times)
    _add_mentions(connection, report, analysis, appearances)
    _add_places(connection, report, analysis)
    add_events(connection, report, analysis, appearances)
    if made.mentions_in(article):
        sum_up(connection, made, part_mentions(connection, article, made))
    if is_amended(connection, article):
        carry_out(connection, article)


def remove_findings(connection: Connection, article: str) -> set[str]:
    """Take away all that was found in a report.

    Returns:
        Ids of the actors that appeared in it, for `sum_up`.
    """
    t = schema
    release(connection, article)
    actors = set(
        connection.execute(select(t.appearances.c.actor).where(t.appearances.c.article == article)).scalars()
    )
    statements = select(t.statements.c.id).where(t.statements.c.article == article)
    appearances = select(t.appearances.c.id).where(t.appearances.c.article == article)
    remove_events(connection, article)
    connection.execute(delete(t.subjects).where(t.subjects.c.statement.in_(statements)))
    connection.execute(delete(t.contents).where(t.contents.c.statement.in_(statements)))
    connection.execute(delete(t.statements).where(t.statements.c.article == article))
    connection.execute(delete(t.appearance_names).where(t.appearance_names.c.appearance.in_(appearances)))
    for table in (t.mentions, t.place_mentions, t.times, t.appearances):
        connection.execute(delete(table).where(table.c.article == article))
    return actors


def _add_appearances(
    connection: Connection, report: int, article: str, analysis: AnalysisOut, made: Corrections
) -> dict[str, int]:
    """Store the actors of the report; gives numbers of appearances by the report's ids (`a1`, ...)."""
    ids = {actor.id: row_number(report, actor.id) for actor in analysis.actors}
    printed = _printed_names(analysis)
    found_as = found_ids(analysis)
    linked, changed = link_found(connection, set(found_as.values()), made)
    taken = [
        (actor, found, made.who(linked[found], article))
        for actor in analysis.actors
        for found in (found_as[actor.id],)
    ]
    ensure_actors(connection, [{"id": who.actor} | _facts(actor) for actor, _, who in taken])
    rows, names = [], []
    for number, (actor, found, who) in enumerate(taken, 1):
        row = _appearance_row(ids[actor.id], report, number, actor, found, who)
        rows.append(row | {"linked": linked[found]})
        fold = printed.get(actor.id, set())
        names += [
            {"appearance": ids[actor.id], "name": n, "printed": n != actor.name or n.casefold() in fold}
            for n in _forms(actor)
        ]
    insert_all(connection, schema.appearances, rows)
    insert_all(connection, schema.appearance_names, names)
    _add_roles(connection, {found: actor for actor, found, _ in taken})
    _settle(connection, taken, made)
    if changed:
        relink(connection, changed, made)
    return ids


def _facts(actor: ActorOut) -> dict[str, str | None]:
    return {"name": actor.name, "type": actor.type, "country": actor.country, "sector": actor.sector}


def _forms(actor: ActorOut) -> list[str]:
    return list(dict.fromkeys([actor.name, *actor.aliases]))


def _add_roles(connection: Connection, found: Mapping[str, ActorOut]) -> None:
    rows = []
    for key, actor in found.items():
        for role in actor.roles:
            row: dict[str, str | None] = {
                "found": key,
                "title": role.title,
                "of": role.of,
                "from_date": role.from_,
                "to_date": role.to,
            }
            rows.append(row | {"id": digest(str(row))})
    insert_new(connection, schema.roles, rows)


def _settle(connection: Connection, taken: Sequence[tuple[ActorOut, str, Who]], made: Corrections) -> None:
    """Bring what the record says of the report's actors in step with what the report says.

    One more vote for what is said already changes nothing: then the actor gets the report's names and
    the votes are not counted again.
    """
    ids = sorted({who.actor for _, _, who in taken})
    parts = fill("id", _AT_ONCE, ids)
    known = {r.id: r._mapping for part in parts for r in _ACTORS.ask(connection, **part)}
    touched = made.touched()
    names, unsettled = [], set()
    for actor, _, who in taken:
        said = known[who.actor]
        if who.actor in touched or any(v is not None and v != said[k] for k, v in _facts(actor).items()):
            unsettled.add(who.actor)
        else:
            names += [(who.actor, name) for name in _forms(actor)]
    add_names(connection, names)
    sum_up(connection, made, unsettled)


def _appearance_row(
    id: int, report: int, number: int, actor: ActorOut, found: str, who: Who
) -> dict[str, Any]:
    return {
        "id": id,
        "article": report,
        "number": number,
        "found": found,
        "actor": who.actor,
        "parted": who.parted,
        "considered": msgspec.json.encode(actor.considered).decode(),
    } | _facts(actor)


def _printed_names(analysis: AnalysisOut) -> dict[str, set[str]]:
    """The names of each actor of the report as they are printed, in lower case."""
    printed: dict[str, set[str]] = {}
    for m in analysis.mentions:
        if m.actor and m.form == "name":
            words = " ".join(analysis.text[m.start : m.end].split()).casefold()
            printed.setdefault(m.actor, set()).add(words)
    return printed


def _add_times(connection: Connection, report: int, analysis: AnalysisOut) -> dict[tuple[int, int], int]:
    """Store the times; gives their numbers by span."""
    ids: dict[tuple[int, int], int] = {}
    rows = []
    for number, time in enumerate(analysis.times, 1):
        id = numbered(report, number)
        ids.setdefault((time.start, time.end), id)
        rows.append(_time_row(id, report, number, time))
    insert_all(connection, schema.times, rows)
    return ids


def _time_row(id: int, report: int, number: int, time: TimeOut) -> dict[str, Any]:
    return {
        "id": id,
        "article": report,
        "number": number,
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "from_date": time.from_,
        "to_date": time.to,
        "kind": time.kind,
        "mod": time.mod,
    }


def _add_statements(
    connection: Connection,
    report: int,
    analysis: AnalysisOut,
    appearances: Mapping[str, int],
    times: Mapping[tuple[int, int], int],
) -> None:
    ids = {s.id: row_number(report, s.id) for s in analysis.statements}
    by_id = {s.id: s for s in analysis.statements}

    def depth(s: StatementOut) -> int:
        return 0 if s.within is None else 1 + depth(by_id[s.within])

    numbers = {s.id: n for n, s in enumerate(analysis.statements, 1)}
    rows, contents, subjects = [], [], []
    for s in sorted(analysis.statements, key=depth):  # outer ones first, for the foreign key
        rows.append(
            statement_values(s, analysis.text, appearances)
            | {
                "id": ids[s.id],
                "article": report,
                "number": numbers[s.id],
                "date": s.date,
                "time": times.get((s.time.start, s.time.end)) if s.time else None,
                "confidence": s.confidence,
                "within": ids[s.within] if s.within else None,
            }
        )
        contents += [(ids[s.id], n, span.start, span.end) for n, span in enumerate(s.content, 1)]
        subjects += [(ids[s.id], appearances[a]) for a in s.about]
    insert_all(connection, schema.statements, rows)
    insert_rows(connection, schema.contents, ("statement", "number", "start", "end"), contents)
    insert_rows(connection, schema.subjects, ("statement", "actor"), subjects)


def _add_mentions(
    connection: Connection, report: int, analysis: AnalysisOut, appearances: Mapping[str, int]
) -> None:
    rows = [
        (
            report,
            n,
            m.start,
            m.end,
            m.type,
            m.form,
            appearances[m.actor] if m.actor else None,
        )
        for n, m in enumerate(analysis.mentions, 1)
    ]
    insert_rows(connection, schema.mentions, _MENTION, rows)


def _add_places(connection: Connection, report: int, analysis: AnalysisOut) -> None:
    rows: list[dict[str, Any]] = []
    named: list[dict[str, Any]] = []
    for place in analysis.places:
        id = place_id(place)
        row = {
            "id": id,
            "name": place.name,
            "geonames": place.geonames,
            "lat": place.lat,
            "lon": place.lon,
            "country": place.country,
            "region": place.region,
            "kind": place.kind,
        }
        named.append(row)
        spans: list[tuple[int, int] | None] = [*place.mentions] or [None]
        for span in spans:
            start, end = span or (None, None)
            rows.append(
                {
                    "article": report,
                    "place": id,
                    "start": start,
                    "end": end,
                    "text": analysis.text[start:end] if span else None,
                    "confidence": place.confidence,
                }
            )
    insert_new(connection, schema.places, named)
    # In the order of the text; what a caption alone names comes last.
    rows.sort(key=lambda r: (r["start"] is None, r["start"] or 0, r["place"]))
    insert_all(connection, schema.place_mentions, [{"number": n} | r for n, r in enumerate(rows, 1)])
