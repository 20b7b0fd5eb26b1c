"""HTML pages -> `Article`: the body by trafilatura, the frame by its metadata and our own lines."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from lxml import etree, html

from onrecord.article import Article, Entry, Span
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import Line, assemble
from onrecord.reading.blocks import Block, blocks_of, parse_page
from onrecord.reading.letters import (
    calls_itself_letters,
    divide_letters,
    is_address_of_letters,
    without_section,
)
from onrecord.reading.live_entries import divide_entries
from onrecord.reading.moments import read_moment
from onrecord.reading.page_frame import PageFrame, find_page_frame
from onrecord.reading.page_lines import judge_lines
from onrecord.reading.page_metadata import LiveEntry, PageMetadata, plain, read_metadata
from onrecord.reading.page_pictures import find_pictures
from onrecord.reading.wires import find_agency

# A page larger than this is a dump or an attack; no news page comes near it.
MAX_HTML_CHARS = 10_000_000
# The same without scripts and styles. The largest of 206 news pages has 2.9 million; the extractor's time
# grows faster than the page.
MAX_MARKUP_CHARS = 4_000_000
# Lines of a page and their characters. The extractor and the classifier take a thousandth of a second for a
# line; the largest of 206 news pages has some 600 lines, and a live blog of a day some 300,000 characters.
MAX_BLOCKS = 10_000
MAX_WORDS_CHARS = 1_500_000
_FIRST_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|meta|title)\b", re.IGNORECASE
)
# Sections of a page whose content is code. Parsers see text in them where markup is broken, for example a
# page saved with a second page inside its <noscript>.
_CODE_SECTIONS = ("script", "style", "iframe", "template", "svg")
_CODE_BEGIN = re.compile(rf"<({'|'.join(_CODE_SECTIONS)})\b[^>]{{0,2000}}>", re.IGNORECASE | re.ASCII)
_CODE_END = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in _CODE_SECTIONS}

EXTRACTOR_OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "favor_precision": True,
    "with_metadata": False,
}
# The extractor's second opinions (readability, justext) take 4 tenths of its time and change 5 of 206 pages.
# They are asked where they could: readability's is taken if it is twice as long as the extractor's own,
# and cannot be longer than all sentences of the page together; justext's, if its own is short.
_SECOND_OPINION_RATIO = 2
_SHORT_CHARS = 250
_SENTENCE_WORDS = 9
# Elements without sentences. The extractor passes over them too, but goes through the page some dozens of
# times until it does: without them it takes a ninth less time, and gives the same on all 206 pages.
_WITHOUT_SENTENCES = (
    "head", "script", "style", "iframe", "svg", "math", "canvas", "map", "video", "audio", "object", "embed", "nav",
    "menu", "select", "option", "optgroup", "datalist", "input", "button", "textarea", "link",
)  # fmt: skip
# Elements that the extractor's own rules take away, and those of which they keep the words alone (trafilatura's
# `MANUALLY_CLEANED` and `MANUALLY_STRIPPED`). Without them it takes a fifth less time again, and gives the same
# on all 206 pages; its second opinions see them.
_PASSED_OVER = (
    "aside", "footer", "fencedframe", "applet", "picture", "area", "blink", "dialog", "frame", "frameset", "fieldset", "label",
    "legend", "marquee", "menuitem", "noindex", "noscript", "output", "param", "progress", "rp", "rt", "rtc", "source", "track",
    "time", "use",
)  # fmt: skip
_WORDS_ALONE = (
    "abbr", "acronym", "address", "bdi", "bdo", "big", "cite", "data", "dfn", "font", "hgroup", "img", "ins", "mark", "meta", "nobr",
    "ruby", "small", "tbody", "tfoot", "thead", "wbr",
)  # fmt: skip
# Attributes that the extractor asks of no element that is left, when it gives text alone. It copies the page four
# times, which takes a twentieth of its time less without them.
_UNASKED_ATTRIBUTES = (
    "href", "src", "srcset", "target", "rel", "title", "alt", "name", "value", "type", "content", "datetime", "action", "width", "height",
    "align", "tabindex", "aria-label", "onclick", "itemscope", "itemtype", "data-id", "data-type", "data-uri",
)  # fmt: skip

# Lines among which the extractor may give the headline once more.
_HEADING_LINES = 5
# A page that shows less than this share of the text in its metadata shows a teaser of it.
_MUCH_LONGER = 3


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


def read_html(
    text: str, origin: str, *, address: str | None = None, called: Sequence[str | None] = ()
) -> Article:
    """Read a report from its page.

    Args:
        text: of the page.
        origin: names it in errors and in the article.
        address: at which it was found; its day is asked where the page names no address of its own.
        called: what stands beside the page: its headline, its section.

    Raises:
        UnreadableReportError: if the page is too large or no article text is found in it.
    """
    if len(text) > MAX_HTML_CHARS:
        raise UnreadableReportError(
            f"{origin}: a page of {len(text):,} characters (limit {MAX_HTML_CHARS:,}). Save the article alone."
        )
    markup = cut_code(text)
    if len(markup) > MAX_MARKUP_CHARS:
        raise UnreadableReportError(
            f"{origin}: {len(markup):,} characters of markup (limit {MAX_MARKUP_CHARS:,}). Save the article alone."
        )
    root = parse_page(markup)
    if root is None:
        raise _nothing_found(origin)
    metadata = read_metadata(root)
    blocks = blocks_of(root)
    _check_size(blocks, origin)
    page = find_page_frame(root, metadata, blocks, found_at=address)
    if sum(bool(e.body) for e in metadata.entries) > 1:
        return _with_page_frame(_live_blog(metadata.entries, page, origin), page)
    pictures = find_pictures(root, page.heading, blocks)
    body = _body(root, blocks, metadata, markup)
    if not body:
        raise _nothing_found(origin)
    lines = judge_lines([p for p in body.split("\n") if p.strip()], blocks, pictures=pictures)
    are_letters = _are_letters(page, lines[:_HEADING_LINES], address, called)
    if page.headline:
        # The page's own heading comes first, or behind a section's name.
        lines = [Line(page.headline), *_without_heading(lines, page.headline)]
    entries: Sequence[Entry]
    divided, entries = divide_entries(lines)
    if not entries:
        divided, entries = divide_letters(lines, are_letters=are_letters, has_headline=bool(page.headline))
    return _with_page_frame(assemble(divided, origin, entries), page)


def _are_letters(
    page: PageFrame, top: Sequence[Line], address: str | None, called: Sequence[str | None]
) -> bool:
    """Does a page call itself letters, by its section, its address or a line at its top, or is it called so?"""
    called = (*called, page.section, page.headline, *(line.text for line in top))
    return any(map(calls_itself_letters, called)) or any(map(is_address_of_letters, (page.url, address)))


def _without_heading(lines: Sequence[Line], headline: str) -> list[Line]:
    """The lines, but for those at the top that are the headline once more."""
    rest: list[Line] = []
    read = 0
    for line in lines:
        if read > _HEADING_LINES or not (
            _same(headline, line.text) or _same(headline, without_section(line.text))
        ):
            rest.append(line)
        read += line.cut is None
    return rest


def _check_size(blocks: Sequence[Block], origin: str) -> None:
    """Raise for a page with more lines, or more words in them, than are read in good time."""
    if len(blocks) > MAX_BLOCKS:
        raise UnreadableReportError(
            f"{origin}: a page of {len(blocks):,} lines (limit {MAX_BLOCKS:,}). Save the article alone."
        )
    if (length := sum(len(block.text) for block in blocks)) > MAX_WORDS_CHARS:
        raise UnreadableReportError(
            f"{origin}: a page with {length:,} characters of text (limit {MAX_WORDS_CHARS:,}). Save the article alone."
        )


def _live_blog(updates: Sequence[LiveEntry], page: PageFrame, origin: str) -> Article:
    """A live blog from its metadata, where each entry is whole and apart, with its time."""
    lines = [Line(page.headline)] if page.headline else []
    entries = []
    for number, update in enumerate(updates):
        published = read_moment(update.published, how="page metadata") if update.published else None
        entries.append(Entry(Span(0, 0), update.headline, published.iso if published else None))
        for text in (update.headline, *(update.body or "").split("\n")):
            if text and text.strip():
                lines.append(Line(text.strip(), entry=number))
    return assemble(lines, origin, entries)


def _with_page_frame(article: Article, page: PageFrame) -> Article:
    """An article read from a page's text, with what the markup knows better."""
    frame = replace(
        article.frame,
        headline=page.headline or article.frame.headline,
        byline=page.byline or article.frame.byline,
        agency=article.frame.agency or find_agency(page.byline),
        section=page.section,
        updated=page.updated.iso if page.updated else None,
        published_how=page.published.how if page.published else article.frame.published_how,
    )
    return replace(
        article,
        title=page.headline or article.title,
        published=page.published.iso if page.published else article.published,
        outlet=page.outlet,
        url=page.url,
        frame=frame,
    )


