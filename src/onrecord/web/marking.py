"""The text of a report as HTML: paragraphs in which marks lie within each other, and may lie across each other.

Nothing but the text is text: whoever copies it, or has it read out, has the words of the report and no others. What a mark is called
stands in attributes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from markupsafe import Markup

from onrecord.printing.site.pages import words

# A paragraph begins with its first word: white space before it stands between paragraphs.
_PARAGRAPH: Final = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


class Mark(NamedTuple):
    """Code points [start, end) of a text that are set apart.

    Attributes:
        opening: the tag that begins it, safe; it is a `span`.
        label: what stands once before it, safe and without text of its own.
    """

    start: int
    end: int
    opening: Markup
    label: Markup = Markup()


class Link(NamedTuple):
    """Code points [start, end) that name or mean somebody.

    Attributes:
        key: of the actor, within its report.
        address: of the actor's page; None where the words lead nowhere, as pronouns.
    """

    start: int
    end: int
    key: str
    address: str | None


_Placed = TypeVar("_Placed", Mark, Link)


def mark_text(text: str, marks: Iterable[Mark], links: Iterable[Link] = ()) -> Markup:
    """The text as HTML, a `p` with an id (*p1*) a paragraph; without tags it is the text, as long as it was.

    A longer mark holds a shorter one; of marks alike the earlier holds the later. Where marks lie across each other, the one that is cut
    goes on behind the cut. Links stand innermost; where they lie within each other, the shortest leads. Marks and links that are empty
    or not of the text are left out.
    """
    inside, led = _Passing(text, marks), _Passing(text, links)
    writing = _Writing(text)
    parts: list[str] = []
    done = 0
    for number, (start, end) in enumerate(_paragraphs(text), 1):
        parts += [words(text[done:start]), f'<p id="p{number}">']
        parts += writing.paragraph(start, end, inside.within(start, end), led.within(start, end))
        parts.append("</p>")
        done = end
    parts.append(words(text[done:]))
    return Markup("".join(parts))  # nosec B704  # `words` escapes


def paragraph_at(text: str, places: Sequence[int]) -> list[int | None]:
    r"""The number of the paragraph, from 1, that holds each place or begins behind it; None behind the last.

    >>> paragraph_at("One.\n\nTwo.", [0, 4, 6, 99])
    [1, 2, 2, None]
    """
    ends = [end for _, end in _paragraphs(text)]
    behind = (bisect_right(ends, place) for place in places)
    return [number + 1 if number < len(ends) else None for number in behind]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for found in _PARAGRAPH.finditer(text):
        yield found.span()


class _Passing(Generic[_Placed]):
    """Marks, or links, that are passed from paragraph to paragraph."""

    def __init__(self, text: str, placed: Iterable[_Placed]) -> None:
        there = sorted((p for p in placed if 0 <= p.start < p.end <= len(text)), key=lambda p: p.start)
        self._left: list[_Placed] = there[::-1]
        self._here: list[_Placed] = []

    def within(self, start: int, end: int) -> list[_Placed]:
        """Those of which some lies in [start, end), which is behind what was asked before; in the order of the text."""
        while self._left and self._left[-1].start < end:
            self._here.append(self._left.pop())
        self._here = [p for p in self._here if p.end > start]
        return self._here


class _Writing:
    """Paragraphs that are written one after another; a label, and the first link to somebody, stand once in all of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._labelled: set[int] = set()
        self._met: set[str] = set()

    def paragraph(self, start: int, end: int, marks: Sequence[Mark], links: Sequence[Link]) -> Iterator[str]:
        """What stands in the paragraph [start, end), given what has some of it within."""
        begin: dict[int, list[Mark]] = {}
        cuts = {start, end}
        for mark in marks:
            begin.setdefault(max(start, mark.start), []).append(mark)
            cuts |= {max(start, mark.start), min(end, mark.end)}
        for link in links:
            cuts |= {max(start, link.start), min(end, link.end)}
        open_marks: list[Mark] = []
        waiting = list(links)
        for here, there in pairwise(sorted(cuts)):
            again: list[Mark] = []
            while any(m.end <= here for m in open_marks):
                mark = open_marks.pop()
                yield "</span>"
                if mark.end > here:
                    again.append(mark)
            # The sort is stable, and what was cut was around what begins here.
            for mark in sorted([*reversed(again), *begin.get(here, ())], key=lambda m: -m.end):
                if id(mark) not in self._labelled:
                    self._labelled.add(id(mark))
                    yield mark.label
                open_marks.append(mark)
                yield mark.opening
            waiting = [k for k in waiting if k.end > here]
            yield self._linked(words(self._text[here:there]), [k for k in waiting if k.start <= here])
        yield from ["</span>"] * len(open_marks)

    def _linked(self, piece: str, links: Sequence[Link]) -> str:
        """A piece of text that these links hold."""
        if not links:
            return piece
        keys = " ".join(dict.fromkeys(k.key for k in links))
        link = min(links, key=lambda k: k.end - k.start)
        # A blank between two names that lie within a third is no link of its own.
        if link.address is None or piece.isspace():
            return f'<span class="mention" data-a="{keys}">{piece}</span>'
        # Who goes through a report with the keyboard meets each actor once, and not at every name.
        passed = ' tabindex="-1"' if link.key in self._met else ""
        self._met.add(link.key)
        return f'<a class="mention" data-a="{keys}" href="{words(link.address)}"{passed}>{piece}</a>'
