"""The command line: parses words, calls the rooms, prints.

Exit codes: 0 all well, 1 some reports could not be read (named on stderr), 2 wrong usage, 3 the
record or the model cannot be opened.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.actor_commands import actor_app
from onrecord.errors import ModelError, OnrecordError, RecordError, UsageError
from onrecord.event_commands import events, export_app
from onrecord.story_commands import compare, stories, story
from onrecord.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    complain,
    console,
    opened,
    read_day,
    write,
    write_json,
)

if TYPE_CHECKING:
    from onrecord.reading.options import Read, ReadOptions
    from onrecord.record.store import Record

EXIT_SOME_UNREAD = 1
EXIT_USAGE = 2
EXIT_NO_RECORD = 3

app = typer.Typer(
    name="onrecord",
    help="Reads news reports and keeps the record: who said what, in which words, and where it is printed.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
evaluate_app = typer.Typer(
    help="Score the analysis on labelled corpora.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(actor_app, name="actor")
app.command(
    "events",
    epilog="Example: onrecord events --actor KAZCOP --type ASSAULT --status occurred --since 2022-01-01",
)(events)
app.add_typer(export_app, name="export")
app.command("stories", epilog="Example: onrecord stories --copied --record news.db")(stories)
app.command("story", epilog="Example: onrecord story bridge.txt --record news.db")(story)
app.command("compare", epilog="Example: onrecord compare wire.txt morning-post.txt --html compared.html")(
    compare
)


def _print_version(is_asked: bool) -> None:
    if not is_asked:
        return
    from onrecord import __version__
    from onrecord.analysis.encoder import load_model
    from onrecord.record.schema import SCHEMA_VERSION

    typer.echo(f"onrecord {__version__}, model {load_model().version}, record schema {SCHEMA_VERSION}")
    raise typer.Exit


@app.callback()
def _before_commands(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the versions of package, model and record schema, and stop.",
            callback=_print_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    pass


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


@app.command(
    epilog="Example: onrecord read examples/ --record news.db",
)
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
    from onrecord.article import Article
    from onrecord.contract import AnalysisOut
    from onrecord.reading.files import count_files, read_paths
    from onrecord.record.store import Outcome
    from onrecord.scale.pool import analyse_stream, is_analysed

    options = _read_options(as_is, jsonl, columns, allow_private)
    unread = 0
    with opened(record, create=True) as store:
        model = load_model()
        reads = _with_progress(read_paths(reports, options), None if jsonl else count_files(reports))
        for article, analysis in analyse_stream(reads, model):
            if not (isinstance(article, Article) and isinstance(analysis, AnalysisOut)):
                unread += 1
                complain(analysis)
                continue
            analysed = is_analysed(article)
            _warn_encoding(article)
            outcome = store.add(article, analysis, model.version if analysed else None)
            if not analysed:
                _warn_language(article)
            if outcome is Outcome.VERSION:
                _warn_single_mentions(store, article)
            _print_read(article, analysis, outcome.value, json=json)
    if unread:
        raise typer.Exit(EXIT_SOME_UNREAD)


@app.command(epilog="Example: onrecord analyse examples/sermon.txt | jq .statements")
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
    from onrecord.scale.pool import analyse_stream, is_analysed

    encoder = msgspec.json.Encoder()
    options = _read_options(as_is, jsonl, columns, allow_private)
    model = load_model()
    unread = 0
    for article, analysis in analyse_stream(read_paths(reports or ["-"], options), model):
        if not (isinstance(article, Article) and isinstance(analysis, AnalysisOut)):
            unread += 1
            complain(analysis)
            continue
        _warn_encoding(article)
        if not is_analysed(article):
            _warn_language(article)
        write(encoder.encode(analysis))
    if unread:
        raise typer.Exit(EXIT_SOME_UNREAD)


@app.command(epilog="Example: onrecord show examples/harbour-strike.txt --record news.db")
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
    from onrecord.reading.language import language_name
    from onrecord.record.ask import Question, said
    from onrecord.record.ask_events import EventQuestion, find_events
    from onrecord.record.ask_report import found_in
    from onrecord.record.find_article import find_article
    from onrecord.show import Marked, origin_in_words, print_report
    from onrecord.show_events import print_events
    from onrecord.show_findings import print_findings

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


@app.command(epilog='Example: onrecord said --by Teranu --match "land OR fields" --record news.db')
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
    from onrecord.record.ask import Question, count_said
    from onrecord.record.ask import said as ask_said
    from onrecord.record.ask_actors import is_nobody, unknown
    from onrecord.record.ask_stories import in_words, tellers
    from onrecord.record.ask_variants import said_once
    from onrecord.show import print_said
    from onrecord.show_story import print_said_once

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
    out.print(f"{of}{_count(total, 'statement')}{in_words(told)}", highlight=False)


@app.command(epilog="Example: onrecord status --record news.db --json")
def status(record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Say what the record holds."""
    from onrecord.record.ask import counts

    with opened(record) as store, store.reading() as connection:
        found = counts(connection)
    if json:
        write_json({"record": str(record)} | found)
        return
    typer.echo(f"{record}: " + ", ".join(f"{n} {name}" for name, n in found.items()))


