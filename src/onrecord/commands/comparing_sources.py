"""`onrecord contradictions` and `sources`: who said what twice and not alike, and who is heard."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from onrecord.commands.listing import (
    AsOfOption,
    CsvOption,
    KindOption,
    LimitOption,
    NoPagerOption,
    OffsetOption,
    OutletOption,
    SinceOption,
    UntilOption,
    VersionsOption,
    asking,
    form_of,
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
from onrecord.errors import UsageError
from onrecord.record.asking.given import check_outlet, not_on_record, read_day, read_kind

# Sources that are named one by one where nothing else is asked for.
_SHOWN = 20


def contradictions(
    by: Annotated[
        str | None,
        typer.Option(help="Who said both: a name, words of the source, or a code (KAZGOV).", metavar="NAME"),
    ] = None,
    about: Annotated[str | None, typer.Option(help="Whom or what both are about.", metavar="NAME")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    no_updates: Annotated[
        bool,
        typer.Option("--no-updates", help="Leave out tolls and rates that were told anew on a later day."),
    ] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Instead: what one denies and somebody else asserts.")
    ] = False,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Show what somebody said and then said otherwise, side by side: the opposite, or another number. Nothing is judged."""
    from onrecord.printing.contradictions import CONTRADICTION_COLUMNS, print_contradiction
    from onrecord.record.asking.contradictions import ContradictionsQuestion
    from onrecord.record.asking.contradictions import contradictions as ask

    first, last = read_day(since, "--since"), read_day(until, "--until")
    question = ContradictionsQuestion(by, about, first, last, outlet, not no_updates, disputed)
    with (
        listed(CONTRADICTION_COLUMNS, print_contradiction, json=json, csv=csv, no_pager=no_pager) as rows,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        found = ask(connection, question)
        check_outlet(connection, outlet)
        if not found:
            complain(*not_on_record(connection, by, about))
        shown = found[offset : None if limit is None else offset + limit]
        for pair in shown:
            rows.add(pair)
        rows.end(out_of(len(shown), len(found), "pair", offset=offset))


def sources(
    outlet: OutletOption = None,
    beside: Annotated[
        str | None, typer.Option("--beside", help="Another outlet, shown beside it.", metavar="OUTLET")
    ] = None,
    about: Annotated[str | None, typer.Option(help="Only statements about this.", metavar="NAME")] = None,
    kind: KindOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many sources by name.", min=1)] = _SHOWN,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
) -> None:
    """Audit who is heard: how often, in which role, named or not, quoted or not, and how the voices are spread."""
    from onrecord.printing.sources import print_sources, source_columns
    from onrecord.record.asking.sources import SourcesQuestion, who_is_heard
    from onrecord.record.export.flat import csv_header, csv_line

    form = form_of(json=json, csv=csv)
    kind = read_kind(kind)
    first, last = read_day(since, "--since"), read_day(until, "--until")
    outlets = [outlet] if beside is None else [outlet, beside]
    with opened(record) as store, asking(store, as_of, versions=versions) as connection:
        for option, name in (("--outlet", outlet), ("--beside", beside)):
            if name is not None and not name.strip():
                raise UsageError(f'{option} "": no words are given. Give some, or leave {option} out.')
            check_outlet(connection, name, option)
        found = [
            who_is_heard(connection, SourcesQuestion(name, first, last, about, kind)) for name in outlets
        ]
        if not any(f.heard for f in found):
            complain(*not_on_record(connection, about))
    if form == "json":
        for audit in found:
            write_json(audit)
    elif form == "csv":
        sys.stdout.buffer.write(csv_header(source_columns(None)))
        for audit in found:
            for heard in audit.actors:
                sys.stdout.buffer.write(csv_line(source_columns(audit.outlet), heard))
        sys.stdout.buffer.flush()
    else:
        print_sources(console(), found, limit=limit)
