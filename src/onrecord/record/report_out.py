"""Rows of reports -> the output contract: statements and events as they stand, with what the record knows besides.

Who is meant is whom analysis took an actor for: corrections go along on their own. Of one report the record keeps no order of
aliases, offices and subjects; they come in one that the text and their words give, so that the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, select

from onrecord.contract import (
    ActorOut,
    AmendedOut,
    AnalysisOut,
    CandidateOut,
    CountOut,
    EventOut,
    FrameOut,
    FurnitureOut,
    MentionOut,
    PartyOut,
    PlaceOut,
    RoleOut,
    SourceOut,
    SpanOut,
    StatementOut,
    TimeOut,
    suspicion_out,
)
from onrecord.record import schema
from onrecord.record.amending import findings_of
from onrecord.record.kept import read_frame, read_furniture
from onrecord.record.people import is_registered
from onrecord.record.stored_amendments import Stored, stored_of
from onrecord.resolution.stories.suspicion import suspect_copy


class ReportOut(AnalysisOut):
    """One report of a record: what `analyse` prints, and what the record knows besides.

    Attributes:
        model: version of the model that found what is told; None where the report was not analysed.
        recorded: when it was written into a record first, UTC; None where that is not known.
        version_of: id of the report of which it is another version.
        schema: of the record's tables when it was written; an older one lacks what came later.
        source_map: the way back to the bytes of its file, as `articles.source_map` has it.
        amendments: what people have put right of its statements and events, with what was found, in the words of `amendments.py`;
            not there where nobody has.
    """

    model: str | None = None
    recorded: str | None = None
    version_of: str | None = None
    schema: int | None = None
    source_map: dict[str, Any] | None = None
    amendments: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET


class _Rows:
    """All rows of some reports, by what they hang on."""

    def __init__(self, connection: Connection, ids: Sequence[str]) -> None:
        self._connection, self._ids = connection, ids
        t = schema
        self.appearances = self._by(t.appearances, "article", "number")
        self.times = self._by(t.times, "article", "number")
        self.statements = self._by(t.statements, "article", "number")
        self.mentions = self._by(t.mentions, "article", "number")
        self.events = self._by(t.events, "article", "number")
        self.places = self._placed()
        self.names = self._of(t.appearance_names, "appearance", t.appearances, "name")
        self.contents = self._of(t.contents, "statement", t.statements, "number")
        self.subjects = self._of(t.subjects, "statement", t.statements, "actor")
        self.parties = self._of(t.event_parties, "event", t.events, "role", "number")
        self.modes = self._of(t.event_modes, "event", t.events, "number")
        self.contexts = self._of(t.event_contexts, "event", t.events, "number")
        self.where = self._of(t.event_places, "event", t.events, "number")
        self.roles = self._roles()

    def _by(self, table: Table, key: str, *order: str) -> dict[str, list[Row[Any]]]:
        query = (
            select(table).where(table.c[key].in_(self._ids)).order_by(*(table.c[o] for o in (key, *order)))
        )
        return self._grouped(query, key)

    def _of(self, table: Table, key: str, whole: Table, *order: str) -> dict[str, list[Row[Any]]]:
        """Rows that hang on rows of another table, which hang on the reports."""
        query = (
            select(table)
            .join(whole, whole.c.id == table.c[key])
            .where(whole.c.article.in_(self._ids))
            .order_by(*(table.c[o] for o in (key, *order)))
        )
        return self._grouped(query, key)

    def _placed(self) -> dict[str, list[Row[Any]]]:
        at, places = schema.place_mentions, schema.places
        query = (
            select(at, *(c for c in places.c if c.name != "id"))
            .join(places, places.c.id == at.c.place)
            .where(at.c.article.in_(self._ids))
            .order_by(at.c.article, at.c.number)
        )
        return self._grouped(query, "article")

    def _roles(self) -> dict[str, list[Row[Any]]]:
        found = select(schema.appearances.c.found).where(schema.appearances.c.article.in_(self._ids))
        roles = schema.roles
        rows = self._connection.execute(select(roles).where(roles.c.found.in_(found))).all()
        by: dict[str, list[Row[Any]]] = {}
        for row in rows:
            by.setdefault(row.found, []).append(row)
        return by

    def _grouped(self, query: Any, key: str) -> dict[str, list[Row[Any]]]:
        by: dict[str, list[Row[Any]]] = {}
        for row in self._connection.execute(query):
            by.setdefault(getattr(row, key), []).append(row)
        return by


def reports_out(
    connection: Connection, rows: Sequence[Row[Any]], *, with_amendments: bool = True
) -> Iterator[ReportOut]:
    """Some reports, given their rows of `articles`.

    Args:
        with_amendments: tell what people have put right.
    """
    ids = [row.id for row in rows]
    found = _Rows(connection, ids)
    made: dict[str, list[Stored]] = {}
    if with_amendments:
        for stored in stored_of(connection, ids):
            # What is not found here is no part of the report.
            if stored.row is None:
                continue
            made.setdefault(stored.amendment.report, []).append(stored)
    for row in rows:
        report = _Report(row, found).out()
        if row.id in made:
            _tell_amendments(report, made[row.id])
        yield report


def _tell_amendments(report: ReportOut, made: Sequence[Stored]) -> None:
    told: dict[str, list[AmendedOut]] = {}
    for stored in made:
        a = stored.amendment
        told.setdefault(a.finding.id, []).append(AmendedOut(a.id, a.what, a.time, a.who))
    for finding in findings_of(report).values():
        if finding.id in told:
            finding.amended = told[finding.id]
    report.amendments = [msgspec.Raw(msgspec.json.encode(s.amendment)) for s in made]


class _Report:
    """One report on its way from rows to the contract."""

    def __init__(self, row: Row[Any], found: _Rows) -> None:
        self._row, self._found = row, found
        self._appearances = found.appearances.get(row.id, [])
        # Who was split off by a correction is whom analysis found.
        self._bases = {a.id: a.base or a.id for a in self._appearances}
        self._numbers = {a.id: a.number for a in self._appearances}
        self._codes = {a.id: (a.country, a.sector) for a in self._appearances}
        self._times = {t.id: _time(t) for t in found.times.get(row.id, [])}
        placed = found.places.get(row.id, [])
        self._places: dict[str, list[Row[Any]]] = {}
        for at in placed:
            self._places.setdefault(at.place, []).append(at)
        self._place_ids = {place: f"p{n}" for n, place in enumerate(self._places, 1)}

    def out(self) -> ReportOut:
        row = self._row
        text: str = row.text
        return ReportOut(
            id=row.id,
            text=text,
            title=row.title,
            published=row.published,
            language=row.language,
            frame=msgspec.convert(msgspec.to_builtins(read_frame(row.frame)), FrameOut),
            furniture=[FurnitureOut(f.text, f.why, f.before) for f in read_furniture(row.furniture)],
            statements=[self._statement(s) for s in self._found.statements.get(row.id, [])],
            events=[self._event(e) for e in self._found.events.get(row.id, [])],
            mentions=[
                MentionOut(m.start, m.end, m.type, m.form, self._actor_id(m.actor))
                for m in self._found.mentions.get(row.id, [])
            ],
            actors=[self._actor(a) for a in self._appearances if a.base is None],
            places=[self._place(place, at) for place, at in self._places.items()],
            times=list(self._times.values()),
            outlet=row.outlet,
            url=row.url,
            origin=row.origin,
            # Where no model read it, it is not in English.
            suspect_copy=suspicion_out(text, suspect_copy(text)) if row.model else None,
            model=row.model,
            recorded=row.recorded,
            version_of=row.version_of,
            schema=row.schema,
            source_map=msgspec.json.decode(row.source_map) if row.source_map else None,
        )

    def _own(self, id: str | None) -> str | None:
        """The id within the report: `s1` of `r-1#s1`."""
        return id[len(self._row.id) + 1 :] if id else None

    def _actor_id(self, appearance: str | None) -> str | None:
        return self._own(self._bases[appearance]) if appearance else None

    def _actor(self, row: Row[Any]) -> ActorOut:
        names = [n.name for n in self._found.names.get(row.id, []) if n.name != row.name]
        text = self._row.text

        def first(words: str) -> tuple[int, str]:
            at = text.find(words)
            return (at if at >= 0 else len(text), words)

        def first_role(role: Row[Any]) -> tuple[Any, ...]:
            # The registry's offices have days, and go before what the report calls somebody.
            days = role.from_date or "", role.to_date or ""
            return (not any(days), *days, *first(role.title), role.of or "")

        return ActorOut(
            id=self._own(row.id) or "",
            name=row.name,
            type=row.type,
            country=row.country,
            sector=row.sector,
            aliases=sorted(names, key=first),
            roles=[
                RoleOut(r.title, r.of, r.from_date, r.to_date)
                for r in sorted(self._found.roles.get(row.found, []), key=first_role)
            ],
            same_as={"wikidata": None, "registry": row.found if is_registered(row.found) else None},
            considered=msgspec.json.decode(row.considered, type=list[CandidateOut]) if row.considered else [],
        )

    def _place(self, id: str, at: Sequence[Row[Any]]) -> PlaceOut:
        row = at[0]
        return PlaceOut(
            id=self._place_ids[id],
            name=row.name,
            geonames=row.geonames,
            lat=row.lat,
            lon=row.lon,
            country=row.country,
            mentions=[(a.start, a.end) for a in at if a.start is not None],
            region=row.region,
            kind=row.kind,
            confidence=row.confidence,
        )

    def _statement(self, row: Row[Any]) -> StatementOut:
        about = {self._bases[s.actor] for s in self._found.subjects.get(row.id, [])}
        return StatementOut(
            id=self._own(row.id) or "",
            source=self._source(row),
            cue=_span(row, "cue_"),
            content=[SpanOut(c.start, c.end) for c in self._found.contents.get(row.id, [])],
            quotation=row.quotation,
            attitude=row.attitude,
            negated=bool(row.negated),
            kind=row.kind,
            about=[self._own(a) or "" for a in sorted(about, key=lambda a: self._numbers[a])],
            addressee=self._actor_id(row.addressee),
            date=row.date,
            confidence=row.confidence,
            within=self._own(row.within),
            time=self._times[row.time] if row.time else None,
        )

    def _source(self, row: Row[Any]) -> SourceOut | None:
        if row.source_start is None:
            return None
        # Whoever has a name is coded as the report's actor is.
        codes = (
            self._codes[self._bases[row.source_actor]]
            if row.source_actor
            else (row.source_country, row.source_sector)
        )
        return SourceOut(row.source_start, row.source_end, self._actor_id(row.source_actor), *codes)

    def _event(self, row: Row[Any]) -> EventOut:
        parties: dict[str, list[PartyOut]] = {"actor": [], "recipient": []}
        for party in self._found.parties.get(row.id, []):
            codes = self._codes[self._bases[party.actor]] if party.actor else (party.country, party.sector)
            parties[party.role].append(PartyOut(party.start, party.end, self._actor_id(party.actor), *codes))
        return EventOut(
            id=self._own(row.id) or "",
            type=row.type,
            mode=row.mode,
            modes=[m.mode for m in self._found.modes.get(row.id, [])],
            contexts=[c.context for c in self._found.contexts.get(row.id, [])],
            cameo=row.cameo,
            status=row.status,
            trigger=SpanOut(row.trigger_start, row.trigger_end),
            actors=parties["actor"],
            recipients=parties["recipient"],
            place=self._place_ids.get(row.place) if row.place else None,
            places=[SpanOut(p.start, p.end) for p in self._found.where.get(row.id, [])],
            date=self._date(row),
            dead=_count(row, "dead_"),
            injured=_count(row, "injured_"),
            crowd=_count(row, "crowd_"),
            mutual=bool(row.mutual),
            reported_by=self._own(row.reported_by),
            same_as=self._own(row.same_as),
            sentence=SpanOut(row.sentence_start, row.sentence_end),
            confidence=row.confidence,
        )

    def _date(self, row: Row[Any]) -> TimeOut | None:
        """The time of an event, with its kind from the times of the report, as the event's row has none."""
        if row.time_start is None:
            return None
        told = (row.time_start, row.time_end)
        there = [t for t in self._times.values() if (t.start, t.end) == told]
        same = [t for t in there if (t.from_, t.to) == (row.from_date, row.to_date)]
        kind, mod = ((same or there)[0].kind, (same or there)[0].mod) if there else ("date", None)
        return TimeOut(*told, from_=row.from_date, to=row.to_date, text=row.time_text, kind=kind, mod=mod)


def _time(row: Row[Any]) -> TimeOut:
    return TimeOut(row.start, row.end, row.from_date, row.to_date, row.text, row.kind, row.mod)


def _span(row: Row[Any], prefix: str) -> SpanOut | None:
    at = row._mapping
    return None if at[f"{prefix}start"] is None else SpanOut(at[f"{prefix}start"], at[f"{prefix}end"])


def _count(row: Row[Any], prefix: str) -> CountOut | None:
    at = row._mapping
    if at[f"{prefix}low"] is None:
        return None
    return CountOut(
        at[f"{prefix}start"],
        at[f"{prefix}end"],
        at[f"{prefix}low"],
        at[f"{prefix}high"],
        bool(at[f"{prefix}about"]),
    )
