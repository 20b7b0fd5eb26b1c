"""The frame of a page: which headline, day and byline to believe where its markup, its metadata and
what a reader sees say different things.

What a reader sees comes first for the headline (its `h1`), since metadata holds what was written for
search engines; metadata comes first for times and authors, since it is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import html

from onrecord.reading.blocks import Block
from onrecord.reading.moments import MONTH_NAME, Moment, find_printed_day, read_moment
from onrecord.reading.page_headline import find_headline, host_of, letters_of, share_words
from onrecord.reading.page_metadata import PageMetadata

# A line that shares so much with the headline is the headline.
_MIN_SHARED_WORDS = 0.7
_PUBLISHED_META = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dc.date",
    "pubdate", "publishdate", "publish-date", "date", "sailthru.date", "article.published",
)  # fmt: skip
_UPDATED_META = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified")
_OUTLET_META = ("og:site_name", "application-name", "publisher", "dc.publisher")
_SECTION_META = ("article:section", "parsely-section", "section")
# Lines below the headline among which a byline and a printed day are looked for.
_BELOW_HEADLINE = 12
_MAX_BYLINE_CHARS = 140
_MAX_NAME_CHARS = 60
_SAYS_BY = re.compile(
    r"^(?:(?i:written|posted|story|words|reported)\b.{0,40}?\b)?(?:[Bb]y|BY)[: ]*(?=[A-ZÀ-Þ])"
)
# A sentence that begins with *By* ends as one, and not all its words are names.
_SENTENCE = re.compile(r"(?:\s[a-zß-ÿ].*){2}[^\W\d_]{2}[.!?][”\"]?\Z")
_NAME_AND_DAY = re.compile(rf"((?:[A-ZÀ-Þ][\w.'’-]+ ){{2,4}})[-–|•,] {MONTH_NAME} \d\d?,? \d{{4}}")
_DAY_WORD = re.compile(r"\d|\b(?:ago|yesterday|updated|published)\b", re.IGNORECASE)
_NAME_JOINTS = re.compile(r"\s*(?:,\s*and\s|,|;|\band\b|&|\|| / )\s*")
# What scrapers of names drag along.
_NAME_LEFTOVER = re.compile(
    r"^(?:by|from|written by|posted by|story by|words by|reviewed by|text by)(?:[: ]\s*|$)"
    r"|\s+(?:published|updated|link copied|posted|for|on|is an?|is the|@"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d).*$"
    r"|\s*\([^()]*\)|\s+[-–].*$|\s*[|•·].*$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"@|https?:|www\.|\d|\b(?:staff|editors?|team|newsroom|reporters?|correspondents?|redac\w+|admin|desk|officer|chief|head|president"
    r"|director|professor|producer|columnist|writer|contributor|published|updated)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What a page's markup says of its report; None or empty where it says nothing."""

    headline: str | None
    published: Moment | None
    updated: Moment | None
    byline: tuple[str, ...]
    outlet: str | None
    section: str | None
    url: str | None


def find_page_frame(root: html.HtmlElement, metadata: PageMetadata, blocks: Sequence[Block]) -> PageFrame:
    """Decide what a page says about its report.

    Args:
        root: the parsed page.
        metadata: `read_metadata(root)`.
        blocks: `read_blocks` of the same page.
    """
    outlet = metadata.linked_publisher() or _first(metadata.meta, _OUTLET_META)
    url = _address(root, metadata)
    headline = find_headline(root, metadata, outlet=outlet, url=url)
    below = _below(headline, blocks)
    published = _published(metadata, root)
    printed = find_printed_day(b.text for b in below)
    if printed and (published is None or published.is_day_beside(printed)):
        published = printed
    return PageFrame(
        headline=headline,
        published=published,
        updated=_updated(metadata),
        byline=_byline(metadata, below, outlet),
        outlet=outlet,
        section=metadata.linked_text("articleSection") or _first(metadata.meta, _SECTION_META),
        url=url,
    )


