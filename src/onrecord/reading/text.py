"""Plain text as scraped -> `Article`: headline, bullets, paragraphs, with furniture in between."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from onrecord.article import Article, Dateline, Frame, Furniture, content_id
from onrecord.errors import UnreadableReportError
from onrecord.reading.frame import find_byline, find_caption, find_credits, find_dateline
from onrecord.reading.furniture import cut_tail, why_furniture
from onrecord.reading.language import tell_language

# More characters than any single report has: PolNeAR's longest has 40,000, a live blog of a day
# some 300,000. What is longer is an archive in one file.
MAX_ARTICLE_CHARS = 600_000
MAX_HEADLINE_WORDS = 30
# Datelines and bylines stand among the first paragraphs, behind headline, deck and bullets.
_TOP_PARAGRAPHS = 8
# Widths at which programs break lines. What is shorter is a list, what is longer a paragraph.
_MIN_WIDTH, _MAX_WIDTH = 40, 100
_BULLET = re.compile(r"[•·▪◦‣*–-]\s{1,20}(?=\S)")
_HEADING = re.compile(r"#{1,6}\s{1,20}(?=\S)")
_FULL_STOP = re.compile(r"(?<![A-Z])\.\Z")
_ENDS = (".", "!", "?", "”", '"', ":")
# Every way to end a line, and characters without width that scraping leaves behind.
_LINE_ENDS = {ord(c): "\n" for c in "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"} | dict.fromkeys(
    map(ord, "\x00\u00ad\u200b\u2060\ufeff")
)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class _Lines:
    """What has been gathered while the lines go by."""

    kept: list[str] = field(default_factory=list)
    length: int = 0
    headline: str | None = None
    bullets: list[str] = field(default_factory=list)
    dateline: Dateline = field(default_factory=Dateline)
    byline: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    in_body: bool = False

    def keep(self, paragraph: str) -> None:
        self.length += len(paragraph) + (2 if self.kept else 0)
        self.kept.append(paragraph)

    def is_near_top(self) -> bool:
        return len(self.kept) < _TOP_PARAGRAPHS

    def cut(self, line: str, why: str) -> None:
        self.furniture.append(Furniture(line, why, self.length))


def check_length(text: str, origin: str) -> None:
    """Raise `UnreadableReportError` for text that is no report: without words, or far too long."""
    if not _LETTER.search(text):
        raise UnreadableReportError(
            f"{origin}: there are no words in it. Give a file with the text of a report."
        )
    if len(text) > MAX_ARTICLE_CHARS:
        raise UnreadableReportError(
            f"{origin}: {len(text):,} characters are more than one report has (limit {MAX_ARTICLE_CHARS:,}). Split the file into single reports."
        )


def read_text(text: str, origin: str) -> Article:
    """Read a report that is plain text or Markdown.

    The clean text keeps headline and bullets, since they say things too, each as a paragraph of
    its own; datelines stay where they stand. Bylines, sign-offs, captions and furniture are cut
    out and kept in the frame.

    Raises:
        UnreadableReportError: if there are no words, or more text than one report has.
    """
    check_length(text, origin)
    lines = _Lines()
    paragraphs = _paragraphs(text)
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
        _take(paragraph, following, lines)
    clean = "\n\n".join(lines.kept)
    check_length(clean, origin)
    return _article(clean, lines, origin)


def _article(clean: str, lines: _Lines, origin: str) -> Article:
    frame = Frame(
        headline=lines.headline,
        bullets=tuple(lines.bullets),
        dateline=lines.dateline,
        byline=tuple(dict.fromkeys(lines.byline)),
        editors=tuple(dict.fromkeys(lines.editors)),
        captions=tuple(lines.captions),
        credits=tuple(lines.credits),
    )
    return Article(
        id=content_id(clean),
        text=clean,
        frame=frame,
        furniture=tuple(lines.furniture),
        title=lines.headline,
        language=tell_language(clean),
        origin=origin,
    )


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


def _paragraphs(text: str) -> list[str]:
    """Lines, or hard-wrapped blocks joined to lines: each is a paragraph, headline or bullet."""
    rows = [row.strip() for row in text.replace("\r\n", "\n").translate(_LINE_ENDS).split("\n")]
    blocks = [list(block) for filled, block in groupby(rows, key=bool) if filled]
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
        _BULLET.match(row)
        or _HEADING.match(row)
        or why_furniture(row)
        or find_byline(row)
        or find_credits(row)
    )


def _take(paragraph: str, following: str, lines: _Lines) -> None:
    marker = _BULLET.match(paragraph)
    unmarked = paragraph[marker.end() :] if marker else paragraph
    if why := why_furniture(unmarked):
        lines.cut(paragraph, why)
        return
    if credit := find_credits(paragraph):
        lines.byline.extend(credit[0])
        lines.editors.extend(credit[1])
        return
    if lines.is_near_top() and (names := find_byline(paragraph)):
        lines.byline.extend(names)
        return
    if caption := find_caption(paragraph):
        if caption.text:
            lines.captions.append(caption.text)
        lines.credits.append(caption.credit)
        return
    paragraph = _HEADING.sub("", paragraph)
    if not lines.kept and not marker and _is_headline(paragraph, following):
        lines.headline = paragraph
        lines.keep(paragraph)
        return
    if not lines.in_body and marker:
        lines.bullets.append(unmarked)
        lines.keep(unmarked)
        return
    if lines.dateline == Dateline() and lines.is_near_top() and (found := find_dateline(paragraph)):
        lines.dateline = found[0]
        lines.in_body = True
    paragraph, label = cut_tail(paragraph)
    ends = bool(lines.kept) and paragraph.endswith((".", ".”", '."'))
    lines.in_body = lines.in_body or ends or len(paragraph.split()) > MAX_HEADLINE_WORDS
    lines.keep(paragraph)
    if label:
        lines.cut(label, "read-more link")


def _is_headline(line: str, following: str) -> bool:
    words = line.split()
    if len(words) > MAX_HEADLINE_WORDS or find_dateline(line) or not _LETTER.search(line):
        return False
    if not _FULL_STOP.search(line):
        return True
    # Some archives print a full stop behind the headline. A first sentence is taken for one only if
    # its words are capitalised or the report begins behind it.
    if re.search(r"[a-z]{3}[.!?] ", line):
        return False
    long_words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    capitalised = sum(word[0].isupper() for word in long_words)
    is_title_case = len(long_words) >= 3 and capitalised >= 0.7 * len(long_words)
    return is_title_case or find_dateline(following) is not None or find_byline(following) is not None
