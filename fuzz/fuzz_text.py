"""Any bytes as a file of unknown form, packed or not: articles or named errors, and nothing else."""

from __future__ import annotations

import io

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.files import read_stream
from onrecord.reading.options import ReadOptions


def target(data: bytes) -> None:
    """Read the bytes as whatever they are."""
    for read in read_stream(io.BytesIO(data), "file", ReadOptions()):
        assert isinstance(read, Article | UnreadableReportError)
        if isinstance(read, Article):
            assert read.text.strip()
