"""A report as it was written, with what was found in it."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from onrecord.analysis.labels import KINDS
from onrecord.printing.site.marks import marked
from onrecord.printing.site.report_page import marks_of
from onrecord.web.asked import OpenRecord, Words
from onrecord.web.pages import page

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/report")
def report(request: Request, record: OpenRecord, id: Words, kind: Words = "") -> HTMLResponse:
    """A report as it was written, with what was found in it underlaid."""
    there = record.show(record.find_report(id))
    statements = [s for s in there.statements if not kind or s.kind == kind]
    text = Markup(marked(there.text, marks_of(there.id, statements, there.events)))  # `marked` escapes
    story = record.story(there.story) if there.story else None
    return page(
        request,
        "report.html",
        there.headline or there.id,
        report=there,
        text=text,
        statements=statements,
        kinds=[k for k in KINDS if any(s.kind == k for s in there.statements)],
        kind=kind,
        story=story,
    )
