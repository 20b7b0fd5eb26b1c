"""Plain text as scraped -> `Article`: headline, bullets, paragraphs, with furniture in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from onrecord.article import Article, Entry, Frame, content_id
from onrecord.reading.assembly import BULLET, HEADING, Line, assemble, check_length
from onrecord.reading.frame import find_byline, find_sign_off
from onrecord.reading.furniture import why_furniture
from onrecord.reading.language import tell_language
from onrecord.reading.letters import calls_itself_letters, divide_letters, set_signatures_apart
from onrecord.reading.live_entries import divide_entries
from onrecord.reading.markdown import is_markdown, to_plain
from onrecord.reading.menus import find_menus
from onrecord.reading.roles import Judged

# Widths at which programs break lines. What is shorter is a list, what is longer a paragraph.
_MIN_WIDTH, _MAX_WIDTH = 40, 100
_MENU = Judged("menu", 1.0, 1.0)
_ADDRESS = re.compile(r"<?https?://[^\s<>]{1,2000}>?")
_ENDS = (".", "!", "?", "”", '"', ":")
# Every way to end a line, and characters without width that scraping leaves behind.
_LINE_ENDS = {ord(c): "\n" for c in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"} | dict.fromkeys(
    map(ord, "\x00\u00ad\u200b\u2060\ufeff")
)
# Marks of direction and of joining. Scripts that are joined or run from right to left need them, and so do
# pictures made of several; elsewhere, and at a line's ends, scraping has left them.
_MARKS = "[\u200c-\u200f\u202a-\u202e\u2066-\u2069]"
_NEEDS_MARKS = "[\u0590-\u109f\u1780-\u18af\u2600-\u27bf\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U00010800-\U00011fff\U0001f000-\U0001faff]"
_STRAY_MARKS = re.compile(
    rf"^{_MARKS}+|{_MARKS}+$|(?<!{_MARKS})(?<!{_NEEDS_MARKS}){_MARKS}+(?!{_NEEDS_MARKS}|{_MARKS})",
    re.MULTILINE,
)


def read_text(text: str, origin: str, *, called: Sequence[str | None] = ()) -> Article:
    """Read a report that is plain text or Markdown.

    Args:
        called: what stands beside the text: its headline, its section.

    Raises:
        UnreadableReportError: if there are no words, or more text than one report has.
    """
    check_length(text, origin)
    text = text.replace("\r\n", "\n")
    if is_markdown(text):
        text = to_plain(text)
    are_letters = any(map(calls_itself_letters, called))
    paragraphs = paragraphs_in(set_signatures_apart(text, are_letters=are_letters))
    menus = find_menus(paragraphs)
    lines: Sequence[Line] = [Line(p, _MENU if n in menus else None) for n, p in enumerate(paragraphs)]
    entries: Sequence[Entry]
    lines, entries = divide_entries(lines)
    if not entries:
        has_headline = bool(paragraphs) and paragraphs[0] in called
        lines, entries = divide_letters(lines, are_letters=are_letters, has_headline=has_headline)
    return assemble(lines, origin, entries)


def read_as_is(
    text: str, *, id: str | None, title: str | None, published: str | None, origin: str
) -> Article:
    """An article whose text is the given string, untouched; its frame is empty."""
    article = Article(
        id=id if id is not None else content_id(text),
        text=text,
        title=title,
        published=published,
        language=tell_language(text),
        origin=origin,
    )
    return replace(article, frame=Frame(headline=title))


def paragraphs_in(text: str) -> list[str]:
    """Lines, or hard-wrapped blocks joined to lines: each is a paragraph, headline or bullet."""
    plain = _STRAY_MARKS.sub("", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    rows = [row.strip() for row in plain.split("\n")]
    blocks = [
        part for filled, block in groupby(rows, key=bool) if filled for part in _without_address(list(block))
    ]
    wrapped = _is_hard_wrapped(blocks)
    found: list[str] = []
    for block in blocks:
        if _is_wrapped(block):
            found.append(" ".join(block))
        elif wrapped:
            found.extend(_unwrap(block))
        else:
            found.extend(block)
    return found


def _without_address(block: list[str]) -> list[list[str]]:
    """A block and the address of its page below it, which is no row of its paragraph, apart."""
    if len(block) > 1 and _ADDRESS.fullmatch(block[-1]) and block[-2].endswith(_ENDS):
        return [block[:-1], block[-1:]]
    return [block]


def _is_hard_wrapped(blocks: list[list[str]]) -> bool:
    """Are all lines of a text broken at a fixed width?"""
    longest = max((len(row) for block in blocks for row in block), default=0)
    if not _MIN_WIDTH <= longest <= _MAX_WIDTH:
        return False
    later = [row for block in blocks for row in block[1:]]
    return len(later) >= 3 and sum(row[0].islower() for row in later) >= 0.4 * len(later)


def _is_wrapped(rows: list[str]) -> bool:
    """Were the rows of a block one paragraph, broken at a fixed width?"""
    if len(rows) < 2 or any(map(_stands_alone, rows)):
        return False
    longest = max(map(len, rows))
    if not _MIN_WIDTH <= longest <= _MAX_WIDTH:
        return False
    # Headlines and list items are as long as wrapped lines are, but begin with a capital letter each.
    return (
        all(len(row) >= 0.6 * longest for row in rows[:-1])
        and sum(row[0].islower() for row in rows[1:]) * 3 >= len(rows) - 1
        and sum(not row.endswith(_ENDS) for row in rows[:-1]) * 2 >= len(rows) - 1
    )


def _unwrap(rows: list[str]) -> list[str]:
    """Paragraphs of a block whose lines are broken at a fixed width: each ends with a short line."""
    longest = max(map(len, rows))
    found: list[str] = []
    goes_on = False
    for row in rows:
        alone = _stands_alone(row)
        if goes_on and not alone:
            found[-1] += " " + row
        else:
            found.append(row)
        goes_on = not alone and len(row) >= (0.8 if row.endswith(_ENDS) else 0.6) * longest
    return found


def _stands_alone(row: str) -> bool:
    return bool(
        BULLET.match(row)
        or HEADING.match(row)
        or why_furniture(row)
        or find_byline(row) is not None
        or find_sign_off(row)
    )
