"""Any bytes as a feed: articles whose furniture lies within their text, or named errors, and nothing else."""

from __future__ import annotations

import io

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.feed import read_feed
from onrecord.reading.options import ReadOptions


def target(data: bytes) -> None:
    """Read the bytes as a feed, cleaned and as it is."""
    for as_is in (False, True):
        for read in read_feed(io.BytesIO(data), "feed", ReadOptions(as_is=as_is)):
            if isinstance(read, UnreadableReportError):
                assert len(str(read).splitlines()) == 1
                continue
            assert isinstance(read, Article)
            assert read.text.strip()
            assert all(0 <= f.before <= len(read.text) for f in read.furniture)
