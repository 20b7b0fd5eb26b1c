"""`onrecord actor`: who is who on record, why, and putting it right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord.commands.correcting import CorrectionsFile, correcting, read_corrections_file
from onrecord.commands.listing import (
    AsOfOption,
    CsvOption,
    LimitOption,
    NoPagerOption,
    OffsetOption,
    VersionsOption,
    asking,
    listed,
    out_of,
)
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    console,
    opened,
    say,
    write_json,
)
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Connection

    from onrecord.record.asking.actors import Described
    from onrecord.record.corrections import Correction

ActorArgument = Annotated[str, typer.Argument(help="Name or id of an actor.", metavar="ACTOR")]


class _ByName(TyperGroup):
    """Words that begin with no command of this group are a name to be shown."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `show` before a name."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["show", *args]
        return super().parse_args(ctx, args)


actor_app = typer.Typer(
    cls=_ByName,
    help="Say who somebody is, or correct it: onrecord actor NAME [--why] [--json] [--record FILE].",
    subcommand_metavar="NAME|COMMAND [ARGS]...",
    epilog='Example: onrecord actor Tokayev --why. Example: onrecord actor merge "Ana Orpel" Orpel',
    no_args_is_help=True,
    rich_markup_mode=None,
)
corrections_app = typer.Typer(
    help="Print corrections, carry them to another record.", no_args_is_help=True, rich_markup_mode=None
)
actor_app.add_typer(corrections_app, name="corrections")


