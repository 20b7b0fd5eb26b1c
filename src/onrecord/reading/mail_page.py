"""The page of a mail -> its lines, as a reader sees them, with what the sponsors paid for marked.

An extractor made for the web takes newsletters for menus, since they are tables of short reports with links:
of four reports it finds none. A mail has no menus, so that all of its lines are taken, and furniture is told
by what it says (`mail_lines.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from onrecord.reading.blocks import Block, blocks_of, parse_page
from onrecord.reading.html import MAX_MARKUP_CHARS

# The word by which lines of a sponsor are known among a block's hints.
SPONSORED = "paidforbyasponsor"
# What stands above a section that somebody has paid for. Headlines begin so as well (*Supported by allies,
# mayor resigns*), which is why a line has to be short and no heading.
_LABEL = re.compile(
    r"(?:an? )?(?:(?:(?:sponsored|presented|supported|brought to you) by|together with|in partnership with)"
    r"|(?:message|word|note) from(?! (?:the |our |your )?(?:editors?|publishers?|newsroom|team|staff|president|mayor|minister|director|ceo|authors?|reporters?|desk|us|you)\b))"
    r"(?: [\w&.'’-]{1,30}){1,5}|(?:an? )?(?:advertisement|advertorial|sponsored(?: (?:content|message|post))?|paid (?:post|content|partnership)"
    r"|partner content|(?:from )?our (?:sponsor|partner)s?)",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|mso-hide\s{0,5}:\s{0,5}all|(?:max-height|font-size|opacity)\s{0,5}:\s{0,5}0(?![.\d]))",
    re.IGNORECASE,
)
# The longest of a sponsor's sections; what has more is a section of the report with a label in it.
_MAX_SPONSOR_CHARS = 1_500
# Elements between a label and the section that it stands above.
_MAX_CLIMB = 10
_MAX_PIECES = 300
# What is looked at for sponsors, since each label costs a look at what is around it. Newsletters have a few
# thousand elements and a dozen sponsors.
_MAX_ELEMENTS = 20_000
_MAX_SPONSORS = 50
_MAX_TABLE_ELEMENTS = 2_000
_ENDS_SENTENCE = (".", "!", "?", ":", "”", '"')


def is_sponsor_label(line: str) -> bool:
    """Does a line say that somebody has paid for what follows?

    >>> is_sponsor_label("A MESSAGE FROM ORRIN BANK"), is_sponsor_label("Supported by allies, mayor resigns")
    (True, False)
    """
    return len(line) <= 80 and _LABEL.fullmatch(line.strip(" :*–—-")) is not None


def read_page_blocks(markup: str) -> list[Block]:
    """All lines of a page but those that are hidden; empty if there are none, or more markup than a mail has."""
    root = parse_page(markup) if len(markup) <= MAX_MARKUP_CHARS else None
    if root is None:
        return []
    for element in [e for e in root.iter(etree.Element) if _HIDDEN.search(e.get("style") or "")]:
        if element is not root and element.tag != "body" and element.getparent() is not None:
            element.clear(keep_tail=True)
    for table in root.iter("table"):
        if _holds_figures(table):
            _join_cells(table)
    for line_break in [*root.iter("br")]:
        _join_broken_line(line_break)
    if sum(1 for _ in islice(root.iter(), _MAX_ELEMENTS + 1)) <= _MAX_ELEMENTS:
        for section in [*islice(_sponsors(root), _MAX_SPONSORS)]:
            for element in section.iter(etree.Element):
                element.set("class", SPONSORED)
    return blocks_of(root)


def _holds_figures(table: html.HtmlElement) -> bool:
    """Is it a table with headings and without another one inside, rather than one that lays out a page?"""
    walk = islice(table.iterdescendants(), _MAX_TABLE_ELEMENTS + 1)
    tags = [element.tag for element in walk]
    return "th" in tags and "table" not in tags and len(tags) <= _MAX_TABLE_ELEMENTS


def _join_cells(table: html.HtmlElement) -> None:
    """Make a line of each row, its cells divided by a bar."""
    for row in table.iter("tr"):
        for cell in [*row.iterchildren("td", "th")][:-1]:
            cell.tail = " | "
        for part in row.iterdescendants(etree.Element):
            part.tag = "span"


def _join_broken_line(line_break: html.HtmlElement) -> None:
    """Make a blank of a line break within a sentence: mail programs put one at the end of each line."""
    parent, before = line_break.getparent(), line_break.getprevious()
    text = (before.tail if before is not None else parent.text) or ""
    after = (line_break.tail or "").lstrip()
    if after[:1].islower() and text.strip() and not text.rstrip().endswith(_ENDS_SENTENCE):
        line_break.tag = "span"
        line_break.text = " "  # its tail may hold what XML must not, and lxml does not take it back


def _sponsors(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The sections that stand below a sponsor's label."""
    for label in root.iter(etree.Element):
        if label.text and is_sponsor_label(label.text.strip()):
            section = _section_of(label)
            # A heading of these words is a sponsor's only above a section of its own.
            if section is not label or label.tag not in _HEADINGS:
                yield section


def _section_of(label: html.HtmlElement) -> html.HtmlElement:
    """The smallest element around a label that says more; the label, if that says too much."""
    section = label
    for _ in range(_MAX_CLIMB):
        section = section.getparent()
        if section is None or section.tag in ("body", "html"):
            break
        words = sum(len(t.strip()) for t in islice(section.itertext(), _MAX_PIECES))
        if words > len(label.text or "") + 20:
            others = (heading for heading in section.iter("h1", "h2") if heading is not label)
            return section if words <= _MAX_SPONSOR_CHARS and next(others, None) is None else label
    return label