def _below(headline: str | None, blocks: Sequence[Block]) -> Sequence[Block]:
    """The lines around the last place where the headline stands as a heading: two above, some below."""
    if headline is None:
        return blocks[:_BELOW_HEADLINE]
    places = [i for i, b in enumerate(blocks) if share_words(b.text, headline) > _MIN_SHARED_WORDS]
    headings = [i for i in places if blocks[i].tag in ("h1", "h2", "header")]
    if not places:
        return blocks[:_BELOW_HEADLINE]
    at = (headings or places)[-1 if headings else 0]
    return blocks[max(0, at - 2) : at + _BELOW_HEADLINE]


def _published(metadata: PageMetadata, root: html.HtmlElement) -> Moment | None:
    candidates = [metadata.linked_text("datePublished"), *(metadata.meta.get(f) for f in _PUBLISHED_META)]
    for value in candidates:
        if value and (moment := read_moment(value, how="page metadata")):
            return moment
    for element in root.iter("time"):
        value = element.get("datetime")
        if value and (moment := read_moment(value, how="time on the page")):
            return moment
    return None


def _updated(metadata: PageMetadata) -> Moment | None:
    for value in (metadata.linked_text("dateModified"), *(metadata.meta.get(f) for f in _UPDATED_META)):
        if value and (moment := read_moment(value, how="page metadata")):
            return moment
    return None


def _byline(metadata: PageMetadata, below: Sequence[Block], outlet: str | None) -> tuple[str, ...]:
    """Authors by metadata; a printed byline that names all of them and more is the fuller one."""
    listed = clean_authors(metadata.linked_authors(), outlet) or clean_authors(metadata.authors_meta, outlet)
    printed = clean_authors(_printed_authors(below), outlet)
    if set(map(letters_of, listed)) < set(map(letters_of, printed)):
        return printed
    return listed or printed


def _printed_authors(below: Sequence[Block]) -> tuple[str, ...]:
    """Names of the first line that says *by*, or whose markup calls it a byline."""
    for block in below:
        text = block.text
        if len(text) > _MAX_BYLINE_CHARS or not any(c.isalpha() for c in text):
            continue
        if (said := _SAYS_BY.search(text)) and not _SENTENCE.search(text):
            return (text[said.end() :],)
        if dated := _NAME_AND_DAY.match(text):
            return (dated[1],)
        is_marked = any("byline" in hint or "author" in hint for hint in block.hints[:6])
        if is_marked and 2 <= len(text.split()) <= 6 and not _DAY_WORD.search(text):
            return (text,)
    return ()


def clean_authors(names: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    """Names of people out of what author fields hold: addresses, offices and the outlet's own name go.

    >>> clean_authors(["By Ann Lee and Bo Li", "annlee@echo.example", "The Echo"], "The Echo")
    ('Ann Lee', 'Bo Li')
    """
    found: dict[str, str] = {}
    others: list[str] = []
    for name in names:
        for part in _NAME_JOINTS.split(name):
            one = _without_outlet(_NAME_LEFTOVER.sub("", part.strip()).strip(" ,:"), outlet)
            if not any(c.isalpha() for c in one) or len(one) > _MAX_NAME_CHARS:
                continue
            if " " in one and not _NO_NAME.search(one):
                found.setdefault(letters_of(one), one)
            elif not re.search(rf"@|https?:|\d|^{MONTH_NAME}$", one):
                others.append(one)
    return tuple(found.values() or dict.fromkeys(others))


def _without_outlet(name: str, outlet: str | None) -> str:
    """A name without the outlet behind it (*Ann Lee THE ECHO*); empty if it is the outlet's own."""
    if outlet and letters_of(name) == letters_of(outlet):
        return ""
    if outlet and name.lower().endswith(" " + outlet.lower()) and " " in name[: -len(outlet) - 1]:
        return name[: -len(outlet) - 1]
    words = name.split()
    while len(words) > 2 and words[-1].isupper() and len(words[-1]) > 2:
        words.pop()
    return " ".join(words)


def _address(root: html.HtmlElement, metadata: PageMetadata) -> str | None:
    for link in root.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and _is_address(address):
            return address
    told = metadata.meta.get("og:url")
    return told if told and _is_address(told) else None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and bool(host_of(text))


def _first(values: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((v for n in names if (v := values.get(n))), None)
