"""The text of a mail: lines that mail programs have broken, replies and signatures, pages laid out in tables."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html

from onrecord.reading.blocks import blocks_of, parse_page
from onrecord.reading.html import MAX_MARKUP_CHARS

# A signature has four lines (RFC 3676 netiquette); of newsletters and lists, some more.
_MAX_SIGNATURE_LINES = 15
_WROTE = re.compile(
    r"(?:On|Am|Le|El|Op|Il)\b.{4,300}\b(?:wrote|schrieb[^:]{0,80}|a écrit|escribió|schreef|ha scritto)\s?:",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|mso-hide\s{0,5}:\s{0,5}all", re.IGNORECASE)
_LAYOUT_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th", "center")
# What makes a cell a section, where it is a paragraph otherwise.
_BLOCKS = (
    "table",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "center",
    "section",
    "hr",
)
# Elements of a page up to which the extractor is asked; its time grows with their square. Newsletters have
# some hundred, long ones three thousand.
_MAX_ELEMENTS = 10_000


def unwrap_flowed(text: str, *, joins_words: bool) -> str:
    r"""Plain text sent as `format=flowed` with its lines made whole (RFC 3676).

    Args:
        joins_words: the space at a line's end is not the text's (`delsp=yes`).

    >>> unwrap_flowed("The mayor shut \nthe harbour.\n-- \nAna", joins_words=False)
    'The mayor shut the harbour.\n-- \nAna'
    """
    lines: list[list[str]] = []
    open_depth: int | None = None  # of the line that goes on
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        content = bare[:-1] if flows and joins_words else bare
        if open_depth == depth and bare != "-- ":
            lines[-1].append(content)
        else:
            lines.append([">" * depth + " " if depth else "", content])
        open_depth = depth if flows else None
    return "\n".join("".join(parts) for parts in lines)


def cut_mail_tail(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A message without the reply that it quotes at its end and without its signature.

    Only what mail programs mark is cut: lines with `>` below *... wrote:*, and what follows `-- `.

    Returns:
        The text, and each piece cut with the reason, in the order of the text.
    """
    rows = text.rstrip().split("\n")
    cut: list[tuple[str, str]] = []
    at = len(rows)
    while at and (rows[at - 1].startswith(">") or not rows[at - 1].strip()):
        at -= 1
    if at < len(rows) and any(row.startswith(">") for row in rows[at:]):
        # Programs break the line that says who wrote.
        for lines in (1, 2):
            begin = at - lines
            if begin > 0 and _WROTE.fullmatch(" ".join(rows[begin:at]).strip()):
                cut.append(("\n".join(rows[begin:]).strip(), "quoted reply"))
                rows = rows[:begin]
                break
    marks = [n for n, row in enumerate(rows) if row.rstrip("\r") == "-- "]
    if marks and any(row.strip() for row in rows[: marks[-1]]):
        tail = [row for row in rows[marks[-1] + 1 :] if row.strip()]
        if len(tail) <= _MAX_SIGNATURE_LINES:
            cut.insert(0, ("\n".join(rows[marks[-1] :]).strip(), "signature"))
            rows = rows[: marks[-1]]
    return "\n".join(rows), cut


def prepare_page(markup: str, subject: str | None) -> str | None:
    """The page of a mail as a page of the web: tables that only lay it out, and what is hidden, are gone.

    Newsletters are built of tables within tables, which an extractor takes for tables of figures. The
    subject becomes the page's title, so that its headline is looked for by it.

    Returns:
        The page; None if there are no elements in it, or more than any newsletter has.
    """
    root = parse_page(markup) if len(markup) <= MAX_MARKUP_CHARS else None
    if root is None or sum(1 for _ in islice(root.iter(), _MAX_ELEMENTS + 1)) > _MAX_ELEMENTS:
        return None
    for element in [
        e for e in root.iter() if isinstance(e.tag, str) and _HIDDEN.search(e.get("style") or "")
    ]:
        if element is not root and element.tag != "body" and element.getparent() is not None:
            element.clear(keep_tail=True)
    for table in [*root.iter("table")]:
        if not _holds_figures(table):
            _unfold(table)
    for part in [*root.iter("center")]:
        part.tag = "div"
    if subject:
        _set_title(root, subject)
    return str(html.tostring(root, encoding="unicode"))


def visible_lines(markup: str) -> str:
    """All lines that a reader sees of a page; empty if there are none."""
    root = parse_page(markup) if len(markup) <= MAX_MARKUP_CHARS else None
    return "" if root is None else "\n\n".join(block.text for block in blocks_of(root))


def _holds_figures(table: html.HtmlElement) -> bool:
    """Is it a table with headings and without another one inside?"""
    return (
        next(table.iterdescendants("th"), None) is not None
        and next(table.iterdescendants("table"), None) is None
    )


def _unfold(table: html.HtmlElement) -> None:
    """Make a table's own rows and cells plain sections; tables inside it are seen to on their own."""
    table.tag = "div"
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element is table:
            continue
        if element.tag == "table":
            walk.skip_subtree()
        elif element.tag in _LAYOUT_PARTS:
            holds_blocks = next(element.iterdescendants(*_BLOCKS), None) is not None
            element.tag = "div" if holds_blocks or element.tag not in ("td", "th") else "p"


def _set_title(root: html.HtmlElement, subject: str) -> None:
    head = root.find("head")
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    for title in [*root.iter("title")]:
        title.clear(keep_tail=True)
    title = etree.Element("title")
    title.text = "".join(c for c in subject if c.isprintable())
    head.insert(0, title)
