"""PDF of a printed news page or a saved web page -> `Article`, from its text layer."""

from __future__ import annotations

import io
import logging
import math
import re
import struct
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

from onrecord.article import Article, Furniture
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import MAX_ARTICLE_CHARS
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.pdf_lines import ADDRESS, Laid, Paragraph, PrintedLine, lay_out
from onrecord.reading.pdf_report import find_report
from onrecord.reading.text import read_as_is, read_text

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# A newspaper page with its pictures has 20 MB, a printed web page 1 MB.
MAX_PDF_BYTES = 100_000_000
# A live blog of a day prints on some 100 pages; what has more is a book or an archive.
MAX_PAGES = 300
# A page takes 0.02 to 0.2 s.
MAX_CPU_S = 20.0
# What one stream (a page's drawing, a font) may unpack to: a page of text has 0.1 MB, drawn maps some.
_MAX_STREAM_BYTES = 20_000_000
# Operators and operands of one page's drawing; pypdf reads 300,000 a second.
_MAX_OPERATIONS = 1_000_000
# Characters drawn, before anything is cut; the limit on reports is told by read_text.
_MAX_CHARS = 2 * MAX_ARTICLE_CHARS
_CHECK_EVERY = 200
# Share of characters that are none, above which a text layer cannot be read as letters.
_MAX_UNKNOWN_SHARE = 0.1
_PLACE_CHARS = 40
_BROWSER = re.compile(r"Mozilla|Firefox|Chrom|Skia|WebKit|Safari|wkhtmltopdf|WeasyPrint", re.IGNORECASE)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# Zero bytes and the other control characters that fonts without a table of characters leave.
_CONTROLS = dict.fromkeys((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFEFF))
_READABLE = _LIGATURES | _CONTROLS


class _OutOfTimeError(BaseException):
    """A file takes too long. No `Exception`, since pypdf passes over those in places and would go on."""


