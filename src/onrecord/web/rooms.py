"""The pages: a front page, the questions, and a page for each report, actor and story."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse

from onrecord.analysis.labels import KINDS
from onrecord.analysis.plover import STATUSES, TYPES
from onrecord.printing.site.marks import marked
from onrecord.printing.site.report_page import marks_of
from onrecord.web.asked import PAGE_ROWS, OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# What the front page shows of each kind.
_FEW: Final = 5
_ON_FRONT: Final = ("demand", "denial", "prediction")
_OF_ACTOR: Final = 25


@router.get("/")
def front(record: OpenRecord) -> HTMLResponse:
    """What there is, what was said last, and which stories are told most."""
    told = record.stories(copied=True, limit=_FEW)
    return page(
        "front.html",
        "The record",
        status_of=record.status(),
        newest=record.said(limit=_FEW),
        by_kind={kind: record.said(kind=kind, limit=_FEW) for kind in _ON_FRONT},
        told=told,
        heads=record.heads(story.articles[0] for story in told),
    )


@router.get("/search")
def search(record: OpenRecord, match: Words = "", page_: PageNumber = 1) -> HTMLResponse:
    """Reports that hold words."""
    found = record.search(match, **rows_of(page_)) if match.strip() else []
    asked = {"match": match}
    pages = Pages(page_, getattr(found, "total", 0))
    return page(
        "search.html", f"Search: {match}" if match else "Search", found=found, asked=asked, pages=pages
    )


@router.get("/said")
def said(
    record: OpenRecord,
    by: Words = "",
    about: Words = "",
    kind: Words = "",
    since: Words = "",
    until: Words = "",
    match: Words = "",
    outlet: Words = "",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """Statements that fit a question."""
    asked = {
        "by": by,
        "about": about,
        "kind": kind,
        "since": since,
        "until": until,
        "match": match,
        "outlet": outlet,
    }
    found = record.said(**given(asked), **rows_of(page_))
    pages = Pages(page_, found.total)
    return page("said.html", "Statements", found=found, asked=asked, pages=pages, kinds=KINDS)


@router.get("/events")
def events(
    record: OpenRecord,
    actor: Words = "",
    recipient: Words = "",
    type: Words = "",
    status: Words = "",
    country: Words = "",
    since: Words = "",
    until: Words = "",
    reported_by: Words = "",
    outlet: Words = "",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """Events that fit a question."""
    asked = {
        "actor": actor,
        "recipient": recipient,
        "type": type,
        "status": status,
        "country": country,
        "since": since,
        "until": until,
        "reported_by": reported_by,
        "outlet": outlet,
    }
    found = record.events(**given(asked), **rows_of(page_))
    pages = Pages(page_, found.total)
    return page(
        "events.html", "Events", found=found, asked=asked, pages=pages, types=TYPES, statuses=STATUSES
    )


@router.get("/stories")
def stories(record: OpenRecord, page_: PageNumber = 1) -> HTMLResponse:
    """Stories that several reports tell."""
    found = record.stories(copied=True, **rows_of(page_))
    heads = record.heads(story.articles[0] for story in found)
    return page(
        "stories.html", "Stories", found=found, heads=heads, pages=Pages(page_, found.total), asked={}
    )


@router.get("/report")
def report(record: OpenRecord, id: Words, kind: Words = "") -> HTMLResponse:
    """A report as it was written, with what was found in it underlaid."""
    there = record.show(record.find_report(id))
    statements = [s for s in there.statements if not kind or s.kind == kind]
    text = Markup(marked(there.text, marks_of(there.id, statements, there.events)))  # `marked` escapes
    story = record.story(there.story) if there.story else None
    return page(
        "report.html",
        there.headline or there.id,
        report=there,
        text=text,
        statements=statements,
        kinds=[k for k in KINDS if any(s.kind == k for s in there.statements)],
        kind=kind,
        story=story,
    )


@router.get("/actor")
def actor(record: OpenRecord, id: Words) -> HTMLResponse:
    """Who somebody is, what they said, what was said of them, what they did and had done to them; all who bear a name of several."""
    known = record.actors(id)
    if len(known) > 1:
        return page("actors.html", f"Who goes by {id}", found=known)
    there = record.actor(known[0].id)
    return page(
        "actor.html",
        there.name,
        actor=there,
        most_reports=PAGE_ROWS,
        said=record.said(by=there.id, limit=_OF_ACTOR),
        about=record.said(about=there.id, limit=_OF_ACTOR),
        did=record.events(actor=there.id, limit=_OF_ACTOR),
        had_done=record.events(recipient=there.id, limit=_OF_ACTOR),
    )


@router.get("/story")
def story(record: OpenRecord, id: Words) -> HTMLResponse:
    """The reports of a story: which descends from which, and what each copy changed."""
    there = record.story(id)
    return page("story.html", there.articles[0].headline or there.id, story=there)
