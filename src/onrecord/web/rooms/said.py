"""Statements that fit a question."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.analysis.labels import KINDS
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/said")
def said(
    request: Request,
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
    return page(request, "said.html", "Statements", found=found, asked=asked, pages=pages, kinds=KINDS)
