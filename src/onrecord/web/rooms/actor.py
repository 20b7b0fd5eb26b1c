"""Somebody: who they are, what they said, what was said of them, what they did and had done to them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from onrecord.analysis.labels import KINDS
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.over_time import over_time, role_stretches
from onrecord.web.pages import page
from onrecord.web.references import refer

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# Of those who bear a name so many are shown.
_MOST_BEARERS: Final = 100


@router.get("/actor")
def actor(request: Request, record: OpenRecord, id: Words, made: Words = "", undone: Words = "") -> Response:
    """Who somebody is, what they said, what was said of them, what they did and had done to them; all who bear a name of several.

    Args:
        made: the id of the correction after which the page is shown: if it is the last one, it is told, and can be taken back.
        undone: what the correction was that was taken back before the page is shown: merge, split or rename.
    """
    found, total = record.bearers(id, limit=_MOST_BEARERS)
    if total > 1:
        return page(request, "actors.html", f"Who goes by {id}", found=found, total=total)
    there = record.profile(found[0].id)
    last, _ = record.corrections(limit=1) if made else ([], 0)
    roles = list(zip(there.roles, role_stretches(there.roles), strict=True))
    return page(
        request,
        "actor.html",
        there.name,
        actor=there,
        offices=[(role, at) for role, at in roles if role.from_ or role.to],
        told=[(role, at) for role, at in roles if not (role.from_ or role.to)],
        chart=over_time(there.said.days),
        just_made=[m for m in last if m.correction.id == made],
        undone=undone if undone in ("merge", "split", "rename") else "",
    )


@router.get("/actor/quotations")
def quotations(
    request: Request, record: OpenRecord, id: Words, kind: Words = "", page_: PageNumber = 1
) -> Response:
    """The direct quotations of somebody, each to be copied with its reference."""
    found, total = record.bearers(id, limit=_MOST_BEARERS)
    if total > 1:
        return page(request, "actors.html", f"Who goes by {id}", found=found, total=total)
    who = found[0]
    quoted = record.quotations(who.id, **given({"kind": kind}), **rows_of(page_))
    return page(
        request,
        "actor_quotations.html",
        f"{who.name}: quotations",
        who=who,
        quoted=quoted,
        references=[(q.said, refer(q, str(request.base_url).rstrip("/"))) for q in quoted.rows],
        asked={"id": who.id, "kind": kind},
        kinds=KINDS,
        pages=Pages(page_, quoted.total),
    )
