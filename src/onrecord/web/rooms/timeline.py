"""What happened and what was said, day by day."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import TimelineQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/timeline")
def timeline(
    request: Request,
    record: OpenRecord,
    question: Annotated[TimelineQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """What happened and what was said, by the days that texts tell; apart from it what no text dates."""
    return show(
        request, record, question, form=form, number=page_, template="timeline.html", title="Timeline"
    )
