"""`onrecord read` and `analyse`: reports into the record, or to standard output without one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    EXIT_SOME_UNREAD,
    JsonOption,
    RecordOption,
    complain,
    opened,
    write,
    write_json,
)
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from onrecord.reading.options import Read, ReadOptions

AsIs = Annotated[
    bool, typer.Option("--as-is", help="Take the text untouched: no cleaning, offsets refer to it.")
]
Jsonl = Annotated[
    bool, typer.Option("--jsonl", help='Input is JSON lines: {"id", "text", "published", "title"}.')
]
Map = Annotated[
    str | None,
    typer.Option(
        "--map",
        help="Which column or key holds what, in tables and JSON: text=body,published=date.",
        metavar="FIELD=COLUMN,...",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Addresses may lead into private networks and to this machine."),
]


def read(
    reports: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, archives, http(s) addresses, or - for standard input.",
            metavar="REPORT...",
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    as_is: AsIs = False,
    jsonl: Jsonl = False,
    columns: Map = None,
    allow_private: AllowPrivate = False,
    json: JsonOption = False,
) -> None:
    """Read reports into the record; a line a report. Reading one twice changes nothing."""
    from onrecord.analysis.encoder import load_model
    from onrecord.reading.files import count_files, read_paths
    from onrecord.scale.recording import Unread, record_reports

    options = _read_options(as_is, jsonl, columns, allow_private)
    unread = 0
    with opened(record, create=True) as store:
        model = load_model()
        reads = _with_progress(read_paths(reports, options), None if jsonl else count_files(reports))
        for found in record_reports(store, reads, model):
            complain(*found.notes)
            if isinstance(found, Unread):
                unread += 1
                complain(found.error)
            else:
                _print_read(found.article, found.analysis, found.outcome.value, json=json)
    if unread:
        raise typer.Exit(EXIT_SOME_UNREAD)


def analyse(
    reports: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, patterns, archives, http(s) addresses, or - for standard input.",
            metavar="[PATH...|-]",
        ),
    ] = None,
    as_is: AsIs = False,
    jsonl: Jsonl = False,
    columns: Map = None,
    allow_private: AllowPrivate = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of an output line and stop.")
    ] = False,
) -> None:
    """Analyse reports without a record: one JSON object a line, in input order."""
    import msgspec

    from onrecord.contract import json_schema

    if schema:
        write(msgspec.json.encode(json_schema()))
        return
    from onrecord.analysis.encoder import load_model
    from onrecord.article import Article
    from onrecord.contract import AnalysisOut
    from onrecord.reading.files import read_paths
    from onrecord.scale.notes import note_encoding, note_language
    from onrecord.scale.pool import analyse_stream

    encoder = msgspec.json.Encoder()
    options = _read_options(as_is, jsonl, columns, allow_private)
    model = load_model()
    unread = 0
    for article, analysis in analyse_stream(read_paths(reports or ["-"], options), model):
        if not (isinstance(article, Article) and isinstance(analysis, AnalysisOut)):
            unread += 1
            complain(analysis)
            continue
        complain(*filter(None, (note_encoding(article), note_language(article))))
        write(encoder.encode(analysis))
    if unread:
        raise typer.Exit(EXIT_SOME_UNREAD)


def _read_options(as_is: bool, jsonl: bool, columns: str | None, allow_private: bool) -> ReadOptions:
    from onrecord.reading.columns import parse_map
    from onrecord.reading.options import ReadOptions

    return ReadOptions(
        as_is=as_is, jsonl=jsonl, columns=parse_map(columns) if columns else {}, allow_private=allow_private
    )


def _with_progress(reads: Iterator[Read], total: int | None) -> Iterator[Read]:
    """A progress bar on stderr while reports go by, if there are several and somebody watches."""
    if not sys.stderr.isatty() or total == 1:
        yield from reads
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(reads, description="Reading", total=total, console=Console(stderr=True), transient=True)


def _print_read(article: Any, analysis: Any, outcome: str, *, json: bool) -> None:
    counts = {"statements": len(analysis.statements), "events": len(analysis.events)}
    if json:
        write_json(
            {
                "id": article.id,
                "origin": article.origin,
                "outcome": outcome,
                "language": article.language,
            }
            | counts
        )
    else:
        found = ", ".join(count(number, name.removesuffix("s")) for name, number in counts.items())
        typer.echo(f"{article.origin}: {outcome} as {article.id}, {found}")
