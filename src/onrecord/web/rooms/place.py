"""A place: which one a name means, what happened there, who is named beside it, and in which reports."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import LONGEST, OpenRecord
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# Of each list so many.
_FEW: Final = 25


@router.get("/place")
def place(
    request: Request,
    record: OpenRecord,
    id: Annotated[str, Query(max_length=LONGEST, description="A name, or an id: geonames:1526384.")] = "",
) -> HTMLResponse:
    """What the record knows of a place; without a name, where to ask for one."""
    known = record.place(id, limit=_FEW) if id.strip() else None
    title = known.place.name if known else "Places"
    return page(request, "place.html", title, known=known, asked={"id": id}, few=_FEW)