def _nothing_found(origin: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{origin}: no article text is found on the page. Save the article's text itself."
    )


def _body(root: html.HtmlElement, blocks: Sequence[Block], metadata: PageMetadata, markup: str) -> str:
    """The article's paragraphs, a line each; what search engines are told, where the page shows little of it."""
    seen = extract_paragraphs(root, blocks, markup)
    told = metadata.linked.get("articleBody")
    if isinstance(told, str) and len(told) > _MUCH_LONGER * len(seen):
        return "\n".join(line for part in told.splitlines() if (line := plain(part)))
    return seen


def cut_code(text: str) -> str:
    """The page without its code; metadata for search engines (JSON-LD) stays."""
    kept: list[str] = []
    at = 0
    while found := _CODE_BEGIN.search(text, at):
        if "ld+json" in found[0].lower():
            kept.append(text[at : found.end()])
            at = found.end()
            continue
        end = _CODE_END[found[1].lower()].search(text, found.end())
        if not end:
            # Left open: nothing can be told from it, and looking on for each would take long.
            break
        kept.append(text[at : found.start()])
        close = text.find(">", end.end())
        at = close + 1 if close >= 0 else len(text)
    return "".join(kept) + text[at:]


def extract_paragraphs(root: html.HtmlElement, blocks: Sequence[Block], markup: str) -> str:
    """The extractor's paragraphs, a line each; takes the page apart.

    Args:
        root: the parsed page.
        blocks: `blocks_of(root)`.
        markup: what was parsed.
    """
    etree.strip_elements(root, *_WITHOUT_SENTENCES, *_PASSED_OVER, with_tail=False)
    if root.find(".//figure//table") is None:
        etree.strip_elements(root, "figure", with_tail=False)
    etree.strip_tags(root, *_WORDS_ALONE)
    etree.strip_attributes(root, *_UNASKED_ATTRIBUTES)
    found = _extract(root, fast=True)
    sentences = sum(
        len(b.text) for b in blocks if b.link_share < 0.5 and b.text.count(" ") + 1 >= _SENTENCE_WORDS
    )
    if len(found) < _SHORT_CHARS or _SECOND_OPINION_RATIO * len(found) < sentences:
        whole = parse_page(markup)
        if whole is not None:
            etree.strip_elements(whole, *_WITHOUT_SENTENCES, with_tail=False)
            return _extract(whole, fast=False)
    return found


# Making them anew takes as long as a short page.
@cache
def _extractor(fast: bool) -> Any:
    """The extractor's settings, as it makes them itself of its options."""
    from trafilatura.settings import Extractor

    return Extractor(
        output_format="python",
        fast=fast,
        comments=EXTRACTOR_OPTIONS["include_comments"],
        precision=EXTRACTOR_OPTIONS["favor_precision"],
        with_metadata=EXTRACTOR_OPTIONS["with_metadata"],
    )


def _extract(root: html.HtmlElement, *, fast: bool) -> str:
    import trafilatura

    # It reports broken markup in its log; what is unusable shows in an empty result.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(root, options=_extractor(fast))
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
        LookupError,
        AssertionError,
        etree.LxmlError,
    ):
        return ""  # hostile markup; the caller says that nothing was found
    if found is None:
        return ""
    fields = found if isinstance(found, dict) else found.as_dict()
    return str(fields.get("text") or "").strip()


def _same(a: str, b: str) -> bool:
    def words(s: str) -> str:
        return " ".join(re.findall(r"\w+", s.lower()))

    return words(a) == words(b)
