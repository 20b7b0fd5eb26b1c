"""Any bytes as a web archive: articles and named errors, at least one of them, each with its place."""

from __future__ import annotations

import io

from onrecord.errors import UnreadableReportError
from onrecord.reading.options import ReadOptions
from onrecord.reading.warc import read_warc


def target(data: bytes) -> None:
    """Read the bytes as WARC or WARC.gz, pages untouched: how they are cleaned is fuzzed elsewhere."""
    found = list(read_warc(io.BytesIO(data), "archive", ReadOptions(as_is=True)))
    assert found or not data
    for read in found:
        if isinstance(read, UnreadableReportError):
            assert str(read).startswith("archive")
            assert "\n" not in str(read)
        else:
            assert read.text
            assert read.origin is not None
            assert read.origin.startswith("archive, record ")
