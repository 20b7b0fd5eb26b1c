"""Plain text as scraped -> `Article`: headline, bullets, paragraphs, with furniture in between."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from onrecord.article import Article, Dateline, Frame, Furniture, content_id
from onrecord.errors import UnreadableReportError
from onrecord.reading.frame import find_byline, find_caption, find_credits, find_dateline
from onrecord.reading.furniture import cut_tail, why_furniture
from onrecord.reading.language import tell_language

# More characters than any single report has: PolNeAR's longest has 40,000, a live blog of a day
# some 300,000. What is longer is an archive in one file.
MAX_ARTICLE_CHARS = 600_000
MAX_HEADLINE_WORDS = 30
_BULLET = re.compile(r"\s*[•·▪◦‣*–-]\s+(?=\S)")
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
    for paragraph in _paragraphs(text):
        _take(paragraph, lines)
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
    found: list[str] = []
    for block in re.split(r"\n[ \t\u00a0]*\n", text):
        rows = [r.strip() for r in block.split("\n") if r.strip()]
        if _is_wrapped(rows):
            found.append(" ".join(rows))
        else:
            found.extend(rows)
    return found


def _is_wrapped(rows: list[str]) -> bool:
    """Were the rows of a block one paragraph, broken at a fixed width?"""
    if len(rows) < 2 or any(_BULLET.match(r) for r in rows):
        return False
    longest = max(map(len, rows))
    if not 40 <= longest <= 100:
        return False
    full = all(len(r) >= 0.6 * longest for r in rows[:-1])
    return (
        full and sum(not r.endswith((".", "!", "?", "”", '"', ":")) for r in rows[:-1]) * 2 >= len(rows) - 1
    )


def _take(paragraph: str, lines: _Lines) -> None:
    if why := why_furniture(_BULLET.sub("", paragraph, count=1)):
        lines.cut(paragraph, why)
        return
    if credit := find_credits(paragraph):
        lines.byline.extend(credit[0])
        lines.editors.extend(credit[1])
        return
    if not lines.in_body and (names := find_byline(paragraph)):
        lines.byline.extend(names)
        return
    if caption := find_caption(paragraph):
        if caption.text:
            lines.captions.append(caption.text)
        lines.credits.append(caption.credit)
        return
    if lines.headline is None and not lines.kept and _is_headline(paragraph):
        lines.headline = paragraph.lstrip("# ").strip()
        lines.keep(lines.headline)
        return
    if not lines.in_body and _BULLET.match(paragraph):
        bullet = _BULLET.sub("", paragraph, count=1)
        lines.bullets.append(bullet)
        lines.keep(bullet)
        return
    if not lines.in_body and (found := find_dateline(paragraph)):
        lines.dateline = found[0]
        lines.in_body = True
    paragraph, label = cut_tail(paragraph)
    lines.in_body = lines.in_body or len(paragraph.split()) > MAX_HEADLINE_WORDS or paragraph.endswith(".")
    lines.keep(paragraph)
    if label:
        lines.cut(label, "read-more link")


def _is_headline(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= MAX_HEADLINE_WORDS
        and not re.search(r"(?<![A-Z])[.]$", line)
        and find_dateline(line) is None
    )
