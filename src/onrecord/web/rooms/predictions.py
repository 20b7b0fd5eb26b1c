"""What was predicted, when it is due, and what was reported since."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import PredictionsQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/predictions")
def predictions(
    request: Request,
    record: OpenRecord,
    question: Annotated[PredictionsQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """What was predicted by whom, those first that are due first. Nothing says whether it came true."""
    return show(
        request, record, question, form=form, number=page_, template="predictions.html", title="Predictions"
    )
