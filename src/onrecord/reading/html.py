"""HTML pages -> `Article`: the body by trafilatura, the frame by its metadata and our own lines."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html import unescape
from typing import Any

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.text import read_text

# A page larger than this is a dump or an attack; no news page comes near it.
MAX_HTML_CHARS = 10_000_000
# The same without scripts and styles. The largest of 206 news pages has 2.9 million; the extractor's time
# grows faster than the page.
MAX_MARKUP_CHARS = 4_000_000
_FIRST_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|meta|title)\b", re.IGNORECASE
)
# Sections of a page whose content is code. Parsers see text in them where markup is broken, for example a
# page saved with a second page inside its <noscript>.
_CODE_SECTIONS = ("script", "style", "iframe", "template", "svg")

_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,500})</title>", re.IGNORECASE)
_MAX_HEAD_CHARS = 200_000


def is_html(text: str) -> bool:
    """Does the text begin as an HTML page or fragment does?"""
    head = text[:20_000].lstrip("\ufeff \t\r\n\f")
    # By hand, since a pattern for "any number of comments" backtracks without end.
    while True:
        for start, end in (("<!--", "-->"), ("<?xml", ">"), ("<![", ">")):
            if head.startswith(start):
                _, found, head = head.partition(end)
                head = head.lstrip()
                if not found:
                    return False
                break
        else:
            return _FIRST_TAG.match(head) is not None


def read_html(text: str, origin: str) -> Article:
    """Read a report from its page.

    Raises:
        UnreadableReportError: if the page is too large or no article text is found in it.
    """
    if len(text) > MAX_HTML_CHARS:
        raise UnreadableReportError(
            f"{origin}: a page of {len(text):,} characters (limit {MAX_HTML_CHARS:,}). Save the article alone."
        )
    markup = _cut_code(text.replace("\x00", ""))
    if len(markup) > MAX_MARKUP_CHARS:
        raise UnreadableReportError(
            f"{origin}: {len(markup):,} characters of markup (limit {MAX_MARKUP_CHARS:,}). Save the article alone."
        )
    page = _extract(markup)
    body = (page.get("text") or "").strip() if page else ""
    if not page or not body:
        raise UnreadableReportError(
            f"{origin}: no article text is found on the page. Save the article's text itself."
        )
    outlet = _clean(page.get("sitename")) or _clean(page.get("hostname"))
    title = _cut_outlet(_whole_title(_clean(page.get("title")), text), outlet, page.get("hostname"))
    paragraphs = [p for p in body.split("\n") if p.strip()]
    if title:
        # The page's own heading comes first, or behind a section's name.
        paragraphs = [title, *(p for n, p in enumerate(paragraphs) if n > 5 or not _same(title, p))]
    article = read_text("\n\n".join(paragraphs), origin)
    frame = article.frame
    authors = tuple(a.strip() for a in re.split(r"[;,]", page.get("author") or "") if a.strip())
    return replace(
        article,
        title=title or article.title,
        published=page.get("date") or None,
        outlet=outlet,
        url=page.get("url") or None,
        frame=replace(frame, headline=title or frame.headline, byline=frame.byline or authors),
    )


def _cut_code(text: str) -> str:
    """The page without its code; metadata for search engines (JSON-LD) stays."""
    # The one capital letter whose small form is longer, which would shift all offsets.
    lower = text.replace("İ", "i").lower()
    kept: list[str] = []
    at = 0
    for found in re.finditer(rf"<({'|'.join(_CODE_SECTIONS)})\b[^>]{{0,2000}}>", lower):
        if found.start() < at or "ld+json" in found[0]:
            continue
        end = lower.find(f"</{found[1]}", found.end())
        if end < 0:
            # Left open: nothing can be told from it, and looking on for each would take long.
            break
        kept.append(text[at : found.start()])
        close = lower.find(">", end)
        at = close + 1 if close >= 0 else len(text)
    return "".join(kept) + text[at:]


def _whole_title(title: str | None, page: str) -> str | None:
    """The title with what the extractor took for an outlet's name but goes on with the headline: an
    attribution behind a dash (*City will pay – says Reyes*)."""
    found = _TITLE.search(page[:_MAX_HEAD_CHARS])
    whole = _clean(unescape(found[1])) if found else None
    if title and whole and re.match(r" [–—-] [a-z]+(?: |\Z)", whole.removeprefix(title)):
        return whole
    return title


def _cut_outlet(title: str | None, outlet: str | None, host: str | None) -> str | None:
    """A page's title without the outlet behind its headline (*Bridge opens | News | The Echo*)."""
    names = {
        _letters(name) for name in (outlet, host, (host or "").removeprefix("www.").split(".")[0]) if name
    }
    while title:
        head, mark, tail = _last_part(title)
        is_outlet = _letters(tail) in names or (
            len(_letters(tail)) > 5 and any(_letters(tail) in n for n in names)
        )
        is_section = mark == "|" and len(tail.split()) <= 2
        if not head or len(head.split()) < 3 or not (is_outlet or is_section):
            break
        title = head
    return title


def _last_part(title: str) -> tuple[str, str, str]:
    at, mark = max((title.rfind(f" {mark} "), mark) for mark in "|–—-")
    return (title[:at].strip(), mark, title[at + 3 :].strip()) if at > 0 else ("", "", title)


def _letters(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum()).removeprefix("the").removesuffix("com")


def _extract(text: str) -> dict[str, Any] | None:
    import trafilatura
    from lxml.etree import LxmlError

    # It reports broken markup in its log; what is unusable shows in an empty result.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=False, with_metadata=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError, LookupError, AssertionError, LxmlError):
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
