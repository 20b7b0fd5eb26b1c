"""`onrecord amend`: statements and events are put right, and that is taken back, listed, and carried to another record."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import UNSET

from onrecord.commands.correcting import CorrectionsFile, correcting, read_corrections_file
from onrecord.commands.listing import LimitOption, OffsetOption
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    opened,
    say,
    write_json,
)
from onrecord.errors import UsageError
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.amendments import Amendment
    from onrecord.record.fixing import Given, GivenEvent, Words

amend_app = typer.Typer(
    help="Put a statement or an event right: mark it wrong, or say what is otherwise in it. All of it can be taken back.",
    epilog="Example: onrecord amend fix r-76d7d0e810da43db#s3 --kind threat. Example: onrecord amend list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
IdArgument = Annotated[
    str,
    typer.Argument(
        help="Id of a statement or an event, as said and events print it with --json.", metavar="ID"
    ),
]
_WORDS = "as printed, or offsets: 120-145"


@amend_app.command(epilog="Example: onrecord amend wrong r-76d7d0e810da43db#s3 --record news.db")
def wrong(
    ids: Annotated[
        list[str],
        typer.Argument(
            help="Ids of statements and events, as said and events print them with --json.", metavar="ID..."
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say that what was found is no statement, or no event: it answers no question from now on."""
    from onrecord.record.amend import full_id, mark_wrong

    with correcting(record) as (connection, stamp):
        made = [mark_wrong(connection, full_id(connection, id), **stamp) for id in ids]
        _print_made(connection, made, json=json)


@amend_app.command(
    epilog='Example: onrecord amend fix r-76d7d0e810da43db#s3 --source "the mayor" --kind threat. '
    "Example: onrecord amend fix r-76d7d0e810da43db#e1 --type PROTEST --mode riot"
)
def fix(
    id: IdArgument,
    source: Annotated[
        str | None, typer.Option("--source", help=f"Words of the source, {_WORDS}.", metavar="WORDS")
    ] = None,
    no_source: Annotated[bool, typer.Option("--no-source", help="It has no source.")] = False,
    source_is: Annotated[
        str | None,
        typer.Option(
            "--source-is",
            help="Whom the source means: a name or id (a3) of the report's; `none` for nobody by name.",
            metavar="ACTOR",
        ),
    ] = None,
    cue: Annotated[
        str | None, typer.Option("--cue", help=f"Words of the cue, {_WORDS}.", metavar="WORDS")
    ] = None,
    no_cue: Annotated[bool, typer.Option("--no-cue", help="It has no cue.")] = False,
    content: Annotated[
        list[str] | None,
        typer.Option(
            "--content",
            help=f"Words of the content, {_WORDS}. May be given again, for a further piece.",
            metavar="WORDS",
        ),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Its kind: assertion, threat ...", metavar="KIND")
    ] = None,
    attitude: Annotated[
        str | None,
        typer.Option("--attitude", help="speech, belief, intention or perception.", metavar="ATTITUDE"),
    ] = None,
    negated: Annotated[
        bool | None, typer.Option("--negated/--not-negated", help="It was not made, or not held.")
    ] = None,
    addressee: Annotated[
        str | None,
        typer.Option("--addressee", help="To whom: a name or id (a3) of the report's.", metavar="ACTOR"),
    ] = None,
    no_addressee: Annotated[bool, typer.Option("--no-addressee", help="It is said to nobody named.")] = False,
    type_: Annotated[
        str | None, typer.Option("--type", help="Of an event, its type: PROTEST, AID ...", metavar="TYPE")
    ] = None,
    mode: Annotated[
        list[str] | None,
        typer.Option(
            "--mode",
            help="Of an event, its mode; `none` for none. May be given again.",
            metavar="MODE",
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            help="Of an event: occurred, ongoing, planned, hypothetical or denied.",
            metavar="STATUS",
        ),
    ] = None,
    trigger: Annotated[
        str | None,
        typer.Option("--trigger", help=f"Of an event, the words for the act, {_WORDS}.", metavar="WORDS"),
    ] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option(
            "--actor",
            help=f"Of an event, words of who acts, {_WORDS}; `none` for nobody. May be given again.",
            metavar="WORDS",
        ),
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient",
            help=f"Of an event, words of to whom it is done, {_WORDS}; `none` for nobody. May be given again.",
            metavar="WORDS",
        ),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Say what is otherwise in a statement or an event; what is not given stays. The nearest words that fit are meant."""
    from onrecord.record.amend import fix as put_right
    from onrecord.record.amend import full_id

    statement = {
        "source": source,
        "no_source": no_source or None,
        "source_is": source_is,
        "cue": cue,
        "no_cue": no_cue or None,
        "content": content,
        "kind": kind,
        "attitude": attitude,
        "negated": negated,
        "addressee": addressee,
        "no_addressee": no_addressee or None,
    }
    event = {
        "type": type_,
        "mode": mode,
        "status": status,
        "trigger": trigger,
        "actor": actor,
        "recipient": recipient,
    }
    given_here, given_there = (
        {name: value for name, value in group.items() if value is not None} for group in (statement, event)
    )
    if given_here and given_there:
        one, other = (next(iter(g)).replace("_", "-") for g in (given_here, given_there))
        raise UsageError(f"--{one} is of a statement, --{other} of an event. Give what is of one of them.")
    if not given_here and not given_there:
        raise UsageError("Nothing is said to be otherwise. Give for example: --kind threat")
    given = _statement(given_here) if given_here else _event(given_there)
    with correcting(record) as (connection, stamp):
        _print_made(connection, [put_right(connection, full_id(connection, id), given, **stamp)], json=json)


@amend_app.command(epilog="Example: onrecord amend undo 5e066d445e13 --record news.db")
def undo(
    id: Annotated[
        str,
        typer.Argument(help="Id of an amendment, or the beginning of it: onrecord amend list.", metavar="ID"),
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Take back an amendment, any of them; the others stand."""
    from onrecord.record.amend import undo as take_back
    from onrecord.record.asking.amendments_made import listed
    from onrecord.record.stored_amendments import Stored

    with correcting(record) as (connection, _):
        amendment = take_back(connection, id)
        if json:
            write_json({"undone": amendment})
        else:
            (told,) = listed(connection, [Stored(0, None, amendment)])
            say(f"undone: {told.said}")


