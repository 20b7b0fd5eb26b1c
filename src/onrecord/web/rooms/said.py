"""Statements that fit a question."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.analysis.labels import KINDS
from onrecord.api import Record, Rows
from onrecord.record.export.statements import article_of
from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import SaidQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/said")
def said(
    request: Request,
    record: OpenRecord,
    question: Annotated[SaidQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """Statements that fit a question."""

    def tell(seen: Record, found: Rows[Any]) -> dict[str, Any]:
        rows = [once.said for once in found] if question.variants else found
        return {"stories": seen.in_stories(article_of(s) for s in rows)}

    return show(
        request,
        record,
        question,
        form=form,
        number=page_,
        template="said.html",
        title="Statements",
        tell=tell,
        kinds=KINDS,
        stories={},
    )
