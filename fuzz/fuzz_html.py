"""Any bytes as a page: an article whose furniture lies within its text, or a named error."""

from __future__ import annotations

from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_report
from onrecord.reading.html import read_html


def target(data: bytes) -> None:
    """Read the bytes as HTML."""
    try:
        article = read_html(decode_report(data, "page"), "page")
    except UnreadableReportError:
        return
    assert article.text.strip()
    assert all(0 <= f.before <= len(article.text) for f in article.furniture)
