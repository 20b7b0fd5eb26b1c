"""`onrecord said`, `show` and `status`: questions to the record."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    complain,
    console,
    count,
    opened,
    read_day,
    write_json,
)
from onrecord.errors import UsageError


def show(
    report: Annotated[
        str, typer.Argument(help="Id of a report, the beginning of one, or the path it was read from.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Show one report: its text with the statements marked, who is meant, its events, and the actors, places and times in it."""
    import msgspec

    from onrecord.article import Span
    from onrecord.printing.events import print_events
    from onrecord.printing.findings import print_findings
    from onrecord.printing.reports import Marked, origin_in_words, print_report
    from onrecord.reading.language import language_name
    from onrecord.record.asking.events import EventQuestion, find_events
    from onrecord.record.asking.find_article import find_article
    from onrecord.record.asking.report import found_in
    from onrecord.record.asking.statements import Question, said

    with opened(record) as store, store.reading() as connection:
        row = find_article(connection, report)
        if row is None:
            raise UsageError(
                f"{report}: no report of this name is on record in {record}. Read it first: onrecord read {report}"
            )
        found = said(connection, Question(article=row.id))
        told = list(find_events(connection, EventQuestion(article=row.id)))
        around = found_in(connection, row.id)
    if json:
        whole = {"id": row.id, "text": row.text, "statements": found, "events": told}
        write_json(whole | msgspec.structs.asdict(around))
        return
    marks = []
    for s in found:
        number = s.id.rpartition("#")[2]
        marks += [Marked(Span(e.start, e.end), "content", number, s.kind) for e in s.evidence]
        for role, place in (("source", s.source), ("cue", s.cue_place)):
            if place:
                marks.append(Marked(Span(place.start, place.end), role, number, s.kind))
    unread = f"in {language_name(row.language)}, not analysed" if row.model is None else None
    origin = origin_in_words(row.origin, around.row)
    head = " · ".join(w for w in (row.id, row.published, row.outlet, origin, unread) if w)
    out = console()
    print_report(out, row.text, head, found, marks)
    print_events(out, told)
    print_findings(out, around)


def said(
    by: Annotated[
        str | None,
        typer.Option(help="Who said it: a name, words of the source, or a code (KAZGOV).", metavar="NAME"),
    ] = None,
    about: Annotated[str | None, typer.Option(help="Whom or what it is about.", metavar="NAME")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="assertion, prediction, demand, accusation, denial, pledge, threat, praise or question."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.", metavar="D")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.", metavar="D")] = None,
    match: Annotated[
        str | None,
        typer.Option(help='Words of the content; "a phrase", word*, AND, OR, NOT.', metavar="WORDS"),
    ] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many.", min=1)] = None,
    variants: Annotated[
        bool,
        typer.Option("--variants", help="Each statement once a story, with what differs in the copies."),
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Ask for statements across the record, each with its evidence."""
    from onrecord.analysis.labels import KINDS
    from onrecord.printing.reports import print_said
    from onrecord.printing.stories import print_said_once
    from onrecord.record.asking.actors import is_nobody, unknown
    from onrecord.record.asking.statements import Question, count_said
    from onrecord.record.asking.statements import said as ask_said
    from onrecord.record.asking.stories import in_words, tellers
    from onrecord.record.asking.variants import said_once

    kind = kind.lower() if kind is not None else None
    if kind is not None and kind not in KINDS:
        raise UsageError(f"--kind {kind}: there is no such kind. Give one of: {', '.join(KINDS)}.")
    question = Question(by, about, kind, read_day(since, "--since"), read_day(until, "--until"), match)
    with opened(record) as store, store.reading() as connection:
        found = ask_said(connection, question, limit=limit)
        total = len(found) if limit is None or len(found) < limit else count_said(connection, question)
        for words in (by, about) if not found else ():
            if words and is_nobody(connection, words):
                complain(unknown(connection, words))
        told = tellers(connection, (s.id.rpartition("#")[0] for s in found))
        once = said_once(connection, found) if variants else []
    if json:
        for line in once if variants else found:
            write_json(line)
        return
    out = console()
    for o in once:
        print_said_once(out, o)
    for s in () if variants else found:
        print_said(out, s, with_report=True)
    of = f"{len(found)} of " if len(found) < total else ""
    out.print(f"{of}{count(total, 'statement')}{in_words(told)}", highlight=False)


def status(record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Say what the record holds."""
    from onrecord.record.asking.statements import counts

    with opened(record) as store, store.reading() as connection:
        found = counts(connection)
    if json:
        write_json({"record": str(record)} | found)
        return
    typer.echo(f"{record}: " + ", ".join(f"{n} {name}" for name, n in found.items()))
