"""What commands that put something right share: a connection for changes with who, when and how, and files of corrections."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.terminal import opened
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

CorrectionsFile = Annotated[str, typer.Argument(help="A file, or - for the terminal.", metavar="FILE|-")]


@contextmanager
def correcting(record: str) -> Iterator[tuple[Connection, dict[str, str]]]:
    """A connection for changes, and what each of them is stamped with: time, command, and who gave it."""
    from onrecord.record.login import login_name

    command = shlex.join(["onrecord", *sys.argv[1:]])
    stamp = {"time": datetime.now(UTC).isoformat(), "command": command, "who": login_name()}
    with opened(record) as store, store.writing() as connection:
        yield connection, stamp


def read_corrections_file(file: str) -> tuple[bytes, str]:
    """What a file holds, - being standard input, and what it is called in messages.

    Raises:
        UsageError: if it cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}).") from error
    return data, "standard input" if file == "-" else file
