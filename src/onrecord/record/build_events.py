"""Rows of events -> events with all that hangs on them; the tellings of one event, in all reports of a story, are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, func, select

from onrecord.analysis.plover import HAPPENED
from onrecord.record.actor_codes import country_and_sector
from onrecord.record.asking.amended import amended, amends_of
from onrecord.record.asking.event_types import Differing, Event, Number, Party, Telling, When, Where, Word
from onrecord.record.asking.statements import Evidence
from onrecord.record.asking.stories import Tellers, tellers_of
from onrecord.record.parts import in_parts
from onrecord.record.quoting import words_of_sentence
from onrecord.record.schema import (
    actors,
    appearances,
    articles,
    event_contexts,
    event_modes,
    event_parties,
    event_places,
    events,
    places,
    statements,
)

_T = TypeVar("_T")
_COUNTED = ("dead", "injured", "crowd")


def build_events(
    connection: Connection,
    ids: Sequence[str],
    asked: Collection[str] | None = None,
    *,
    article: str | None = None,
) -> list[Event]:
    """The events of some ids (`events.event`), in that order.

    Args:
        ids: some hundreds at most.
        asked: ids of the tellings that were asked for; None is all. The first of them gives the status.
        article: the report of which the events are told; None is all reports.
    """
    query = select(events, words_of_sentence()).where(events.c.event.in_(ids))
    if article is not None:
        query = query.where(events.c.article == article)
    tellings: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        tellings[row.event].append(row)
    around = _Around(connection, [row for group in tellings.values() for row in group], ids)
    return [_build(_in_order(id, tellings[id], around), around, asked) for id in ids]


def _in_order(id: str, rows: Sequence[Row[Any]], around: _Around) -> list[Row[Any]]:
    """The tellings of an event: those of the report that tells it first, then of the others as they were published."""
    first = next((row.article for row in rows if row.id == id), None)

    def place(row: Row[Any]) -> tuple[bool, bool, str, str, int]:
        published = around.articles[row.article].published
        return row.article != first, published is None, published or "", row.article, row.number

    return sorted(rows, key=place)


class _Around:
    """What hangs on some tellings, fetched at once, by the id of the telling."""

    def __init__(self, connection: Connection, rows: Sequence[Row[Any]], whole: Sequence[str]) -> None:
        """All that hangs on rows, which are all tellings, or some, of the events `whole`."""
        ids = [row.id for row in rows]
        self.modes = _listed(connection, event_modes, ids)
        self.contexts = _listed(connection, event_contexts, ids)
        self.place_words = _listed(connection, event_places, ids)
        self.parties = _parties(connection, ids)
        self.words = _words(connection, [row.reported_by for row in rows if row.reported_by])
        self.places: dict[str, Where] = {}
        for part in in_parts(sorted({row.place for row in rows if row.place})):
            found = select(places).where(places.c.id.in_(part))
            self.places |= {row.id: Where(*row) for row in connection.execute(found)}
        self.articles = _reports(connection, {row.article for row in rows})
        self.tellers = _tellers(connection, whole)
        self.amends = amends_of(connection, "event", ids)


def _reports(connection: Connection, ids: Collection[str]) -> dict[str, Row[Any]]:
    """What an event says of its report, without the text."""
    table = articles.c
    columns = (
        table.id,
        table.published,
        table.outlet,
        table.headline,
        table.url,
        table.language,
        table.model,
    )
    found: dict[str, Row[Any]] = {}
    for part in in_parts(sorted(ids)):
        found |= {row.id: row for row in connection.execute(select(*columns).where(table.id.in_(part)))}
    return found


def _tellers(connection: Connection, ids: Sequence[str]) -> dict[str, Tellers]:
    """How many reports tell each event, of how many stories and origins."""
    groups: dict[str, set[str]] = {}
    query = select(events.c.event, events.c.article).where(events.c.event.in_(ids))
    for row in connection.execute(query):
        groups.setdefault(row.event, set()).add(row.article)
    return tellers_of(connection, groups)


def _listed(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for part in in_parts(ids):
        query = select(table).where(table.c.event.in_(part)).order_by(table.c.event, table.c.number)
        for row in connection.execute(query):
            found[row.event].append(row)
    return found


def _parties(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], list[Party]]:
    """Parties by event and role."""
    party = event_parties
    country, sector = country_and_sector(appearances, actors)
    query = (
        select(
            party,
            events.c.article,
            actors.c.id.label("actor_id"),
            actors.c.name.label("actor_name"),
            country.label("actor_country"),
            sector.label("actor_sector"),
        )
        .join(events, events.c.id == party.c.event)
        .outerjoin(appearances, appearances.c.id == party.c.actor)
        .outerjoin(actors, actors.c.id == appearances.c.actor)
        .order_by(party.c.event, party.c.role, party.c.number)
    )
    found: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for row in (
        r for part in in_parts(ids) for r in connection.execute(query.where(party.c.event.in_(part)))
    ):
        known = row.actor_id is not None
        beside = found[row.event, row.role]
        # *Putin* and *he* of one clause are one party.
        if known and any(p.actor_id == row.actor_id for p in beside):
            continue
        beside.append(
            Party(
                text=" ".join(row.text.split()),
                actor=row.actor_name,
                actor_id=row.actor_id,
                country=row.actor_country if known else row.country,
                sector=row.actor_sector if known else row.sector,
                evidence=Evidence(row.article, row.start, row.end, row.text),
            )
        )
    return found


def _words(connection: Connection, ids: Collection[str]) -> dict[str, Word]:
    """On whose word, by the id of the statement."""
    country, sector = country_and_sector(appearances, actors)
    query = (
        select(
            statements.c.id,
            statements.c.source_text,
            actors.c.name,
            actors.c.id,
            # Of whoever has a name the statement keeps no codes.
            func.coalesce(country, statements.c.source_country),
            func.coalesce(sector, statements.c.source_sector),
            statements.c.cue_text,
        )
        .outerjoin(appearances, appearances.c.id == statements.c.source_actor)
        .outerjoin(actors, actors.c.id == appearances.c.actor)
    )
    found: dict[str, Word] = {}
    for part in in_parts(sorted(set(ids))):
        for row in connection.execute(query.where(statements.c.id.in_(part))):
            found[row[0]] = Word(*row)
    return found


def _build(rows: Sequence[Row[Any]], around: _Around, asked: Collection[str] | None) -> Event:
    head = rows[0]
    status = next((r.status for r in rows if asked is None or r.id in asked), head.status)
    ordered = _telling_of(rows, status)
    modes = _once(m.mode for r in ordered for m in around.modes[r.id])
    report = around.articles[head.article]
    placed = next((r for r in ordered if r.place), None)
    told_where = placed or next((r for r in ordered if around.place_words[r.id]), None)
    return Event(
        id=head.id,
        article=head.article,
        type=head.type,
        mode=modes[0] if modes else None,
        modes=modes,
        contexts=_once(c.context for r in ordered for c in around.contexts[r.id]),
        cameo=ordered[0].cameo,
        status=status,
        actors=_best([around.parties[r.id, "actor"] for r in ordered]),
        recipients=_best([around.parties[r.id, "recipient"] for r in ordered]),
        mutual=any(r.mutual for r in ordered),
        place=around.places[placed.place] if placed else None,
        places=[
            Evidence(told_where.article, w.start, w.end, w.text) for w in around.place_words[told_where.id]
        ]
        if told_where
        else [],
        date=next((d for r in ordered if (d := _when(r))), None),
        dead=_number(ordered, "dead"),
        injured=_number(ordered, "injured"),
        crowd=_number(ordered, "crowd"),
        confidence=max(r.confidence for r in ordered if r.status == status),
        published=report.published,
        outlet=report.outlet,
        headline=report.headline,
        url=report.url,
        language=report.language,
        model=report.model,
        tellings=[_telling(r, around) for r in rows],
        tellers=around.tellers[head.event],
        differing=[
            Differing(what, numbers) for what in _COUNTED if len(numbers := _numbers(ordered, what)) > 1
        ],
        amended=amended(around.amends, *(r.id for r in rows)),
    )


def _telling_of(rows: Sequence[Row[Any]], status: str) -> list[Row[Any]]:
    """The tellings that say what an event of a status was: those of the status first, none that has not come about for one that has."""
    telling = [r for r in rows if status not in HAPPENED or r.status in HAPPENED]
    return sorted(telling, key=lambda r: r.status != status)


def _once(values: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(values))


def _best(tellings: Sequence[Sequence[Party]]) -> list[Party]:
    """The parties of the first telling that names somebody, else of the first that has any; and whom others name besides."""
    some = [parties for parties in tellings if parties]
    if not some:
        return []
    best = next((ps for ps in some if any(p.actor_id for p in ps)), some[0])
    found, known = list(best), {p.actor_id for p in best}
    for party in (p for parties in some for p in parties if parties is not best):
        if party.actor_id and party.actor_id not in known:
            known.add(party.actor_id)
            found.append(party)
    return found


def _when(row: Row[Any]) -> When | None:
    if row.time_text is None:
        return None
    return When(
        row.from_date, row.to_date, Evidence(row.article, row.time_start, row.time_end, row.time_text)
    )


def _number(rows: Sequence[Row[Any]], what: str) -> Number | None:
    return next(iter(_numbers(rows, what)), None)


def _numbers(rows: Sequence[Row[Any]], what: str) -> list[Number]:
    """The numbers that tellings tell, each once, where it is told first."""
    found: dict[tuple[int, int | None, bool], Number] = {}
    for row in rows:
        values = row._mapping
        if values[f"{what}_low"] is not None:
            place = Evidence(
                row.article, values[f"{what}_start"], values[f"{what}_end"], values[f"{what}_text"]
            )
            told = values[f"{what}_low"], values[f"{what}_high"], bool(values[f"{what}_about"])
            found.setdefault(told, Number(*told, place))
    return list(found.values())


def _telling(row: Row[Any], around: _Around) -> Telling:
    report = around.articles[row.article]
    return Telling(
        id=row.id,
        article=row.article,
        published=report.published,
        outlet=report.outlet,
        status=row.status,
        reported_by=around.words[row.reported_by] if row.reported_by else None,
        trigger=Evidence(row.article, row.trigger_start, row.trigger_end, row.trigger_text),
        sentence=Evidence(row.article, row.sentence_start, row.sentence_end, row.sentence_text),
        confidence=row.confidence,
        amended=amended(around.amends, row.id),
    )
