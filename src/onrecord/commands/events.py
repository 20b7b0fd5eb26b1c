"""`onrecord events` and `onrecord export events`: who did what to whom, asked for and carried to other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.listing import (
    CsvOption,
    LimitOption,
    NoPagerOption,
    OffsetOption,
    OutletOption,
    listed,
    out_of,
)
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    complain,
    opened,
    say,
)
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.record.asking.event_types import Event
    from onrecord.record.asking.events import EventQuestion

export_app = typer.Typer(
    help="Write what the record holds in forms that other programs read.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# Events that a message names.
_NAMED = 5

Actor = Annotated[
    str | None,
    typer.Option(
        help="Who did it: a name, words as printed, or a code of country and sector (RUS, RUSGOV, GOV).",
        metavar="NAME|CODE",
    ),
]
Recipient = Annotated[
    str | None, typer.Option(help="To whom: the same as --actor.", metavar="NAME|CODE")
]  # fmt: skip
Type = Annotated[
    str | None, typer.Option("--type", help="PLOVER's type: ASSAULT, PROTEST, CONSULT ...", metavar="TYPE")
]
Mode = Annotated[str | None, typer.Option(help="PLOVER's mode: arrest, demo, drone ...", metavar="MODE")]
Country = Annotated[
    str | None,
    typer.Option(
        help="Where: an alpha-3 code or a name; of the place, or of who takes part where no place is told.",
        metavar="COUNTRY",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        help="First day, YYYY-MM-DD; of the report where the text tells no day of the event.", metavar="D"
    ),
]
Until = Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD, the same way.", metavar="D")]
Status = Annotated[
    list[str] | None,
    typer.Option(
        help="occurred, ongoing, planned, hypothetical or denied; may be given several times.",
        metavar="STATUS",
    ),
]
ReportedBy = Annotated[
    str | None, typer.Option(help="On whose word it is told: the same as --actor.", metavar="NAME|CODE")
]
AssertedOnly = Annotated[
    bool, typer.Option("--asserted-only", help="Only what reporters tell in their own voice.")
]
Limit = Annotated[int | None, typer.Option(help="At most so many.", min=1)]


def events(
    actor: Actor = None,
    recipient: Recipient = None,
    type_: Type = None,
    mode: Mode = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    reported_by: ReportedBy = None,
    asserted_only: AssertedOnly = False,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Ask who did what to whom, each event with its status, on whose word, and its sentence. What copies of a report tell is one event."""
    from onrecord.printing.columns import EVENT_COLUMNS
    from onrecord.printing.events import print_event
    from onrecord.record.asking.events import EventQuestion, count_events, find_events
    from onrecord.record.asking.outlets import unknown_outlet
    from onrecord.record.asking.stories import in_words, tellers

    def print_one(out: Console, event: Event) -> None:
        print_event(out, event, with_report=True)

    question = _checked(
        EventQuestion(
            actor,
            recipient,
            type_,
            mode,
            country,
            since,
            until,
            tuple(status or ()),
            reported_by,
            asserted_only,
            outlet=outlet,
        )
    )
    with (
        listed(EVENT_COLUMNS, print_one, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        store.reading() as connection,
    ):
        reports = set[str]()
        for event in find_events(connection, question, limit=limit, offset=offset):
            reports.update(telling.article for telling in event.tellings)
            out.add(event)
        total = count_events(connection, question) if limit or offset else out.number
        if not total and outlet and (error := unknown_outlet(connection, outlet)):
            complain(error)
        told = in_words(tellers(connection, reports))
        out.end(out_of(out.number, total, "event", offset=offset) + told)


@export_app.command(
    "events",
    epilog="Example: onrecord export events --as plover --country KAZ --since 2022-01-01 --out events.jsonl",
)
def export_events(
    form: Annotated[
        str,
        typer.Option("--as", help="plover, cameo, csv, parquet or jsonl.", metavar="FORM"),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write; standard output without it.", metavar="FILE"),
    ] = None,
    actor: Actor = None,
    recipient: Recipient = None,
    type_: Type = None,
    mode: Mode = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    status: Status = None,
    reported_by: ReportedBy = None,
    asserted_only: AssertedOnly = False,
    limit: Limit = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write events for other programs, each once a story. In plover and cameo only those that occurred or go on, unless --status says otherwise."""
    from onrecord.record.asking.events import EventQuestion, find_events
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.export.events import FORMS, STATUSES_OF_FORM, write_events, write_file

    chosen = next((f for f in FORMS if f == form.lower()), None)
    if chosen is None:
        raise UsageError(f"--as {form}: there is no such form. Give one of: {', '.join(FORMS)}.")
    if chosen == "parquet" and out is None:
        raise UsageError("Parquet is no text for the terminal. Name a file: --out FILE.")
    statuses = tuple(status or STATUSES_OF_FORM.get(chosen, ()))
    question = _checked(
        EventQuestion(
            actor, recipient, type_, mode, country, since, until, statuses, reported_by, asserted_only
        )
    )
    with opened(record) as store, store.reading() as connection:
        found = _with_progress(find_events(connection, question, limit=limit), shown=out is not None)
        if chosen == "plover":
            found = _telling_of_no_day(found)
        if out is None:
            write_events(found, chosen, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            reports: set[str] = set()
            number = write_file(_with_reports(found, reports), chosen, out)
            told = in_words(tellers(connection, reports))
            say(f"{out}: {number} event{'' if number == 1 else 's'}{told}")


def _checked(asked: EventQuestion) -> EventQuestion:
    """A question as it was typed, in the words of the record; whoever mistypes a code is told.

    Raises:
        UsageError: for a word that is none of those that there are, and for what cannot be meant.
    """
    from onrecord.record.asking.given import no_codes, read_event_question

    question = read_event_question(asked)
    for line in no_codes(question):
        complain(line)
    return question


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
            f"neither the text nor its report tells a day of {number} events. Their rows have no date, which PLOVER "
            f"requires: {', '.join(ids)}{more}."
        )


def _with_reports(found: Iterable[Event], reports: set[str]) -> Iterator[Event]:
    """Events as they come; the reports that tell them are added to a set."""
    for event in found:
        reports.update(telling.article for telling in event.tellings)
        yield event


def _with_progress(found: Iterable[Event], *, shown: bool) -> Iterator[Event]:
    """A count on stderr while events go by, if somebody watches and nothing else is printed."""
    if not (shown and sys.stderr.isatty()):
        yield from found
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    columns = (TextColumn("Writing"), TextColumn("{task.completed} events"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        for event in found:
            progress.advance(task)
            yield event
