"""The front page: a search, the newest stories, what was said this week, and how much there is."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import OpenRecord
from onrecord.web.lately import Lately
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_STORIES: Final = 8
# Statements of each kind, and voices.
_FEW: Final = 5
_SAID_THIS_WEEK: Final = ("demand", "denial", "prediction")


@router.get("/")
def front(request: Request, record: OpenRecord) -> HTMLResponse:
    """What there is, which stories are the newest, who spoke this week, and what was demanded, denied and predicted."""
    lately: Lately = request.app.state.lately
    there = lately.told("summary", record.summary)
    week = lately.told("week", lambda: record.week_told(*_SAID_THIS_WEEK, few=_FEW))
    return page(
        request,
        "front.html",
        "The record",
        there=there.answer,
        newest=record.story_heads(limit=_STORIES).rows,
        week=week.answer,
        asked=min(there.moment, week.moment),
    )
