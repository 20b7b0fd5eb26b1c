"""Events that fit a question."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.analysis.plover import STATUSES, TYPES
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/events")
def events(
    request: Request,
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
        request,
        "events.html",
        "Events",
        found=found,
        asked=asked,
        pages=pages,
        types=TYPES,
        statuses=STATUSES,
    )
