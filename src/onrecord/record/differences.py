"""What two analyses of one report find differently: statements and events that are new, gone, or told otherwise.

A statement is the same one if its content stands at the same place, or most of it does behind the same cue; an event if the word for
the act does. Whoever is meant is compared by what analysis finds, so corrections make no difference; confidences make none either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from onrecord.contract import AnalysisOut
from onrecord.record.bearers import found_ids
from onrecord.record.carrying_out import read_put
from onrecord.record.ids import place_id
from onrecord.record.schema import (
    appearances,
    contents,
    event_contexts,
    event_modes,
    event_parties,
    events,
    statements,
    subjects,
)
from onrecord.record.stored_amendments import is_amended


class Counted(msgspec.Struct):
    """How many are new, gone, told otherwise, and the same."""

    added: int = 0
    gone: int = 0
    changed: int = 0
    kept: int = 0

    def __iadd__(self, other: Counted) -> Counted:
        self.added += other.added
        self.gone += other.gone
        self.changed += other.changed
        self.kept += other.kept
        return self

    @property
    def differs(self) -> bool:
        """Is anything otherwise?"""
        return bool(self.added or self.gone or self.changed)


class Differences(msgspec.Struct):
    """What is otherwise in one report, or in several."""

    statements: Counted = msgspec.field(default_factory=Counted)
    events: Counted = msgspec.field(default_factory=Counted)

    def __iadd__(self, other: Differences) -> Differences:
        self.statements += other.statements
        self.events += other.events
        return self

    @property
    def differs(self) -> bool:
        """Is anything otherwise?"""
        return self.statements.differs or self.events.differs


class Found(NamedTuple):
    """A statement or an event.

    Attributes:
        at: where it stands: of a statement its content, of an event the word for the act and the type.
        near: what tells that one at nearly that place is the same: of a statement the cue, of an event the word for the act.
        told: all that is said of it.
    """

    at: Any
    near: Any
    told: Any


class Findings(NamedTuple):
    """The statements and the events of one report."""

    statements: list[Found]
    events: list[Found]


def compare(before: Findings, after: Findings) -> Differences:
    """What is otherwise in `after`."""
    return Differences(_compare(before.statements, after.statements), _compare(before.events, after.events))


def _compare(before: Iterable[Found], after: Iterable[Found]) -> Counted:
    counted, rest, new = Counted(), list(before), []
    for one in after:
        same = next((o for o in rest if o.at == one.at), None)
        if same is None:
            new.append(one)
            continue
        rest.remove(same)
        if same.told == one.told:
            counted.kept += 1
        else:
            counted.changed += 1
    for one in new:
        same = next((o for o in rest if o.near is not None and o.near == one.near), None)
        if same is None:
            counted.added += 1
        else:
            rest.remove(same)
            counted.changed += 1
    counted.gone = len(rest)
    return counted


def findings_in(analysis: AnalysisOut, means: Mapping[str, str] | None = None) -> Findings:
    """What an analysis has found.

    Args:
        means: whom it took its actors for, by their ids in it; None where it is to be told from itself.
    """
    who = found_ids(analysis) if means is None else means
    where = {p.id: place_id(p) for p in analysis.places}

    def meant(actor: str | None) -> str | None:
        return who[actor] if actor else None

    said = []
    for s in analysis.statements:
        at = tuple((c.start, c.end) for c in s.content)
        source = (s.source.start, s.source.end) if s.source else None
        cue = (s.cue.start, s.cue.end) if s.cue else None
        codes = (s.source.country, s.source.sector) if s.source and not s.source.actor else (None, None)
        told = (
            at,
            source,
            meant(s.source.actor) if s.source else None,
            codes,
            cue,
            (s.quotation, s.attitude, bool(s.negated), s.kind),
            frozenset(who[a] for a in s.about),
            meant(s.addressee),
            s.date,
        )
        said.append(Found(at, cue, told))
    happened = []
    for e in analysis.events:
        trigger = (e.trigger.start, e.trigger.end)
        parties = frozenset(
            (
                role,
                p.start,
                p.end,
                meant(p.actor),
                None if p.actor else p.country,
                None if p.actor else p.sector,
            )
            for role, side in (("actor", e.actors), ("recipient", e.recipients))
            for p in side
        )
        counts = tuple((c.low, c.high, c.about) if c else (None,) * 3 for c in (e.dead, e.injured, e.crowd))
        days = (e.date.from_, e.date.to) if e.date else (None, None)
        place = where[e.place] if e.place else None
        all_told = (
            e.cameo,
            e.status,
            days,
            place,
            counts,
            bool(e.mutual),
            parties,
            frozenset(e.modes),
            frozenset(e.contexts),
        )
        happened.append(Found((trigger, e.type), trigger, all_told))
    return Findings(said, happened)


def findings_on_record(connection: Connection, article: str) -> Findings:
    """What is on record of a report as analysis found it: corrections and amendments aside."""
    if is_amended(connection, article) and (put := read_put(connection, article)) is not None:
        return findings_in(put.found, put.means)
    own = appearances.c
    # What a correction parted is found as what it was parted from.
    query = select(own.id, own.found).where(own.article == article)
    found: dict[str, str] = {row.id: row.found for row in connection.execute(query)}
    return Findings(_statements(connection, article, found), _events(connection, article, found))


def _statements(connection: Connection, article: str, found: dict[str, str]) -> list[Found]:
    of_these = select(statements.c.id).where(statements.c.article == article)
    pieces = _grouped(
        connection,
        select(contents.c.statement, contents.c.start, contents.c.end)
        .where(contents.c.statement.in_(of_these))
        .order_by(contents.c.statement, contents.c.number),
        lambda row: (row.start, row.end),
    )
    about = _grouped(
        connection,
        select(subjects.c.statement, subjects.c.actor).where(subjects.c.statement.in_(of_these)),
        lambda row: found.get(row.actor),
    )
    said = []
    for s in connection.execute(
        select(statements).where(statements.c.article == article).order_by(statements.c.number)
    ):
        at = tuple(pieces[s.id])
        source = (s.source_start, s.source_end) if s.source_start is not None else None
        cue = (s.cue_start, s.cue_end) if s.cue_start is not None else None
        told = (
            at,
            source,
            found.get(s.source_actor),
            (s.source_country, s.source_sector),
            cue,
            (s.quotation, s.attitude, bool(s.negated), s.kind),
            frozenset(about[s.id]),
            found.get(s.addressee),
            s.date,
        )
        said.append(Found(at, cue, told))
    return said


def _events(connection: Connection, article: str, found: dict[str, str]) -> list[Found]:
    of_these = select(events.c.id).where(events.c.article == article)

    def hung(table: Any, read: Callable[[Any], Any]) -> dict[str, list[Any]]:
        return _grouped(connection, select(table).where(table.c.event.in_(of_these)), read)

    parties = hung(event_parties, lambda p: (p.role, p.start, p.end, found.get(p.actor), p.country, p.sector))
    modes = hung(event_modes, lambda row: row.mode)
    contexts = hung(event_contexts, lambda row: row.context)
    happened = []
    for e in connection.execute(select(events).where(events.c.article == article).order_by(events.c.number)):
        trigger = (e.trigger_start, e.trigger_end)
        counts = tuple(
            (getattr(e, f"{what}_low"), getattr(e, f"{what}_high"), _truth(getattr(e, f"{what}_about")))
            for what in ("dead", "injured", "crowd")
        )
        told = (
            e.cameo,
            e.status,
            (e.from_date, e.to_date),
            e.place,
            counts,
            bool(e.mutual),
            frozenset(parties[e.id]),
            frozenset(modes[e.id]),
            frozenset(contexts[e.id]),
        )
        happened.append(Found((trigger, e.type), trigger, told))
    return happened


def _grouped(connection: Connection, query: Any, read: Callable[[Any], Any]) -> dict[str, list[Any]]:
    """Rows by their first column."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        groups[row[0]].append(read(row))
    return groups


def _truth(value: Any) -> bool | None:
    return None if value is None else bool(value)
