"""Reports that a record exported, or that `analyse` printed -> another record, as they are: nothing is analysed anew.

Each line is looked through before anything of it is written, since whoever made the file may have changed it: every
span lies in its text, every id that is spoken of is there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from onrecord.article import Article, Frame
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.record import schema
from onrecord.record.amend import Imported as AmendmentsImported
from onrecord.record.amend import add_new, import_amendments
from onrecord.record.amending import put_back
from onrecord.record.amendments import Amendment, fault_of, identified, read_amendment
from onrecord.record.amendments import read_lines as read_amendments
from onrecord.record.correct import Imported, import_corrections
from onrecord.record.corrections import Correction, read_lines
from onrecord.record.findings import add_findings
from onrecord.record.fitting import check_fits, fitted
from onrecord.record.people import load_corrections
from onrecord.record.report_out import ReportOut
from onrecord.record.store import Outcome, Record
from onrecord.record.story_rows import add_report
from onrecord.record.upgrade import OLDEST, renew_report

# What found a report's statements where its line does not tell: some model did, but which one nobody knows.
UNKNOWN_MODEL: Final = "unknown"
# Languages that a model reads; other reports are recorded, but nothing is looked for in them.
_READ: Final = (None, "en")
_ID: Final = {name: re.compile(rf"{name}[1-9]\d{{0,6}}\Z") for name in "saep"}
_CORRECTION: Final = re.compile(rb'\s*\{\s*"what"\s*:')
_AMENDMENT: Final = re.compile(rb'\s*\{\s*"what"\s*:\s*"(?:wrong|fix)"')
_RECORDED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z\Z")


class Brought(NamedTuple):
    """A report that has come into the record: under which id, and what became of it there."""

    id: str
    outcome: Outcome


def import_lines(
    record: Record, lines: Iterable[bytes], origin: str, *, model: str | None = None
) -> Iterator[Brought | UnreadableReportError | Imported | AmendmentsImported]:
    """Write reports, corrections and amendments into a record, each report in one transaction, in the order of the lines.

    Args:
        lines: JSON lines, a report, a correction or an amendment each; blank ones are left out. One is held at a time.
        origin: what the lines are of, for errors.
        model: which model found what is told, where a line does not say it.

    Yields:
        For each report what became of it, or why it cannot be taken, after which the next one is; in the end, if there
        are corrections or amendments, what became of all of either.

    Raises:
        UsageError: for a correction or an amendment that is none; none of these lines is made then.
        RecordError: if the record cannot be written.
    """
    corrections: list[Correction] = []
    amendments: list[Amendment] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if _CORRECTION.match(line):
            # Lines before it, so that an error names the right one.
            alone = b"\n" * (number - 1) + line.rstrip(b"\n")
            if _AMENDMENT.match(line):
                amendments += read_amendments(alone, origin)
            else:
                corrections += read_lines(alone, origin)
            continue
        try:
            report = read_report(line, model=model)
            yield _import_report(record, report, amendments_in(report))
        except UnreadableReportError as error:
            yield UnreadableReportError(f"{origin}, line {number}: {error}")
    if corrections:
        with record.writing() as connection:
            yield import_corrections(connection, corrections)
    if amendments:
        with record.writing() as connection:
            yield import_amendments(connection, amendments)


def read_report(line: bytes, *, model: str | None = None) -> ReportOut:
    """A report from its line of JSON.

    Args:
        model: as of `import_lines`.

    Raises:
        UnreadableReportError: if it is none, or if it contradicts itself.
    """
    try:
        report = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableReportError(
            f"not a report as onrecord tells it ({error}). Give what `onrecord export reports --as jsonl` or `onrecord analyse` wrote."
        ) from error
    reason = _faulty_ids(report)
    if reason is None and (made := amendments_in(report)):
        # What was put right stands in the line as it is now.
        put_back(report, made)
    if reason := reason or _fault(report):
        raise UnreadableReportError(
            f"the report {report.id[:80]} contradicts itself: {reason}. Export it, or analyse it, again."
        )
    if report.model is None and (report.schema is None or model) and report.language in _READ:
        report = msgspec.structs.replace(report, model=model or UNKNOWN_MODEL)
    return report


def amendments_in(report: ReportOut) -> list[Amendment]:
    """What people have put right in a report, as its line tells it.

    Raises:
        UnreadableReportError: for an amendment that is none.
    """
    found = []
    for told in report.amendments or ():
        try:
            amendment = read_amendment(told)
            reason = fault_of(amendment)
            if amendment.report != report.id:
                reason = f"it is of the report {amendment.report[:80]}"
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            reason = str(error)
        if reason:
            raise UnreadableReportError(
                f"the report {report.id[:80]} has an amendment that is none: {reason}. Export it again."
            )
        found.append(amendment)
    return found


_DECODER: Final = msgspec.json.Decoder(ReportOut)


def _import_report(record: Record, report: ReportOut, amendments: Sequence[Amendment]) -> Brought:
    """Write a report that says what was found in it, and its amendments."""
    check_fits(
        Article(
            id=report.id,
            text=report.text,
            frame=Frame(headline=report.frame.headline),
            title=report.title,
            published=report.published,
            outlet=report.outlet,
            url=report.url,
            origin=report.origin,
        )
    )
    with record.writing() as connection:
        id, version_of, written_with = _place(connection, report)
        row = _row(report, id, version_of)
        if written_with is not None and written_with >= min(row["schema"], schema.WHOLE_SINCE):
            return Brought(id, Outcome.KNOWN)
        analysis = fitted(report)
        made = load_corrections(connection)
        # Of another version they are other ones.
        add_new(connection, [identified(msgspec.structs.replace(a, report=id)) for a in amendments])
        if written_with is None:
            add_report(connection, row)
            add_findings(connection, id, analysis, made)
            return Brought(id, Outcome.VERSION if version_of else Outcome.NEW)
        renew_report(connection, row, analysis, made)
        return Brought(id, Outcome.RENEWED)


def _place(connection: Connection, report: ReportOut) -> tuple[str, str | None, int | None]:
    """Under which id a report goes, of which it is a version, and in which schema it is there already, None if not."""
    table = schema.articles
    query = select(table.c.text, table.c.schema)
    known = connection.execute(query.where(table.c.id == report.id)).first()
    if known is not None and known.text == report.text:
        return report.id, report.version_of, known.schema
    if known is None:
        first = report.version_of
        if first and connection.execute(query.where(table.c.id == first)).first() is None:
            raise UnreadableReportError(
                f"{report.id} is another version of {first}, which is not on record. Import that report first."
            )
        return report.id, first, None
    # Another text under an id that is given: a version of that report, as when it is read.
    whole = report.version_of or report.id
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    id = f"{whole}@{digest}"
    version = connection.execute(query.where(table.c.id == id)).first()
    return id, whole, version.schema if version else None


def _row(report: ReportOut, id: str, version_of: str | None) -> dict[str, Any]:
    """The row of `articles`."""
    written = min(report.schema or schema.SCHEMA_VERSION, schema.SCHEMA_VERSION)
    source_map = report.source_map
    recorded = report.recorded
    if recorded is None and report.schema is None:
        # It comes into a record for the first time.
        recorded = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {
        "id": id,
        "text": report.text,
        "title": report.title,
        "headline": report.frame.headline,
        "published": report.published,
        "outlet": report.outlet,
        "url": report.url,
        "language": report.language,
        "origin": report.origin,
        "frame": msgspec.json.encode(report.frame).decode(),
        "furniture": msgspec.json.encode(report.furniture).decode(),
        "source_map": msgspec.json.encode(source_map).decode() if source_map else None,
        "model": report.model,
        "version_of": version_of,
        "schema": max(written, OLDEST),
        "recorded": recorded,
    }


def _fault(report: ReportOut) -> str | None:
    """What in a report cannot be; None if all is well."""
    if not report.id:
        return "it has no id"
    if report.version_of is not None and not report.id.startswith(f"{report.version_of}@"):
        return f"its id is not that of a version of {report.version_of[:80]}"
    if report.recorded is not None and not _RECORDED.match(report.recorded):
        return f"it was recorded at {report.recorded[:40]}, which is no time"
    days = [report.published and report.published[:10]]
    days += [d for t in report.times for d in (t.from_, t.to)] + [s.date for s in report.statements]
    days += [d for e in report.events if e.date for d in (e.date.from_, e.date.to)]
    for day in days:
        if day and not _is_day(day):
            return f"{day[:40]} is no day"
    return _faulty_ids(report) or _faulty_spans(report) or _faulty_links(report)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _faulty_ids(report: AnalysisOut) -> str | None:
    """Is an id none, or given twice?"""
    groups = {"s": report.statements, "a": report.actors, "e": report.events, "p": report.places}
    for name, group in groups.items():
        ids = [item.id for item in group]  # type: ignore[attr-defined]
        if wrong := next((id for id in ids if not _ID[name].match(id)), None):
            return f"{wrong[:40]!r} is none of the ids {name}1, {name}2 ..."
        if len(set(ids)) < len(ids):
            return f"an id of {name}1, {name}2 ... is there twice"
    if any(not name for actor in report.actors for name in (actor.name, *actor.aliases)):
        return "an actor has an empty name"
    return None


def _faulty_spans(report: AnalysisOut) -> str | None:
    """Does a span lie outside the text?"""
    size = len(report.text)
    spans: list[tuple[int, int]] = [(m.start, m.end) for m in report.mentions]
    spans += [m for place in report.places for m in place.mentions]
    spans += [(e.start, e.end) for e in report.frame.entries]
    spans += [(f.before, f.before) for f in report.furniture]
    parts: list[Any] = [*report.times]
    for s in report.statements:
        parts += [s.source, s.cue, *s.content, s.time]
    for e in report.events:
        parts += [e.trigger, e.sentence, *e.actors, *e.recipients, *e.places]
        parts += [e.date, e.dead, e.injured, e.crowd]
    spans += [(p.start, p.end) for p in parts if p is not None]
    wrong = next(((start, end) for start, end in spans if not 0 <= start <= end <= size), None)
    if wrong:
        return f"the span {wrong[0]} to {wrong[1]} is not in its text of {size} characters"
    untrue = next((t for t in report.times if report.text[t.start : t.end] != t.text), None)
    if untrue:
        return f"{untrue.text[:40]!r} does not stand at {untrue.start}"
    return None


def _faulty_links(report: AnalysisOut) -> str | None:
    """Is an id spoken of that is not there, or does something lie within itself?"""
    actors = {a.id for a in report.actors}
    statements = {s.id: s for s in report.statements}
    events = {e.id: e for e in report.events}
    places = {p.id for p in report.places}
    named: list[str | None] = [m.actor for m in report.mentions]
    for s in report.statements:
        named += [*s.about, s.addressee, s.source.actor if s.source else None]
        if len(set(s.about)) < len(s.about):
            return f"{s.id} names whom it is about twice"
    named += [p.actor for e in report.events for p in (*e.actors, *e.recipients)]
    told: list[tuple[str | None, Any]] = [(id, actors) for id in named]
    told += [(s.within, statements) for s in report.statements]
    told += [
        (id, there)
        for e in report.events
        for id, there in ((e.reported_by, statements), (e.same_as, events), (e.place, places))
    ]
    if gone := next((id for id, there in told if id is not None and id not in there), None):
        return f"it speaks of {gone[:40]}, which is not there"
    within: dict[str, str | None] = {s.id: s.within for s in statements.values()}
    again: dict[str, str | None] = {e.id: e.same_as for e in events.values()}
    if turning := _turning(within) or _turning(again):
        return f"{turning} leads back to itself"
    return None


def _turning(above: dict[str, str | None]) -> str | None:
    """An id from which steps upwards lead back to it; None if there is none."""
    ends: set[str] = set()
    for id in above:
        path: dict[str, None] = {}
        at: str | None = id
        while at is not None and at not in ends:
            if at in path:
                return at
            path[at] = None
            at = above[at]
        ends.update(path)
    return None
