"""Who is who put right: two actors are one, one is two, one is called otherwise. What a correction changes is shown before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.record import correct
from onrecord.record.asking.bearing import Bearer
from onrecord.record.previewing import Preview, preview_merge, preview_rename, preview_split, preview_undo
from onrecord.web.asked import PAGE_ROWS, OpenRecord, PageNumber, Pages, Words, rows_of
from onrecord.web.changes import Changing
from onrecord.web.pages import address, page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# So many reports stand on a page from which mentions are chosen, and so many actors are suggested for a name.
_REPORTS: Final = 20
_SUGGESTED: Final = 8
_Given = Annotated[str, Form(max_length=500)]
_Places = Annotated[list[str], Form(max_length=900)]


@router.get("/actor/suggest")
def suggest(request: Request, record: OpenRecord, other: Words = "") -> Response:
    """Actors of whose names one begins as it is typed: a part of a page."""
    return page(request, "actor_suggest.html", "", found=record.bearers_beginning(other, limit=_SUGGESTED))


@router.get("/actor/merge")
def choose_other(request: Request, record: OpenRecord, id: Words, other: Words = "") -> Response:
    """Whom a name may mean who is to be one with an actor."""
    (who,), _ = record.bearers(id, limit=1)
    fault, total = "", 0
    found: list[Bearer] = []
    if other.strip():
        try:
            found, total = record.bearers(other, limit=PAGE_ROWS)
        except UsageError as error:
            # Somebody may have typed no more than the beginning.
            found = record.bearers_beginning(other, limit=PAGE_ROWS)
            total = len(found)
            fault = "" if found else str(error)
    others = [b for b in found if b.id != who.id]
    if found and not others:
        fault = f"{other}: this is {who.name} already. Give another name."
    return page(
        request,
        "actor_merge.html",
        f"Who is {who.name}, too?",
        who=who,
        other=other,
        others=others,
        total=total - (len(found) - len(others)),
        fault=fault,
    )


@router.post("/actor/merge/preview")
def preview_of_merge(request: Request, change: Changing, actor: _Given, other: _Given) -> Response:
    """What it would change if `other` went by `actor`."""
    found = preview_merge(change.store, actor, other)
    fields = [("actor", found.correction.actor), ("other", found.correction.other)]
    back = address("/actor/merge", id=found.correction.actor)
    return _previewed(
        request, found, "/actor/merge", fields, back, turned=[("actor", other), ("other", actor)]
    )


@router.post("/actor/merge")
def merge(change: Changing, actor: _Given, other: _Given) -> Response:
    """`other` goes by `actor`."""
    with change.writing() as connection:
        made = correct.merge(connection, actor, other, **change.stamp("actor", "merge", actor, other))
    return _to_actor(made.actor, made=made.id)


@router.post("/actor/rename/preview")
def preview_of_rename(request: Request, change: Changing, actor: _Given, name: _Given = "") -> Response:
    """What it would change if an actor were called otherwise."""
    found = preview_rename(change.store, actor, name)
    fields = [("actor", found.correction.actor), ("name", found.correction.name)]
    return _previewed(request, found, "/actor/rename", fields, address("/actor", id=actor))


@router.post("/actor/rename")
def rename(change: Changing, actor: _Given, name: _Given) -> Response:
    """An actor is called otherwise."""
    with change.writing() as connection:
        made = correct.rename(connection, actor, name, **change.stamp("actor", "rename", actor, name))
    return _to_actor(made.actor, made=made.id)


@router.get("/actor/split")
def choose_first(request: Request, record: OpenRecord, id: Words) -> Response:
    """The newest reports and mentions of an actor, from which those are chosen that are somebody else."""
    return _choose(request, record, id, [], 1)


@router.post("/actor/split/choose")
def choose_more(
    request: Request,
    record: OpenRecord,
    change: Changing,
    actor: _Given,
    place: _Places = [],  # noqa: B006  # FastAPI copies it
    page_: Annotated[int, Form(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    """More of them; what was chosen stays so."""
    return _choose(request, record, actor, place, page_)


@router.post("/actor/split/preview")
def preview_of_split(
    request: Request,
    record: OpenRecord,
    change: Changing,
    actor: _Given,
    place: _Places = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """What it would change if an actor were somebody else in some places."""
    if not place:
        return _choose(request, record, actor, [], 1, "Nothing is chosen. Choose a report or a mention.")
    found = preview_split(change.store, actor, place)
    fields = [("actor", found.correction.actor), *(("place", p) for p in place)]
    return _previewed(request, found, "/actor/split", fields, address("/actor/split", id=actor))


@router.post("/actor/split")
def split(change: Changing, actor: _Given, place: _Places) -> Response:
    """In some places an actor is somebody else."""
    with change.writing() as connection:
        made = correct.split(connection, actor, place, **change.stamp("actor", "split", actor, *place))
    return _to_actor(made.other or made.actor, made=made.id)


@router.get("/corrections")
def corrections(
    request: Request, record: OpenRecord, undone: bool = False, page_: PageNumber = 1
) -> Response:
    """What was put right of who is who, the newest first."""
    made, total = record.corrections(**rows_of(page_))
    return page(
        request, "corrections.html", "Corrections", made=made, pages=Pages(page_, total), undone=undone
    )


@router.post("/corrections/undo/preview")
def preview_of_undo(request: Request, change: Changing) -> Response:
    """What it would change if the last correction were taken back."""
    found = preview_undo(change.store)
    fields = [("correction", found.correction.id), ("to", "corrections")]
    return _previewed(request, found, "/corrections/undo", fields, "/corrections", is_undone=True)


@router.post("/corrections/undo")
def undo(
    change: Changing, correction: _Given, to: Annotated[Literal["actor", "corrections"], Form()] = "actor"
) -> Response:
    """The last correction is taken back.

    Args:
        correction: its id; another one that was made since must not be taken back in its place.
        to: the page that is shown next.
    """
    with change.writing() as connection:
        undone = correct.undo(connection)
        if undone.id != correction:
            raise UsageError(
                "This correction is not the last one any more, or was taken back before. Look at the list: /corrections"
            )
    return _to_actor(undone.actor, undone=undone.what) if to == "actor" else _see("/corrections?undone=true")


def _choose(
    request: Request, record: OpenRecord, id: str, chosen: list[str], number: int, fault: str = ""
) -> Response:
    (who,), _ = record.bearers(id, limit=1)
    reports, total = record.mentioned(who.id, limit=_REPORTS, offset=(number - 1) * _REPORTS)
    here = {p for r in reports for p in (r.id, *(f"{r.id}:{m.start}" for m in r.mentions))}
    return page(
        request,
        "actor_split.html",
        f"Where is {who.name} somebody else?",
        who=who,
        reports=reports,
        total=total,
        chosen=set(chosen),
        elsewhere=[p for p in dict.fromkeys(chosen) if p not in here],
        number=number,
        last=max(1, -(-total // _REPORTS)),
        fault=fault,
    )


def _previewed(
    request: Request,
    found: Preview,
    path: str,
    fields: Sequence[tuple[str, str | None]],
    back: str,
    *,
    turned: Sequence[tuple[str, str]] = (),
    is_undone: bool = False,
) -> Response:
    """The page of what a correction would change, with the form that makes it.

    Args:
        path, fields: where the form leads, and what it sends.
        back: where nothing is changed.
        turned: what is sent to see it the other way round.
    """
    return page(
        request,
        "actor_preview.html",
        "What this would change",
        found=found,
        path=path,
        fields=fields,
        back=back,
        turned=turned,
        is_undone=is_undone,
    )


def _to_actor(id: str, **told: str) -> Response:
    return _see(address("/actor", id=id, **told))


def _see(path: str) -> Response:
    return RedirectResponse(path, status_code=303)
