"""An event as one flat row, for spreadsheets (CSV) and data frames (Parquet)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Number, Party, number_in_words
from onrecord.record.export.cells import guard_cell

Kind = Literal["text", "integer", "number", "boolean", "list"]


class Column(NamedTuple):
    """A column: its name, what its values are, and how they are had from an event."""

    name: str
    kind: Kind
    value: Callable[[Event], Any]


def _of(path: str) -> Callable[[Event], Any]:
    """The value at a dotted path; None where a part of it is None."""

    def value(event: Event) -> Any:
        found: Any = event
        for name in path.split("."):
            if found is None:
                return None
            found = getattr(found, name)
        return found

    return value


def _parties(role: str, what: Callable[[Party], str | None]) -> Callable[[Event], list[str]]:
    return lambda event: [what(p) or "" for p in getattr(event, role)]


def _count(name: str) -> Sequence[Column]:
    number: Callable[[Event], Number | None] = _of(name)
    return (
        Column(f"{name}_low", "integer", _of(f"{name}.low")),
        Column(f"{name}_high", "integer", _of(f"{name}.high")),
        Column(f"{name}_about", "boolean", lambda e: n.about if (n := number(e)) else None),
    )


def _role(role: str) -> Sequence[Column]:
    """Lists of one length: names, the words as printed, ids and codes, empty where there is none."""
    name = role.removesuffix("s")
    return (
        Column(f"{role}", "list", _parties(role, lambda p: p.name)),
        Column(f"{name}_words", "list", _parties(role, lambda p: p.text)),
        Column(f"{name}_ids", "list", _parties(role, lambda p: p.actor_id)),
        Column(f"{name}_codes", "list", _parties(role, lambda p: p.code)),
    )


def _differing(event: Event) -> list[str]:
    """*dead 12*, *dead 21*: each number where tellings differ on it."""
    return [f"{d.what} {number_in_words(n)}" for d in event.differing for n in d.numbers]


COLUMNS: Sequence[Column] = (
    Column("id", "text", _of("id")),
    Column("article", "text", _of("article")),
    Column("published", "text", _of("published")),
    Column("outlet", "text", _of("outlet")),
    Column("headline", "text", _of("headline")),
    Column("url", "text", _of("url")),
    Column("type", "text", _of("type")),
    Column("modes", "list", _of("modes")),
    Column("contexts", "list", _of("contexts")),
    Column("cameo", "text", _of("cameo")),
    Column("status", "text", _of("status")),
    Column("date", "text", lambda e: days_of(e).first),
    Column("date_to", "text", lambda e: days_of(e).last),
    Column("date_told", "text", lambda e: days_of(e).how),
    Column("date_words", "text", _of("date.evidence.text")),
    *_role("actors"),
    *_role("recipients"),
    Column("mutual", "boolean", _of("mutual")),
    Column("place", "text", _of("place.name")),
    Column("place_words", "list", lambda e: [p.text for p in e.places]),
    Column("country", "text", _of("place.country")),
    Column("lat", "number", _of("place.lat")),
    Column("lon", "number", _of("place.lon")),
    Column("geonames", "integer", _of("place.geonames")),
    *_count("dead"),
    *_count("injured"),
    *_count("crowd"),
    Column("asserted", "boolean", lambda e: e.first.reported_by is None),
    Column("reported_by", "text", lambda e: w.by if (w := e.first.reported_by) else None),
    Column("reported_by_actor", "text", lambda e: w.actor if (w := e.first.reported_by) else None),
    Column("reported_by_code", "text", lambda e: (w.code or None) if (w := e.first.reported_by) else None),
    Column("statement", "text", lambda e: w.statement if (w := e.first.reported_by) else None),
    Column("tellings", "integer", lambda e: len(e.tellings)),
    Column("tellings_status", "list", lambda e: [t.status for t in e.tellings]),
    Column("tellings_articles", "list", lambda e: [t.article for t in e.tellings]),
    Column("reports", "integer", _of("tellers.articles")),
    Column("stories", "integer", _of("tellers.stories")),
    Column("origins", "integer", _of("tellers.origins")),
    Column("differing", "list", _differing),
    Column("trigger", "text", lambda e: e.first.trigger.text),
    Column("sentence", "text", lambda e: e.first.sentence.text),
    Column("start", "integer", lambda e: e.first.sentence.start),
    Column("end", "integer", lambda e: e.first.sentence.end),
    Column("confidence", "number", _of("confidence")),
)


def to_values(event: Event) -> list[Any]:
    """The values of the columns; lists are lists."""
    return [column.value(event) for column in COLUMNS]


def to_cells(event: Event) -> list[str]:
    """The values as cells of a CSV file: lists joined by semicolons, yes and no as true and false, no words a formula."""
    return [_cell(value) for value in to_values(event)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return guard_cell("; ".join(value))
    if isinstance(value, str):
        return guard_cell(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
