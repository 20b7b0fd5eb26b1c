"""The front page: what there is, and where to begin."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import OpenRecord
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# What the front page shows of each kind.
_FEW: Final = 5
_ON_FRONT: Final = ("demand", "denial", "prediction")


@router.get("/")
def front(request: Request, record: OpenRecord) -> HTMLResponse:
    """What there is, what was said last, and which stories are told most."""
    told = record.stories(copied=True, limit=_FEW)
    return page(
        request,
        "front.html",
        "The record",
        status_of=record.status(),
        newest=record.said(limit=_FEW),
        by_kind={kind: record.said(kind=kind, limit=_FEW) for kind in _ON_FRONT},
        told=told,
        heads=record.heads(story.articles[0] for story in told),
    )
