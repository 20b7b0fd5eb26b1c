"""Rows -> a file or stream, one after the other: JSON lines, CSV and Parquet; a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeVar, cast

import msgspec

from onrecord.errors import UsageError
from onrecord.record.export.flat import Column, Kind, csv_header, csv_line, to_values
from onrecord.record.parts import in_parts

T = TypeVar("T")
# Rows of Parquet that are written at a time.
_MANY: Final = 2_000


class Counted(Generic[T]):
    """Counts what goes by."""

    def __init__(self, rows: Iterable[T]) -> None:
        self._rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[T]:
        for row in self._rows:
            self.number += 1
            yield row


def json_lines(rows: Iterable[Any]) -> Iterator[bytes]:
    """Each row as a line of JSON."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        yield encoder.encode(row) + b"\n"


def csv_lines(rows: Iterable[T], columns: Sequence[Column[T]]) -> Iterator[bytes]:
    """A header and each row as a line of RFC 4180."""
    yield csv_header(columns)
    for row in rows:
        yield csv_line(columns, row)


def write_parquet(rows: Iterable[T], columns: Sequence[Column[T]], stream: BinaryIO) -> None:
    """Write rows as Parquet, some thousands at a time.

    Raises:
        UsageError: without pyarrow.
    """
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
        "integers": pa.list_(pa.int64()),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in columns])
    with pq.ParquetWriter(stream, schema) as writer:
        for part in in_parts((to_values(columns, row) for row in rows), _MANY):
            arrays = [
                pa.array(values, field.type)
                for values, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def write_into(path: Path, write: Callable[[BinaryIO], T]) -> T:
    """Write a file; it is there whole or, if anything goes wrong, as it was before.

    Args:
        write: writes into a stream; what it gives is given.

    Raises:
        UsageError: if it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe, which no file may replace.
            with path.open("wb") as stream:
                return write(stream)
        file = path.resolve()
        # Beside the file, so that it can take its place in one step.
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as part:
            try:
                given = write(cast(BinaryIO, part))
                part.flush()
                # As any file that is newly made; a temporary one is its owner's alone.
                mask = os.umask(0)
                os.umask(mask)
                os.chmod(part.name, 0o666 & ~mask)
                os.replace(part.name, file)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}). Name another file.") from error
    return given
