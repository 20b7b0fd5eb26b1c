"""What all commands that list have in common: what is asked for, how much of the answer, in which form, and its last line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import typer

from onrecord.commands.terminal import EXIT_INTERRUPTED, console, write_json
from onrecord.errors import UsageError
from onrecord.printing.lines import count
from onrecord.record.asking.given import read_day

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Connection

    from onrecord.commands.pager import Pager
    from onrecord.record.export.flat import Column
    from onrecord.record.store import Record

T = TypeVar("T")

LimitOption = Annotated[int | None, typer.Option("--limit", help="At most so many.", min=1)]
OffsetOption = Annotated[
    int, typer.Option("--offset", help="Leave out so many at the beginning.", min=0, metavar="N")
]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print comma-separated values, with a header.")]
NoPagerOption = Annotated[
    bool, typer.Option("--no-pager", help="Print it all, also where it is longer than the terminal.")
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", help="Only of this outlet.", metavar="NAME")
]  # fmt: skip
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by", help="Who said it: a name, words of the source, or a code (KAZGOV).", metavar="NAME"
    ),
]
AboutOption = Annotated[
    str | None, typer.Option("--about", help="Whom or what it is about.", metavar="NAME")
]  # fmt: skip
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="assertion, prediction, demand, accusation, denial, pledge, threat, praise or question.",
        metavar="KIND",
    ),
]
MatchOption = Annotated[
    str | None,
    typer.Option("--match", help='Words of the content; "a phrase", word*, AND, OR, NOT.', metavar="WORDS"),
]
SinceOption = Annotated[str | None, typer.Option("--since", help="First day, YYYY-MM-DD.", metavar="D")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Last day, YYYY-MM-DD.", metavar="D")]

AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="The record as it could have been asked at the end of this day.", metavar="D"
    ),
]
VersionsOption = Annotated[
    bool, typer.Option("--versions", help="Older versions of reports answer too, not the newest alone.")
]
SortOption = Annotated[
    str | None,
    typer.Option(
        "--sort",
        help="By which column; with a minus before it, the other way round. Without: the newest report first.",
        metavar="COLUMN",
    ),
]


class Lister(Generic[T]):
    """Takes the rows of an answer one by one and prints each at once; for people also a last line."""

    def __init__(
        self, columns: Sequence[Column[T]], print_one: Callable[[Console, T], None], *, form: str, pages: bool
    ) -> None:
        self._columns, self._print_one = columns, print_one
        self._form, self._pages = form, pages
        self._pager: Pager | None = None
        self._console: Console | None = None
        self._has_header = False
        # How many rows have been printed.
        self.number = 0

    @property
    def is_for_people(self) -> bool:
        """Is it printed to be read, and neither JSON nor CSV?"""
        return self._form == "text"

    @property
    def console(self) -> Console:
        """Where what people read is printed; the pager is started when it is first asked for."""
        if self._console is None:
            from onrecord.commands.pager import start_pager
            from onrecord.printing.printable import PrintableConsole

            self._pager = start_pager() if self._pages else None
            # A pager shows the colours that the terminal would.
            self._console = (
                PrintableConsole(file=self._pager.stream, force_terminal=True, highlight=False)
                if self._pager
                else console()
            )
        return self._console

    def add(self, row: T) -> None:
        """Print one row."""
        self.number += 1
        if self._form == "json":
            write_json(row)
        elif self._form == "csv":
            from onrecord.record.export.flat import csv_line

            self.begin()
            sys.stdout.buffer.write(csv_line(self._columns, row))
        else:
            self._print_one(self.console, row)

    def begin(self) -> None:
        """Print the header, once; only a table has one."""
        if self._form == "csv" and not self._has_header:
            from onrecord.record.export.flat import csv_header

            self._has_header = True
            sys.stdout.buffer.write(csv_header(self._columns))

    def end(self, last_line: str) -> None:
        """Print the last line, which only people read."""
        if self.is_for_people:
            self.console.print(last_line, highlight=False, markup=False, soft_wrap=True)

    def close(self, *, is_whole: bool) -> None:
        """See that all is out; if nothing went wrong, a table without rows still has its header."""
        if is_whole:
            self.begin()
        if self._pager:
            self._pager.finish()
        elif self._form == "csv":
            sys.stdout.buffer.flush()


def form_of(*, json: bool, csv: bool) -> str:
    """The form of an answer: json, csv, or text for people.

    Raises:
        UsageError: if two are asked for.
    """
    if json and csv:
        raise UsageError("--json --csv: these are two forms of one answer. Give one of them.")
    return "json" if json else "csv" if csv else "text"


@contextmanager
def listed(
    columns: Sequence[Column[Any]],
    print_one: Callable[[Console, Any], None],
    *,
    json: bool,
    csv: bool,
    no_pager: bool,
) -> Iterator[Lister[Any]]:
    """Where a command puts its rows. Ctrl-C ends it quietly, and so does whoever leaves the pager.

    Args:
        columns: of the table that `--csv` prints.
        print_one: prints one row for people.

    Raises:
        UsageError: if two forms are asked for.
    """
    lister = Lister[Any](columns, print_one, form=form_of(json=json, csv=csv), pages=not no_pager)
    is_whole = False
    try:
        yield lister
        is_whole = True
    except KeyboardInterrupt:
        raise SystemExit(EXIT_INTERRUPTED) from None
    except BrokenPipeError:
        if lister._pager is None:
            raise
    finally:
        lister.close(is_whole=is_whole)


def out_of(shown: int, total: int, noun: str, *, plural: str | None = None, offset: int = 0) -> str:
    """How much of the answer is shown: *174 statements*, *2 of 174 statements*, *11 to 12 of 174 statements*."""
    all_of_them = count(total, noun, plural)
    if shown == total:
        return all_of_them
    if offset and shown:
        return f"{offset + 1} to {offset + shown} of {all_of_them}"
    return f"{shown} of {all_of_them}"


@contextmanager
def asking(store: Record, as_of: str | None, *, versions: bool) -> Iterator[Connection]:
    """A connection for questions, through which the reports are seen that `--as-of` and `--versions` mean.

    Raises:
        UsageError: for what is no day.
    """
    from onrecord.record.asking.as_of import asked

    with asked(store, read_day(as_of, "--as-of"), versions=versions) as connection:
        yield connection
