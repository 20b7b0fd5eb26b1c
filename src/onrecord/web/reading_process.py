"""The process that reads what was given to the reading room into the record, so that pages stay fast while it works.

It is started by `reading_jobs.py` with a task as a line of JSON on standard input, which stays open behind it, and tells what became of
each report as lines of JSON on standard output. When standard input is closed the room has ended, however it did: then it ends too, and
takes the files that were given away with it. Each report is on record by the time it is told of.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Final, TypeAlias

import msgspec

from onrecord.article import Article
from onrecord.errors import OnrecordError, UnreadableReportError
from onrecord.reading.files import read_given, read_stream
from onrecord.reading.options import ReadOptions
from onrecord.reading.web import read_url

# Beside people who read pages.
NICENESS: Final = 10


class GivenFile(msgspec.Struct, frozen=True, tag="file"):
    """A file that somebody chose.

    Attributes:
        name: what they call it; never a path.
        path: where it lies meanwhile.
    """

    name: str
    path: str


class GivenText(msgspec.Struct, frozen=True, tag="text"):
    """A text that somebody pasted, and what they say of it; None where they say nothing."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None

    @property
    def name(self) -> str:
        """What it is called in errors, and kept as the origin of its report."""
        return "pasted text"


class GivenAddress(msgspec.Struct, frozen=True, tag="address"):
    """A web address that somebody typed."""

    name: str


Given: TypeAlias = GivenFile | GivenText | GivenAddress


class Task(msgspec.Struct, frozen=True):
    """What is to be read into which record.

    Attributes:
        record: path or address of the record, with its password if it has one.
        folder: of the files; it is taken away if nobody waits any more.
    """

    record: str
    folder: str
    given: tuple[Given, ...]


class ReportTold(msgspec.Struct, frozen=True, tag="report"):
    """A report is on record.

    Attributes:
        of: of which of the things that were given it came, counted from 0.
        outcome: a value of `record.store.Outcome`.
        notes: what has to be told of it.
    """

    of: int
    id: str
    headline: str | None
    origin: str | None
    outcome: str
    statements: int
    events: int
    notes: tuple[str, ...]


class UnreadTold(msgspec.Struct, frozen=True, tag="unread"):
    """A report could not be read; the others go on."""

    of: int
    reason: str


class FailedTold(msgspec.Struct, frozen=True, tag="failed"):
    """Nothing more can be read."""

    reason: str


class DoneTold(msgspec.Struct, frozen=True, tag="done"):
    """All was read."""


Told: TypeAlias = ReportTold | UnreadTold | FailedTold | DoneTold


def main() -> None:
    """Read one task."""
    # Ctrl-C in a terminal goes to all of its processes: the room ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    told = _own_output()
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    threading.Thread(target=_end_with_the_room, args=(task.folder,), daemon=True).start()
    encoder = msgspec.json.Encoder()
    for line in read_task(task):
        told.write(encoder.encode(line) + b"\n")
        told.flush()


def read_task(task: Task) -> Iterator[Told]:
    """Read what was given, and tell of each report; errors that stop everything are told last."""
    from onrecord.analysis.encoder import load_model
    from onrecord.record.opening import open_record
    from onrecord.scale.recording import Unread, record_reports

    places: list[int] = []
    try:
        with open_record(task.record, create=False) as store:
            found = record_reports(store, _reads(task.given, places), load_model())
            for number, one in enumerate(found):
                of = places[number]
                if isinstance(one, Unread):
                    yield UnreadTold(of, " ".join([str(one.error), *one.notes]))
                else:
                    article, analysis = one.article, one.analysis
                    yield ReportTold(
                        of=of,
                        id=store.id_of(article),
                        headline=article.frame.headline or article.title,
                        origin=article.origin,
                        outcome=one.outcome.value,
                        statements=len(analysis.statements),
                        events=len(analysis.events),
                        notes=one.notes,
                    )
        yield DoneTold()
    except OnrecordError as error:
        yield FailedTold(" ".join(str(error).split()))


def _reads(given: Iterable[Given], places: list[int]) -> Iterator[Article | UnreadableReportError]:
    """Read one thing after the other; `places` gets for each report of which it came."""
    for number, thing in enumerate(given):
        for read in _read(thing):
            places.append(number)
            yield read


def _read(thing: Given) -> Iterator[Article | UnreadableReportError]:
    match thing:
        case GivenFile(name, path):
            with open(path, "rb") as stream:
                yield from read_stream(stream, name, ReadOptions())
        case GivenText(text):
            told: dict[str, str | None] = {
                "title": thing.title,
                "outlet": thing.outlet,
                "published": thing.published,
                "url": thing.url,
            }
            if any(told.values()):
                yield read_given({**told, "text": text}, thing.name)
            else:
                yield from read_stream(BytesIO(text.encode("utf-8", "replace")), thing.name, ReadOptions())
        case GivenAddress(name):
            yield from read_url(name, ReadOptions(), read_stream)


def _own_output() -> IO[bytes]:
    """Standard output for what is told alone: whatever else is printed goes to standard error."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _end_with_the_room(folder: str) -> None:
    # Not by `sys.stdin`, whose lock is wanted when this process ends by itself.
    while os.read(sys.stdin.fileno(), 1_000):
        pass
    shutil.rmtree(Path(folder), ignore_errors=True)
    # What is being written is not written: a report is on record wholly or not at all.
    os._exit(1)


if __name__ == "__main__":
    main()
