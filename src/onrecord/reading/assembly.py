"""Lines of a report, each with what it is for -> `Article`: clean text, frame, furniture.

What a line's form settles (a sign-off, a caption with its credit, a bullet) is settled by form; what is
left is judged by the classifier of `roles.py`, where it is sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.article import Article, Dateline, Entry, Frame, Furniture, Span, content_id
from onrecord.errors import UnreadableReportError
from onrecord.reading.corrections import is_correction
from onrecord.reading.frame import (
    Byline,
    find_byline,
    find_caption,
    find_dateline,
    find_sign_off,
    read_byline,
)
from onrecord.reading.furniture import cut_tail, why_furniture
from onrecord.reading.language import tell_language
from onrecord.reading.published import infer_published
from onrecord.reading.roles import FURNITURE, Judged
from onrecord.reading.time_lines import TimeLine, read_time_line
from onrecord.reading.wires import find_agency

# More characters than any single report has: PolNeAR's longest has 40,000, a live blog of a day
# some 300,000. What is longer is an archive in one file.
MAX_ARTICLE_CHARS = 600_000
MAX_HEADLINE_WORDS = 30
# Headings between paragraphs are shorter.
_HEADING_WORDS = 16
# Datelines and bylines stand among the first paragraphs, behind headline, deck and bullets.
_TOP_PARAGRAPHS = 8
# Least probability at which the classifier's word is taken. For furniture a high one, as a sentence that is lost costs more
# than a teaser that is kept; that it is 0.85 only the pages held out speak for, folds would say 0.6 (`training/LOG.md`).
SURE_FURNITURE = 0.85
SURE_FRAME = 0.5
# The longest of the labelled lines of furniture but for a hundredth (about the author, notices).
_MAX_FURNITURE_CHARS = 600
BULLET = re.compile(r"[•·▪◦‣*–-]\s{1,20}(?=\S)")
HEADING = re.compile(r"#{1,6}\s{1,20}(?=\S)")
_FULL_STOP = re.compile(r"(?<![A-Z])\.\Z")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS_SENTENCE = re.compile(r"[.!?:;…”\"'’)\]]\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, headline, bullet or any other line.

    Attributes:
        judged: what the classifier takes it for.
        entry: of a live blog, the number of the entry that it belongs to.
        cut: why it is kept as furniture alone, whatever it looks like; None for a line that is judged here.
    """

    text: str
    judged: Judged | None = None
    entry: int | None = None
    cut: str | None = None

    def is_surely(self, role: str) -> bool:
        """Does the classifier take it for this role, and is it sure?"""
        return self.judged is not None and self.judged.role == role and self.judged.probability >= SURE_FRAME


def is_short(line: str) -> bool:
    """Is a line short enough to be furniture? What is longer is a paragraph, whatever it looks like."""
    return len(line) <= _MAX_FURNITURE_CHARS


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


def assemble(lines: Sequence[Line], origin: str, entries: Sequence[Entry] = ()) -> Article:
    """Put a report together from its lines.

    The clean text keeps headline and bullets, since they say things too, each as a paragraph of
    its own; datelines stay where they stand. Bylines, sign-offs, captions, notes of correction and
    furniture are cut out and kept in the frame. A paragraph that furniture has torn is joined again.

    Args:
        lines: in order; blank ones are passed over.
        origin: names the report in errors.
        entries: of a live blog, what is known of each, by the number that lines have; their spans are not
            read. What kept no words is left out.

    Raises:
        UnreadableReportError: if no words are left, or more text than one report has.
    """
    gathered = _Gathered()
    filled = [line for line in lines if line.text.strip()]
    following = ""
    followed: list[str] = []
    for line in reversed(filled):
        followed.append(following)
        following = following if line.cut else line.text
    for line, following in zip(filled, reversed(followed), strict=True):
        gathered.entry = line.entry
        if line.cut:
            # The extractor has put together again what it stood in the middle of.
            gathered.furniture.append(Furniture(line.text, line.cut, gathered.length))
        else:
            _take(line, following, gathered)
    clean = "\n\n".join(gathered.kept)
    check_length(clean, origin)
    return gathered.article(clean, origin, entries)


