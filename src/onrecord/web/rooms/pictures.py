"""Pictures of an answer: over time, who on whom, a network, a map, a timeline; each with its rows as text."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from onrecord.analysis.labels import KINDS
from onrecord.analysis.plover import MODES, STATUSES, TYPES
from onrecord.api import Record
from onrecord.errors import UsageError
from onrecord.record.asking.events import EventQuestion
from onrecord.web import picture_words as words
from onrecord.web.asked import OpenRecord, PageNumber, Pages, rows_of
from onrecord.web.pages import page
from onrecord.web.pictured import PICTURES, As, Pictured, Picturing

router: Final = APIRouter()
_NAMES: Final[dict[As, str]] = {
    "time": "Over time",
    "matrix": "Who on whom",
    "network": "Network",
    "map": "Map",
    "timeline": "Timeline",
}
_TITLES: Final = {
    ("said", "time"): "Statements over time",
    ("said", "matrix"): "Who speaks of whom",
    ("said", "network"): "A network of who speaks of whom",
    ("said", "timeline"): "What was said, day by day",
    ("events", "time"): "Events over time",
    ("events", "matrix"): "Who acts on whom",
    ("events", "network"): "A network of who acts on whom",
    ("events", "map"): "Where it happened",
    ("events", "timeline"): "What happened, day by day",
}
First = Annotated[Literal["newest", "oldest"], Query(description="Which day comes first.")]
# How many shades the cells of a matrix have.
_SHADES: Final = 5
_TAGS: Final[list[str | Enum]] = ["pictures"]


@router.get("/pictures", include_in_schema=False, response_class=HTMLResponse)
def pictures(
    request: Request,
    record: OpenRecord,
    pictured: Picturing,
    as_: Annotated[As, Query(alias="as")] = "time",
    first: First = "newest",
    page_: PageNumber = 1,
) -> HTMLResponse:
    """A picture of the answer to a question, with the numbers of which it is made."""
    if as_ not in PICTURES[pictured.of]:
        raise UsageError("A map is of events: statements have no place. Ask for of=events.")
    told = _TOLD[as_](pictured.asked.seen(record), pictured, first, page_)
    return page(
        request,
        f"pictures_{as_}.html",
        _TITLES[pictured.of, as_],
        pictured=pictured,
        of=pictured.of,
        drawn=as_,
        pictures={name: _NAMES[name] for name in PICTURES[pictured.of]},
        kinds=KINDS,
        types=TYPES,
        modes=sorted({mode for modes in MODES.values() for mode in modes}),
        statuses=STATUSES,
        **told,
    )


@router.get("/api/pictures/time", tags=_TAGS, response_class=Response)
def time(record: OpenRecord, pictured: Picturing) -> Response:
    """How many statements of each kind, or events of each type, fall in each day, week, month, quarter or year."""
    return _json(pictured.asked.seen(record).over_time(pictured.question, once=pictured.once))


@router.get("/api/pictures/matrix", tags=_TAGS, response_class=Response)
def matrix(record: OpenRecord, pictured: Picturing) -> Response:
    """Who speaks of whom, or acts on whom: the twenty commonest of either side."""
    seen = pictured.asked.seen(record)
    return _json(seen.who_on_whom(pictured.question, once=pictured.once, side=pictured.side))


@router.get("/api/pictures/network", tags=_TAGS, response_class=Response)
def network(record: OpenRecord, pictured: Picturing) -> Response:
    """The forty who are named most, and the commonest pairs among them."""
    seen = pictured.asked.seen(record)
    return _json(seen.network(pictured.question, once=pictured.once, side=pictured.side))


@router.get("/api/pictures/map", tags=_TAGS, response_class=Response)
def on_map(record: OpenRecord, pictured: Picturing) -> Response:
    """Where events happened: places, those of most events first. Of events alone: `of=events`."""
    return _json(pictured.asked.seen(record).where(_of_events(pictured)))


@router.get("/api/pictures/timeline", tags=_TAGS, response_class=Response)
def timeline(
    record: OpenRecord, pictured: Picturing, first: First = "newest", page_: PageNumber = 1
) -> Response:
    """Statements or events in the order of their days, fifty on a page."""
    seen = pictured.asked.seen(record)
    return _json(seen.by_day(pictured.question, once=pictured.once, first=first, **rows_of(page_)))


def _json(found: Any) -> Response:
    return Response(msgspec.json.encode(found), media_type="application/json")


def _of_events(pictured: Pictured) -> EventQuestion:
    question = pictured.question
    if not isinstance(question, EventQuestion):
        raise UsageError("A map is of events: statements have no place. Ask for of=events.")
    return question


def _over_time(record: Record, pictured: Pictured, *_: Any) -> dict[str, Any]:
    told = record.over_time(pictured.question, once=pictured.once)
    return {
        "told": told,
        "caption": words.time_in_words(told, pictured.of),
        "name_of": lambda bar: words.bar_name(told.unit, bar),
        **_counted(told, pictured),
    }


def _who_on_whom(record: Record, pictured: Pictured, *_: Any) -> dict[str, Any]:
    told = record.who_on_whom(pictured.question, once=pictured.once, side=pictured.side)
    steps = heat_steps(max((pair.count for pair in told.pairs), default=0))
    return {
        "told": told,
        "caption": words.matrix_in_words(told, pictured.of),
        "cells": {(pair.source, pair.target): pair for pair in told.pairs},
        "steps": steps,
        "heat": lambda number: bisect_right(steps, number),
        **_counted(told, pictured),
    }


def _network(record: Record, pictured: Pictured, *_: Any) -> dict[str, Any]:
    told = record.network(pictured.question, once=pictured.once, side=pictured.side)
    class_of = words.quad if pictured.of == "events" else str
    return {
        "told": told,
        "caption": words.network_in_words(told, pictured.of),
        "names": {node.id: node.name for node in told.nodes},
        "class_of": class_of,
        "drawn_classes": {class_of(edge.most) for edge in told.edges},
        "classes": words.QUADS if pictured.of == "events" else KINDS,
        **_counted(told, pictured),
    }


def _map(record: Record, pictured: Pictured, *_: Any) -> dict[str, Any]:
    told = record.where(_of_events(pictured))
    return {"told": told, "caption": words.map_in_words(told), **_counted(told, pictured)}


def _timeline(record: Record, pictured: Pictured, first: Any, number: int) -> dict[str, Any]:
    told = record.by_day(pictured.question, once=pictured.once, first=first, **rows_of(number))
    pages = Pages(number, told.counted.rows)
    return {
        "told": told,
        "caption": words.days_in_words(told, pictured.of, pages.first_row),
        "by_day": [(day, list(rows)) for day, rows in groupby(told.rows, key=attrgetter("day"))],
        "weekday": words.weekday,
        "pages": pages,
        "first": first,
        **_counted(told, pictured),
    }


def heat_steps(most: int) -> list[int]:
    """From which number on a cell is shaded as much: five steps at most, each as many times the one before.

    >>> heat_steps(100), heat_steps(3), heat_steps(0)
    ([1, 3, 6, 16, 40], [1, 2, 3], [])
    """
    even = [max(1, round(most ** (step / _SHADES))) for step in range(_SHADES)]
    return list(range(1, most + 1)) if most <= _SHADES else sorted(set(even))


def _counted(told: Any, pictured: Pictured) -> dict[str, Any]:
    return {"counted": words.counted_in_words(told.counted, pictured.of), "found": told.counted}


_TOLD: Final = {
    "time": _over_time,
    "matrix": _who_on_whom,
    "network": _network,
    "map": _map,
    "timeline": _timeline,
}
