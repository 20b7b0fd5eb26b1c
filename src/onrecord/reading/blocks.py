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
    return _Walk().blocks(root)


def text_of(element: html.HtmlElement) -> str:
    """The words of one element (a heading, for example) as a reader sees them, line breaks as blanks."""
    return " ".join(b.text for b in _Walk().blocks(element, most_tags=_MAX_TAGS_WITHIN))


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

    __slots__ = ("_element", "_hints", "sections", "tag")

    def __init__(self, element: etree._Element, tag: str, sections: frozenset[str]) -> None:
        self.tag = tag
        self.sections = sections
        self._element = element
        self._hints: tuple[str, ...] | None = None

    @property
    def hints(self) -> tuple[str, ...]:
        """Words of its class and the like; read when a line asks, since most elements have none near."""
        if self._hints is None:
            self._hints = _hints_of(self._element)
        return self._hints


class _Walk:
    """One pass over a tree; deep trees are no danger, since nothing calls itself."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.link_chars = 0
        self.bold_chars = 0
        self.bold_depth = 0
        self.open_links: list[str] = []
        self.links: dict[str, None] = {}
        self.open: list[_Open] = []
        self.done: list[Block] = []

    def blocks(self, root: html.HtmlElement, most_tags: int | None = None) -> list[Block]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk if most_tags is None else islice(walk, most_tags):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                if tag in _UNSEEN:
                    walk.skip_subtree()
                    continue
                if tag not in _INLINE:
                    if self.parts:
                        self._flush()
                    if tag != "br":
                        self._begin(tag, element)
                elif tag == "a":
                    self.open_links.append(element.get("href") or "")
                elif tag in _BOLD:
                    self.bold_depth += 1
                # Blanks with which a line would begin are most of what stands between elements.
                if (text := element.text) and (self.parts or not text.isspace()):
                    self._add(text)
            elif tag not in _UNSEEN:
                if tag not in _INLINE:
                    if self.parts:
                        self._flush()
                    if tag != "br" and self.open:
                        self.open.pop()
                elif tag == "a":
                    self.open_links.pop()
                elif tag in _BOLD:
                    self.bold_depth -= 1
                if element is not root and (text := element.tail) and (self.parts or not text.isspace()):
                    self._add(text)
            elif element is not root and (text := element.tail) and (self.parts or not text.isspace()):
                self._add(text)
        if self.parts:
            self._flush()
        return self.done

    def _begin(self, tag: str, element: etree._Element) -> None:
        sections = self.open[-1].sections if self.open else frozenset()
        self.open.append(_Open(element, tag, sections | {tag} if tag in _SECTIONS else sections))

    def _add(self, text: str) -> None:
        self.parts.append(text)
        if not self.open_links and not self.bold_depth:
            return
        length = len(text.strip())
        if self.bold_depth:
            self.bold_chars += length
        if self.open_links:
            self.link_chars += length
            if length and self.open_links[-1]:
                self.links[self.open_links[-1]] = None

    def _flush(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            innermost = self.open[-1] if self.open else None
            length = len(text)
            self.done.append(
                Block(
                    text,
                    innermost.tag if innermost else "body",
                    min(1.0, self.link_chars / length) if self.link_chars else 0.0,
                    innermost.sections if innermost else frozenset(),
                    _joined(tuple([o.hints for o in self.open[: -_HINT_DEPTH - 1 : -1]])),
                    min(1.0, self.bold_chars / length) if self.bold_chars else 0.0,
                    tuple(self.links),
                )
            )
        self.parts, self.link_chars, self.bold_chars, self.links = [], 0, 0, {}


# Items of a list stand in the same elements, and are all called the same.
@lru_cache(maxsize=1 << 12)
def _joined(hints: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The words of several elements, once each."""
    return tuple(dict.fromkeys(chain.from_iterable(hints)))


def _hints_of(element: etree._Element) -> tuple[str, ...]:
    words: tuple[str, ...] = ()
    get = element.get
    for name in _TELLING:
        if value := get(name):
            words += _hint_words(value[:_MAX_HINT_CHARS])
    return words


@lru_cache(maxsize=1 << 12)
def _hint_words(value: str) -> tuple[str, ...]:
    return tuple(_HINT_WORD.findall(value.lower().replace("_", "-")))
