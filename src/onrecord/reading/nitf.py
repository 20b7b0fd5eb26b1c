"""NITF 3 (News Industry Text Format) -> articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO

from lxml import etree

from onrecord.article import Dateline
from onrecord.errors import UnreadableReportError
from onrecord.reading.moments import Moment
from onrecord.reading.news_body import paragraphs_of, read_body
from onrecord.reading.news_xml import below, children, collapse_blanks, first, name_of, parse_xml, text_of
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.wire import (
    WireReport,
    corrections_in,
    dateline_in,
    is_later,
    merge_datelines,
    names_in,
    read_time,
    same_words,
    to_article,
)

# States of a document that its sender has taken back (`docdata management-status`).
_TAKEN_BACK = ("canceled", "cancelled", "withheld")
# Names of `meta` elements that say the desk or the section.
_DESK = ("dsk", "desk", "section", "online_sections", "department", "ressort")
# An archivist's abstract ends with its length, small to large; it was never printed.
_MADE_BY_ARCHIVE = re.compile(r"\([SML]\)\.?\Z")


def read_nitf(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the NITF documents of a file: one, or several in whatever wraps them."""
    try:
        root, original = parse_xml(stream, origin)
    except UnreadableReportError as error:
        yield error
        return
    documents = list(below(root, "nitf"))
    if not documents:
        yield UnreadableReportError(
            f"{origin}: XML of {name_of(root)[:60]!r}, not NITF. Give a file with an <nitf> element."
        )
    for number, document in enumerate(documents, 1):
        place = origin if len(documents) == 1 else f"{origin}, document {number}"
        try:
            article = to_article(read_document(document, place), place, options)
        except UnreadableReportError as error:
            yield error
        else:
            yield replace(article, original=original) if document is root else article


def read_document(nitf: etree._Element, origin: str) -> WireReport:
    """What an `nitf` element says of its report.

    Raises:
        UnreadableReportError: if its sender has taken it back.
    """
    data = first(nitf, "head", "docdata")
    status = (data.get("management-status") or "").strip().lower() if data is not None else ""
    if status in _TAKEN_BACK:
        raise UnreadableReportError(
            f"{origin}: its sender has marked it {status}. Leave it out, or read the version that replaces it."
        )
    published, updated = _times(nitf, data)
    report, notes = _body(nitf)
    return replace(
        report,
        corrections=(*report.corrections, *_corrections(data, notes)),
        notes=notes,
        published=published,
        updated=updated,
        section=_section(nitf, data),
        outlet=_first_attribute(nitf, "pubdata", "name"),
        url=next(
            (u for u in _attributes(nitf, "pubdata", "ex-ref") if u.startswith(("http://", "https://"))), None
        ),
        id=_first_attribute(nitf, "doc-id", "id-string"),
    )


def _body(nitf: etree._Element) -> tuple[WireReport, tuple[str, ...]]:
    """Headline, body and what stands around them in print; and the notes to editors among it."""
    body = first(nitf, "body")
    head, content, end = first(body, "body.head"), first(body, "body.content"), first(body, "body.end")
    headlines = [t for h in below(head, "hl1") if (t := text_of(h))]
    headline = next(iter(headlines), None) or text_of(first(nitf, "head", "title"))
    # An agency's own headline, where a shorter one has been made of it.
    below_it = [
        *headlines[1:],
        *(t for h in below(head, "hl2") if h.get("id") != "originalHeadline" and (t := text_of(h))),
    ]
    read = read_body(content) if content is not None else read_body(etree.Element("body.content"))
    notes = tuple(" ".join(map(collapse_blanks, paragraphs_of(n))) for n in below(head, "note"))
    report = WireReport(
        paragraphs=read.paragraphs,
        headline=headline,
        deck=tuple(d for d in below_it if not same_words(d, headline or "")),
        summary=tuple(
            p
            for a in below(head, "abstract")
            for p in map(collapse_blanks, paragraphs_of(a))
            if not _MADE_BY_ARCHIVE.search(p)
        ),
        bullets=read.paragraphs[: read.leading_items],
        tail=tuple(t for e in below(end, "tagline") if (t := text_of(e))),
        dateline=_dateline(head),
        byline=_byline(head),
        captions=read.captions,
        credits=read.credits,
        corrections=read.corrections,
        agency=next((t for e in below(body, "distributor") if (t := text_of(e))), None),
    )
    return report, (*notes, *read.notes)


