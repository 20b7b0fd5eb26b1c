"""Correct: a statement or an event is marked wrong or put right, and that is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.record import amend
from onrecord.record.amend import Finding
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, rows_of
from onrecord.web.changes import Changing
from onrecord.web.correcting_form import (
    choices,
    command_of,
    follows_in_words,
    in_words,
    passage_of,
    read_given,
    shown_of,
    text_of,
    typed_in,
)
from onrecord.web.pages import address, page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_Given = Annotated[str, Form(max_length=1_100)]


async def _fields(request: Request) -> dict[str, list[str]]:
    return typed_in(await request.form())


# All fields of the form: there are as many as the finding has parts.
_Typed = Annotated[dict[str, list[str]], Depends(_fields)]


@router.get("/correct/list")
def list_amendments(
    request: Request, record: OpenRecord, report: Words = "", undone: bool = False, page_: PageNumber = 1
) -> Response:
    """What was put right of statements and events, the newest first; of one report, if it is given."""
    of = record.find_report(report) if report else None
    made, total = record.amendments(of, **rows_of(page_))
    return page(
        request,
        "correct_list.html",
        "Statements and events put right",
        made=made,
        report=of or "",
        pages=Pages(page_, total),
        undone=undone,
    )


@router.get("/correct")
def correct(
    request: Request, record: OpenRecord, id: Words, made: Words = "", undone: bool = False
) -> Response:
    """A statement or an event in its passage, what was put right of it, and a form to put more of it right.

    Args:
        made: the id of the amendment that was made just now; `undone`: one was taken back.
    """
    finding = record.finding(id)
    return _form(request, record, finding, shown_of(finding), made=made, undone=undone)


@router.post("/correct/preview")
def preview(request: Request, record: OpenRecord, change: Changing, id: _Given, typed: _Typed) -> Response:
    """What a fix would make of it: before and after, beside each other."""
    finding = record.finding(id)
    try:
        found = record.preview_fix(finding.id, read_given(finding, typed))
    except UsageError as error:
        return _form(request, record, finding, typed, fault=str(error), status=400)
    before = dict(in_words(finding.now, finding))
    after = dict(in_words(found.after, finding))
    return page(
        request,
        "correct_preview.html",
        "What this would change",
        finding=finding,
        rows=[(name, before[name], after[name]) for name in before],
        follows=follows_in_words(found.follows),
        fields=[(name, value) for name, values in typed.items() for value in values],
    )


@router.post("/correct")
def put_right(request: Request, record: OpenRecord, change: Changing, id: _Given, typed: _Typed) -> Response:
    """Some of it is otherwise."""
    finding = record.finding(id)
    try:
        given = read_given(finding, typed)
        stamp = change.stamp(*command_of(finding, given))
        with change.writing() as connection:
            made = amend.fix(connection, finding.id, given, **stamp)
    except UsageError as error:
        return _form(request, record, finding, typed, fault=str(error), status=400)
    return _see("/correct", id=finding.id, made=made.id)


@router.post("/correct/wrong")
def mark_wrong(change: Changing, id: _Given) -> Response:
    """It is none."""
    with change.writing() as connection:
        stamp = change.stamp("amend", "wrong", id)
        made = amend.mark_wrong(connection, id, **stamp)
    return _see("/correct", id=f"{made.report}#{made.finding.id}", made=made.id)


@router.post("/correct/undo")
def undo(
    change: Changing, amendment: _Given, to: Annotated[Literal["finding", "list"], Form()] = "finding"
) -> Response:
    """An amendment is taken back.

    Args:
        amendment: its id.
        to: the page that is shown next.
    """
    with change.writing() as connection:
        taken = amend.undo(connection, amendment)
    if to == "list":
        return _see("/correct/list", undone="true")
    return _see("/correct", id=f"{taken.report}#{taken.finding.id}", undone="true")


def _form(
    request: Request,
    record: OpenRecord,
    finding: Finding,
    typed: Mapping[str, Sequence[str]],
    *,
    fault: str = "",
    made: str = "",
    undone: bool = False,
    status: int = 200,
) -> Response:
    told: Any = finding.now
    amendments, _ = record.amendments(finding.report)
    found = next((s.amendment.finding for s in finding.put.made if s.row == finding.id), None)
    number = finding.id.rpartition("#")[2]
    return page(
        request,
        "correct.html",
        f"Correct {finding.of} {number[1:]}",
        status=status,
        finding=finding,
        head=record.heads([finding.report]).get(finding.report),
        told=told,
        passage=passage_of(told, text_of(finding)),
        said=list(in_words(told, finding)),
        found=list(in_words(found, finding)) if found else [],
        typed=typed,
        actors=finding.put.now.actors,
        made=[m for m in amendments if m.row == finding.id],
        fault=fault,
        just_made=made,
        undone=undone,
        **choices(),
    )


def _see(path: str, **asked: str) -> Response:
    return RedirectResponse(address(path, **asked), status_code=303)