@evaluate_app.command("statements", epilog="Example: onrecord evaluate statements dev.jsonl.gz")
def evaluate_statements(
    corpus: Annotated[
        Path, typer.Argument(help="Labelled articles, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl")
    ],
    json: JsonOption = False,
) -> None:
    """Score statements on a corpus: attributed, content, exact, cue and word F1, direct recall."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.report import evaluate_statements as run

    _print_figures(run(corpus, load_model()), json=json)


@evaluate_app.command("pages", epilog="Example: onrecord evaluate pages pages.jsonl.gz")
def evaluate_pages(
    corpus: Annotated[
        Path, typer.Argument(help="Labelled news pages, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl")
    ],
    json: JsonOption = False,
) -> None:
    """Score the reading of pages: body, headline, published day, byline."""
    from onrecord.evaluation.pages import evaluate_pages as run

    _print_figures(run(corpus), json=json)


@evaluate_app.command(
    "sources",
    epilog="Example: onrecord evaluate sources benchmarks/sources/labels.jsonl dev.jsonl.gz",
)
def evaluate_sources(
    labels: Annotated[Path, typer.Argument(help="Whom sources mean, .jsonl.", metavar="LABELS.jsonl")],
    corpus: Annotated[
        Path, typer.Argument(help="The articles that the labels are of.", metavar="CORPUS.jsonl")
    ],
    json: JsonOption = False,
) -> None:
    """Score whom sources are taken to mean, by form of the source, and with the whole analysis."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.sources import evaluate_sources as run

    _print_figures(run(labels, corpus, load_model()), json=json)


@evaluate_app.command("times", epilog="Example: onrecord evaluate times times.jsonl.gz")
def evaluate_times(
    corpus: Annotated[
        Path,
        typer.Argument(help="Reports with TIMEX3 labels, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl"),
    ],
    json: JsonOption = False,
) -> None:
    """Score times on a corpus: calendar days found and right, spans strict and relaxed."""
    from onrecord.evaluation.times import evaluate_times as run

    _print_figures(run(corpus), json=json)


@evaluate_app.command("places", epilog="Example: onrecord evaluate places places.jsonl.gz")
def evaluate_places(
    corpus: Annotated[
        Path,
        typer.Argument(help="Reports with labelled places, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl"),
    ],
    json: JsonOption = False,
) -> None:
    """Score places: the share within 161 km, with names given and from bare text."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.places import evaluate_places as run
    from onrecord.evaluation.places import find_by

    _print_figures(run(corpus, find_by(load_model())), json=json)


@evaluate_app.command("actor-codes", epilog="Example: onrecord evaluate actor-codes actor-codes.jsonl")
def evaluate_actor_codes(
    corpus: Annotated[Path, typer.Argument(help="Labelled actors, .jsonl.", metavar="CORPUS.jsonl")],
    json: JsonOption = False,
) -> None:
    """Score country and sector codes of actors, on all cases and on each half."""
    from onrecord.evaluation.actor_codes import evaluate_actor_codes as run

    _print_figures(run(corpus), json=json)


@evaluate_app.command(
    "stories", epilog="Example: onrecord evaluate stories dev.jsonl.gz --negatives same-event.jsonl.gz"
)
def evaluate_stories(
    corpus: Annotated[
        Path,
        typer.Argument(help="Articles with id and text, .jsonl or .jsonl.gz.", metavar="ARTICLES.jsonl"),
    ],
    negatives: Annotated[
        Path | None,
        typer.Option(help="Reports of the same events by others, mixed in.", metavar="FILE"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed makes other families.", metavar="N")] = 7,
    json: JsonOption = False,
) -> None:
    """Score stories, kinds of copy and their direction on families of copies made of the articles."""
    from onrecord.evaluation.stories import evaluate_stories as run

    _print_figures(run(corpus, negatives, seed), json=json)


@evaluate_app.command(
    "rewrites", epilog="Example: onrecord evaluate rewrites rewrites.jsonl.gz --negatives same-event.jsonl.gz"
)
def evaluate_rewrites(
    corpus: Annotated[
        Path,
        typer.Argument(
            help="Passages with what was made of them, .jsonl or .jsonl.gz.", metavar="REWRITES.jsonl"
        ),
    ],
    negatives: Annotated[Path, typer.Option(help="Reports of the same events by others.", metavar="FILE")],
    json: JsonOption = False,
) -> None:
    """Score how many retold passages are found at one false positive in a thousand."""
    from onrecord.evaluation.rewrites import evaluate_rewrites as run

    _print_figures(run(corpus, negatives), json=json)


@evaluate_app.command("quotations", epilog="Example: onrecord evaluate quotations dev.jsonl.gz")
def evaluate_quotations(
    corpus: Annotated[
        Path,
        typer.Argument(help="Articles with their text, .jsonl or .jsonl.gz.", metavar="ARTICLES.jsonl"),
    ],
    seed: Annotated[int, typer.Option(help="Another seed makes another set.", metavar="N")] = 7,
    json: JsonOption = False,
) -> None:
    """Score whether an altered quotation is told from one that was trimmed or tidied, on changes made of the articles' own."""
    from onrecord.evaluation.altered_quotations import evaluate_quotations as run

    _print_figures(run(corpus, seed), json=json)


