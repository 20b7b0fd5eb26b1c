"""Printed lines of a PDF, with their places on the page -> paragraphs, without running heads.

Lines come in the order in which the file draws them. Word processors, browsers and newspapers' layout
programs draw a column to its end before the next, so that this is the order of reading; where a file
draws otherwise, nothing in it says what the order is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

# Share of a page's height, at its top and its bottom, in which running heads and page numbers stand.
_MARGIN = 0.1
# Browsers print their own lines at the very edge.
_EDGE = 0.05
# How far the same line may stand from page to page, in points.
_SAME_PLACE = 3.0
# Leading against type size where the text has too few lines to tell: 1.2 to 1.5 are usual.
_USUAL_LEADING = 1.45
_MIN_WRAPPED_LINES = 3
# A line break that is this much wider than the leading begins a paragraph.
_WIDER = 1.2
# An indent begins a paragraph, in widths of the type; what is moved farther is another column.
_MIN_INDENT, _MAX_INDENT = 0.7, 5.0
# A line that ends a sentence and has less than this share of the longest line's characters ends a paragraph.
_SHORT = 0.8
_SAME_SIZE = 0.08

_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’)\]]*\Z")
_BULLET = re.compile(r"[•·▪◦‣*–]\s")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page |seite |p\. ?|[-–— ]+)?\d{1,4}(?: ?(?:/|of|von) ?\d{1,4})?[-–— ]*", re.IGNORECASE
)
_PRINTED_AT = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?\b.*"
)
# With the page's number behind it.
ADDRESS = re.compile(r"(?P<address>(?:https?|file|about):\S{1,2000})(?: \d{1,4}(?: ?/ ?\d{1,4})?)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SOFT_HYPHENS = "\u00ad"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it stands on a page.

    Attributes:
        text: its characters, blanks collapsed.
        page: from 0.
        x, y: where it begins, in points from the page's lower left corner.
        size: of its type, in points.
        height: where it stands in the page's height, 0 at the bottom to 1 at the top.
    """

    text: str
    page: int
    x: float
    y: float
    size: float
    height: float


@dataclass(slots=True)
class Paragraph:
    """Lines that were joined, and the type they are set in."""

    text: str
    page: int
    size: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of a PDF.

    Attributes:
        paragraphs: in order.
        heads: running heads, page numbers and the browser's own lines, with their pages.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    heads: list[PrintedLine] = field(default_factory=list)


def lay_out(lines: Sequence[PrintedLine]) -> Laid:
    """Cut what repeats from page to page, and join the rest to paragraphs."""
    is_head = _find_heads(lines)
    body = [line for line, head in zip(lines, is_head, strict=True) if not head]
    heads = [line for line, head in zip(lines, is_head, strict=True) if head]
    words = Counter(word.lower() for line in body for word in _WORD.findall(line.text))
    leading = _Leading(body)
    longest = _longest(body)
    paragraphs: list[Paragraph] = []
    before: PrintedLine | None = None
    left = 0.0
    parts: list[str] = []
    for line in body:
        if before is not None and _goes_on(before, line, left, leading, longest[_bucket(line.size)]):
            parts.append(line.text)
            left = min(left, line.x) if line.page == before.page and line.y < before.y else line.x
        else:
            _close(paragraphs, parts, words)
            parts = [line.text]
            left = line.x
            paragraphs.append(Paragraph("", line.page, line.size))
        before = line
    _close(paragraphs, parts, words)
    return Laid([p for p in paragraphs if p.text], heads)


def join_lines(parts: Iterable[str], words: Counter[str]) -> str:
    """Join the lines of a paragraph; a word that is broken at a line's end is made whole where the
    whole word stands elsewhere in the text, or the break is marked as one.

    Args:
        parts: the lines.
        words: how often each word stands in the text, in small letters.

    >>> join_lines(["The govern-", "ment met Ana Lee-", "Reyes."], Counter(["government"]))
    'The government met Ana Lee-Reyes.'
    """
    joined = ""
    for part in parts:
        broken = _BROKEN_WORD.search(joined[-80:])
        following = _FIRST_WORD.match(part)
        if not joined:
            joined = part
        elif not (broken and following):
            joined += (
                part if joined.endswith(("-", "–", "—", "/")) and joined[-2:-1].isalnum() else f" {part}"
            )
        elif broken[2] == "\u00ad" or _is_one_word(broken[1], following[0], words):
            joined = joined[:-1] + part
        else:
            joined += part
    return joined.replace(_SOFT_HYPHENS, "")


