"""`onrecord check` and `refresh`: the record is looked over, and brought up to what the model finds now."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    opened,
    say,
    write_json,
)

EXIT_FAULTS = 1


def check(
    mend: Annotated[
        bool,
        typer.Option(
            "--mend",
            help="Before, make anew what follows from other rows: indexes, full text, actors, stories, which event is told.",
        ),
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Look at every row of the record: is it whole, and does the evidence stand where it says? Exit code 1 if not."""
    from onrecord.printing.checked import in_lines
    from onrecord.record.checking.check import check as look_over
    from onrecord.record.checking.mending import mend as make_anew

    with opened(record) as store, _bar() as watch:
        if mend:
            make_anew(store)
        found = look_over(store, watch)
    if json:
        write_json({"record": str(record), "sound": not found.faults} | _fields(found))
    else:
        for line in in_lines(record, found):
            say(line)
    if found.faults:
        raise typer.Exit(EXIT_FAULTS)


def _fields(found: Any) -> dict[str, Any]:
    import msgspec

    return msgspec.structs.asdict(found)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error, if somebody watches; told of what is done, how much of it, and how much there is."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, Any] = {}

        def watch(what: str, done: int, total: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what.capitalize(), total=total)
            progress.update(bars[what], completed=done)

        yield watch
