"""Keeps the statements and events of a report what was found in it and what amendments say of that.

Whatever changes either of the two, a correction of somebody or a newer model, all of it is put back as it was found and amended
anew, in one transaction: so the order in which this comes about makes no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, update

from onrecord.contract import AnalysisOut, EventOut, StatementOut
from onrecord.record.amending import Amended, amend, findings_of, put_back
from onrecord.record.event_rows import event_values, party_rows
from onrecord.record.parting import part_mentions
from onrecord.record.people import load_corrections, sum_up
from onrecord.record.report_out import reports_out
from onrecord.record.schema import (
    amendments,
    appearances,
    articles,
    contents,
    event_modes,
    event_parties,
    events,
    statements,
    subjects,
)
from onrecord.record.statement_rows import statement_values
from onrecord.record.stored_amendments import Stored, as_json, stored_of


class Put(NamedTuple):
    """A report, what was found in it, and its amendments.

    Attributes:
        now: as its rows stand, those that are wrong too.
        wrong: ids within the report of the rows that are wrong.
        found: as it was found.
        means: whom analysis took its actors for, by their ids in it.
        made: its amendments in their order.
    """

    now: AnalysisOut
    wrong: set[str]
    found: AnalysisOut
    means: dict[str, str]
    made: list[Stored]


def read_put(connection: Connection, report: str) -> Put | None:
    """A report with its amendments; None if it is not here.

    Raises:
        msgspec.DecodeError: if the JSON of one of them cannot be read.
    """
    row = connection.execute(select(articles).where(articles.c.id == report)).first()
    if row is None:
        return None
    (now,) = reports_out(connection, [row], with_amendments=False)
    found = msgspec.structs.replace(now)
    made = stored_of(connection, [report])
    put_back(found, [s.amendment for s in made if s.row is not None])
    own = appearances.c
    whom = select(own.id, own.found).where(own.article == report, own.base.is_(None)).order_by(own.number)
    means = {_own(row.id): str(row.found) for row in connection.execute(whom)}
    wrong: set[str] = set()
    for table in (statements, events):
        query = select(table.c.id).where(table.c.article == report, table.c.wrong)
        wrong |= {_own(id) for id in connection.execute(query).scalars()}
    return Put(now, wrong, found, means, made)


def carry_out(connection: Connection, report: str, *, without: str | None = None) -> None:
    """Bring the rows of a report in step with its amendments.

    Args:
        without: the id of an amendment that is taken back: it goes away.
    """
    put = read_put(connection, report)
    if put is None:
        if without is not None:
            connection.execute(delete(amendments).where(amendments.c.id == without))
        return
    made = [s for s in put.made if s.amendment.id != without]
    amended = amend(put.found, [s.amendment for s in made], put.means)
    if without is not None:
        connection.execute(delete(amendments).where(amendments.c.id == without))
    _write(connection, report, put, amended)
    _place(connection, report, made, amended)


def _own(id: str) -> str:
    return id.rpartition("#")[2]


def _place(connection: Connection, report: str, made: Sequence[Stored], amended: Amended) -> None:
    """Let amendments point at what they are of; the last of them keeps what had to follow."""
    last = next((s.amendment.id for s in reversed(made) if s.amendment.id in amended.placed), None)
    for stored in made:
        found = amended.placed.get(stored.amendment.id)
        values: dict[str, Any] = {"statement": None, "event": None, "moved": None}
        if found is not None:
            values[stored.amendment.of] = f"{report}#{found.id}"
            values["found"] = as_json(found)
        if stored.amendment.id == last and amended.moved:
            values["moved"] = as_json(amended.moved)
        connection.execute(update(amendments).where(amendments.c.number == stored.number).values(values))


def _write(connection: Connection, report: str, put: Put, amended: Amended) -> None:
    """Write the rows that are not yet as they are to be."""
    now = findings_of(put.now)
    ids = {a: f"{report}#{a}" for a in put.means}
    text = put.now.text
    changed = False
    for statement in amended.statements:
        was = now[statement.id]
        is_wrong = statement.id in amended.wrong
        if statement != was or is_wrong != (statement.id in put.wrong):
            assert isinstance(was, StatementOut)
            _write_statement(connection, report, text, was, statement, ids, is_wrong=is_wrong)
            changed = True
    for event in amended.events:
        was = now[event.id]
        is_wrong = event.id in amended.wrong
        if event != was or is_wrong != (event.id in put.wrong):
            assert isinstance(was, EventOut)
            _write_event(connection, report, text, was, event, ids, is_wrong=is_wrong)
            changed = True
    if changed:
        made = load_corrections(connection)
        if made.mentions_in(report):
            # What they say of single mentions holds for what these are in now.
            sum_up(connection, made, part_mentions(connection, report, made))


def _write_statement(
    connection: Connection,
    report: str,
    text: str,
    was: StatementOut,
    now: StatementOut,
    ids: Mapping[str, str],
    *,
    is_wrong: bool,
) -> None:
    id = f"{report}#{now.id}"
    values = statement_values(now, text, ids) | {
        "within": f"{report}#{now.within}" if now.within else None,
        "wrong": is_wrong,
    }
    connection.execute(update(statements).where(statements.c.id == id).values(values))
    if now.content != was.content:
        rows = [
            {"statement": id, "number": n, "start": c.start, "end": c.end}
            for n, c in enumerate(now.content, 1)
        ]
        _replace(connection, contents, contents.c.statement == id, rows)
    if set(now.about) != set(was.about):
        rows = [{"statement": id, "actor": ids[a]} for a in now.about]
        _replace(connection, subjects, subjects.c.statement == id, rows)


def _write_event(
    connection: Connection,
    report: str,
    text: str,
    was: EventOut,
    now: EventOut,
    ids: Mapping[str, str],
    *,
    is_wrong: bool,
) -> None:
    id = f"{report}#{now.id}"
    first = f"{report}#{now.same_as}" if now.same_as else None
    values = event_values(now, text) | {
        "reported_by": f"{report}#{now.reported_by}" if now.reported_by else None,
        "same_as": first,
        # Until it is joined with the other reports of the story.
        "event": first or id,
        "wrong": is_wrong,
    }
    connection.execute(update(events).where(events.c.id == id).values(values))
    if now.modes != was.modes:
        rows = [{"event": id, "number": n, "mode": m} for n, m in enumerate(now.modes, 1)]
        _replace(connection, event_modes, event_modes.c.event == id, rows)
    if (now.actors, now.recipients) != (was.actors, was.recipients):
        rows = party_rows(id, now, text, ids)
        _replace(connection, event_parties, event_parties.c.event == id, rows)


def _replace(connection: Connection, table: Table, which: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(delete(table).where(which))
    if rows:
        connection.execute(insert(table), list(rows))