def read_pdf(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the report that a PDF prints.

    Its lines are joined to paragraphs, words broken at a line's end made whole, running heads and page
    numbers cut. A page that is damaged is given as an error beside the article of the other pages. The
    publication date is left to the text: a PDF's own dates are those of its making.
    """
    from pypdf import apply_configuration
    from pypdf.errors import DependencyError, PyPdfError

    # It reports what is broken in its log; what is unusable shows in an error or an empty page.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    # What pypdf raises for damaged files: its own errors, and whatever its parsers run into.
    damaged = (
        PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
        AssertionError, RuntimeError, OSError, EOFError, MemoryError, zlib.error, struct.error,
    )  # fmt: skip
    data = stream.read(MAX_PDF_BYTES + 1)
    if len(data) > MAX_PDF_BYTES:
        yield UnreadableReportError(
            f"{origin}: more than {MAX_PDF_BYTES // 1_000_000} MB are not one report. Print its pages to a file of their own."
        )
        return
    clock = _Clock()
    try:
        with apply_configuration(
            maximum_declared_stream_length=MAX_PDF_BYTES,
            array_based_stream_maximum_output_length=_MAX_STREAM_BYTES,
            lzw_maximum_output_length=_MAX_STREAM_BYTES,
            run_length_maximum_output_length=_MAX_STREAM_BYTES,
            zlib_maximum_output_length=_MAX_STREAM_BYTES,
            # Byte by byte, in Python.
            zlib_maximum_recovery_input_length=200_000,
            brotli_maximum_output_length=_MAX_STREAM_BYTES,
            stream_decoding_work_maximum_length=4 * _MAX_STREAM_BYTES,
            stream_parsing_work_maximum_count=_MAX_OPERATIONS,
            # Each of a page's fonts is built, and takes 15 kB.
            dictionary_maximum_element_count=5_000,
            page_tree_maximum_entries=10 * MAX_PAGES,
            xform_maximum_invocations_per_extraction=1_000,
        ):
            drawn = _draw(data, origin, clock, damaged)
        found: list[Read] = [_to_article(drawn, origin, options), *drawn.errors]
    except UnreadableReportError as error:
        found = [error]
    except _OutOfTimeError:
        found = [
            UnreadableReportError(
                f"{origin}: reading it takes more than {MAX_CPU_S:.0f} s. Print the report to a new PDF, or save its text."
            )
        ]
    except DependencyError:
        found = [_locked(origin)]
    except damaged as error:
        found = [_broken(origin, error)]
    yield from found


@dataclass
class _Clock:
    """The time that a file has taken."""

    begun: float = field(default_factory=time.thread_time)
    calls: int = 0

    def check(self) -> None:
        """Raise `_OutOfTimeError` if it was too much; looks at the clock now and then."""
        self.calls += 1
        if self.calls % _CHECK_EVERY == 0:
            self.check_now()

    def check_now(self) -> None:
        """Raise `_OutOfTimeError` if it was too much."""
        if time.thread_time() - self.begun > MAX_CPU_S:
            raise _OutOfTimeError


class _TimedBytes(io.BytesIO):
    """The file, which looks at the clock whenever it is read."""

    def __init__(self, data: bytes, clock: _Clock) -> None:
        super().__init__(data)
        self.clock = clock

    def read(self, size: int | None = -1, /) -> bytes:
        self.clock.check()
        return super().read(size)

    def getbuffer(self) -> memoryview:
        """All of the file: pypdf searches it for each object that is not where it should be."""
        self.clock.check_now()
        return super().getbuffer()


@dataclass
class _Drawn:
    """What a PDF's pages show, and what it says of itself."""

    lines: list[PrintedLine] = field(default_factory=list)
    pages: int = 0
    title: str | None = None
    by_browser: bool = False
    errors: list[UnreadableReportError] = field(default_factory=list)


def _draw(data: bytes, origin: str, clock: _Clock, damaged: tuple[type[Exception], ...]) -> _Drawn:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import LimitReachedError

    reader = PdfReader(_TimedBytes(data, clock))
    # Many files forbid changes only, and open without a password.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _locked(origin)
    try:
        pages = len(reader.pages)
    except LimitReachedError:
        pages = MAX_PAGES + 1
    if pages > MAX_PAGES:
        raise UnreadableReportError(
            f"{origin}: more than {MAX_PAGES} pages are not one report. Print its pages to a file of their own."
        )
    title, by_browser = _read_information(reader, damaged)
    drawn = _Drawn(pages=pages, title=title, by_browser=by_browser)
    chars = 0
    for number in range(pages):
        try:
            lines = _draw_page(reader.pages[number], number, clock)
        except damaged as error:
            drawn.errors.append(_broken(f"{origin}, page {number + 1}", error))
            continue
        chars += sum(len(line.text) for line in lines)
        if chars > _MAX_CHARS:
            raise UnreadableReportError(
                f"{origin}: more than {_MAX_CHARS:,} characters are not one report. Print its pages to a file of their own."
            )
        drawn.lines += lines
    if drawn.errors and not drawn.lines:
        raise drawn.errors[0]
    return drawn


def _read_information(reader: PdfReader, damaged: tuple[type[Exception], ...]) -> tuple[str | None, bool]:
    """The document's title, and whether a browser made it."""
    try:
        told: Mapping[str, Any] = reader.metadata or {}
        title, makers = told.get("/Title"), (told.get("/Creator"), told.get("/Producer"))
    except damaged:
        return None, False
    by_browser = any(isinstance(maker, str) and _BROWSER.search(maker[:500]) for maker in makers)
    return (" ".join(title[:500].split()) if isinstance(title, str) else None), by_browser


def _draw_page(page: PageObject, number: int, clock: _Clock) -> list[PrintedLine]:
    drawing = _Drawing(page, number, clock)
    page.extract_text(
        orientations=(drawing.turned,),
        visitor_operand_before=lambda *_: clock.check(),
        visitor_text=drawing.add,
    )
    drawing.end_line()
    return drawing.lines


class _Drawing:
    """A page's pieces of text, put together to lines as they come."""

    def __init__(self, page: PageObject, number: int, clock: _Clock) -> None:
        self.number = number
        self.clock = clock
        self.turned = int(page.rotation) % 360 if page.rotation % 90 == 0 else 0
        box = page.cropbox
        self.left, self.bottom = float(box.left), float(box.bottom)
        self.width, self.height = max(1.0, float(box.width)), max(1.0, float(box.height))
        self.lines: list[PrintedLine] = []
        self.parts: list[str] = []
        self.begin: tuple[float, float, float] | None = None  # x, y, size
        self.widest = 0

    def add(self, text: str, page_matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        """Take a piece as pypdf finds it; it ends with a line feed where its line ends."""
        self.clock.check()
        shown = text.translate(_READABLE)
        if shown.strip():
            place = self._place(page_matrix, text_matrix, size)
            if place is None:
                return
            if self.begin is not None and not self._is_same_line(place):
                self.end_line()
            if self.begin is None:
                self.begin = place
                self.widest = 0
            if len(shown) > self.widest:
                # The size of most of a line is the line's; its first piece may be a large initial.
                self.begin = (*self.begin[:2], place[2])
                self.widest = len(shown)
        if shown.strip() or (self.parts and not shown.endswith("\n")):
            self.parts.append(shown)

    def end_line(self) -> None:
        """Put the pieces together."""
        text = " ".join("".join(self.parts).split())
        if text and self.begin is not None:
            x, y, size = self.begin
            tall = self.width if self.turned in (90, 270) else self.height
            self.lines.append(PrintedLine(text, self.number, x, y, size, y / tall))
        self.parts, self.begin = [], None

    def _is_same_line(self, place: tuple[float, float, float]) -> bool:
        assert self.begin is not None
        return abs(place[1] - self.begin[1]) < 0.5 * max(place[2], self.begin[2])

    def _place(self, page_matrix: Any, text_matrix: Any, size: float) -> tuple[float, float, float] | None:
        """Where a piece begins, as a reader sees the page, and its size; None where it is set askew."""
        a, b, c, d, e, f = text_matrix
        pa, pb, pc, pd, pe, pf = page_matrix
        along = (a * pa + b * pc, a * pb + b * pd)
        up = (c * pa + d * pc, c * pb + d * pd)
        x, y = e * pa + f * pc + pe - self.left, e * pb + f * pd + pf - self.bottom
        if min(map(abs, along)) > 0.2 * max(map(abs, along)):
            return None
        x, y = {
            0: (x, y),
            90: (y, self.width - x),
            180: (self.width - x, self.height - y),
            270: (self.height - y, x),
        }[self.turned]
        size = abs(size) * math.hypot(*up)
        return (x, y, size) if all(map(math.isfinite, (x, y, size))) and size > 0 else None


def _to_article(drawn: _Drawn, origin: str, options: ReadOptions) -> Article:
    _check_letters(drawn, origin)
    laid = lay_out(drawn.lines)
    paragraphs = laid.paragraphs
    address = next((found["address"] for line in laid.heads if (found := ADDRESS.fullmatch(line.text))), None)
    # Browsers shorten what does not fit the page's width.
    url = address if address and address.startswith("http") and not address.endswith(("…", "...")) else None
    if options.as_is:
        article = read_as_is(
            "\n\n".join(p.text for p in paragraphs), id=None, title=None, published=None, origin=origin
        )
        return replace(article, url=url)
    report = find_report(paragraphs, drawn.title, is_web_page=drawn.by_browser or address is not None)
    body = paragraphs[report.begin : report.end]
    article = read_text("\n\n".join(p.text for p in body), origin)
    if report.headline is not None:
        headline = paragraphs[report.headline].text
        article = replace(article, title=headline, frame=replace(article.frame, headline=headline))
    furniture = [
        *(Furniture(p.text, "above the headline", 0) for p in paragraphs[: report.begin]),
        *article.furniture,
        *_place_heads(laid, body, article.text),
        *(Furniture(p.text, "behind the report", len(article.text)) for p in paragraphs[report.end :]),
    ]
    return replace(article, url=url, furniture=tuple(sorted(furniture, key=lambda piece: piece.before)))


def _place_heads(laid: Laid, body: Sequence[Paragraph], text: str) -> Iterator[Furniture]:
    """The heads of each page, before the first paragraph that begins on it."""
    begins: dict[int, int] = {}
    at = 0
    for before, paragraph in pairwise([None, *body]):
        assert paragraph is not None
        found = text.find(paragraph.text[:_PLACE_CHARS], at)
        if found >= 0:
            at = found
            for page in range(before.page + 1 if before else 0, paragraph.page + 1):
                begins.setdefault(page, found)
    for line in laid.heads:
        yield Furniture(line.text, "running head", begins.get(line.page, len(text)))


def _check_letters(drawn: _Drawn, origin: str) -> None:
    """Raise for pages that show no letters, or only the numbers of a font's drawings."""
    text = "".join(line.text for line in drawn.lines)
    letters = sum(c.isalpha() for c in text)
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    if not letters and not unknown:
        raise UnreadableReportError(
            f"{origin}: no text is found on its {drawn.pages} pages; they may be pictures (a scan). Run OCR on it (for example: ocrmypdf in.pdf out.pdf), or save the report's text."
        )
    if unknown > _MAX_UNKNOWN_SHARE * len(text):
        raise UnreadableReportError(
            f"{origin}: its fonts do not say which letters they draw. Run OCR on it (for example: ocrmypdf --force-ocr in.pdf out.pdf), or save the report's text."
        )


def _locked(origin: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{origin}: the PDF is encrypted. Open it with its password and print it to a new PDF, or save the report's text."
    )


def _broken(place: str, error: Exception) -> UnreadableReportError:
    what = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
    return UnreadableReportError(
        f"{place}: the PDF is damaged ({what}). Print the report to a new PDF, or save its text."
    )