@amend_app.command("list", epilog="Example: onrecord amend list --report r-76d7d0e810da43db --record news.db")
def list_amendments(
    report: Annotated[
        str | None,
        typer.Option(
            "--report", help="Only of this report: its id, or the path it was read from.", metavar="REPORT"
        ),
    ] = None,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Print what was put right, the newest first; what holds no more, since it is not found any more, is marked with a dash."""
    from onrecord.record.asking.amendments_made import count_amendments, find_amendments
    from onrecord.record.asking.find_article import find_article

    with opened(record) as store, store.reading() as connection:
        found = find_article(connection, report) if report else None
        if report and found is None:
            raise UsageError(f"{report}: no report of this name is on record. Name one: onrecord search")
        one = found.id if found else None
        made = find_amendments(connection, one, limit=limit, offset=offset)
        total = count_amendments(connection, one)
    for told in made:
        if json:
            write_json(told.amendment)
            continue
        mark = " " if told.row else "-"
        say(f"{told.id} {mark} {told.time[:19]}  {told.who or 'unknown'}  {told.said}")
    if not json:
        shown = (
            f"{len(made)} of {count(total, 'amendment')}" if len(made) < total else count(total, "amendment")
        )
        say(shown)


@amend_app.command(
    "export",
    epilog="Example: onrecord amend export amendments.jsonl. Example: onrecord amend export --as training labels.jsonl",
)
def export_amendments(
    file: CorrectionsFile,
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="jsonl, for another record; training, passages with their labels, to teach a model.",
            metavar="FORM",
        ),
    ] = "jsonl",
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Write what was put right: to carry it to another record, or as labelled passages that a model is taught with."""
    from onrecord.record.export.training import write_passages
    from onrecord.record.export.writing import write_into
    from onrecord.record.json_lines import write_lines

    forms = ("jsonl", "training")
    if form not in forms:
        raise UsageError(f"--as {form}: there is no such form. Give one of: {', '.join(forms)}.")
    noun = "passage" if form == "training" else "amendment"
    with opened(record) as store, store.reading() as connection:
        lines = list(write_passages(connection) if form == "training" else _all(connection, write_lines))
    if file == "-":
        sys.stdout.buffer.write(b"".join(lines))
        return
    write_into(Path(file), lambda stream: stream.write(b"".join(lines)))
    if json:
        write_json({"file": file, f"{noun}s": len(lines)})
    else:
        say(f"{file}: {count(len(lines), noun)}")


@amend_app.command("import", epilog="Example: onrecord amend import amendments.jsonl --record other.db")
def import_amendments(
    file: CorrectionsFile, record: RecordOption = DEFAULT_RECORD, json: JsonOption = False
) -> None:
    """Add what was put right in another record; what is not found here is kept, and holds once it is."""
    from onrecord.printing.amendments import imported_in_words
    from onrecord.record import amend
    from onrecord.record.amendments import read_lines

    made = read_lines(*read_corrections_file(file))
    with correcting(record) as (connection, _):
        done = amend.import_amendments(connection, made)
    if json:
        write_json(done)
    else:
        say(imported_in_words(done))


def _all(connection: Connection, write: Any) -> Iterator[bytes]:
    from onrecord.record.stored_amendments import all_stored

    for stored in all_stored(connection):
        yield write([stored.amendment])


def _statement(given: dict[str, Any]) -> Given:
    """What is said of a statement, by its options.

    Raises:
        UsageError: for words of something that there is said to be none of.
    """
    from onrecord.record.fixing import Given, Words

    for name in ("source", "cue", "addressee"):
        if name in given and f"no_{name}" in given:
            raise UsageError(f"--{name} and --no-{name} cannot both be. Give one of them.")
    if "source_is" in given and "source" not in given:
        raise UsageError("--source-is needs the words that mean somebody. Give them: --source WORDS")
    nothing = {name: None if f"no_{name}" in given else UNSET for name in ("source", "cue", "addressee")}
    source = Words(given["source"], given.get("source_is")) if "source" in given else nothing["source"]
    return Given(
        source=source,
        cue=given.get("cue", nothing["cue"]),
        content=given.get("content", UNSET),
        kind=given.get("kind", UNSET),
        attitude=given.get("attitude", UNSET),
        negated=given.get("negated", UNSET),
        addressee=given.get("addressee", nothing["addressee"]),
    )


def _event(given: dict[str, Any]) -> GivenEvent:
    """What is said of an event, by its options."""
    from onrecord.record.fixing import GivenEvent

    kind = given["type"].upper() if "type" in given else UNSET
    return GivenEvent(
        trigger=given.get("trigger", UNSET),
        type=kind,
        modes=_several(given["mode"]) if "mode" in given else UNSET,
        status=given.get("status", UNSET),
        actors=_parties(given["actor"]) if "actor" in given else UNSET,
        recipients=_parties(given["recipient"]) if "recipient" in given else UNSET,
    )


def _several(words: Sequence[str]) -> list[str]:
    return [] if list(words) == ["none"] else list(words)


def _parties(words: Sequence[str]) -> list[Words]:
    from onrecord.record.fixing import Words

    return [Words(w) for w in _several(words)]


def _print_made(connection: Connection, made: Sequence[Amendment], *, json: bool) -> None:
    from onrecord.record.asking.amendments_made import listed
    from onrecord.record.stored_amendments import Stored

    if json:
        for amendment in made:
            write_json({"amendment": amendment})
        return
    for told in listed(connection, [Stored(0, None, a) for a in made]):
        say(f"{told.id}  {told.said}")
