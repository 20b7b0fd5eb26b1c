"""`onrecord check` and `refresh`: the record is looked over, and brought up to what the model finds now."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    EXIT_INTERRUPTED,
    EXIT_SOME_UNREAD,
    JsonOption,
    RecordOption,
    complain,
    opened,
    say,
    write_json,
)
from onrecord.errors import UsageError
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from onrecord.record.differences import Differences
    from onrecord.record.store import Record

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
        write_json({"record": str(store.location), "sound": not found.faults} | _fields(found))
    else:
        for line in in_lines(str(store.location), found):
            say(line)
    if found.faults:
        raise typer.Exit(EXIT_FAULTS)


def refresh(
    article: Annotated[
        list[str] | None,
        typer.Option(
            "--article",
            help="Only this report: its id, the beginning of it, or the path it was read from. May be given again.",
            metavar="REPORT",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also reports that this model has analysed already.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be otherwise, and change nothing.")
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Analyse reports on record anew with the present model; a line for each in which something is otherwise. Corrections stay."""
    from onrecord.analysis.encoder import load_model
    from onrecord.record.differences import Differences
    from onrecord.record.refreshing import Refreshed, differences, read_again
    from onrecord.record.refreshing import refresh as put_in_place
    from onrecord.scale.pool import analyse_stream

    with opened(record) as store:
        model = load_model()
        ids = _ids(store, article, model.version, every=every)
        every = every or bool(article)
        total, whole, done, unread = len(ids), Differences(), 0, 0
        try:
            with _bar() as watch:
                for read, analysis in analyse_stream(read_again(store, ids), model):
                    watch("reports", done + unread + 1, total)
                    if isinstance(read, Exception) or isinstance(analysis, Exception):
                        unread += 1
                        complain(analysis)
                        continue
                    if dry_run:
                        done_now: Refreshed | None = Refreshed(differences(store, read, analysis), 0, [])
                    else:
                        done_now = put_in_place(store, read, analysis, model.version, every=every)
                    # Another process has done it, or the report is gone.
                    told, lost, gone = done_now or Refreshed(Differences(), 0, [])
                    done += 1
                    whole += told
                    if lost:
                        complain(
                            f"{read.id}: {count(lost, 'mention')} that a correction gave to somebody else "
                            f"{'is' if lost == 1 else 'are'} not found any more. Look: onrecord actor corrections list"
                        )
                    if gone:
                        complain(
                            f"{read.id}: what was put right is not found any more, so {count(len(gone), 'amendment')} "
                            f"{'does' if len(gone) == 1 else 'do'} not hold: {', '.join(gone)}. Look: onrecord amend list"
                        )
                    if json:
                        write_json({"id": read.id, "origin": read.origin} | _fields(told))
                    elif told.differs:
                        say(f"{read.id}: {_in_words(told)}")
        except KeyboardInterrupt:
            complain(
                f"stopped; {done} of {count(total, 'report')} done. The others are done by the same command once more."
            )
            raise typer.Exit(EXIT_INTERRUPTED) from None
    if json:
        write_json({"reports": done, "model": model.version, "changed": not dry_run} | _fields(whole))
    else:
        would = "would be analysed" if dry_run else "analysed"
        say(f"{count(done, 'report')} {would} anew by model {model.version}: {_in_words(whole)}")
    if unread:
        raise typer.Exit(EXIT_SOME_UNREAD)


def _ids(store: Record, names: list[str] | None, model: str, *, every: bool) -> list[str]:
    """Ids of the reports that are to be analysed anew.

    Raises:
        UsageError: for a report that is not on record, or that is not analysed.
    """
    from onrecord.record.asking.find_article import find_article
    from onrecord.record.refreshing import to_refresh

    with store.reading() as connection:
        if not names:
            return to_refresh(connection, model, every=every)
        ids: dict[str, None] = {}
        for name in names:
            row = find_article(connection, name)
            if row is None:
                raise UsageError(
                    f"{name}: no report of this name is on record. Name one: onrecord said --limit 5"
                )
            if row.language not in (None, "en"):
                raise UsageError(f"{name}: not in English, so it is not analysed. Leave it out.")
            ids[row.id] = None
        return list(ids)


def _in_words(told: Differences) -> str:
    """*3 statements added, 1 gone; 2 events changed*."""
    parts = []
    for noun, counted in (("statement", told.statements), ("event", told.events)):
        words: list[str] = []
        for what in ("added", "gone", "changed"):
            if number := getattr(counted, what):
                words.append(f"{count(number, noun) if not words else number} {what}")
        if words:
            parts.append(", ".join(words))
    return "; ".join(parts) or "nothing is otherwise"


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
