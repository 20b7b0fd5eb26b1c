"""A program of its own: the rows of the Parquet file on standard input -> frames on standard output.

`parquet.py` runs it. pyarrow's C++ ends the process on some damaged files, and unpacks whatever they
claim to hold; here that ends this process and nothing else, within the memory and the time that it is
given. It imports nothing of onrecord, and the frames (a length, then MessagePack) hold plain data only.

Arguments, as JSON: `names`, the columns that are wanted, in small letters; `days`, those of them with days,
whose strings are sent before the first row; `memory_bytes`; `cpu_s`; `max_chars`, at which strings are cut.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

import msgspec

# Rows that are unpacked at once: few, since each can hold a whole page many times over.
BATCH_ROWS = 16
# Of days, which are short, more.
DAYS_AT_ONCE = 1_000
MAX_DAY_CHARS = 80
# A row with a report in it takes more than a byte of its file.
MIN_ROW_LIMIT = 10_000
# Lists and objects (authors, an outlet) beyond this are sent empty.
MAX_NESTED_BYTES = 20_000


def main() -> None:
    """Send the names of all columns, then each row, then an error if one ended it."""
    told = json.loads(sys.argv[1])
    _limit(told["memory_bytes"], told["cpu_s"])
    out = os.fdopen(os.dup(1), "wb")
    try:
        for frame in _frames(told["names"], told["days"], told["max_chars"]):
            _send(out, frame)
    except Exception as error:  # whatever pyarrow raises for a damaged file is told, not shown as a traceback
        line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        _send(out, {"error": line[:200]})

    # Without pyarrow's way out, which can end in an abort as well.
    os._exit(0)


def _frames(names: list[str], days: list[str], max_chars: int) -> Iterator[dict[str, object]]:
    try:
        import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import pyarrow.parquet as pq  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        yield {"missing": True}
        return
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with open(0, "rb", closefd=False) as stream:
        stream.seek(0)
        file = pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
        columns = [str(name) for name in file.schema_arrow.names]
        yield {"columns": columns}
        rows, size = file.metadata.num_rows, os.fstat(0).st_size
        if rows > max(MIN_ROW_LIMIT, size):
            raise ValueError(f"{rows:,} rows in {size:,} bytes cannot all hold reports")
        wanted = sorted({name for name in columns if name.strip().lower() in names})
        yield from _days(pa, file, days)
        for group in range(file.metadata.num_row_groups):
            yield {"group_rows": file.metadata.row_group(group).num_rows}
            try:
                for row in _rows(pa, file, group, wanted):
                    yield {"row": {name: _plain(cell, max_chars) for name, cell in row.items()}}
            except Exception as error:  # the next row group may be whole
                yield {"damaged": (str(error).strip().splitlines() or [type(error).__name__])[0][:200]}


def _days(pa: Any, file: Any, days: list[str]) -> Iterator[dict[str, Any]]:
    """The strings in the columns of days: how they are written is told by all of them."""
    wanted = [
        field.name
        for field in file.schema_arrow
        if field.name.strip().lower() in days and _holds_strings(pa, field.type)
    ]
    for group in range(file.metadata.num_row_groups) if wanted else ():
        try:
            for batch in file.iter_batches(
                batch_size=DAYS_AT_ONCE, row_groups=[group], columns=wanted, use_threads=False
            ):
                cells = (cell for column in batch.columns for cell in column)
                yield {"days": [c.as_py()[:MAX_DAY_CHARS] for c in cells if c.is_valid]}
        except Exception:  # said of its rows, when they are read  # nosec B112  # said later
            continue


def _holds_strings(pa: Any, type_: Any) -> bool:
    kind = type_.value_type if pa.types.is_dictionary(type_) else type_
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _rows(pa: Any, file: Any, group: int, wanted: list[str]) -> Iterator[dict[str, Any]]:
    for batch in file.iter_batches(
        batch_size=BATCH_ROWS, row_groups=[group], columns=wanted, use_threads=False
    ):
        columns = [_without_nanoseconds(pa, batch.column(i)) for i in range(batch.num_columns)]
        for i in range(batch.num_rows):
            yield {name: column[i] for name, column in zip(batch.schema.names, columns, strict=True)}


def _without_nanoseconds(pa: Any, column: Any) -> Any:
    """Python's times have microseconds; finer ones are cut."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _plain(cell: Any, max_chars: int) -> object:
    """A cell as MessagePack has it: None for a time beyond Python's calendar, bytes for text that is not
    UTF-8, times in ISO 8601."""
    try:
        value: object = cell.as_py()
    except UnicodeDecodeError:
        value = bytes(cell.as_buffer())
    except (ValueError, OverflowError):
        return None
    if isinstance(value, str | bytes):
        return value[:max_chars]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if -(1 << 63) <= value < 1 << 64 else str(value)
    encoded = msgspec.msgpack.encode(value, enc_hook=str)
    if len(encoded) <= MAX_NESTED_BYTES:
        return msgspec.msgpack.decode(encoded)
    return {} if isinstance(value, dict) else []


def _send(out: IO[bytes], frame: dict[str, object]) -> None:
    data = msgspec.msgpack.encode(frame, enc_hook=str)
    out.write(struct.pack("<I", len(data)) + data)
    out.flush()  # a crash takes with it what is not sent yet


def _limit(memory_bytes: int, cpu_s: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    for what, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_s)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):  # a lower limit is in force already
            continue
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
