"""Events -> a file or stream in one of the forms that others read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal, get_args

import msgspec

from onrecord.analysis.plover import HAPPENED, Status
from onrecord.record.asking.event_types import Event
from onrecord.record.export.cameo import COLUMNS as CAMEO_COLUMNS
from onrecord.record.export.cameo import to_cameo
from onrecord.record.export.plover import to_plover
from onrecord.record.export.table import COLUMNS
from onrecord.record.export.writing import Counted, csv_lines, json_lines, write_into, write_parquet

Form = Literal["plover", "cameo", "csv", "parquet", "jsonl"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
# Event data have no place for what has not come about.
STATUSES_OF_FORM: Final[dict[str, tuple[Status, ...]]] = {"plover": HAPPENED, "cameo": HAPPENED}


def write_events(events: Iterable[Event], form: Form, stream: BinaryIO) -> int:
    """Write events; gives how many.

    Raises:
        UsageError: for Parquet without pyarrow.
    """
    counted = Counted(events)
    if form == "parquet":
        write_parquet(counted, COLUMNS, stream)
    else:
        for line in _LINES[form](counted):
            stream.write(line)
    return counted.number


def write_file(events: Iterable[Event], form: Form, path: Path) -> int:
    """Write events into a file; it is there whole or, if anything goes wrong, as it was before.

    Raises:
        UsageError: if it cannot be written.
    """
    return write_into(path, lambda stream: write_events(events, form, stream))


def _plover(events: Iterable[Event]) -> Iterator[bytes]:
    for event in events:
        yield msgspec.json.encode(to_plover(event)) + b"\n"


def _cameo(events: Iterable[Event]) -> Iterator[bytes]:
    yield ("\t".join(CAMEO_COLUMNS) + "\n").encode()
    for event in events:
        for row in to_cameo(event):
            yield ("\t".join(row) + "\n").encode("utf-8", "replace")


def _csv(events: Iterable[Event]) -> Iterator[bytes]:
    return csv_lines(events, COLUMNS)


_LINES: Final[dict[str, Callable[[Iterable[Event]], Iterator[bytes]]]] = {
    "jsonl": json_lines,
    "plover": _plover,
    "cameo": _cameo,
    "csv": _csv,
}
