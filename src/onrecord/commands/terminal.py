"""What all commands have in common: their options, opening the record, what is printed and what is complained of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.record.store import Record

EXIT_SOME_UNREAD = 1
EXIT_USAGE = 2
EXIT_NO_RECORD = 3
# Of whom Ctrl-C has stopped: 128 and the number of the signal.
EXIT_INTERRUPTED = 130

DEFAULT_RECORD = "onrecord.db"
RecordOption = Annotated[
    str,
    typer.Option(
        "--record", help="The record: a file, or postgresql://USER@HOST/DATABASE.", metavar="FILE|URL"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@contextmanager
def opened(path: str, *, create: bool = False) -> Iterator[Record]:
    """The record at a path or an address; whoever has one of an older schema is told that it was brought to this one."""
    from onrecord.printing.upgraded import upgraded_in_words
    from onrecord.record.opening import open_record

    with open_record(path, create=create) as record:
        if told := upgraded_in_words(record):
            complain(told)
        yield record


def complain(*errors: object) -> None:
    """A line on standard error for each."""
    for error in errors:
        say(f"onrecord: {error}", err=True)


def say(words: str, *, err: bool = False) -> None:
    """Words for people, on standard output or standard error."""
    from onrecord.printing.printable import make_printable

    typer.echo(make_printable(words), err=err)


def console() -> Console:
    """Standard output for people, in colours where it is a terminal."""
    from onrecord.printing.printable import PrintableConsole

    return PrintableConsole(highlight=False)


def write(line: bytes) -> None:
    """One line on standard output."""
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def write_json(value: Any) -> None:
    """One object as a line of JSON on standard output."""
    import msgspec

    write(msgspec.json.encode(value))
