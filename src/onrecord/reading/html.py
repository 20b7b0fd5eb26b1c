"""HTML pages -> `Article`: the body by trafilatura, the frame by its metadata and our own lines."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.text import read_text

# A page larger than this is a dump or an attack; no news page comes near it.
MAX_HTML_CHARS = 10_000_000
_LOOKS_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h[1-6]|meta|title)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip


def is_html(text: str) -> bool:
    """Does the text begin as an HTML page or fragment does?"""
    return _LOOKS_HTML.match(text[:20_000]) is not None


def read_html(text: str, origin: str) -> Article:
    """Read a report from its page.

    Raises:
        UnreadableReportError: if the page is too large or no article text is found in it.
    """
    if len(text) > MAX_HTML_CHARS:
        raise UnreadableReportError(
            f"{origin}: a page of {len(text):,} characters (limit {MAX_HTML_CHARS:,}). Save the article alone."
        )
    page = _extract(text)
    body = (page.get("text") or "").strip() if page else ""
    if not page or not body:
        raise UnreadableReportError(
            f"{origin}: no article text is found on the page. Save the article's text itself."
        )
    title = _clean(page.get("title"))
    paragraphs = [p for p in body.split("\n") if p.strip()]
    if title and paragraphs and not _same(title, paragraphs[0]):
        paragraphs.insert(0, title)
    article = read_text("\n\n".join(paragraphs), origin)
    frame = article.frame
    authors = tuple(a.strip() for a in re.split(r"[;,]", page.get("author") or "") if a.strip())
    return replace(
        article,
        title=title or article.title,
        published=page.get("date") or None,
        outlet=_clean(page.get("sitename")) or _clean(page.get("hostname")),
        url=page.get("url") or None,
        frame=replace(frame, headline=frame.headline or title, byline=frame.byline or authors),
    )


def _extract(text: str) -> dict[str, Any] | None:
    import trafilatura

    # It reports broken markup in its log; what is unusable shows in an empty result.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=False, with_metadata=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError, LookupError, AssertionError):
        return None  # hostile markup; the caller says that nothing was found
    if found is None:
        return None
    fields: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    return fields


def _clean(value: str | None) -> str | None:
    return re.sub(r"\s+", " ", value).strip() or None if value else None


def _same(a: str, b: str) -> bool:
    def words(s: str) -> str:
        return " ".join(re.findall(r"\w+", s.lower()))

    return words(a) == words(b)
