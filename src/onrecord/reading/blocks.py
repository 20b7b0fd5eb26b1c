"""HTML -> blocks: the lines that a reader sees on a page, in its order, with what the markup says of each.

A block is what stands between two line breaks of the rendered page: a paragraph, heading, list item,
table cell, caption or loose line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from lxml import etree, html

# Elements that run within a line; all others break it.
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr""".split()
)
_BOLD = ("b", "strong")
_UNSEEN = frozenset("head iframe noscript object script style svg template textarea select option".split())
# What an element does to the line: nothing, or one of these; all that are not inline break it.
_PASSED_BY, _BREAKS, _LINKS, _EMBOLDENS, _RUNS_ON = range(5)
_KINDS = (
    dict.fromkeys(_INLINE, _RUNS_ON)
    | {"a": _LINKS}
    | dict.fromkeys(_BOLD, _EMBOLDENS)
    | dict.fromkeys(_UNSEEN, _PASSED_BY)
)
# Sections that say what stands in them (HTML Living Standard, 4.3 and 4.4).
_SECTIONS = frozenset("article aside figure figcaption footer form header main nav".split())
# Attributes whose words tell what an element is for.
_TELLING = ("class", "id", "itemprop", "rel", "data-testid")
_HINT_WORD = re.compile(r"[a-z]{3,20}")
_MAX_HINT_CHARS = 200
# How far up an element's surroundings are asked what they are for.
_HINT_DEPTH = 4
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)
# Tags of one element that are looked at for its words; a heading that is left open holds the page.
_MAX_TAGS_WITHIN = 1_000


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page, or of a text, of which the markup is not known.

    Attributes:
        text: its words, blanks collapsed.
        tag: the innermost block element that it stands in; empty without markup.
        link_share: how much of its characters is links, 0 to 1.
        sections: the sections that it stands in (*article*, *aside*, *nav* ...).
        hints: words of the classes and ids around it, nearest first.
        bold_share: how much of its characters is marked as bold or strong, 0 to 1.
        links: the addresses that it leads to, as they are written, in order.
    """

    text: str
    tag: str = ""
    link_share: float = 0.0
    sections: frozenset[str] = frozenset()
    hints: tuple[str, ...] = ()
    bold_share: float = 0.0
    links: tuple[str, ...] = ()


def read_blocks(markup: str) -> list[Block]:
    """All blocks of a page, in document order; an empty list for markup that no parser takes."""
    root = parse_page(markup)
    return [] if root is None else blocks_of(root)


def blocks_of(root: html.HtmlElement) -> list[Block]:
    """All blocks of a parsed page."""
    return _walk(root)


def text_of(element: html.HtmlElement) -> str:
    """The words of one element (a heading, for example) as a reader sees them, line breaks as blanks."""
    return " ".join(b.text for b in _walk(element, most_tags=_MAX_TAGS_WITHIN))


def parse_page(markup: str) -> html.HtmlElement | None:
    """The tree of a page without its zero bytes; None for markup that no parser takes. Nothing is fetched."""
    data = markup.encode("utf-8", "replace")
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
    try:
        root = html.document_fromstring(data, parser=_parser())
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return root


def _parser() -> html.HTMLParser:
    # Without `huge_tree` all that stands deeper than 256 elements, and all behind it, is lost without a
    # word: a page that leaves its <font> open in each paragraph is as deep. With it they are 2,048.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    # lxml.html asks a function in Python for the class of each element that is looked at, so that forms
    # get more methods; nobody needs those.
    parser.set_element_class_lookup(_ELEMENTS)
    return parser


class _Open:
    """A block element that is not closed yet, with all sections that it stands in."""

    __slots__ = ("element", "hints", "hints_around", "sections", "tag")

    def __init__(self, element: etree._Element, tag: str, sections: frozenset[str]) -> None:
        self.tag = tag
        self.sections = sections
        self.element = element
        # Words of its class and the like, and those of all elements near: read when a line asks, since most
        # elements have none.
        self.hints: tuple[str, ...] | None = None
        self.hints_around: tuple[str, ...] | None = None


def _walk(root: html.HtmlElement, most_tags: int | None = None) -> list[Block]:
    """One pass over a tree; deep trees are no danger, since nothing calls itself.

    It goes over each element of each page, so that all that it needs is at hand in this one function.
    """
    done: list[Block] = []
    parts: list[str] = []
    link_chars = bold_chars = bold_depth = 0
    open_links: list[str] = []
    links: dict[str, None] = {}
    body = _Open(root, "body", frozenset())
    opened = [body]

    def flush() -> None:
        nonlocal link_chars, bold_chars
        if text := " ".join("".join(parts).split()):
            innermost = opened[-1]
            length = len(text)
            done.append(
                Block(
                    text,
                    innermost.tag,
                    min(1.0, link_chars / length) if link_chars else 0.0,
                    innermost.sections,
                    innermost.hints_around if innermost.hints_around is not None else _read_hints(opened),
                    min(1.0, bold_chars / length) if bold_chars else 0.0,
                    tuple(links) if links else (),
                )
            )
        parts.clear()
        links.clear()
        link_chars = bold_chars = 0

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk if most_tags is None else islice(walk, most_tags):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        kind = _KINDS.get(tag, _BREAKS)
        if event == "start":
            if kind is _PASSED_BY:
                walk.skip_subtree()
                continue
            if kind is _BREAKS:
                if parts:
                    flush()
                if tag != "br":
                    sections = opened[-1].sections
                    opened.append(_Open(element, tag, sections | {tag} if tag in _SECTIONS else sections))
            elif kind is _LINKS:
                open_links.append(element.get("href") or "")
            elif kind is _EMBOLDENS:
                bold_depth += 1
            text = element.text
        else:
            if kind is _BREAKS:
                if parts:
                    flush()
                if tag != "br" and len(opened) > 1:
                    opened.pop()
            elif kind is _LINKS:
                open_links.pop()
            elif kind is _EMBOLDENS:
                bold_depth -= 1
            text = element.tail if element is not root else None
        # Blanks with which a line would begin are most of what stands between elements.
        if text and (parts or not text.isspace()):
            parts.append(text)
            if open_links or bold_depth:
                length = len(text.strip())
                if bold_depth:
                    bold_chars += length
                if open_links:
                    link_chars += length
                    if length and open_links[-1]:
                        links[open_links[-1]] = None
    if parts:
        flush()
    return done


def _read_hints(opened: list[_Open]) -> tuple[str, ...]:
    """The words of the innermost elements, but for the page itself; they are kept with the innermost one."""
    near = []
    for one in opened[: max(0, len(opened) - 1 - _HINT_DEPTH) : -1]:
        if one.hints is None:
            one.hints = _hints_of(one.element)
        near.append(one.hints)
    found = opened[-1].hints_around = _joined(tuple(near))
    return found


# Items of a list stand in the same elements, and are all called the same.
@lru_cache(maxsize=1 << 12)
def _joined(hints: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The words of several elements, once each."""
    return tuple(dict.fromkeys(chain.from_iterable(hints)))


def _hints_of(element: etree._Element) -> tuple[str, ...]:
    # All attributes at once come sooner than each by its name.
    items = element.items()
    if not items:
        return ()
    if len(items) == 1:
        name, value = items[0]
        return _hint_words(value[:_MAX_HINT_CHARS]) if name in _TELLING else ()
    words: tuple[str, ...] = ()
    values = dict(items)
    for name in _TELLING:
        if name in values:
            words += _hint_words(values[name][:_MAX_HINT_CHARS])
    return words


@lru_cache(maxsize=1 << 12)
def _hint_words(value: str) -> tuple[str, ...]:
    return tuple(_HINT_WORD.findall(value.lower().replace("_", "-")))
