"""What a page says about itself in its markup: schema.org JSON-LD, OpenGraph and `<meta>` elements.

Fields are taken as the page has them, blanks collapsed; which of several sources is believed is
decided in `page_frame.py`.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
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
# Fields whose objects may be the page's report, or be named by it.
_HOLDING = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "creator", "publisher")
_REFERRING = ("author", "creator", "publisher")
_BROKEN_TYPE = re.compile(r'"@type"\s*:\s*"([A-Za-z]{0,40}(?:Article|BlogPosting|LiveBlogPosting|Report))"')
_BROKEN_FIELD = re.compile(
    r'"(?P<date>datePublished|dateModified)"\s*:\s*"(?P<day>[^"\\]{8,40})"'
    r'|"author"\s*:\s*\[?\s*(?:\{[^{}]{0,200}?"name"\s*:\s*)?"(?P<name>[^"\\{}]{2,80})"'
)
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
        page: fields of the page's WebPage in JSON-LD, where content systems describe it besides the report.
    """

    linked: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    authors_meta: tuple[str, ...] = ()
    entries: tuple[LiveEntry, ...] = ()
    page: Mapping[str, Any] = field(default_factory=dict)

    def linked_text(self, name: str) -> str | None:
        """A field of the JSON-LD as plain text; the first one of a list."""
        return next((text for v in _as_list(self.linked.get(name)) if (text := plain(v))), None)

    def page_text(self, name: str) -> str | None:
        """A field of the WebPage as plain text; the first one of a list."""
        return next((text for v in _as_list(self.page.get(name)) if (text := plain(v))), None)

    def linked_authors(self) -> tuple[str, ...]:
        """Names of persons (and of organisations, if no person is named) in `author`."""
        persons: list[str] = []
        others: list[str] = []
        found = self.linked.get("author") or self.linked.get("creator") or self.page.get("author")
        for author in _as_list(found):
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
    items = list(_objects(root))
    by_id = {i["@id"]: i for i in items if isinstance(i.get("@id"), str) and i.get("name")}
    title = root.find(".//title")
    whole = meta.get("og:title") or (plain(title.text_content()) if title is not None else None)
    linked = _with_references(_report_of(items, whole or ""), by_id)
    page = next((i for i in items if "datePublished" in i and any(k.endswith("Page") for k in _kinds(i))), {})
    return PageMetadata(
        linked, meta, tuple(dict.fromkeys(authors)), tuple(_entries(linked)), _with_references(page, by_id)
    )


def plain(value: Any) -> str | None:
    """A string without markup, entities and extra blanks; None for anything else.

    >>> plain("<p>The <i>Mary</i>&#8217;s crew</p>")
    'The Mary’s crew'
    """
    if not isinstance(value, str):
        return None
    text = unescape(_TAGS.sub("", _BREAKS.sub(" ", value)))
    return _BLANKS.sub(" ", _UNFIT.sub("", text)).strip() or None


def _report_of(items: Sequence[Mapping[str, Any]], title: str) -> Mapping[str, Any]:
    """The report that the page is of: the one whose headline its title begins with, else the first with one.

    Pages list other reports too, and some go on with the next one.
    """
    reports = [i for i in items if any(_REPORT.search(k) for k in _kinds(i))]
    told = [i for i in reports if i.get("headline") or i.get("datePublished")]
    own = [i for i in told if (name := _key(plain(i.get("headline")) or "")) and _key(title).startswith(name)]
    return next(iter([*own, *told, *reports]), {})


def _with_references(item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """An object whose authors and publisher, told by `@id` alone, are those objects."""
    found = dict(item)
    for name in _REFERRING:
        if name in item:
            found[name] = [_referred(value, by_id) for value in _as_list(item[name])]
    return found


def _referred(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    known = by_id.get(value["@id"]) if isinstance(value, dict) and isinstance(value.get("@id"), str) else None
    return value if known is None or value.get("name") else known


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
            yield from _salvaged(text)
            continue
        seen = 0
        while waiting and seen < _MAX_OBJECTS:
            value = waiting.popleft()
            seen += 1
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                yield value
                waiting.extend(v for k, v in value.items() if k in _HOLDING)


def _salvaged(text: str) -> Iterator[Mapping[str, Any]]:
    """What can be read from broken JSON (a headline with quotation marks of its own, most often)."""
    kind = _BROKEN_TYPE.search(text)
    if kind is None:
        return
    fields: dict[str, Any] = {"@type": kind[1]}
    for found in _BROKEN_FIELD.finditer(text, kind.end()):
        fields.setdefault(found["date"] or "author", found["day"] or found["name"])
    yield fields


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


def _kinds(item: Mapping[str, Any]) -> list[str]:
    return [k for k in _as_list(item.get("@type")) if isinstance(k, str)]


def _key(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


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