@evaluate_app.command(
    "mentions", epilog="Example: onrecord evaluate mentions worldwide.jsonl.gz --kept-apart"
)
def evaluate_mentions(
    corpus: Annotated[
        Path,
        typer.Argument(help="Tokens with tags of names, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl"),
    ],
    kept_apart: Annotated[
        bool, typer.Option("--kept-apart", help="Only the fifth on which the model was not trained.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Score the names of persons, bodies, places and peoples: exact precision, recall and F1."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.mentions import evaluate_mentions as run

    _print_figures(run(corpus, load_model(), kept_apart=kept_apart), json=json)


@evaluate_app.command("events", epilog="Example: onrecord evaluate events plv-train.jsonl --kept-apart")
def evaluate_events(
    corpus: Annotated[
        Path,
        typer.Argument(
            help="Sentences with type, actors and recipients, .jsonl or .jsonl.gz.", metavar="CORPUS.jsonl"
        ),
    ],
    kept_apart: Annotated[
        bool, typer.Option("--kept-apart", help="Only the fifth on which the model was not trained.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Score coded events: type, actor and recipient found from the bare sentence, and F1 of each type."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.events import evaluate_events as run

    _print_figures(run(corpus, load_model(), kept_apart=kept_apart), json=json)


@evaluate_app.command(
    "coreference",
    epilog="Examples: onrecord evaluate coreference gum.jsonl.gz --kept-apart | onrecord evaluate coreference gap-validation.tsv.gz",
)
def evaluate_coreference(
    corpus: Annotated[
        Path,
        typer.Argument(help="Labelled chains, .jsonl or .jsonl.gz, or GAP's pronouns, .tsv or .tsv.gz."),
    ],
    kept_apart: Annotated[
        bool, typer.Option("--kept-apart", help="Only the documents on which the model was not trained.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Score who is the same one: CoNLL F1 of chains (OntoGUM's scheme), or which name a pronoun means (GAP)."""
    from onrecord.analysis.encoder import load_model
    from onrecord.evaluation.coreference import evaluate_coreference as run
    from onrecord.evaluation.coreference import find_chains_by
    from onrecord.evaluation.gap import evaluate_gap, is_gap

    if is_gap(corpus):
        figures = evaluate_gap(corpus, find_chains_by(load_model()))
    else:
        figures = run(corpus, find_chains_by(load_model(scheme="ontogum")), kept_apart=kept_apart)
    _print_figures(figures, json=json)


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


def _print_figures(figures: dict[str, dict[str, float]], *, json: bool) -> None:
    from onrecord.show import print_figures

    if json:
        write_json(figures)
    else:
        print_figures(console(), figures)


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
        found = ", ".join(_count(number, name.removesuffix("s")) for name, number in counts.items())
        typer.echo(f"{article.origin}: {outcome} as {article.id}, {found}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _warn_encoding(article: Any) -> None:
    """Say so where the encoding was guessed: that of a text which is no Unicode. Pages and mails declare theirs."""
    original = article.original
    if original and not (original.is_markup or original.pieces or original.codec.startswith("utf")):
        complain(
            f"{article.origin}: not in UTF-8; read as {original.codec}, which is a guess. If letters are wrong, save it as UTF-8 and read it again."
        )


def _warn_single_mentions(store: Record, article: Any) -> None:
    """Say so where splits of single mentions do not hold for a new version, since these may stand elsewhere in it."""
    from onrecord.record.people import load_corrections

    with store.reading() as connection:
        parted = len(load_corrections(connection).mentions_in(article.id))
    if parted:
        complain(
            f"{article.origin}: a new version of {article.id}, in which {_count(parted, 'mention')} had been given to somebody else; that does not hold for the new text. Split it there again: onrecord actor split."
        )


def _warn_language(article: Any) -> None:
    from onrecord.reading.language import language_name

    complain(
        f"{article.origin}: written in {language_name(article.language)}; not analysed, as onrecord reads English only."
    )


def main() -> None:
    """Run the command line; errors become one line on stderr and an exit code."""
    try:
        app()
    except (RecordError, ModelError) as error:
        complain(error)
        sys.exit(EXIT_NO_RECORD)
    except OnrecordError as error:
        complain(error)
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing is wrong with us.
        sys.stderr.close()
        sys.exit(0)