def _byline(head: etree._Element | None) -> tuple[str, ...]:
    people: dict[str, None] = {}
    lines: list[str] = []
    for line in below(head, "byline"):
        # Archives keep the name once more in the order of a catalogue (*REYES, ANA*).
        if "normalized" in (line.get("class") or ""):
            continue
        named = [t for p in below(line, "person") if (t := text_of(p))]
        people.update(dict.fromkeys(named))
        text = text_of(line, without=("byttl", "location", "virtloc"))
        if text and not named:
            lines.append(text)
    return tuple(people) or names_in(lines)


def _dateline(head: etree._Element | None) -> Dateline:
    line = next(below(head, "dateline"), None)
    if line is None:
        return Dateline()
    # The agency stands within the place at times.
    located = dateline_in(next((text_of(e) for e in below(line, "location")), None))
    day = next((text_of(e) for e in below(line, "story.date")), None)
    sure = Dateline(located.place, day or located.date, located.agency)
    return merge_datelines(sure, dateline_in(text_of(line)))


def _times(nitf: etree._Element, data: etree._Element | None) -> tuple[Moment | None, Moment | None]:
    """When it was published and, if that is later, last changed.

    A release comes before the issue, which is when the document was sent: reports are sent under embargo.
    """
    issued = _moment(data, "date.issue", "NITF issue date")
    published = (
        next(
            (
                m
                for v in _attributes(nitf, "pubdata", "date.publication")
                if (m := read_time(v, how="NITF publication date"))
            ),
            None,
        )
        or _moment(data, "date.release", "NITF release date")
        or issued
        or _moment(nitf, "story.date", "NITF dateline")
    )
    if published is None:
        return None, None
    changes = [read_time(v, how="") for v in _attributes(nitf, "revision-history", "norm")]
    later = [m for m in (*changes, issued) if m and is_later(m, published)]
    updated: Moment | None = None
    for moment in later:
        updated = moment if updated is None or is_later(moment, updated) else updated
    return published, updated


def _corrections(data: etree._Element | None, notes: Iterable[str]) -> tuple[str, ...]:
    """Notes of a change: messages to editors, the slug (*Bridge, 2nd Ld-CORRECTION*), notes in the body."""
    messages = [v for e in below(data, "ed-msg") for v in (e.get("info"), e.get("msg-type")) if v]
    slugs = [v for e in below(data, "du-key") for v in (e.get("version"), e.get("key")) if v]
    return corrections_in(map(collapse_blanks, (*messages, *slugs, *notes)))


def _section(nitf: etree._Element, data: etree._Element | None) -> str | None:
    named = [
        e.get("content")
        for e in children(first(nitf, "head"), "meta")
        if (e.get("name") or "").lower() in _DESK
    ]
    classified = [
        e.get("value") or text_of(e)
        for e in below(data, "classifier")
        if (e.get("type") or "").lower() in _DESK
    ]
    printed = list(_attributes(nitf, "pubdata", "position.section"))
    return next((collapse_blanks(v) for v in (*named, *classified, *printed) if v and v.strip()), None)


def _moment(root: etree._Element | None, name: str, how: str) -> Moment | None:
    """The first time that elements of a name hold in their `norm`, or else in words."""
    for element in below(root, name):
        if moment := read_time(element.get("norm") or text_of(element), how=how):
            return moment
    return None


def _attributes(root: etree._Element, name: str, attribute: str) -> Iterator[str]:
    for element in below(first(root, "head"), name):
        if value := collapse_blanks(element.get(attribute) or ""):
            yield value


def _first_attribute(root: etree._Element, name: str, attribute: str) -> str | None:
    return next(_attributes(root, name, attribute), None)
