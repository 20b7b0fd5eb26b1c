"""The columns of the tables that `--csv` prints: for each sort of row what an editor sorts and counts by, and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.printing.cells import Column
from onrecord.record.asking.actors import InReport, Known
from onrecord.record.asking.predictions import Prediction
from onrecord.record.asking.search import Hit
from onrecord.record.asking.statements import Said
from onrecord.record.asking.stories import StoryThere
from onrecord.record.asking.timeline import Entry
from onrecord.record.asking.variants import SaidOnce
from onrecord.record.export.table import COLUMNS as _OF_EVENTS

EVENT_COLUMNS: Final = [Column(column.name, column.value) for column in _OF_EVENTS]


def _article(said: Said) -> str:
    return said.id.rpartition("#")[0]


def _words(said: Said) -> str:
    return " … ".join(" ".join(e.text.split()) for e in said.evidence)


SAID_COLUMNS: Final[Sequence[Column[Said]]] = (
    Column("id", lambda s: s.id),
    Column("article", _article),
    Column("published", lambda s: s.published),
    Column("outlet", lambda s: s.outlet),
    Column("headline", lambda s: s.headline),
    Column("by", lambda s: s.by),
    Column("actor", lambda s: s.actor),
    Column("actor_id", lambda s: s.actor_id),
    Column("code", lambda s: s.code or None),
    Column("cue", lambda s: s.cue),
    Column("content", _words),
    Column("kind", lambda s: s.kind),
    Column("attitude", lambda s: s.attitude),
    Column("negated", lambda s: s.negated),
    Column("quotation", lambda s: s.quotation),
    Column("about", lambda s: s.about),
    Column("addressee", lambda s: s.addressee),
    Column("date", lambda s: s.date),
    Column("within", lambda s: s.within),
    Column("confidence", lambda s: s.confidence),
    # The pieces of the content, as in `100-120; 131-150`.
    Column("places", lambda s: [f"{e.start}-{e.end}" for e in s.evidence]),
    Column("source_start", lambda s: s.source.start if s.source else None),
    Column("source_end", lambda s: s.source.end if s.source else None),
)

ONCE_COLUMNS: Final[Sequence[Column[SaidOnce]]] = (
    *(Column(c.name, lambda o, value=c.value: value(o.said)) for c in SAID_COLUMNS),  # type: ignore[misc]
    Column("story", lambda o: o.story),
    Column("printed_in", lambda o: [p.article for p in o.printings]),
    Column("variants", lambda o: [p.variant for p in o.printings]),
    Column("reports", lambda o: o.tellers.articles),
    Column("stories", lambda o: o.tellers.stories),
    Column("origins", lambda o: o.tellers.origins),
)

STORY_COLUMNS: Final[Sequence[Column[StoryThere]]] = (
    Column("id", lambda s: s.id),
    Column("reports", lambda s: len(s.articles)),
    Column("origins", lambda s: s.origins),
    Column("articles", lambda s: s.articles),
    Column("copies", lambda s: [f"{c.article} of {c.of}: {c.kind}, {c.score:.2f}" for c in s.copies]),
)

HIT_COLUMNS: Final[Sequence[Column[Hit]]] = (
    Column("id", lambda h: h.id),
    Column("published", lambda h: h.published),
    Column("outlet", lambda h: h.outlet),
    Column("headline", lambda h: h.headline),
    Column("url", lambda h: h.url),
    Column("score", lambda h: h.score),
    Column("passages", lambda h: " … ".join(" ".join(p.text.split()) for p in h.passages)),
    Column("places", lambda h: [f"{p.start}-{p.end}" for p in h.passages]),
    Column("story", lambda h: h.story),
    Column("in_story", lambda h: h.in_story),
    Column("copies", lambda h: [c.id for c in h.copies]),
    Column("reports", lambda h: h.tellers.articles),
    Column("origins", lambda h: h.tellers.origins),
)

ENTRY_COLUMNS: Final[Sequence[Column[Entry]]] = (
    Column("from", lambda e: e.from_),
    Column("to", lambda e: e.to),
    Column("day_told", lambda e: e.how),
    Column("what", lambda e: "event" if e.event else "statement"),
    Column("id", lambda e: e.event.id if e.event else e.statement.id if e.statement else None),
    Column("type", lambda e: e.event.type if e.event else e.statement.kind if e.statement else None),
    Column("modes", lambda e: e.event.modes if e.event else None),
    Column("status", lambda e: e.event.status if e.event else None),
    Column("actors", lambda e: [p.name for p in e.event.actors] if e.event else _speaker(e)),
    Column("recipients", lambda e: [p.name for p in e.event.recipients] if e.event else None),
    Column("reported_by", lambda e: w.by if e.event and (w := e.event.first.reported_by) else None),
    Column("words", lambda e: e.event.first.sentence.text if e.event else _said_words(e)),
    Column("place", lambda e: e.event.place.name if e.event and e.event.place else None),
    Column(
        "article", lambda e: e.event.article if e.event else _article(e.statement) if e.statement else None
    ),
    Column("places", lambda e: _places(e)),
    Column("published", lambda e: _report(e).published),
    Column("outlet", lambda e: _report(e).outlet),
    Column("headline", lambda e: _report(e).headline),
    Column("reports", lambda e: e.tellers.articles),
    Column("stories", lambda e: e.tellers.stories),
    Column("origins", lambda e: e.tellers.origins),
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


PREDICTION_COLUMNS: Final[Sequence[Column[Prediction]]] = (
    Column("due_from", lambda p: p.due.from_ if p.due else None),
    Column("due_to", lambda p: p.due.to if p.due else None),
    Column("due_words", lambda p: p.due.evidence.text if p.due else None),
    Column("due_how", lambda p: p.due.how if p.due else None),
    *(Column(c.name, lambda p, value=c.value: value(p.said)) for c in SAID_COLUMNS),  # type: ignore[misc]
    Column("reports", lambda p: p.tellers.articles),
    Column("stories", lambda p: p.tellers.stories),
    Column("origins", lambda p: p.tellers.origins),
    Column("reported_since", lambda p: [s.event for s in p.reported_since]),
)

KNOWN_COLUMNS: Final[Sequence[Column[Known]]] = (
    Column("id", lambda k: k.id),
    Column("name", lambda k: k.name),
    Column("type", lambda k: k.type),
    Column("country", lambda k: k.country),
    Column("sector", lambda k: k.sector),
    Column("names", lambda k: k.names),
    Column("source", lambda k: k.part.source),
    Column("subject", lambda k: k.part.subject),
    Column("addressee", lambda k: k.part.addressee),
    Column("mentions", lambda k: k.part.mentions),
    Column("reports", lambda k: k.reports),
    Column("stories", lambda k: k.stories),
    Column("origins", lambda k: k.origins),
)

IN_REPORT_COLUMNS: Final[Sequence[Column[InReport]]] = (
    Column("article", lambda r: r.article),
    Column("published", lambda r: r.published),
    Column("outlet", lambda r: r.outlet),
    Column("headline", lambda r: r.headline),
    Column("source", lambda r: r.part.source),
    Column("subject", lambda r: r.part.subject),
    Column("addressee", lambda r: r.part.addressee),
    Column("mentions", lambda r: r.part.mentions),
)
