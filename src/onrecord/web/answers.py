"""The same questions as JSON, or where they have rows as CSV: `/api/...`, described in `/api/openapi.json`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from onrecord.api import Rows
from onrecord.web.asked import OpenRecord, Words, given

router: Final = APIRouter(prefix="/api", tags=["questions"])
_MOST_ROWS: Final = 1_000
Limit = Annotated[int, Query(ge=1, le=_MOST_ROWS, description="So many rows at most.")]
Offset = Annotated[int, Query(ge=0, description="So many rows are left out before them.")]
Form = Annotated[Literal["json", "csv"], Query(alias="as")]
Day = Annotated[str, Query(max_length=10, description="An ISO day, included.")]


@router.get("/status")
def status(record: OpenRecord) -> Response:
    """How much is on record."""
    return _json(record.status())


@router.get("/said")
def said(
    record: OpenRecord,
    by: Words = "",
    about: Words = "",
    kind: Words = "",
    since: Day = "",
    until: Day = "",
    match: Words = "",
    outlet: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Statements, newest report first."""
    asked = {"by": by, "about": about, "kind": kind, "since": since, "until": until, "match": match}
    return _rows(record.said(**given(asked | {"outlet": outlet}), limit=limit, offset=offset), form)


@router.get("/events")
def events(
    record: OpenRecord,
    actor: Words = "",
    recipient: Words = "",
    type: Words = "",
    mode: Words = "",
    country: Words = "",
    since: Day = "",
    until: Day = "",
    status: Annotated[list[str], Query()] = [],  # noqa: B006  # FastAPI copies it
    reported_by: Words = "",
    asserted_only: bool = False,
    outlet: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Events, each once, newest report first; the status of one says whether it has come about."""
    asked = {"actor": actor, "recipient": recipient, "type": type, "mode": mode, "country": country}
    asked |= {"since": since, "until": until, "reported_by": reported_by, "outlet": outlet}
    found = record.events(
        **given(asked),
        status=[s for s in status if s],
        asserted_only=asserted_only,
        limit=limit,
        offset=offset,
    )
    return _rows(found, form)


@router.get("/search")
def search(
    record: OpenRecord,
    match: Words = "",
    headline: Words = "",
    by: Words = "",
    about: Words = "",
    since: Day = "",
    until: Day = "",
    outlet: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Reports that hold words, one of each story, the best first."""
    asked = {"headline": headline, "by": by, "about": about, "since": since, "until": until, "outlet": outlet}
    return _rows(record.search(match, **given(asked), limit=limit, offset=offset), form)


@router.get("/timeline")
def timeline(
    record: OpenRecord,
    actor: Words = "",
    place: Words = "",
    about: Words = "",
    since: Day = "",
    until: Day = "",
    outlet: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """What happened and what was said, day by day."""
    asked = {"actor": actor, "place": place, "about": about, "since": since, "until": until, "outlet": outlet}
    return _rows(record.timeline(**given(asked), limit=limit, offset=offset), form)


@router.get("/predictions")
def predictions(
    record: OpenRecord,
    by: Words = "",
    about: Words = "",
    due_since: Day = "",
    due_until: Day = "",
    since: Day = "",
    until: Day = "",
    match: Words = "",
    outlet: Words = "",
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Who predicted what, due when, with what was reported since."""
    asked = {"by": by, "about": about, "due_since": due_since, "due_until": due_until}
    asked |= {"since": since, "until": until, "match": match, "outlet": outlet}
    return _rows(record.predictions(**given(asked), limit=limit, offset=offset), form)


@router.get("/contradictions")
def contradictions(
    record: OpenRecord,
    by: Words = "",
    about: Words = "",
    since: Day = "",
    until: Day = "",
    outlet: Words = "",
    updates: bool = True,
    disputed: bool = False,
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """What somebody said and then said otherwise, side by side."""
    asked = {"by": by, "about": about, "since": since, "until": until, "outlet": outlet}
    found = record.contradictions(
        **given(asked), updates=updates, disputed=disputed, limit=limit, offset=offset
    )
    return _rows(found, form)


@router.get("/sources")
def sources(
    record: OpenRecord,
    outlet: Words = "",
    about: Words = "",
    kind: Words = "",
    since: Day = "",
    until: Day = "",
) -> Response:
    """Who is heard, how often, in which role, and how the voices are spread."""
    asked = {"outlet": outlet, "about": about, "kind": kind, "since": since, "until": until}
    return _json(record.sources(**given(asked)))


@router.get("/actors")
def actors(record: OpenRecord, name: Words, form: Form = "json") -> Response:
    """All whom an id or a name may mean."""
    return _rows(record.actors(name), form)


@router.get("/actor")
def actor(record: OpenRecord, name: Words, why: bool = False) -> Response:
    """Who somebody is, in which reports."""
    return _json(record.actor(name, why=why))


@router.get("/place")
def place(record: OpenRecord, name: Words, limit: Limit = 50) -> Response:
    """What the record knows of a place."""
    return _json(record.place(name, limit=limit))


@router.get("/report")
def report(record: OpenRecord, id: Words) -> Response:
    """A report with what was found in it."""
    return _json(record.show(record.find_report(id)))


@router.get("/stories")
def stories(
    record: OpenRecord, copied: bool = False, limit: Limit = 50, offset: Offset = 0, form: Form = "json"
) -> Response:
    """The stories, those of most reports first."""
    return _rows(record.stories(copied=copied, limit=limit, offset=offset), form)


@router.get("/story")
def story(record: OpenRecord, id: Words) -> Response:
    """One story: who descends from whom, and what each copy changed."""
    return _json(record.story(id))


def _json(found: Any) -> Response:
    return Response(msgspec.json.encode(found), media_type="application/json")


def _rows(found: Rows[Any], form: str) -> Response:
    if form == "csv":
        return Response(found.to_csv(), media_type="text/csv; charset=utf-8")
    told = {"rows": list(found), "total": found.total, "tellers": found.tellers, "notes": found.notes}
    return _json(told)
