"""`onrecord evaluate`: the analysis against labelled corpora."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.commands.terminal import JsonOption, console, write_json

evaluate_app = typer.Typer(
    help="Score the analysis on labelled corpora.", no_args_is_help=True, rich_markup_mode=None
)


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


KeptApartOption = Annotated[
    bool, typer.Option("--kept-apart", help="Only the fifth on which the model was not trained.")
]


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
    kept_apart: KeptApartOption = False,
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
    kept_apart: KeptApartOption = False,
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


def _print_figures(figures: dict[str, dict[str, float]], *, json: bool) -> None:
    from onrecord.printing.reports import print_figures

    if json:
        write_json(figures)
    else:
        print_figures(console(), figures)
