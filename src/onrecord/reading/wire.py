"""What an agency's form (NITF, NewsML-G2) says of one report -> `Article`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from onrecord.article import Article, Dateline, Furniture, Span, content_id
from onrecord.reading.assembly import check_length
from onrecord.reading.corrections import is_wire_change, tells_change
from onrecord.reading.frame import find_byline, find_dateline, find_sign_off
from onrecord.reading.mojibake import mender_of
from onrecord.reading.moments import MONTH_NAME, Moment, read_moment
from onrecord.reading.news_xml import collapse_blanks
from onrecord.reading.options import ReadOptions
from onrecord.reading.text import read_as_is, read_text

# Agencies' ids have some 60 characters.
_MAX_ID_CHARS = 250
# Names, places and notes longer than this are something else.
_MAX_NAME_CHARS = 100
_WORD = re.compile(r"\w+")
# ISO 8601 as the forms have it, without signs between: 20220107T093000Z, 20220107T0930-0500, 20220107.
_BASIC = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?(?:[.,]\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_SAYS_BY = re.compile(r"(?:by|from|text|story by|words by)\b[:\s]+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)\s{0,9}\Z")
_DAY = re.compile(
    rf",? ((?:{MONTH_NAME} ?\d{{1,2}}|\d{{1,2}} {MONTH_NAME})(?:,? \d{{4}})?)\Z",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s*(?:,\s*and\s|,|;|\band\b|&|\|| / )\s*")
# What stands behind names in bylines, and is none.
_NO_NAME = re.compile(
    r"@|\d|\b(?:writers?|correspondents?|reporters?|staff|editors?|bureau|columnists?|photographers?|press|news|reuters|service|agency)\b|\Aspecial (?:to|for)\b",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n\s*\n")
# What a form says in words; the rest are times, addresses and codes.
_IN_WORDS = (
    "paragraphs", "headline", "deck", "summary", "bullets", "notes", "tail", "byline", "contributors", "editors",
    "captions", "credits", "corrections", "section", "outlet",
)  # fmt: skip
# Blocks at the top of a body among which a note to editors stands: below a label or a headline.
_NOTE_BLOCKS = 4
_NOTE = "note to editors"
# Lines that desks and systems put behind a report. Each has to be a row of its own among the last ones.
_TAIL_ROWS = 8
_TAIL_RULES = (
    ("sign-off", re.compile(r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,6}")),  # initials: ar-bl/ca/to
    ("sign-off", re.compile(r"[-–—]{1,2} ?[A-Z]{2,8}")),
    ("separator", re.compile(r"(?:ends?|endit|-? ?30 ?-?|-0-|#{1,4}|\*{3,5}|/ends?/)\.?", re.IGNORECASE)),
    ("contact", re.compile(r"\(\(.{1,500}\)\)")),  # how to reach the desk
    ("keywords", re.compile(r"(?:key ?words?|tags?|topics?|slug(?:line)?) ?: .{1,200}", re.IGNORECASE)),
    (
        "time",
        re.compile(
            r"(?:[A-Z]{2,8} ){0,2}\d{4} ?(?:GMT|UTC|[A-Z]{2,4}T)(?: [\d./:-]{1,12}| [A-Za-z]{3,9}){0,4}"
        ),
    ),
    ("code", re.compile(r"<[a-z]{2,12}(?: [a-z]{1,12}=\"[^\"<>]{0,80}\"){1,4}>[^<>]{0,100}</[a-z]{2,12}>")),
)


@dataclass(frozen=True, slots=True)
class WireReport:
    """What a form says of its report; None or empty where it says nothing.

    Attributes:
        paragraphs: the body, in order, without headline.
        is_plain: the body is one text in `paragraphs`, with line breaks of its own.
        deck: lines printed below the headline.
        summary: a summary that stands apart from the body.
        bullets: first lines of the body that are points of a list.
        notes: what the sender tells the editors who receive it; bodies often repeat it.
        tail: lines behind the body: sign-offs, and words about the authors.
    """

    paragraphs: tuple[str, ...] = ()
    is_plain: bool = False
    headline: str | None = None
    deck: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    dateline: Dateline = field(default_factory=Dateline)
    byline: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    section: str | None = None
    agency: str | None = None
    outlet: str | None = None
    url: str | None = None
    id: str | None = None
    language: str | None = None


def with_rest_from(report: WireReport, other: WireReport) -> WireReport:
    """A report with what it leaves open taken from another one on the same text; notes and pictures of both."""
    found: dict[str, Any] = {
        f.name: getattr(report, f.name) or getattr(other, f.name) for f in fields(report)
    }
    found["dateline"] = merge_datelines(report.dateline, other.dateline)
    for name in ("captions", "credits", "corrections", "notes"):
        found[name] = tuple(dict.fromkeys((*getattr(report, name), *getattr(other, name))))
    return WireReport(**found)


def _put_right(report: WireReport) -> WireReport:
    """A report whose words are put right where they were read in a wrong encoding before they were saved."""
    told = {name: getattr(report, name) for name in _IN_WORDS}
    strings = (
        string for value in told.values() for string in ((value,) if isinstance(value, str) else value or ())
    )
    mend = mender_of(strings)
    mended: dict[str, Any] = {
        name: mend(value) if isinstance(value, str) else value and tuple(map(mend, value))
        for name, value in told.items()
    }
    return replace(report, **mended)


def to_article(report: WireReport, origin: str, options: ReadOptions) -> Article:
    """Put the article together: its text begins with the headline, as those of `read_text` do.

    Raises:
        UnreadableReportError: if there are no words in it, or more text than one report has.
    """
    id = report.id if report.id and len(report.id) <= _MAX_ID_CHARS and report.id.isprintable() else None
    published = report.published.iso if report.published else None
    if options.as_is:
        text = "\n\n".join(report.paragraphs) or report.headline or ""
        check_length(text, origin)
        article = read_as_is(text, id=id, title=report.headline, published=published, origin=origin)
        return replace(article, outlet=report.outlet, url=report.url)
    report = _put_right(report)
    body, cut = _cut_notes("\n\n".join(_without_headline(report)), report)
    article = put_headline_first(read_text(_with_top(report, body), origin), report.headline)
    check_length(article.text, origin)
    article = _with_cut(_with_tail(_with_frame(article, report), report.tail), report, cut)
    return replace(
        article,
        id=id or article.id,
        title=report.headline or article.title,
        published=published or article.published,
        outlet=report.outlet or article.outlet,
        url=report.url or article.url,
        language=article.language or report.language,
    )


def put_headline_first(article: Article, headline: str | None) -> Article:
    """An article that begins with its headline, also where that looks like a byline, a link or an advertisement."""
    if not headline or article.text == headline or article.text.startswith(headline + "\n\n"):
        return article
    text = f"{headline}\n\n{article.text}"
    moved = len(text) - len(article.text)
    furniture = tuple(replace(f, before=f.before + moved) for f in article.furniture if f.text != headline)
    entries = tuple(
        replace(e, span=Span(e.span.start + moved, e.span.end + moved)) for e in article.frame.entries
    )
    frame = replace(article.frame, entries=entries)
    return replace(article, text=text, furniture=furniture, frame=frame, id=content_id(text))


def begins_alike(a: str, b: str) -> bool:
    """Does one of two lines begin with all words of the other?"""
    one, two = _WORD.findall(a.lower()), _WORD.findall(b.lower())
    shorter = min(len(one), len(two))
    return one[:shorter] == two[:shorter]


def same_words(a: str, b: str) -> bool:
    """Are two lines the same but for signs and capitals?"""
    return words_of(a) == words_of(b)


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line in small letters, without the signs between them."""
    return tuple(_WORD.findall(line.lower()))


