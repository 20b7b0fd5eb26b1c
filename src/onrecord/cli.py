"""The command line: all commands put together.

Exit codes: 0 all well, 1 some reports could not be read (named on stderr) or a check found faults, 2 wrong usage, 3 the
record or the model cannot be opened.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from onrecord.commands.actors import actor_app
from onrecord.commands.amending import amend_app
from onrecord.commands.asking import said, show, status
from onrecord.commands.comparing_sources import contradictions, sources
from onrecord.commands.evaluating import evaluate_app
from onrecord.commands.events import events
from onrecord.commands.exporting import export_app, import_
from onrecord.commands.keeping import check, refresh
from onrecord.commands.mcp import mcp
from onrecord.commands.reading import analyse, read
from onrecord.commands.searching import place, predictions, search, timeline
from onrecord.commands.serving import serve
from onrecord.commands.stories import compare, stories, story
from onrecord.commands.terminal import EXIT_NO_RECORD, EXIT_USAGE, complain
from onrecord.commands.users import users_app
from onrecord.errors import ModelError, OnrecordError, RecordError

app = typer.Typer(
    name="onrecord",
    help="Reads news reports and keeps the record: who said what, in which words, and where it is printed.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS = (
    (read, "onrecord read examples/ --record news.db"),
    (analyse, "onrecord analyse examples/sermon.txt | jq .statements"),
    (show, "onrecord show examples/harbour-strike.txt --record news.db"),
    (said, 'onrecord said --by Teranu --match "land OR fields" --record news.db'),
    (events, "onrecord events --actor KAZCOP --type ASSAULT --status occurred --since 2022-01-01"),
    (search, "onrecord search dam* winter since:2024-01-01 --record news.db"),
    (timeline, "onrecord timeline --actor Teranu --record news.db"),
    (place, 'onrecord place "Old Harbour" --record news.db'),
    (predictions, "onrecord predictions --due-since 2024-01-01 --record news.db"),
    (contradictions, "onrecord contradictions --by Orpel --no-updates --record news.db"),
    (sources, 'onrecord sources --outlet "The Brannock Observer" --record news.db'),
    (stories, "onrecord stories --copied --record news.db"),
    (story, "onrecord story bridge.txt --record news.db"),
    (compare, "onrecord compare wire.txt morning-post.txt --html compared.html"),
    (check, "onrecord check --record news.db"),
    (refresh, "onrecord refresh --dry-run --record news.db"),
    (import_, "onrecord import reports.jsonl corrections.jsonl --record other.db"),
    (serve, "onrecord serve --record news.db"),
    (mcp, "onrecord mcp --record news.db"),
    (status, "onrecord status --record news.db --json"),
)
for _command, _example in _COMMANDS:
    # `import` is a word of Python.
    app.command(_command.__name__.rstrip("_"), epilog=f"Example: {_example}")(_command)
app.add_typer(actor_app, name="actor")
app.add_typer(amend_app, name="amend")
app.add_typer(export_app, name="export")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(users_app, name="users")


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
