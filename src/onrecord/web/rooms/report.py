"""A report as it was written, with what was found in it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.api.answers import Report
from onrecord.record.asking.statements import Evidence
from onrecord.web import narrowing
from onrecord.web.asked import OpenRecord, Words
from onrecord.web.margin import name_of, notes_of
from onrecord.web.marking import mark_text, paragraph_at
from onrecord.web.pages import address, page
from onrecord.web.report_marks import damage_marks, depths, mention_links, note_marks, statement_marks

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# The newest of what people put right in a report.
_MOST_PUT_RIGHT: Final = 100


@router.get("/report")
def report(
    request: Request, record: OpenRecord, id: Words, by: Words = "", kind: Words = "", type: Words = ""
) -> HTMLResponse:
    """A report as it was written, with what was found in it underlaid, in its margin and in a list beside it.

    Args:
        by, kind, type: whose statements, of which kind, and which events are marked and listed; nothing means all.
    """
    asked = narrowing.read_asked(by, kind, type)
    there = record.show(record.find_report(id))
    left = narrowing.narrow(there.statements, notes_of(there.id, there.events), asked)
    depth = depths(there.statements)
    keys = {actor.id: f"a{number}" for number, actor in enumerate(there.actors, 1)}
    # Of a long report the same few addresses are written thousands of times.
    pages = {actor.id: address("/actor", id=actor.id) for actor in there.actors}
    marks = [m for s in left.statements for m in statement_marks(s, depth[s.id])]
    marks += [m for note in left.notes for m in note_marks(note)]
    damages = _damages(there)
    marks += damage_marks(damages)
    descent = record.descent(there.id)
    original = descent.copy.of if descent and descent.copy else None
    return page(
        request,
        "report.html",
        there.headline or there.id,
        report=there,
        text=mark_text(there.text, marks, mention_links(record.mentions(there.id), keys, pages)),
        left=left,
        asked=asked,
        depth=depth,
        keys=keys,
        pages=pages,
        name_of=name_of,
        shown={name_of(s.id) for s in left.statements},
        told_here={note.name for note in left.notes},
        damages=damages,
        descent=descent,
        original=record.heads([original])[original] if original else None,
        put_right=record.amendments(there.id, limit=_MOST_PUT_RIGHT)[0],
        cut_before=paragraph_at(there.text, [line["before"] for line in there.furniture]),
    )


def _damages(there: Report) -> list[Evidence]:
    reasons = there.suspect_copy.reasons if there.suspect_copy else []
    return [Evidence(there.id, r.start, r.end, r.text) for r in reasons]