@dataclass
class _Gathered:
    """What has been gathered while the lines go by."""

    kept: list[str] = field(default_factory=list)
    length: int = 0
    headline: str | None = None
    bullets: list[str] = field(default_factory=list)
    dateline: Dateline = field(default_factory=Dateline)
    byline: list[str] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    times: list[TimeLine] = field(default_factory=list)
    contributors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    in_body: bool = False
    has_cut: bool = False
    entry: int | None = None
    entry_spans: dict[int, Span] = field(default_factory=dict)

    def keep(self, paragraph: str) -> None:
        if self._goes_on(paragraph):
            start = self.length + 1
            self.kept[-1] += " " + paragraph
        else:
            start = self.length + (2 if self.kept else 0)
            self.kept.append(paragraph)
        self.length = start + len(paragraph)
        self.has_cut = False
        if self.entry is not None:
            begun = self.entry_spans.get(self.entry)
            self.entry_spans[self.entry] = Span(begun.start if begun else start, self.length)

    def _goes_on(self, paragraph: str) -> bool:
        """Is this the rest of a paragraph that something cut out stood in the middle of?"""
        return bool(
            self.has_cut
            and self.in_body
            and self.kept
            and not _ENDS_SENTENCE.search(self.kept[-1])
            and (paragraph[:1].islower() or self._is_torn(paragraph))
        )

    def _is_torn(self, paragraph: str) -> bool:
        """Does the last paragraph end in the middle, so that a name may go on with it? No heading is so long."""
        last = self.kept[-1]
        return len(last.split()) > _HEADING_WORDS and not any(
            mark.match(line) for mark in (BULLET, HEADING) for line in (last, paragraph)
        )

    def is_near_top(self) -> bool:
        return len(self.kept) < _TOP_PARAGRAPHS

    def cut(self, line: str, why: str) -> None:
        self.furniture.append(Furniture(line, why, self.length))
        self.has_cut = True

    def article(self, clean: str, origin: str, entries: Sequence[Entry]) -> Article:
        dateline = self.dateline
        if dateline == Dateline():  # By Ana Reyes in Port Elm
            dateline = Dateline(next((line.place for line in self.bylines if line.place), None))
        days = [line.published for line in self.times] + [line.day for line in self.bylines]
        printed = next(filter(None, days), None)
        updated = next((line.updated for line in self.times if line.updated), None)
        published = printed or infer_published(dateline.date, self.captions)
        agencies = (line.agency for line in self.bylines if line.agency)
        frame = Frame(
            headline=self.headline,
            bullets=tuple(self.bullets),
            dateline=dateline,
            byline=tuple(dict.fromkeys(self.byline)),
            contributors=tuple(dict.fromkeys(self.contributors)),
            editors=tuple(dict.fromkeys(self.editors)),
            captions=tuple(self.captions),
            credits=tuple(self.credits),
            corrections=tuple(self.corrections),
            agency=dateline.agency or next(agencies, None) or find_agency(self.byline),
            updated=updated.iso if updated else None,
            published_how=published.how if published else None,
            entries=tuple(
                replace(entry, span=self.entry_spans[n])
                for n, entry in enumerate(entries)
                if n in self.entry_spans
            ),
        )
        return Article(
            id=content_id(clean),
            text=clean,
            frame=frame,
            furniture=tuple(self.furniture),
            title=self.headline,
            published=published.iso if published else None,
            language=tell_language(clean),
            origin=origin,
        )


def _take(line: Line, following: str, gathered: _Gathered) -> None:
    paragraph = line.text
    marker = BULLET.match(paragraph)
    unmarked = paragraph[marker.end() :] if marker else paragraph
    if _take_frame(line, unmarked, gathered):
        gathered.has_cut = True
        return
    paragraph = HEADING.sub("", paragraph)
    if not gathered.kept and not marker and _is_headline(paragraph, following):
        gathered.headline = paragraph
        gathered.keep(paragraph)
        return
    if not gathered.in_body and (marker or (gathered.headline and line.is_surely("bullet"))):
        gathered.bullets.append(unmarked)
        gathered.keep(unmarked)
        return
    found = find_dateline(paragraph) if gathered.dateline == Dateline() and gathered.is_near_top() else None
    if found:
        gathered.dateline = found[0]
        gathered.in_body = True
    paragraph, label = cut_tail(paragraph)
    ends = bool(gathered.kept) and paragraph.endswith((".", ".”", '."'))
    gathered.in_body = gathered.in_body or ends or len(paragraph.split()) > MAX_HEADLINE_WORDS
    gathered.keep(paragraph)
    if label:
        gathered.cut(label, "read-more link")


def _take_frame(line: Line, unmarked: str, gathered: _Gathered) -> bool:
    """Take a line that is of the frame or furniture; False if it belongs to the text."""
    paragraph = line.text
    if is_correction(unmarked):
        gathered.corrections.append(paragraph)
    elif why := why_furniture(unmarked):
        gathered.cut(paragraph, why)
    elif found := find_sign_off(paragraph):
        gathered.byline.extend(found.authors)
        gathered.contributors.extend(found.contributors)
        gathered.editors.extend(found.editors)
    elif gathered.is_near_top() and (byline := read_byline(paragraph)):
        gathered.bylines.append(byline)
        gathered.byline.extend(byline.names)
    # A page has its times in its markup, and the classifier to tell their lines.
    elif line.judged is None and (times := _time_line(paragraph, gathered)):
        gathered.times.append(times)
        gathered.cut(paragraph, "time")
    elif caption := find_caption(paragraph):
        if caption.text:
            gathered.captions.append(caption.text)
        if caption.credit:
            gathered.credits.append(caption.credit)
    elif line.is_surely("caption"):
        gathered.captions.append(paragraph)
    elif line.is_surely("credit"):
        gathered.credits.append(paragraph)
    elif line.is_surely("correction"):
        gathered.corrections.append(paragraph)
    elif line.is_surely("time") or line.is_surely("signoff"):
        gathered.cut(paragraph, "time" if line.is_surely("time") else "sign-off")
    elif line.judged and line.judged.furniture >= SURE_FURNITURE and is_short(paragraph):
        gathered.cut(paragraph, FURNITURE.get(line.judged.role, "furniture"))
    else:
        return False
    return True


def _time_line(paragraph: str, gathered: _Gathered) -> TimeLine | None:
    """The times of a line of nothing else; far down, where tables stand, only with a label."""
    times = read_time_line(paragraph)
    return times if times and (gathered.is_near_top() or times.is_labelled) else None


def _is_headline(line: str, following: str) -> bool:
    words = line.split()
    if len(words) > MAX_HEADLINE_WORDS or not _LETTER.search(line):
        return False
    if found := find_dateline(line):
        # *NATO – leaders meet in Port Elm*: without day, agency and full stop it begins no report.
        return not (found[0].date or found[0].agency or _ENDS_SENTENCE.search(line))
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
