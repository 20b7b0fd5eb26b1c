"""What somebody said and then said otherwise, side by side."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import ContradictionsQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/contradictions")
def contradictions(
    request: Request,
    record: OpenRecord,
    question: Annotated[ContradictionsQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """Pairs of statements that do not go together as they are worded. Nothing says which is true."""
    return show(
        request,
        record,
        question,
        form=form,
        number=page_,
        template="contradictions.html",
        title="Contradictions",
    )
