"""Any bytes as JSON: articles and named errors, each with its place, the same twice."""

from __future__ import annotations

import io

from onrecord.errors import UnreadableReportError
from onrecord.reading.jsonl import read_jsonl
from onrecord.reading.options import ReadOptions


def target(data: bytes) -> None:
    """Read the bytes as JSON, texts untouched: how they are cleaned is fuzzed elsewhere."""
    for read in read_jsonl(io.BytesIO(data), "rows", ReadOptions(as_is=True)):
        if isinstance(read, UnreadableReportError):
            assert str(read).startswith("rows")
            assert "\n" not in str(read)
        else:
            assert read.origin is not None
            assert read.origin.startswith(("rows, line ", "rows, record "))
            assert read.frame.published_how == ("given" if read.published else None)
