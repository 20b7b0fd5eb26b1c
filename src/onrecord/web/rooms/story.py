"""Stories: the reports that descend from one another, what each copy changed, and what is told in them, each once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from onrecord.errors import UsageError
from onrecord.printing.stories import what_changed
from onrecord.record.asking.stories import Member
from onrecord.resolution.stories.comparison import Comparison
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.descent import tree_of
from onrecord.web.pages import page
from onrecord.web.printings_in_time import in_time
from onrecord.web.side_by_side import beside, changed_in_words, quotations_beside, worded

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# So many copies are compared before anybody asks for one: each takes some hundredths of a second.
_COMPARED: Final = 8
# What the page of a story shows of its sayings, of those that were altered, and of its events.
_FEW: Final = 15
# Passages of a copy that are shown beside the tree.
_MOST_CHANGES: Final = 30
Order = Annotated[Literal["newest", "told"], Query()]


@router.get("/stories")
def stories(
    request: Request,
    record: OpenRecord,
    order: Order = "newest",
    several: Words = "",
    outlet: Words = "",
    since: Words = "",
    until: Words = "",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """Stories, those first that were told last or most."""
    asked = {"order": order, "several": several, "outlet": outlet, "since": since, "until": until}
    error, found = None, None
    try:
        found = record.story_heads(
            order=order,
            several=bool(several),
            **given({"outlet": outlet, "since": since, "until": until}),
            **rows_of(page_),
        )
    except UsageError as wrong:
        error = str(wrong).removeprefix("--")
    return page(
        request,
        "stories.html",
        "Stories",
        status=400 if error else 200,
        found=found.rows if found else [],
        pages=Pages(page_, found.total if found else 0),
        asked=asked,
        error=error,
    )


@router.get("/story")
def story(request: Request, record: OpenRecord, id: Words, page_: PageNumber = 1) -> HTMLResponse:
    """The reports of a story, in descent and in time, what each copy changed, and what they tell."""
    there = record.lineage(id)
    rows = rows_of(page_)
    tree = tree_of(there.articles, **rows)
    copies = [branch.member.copy for branch in tree.branches if branch.member.copy]
    compared = record.copies_compared(copies[:_COMPARED])
    return page(
        request,
        "story.html",
        there.articles[0].headline or there.id,
        story=there,
        heads=_by_id(there.articles),
        tree=tree,
        pages=Pages(page_, len(there.articles)),
        changed={id: _changed(found) for id, found in compared.items()},
        line=in_time(there.articles),
        altered=record.sayings(there.id, limit=_FEW, altered=True),
        sayings=record.sayings(there.id, limit=_FEW),
        events=record.story_events(there.id, limit=_FEW),
        worded=worded,
    )


@router.get("/story/changed")
def changed(request: Request, record: OpenRecord, id: Words) -> HTMLResponse:
    """What one copy changed, as a piece of the page of its story."""
    there = record.lineage(id)
    member = _by_id(there.articles).get(id)
    if member is None or member.copy is None:
        raise UsageError(f"{id}: this report descends from no other of its story. Open it as a report.")
    found = record.copies_compared([member.copy])[id]
    return page(request, "story_changed.html", "What it changed", copy=member.copy, told=_changed(found))


@router.get("/story/said")
def said(
    request: Request, record: OpenRecord, id: Words, altered: Words = "", page_: PageNumber = 1
) -> HTMLResponse:
    """What is said in a story, each saying once."""
    there = record.lineage(id)
    found = record.sayings(there.id, altered=bool(altered), **rows_of(page_))
    return page(
        request,
        "story_said.html",
        "Altered quotations" if altered else "Said in the story",
        story=there,
        heads=_by_id(there.articles),
        found=found,
        asked={"id": there.id, "altered": altered},
        pages=Pages(page_, found.total),
        worded=worded,
    )


@router.get("/story/events")
def events(request: Request, record: OpenRecord, id: Words, page_: PageNumber = 1) -> HTMLResponse:
    """The events of a story, each once."""
    there = record.lineage(id)
    found = record.story_events(there.id, **rows_of(page_))
    return page(
        request,
        "story_events.html",
        "Events of the story",
        story=there,
        found=found,
        asked={"id": there.id},
        pages=Pages(page_, found.total),
    )


@router.get("/story/compare")
def compare(request: Request, record: OpenRecord, one: Words, other: Words, only: Words = "") -> HTMLResponse:
    """Two reports side by side, with what differs marked."""
    # A report of the record, never a file.
    ids = [record.find_report(name) for name in (one, other)]
    compared = record.compare(*ids)
    found = compared.found
    rows = beside(found)
    return page(
        request,
        "story_compare.html",
        "Two reports side by side",
        reports=[found.first, found.second],
        verdict=compared.verdict,
        story=compared.story,
        rows=[row for row in rows if not only or row.what != "same" or row.moved],
        told=changed_in_words(rows),
        quotations=quotations_beside(found),
        facts=_facts(found),
        only=only,
        asked={"one": ids[0], "other": ids[1]},
    )


def _by_id(members: Sequence[Member]) -> dict[str, Member]:
    return {member.id: member for member in members}


def _changed(found: Comparison) -> dict[str, Any]:
    """What a copy changed, as the template tells it."""
    rows = beside(found)
    shown = [row for row in rows if row.what != "same"]
    return {
        "in_words": changed_in_words(rows),
        # What is told of passages is told in words above.
        "lines": [line for line in what_changed(found) if line.startswith("retitled")],
        "rows": shown[:_MOST_CHANGES],
        "more": max(0, len(shown) - _MOST_CHANGES),
        "quotations": [q for q in quotations_beside(found) if q.variant == "altered"],
        "facts": _facts(found),
    }


def _facts(found: Comparison) -> list[tuple[str, str, str]]:
    """The facts that differ: what kind of fact, and how either report has it."""
    return [(f.kind, f.first.of(found.first.text), f.second.of(found.second.text)) for f in found.facts]