def _is_one_word(first: str, second: str, words: Counter[str]) -> bool:
    whole = (first + second).lower()
    return words[whole] > 0 and words[whole] >= words[f"{first}-{second}".lower()]


def _close(paragraphs: list[Paragraph], parts: list[str], words: Counter[str]) -> None:
    if parts:
        paragraphs[-1].text = join_lines(parts, words)


def _bucket(size: float) -> int:
    return round(size * 2)


def _longest(lines: Iterable[PrintedLine]) -> dict[int, int]:
    longest: dict[int, int] = defaultdict(int)
    for line in lines:
        longest[_bucket(line.size)] = max(longest[_bucket(line.size)], len(line.text))
    return longest


class _Leading:
    """The distance of lines within a paragraph, for each size of type: as it is between lines of which
    the first ends no sentence and the second begins with a small letter."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        steps: dict[int, list[float]] = defaultdict(list)
        ratios: list[float] = []
        for first, second in pairwise(lines):
            step = first.y - second.y
            if (
                first.page == second.page
                and _is_same_size(first, second)
                and 0.8 * first.size < step < 3 * first.size
                and second.text[:1].islower()
                and not _ENDS_SENTENCE.search(first.text)
            ):
                steps[_bucket(first.size)].append(step)
                ratios.append(step / first.size)
        self.known = {
            size: median(found) for size, found in steps.items() if len(found) >= _MIN_WRAPPED_LINES
        }
        self.ratio = median(ratios) if len(ratios) >= _MIN_WRAPPED_LINES else _USUAL_LEADING

    def of(self, size: float) -> float:
        return self.known.get(_bucket(size), self.ratio * size)


def _is_same_size(a: PrintedLine, b: PrintedLine) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)


def _goes_on(before: PrintedLine, line: PrintedLine, left: float, leading: _Leading, longest: int) -> bool:
    """Does the line go on with the paragraph of the line before?"""
    if not _is_same_size(before, line) or _BULLET.match(line.text):
        return False
    ended = _ENDS_SENTENCE.search(before.text) is not None
    step = before.y - line.y
    if before.page != line.page or step <= 0:
        # The next page or column: only a sentence that is not over goes on there.
        return not ended and (line.text[:1].islower() or len(before.text) >= _SHORT * longest)
    if step > _WIDER * leading.of(line.size):
        return False
    moved = line.x - left
    if _MIN_INDENT * line.size < moved < _MAX_INDENT * line.size and not line.text[:1].islower():
        return False
    return not (ended and len(before.text) < _SHORT * longest and not line.text[:1].islower())


def _find_heads(lines: Sequence[PrintedLine]) -> list[bool]:
    """Which lines stand at the same place of several pages, or are what printing adds at the edge."""
    # Heads of left and right pages differ, so that a third of the pages is enough; two at least.
    enough = max(2.0, len({line.page for line in lines}) / 3)
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        if _in_margin(line, _MARGIN):
            for key in _places(line):
                places[key].add(line.page)
    return [
        _in_margin(line, _MARGIN)
        and (max(len(places[key]) for key in _places(line)) >= enough or _is_printers(line))
        for line in lines
    ]


def _places(line: PrintedLine) -> list[tuple[str, int]]:
    """The line without its numbers, where it stands and a little higher, so that none falls between two steps."""
    pattern = _DIGITS.sub("#", line.text)
    step = int(line.y // _SAME_PLACE)
    return [(pattern, step), (pattern, step + 1)]


def _in_margin(line: PrintedLine, share: float) -> bool:
    return not share < line.height < 1 - share


def _is_printers(line: PrintedLine) -> bool:
    """Is it a page number, or the address or time that a browser prints at the edge?"""
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return _in_margin(line, _EDGE) and bool(_PRINTED_AT.fullmatch(line.text) or ADDRESS.fullmatch(line.text))
