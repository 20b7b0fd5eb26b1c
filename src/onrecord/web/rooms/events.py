"""Events that fit a question."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.analysis.plover import MODES, STATUSES, TYPES
from onrecord.record.asking.event_days import days_of
from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import EventsQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/events")
def events(
    request: Request,
    record: OpenRecord,
    question: Annotated[EventsQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """Events that fit a question."""
    return show(
        request,
        record,
        question,
        form=form,
        number=page_,
        template="events.html",
        title="Events",
        types=TYPES,
        modes=MODES,
        statuses=STATUSES,
        days_of=days_of,
    )
