"""An event as one flat row, for spreadsheets (CSV) and data frames (Parquet)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Number, Party, number_in_words
from onrecord.record.export.flat import Column, of


def _parties(role: str, what: Callable[[Party], str | None]) -> Callable[[Event], list[str]]:
    return lambda event: [what(p) or "" for p in getattr(event, role)]


def _count(name: str) -> Sequence[Column[Event]]:
    number: Callable[[Event], Number | None] = of(name)
    return (
        Column(f"{name}_low", "integer", of(f"{name}.low")),
        Column(f"{name}_high", "integer", of(f"{name}.high")),
        Column(f"{name}_about", "boolean", lambda e: n.about if (n := number(e)) else None),
    )


def _role(role: str) -> Sequence[Column[Event]]:
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


COLUMNS: Sequence[Column[Event]] = (
    Column("id", "text", of("id")),
    Column("article", "text", of("article")),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("headline")),
    Column("url", "text", of("url")),
    Column("type", "text", of("type")),
    Column("modes", "list", of("modes")),
    Column("contexts", "list", of("contexts")),
    Column("cameo", "text", of("cameo")),
    Column("status", "text", of("status")),
    Column("date", "text", lambda e: days_of(e).first),
    Column("date_to", "text", lambda e: days_of(e).last),
    Column("date_told", "text", lambda e: days_of(e).how),
    Column("date_words", "text", of("date.evidence.text")),
    *_role("actors"),
    *_role("recipients"),
    Column("mutual", "boolean", of("mutual")),
    Column("place", "text", of("place.name")),
    Column("place_words", "list", lambda e: [p.text for p in e.places]),
    Column("country", "text", of("place.country")),
    Column("lat", "number", of("place.lat")),
    Column("lon", "number", of("place.lon")),
    Column("geonames", "integer", of("place.geonames")),
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
    Column("reports", "integer", of("tellers.articles")),
    Column("stories", "integer", of("tellers.stories")),
    Column("origins", "integer", of("tellers.origins")),
    Column("differing", "list", _differing),
    Column("trigger", "text", lambda e: e.first.trigger.text),
    Column("sentence", "text", lambda e: e.first.sentence.text),
    Column("start", "integer", lambda e: e.first.sentence.start),
    Column("end", "integer", lambda e: e.first.sentence.end),
    Column("confidence", "number", of("confidence")),
)