def read_time(value: str | None, *, how: str) -> Moment | None:
    """A time as the forms have it, with or without signs between; None if it is none.

    >>> read_time("20220107T093000-0500", how="").iso
    '2022-01-07T09:30:00-05:00'
    """
    if not value:
        return None
    found = _BASIC.fullmatch(value.strip())
    if found:
        clock = f"T{found['H']}:{found['M']}:{found['S'] or '00'}{found['zone'] or ''}" if found["H"] else ""
        # Archives write a day as its midnight.
        value = f"{found['y']}-{found['m']}-{found['d']}{'' if clock == 'T00:00:00' else clock}"
    return read_moment(value, how=how)


def is_later(a: Moment, b: Moment) -> bool:
    """Is a moment surely later than another? False where one has a zone and the other has none."""
    one, two = (datetime.fromisoformat(m.iso) for m in (a, b))
    return (one.tzinfo is None) == (two.tzinfo is None) and one > two


def names_in(bylines: Iterable[str]) -> tuple[str, ...]:
    """The people that the lines of a byline name, without their offices.

    >>> names_in(["By ANA REYES and Bo Li,", "Associated Press Writers"])
    ('ANA REYES', 'Bo Li')
    """
    named: list[str] = []
    for line in bylines:
        said = _SAYS_BY.match(line)
        rest = line[said.end() :] if said else line
        parts = find_byline(f"By {rest}") or tuple(_JOINTS.split(rest))
        named += [p for p in parts if 0 < len(p) <= _MAX_NAME_CHARS and any(c.isalpha() for c in p)]
    # One word in capitals or small letters is where the others work (*Ana Reyes, dpa*).
    people = [p for p in named if " " in p or not (p.isupper() or p.islower())]
    return tuple(dict.fromkeys([p for p in people if not _NO_NAME.search(p)] or people or named))


def dateline_in(line: str | None) -> Dateline:
    """A dateline that stands alone (*LONDON, Jan 7 (Reuters) -*), however much of it there is."""
    if not line:
        return Dateline()
    bare = line.strip(" -–—―_,;")
    if found := find_dateline(f"{bare} – "):
        return found[0]
    # It is known for one, so that the place may be written in any way: Port Elm (dpa).
    agency = _IN_BRACKETS.search(bare)
    place = bare[: agency.start()].rstrip(" ,") if agency else bare
    if day := _DAY.search(place):
        place = place[: day.start()].rstrip(" ,")
    is_place = 0 < len(place) <= _MAX_NAME_CHARS
    return Dateline(place if is_place else None, day[1] if day else None, agency[1] if agency else None)


