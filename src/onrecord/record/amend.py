"""Put right a statement or an event: each amendment is checked, appended to the list and carried out, in one transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from onrecord.contract import EventOut, StatementOut
from onrecord.errors import UsageError
from onrecord.record.amending import amend, findings_of
from onrecord.record.amendments import LETTERS, Amendment, Fix, Of, as_found, identified
from onrecord.record.asking.find_article import find_article
from onrecord.record.carrying_out import Put, carry_out, read_put
from onrecord.record.fixing import Fixer, Given, GivenEvent
from onrecord.record.parts import in_parts
from onrecord.record.schema import amendments, articles
from onrecord.record.stored_amendments import read_stored, store_amendments

_ID: Final = re.compile(r"(.+)#([se])(\d+)", re.DOTALL)
_OF: Final[dict[str, Of]] = {letter: of for of, letter in LETTERS.items()}


class Imported(msgspec.Struct):
    """What came of amendments that were read from a file.

    Attributes:
        added: how many were not here yet; known: how many were.
        idle: of those that were added, how many are of what is not found here; they hold once it is.
    """

    added: int
    known: int
    idle: int


class Finding(msgspec.Struct):
    """A statement or an event in its report.

    Attributes:
        id: as it is shown, `r-1#s3`.
        put: the report with it, and its amendments.
        is_wrong: it is marked wrong.
    """

    id: str
    of: Of
    report: str
    put: Any
    is_wrong: bool

    @property
    def now(self) -> Any:
        """It as it stands, a `StatementOut` or `EventOut`."""
        own = self.id.rpartition("#")[2]
        there = self.put.now.statements if self.of == "statement" else self.put.now.events
        return next(f for f in there if f.id == own)


class Previewed(NamedTuple):
    """What a fix would make of a statement or an event.

    Attributes:
        finding: as it stands.
        after: as it would stand, a `StatementOut` or `EventOut`.
        follows: what else would be otherwise: the id of a statement or an event in the report, `within`, `reported_by` or `same_as`, and
            what that would be.
    """

    finding: Finding
    after: Any
    follows: list[tuple[str, str, str | None]]


def read_finding(connection: Connection, id: str) -> Finding:
    """A statement or an event by its id, as `said` and `events` print it.

    Raises:
        UsageError: if it is no such id, or nothing of the kind is on record.
    """
    told = _ID.fullmatch(id.strip())
    if told is None:
        raise UsageError(
            f"{id}: this is no id of a statement or an event. Give one as they are printed with --json: r-76d7d0e810da43db#s3"
        )
    report = told[1]
    put = read_put(connection, report)
    if put is None:
        raise UsageError(f"{report}: no report of this id is on record. See which there are: onrecord search")
    of = _OF[told[2]]
    own = f"{told[2]}{int(told[3])}"
    there: Sequence[Any] = put.now.statements if of == "statement" else put.now.events
    if not any(f.id == own for f in there):
        known = f"{LETTERS[of]}1 to {there[-1].id}" if there else "none"
        raise UsageError(f"{id}: the report has no such {of}; it has {known}. See: onrecord show {report}")
    return Finding(f"{report}#{own}", of, report, put, own in put.wrong)


def full_id(connection: Connection, id: str) -> str:
    """The id of a statement or an event of which the report is called as `show` takes it: by the beginning of its id, or its path.

    Raises:
        UsageError: if several reports fit.
    """
    report, hash, own = id.rpartition("#")
    row = find_article(connection, report) if hash else None
    return f"{row.id}#{own}" if row else id


def mark_wrong(
    connection: Connection, id: str, *, time: str, command: str, who: str | None = None
) -> Amendment:
    """What was found is no statement, or no event: it answers no question from now on.

    Args:
        id: as for `read_finding`.
        time: now, ISO.
        command: the words that were typed.

    Raises:
        UsageError: as `read_finding` does, and if it is marked already.
    """
    finding = _standing(connection, id)
    return _make(connection, finding, None, time=time, command=command, who=who)


def fix(
    connection: Connection,
    id: str,
    given: Given | GivenEvent,
    *,
    time: str,
    command: str,
    who: str | None = None,
) -> Amendment:
    """Some of a statement or an event is otherwise.

    Args:
        given: of a statement a `Given`, of an event a `GivenEvent`.

    Raises:
        UsageError: as `read_finding` does, if it is marked wrong, and as `Fixer` does.
    """
    finding = _standing(connection, id)
    return _make(connection, finding, _read_fix(finding, given), time=time, command=command, who=who)


def preview_fix(connection: Connection, id: str, given: Given | GivenEvent) -> Previewed:
    """What a fix would make of a statement or an event; nothing is written.

    Raises:
        UsageError: as `fix` does.
    """
    finding = _standing(connection, id)
    tried = _amendment(finding, _read_fix(finding, given), time="", command="", who=None)
    put: Put = finding.put
    due = amend(put.found, [*(s.amendment for s in put.made), tried], put.means)
    own = finding.id.rpartition("#")[2]
    there: Sequence[Any] = due.statements if finding.of == "statement" else due.events
    after = next(f for f in there if f.id == own)
    now = findings_of(put.now)
    everything: list[StatementOut | EventOut] = [*due.statements, *due.events]
    follows = [
        (f.id, name, getattr(f, name))
        for f in everything
        for name in ("within", "reported_by", "same_as")
        if hasattr(f, name) and f.id not in due.wrong and getattr(f, name) != getattr(now[f.id], name)
    ]
    return Previewed(finding, after, follows)


def _read_fix(finding: Finding, given: Given | GivenEvent) -> Fix:
    fixer = Fixer(finding.put.now, finding.put.means)
    if finding.of == "statement":
        if not isinstance(given, Given):
            raise UsageError(
                f"{finding.id} is a statement: it has no type, mode, status, trigger, actor and recipient."
            )
        return fixer.statement(finding.now, given)
    if not isinstance(given, GivenEvent):
        raise UsageError(
            f"{finding.id} is an event: it has no source, cue, content, kind, attitude and addressee."
        )
    return fixer.event(finding.now, given)


def undo(connection: Connection, id: str) -> Amendment:
    """Take back an amendment; the others of the same finding stand.

    Args:
        id: its id, or the beginning of it.

    Raises:
        UsageError: if there is none, or several begin so.
    """
    wanted = id.strip()
    query = select(amendments).order_by(amendments.c.number)
    exact = connection.execute(query.where(amendments.c.id == wanted)).all()
    rows = exact or (
        connection.execute(query.where(amendments.c.id.startswith(wanted, autoescape=True)).limit(2)).all()
        if wanted
        else []
    )
    if len(rows) != 1:
        told = (
            "several amendments begin so"
            if rows
            else "there is no such amendment, or it was taken back before"
        )
        raise UsageError(f"{id}: {told}. See which there are: onrecord amend list")
    amendment = read_stored(rows[0]).amendment
    carry_out(connection, amendment.report, without=amendment.id)
    return amendment


def import_amendments(connection: Connection, made: Sequence[Amendment]) -> Imported:
    """Append amendments of another record in their order; those that are here already are left out.

    What is not found here, since its report is not on record or another model found otherwise, is kept, and holds once it is.
    """
    new = add_new(connection, made)
    for report in dict.fromkeys(a.report for a in new):
        carry_out(connection, report)
    idle = 0
    for amendment in new:
        query = select(amendments.c.statement, amendments.c.event).where(amendments.c.id == amendment.id)
        row = connection.execute(query).one()
        idle += row.statement is None and row.event is None
    return Imported(added=len(new), known=len(made) - len(new), idle=idle)


def add_new(connection: Connection, made: Sequence[Amendment]) -> list[Amendment]:
    """Append those amendments that are not here yet, and give them; rows do not follow yet, see `carrying_out.py`."""
    unique = {a.id: a for a in made}
    here: set[str] = set()
    for part in in_parts(sorted(unique)):
        here |= set(connection.execute(select(amendments.c.id).where(amendments.c.id.in_(part))).scalars())
    new = [a for a in unique.values() if a.id not in here]
    store_amendments(connection, new)
    return new


def amended_reports(connection: Connection) -> list[str]:
    """Ids of the reports on record of which there are amendments."""
    query = select(amendments.c.report).join(articles, articles.c.id == amendments.c.report).distinct()
    return list(connection.execute(query.order_by(amendments.c.report)).scalars())


def _standing(connection: Connection, id: str) -> Finding:
    finding = read_finding(connection, id)
    if finding.is_wrong:
        raise UsageError(
            f"{finding.id} is marked wrong. Take that back first: onrecord amend undo {_marking(finding)}"
        )
    return finding


def _marking(finding: Finding) -> str:
    put: Put = finding.put
    marks = [s.amendment.id for s in put.made if s.row == finding.id and s.amendment.what == "wrong"]
    return marks[-1] if marks else "ID"


def _make(
    connection: Connection, finding: Finding, said: Fix | None, *, time: str, command: str, who: str | None
) -> Amendment:
    amendment = _amendment(finding, said, time=time, command=command, who=who)
    store_amendments(connection, [amendment])
    carry_out(connection, finding.report)
    return amendment


def _amendment(finding: Finding, said: Fix | None, *, time: str, command: str, who: str | None) -> Amendment:
    put: Put = finding.put
    own = finding.id.rpartition("#")[2]
    there = put.found.statements if finding.of == "statement" else put.found.events
    found = next(f for f in there if f.id == own)
    return identified(
        Amendment(
            what="wrong" if said is None else "fix",
            of=finding.of,
            report=finding.report,
            found=as_found(found, put.now.text, put.means),
            said=said,
            time=time,
            who=who,
            command=command,
        )
    )
