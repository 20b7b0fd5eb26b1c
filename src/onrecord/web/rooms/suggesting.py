"""Names that begin as a reader types them, for the list of a field."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from onrecord.web.asked import LONGEST, OpenRecord
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_MOST: Final = 10


@router.get("/names")
def names(
    request: Request,
    record: OpenRecord,
    of: Literal["actor", "outlet", "place"],
    field: Annotated[
        str, Query(max_length=40, description="In which field of the address the beginning stands.")
    ],
) -> HTMLResponse:
    """Names of actors, outlets or places, as options of a list."""
    begin = request.query_params.get(field, "")[:LONGEST]
    return page(request, "names.html", "Names", names=record.suggest(of, begin, limit=_MOST))
