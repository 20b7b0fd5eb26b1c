"""The same questions as JSON, or where they have rows as CSV: `/api/...`, described in `/api/openapi.json`."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from onrecord.api import Record, Rows
from onrecord.web.asked import OpenRecord, Words, given
from onrecord.web.questions import (
    ContradictionsQuestion,
    EventsQuestion,
    PredictionsQuestion,
    Question,
    SaidQuestion,
    SourcesQuestion,
    TimelineQuestion,
)

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
    question: Annotated[SaidQuestion, Depends()],
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Statements, newest report first unless another order is asked for."""
    return _answer(record, question, limit, offset, form)


@router.get("/events")
def events(
    record: OpenRecord,
    question: Annotated[EventsQuestion, Depends()],
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Events, each once, newest report first unless another order is asked for; the status of one says whether it has come about."""
    return _answer(record, question, limit, offset, form)


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
    question: Annotated[TimelineQuestion, Depends()],
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """What happened and what was said, day by day."""
    return _answer(record, question, limit, offset, form)


@router.get("/predictions")
def predictions(
    record: OpenRecord,
    question: Annotated[PredictionsQuestion, Depends()],
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """Who predicted what, due when, with what was reported since."""
    return _answer(record, question, limit, offset, form)


@router.get("/contradictions")
def contradictions(
    record: OpenRecord,
    question: Annotated[ContradictionsQuestion, Depends()],
    limit: Limit = 50,
    offset: Offset = 0,
    form: Form = "json",
) -> Response:
    """What somebody said and then said otherwise, side by side."""
    return _answer(record, question, limit, offset, form)


@router.get("/sources")
def sources(
    record: OpenRecord, question: Annotated[SourcesQuestion, Depends()], form: Form = "json"
) -> Response:
    """Who is heard, how often, in which role, and how the voices are spread; as CSV the named sources."""
    seen = question.seen(record)
    if form == "csv":
        return _rows(question.rows(seen, limit=None), form)
    return _json(question.audit(seen))


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


def _answer(record: Record, question: Question, limit: int, offset: int, form: str) -> Response:
    return _rows(question.rows(question.seen(record), limit=limit, offset=offset, exact=True), form)


def _json(found: Any) -> Response:
    return Response(msgspec.json.encode(found), media_type="application/json")


def _rows(found: Rows[Any], form: str) -> Response:
    if form == "csv":
        return Response(found.to_csv(), media_type="text/csv; charset=utf-8")
    told = {"rows": list(found), "total": found.total, "tellers": found.tellers, "notes": found.notes}
    return _json(told)
