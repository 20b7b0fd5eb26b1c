"""`onrecord events`: who did what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.listing import (
    AsOfOption,
    CsvOption,
    LimitOption,
    NoPagerOption,
    OffsetOption,
    OutletOption,
    SortOption,
    VersionsOption,
    asking,
    listed,
    out_of,
)
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    complain,
    opened,
)
from onrecord.record.asking.given import no_codes, not_on_record, read_event_question

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.record.asking.event_types import Event
    from onrecord.record.asking.events import EventQuestion

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
    sort: SortOption = None,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Ask who did what to whom, each event with its status, on whose word, and its sentence. What copies of a report tell is one event."""
    from onrecord.printing.columns import EVENT_COLUMNS
    from onrecord.printing.events import print_event
    from onrecord.record.asking.events import EventQuestion, count_events, find_events
    from onrecord.record.asking.sorting import EVENT_ORDERS, read_order
    from onrecord.record.asking.stories import in_words, tellers

    def print_one(out: Console, event: Event) -> None:
        print_event(out, event, with_report=True)

    question = checked(
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
    order = read_order(sort, EVENT_ORDERS)
    with (
        listed(EVENT_COLUMNS, print_one, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        reports = set[str]()
        for event in find_events(connection, question, limit=limit, offset=offset, order=order):
            reports.update(telling.article for telling in event.tellings)
            out.add(event)
        total = count_events(connection, question) if limit or offset else out.number
        if not total:
            complain(*not_on_record(connection, outlet=outlet))
        told = in_words(tellers(connection, reports))
        out.end(out_of(out.number, total, "event", offset=offset) + told)


def checked(asked: EventQuestion) -> EventQuestion:
    """A question as it was typed, in the words of the record; whoever mistypes a code is told.

    Raises:
        UsageError: for a word that is none of those that there are, and for what cannot be meant.
    """
    question = read_event_question(asked)
    complain(*no_codes(question))
    return question
