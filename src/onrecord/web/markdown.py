"""Our documentation, CommonMark with tables -> HTML that leads to the pages of the reading room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup


def as_html(page: str, source: str) -> tuple[str, Markup]:
    """A page's title and the rest of it.

    Args:
        page: its path below docs/, without `.md`; links are from there.
        source: Markdown. HTML in it is shown as it is written.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(source)
    _name_headings(tokens)
    for token in tokens:
        # Columns are told by their place alone: a style attribute would be refused by the browser.
        token.attrs.pop("style", None)
    for token in tokens:
        _lead_inside(page, token.children or [])
    title, rest = _title_of(tokens)
    return title or page, Markup(parser.renderer.render(rest, parser.options, {}))  # nosec B704: written by the parser, which escapes


def slug(heading: str) -> str:
    """The name of a heading in an address, as code hosts make it.

    >>> slug("Reading twice, and versions")
    'reading-twice-and-versions'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _name_headings(tokens: Sequence[Token]) -> None:
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug(_plain(words)))


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def _title_of(tokens: list[Token]) -> tuple[str, list[Token]]:
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _plain(tokens[1]), tokens[3:]
    return "", tokens


def _lead_inside(page: str, tokens: list[Token]) -> None:
    """Let links to other pages of the documentation lead to them here; what lies outside of it is named, not linked."""
    gone: list[bool] = []
    for token in tokens:
        if token.type == "link_close" and gone and gone.pop():
            token.type, token.tag, token.nesting, token.content = "text", "", 0, ""
        if token.type != "link_open":
            continue
        target = _inside(page, str(token.attrGet("href")))
        gone.append(target is None)
        if target is None:
            token.type, token.tag, token.nesting, token.content = "text", "", 0, ""
        else:
            token.attrSet("href", target)


def _inside(page: str, href: str) -> str | None:
    parts = urlsplit(href)
    if parts.scheme or not parts.path:
        return href
    path = PurePosixPath("/docs") / PurePosixPath(page).parent / parts.path
    steps: list[str] = []
    for step in path.parts[1:]:
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    if steps[:1] != ["docs"] or not steps[-1].endswith(".md"):
        return None
    return "/" + "/".join(steps).removesuffix(".md") + (f"#{parts.fragment}" if parts.fragment else "")
