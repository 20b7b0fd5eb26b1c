"""Who is heard: how often, in which role, named or not, and how the voices are spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from onrecord.analysis.labels import KINDS
from onrecord.api import Record, Rows
from onrecord.record.asking.sources import Share, Sources
from onrecord.web.asked import OpenRecord, PageNumber
from onrecord.web.questions import SourcesBesideQuestion
from onrecord.web.showing import Form, show

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# How the named sources are grouped, by the fields of an audit.
_GROUPS: Final = {
    "by_sector": "By sector",
    "by_country": "By country",
    "by_role": "By role",
    "by_gender": "By gender, where the text tells it",
    "described_as": "Described without a name",
}
_MOST_GROUPS: Final = 12


@router.get("/sources")
def sources(
    request: Request,
    record: OpenRecord,
    question: Annotated[SourcesBesideQuestion, Depends()],
    form: Form = "page",
    page_: PageNumber = 1,
) -> Response:
    """An audit of who is heard, of one outlet, of two side by side, or of all."""
    return show(
        request,
        record,
        question,
        form=form,
        number=page_,
        template="sources.html",
        title="Who is heard",
        kinds=KINDS,
        tell=_tell,
    )


def _tell(_: Record, found: Rows[Any]) -> dict[str, Any]:
    audits: list[Sources] = found.audits  # type: ignore[attr-defined]
    groups = [(title, *_grouped([getattr(a, name) for a in audits])) for name, title in _GROUPS.items()]
    return {
        "groups": [group for group in groups if group[1]],
        "beside": {heard.id: heard for audit in audits[1:] for heard in audit.actors},
    }


def _grouped(audits: Sequence[Sequence[Share]]) -> tuple[list[tuple[str, list[Share | None]]], int]:
    """The groups of some audits, each with its share in either, those of the largest share first; and how many more there are."""
    shares = [{share.name: share for share in groups} for groups in audits]
    names = list(dict.fromkeys(share.name for groups in audits for share in groups))
    names.sort(key=lambda name: -max(of[name].share for of in shares if name in of))
    return [(name, [of.get(name) for of in shares]) for name in names[:_MOST_GROUPS]], max(
        0, len(names) - _MOST_GROUPS
    )
