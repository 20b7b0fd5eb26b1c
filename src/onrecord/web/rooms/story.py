"""Stories: the reports that descend from one another, and what each copy changed."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, rows_of
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/stories")
def stories(request: Request, record: OpenRecord, page_: PageNumber = 1) -> HTMLResponse:
    """Stories that several reports tell."""
    found = record.stories(copied=True, **rows_of(page_))
    heads = record.heads(story.articles[0] for story in found)
    return page(
        request,
        "stories.html",
        "Stories",
        found=found,
        heads=heads,
        pages=Pages(page_, found.total),
        asked={},
    )


@router.get("/story")
def story(request: Request, record: OpenRecord, id: Words) -> HTMLResponse:
    """The reports of a story: which descends from which, and what each copy changed."""
    there = record.story(id)
    return page(request, "story.html", there.articles[0].headline or there.id, story=there)
