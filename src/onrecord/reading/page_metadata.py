"""What a page says about itself in its markup: schema.org JSON-LD, OpenGraph and `<meta>` elements.

Fields are taken as the page has them, blanks collapsed; which of several sources is believed is
decided in `page_frame.py`.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import html

_BLANKS = re.compile(r"\s+")
_BREAKS = re.compile(r"</?(?:br|p|div|li|ul|ol|h[1-6]|tr|td)\b[^<>]{0,200}>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# What no text has: control characters, and halves of characters (of an emoji, where JSON was cut off).
_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
# Types of schema.org that are a report; the news types end in NewsArticle, other pages in Article, Posting.
_REPORT = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_MAX_SCRIPT_CHARS = 1_000_000
# Objects looked at in one page's JSON-LD; a comment section can list thousands.
_MAX_OBJECTS = 5_000
_JSON_BEGIN = re.compile(r"[{\[]")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """One entry of a live blog (schema.org `liveBlogUpdate`); `body` has a paragraph a line."""

    headline: str | None
    published: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the markup says; None or empty where it does not.

    Attributes:
        linked: fields of the page's NewsArticle (or other report) in JSON-LD.
        meta: `<meta>` name, property or itemprop, in small letters -> the first content.
        authors_meta: contents of all author elements, in order.
        entries: of a live blog, as the page lists them.
    """

    linked: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    authors_meta: tuple[str, ...] = ()
    entries: tuple[LiveEntry, ...] = ()

    def linked_text(self, name: str) -> str | None:
        """A field of the JSON-LD as plain text; the first one of a list."""
        return next((text for v in _as_list(self.linked.get(name)) if (text := plain(v))), None)

    def linked_authors(self) -> tuple[str, ...]:
        """Names of persons (and of organisations, if no person is named) in `author`."""
        persons: list[str] = []
        others: list[str] = []
        for author in _as_list(self.linked.get("author")):
            kind = author.get("@type") if isinstance(author, dict) else "Person"
            name = author.get("name") if isinstance(author, dict) else author
            for one in _as_list(name):
                if text := plain(one):
                    (
                        others
                        if "Organization" in _as_list(kind) or "NewsMediaOrganization" in _as_list(kind)
                        else persons
                    ).append(text)
        return tuple(dict.fromkeys(persons or others))

    def linked_publisher(self) -> str | None:
        """The outlet's name in JSON-LD."""
        publisher = next(iter(_as_list(self.linked.get("publisher"))), None)
        return plain(publisher.get("name") if isinstance(publisher, dict) else publisher)


def read_metadata(root: html.HtmlElement) -> PageMetadata:
    """Gather the metadata of a parsed page."""
    meta: dict[str, str] = {}
    authors: list[str] = []
    for element in root.iter("meta"):
        content = plain(element.get("content"))
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                meta.setdefault(name, content)
                if name in ("author", "article:author", "dc.creator", "parsely-author", "byl"):
                    authors.append(content)
    linked = _report_of(root)
    return PageMetadata(linked, meta, tuple(dict.fromkeys(authors)), tuple(_entries(linked)))


def plain(value: Any) -> str | None:
    """A string without markup, entities and extra blanks; None for anything else.

    >>> plain("<p>The <i>Mary</i>&#8217;s crew</p>")
    'The Mary’s crew'
    """
    if not isinstance(value, str):
        return None
    text = unescape(_TAGS.sub("", _BREAKS.sub(" ", value)))
    return _BLANKS.sub(" ", _UNFIT.sub("", text)).strip() or None


def _report_of(root: html.HtmlElement) -> Mapping[str, Any]:
    """The first object that is a report; one that names a headline is preferred."""
    best: Mapping[str, Any] = {}
    for item in _objects(root):
        kinds = [k for k in _as_list(item.get("@type")) if isinstance(k, str)]
        if any(_REPORT.search(k) for k in kinds):
            if item.get("headline") or item.get("datePublished"):
                return item
            best = best or item
    return best


def _objects(root: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        # Some wrap it into a comment or CDATA; what stands around the value is not read.
        text = (script.text or "").replace("<![CDATA[", "", 1)
        begin = _JSON_BEGIN.search(text)
        if not begin or len(text) > _MAX_SCRIPT_CHARS:
            continue
        try:
            waiting = deque([_DECODER.raw_decode(text, begin.start())[0]])
        except (ValueError, RecursionError):
            continue  # many pages carry broken JSON; the other sources speak then
        seen = 0
        while waiting and seen < _MAX_OBJECTS:
            value = waiting.popleft()
            seen += 1
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(
                    v
                    for k, v in value.items()
                    if k in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                )


def _entries(linked: Mapping[str, Any]) -> Iterator[LiveEntry]:
    for update in _as_list(linked.get("liveBlogUpdate")):
        if isinstance(update, dict):
            body = update.get("articleBody")
            lines = [plain(line) for line in body.splitlines()] if isinstance(body, str) else []
            yield LiveEntry(
                plain(update.get("headline")),
                plain(update.get("datePublished")),
                "\n".join(line for line in lines if line) or None,
            )


def _as_list(value: Any) -> list[Any]:
    """All values of a field, lists in lists too."""
    found: list[Any] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif one is not None:
            found.append(one)
    return found
