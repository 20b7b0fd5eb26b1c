"""Any bytes as a table, CSV or Parquet: articles and named errors, each with its place."""

from __future__ import annotations

import io

from onrecord.errors import UnreadableReportError
from onrecord.reading.options import ReadOptions
from onrecord.reading.parquet import read_parquet
from onrecord.reading.table import looks_like_table, read_csv


def target(data: bytes) -> None:
    """Read the bytes as the table that they look like, texts untouched: how they are cleaned is fuzzed elsewhere."""
    looks_like_table(data.decode("latin-1"))
    read_table = read_parquet if data.startswith(b"PAR1") else read_csv
    for read in read_table(io.BytesIO(data), "rows", ReadOptions(as_is=True)):
        if isinstance(read, UnreadableReportError):
            assert str(read).startswith("rows")
            assert "\n" not in str(read)
        else:
            assert read.text
            assert read.origin is not None
            assert read.origin.startswith(("rows, line ", "rows, record "))
