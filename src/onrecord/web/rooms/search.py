"""Reports that hold words, with the passages in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.record.asking.passages import Passage
from onrecord.record.asking.search import Hit
from onrecord.web.asked import OpenRecord, PageNumber, Pages, Words, given, rows_of
from onrecord.web.pages import page
from onrecord.web.side_by_side import Piece, pieces

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# A message names the field as the command line does, at its beginning: *--since Friday: not a day*.
_FIELD: Final = re.compile(r"--(?P<name>match|headline|by|about|since|until|outlet)\b")
_FILTERS: Final = ("headline", "by", "about", "outlet", "since", "until")


@router.get("/search")
def search(
    request: Request,
    record: OpenRecord,
    match: Words = "",
    headline: Words = "",
    by: Words = "",
    about: Words = "",
    outlet: Words = "",
    since: Words = "",
    until: Words = "",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """Reports that hold words, one of each story, the best first."""
    asked = {
        "match": match,
        "headline": headline,
        "by": by,
        "about": about,
        "outlet": outlet,
        "since": since,
        "until": until,
    }
    found, errors = None, {}
    if given(asked):
        try:
            found = record.search(match, **given(_filters(asked)), **rows_of(page_))
        except UsageError as wrong:
            errors = _beside_field(str(wrong))
    return page(
        request,
        "search.html",
        f"Search: {match}" if match.strip() else "Search",
        status=400 if errors else 200,
        found=found,
        asked=asked,
        errors=errors,
        filtered=bool(given(_filters(asked))),
        pages=Pages(page_, found.total if found is not None else 0),
        headline_of=_headline,
        passage_of=_passage,
    )


def _filters(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in _FILTERS}


def _beside_field(message: str) -> dict[str, str]:
    """What is wrong, by the field that it is told beside: the words, where it names none.

    >>> _beside_field("--since Friday: not a day. Write it as YYYY-MM-DD.")
    {'since': 'Friday: not a day. Write it as YYYY-MM-DD.'}
    >>> _beside_field("there are no words to search for.")
    {'match': 'there are no words to search for.'}
    """
    named = _FIELD.match(message)
    told = message[named.end() :].lstrip() if named else message
    return {named["name"] if named else "match": told.replace(" --match", " the words")}


def _headline(hit: Hit) -> list[Piece]:
    """The headline of a report, else its id, with the words that were found."""
    if not hit.headline:
        return [Piece(hit.id, False)]
    return pieces(hit.headline, _in_order(Span(*place) for place in hit.in_headline))


def _passage(passage: Passage) -> list[Piece]:
    """A passage with the words that were found."""
    return pieces(
        passage.text,
        _in_order(Span(w.start - passage.start, w.end - passage.start) for w in passage.words),
    )


def _in_order(spans: Iterator[Span]) -> list[Span]:
    return sorted(spans)
