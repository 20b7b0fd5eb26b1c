"""Any bytes as NewsML-G2: articles whose furniture lies within their text, or named errors, and nothing else."""

from __future__ import annotations

import io

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.newsml import read_newsml
from onrecord.reading.options import ReadOptions


def target(data: bytes) -> None:
    """Read the bytes as NewsML-G2, cleaned and as they are."""
    for as_is in (False, True):
        for read in read_newsml(io.BytesIO(data), "newsml", ReadOptions(as_is=as_is)):
            if isinstance(read, UnreadableReportError):
                assert len(str(read).splitlines()) == 1
                continue
            assert isinstance(read, Article)
            assert read.text.strip()
            read.text.encode("utf-8")
            assert all(0 <= f.before <= len(read.text) for f in read.furniture)
