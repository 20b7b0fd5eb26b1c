"""What one report is: its text, the frame around it, and spans into it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [start, end) of `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of the span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Does the other span lie wholly inside this one?"""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and by which agency a report says that it was filed; None where it does not."""

    place: str | None = None
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report says about itself (NITF and NewsML-G2 words)."""

    headline: str | None = None
    bullets: tuple[str, ...] = ()
    dateline: Dateline = field(default_factory=Dateline)
    byline: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that surrounds a report and is not it; `before` is the offset in `Article.text` at
    which it was cut out."""

    text: str
    why: str
    before: int


@dataclass(frozen=True, slots=True)
class Article:
    """One published report.

    Attributes:
        id: the id that the input gave, or one derived from the content.
        text: the clean body, headline and bullets included, paragraphs separated by a blank line.
            All spans of an analysis refer to it.
        published: ISO date or date and time, None if unknown; never guessed.
        language: ISO 639-1 code, None if the text is too short to tell.
        origin: where it was read from (a path, `-`, or a path and a line).
    """

    id: str
    text: str
    frame: Frame = field(default_factory=Frame)
    furniture: tuple[Furniture, ...] = ()
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    origin: str | None = field(default=None, compare=False)


def content_id(text: str) -> str:
    """An id that depends on the text alone: the same on every machine.

    >>> content_id("The bridge is open.")
    'r-a406a1227220a093'
    """
    return "r-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
