"""The columns of the tables that `--csv` prints: for each sort of row what an editor sorts and counts by, and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from onrecord.printing.lines import one_line
from onrecord.record.asking.actors import InReport, Known
from onrecord.record.asking.predictions import Prediction
from onrecord.record.asking.search import Hit
from onrecord.record.asking.statements import Said
from onrecord.record.asking.stories import StoryThere
from onrecord.record.asking.timeline import Entry
from onrecord.record.asking.variants import SaidOnce
from onrecord.record.export.flat import Column, of
from onrecord.record.export.statements import article_of
from onrecord.record.export.table import COLUMNS

EVENT_COLUMNS: Final = COLUMNS

# Of whatever has tellers.
_TOLD_IN: Final[Sequence[Column[Any]]] = (
    Column("reports", "integer", of("tellers.articles")),
    Column("stories", "integer", of("tellers.stories")),
    Column("origins", "integer", of("tellers.origins")),
)


def _words(said: Said) -> str:
    return " … ".join(one_line(e.text) for e in said.evidence)


SAID_COLUMNS: Final[Sequence[Column[Said]]] = (
    Column("id", "text", of("id")),
    Column("article", "text", article_of),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("headline")),
    Column("by", "text", of("by")),
    Column("actor", "text", of("actor")),
    Column("actor_id", "text", of("actor_id")),
    Column("code", "text", lambda s: s.code or None),
    Column("cue", "text", of("cue")),
    Column("content", "text", _words),
    Column("kind", "text", of("kind")),
    Column("attitude", "text", of("attitude")),
    Column("negated", "boolean", of("negated")),
    Column("quotation", "text", of("quotation")),
    Column("about", "list", of("about")),
    Column("addressee", "text", of("addressee")),
    Column("date", "text", of("date")),
    Column("within", "text", of("within")),
    Column("confidence", "number", of("confidence")),
    # The pieces of the content, as in `100-120; 131-150`.
    Column("places", "list", lambda s: [f"{e.start}-{e.end}" for e in s.evidence]),
    Column("source_start", "integer", of("source.start")),
    Column("source_end", "integer", of("source.end")),
)


def _of_said(column: Column[Said]) -> Column[Any]:
    """A column of the statement that a row holds."""
    return Column(column.name, column.kind, lambda row: column.value(row.said))


_OF_SAID: Final = [_of_said(column) for column in SAID_COLUMNS]

ONCE_COLUMNS: Final[Sequence[Column[SaidOnce]]] = (
    *_OF_SAID,
    Column("story", "text", of("story")),
    Column("printed_in", "list", lambda o: [p.article for p in o.printings]),
    Column("variants", "list", lambda o: [p.variant for p in o.printings]),
    *_TOLD_IN,
)

STORY_COLUMNS: Final[Sequence[Column[StoryThere]]] = (
    Column("id", "text", of("id")),
    Column("reports", "integer", lambda s: len(s.articles)),
    Column("origins", "integer", of("origins")),
    Column("articles", "list", of("articles")),
    Column("copies", "list", lambda s: [f"{c.article} of {c.of}: {c.kind}, {c.score:.2f}" for c in s.copies]),
)

HIT_COLUMNS: Final[Sequence[Column[Hit]]] = (
    Column("id", "text", of("id")),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("headline")),
    Column("url", "text", of("url")),
    Column("score", "number", of("score")),
    Column("passages", "text", lambda h: " … ".join(one_line(p.text) for p in h.passages)),
    Column("places", "list", lambda h: [f"{p.start}-{p.end}" for p in h.passages]),
    Column("story", "text", of("story")),
    Column("in_story", "integer", of("in_story")),
    Column("copies", "list", lambda h: [c.id for c in h.copies]),
    Column("reports", "integer", of("tellers.articles")),
    Column("origins", "integer", of("tellers.origins")),
)


def _speaker(entry: Entry) -> list[str]:
    said = entry.statement
    return [who] if said and (who := said.actor or said.by) else []


def _said_words(entry: Entry) -> str | None:
    return _words(entry.statement) if entry.statement else None


def _places(entry: Entry) -> list[str]:
    evidence = (
        [entry.event.first.sentence] if entry.event else entry.statement.evidence if entry.statement else []
    )
    return [f"{e.start}-{e.end}" for e in evidence]


def _report(entry: Entry) -> Said:
    return entry.event or entry.statement  # type: ignore[return-value]


ENTRY_COLUMNS: Final[Sequence[Column[Entry]]] = (
    Column("from", "text", of("from_")),
    Column("to", "text", of("to")),
    Column("day_told", "text", of("how")),
    Column("what", "text", lambda e: "event" if e.event else "statement"),
    Column("id", "text", lambda e: e.event.id if e.event else e.statement.id if e.statement else None),
    Column("type", "text", lambda e: e.event.type if e.event else e.statement.kind if e.statement else None),
    Column("modes", "list", of("event.modes")),
    Column("status", "text", of("event.status")),
    Column("actors", "list", lambda e: [p.name for p in e.event.actors] if e.event else _speaker(e)),
    Column("recipients", "list", lambda e: [p.name for p in e.event.recipients] if e.event else None),
    Column("reported_by", "text", of("event.first.reported_by.by")),
    Column("words", "text", lambda e: e.event.first.sentence.text if e.event else _said_words(e)),
    Column("place", "text", of("event.place.name")),
    Column(
        "article",
        "text",
        lambda e: e.event.article if e.event else article_of(e.statement) if e.statement else None,
    ),
    Column("places", "list", _places),
    Column("published", "text", lambda e: _report(e).published),
    Column("outlet", "text", lambda e: _report(e).outlet),
    Column("headline", "text", lambda e: _report(e).headline),
    *_TOLD_IN,
)

PREDICTION_COLUMNS: Final[Sequence[Column[Prediction]]] = (
    Column("due_from", "text", of("due.from_")),
    Column("due_to", "text", of("due.to")),
    Column("due_words", "text", of("due.evidence.text")),
    Column("due_how", "text", of("due.how")),
    *_OF_SAID,
    *_TOLD_IN,
    Column("reported_since", "list", lambda p: [s.event for s in p.reported_since]),
)

KNOWN_COLUMNS: Final[Sequence[Column[Known]]] = (
    Column("id", "text", of("id")),
    Column("name", "text", of("name")),
    Column("type", "text", of("type")),
    Column("country", "text", of("country")),
    Column("sector", "text", of("sector")),
    Column("names", "list", of("names")),
    Column("source", "integer", of("part.source")),
    Column("subject", "integer", of("part.subject")),
    Column("addressee", "integer", of("part.addressee")),
    Column("mentions", "integer", of("part.mentions")),
    Column("reports", "integer", of("reports")),
    Column("stories", "integer", of("stories")),
    Column("origins", "integer", of("origins")),
)

IN_REPORT_COLUMNS: Final[Sequence[Column[InReport]]] = (
    Column("article", "text", of("article")),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("headline")),
    Column("source", "integer", of("part.source")),
    Column("subject", "integer", of("part.subject")),
    Column("addressee", "integer", of("part.addressee")),
    Column("mentions", "integer", of("part.mentions")),
)