def merge_datelines(sure: Dateline, other: Dateline) -> Dateline:
    """A dateline with what it leaves open taken from another."""
    return Dateline(sure.place or other.place, sure.date or other.date, sure.agency or other.agency)


def corrections_in(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes to editors that say that the report was changed, and how."""
    return tuple(dict.fromkeys(n for n in notes if tells_change(n)))


def _with_top(report: WireReport, body: str) -> str:
    """The report's lines for `read_text`: the headline once, and nothing told twice at the top."""
    top = [report.headline] if report.headline else []
    opening = " ".join(_WORD.findall(body[:5_000].lower()))
    for line in (*report.deck, *report.summary):
        words = " ".join(_WORD.findall(line.lower()))
        # Agencies send the headline in two lengths, one as if it stood below the other.
        if words and words not in opening and not any(begins_alike(line, t) for t in top):
            top.append(line)
    return "\n\n".join([*top, body])


def _cut_notes(body: str, report: WireReport) -> tuple[str, list[tuple[str, str]]]:
    """A body without notes to editors at its top, and without what desks and systems put behind it.

    Returns:
        The body, and what was cut with the reason.
    """
    blocks = _BLANK_LINE.split(body)
    cut: list[tuple[str, str]] = []
    for block in blocks[:_NOTE_BLOCKS]:
        line = collapse_blanks(block)
        known = next((note for note in report.notes if same_words(line, note)), None)
        if line and (known or is_wire_change(line)):
            cut.append((known or line, _NOTE))
            blocks.remove(block)
    rows = "\n\n".join(blocks).split("\n")
    filled = [n for n, row in enumerate(rows) if row.strip()][1:]  # what is left has one row at least
    ends: list[tuple[str, str]] = []
    for n in filled[: -_TAIL_ROWS - 1 : -1]:
        row = rows[n].strip()
        if why := next((why for why, rule in _TAIL_RULES if rule.fullmatch(row)), None):
            ends.append((row, why))
            rows[n] = ""
        elif not (find_sign_off(row) or find_byline(row)):
            break
    return "\n".join(rows), [*cut, *reversed(ends)]


def _without_headline(report: WireReport) -> Sequence[str]:
    body = report.paragraphs
    if not report.headline or not body:
        return body
    if report.is_plain:
        before, _, rest = body[0].lstrip().partition("\n")
        return (rest, *body[1:]) if same_words(before, report.headline) else body
    return body[1:] if same_words(body[0], report.headline) else body


def _with_frame(article: Article, report: WireReport) -> Article:
    guessed = article.frame
    dateline = merge_datelines(report.dateline, guessed.dateline)
    frame = replace(
        guessed,
        headline=report.headline or guessed.headline,
        bullets=report.summary or report.bullets or guessed.bullets,
        dateline=dateline,
        byline=report.byline or guessed.byline,
        contributors=tuple(dict.fromkeys((*report.contributors, *guessed.contributors))),
        editors=tuple(dict.fromkeys((*report.editors, *guessed.editors))),
        captions=tuple(dict.fromkeys((*report.captions, *guessed.captions))),
        credits=tuple(dict.fromkeys((*report.credits, *guessed.credits))),
        corrections=tuple(dict.fromkeys((*report.corrections, *guessed.corrections))),
        section=report.section or guessed.section,
        agency=report.agency or dateline.agency or guessed.agency,
        updated=report.updated.iso if report.updated else guessed.updated,
        published_how=report.published.how if report.published else guessed.published_how,
    )
    return replace(article, frame=frame)


def _with_cut(article: Article, report: WireReport, cut: Iterable[tuple[str, str]]) -> Article:
    """Notes of a change go into the frame; other notes, and what stood behind the report, are furniture."""
    around = dict([*((note, _NOTE) for note in report.notes), *cut])
    changes = corrections_in(text for text, why in around.items() if why == _NOTE)
    frame = replace(article.frame, corrections=tuple(dict.fromkeys((*article.frame.corrections, *changes))))
    top = len(report.headline or "") if article.text.startswith(report.headline or "") else 0
    furniture = [
        Furniture(text, why, top if why == _NOTE else len(article.text))
        for text, why in around.items()
        if text not in frame.corrections
    ]
    return replace(article, frame=frame, furniture=(*article.furniture, *furniture))


def _with_tail(article: Article, tail: Iterable[str]) -> Article:
    """Sign-offs go into the frame; what else stands behind a report is about its authors."""
    frame, furniture = article.frame, list(article.furniture)
    for line in map(collapse_blanks, tail):
        if found := find_sign_off(line):
            frame = replace(
                frame,
                byline=frame.byline or found.authors,
                contributors=tuple(dict.fromkeys((*frame.contributors, *found.contributors))),
                editors=tuple(dict.fromkeys((*frame.editors, *found.editors))),
            )
        elif line:
            furniture.append(Furniture(line, "about the author", len(article.text)))
    return replace(article, frame=frame, furniture=tuple(furniture))
