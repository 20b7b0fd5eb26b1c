"""Parquet -> articles, a row each, with pyarrow in a process of its own."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from onrecord.errors import UnreadableReportError
from onrecord.reading.columns import (
    KNOWN_COLUMNS,
    MAX_ROW_BYTES,
    check_columns,
    row_to_article,
)
from onrecord.reading.given_dates import GivenDates
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.row_place import RowPlace

# pyarrow takes 0.5 GB of addresses for itself; a row group of pages unpacks to some hundred megabytes.
_MEMORY_BYTES = 4_000_000_000
# pyarrow unpacks 100 MB a second.
_CPU_S, _CPU_S_PER_MB = 30, 1
_MAX_FRAME_BYTES = 4 * MAX_ROW_BYTES * len(KNOWN_COLUMNS)
# Unpacked size against packed. News text packs 3 to 10 times smaller; a column with one long disclaimer
# in each row, 100 times.
_MAX_UNPACKED_RATIO = 200
_MIN_UNPACKED_LIMIT = 300_000_000


class _Frame(msgspec.Struct):
    """What `parquet_rows.py` sends: one of these at a time."""

    missing: bool = False
    columns: list[str] | None = None
    days: list[str] | None = None
    group_rows: int | None = None
    row: dict[str, object] | None = None
    damaged: str | None = None
    error: str | None = None


def read_parquet(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read a Parquet file, some rows at a time and only the columns that are used. Needs pyarrow.

    A row group that is damaged is given as an error, and reading goes on with the next one.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    limit = max(_MIN_UNPACKED_LIMIT, size * _MAX_UNPACKED_RATIO)
    place = _Place(origin)
    try:
        with _open_file(stream) as file, _run(file, size, options) as frames:
            unpacked, gave = 0, False
            for frame in frames:
                unpacked += len(frame)
                if unpacked > limit:
                    raise UnreadableReportError(
                        f"{place.next()}: the file unpacks to more than {limit // 1_000_000:,} MB, out of {size:,} bytes. Write the table again in smaller parts."
                    )
                for read in _take(msgspec.msgpack.decode(frame, type=_Frame), place, options):
                    gave = True
                    yield read
            place.dates.tell(origin)
            if not gave:
                yield UnreadableReportError(f"{origin}: the table has no rows. Give one with reports.")
    except UnreadableReportError as error:
        yield error
    except msgspec.DecodeError as error:
        yield UnreadableReportError(f"{place.next()}: {_damage(str(error))}")


class _Place:
    """How far reading has come."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.has_columns = False
        self.done = 0
        self.group_end = 0
        self.dates = GivenDates()

    def next(self) -> str:
        """The record that comes next; the file where no columns are known yet."""
        return f"{self.origin}, record {self.done + 1}" if self.has_columns else self.origin

    def rest(self) -> str:
        """What is left of the row group."""
        return f"{self.origin}, records {self.done + 1} to {max(self.group_end, self.done + 1)}"


def _take(frame: _Frame, place: _Place, options: ReadOptions) -> Iterator[Read]:
    if frame.row is not None:
        place.done += 1
        where = f"{place.origin}, record {place.done}"
        try:
            row = RowPlace(place.origin, place.done)
            yield row_to_article(frame.row, options.columns, where, options, place.dates, row)
        except UnreadableReportError as error:
            yield error
    elif frame.missing:
        raise UnreadableReportError(
            f"{place.origin}: this is Parquet, and reading it needs pyarrow. Install it: pip install 'onrecord[parquet]'."
        )
    elif frame.columns is not None:
        place.has_columns = True
        check_columns(frame.columns, options.columns, place.origin)
    elif frame.days is not None:
        for day in frame.days:
            place.dates.look_at(day)
    elif frame.group_rows is not None:
        place.done = place.group_end
        place.group_end += max(0, frame.group_rows)
    elif frame.damaged is not None:
        yield UnreadableReportError(f"{place.rest()}: {_damage(frame.damaged)}")
    elif frame.error is not None:
        raise UnreadableReportError(f"{place.next()}: {_damage(frame.error)}")


def _damage(what: str) -> str:
    return f"the Parquet file is damaged ({what}). Write it again."


@contextmanager
def _open_file(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file of the system's with the stream's bytes, since another process cannot read from a Python
    object: the stream itself where it is one, else a temporary copy without a name."""
    if isinstance(stream, io.BufferedReader) and isinstance(stream.raw, io.FileIO):
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


@contextmanager
def _run(file: IO[bytes], size: int, options: ReadOptions) -> Iterator[Iterator[bytes]]:
    """The frames of the program that reads the file; it is ended in any case."""
    names = {name for known in KNOWN_COLUMNS.values() for name in known}
    mapped = options.columns.get("published")
    days = KNOWN_COLUMNS["published"] if mapped is None else (mapped,)
    told = {
        "names": sorted(names | {name.strip().lower() for name in options.columns.values()}),
        "days": sorted(name.strip().lower() for name in days),
        "memory_bytes": _MEMORY_BYTES,
        "cpu_s": _CPU_S + _CPU_S_PER_MB * size // 1_000_000,
        "max_chars": MAX_ROW_BYTES,
    }
    program = subprocess.Popen(  # nosec B603  # a program of ours, no shell
        # -P: our folder of modules must not stand before the standard library, which also has an html.
        [sys.executable, "-P", str(Path(__file__).with_name("parquet_rows.py")), json.dumps(told)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert program.stdout is not None
    try:
        with program.stdout as out:
            yield _frames(out, program)
    finally:
        program.kill()
        program.wait()


def _frames(out: IO[bytes], program: subprocess.Popen[bytes]) -> Iterator[bytes]:
    while head := out.read(4):
        length = struct.unpack("<I", head)[0] if len(head) == 4 else 0
        if length > _MAX_FRAME_BYTES:
            raise msgspec.DecodeError("a row longer than any report")
        data = out.read(length)
        if len(head) < 4 or len(data) < length:
            break
        yield data
    if program.wait() != 0:
        raise msgspec.DecodeError("reading it ended in a crash, or took too much time or memory")
