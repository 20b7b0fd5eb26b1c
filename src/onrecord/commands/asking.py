"""`onrecord said`, `show` and `status`: questions to the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.listing import (
    AboutOption,
    AsOfOption,
    ByOption,
    CsvOption,
    KindOption,
    LimitOption,
    MatchOption,
    NoPagerOption,
    OffsetOption,
    OutletOption,
    SinceOption,
    SortOption,
    UntilOption,
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
    console,
    opened,
    write_json,
)
from onrecord.record.asking.given import not_on_record, read_day, read_kind

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.record.asking.statements import Said


def show(
    report: Annotated[
        str, typer.Argument(help="Id of a report, the beginning of one, or the path it was read from.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Show one report: its text with the statements marked, who is meant, its events, and the actors, places and times in it."""
    from onrecord.api import Record
    from onrecord.article import Span
    from onrecord.printing.events import print_events
    from onrecord.printing.findings import print_findings
    from onrecord.printing.lines import dotted
    from onrecord.printing.reports import Marked, origin_in_words, print_report
    from onrecord.reading.language import language_name
    from onrecord.record.asking.report import Found

    with opened(record) as store:
        told = Record(store).show(report)
    if json:
        names = ("id", "text", "statements", "events", *Found.__struct_fields__)
        write_json({name: getattr(told, name) for name in names})
        return
    marks = []
    for s in told.statements:
        number = s.id.rpartition("#")[2]
        marks += [Marked(Span(e.start, e.end), "content", number, s.kind) for e in s.evidence]
        for role, place in (("source", s.source), ("cue", s.cue_place)):
            if place:
                marks.append(Marked(Span(place.start, place.end), role, number, s.kind))
    language = f"in {language_name(told.language)}, " if told.language else ""
    unread = None if told.is_analysed else f"{language}not analysed"
    origin = origin_in_words(told.origin, told.row)
    head = dotted(told.id, told.published, told.outlet, origin, unread)
    out = console()
    print_report(out, told.text, head, told.statements, marks)
    print_events(out, told.events)
    print_findings(out, told)


def said(
    by: ByOption = None,
    about: AboutOption = None,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    match: MatchOption = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    sort: SortOption = None,
    variants: Annotated[
        bool,
        typer.Option("--variants", help="Each statement once a story, with what differs in the copies."),
    ] = False,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Ask for statements across the record, each with its evidence."""
    from onrecord.printing.columns import ONCE_COLUMNS, SAID_COLUMNS
    from onrecord.printing.reports import print_said
    from onrecord.printing.stories import print_said_once
    from onrecord.record.asking.sorting import STATEMENT_ORDERS, read_order
    from onrecord.record.asking.statements import Question, count_said, find_said
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.asking.variants import said_once
    from onrecord.record.export.statements import article_of

    def print_one(out: Console, row: Said) -> None:
        print_said(out, row, with_report=True)

    days = read_day(since, "--since"), read_day(until, "--until")
    question = Question(by, about, read_kind(kind), *days, match, outlet=outlet)
    order = read_order(sort, STATEMENT_ORDERS)
    columns, printed = (ONCE_COLUMNS, print_said_once) if variants else (SAID_COLUMNS, print_one)
    with (
        listed(columns, printed, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        reports = set[str]()
        found = find_said(connection, question, limit=limit, offset=offset, order=order)
        if variants:
            whole = list(found)
            number, reports = len(whole), {article_of(s) for s in whole}
            for once in said_once(connection, whole):
                out.add(once)
        else:
            for row in found:
                reports.add(article_of(row))
                out.add(row)
            number = out.number
        total = count_said(connection, question) if limit or offset else number
        if not total:
            complain(*not_on_record(connection, by, about, outlet=outlet))
        told = in_words(tellers(connection, reports))
        out.end(out_of(number, total, "statement", offset=offset) + told)


def status(as_of: AsOfOption = None, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Say what the record holds."""
    from onrecord.record.asking.counts import counts

    with opened(record) as store, asking(store, as_of, versions=True) as connection:
        found = counts(connection)
    if json:
        write_json({"record": str(store.location)} | found)
        return
    typer.echo(f"{store.location}: " + ", ".join(f"{n} {name}" for name, n in found.items()))