@actor_app.command("show", epilog="Example: onrecord actor Maran --why --record news.db")
def show_actor(
    words: Annotated[list[str], typer.Argument(help="Name or id of an actor.", metavar="NAME")],
    why: Annotated[
        bool,
        typer.Option(
            "--why",
            help="Say of each report why its actor is taken for this one: candidates, reasons, evidence.",
        ),
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
    """Say who somebody is: names, type, country, sector, offices, and in which reports. Several who fit are listed."""
    from onrecord.printing.actors import print_actor, print_known
    from onrecord.printing.columns import IN_REPORT_COLUMNS, KNOWN_COLUMNS
    from onrecord.record.asking.actors import describe, find_actors, found_names, know, unknown

    name = " ".join(words)
    form = {"json": json, "csv": csv, "no_pager": no_pager}
    until = None if limit is None else offset + limit
    with opened(record) as store, asking(store, as_of, versions=versions) as connection:
        found = find_actors(connection, name)
        if not found:
            raise unknown(connection, name)
        if len(found) > 1:
            with listed(KNOWN_COLUMNS, print_known, **form) as out:
                for id in found[offset:until]:
                    out.add(know(connection, id))
                shown = out_of(out.number, len(found), "actor", offset=offset)
                out.end(f"{shown}; give the id of one to see more")
            return
        actor = describe(connection, found[0], why=why)
        spoken = [c for r in actor.in_reports for w in r.why or () for c in w.corrections] + actor.corrections
        names = found_names(connection, spoken)

    def print_one(out: Console, described: Described) -> None:
        print_actor(out, described, names)

    total = len(actor.in_reports)
    actor.in_reports = actor.in_reports[offset:until]
    with listed(IN_REPORT_COLUMNS, print_one, **form) as out:
        # Of one actor a table has the reports, a row each.
        for row in actor.in_reports if csv else [actor]:
            out.add(row)
        if len(actor.in_reports) < total:
            out.end(out_of(len(actor.in_reports), total, "report", offset=offset))


@actor_app.command(epilog='Example: onrecord actor merge "Ilse Maran" Secretary --record news.db')
def merge(
    actor: ActorArgument,
    other: Annotated[
        str,
        typer.Argument(
            help="Name or id of whoever is the same one; goes by ACTOR from now on.", metavar="OTHER"
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say that two actors are one, here and in reports that are read later."""
    from onrecord.record import correct

    with correcting(record) as (connection, stamp):
        _print_made(connection, correct.merge(connection, actor, other, **stamp), json=json)


@actor_app.command(epilog="Example: onrecord actor split Maran r-76d7d0e810da43db r-4c25422a99b7c88a:782")
def split(
    actor: ActorArgument,
    reports: Annotated[
        list[str],
        typer.Argument(
            help="Reports in which it is somebody else; REPORT:OFFSET is one mention.",
            metavar="REPORT[:OFFSET]",
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say that an actor is somebody else in some reports, or where some mentions stand: a namesake."""
    from onrecord.record import correct

    with correcting(record) as (connection, stamp):
        _print_made(connection, correct.split(connection, actor, reports, **stamp), json=json)


@actor_app.command(epilog='Example: onrecord actor rename Maran "Ilse M. Maran"')
def rename(
    actor: ActorArgument,
    name: Annotated[str, typer.Argument(help="What to call it.", metavar="NAME")],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say what an actor is called. Its other names still find it."""
    from onrecord.record import correct

    with correcting(record) as (connection, stamp):
        _print_made(connection, correct.rename(connection, actor, name, **stamp), json=json)


@actor_app.command(epilog="Example: onrecord actor undo --record news.db")
def undo(record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Take back the last correction; again, the one before it."""
    from onrecord.record import correct
    from onrecord.record.asking.actors import found_names
    from onrecord.record.corrections import say as put_in_words

    with correcting(record) as (connection, _):
        correction = correct.undo(connection)
        if json:
            write_json({"undone": correction})
        else:
            say(f"undone: {put_in_words(correction, found_names(connection, [correction]))}")


@corrections_app.command("list", epilog="Example: onrecord actor corrections list --record news.db")
def list_corrections(record: RecordOption = DEFAULT_RECORD, json: JsonOption = False) -> None:
    """Print the corrections of a record, the first one first."""
    from onrecord.record.asking.actors import found_names
    from onrecord.record.corrections import say as put_in_words
    from onrecord.record.people import load_corrections

    with opened(record) as store, store.reading() as connection:
        made = load_corrections(connection).made
        if json:
            for correction in made:
                write_json(correction)
            return
        names = found_names(connection, made)
        for number, correction in enumerate(made, 1):
            say(f"{number:>4}  {correction.time[:19]}  {put_in_words(correction, names)}")
    say(count(len(made), "correction"))


@corrections_app.command("export", epilog="Example: onrecord actor corrections export corrections.jsonl")
def export_corrections(
    file: CorrectionsFile, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False
) -> None:
    """Write the corrections as JSON lines."""
    from onrecord.record.export.writing import write_into
    from onrecord.record.json_lines import write_lines
    from onrecord.record.people import load_corrections

    with opened(record) as store, store.reading() as connection:
        made = load_corrections(connection).made
    if file == "-":
        for correction in made:
            write_json(correction)
        return
    write_into(Path(file), lambda stream: stream.write(write_lines(made)))
    if json:
        write_json({"file": file, "corrections": len(made)})
    else:
        say(f"{file}: {count(len(made), 'correction')}")


@corrections_app.command("import", epilog="Example: onrecord actor corrections import corrections.jsonl")
def import_corrections(
    file: CorrectionsFile, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False
) -> None:
    """Add the corrections of another record behind those that are here; importing them twice changes nothing."""
    from onrecord.record import correct
    from onrecord.record.corrections import read_lines

    made = read_lines(*read_corrections_file(file))
    with correcting(record) as (connection, _):
        done = correct.import_corrections(connection, made)
    if json:
        write_json(done)
    else:
        say(
            f"{count(done.added, 'correction')} added, {done.known} here already; "
            f"{count(done.changed, 'actor')} of reports {'is' if done.changed == 1 else 'are'} somebody else now"
        )


def _print_made(connection: Connection, correction: Correction, *, json: bool) -> None:
    from onrecord.printing.actors import print_known
    from onrecord.record.asking.actors import found_names, know
    from onrecord.record.corrections import say as put_in_words

    # Of a split, whoever is new.
    actor = know(
        connection, correction.other if correction.what == "split" and correction.other else correction.actor
    )
    if json:
        write_json({"correction": correction, "actor": actor})
        return
    say(put_in_words(correction, found_names(connection, [correction])))
    print_known(console(), actor)
