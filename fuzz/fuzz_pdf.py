"""Any bytes as a PDF: an article or a named error, and furniture that stands inside of the text."""

from __future__ import annotations

import io

from onrecord.errors import UnreadableReportError
from onrecord.reading.options import ReadOptions
from onrecord.reading.pdf import read_pdf


def target(data: bytes) -> None:
    """Read the bytes as PDF."""
    found = list(read_pdf(io.BytesIO(data), "page", ReadOptions()))
    assert found
    for read in found:
        if isinstance(read, UnreadableReportError):
            assert str(read).startswith("page")
            assert "\n" not in str(read)
        else:
            assert read.text
            assert read.published is None or read.frame.published_how
            assert all(0 <= piece.before <= len(read.text) for piece in read.furniture)
