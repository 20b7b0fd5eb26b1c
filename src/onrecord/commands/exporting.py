"""`onrecord export` and `onrecord import`: the record in forms that other programs read, and reports from another record."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from onrecord.commands.events import (
    Actor,
    AssertedOnly,
    Country,
    Mode,
    Recipient,
    ReportedBy,
    Status,
    Type,
    checked,
)
from onrecord.commands.events import Since as EventSince
from onrecord.commands.events import Until as EventUntil
from onrecord.commands.listing import (
    AboutOption,
    AsOfOption,
    ByOption,
    KindOption,
    LimitOption,
    MatchOption,
    OutletOption,
    SinceOption,
    UntilOption,
    VersionsOption,
    asking,
)
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    EXIT_SOME_UNREAD,
    JsonOption,
    RecordOption,
    complain,
    opened,
    say,
    write_json,
)
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.printing.amendments import imported_in_words
from onrecord.printing.lines import count
from onrecord.record.asking.given import not_on_record, read_day, read_kind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.asking.event_types import Event
    from onrecord.record.export.flat import Column
    from onrecord.record.export.reports import ReportQuestion
    from onrecord.record.export.writing import Counted

T = TypeVar("T")
export_app = typer.Typer(
    help="Write what the record holds in forms that other programs read.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# Events that a message names.
_NAMED = 5
_TABLES = ("jsonl", "csv", "parquet")

OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="File to write; standard output without it.", metavar="FILE"),
]
TableOption = Annotated[str, typer.Option("--as", help="jsonl, csv or parquet.", metavar="FORM")]
TextOption = Annotated[
    str | None,
    typer.Option("--match", help='Words; "a phrase", word*, AND, OR, NOT.', metavar="WORDS"),
]
BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base",
        help="What the addresses in webannotation and schemaorg begin with; urn:onrecord: without it.",
        metavar="URL",
    ),
]


@export_app.command(
    "reports", epilog="Example: onrecord export reports --as jsonl --outlet Post --out reports.jsonl"
)
def export_reports(
    form: Annotated[str, typer.Option("--as", help="jsonl, csv, parquet or ftm.", metavar="FORM")],
    out: OutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    match: TextOption = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write reports with all that is found in them: as `analyse` prints them, as a table, or as FollowTheMoney entities."""
    from onrecord.record.export import ftm
    from onrecord.record.export.report_table import COLUMNS
    from onrecord.record.export.reports import find_reports

    form = _form(form, (*_TABLES, "ftm"), out)
    question = _report_question(since, until, match, outlet)
    with _asked(record, outlet, as_of=as_of) as connection:
        if form == "ftm":
            entities = ftm.entities_of_reports(connection, question, limit=limit)
            _send(entities, ftm.to_lines, out, "entity", "entities")
        else:
            _write_table(find_reports(connection, question, limit=limit), COLUMNS, form, out, "report")


