"""`onrecord search`, `timeline`, `place` and `predictions`: questions whose answers are put together from several tables."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.commands.listing import (
    AboutOption,
    AsOfOption,
    ByOption,
    CsvOption,
    LimitOption,
    MatchOption,
    NoPagerOption,
    OffsetOption,
    OutletOption,
    SinceOption,
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
    opened,
)
from onrecord.printing.lines import count
from onrecord.record.asking.given import not_on_record, read_day, read_place, read_search_question

# As many of the best reports are shown, and as many of each list of a place, if nobody asks for more.
_SHOWN = 20


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words of headline or text; "a phrase", word*, AND, OR, NOT; outlet:, by:, about:, headline:, since:, until:.',
            metavar="WORDS",
        ),
    ],
    headline: Annotated[
        str | None, typer.Option(help="Words of the headline, side by side.", metavar="WORDS")
    ] = None,
    by: ByOption = None,
    about: AboutOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many.", min=1)] = _SHOWN,
    offset: OffsetOption = 0,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Search the reports for words, the best first, each with the passages that hold them. Copies of a story are shown once."""
    from onrecord.printing.answers import print_hit
    from onrecord.printing.columns import HIT_COLUMNS
    from onrecord.record.asking.search import SearchQuestion
    from onrecord.record.asking.search import search as find
    from onrecord.record.asking.stories import in_words

    question = read_search_question(
        SearchQuestion(" ".join(words), headline, by, about, since, until, outlet)
    )
    with (
        listed(HIT_COLUMNS, print_hit, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        found = find(connection, question, limit=limit, offset=offset)
        for hit in found.hits:
            out.add(hit)
        if not found.total:
            complain(*not_on_record(connection, question.by, question.about, outlet=question.outlet))
        told = in_words(found.tellers)
        shown = out_of(len(found.hits), found.total, "story", plural="stories", offset=offset)
        out.end(f"{shown}{told}" if found.total else "0 reports")


def timeline(
    actor: Annotated[
        str | None,
        typer.Option(
            help="Who takes part in it, or says it: a name, words as printed, or a code (KAZGOV).",
            metavar="NAME|CODE",
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            help="Where it happened, or which place is spoken of: a name or an id.", metavar="NAME|ID"
        ),
    ] = None,
    about: AboutOption = None,
    since: Annotated[
        str | None,
        typer.Option(help="First day, YYYY-MM-DD; of the report where the text tells no day.", metavar="D"),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Last day, YYYY-MM-DD, the same way.", metavar="D")
    ] = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Tell what happened and what was said, day by day. What no text dates stands apart, by the day of its report."""
    from onrecord.printing.answers import TimelinePrinter
    from onrecord.printing.columns import ENTRY_COLUMNS
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.asking.timeline import TimelineQuestion, reports_of
    from onrecord.record.asking.timeline import timeline as find

    days = read_day(since, "--since"), read_day(until, "--until")
    with (
        listed(ENTRY_COLUMNS, TimelinePrinter(), json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        at, notes = read_place(connection, place)
        complain(*notes)
        question = TimelineQuestion(actor, about, at, *days, outlet)
        found = find(connection, question, limit=limit, offset=offset)
        reports = set[str]()
        for entry in found.entries(connection):
            reports.update(reports_of(entry))
            out.add(entry)
        total = found.events + found.statements
        if not total:
            complain(*not_on_record(connection, actor, about, outlet=outlet))
        sorts = f"{count(found.events, 'event')} and {count(found.statements, 'statement')}"
        shown = out_of(out.number, total, "entry", plural="entries", offset=offset)
        out.end(f"{shown}: {sorts}{in_words(tellers(connection, reports))}")


def place(
    words: Annotated[list[str], typer.Argument(help="Name or id of a place.", metavar="NAME|ID")],
    limit: Annotated[
        int, typer.Option("--limit", help="At most so many events, actors and reports.", min=1)
    ] = _SHOWN,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """Say which place a name means, which others bear it, what happened there, who is named beside it, and in which reports."""
    from onrecord.printing.answers import print_place
    from onrecord.record.asking.place import know_place

    with (
        listed((), print_place, json=json, csv=False, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        out.add(know_place(connection, " ".join(words), limit=limit))


def predictions(
    by: ByOption = None,
    about: AboutOption = None,
    due_since: Annotated[
        str | None, typer.Option("--due-since", help="Due on this day or later.", metavar="D")
    ] = None,
    due_until: Annotated[
        str | None, typer.Option("--due-until", help="Due on this day or before.", metavar="D")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Predicted on this day or later.", metavar="D")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Predicted on this day or before.", metavar="D")
    ] = None,
    match: MatchOption = None,
    outlet: OutletOption = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    as_of: AsOfOption = None,
    versions: VersionsOption = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """List what was predicted, by whom, and when it is due; beside it what was reported since. Nothing is judged."""
    from onrecord.printing.answers import print_prediction
    from onrecord.printing.columns import PREDICTION_COLUMNS
    from onrecord.record.asking.predictions import PredictionQuestion
    from onrecord.record.asking.predictions import predictions as find
    from onrecord.record.asking.statements import Question
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.export.statements import article_of

    days = read_day(since, "--since"), read_day(until, "--until")
    due = read_day(due_since, "--due-since"), read_day(due_until, "--due-until")
    question = PredictionQuestion(Question(by, about, "prediction", *days, match, outlet=outlet), *due)
    with (
        listed(PREDICTION_COLUMNS, print_prediction, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=versions) as connection,
    ):
        found = find(connection, question, limit=limit, offset=offset)
        reports = set[str]()
        for prediction in found.fetch(connection):
            reports.add(article_of(prediction.said))
            out.add(prediction)
        if not found.total:
            complain(*not_on_record(connection, by, about, outlet=outlet))
        told = in_words(tellers(connection, reports))
        out.end(out_of(out.number, found.total, "prediction", offset=offset) + told)
