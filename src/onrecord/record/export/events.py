"""Events -> a file or stream in one of the forms that others read."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, cast, get_args

import msgspec

from onrecord.analysis.plover import HAPPENED, Status
from onrecord.errors import UsageError
from onrecord.record.asking.event_types import Event
from onrecord.record.export.cameo import COLUMNS as CAMEO_COLUMNS
from onrecord.record.export.cameo import to_cameo
from onrecord.record.export.plover import to_plover
from onrecord.record.export.table import COLUMNS, Kind, to_cells, to_values

Form = Literal["plover", "cameo", "csv", "parquet", "jsonl"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
# Event data have no place for what has not come about.
STATUSES_OF_FORM: Final[dict[str, tuple[Status, ...]]] = {"plover": HAPPENED, "cameo": HAPPENED}
# Rows of Parquet that are written at a time.
_MANY: Final = 2_000


def write_events(events: Iterable[Event], form: Form, stream: BinaryIO) -> int:
    """Write events; gives how many.

    Raises:
        UsageError: for Parquet without pyarrow.
    """
    counted = _Counted(events)
    if form == "parquet":
        _write_parquet(counted, stream)
    else:
        for line in _LINES[form](counted):
            stream.write(line)
    return counted.number


def write_file(events: Iterable[Event], form: Form, path: Path) -> int:
    """Write events into a file; it is there whole or, if anything goes wrong, as it was before.

    Raises:
        UsageError: if it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe, which no file may replace.
            with path.open("wb") as stream:
                return write_events(events, form, stream)
        path = path.resolve()
        # Beside the file, so that it can take its place in one step.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
            try:
                number = write_events(events, form, cast(BinaryIO, part))
                part.flush()
                # As any file that is newly made; a temporary one is its owner's alone.
                mask = os.umask(0)
                os.umask(mask)
                os.chmod(part.name, 0o666 & ~mask)
                os.replace(part.name, path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}). Name another file.") from error
    return number


class _Counted:
    """Counts what goes by."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = events
        self.number = 0

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            self.number += 1
            yield event


def _jsonl(events: Iterable[Event]) -> Iterator[bytes]:
    for event in events:
        yield msgspec.json.encode(event) + b"\n"


def _plover(events: Iterable[Event]) -> Iterator[bytes]:
    for event in events:
        yield msgspec.json.encode(to_plover(event)) + b"\n"


def _cameo(events: Iterable[Event]) -> Iterator[bytes]:
    yield ("\t".join(CAMEO_COLUMNS) + "\n").encode()
    for event in events:
        for row in to_cameo(event):
            yield ("\t".join(row) + "\n").encode("utf-8", "replace")


def _csv(events: Iterable[Event]) -> Iterator[bytes]:
    def line(cells: list[str]) -> bytes:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerow(cells)
        return buffer.getvalue().encode("utf-8", "replace")

    yield line([column.name for column in COLUMNS])
    for event in events:
        yield line(to_cells(event))


_LINES: Final[dict[str, Callable[[Iterable[Event]], Iterator[bytes]]]] = {
    "jsonl": _jsonl,
    "plover": _plover,
    "cameo": _cameo,
    "csv": _csv,
}


def _write_parquet(events: Iterable[Event], stream: BinaryIO) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError(
            "Writing Parquet needs pyarrow. Install it: pip install 'onrecord[parquet]', or export --as csv."
        ) from error
    types: dict[Kind, Any] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in COLUMNS])
    left = iter(events)
    with pq.ParquetWriter(stream, schema) as writer:
        while part := [to_values(event) for event in islice(left, _MANY)]:
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