@export_app.command(
    "statements",
    epilog="Example: onrecord export statements --as webannotation --by Teranu --out statements.jsonld",
)
def export_statements(
    form: Annotated[
        str,
        typer.Option("--as", help="jsonl, csv, parquet, webannotation, schemaorg or ftm.", metavar="FORM"),
    ],
    out: OutOption = None,
    by: ByOption = None,
    about: AboutOption = None,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    match: MatchOption = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    base: BaseOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write statements: as a table, as annotations on the pages that print them, as schema.org's Claim and Quotation, or as FollowTheMoney entities."""
    from onrecord.record.asking.statements import Question, count_said
    from onrecord.record.export import ftm
    from onrecord.record.export.iris import DEFAULT_BASE, Iris
    from onrecord.record.export.schema_org import statement_graph
    from onrecord.record.export.statements import COLUMNS, find_statements
    from onrecord.record.export.web_annotation import annotation_page

    form = _form(form, (*_TABLES, "webannotation", "schemaorg", "ftm"), out)
    if base is not None and form not in ("webannotation", "schemaorg"):
        raise UsageError(f"--base {base}: there are no addresses in {form}. Leave --base out.")
    iris = Iris(base or DEFAULT_BASE)
    question = Question(
        by=by,
        about=about,
        kind=read_kind(kind),
        since=read_day(since, "--since"),
        until=read_day(until, "--until"),
        match=match,
        outlet=outlet,
    )
    with _asked(record, outlet, as_of=as_of, versions=versions) as connection:
        if form == "ftm":
            entities = ftm.entities_of_statements(connection, question, limit=limit)
            _send(entities, ftm.to_lines, out, "entity", "entities")
            return
        found = find_statements(connection, question, limit=limit)
        if form == "webannotation":
            there = count_said(connection, question)
            total = min(there, limit) if limit else there
            _send(found, lambda rows: annotation_page(connection, rows, total, iris), out, "statement")
        elif form == "schemaorg":
            _send(found, lambda rows: statement_graph(connection, rows, iris), out, "statement")
        else:
            _write_table(found, COLUMNS, form, out, "statement")


@export_app.command(
    "events",
    epilog="Example: onrecord export events --as plover --country KAZ --since 2022-01-01 --out events.jsonl",
)
def export_events(
    form: Annotated[
        str,
        typer.Option("--as", help="plover, cameo, csv, parquet or jsonl.", metavar="FORM"),
    ],
    out: OutOption = None,
    actor: Actor = None,
    recipient: Recipient = None,
    type_: Type = None,
    mode: Mode = None,
    country: Country = None,
    since: EventSince = None,
    until: EventUntil = None,
    status: Status = None,
    reported_by: ReportedBy = None,
    asserted_only: AssertedOnly = False,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write events for other programs, each once a story. In plover and cameo only those that occurred or go on, unless --status says otherwise."""
    from onrecord.record.asking.events import EventQuestion, find_events
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.export.events import FORMS, STATUSES_OF_FORM, write_events, write_file

    _form(form, FORMS, out)
    chosen = next(f for f in FORMS if f == form.lower())
    statuses = tuple(status or STATUSES_OF_FORM.get(chosen, ()))
    question = checked(
        EventQuestion(
            actor,
            recipient,
            type_,
            mode,
            country,
            since,
            until,
            statuses,
            reported_by,
            asserted_only,
            outlet=outlet,
        )
    )
    with _asked(record, outlet, as_of=as_of, versions=versions) as connection:
        reports: set[str] = set()
        with _counted(
            find_events(connection, question, limit=limit), "events", shown=out is not None
        ) as rows:
            found: Iterable[Event] = _telling_of_no_day(rows) if chosen == "plover" else rows
            if out is None:
                write_events(found, chosen, sys.stdout.buffer)
                sys.stdout.buffer.flush()
                return
            number = write_file(_with_reports(found, reports), chosen, out)
        told = in_words(tellers(connection, reports))
        say(f"{out}: {count(number, 'event')}{told}")


@export_app.command("actors", epilog="Example: onrecord export actors --as csv --out actors.csv")
def export_actors(
    form: TableOption,
    out: OutOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write who is on record, after corrections: names, codes, offices, and how often heard and named."""
    from onrecord.record.export.actors import COLUMNS, find_actor_rows

    form = _form(form, _TABLES, out)
    with _asked(record, as_of=as_of, versions=versions) as connection:
        _write_table(find_actor_rows(connection, limit=limit), COLUMNS, form, out, "actor")


@export_app.command("places", epilog="Example: onrecord export places --as parquet --out places.parquet")
def export_places(
    form: TableOption,
    out: OutOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write the places that reports name: where each lies, and how often it is named."""
    from onrecord.record.export.places import COLUMNS, find_place_rows

    form = _form(form, _TABLES, out)
    with _asked(record, as_of=as_of, versions=versions) as connection:
        _write_table(find_place_rows(connection, limit=limit), COLUMNS, form, out, "place")


@export_app.command("stories", epilog="Example: onrecord export stories --as jsonl --copied")
def export_stories(
    form: TableOption,
    out: OutOption = None,
    copied: Annotated[bool, typer.Option("--copied", help="Only those of several reports.")] = False,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write the stories: which reports descend from one, and from which each was made."""
    from onrecord.record.asking.stories import all_stories
    from onrecord.record.export.stories import COLUMNS

    form = _form(form, _TABLES, out)
    with _asked(record, as_of=as_of, versions=versions) as connection:
        rows = all_stories(connection, copied=copied, limit=limit)
        _write_table(rows, COLUMNS, form, out, "story", "stories")


@export_app.command(
    "corrections", epilog="Example: onrecord export corrections --as jsonl --out corrections.jsonl"
)
def export_corrections(
    form: Annotated[str, typer.Option("--as", help="jsonl.", metavar="FORM")],
    out: OutOption = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write what people have put right, in the order in which they did."""
    from onrecord.record.export.writing import json_lines
    from onrecord.record.people import load_corrections

    _form(form, ("jsonl",), out)
    with _asked(record) as connection:
        _send(load_corrections(connection).made, json_lines, out, "correction")


@export_app.command("html", epilog="Example: onrecord export html --outlet Post --out site")
def export_html(
    out: Annotated[Path, typer.Option("--out", help="Folder to make.", metavar="FOLDER")],
    since: SinceOption = None,
    until: UntilOption = None,
    match: TextOption = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write a folder of pages: reports with statements and events marked in them, and what each actor said. It opens from a disk; nothing is loaded from elsewhere."""
    from onrecord.printing.site.folder import write_site

    question = _report_question(since, until, match, outlet)
    with (
        _asked(record, outlet, as_of=as_of, versions=versions) as connection,
        _progress("reports", shown=True) as on_one,
    ):
        reports, actors = write_site(connection, out, question, limit=limit, on_page=on_one)
    say(f"{out}: {count(reports, 'report')}, {count(actors, 'actor')}; begin with {out / 'index.html'}")


def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            help="JSON lines of `export reports`, of `analyse`, of `export corrections`, of `amend export`; .gz too, - is standard input.",
            metavar="FILE...",
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            help="Which model found what `analyse` printed, whose lines do not say it.",
            metavar="VERSION",
        ),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Bring reports, corrections and amendments into the record as they are, without analysing anything anew. Importing them twice changes nothing."""
    from onrecord.record.amend import Imported as AmendmentsImported
    from onrecord.record.correct import Imported
    from onrecord.record.importing import import_lines

    untaken = 0
    with opened(record, create=True) as store:
        for file in files:
            outcomes: dict[str, int] = {}
            corrections: Imported | None = None
            amendments: AmendmentsImported | None = None
            with _lines(file) as lines, _progress("reports", shown=not json) as on_one:
                for brought in import_lines(store, lines, _named(file), model=model):
                    if isinstance(brought, UnreadableReportError):
                        untaken += 1
                        complain(brought)
                    elif isinstance(brought, Imported):
                        corrections = brought
                    elif isinstance(brought, AmendmentsImported):
                        amendments = brought
                    else:
                        on_one()
                        what = brought.outcome.value
                        outcomes[what] = outcomes.get(what, 0) + 1
            _say_imported(_named(file), outcomes, corrections, amendments, json=json)
    if untaken:
        raise typer.Exit(EXIT_SOME_UNREAD)


def _say_imported(
    file: str, outcomes: dict[str, int], corrections: Any, amendments: Any, *, json: bool
) -> None:
    if json:
        more = {"amendments": amendments} if amendments else {}
        write_json({"file": file, "reports": outcomes, "corrections": corrections} | more)
        return
    told = [f"{count(number, 'report')} {what}" for what, number in outcomes.items()]
    if corrections:
        told.append(
            f"{count(corrections.added, 'correction')} added, {corrections.known} here already, "
            f"{count(corrections.changed, 'actor')} of reports somebody else now"
        )
    if amendments:
        told.append(imported_in_words(amendments))
    say(f"{file}: {', '.join(told) or 'nothing in it'}")


def _named(file: str) -> str:
    return "standard input" if file == "-" else file


@contextmanager
def _lines(file: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file, one at a time.

    Raises:
        UsageError: if it cannot be read.
    """
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with gzip.open(file) if file.endswith(".gz") else open(file, "rb") as lines:
            yield _read(file, lines)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error}). Name another file.") from error


def _read(file: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from lines
    except (OSError, EOFError) as error:
        raise UsageError(f"{file}: cannot be read to its end ({error}). Make it again.") from error


def _form(given: str, forms: Iterable[str], out: Path | None) -> str:
    """A form as it was typed.

    Raises:
        UsageError: if there is none of this name, and for one that is no text without a file.
    """
    forms = tuple(forms)
    form = given.lower()
    if form not in forms:
        raise UsageError(f"--as {given}: there is no such form. Give one of: {', '.join(forms)}.")
    if form == "parquet" and out is None:
        raise UsageError("Parquet is no text for the terminal. Name a file: --out FILE.")
    return form


def _report_question(
    since: str | None, until: str | None, match: str | None, outlet: str | None
) -> ReportQuestion:
    from onrecord.record.export.reports import ReportQuestion

    return ReportQuestion(read_day(since, "--since"), read_day(until, "--until"), outlet, match)


@contextmanager
def _asked(
    record: str, outlet: str | None = None, *, as_of: str | None = None, versions: bool = True
) -> Iterator[Connection]:
    """A connection to the record, as `listing.asking`; whoever asks for an outlet that is not there is told."""
    with opened(record) as store, asking(store, as_of, versions=versions) as connection:
        complain(*not_on_record(connection, outlet=outlet))
        yield connection


def _write_table(
    rows: Iterable[T],
    columns: Sequence[Column[T]],
    form: str,
    out: Path | None,
    noun: str,
    plural: str | None = None,
) -> None:
    """Write rows as JSON lines, CSV or Parquet."""
    from onrecord.record.export.writing import csv_lines, json_lines, write_into, write_parquet

    if form == "parquet" and out is not None:
        with _counted(rows, plural or f"{noun}s", shown=True) as counting:
            write_into(out, lambda stream: write_parquet(counting, columns, stream))
        _say_written(out, counting.number, noun, plural)
    elif form == "csv":
        _send(rows, lambda counting: csv_lines(counting, columns), out, noun, plural)
    else:
        _send(rows, json_lines, out, noun, plural)


def _send(
    rows: Iterable[T],
    to_lines: Callable[[Iterable[T]], Iterable[bytes]],
    out: Path | None,
    noun: str,
    plural: str | None = None,
) -> None:
    """Write rows as lines into a file, or on standard output where none is given."""
    from onrecord.record.export.writing import write_into

    with _counted(rows, plural or f"{noun}s", shown=out is not None) as counting:
        lines = to_lines(counting)
        if out is None:
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
            return
        write_into(out, lambda stream: stream.writelines(lines))
    _say_written(out, counting.number, noun, plural)


def _say_written(out: Path, number: int, noun: str, plural: str | None) -> None:
    say(f"{out}: {count(number, noun, plural)}")


@contextmanager
def _counted(rows: Iterable[T], noun: str, *, shown: bool) -> Iterator[Counted[T]]:
    """Rows that are counted, also on stderr if somebody watches and nothing else is printed."""
    from onrecord.record.export.writing import Counted

    with _progress(noun, shown=shown) as on_one:

        def passing() -> Iterator[T]:
            for row in rows:
                on_one()
                yield row

        yield Counted(passing())


@contextmanager
def _progress(noun: str, *, shown: bool) -> Iterator[Callable[[], None]]:
    """What is called for each thing that goes by; counts on stderr if somebody watches."""
    if not (shown and sys.stderr.isatty()):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    columns = (TextColumn("{task.completed}"), TextColumn(noun))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)


def _telling_of_no_day(found: Iterable[Event]) -> Iterator[Event]:
    """Events as they come; behind the last one a line on stderr names those without a day, as PLOVER wants one of each."""
    from onrecord.record.asking.event_days import days_of

    ids, number = [], 0
    for event in found:
        if days_of(event).first is None:
            number += 1
            ids += [event.id] if number <= _NAMED else []
        yield event
    if number:
        more = f" and {number - len(ids)} more" if number > len(ids) else ""
        complain(
            f"neither the text nor its report tells a day of {count(number, 'event')}, whose rows have no date, which PLOVER "
            f"requires: {', '.join(ids)}{more}."
        )


def _with_reports(found: Iterable[Event], reports: set[str]) -> Iterator[Event]:
    """Events as they come; the reports that tell them are added to a set."""
    for event in found:
        reports.update(telling.article for telling in event.tellings)
        yield event
