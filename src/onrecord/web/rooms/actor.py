"""Somebody: who they are, what they said, what was said of them, what they did and had done to them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import PAGE_ROWS, OpenRecord, Words
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_OF_ACTOR: Final = 25


@router.get("/actor")
def actor(request: Request, record: OpenRecord, id: Words) -> HTMLResponse:
    """Who somebody is, what they said, what was said of them, what they did and had done to them; all who bear a name of several."""
    known = record.actors(id)
    if len(known) > 1:
        return page(request, "actors.html", f"Who goes by {id}", found=known)
    there = record.actor(known[0].id)
    return page(
        request,
        "actor.html",
        there.name,
        actor=there,
        most_reports=PAGE_ROWS,
        said=record.said(by=there.id, limit=_OF_ACTOR),
        about=record.said(about=there.id, limit=_OF_ACTOR),
        did=record.events(actor=there.id, limit=_OF_ACTOR),
        had_done=record.events(recipient=there.id, limit=_OF_ACTOR),
    )
