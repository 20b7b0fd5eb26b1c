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

    def meets(self, other: Span) -> bool:
        """Have the two spans a character in common?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and by which agency a report says that it was filed; None where it does not."""

    place: str | None = None
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a live blog, or one letter of a page of letters.

    Attributes:
        span: where it stands in `Article.text`; of a letter with its heading and the lines that sign it.
        byline: of a letter who signed it, as printed there, empty where nobody is named; None for an entry of a live blog.
    """

    span: Span
    headline: str | None = None
    published: str | None = None
    byline: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report says about itself (NITF and NewsML-G2 words).

    Attributes:
        contributors: who is named behind *additional reporting by* or *contributed to this report*.
        corrections: notes that correct, clarify or update an earlier version.
        section: the desk or section under which the outlet prints it.
        agency: the wire service that it comes from; None where the outlet wrote it or nothing tells.
        updated: when it was last changed, as `Article.published`.
        published_how: where `Article.published` was found, in words: *given*, *page metadata*,
            *dateline and caption* ...; None where it is unknown.
        entries: of a live blog or of a page of letters, in the order of the text.
    """

    headline: str | None = None
    bullets: tuple[str, ...] = ()
    dateline: Dateline = field(default_factory=Dateline)
    byline: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    section: str | None = None
    agency: str | None = None
    updated: str | None = None
    published_how: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that surrounds a report and is not it; `before` is the offset in `Article.text` at
    which it was cut out."""

    text: str
    why: str
    before: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file that is encoded in its own way: a header of a mail, or a part; a cell of a row.

    Attributes:
        start, end: bytes of `Original.data`, end exclusive.
        transfer: how they were packed for sending, or written into a row, as `reading.transfer` names it.
        codec: of the unpacked bytes.
        is_markup: the unpacked text is HTML.
    """

    start: int
    end: int
    transfer: str
    codec: str
    is_markup: bool


@dataclass(frozen=True, slots=True)
class Original:
    """What a report was read from: its bytes, the codec that they are in, and whether they are markup.

    Of a mail, `pieces` are the header and the parts that were read, in the order of the file; `codec` and
    `is_markup` are then those of the first part. Of a row they are the cells of its text and of the headline above
    it, in the order of the file; `data` goes from the first of them to the last, and `codec` and `is_markup` are
    those of the text. Without pieces all bytes are the report's.

    Attributes:
        start: the byte of the file at which `data` begins; 0 but for rows.
    """

    data: bytes = field(repr=False)
    codec: str
    is_markup: bool
    pieces: tuple[Piece, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """Which row of a table or of JSON a report was read from.

    Attributes:
        file: its name, as in `Article.origin`.
        number: of the row, from 1; the header and blank rows are not counted, rows that cannot be read are.
        line: of the file, in which the row begins, from 1; None for Parquet, which has no lines.
        column: that holds the text.
        cell: the bytes of the file that are the text as it is written there, between the quotation marks if it has
            any, end exclusive; None where no way leads back to them.
    """

    file: str
    number: int
    line: int | None
    column: str
    cell: tuple[int, int] | None = None


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
        original: the bytes that it was read from, so that `reading.source_map` can lead back to them;
            None where a row of Parquet or a part of a larger document was all there was, and where no way leads
            back (mails in UTF-16 or with parts that are packed in a rare way).
        row: the row that it was read from; None for what was none.
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
    original: Original | None = field(default=None, compare=False, repr=False)
    row: Row | None = field(default=None, compare=False)


def content_id(text: str, printed_by: str | None = None) -> str:
    """An id that depends on the text, and on who printed it where that is known: the same on every machine.

    >>> content_id("The bridge is open.")
    'r-a406a1227220a093'
    >>> content_id("The bridge is open.", "The Vessara Echo") == content_id("The bridge is open.")
    False
    """
    words = text if printed_by is None else f"{printed_by.casefold()}\0{text}"
    return "r-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
