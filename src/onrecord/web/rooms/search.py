"""Reports that hold words."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, rows_of
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/search")
def search(request: Request, record: OpenRecord, match: Words = "", page_: PageNumber = 1) -> HTMLResponse:
    """Reports that hold words."""
    found = record.search(match, **rows_of(page_)) if match.strip() else []
    asked = {"match": match}
    pages = Pages(page_, getattr(found, "total", 0))
    return page(
        request,
        "search.html",
        f"Search: {match}" if match else "Search",
        found=found,
        asked=asked,
        pages=pages,
    )
