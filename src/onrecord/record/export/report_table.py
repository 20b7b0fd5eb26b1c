"""A report as one flat row: its frame, its text, and how much is found in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.record.export.flat import Column, of
from onrecord.record.report_out import ReportOut

COLUMNS: Final[Sequence[Column[ReportOut]]] = (
    Column("id", "text", of("id")),
    Column("version_of", "text", of("version_of")),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("frame.headline")),
    Column("title", "text", of("title")),
    Column("byline", "list", of("frame.byline")),
    Column("dateline_place", "text", of("frame.dateline.place")),
    Column("dateline_date", "text", of("frame.dateline.date")),
    Column("agency", "text", lambda r: r.frame.agency or r.frame.dateline.agency),
    Column("section", "text", of("frame.section")),
    Column("updated", "text", of("frame.updated")),
    Column("corrections", "list", of("frame.corrections")),
    Column("url", "text", of("url")),
    Column("language", "text", of("language")),
    Column("origin", "text", of("origin")),
    Column("model", "text", of("model")),
    Column("recorded", "text", of("recorded")),
    Column("statements", "integer", lambda r: len(r.statements)),
    Column("events", "integer", lambda r: len(r.events)),
    Column("actors", "list", lambda r: [a.name for a in r.actors]),
    Column("places", "list", lambda r: [p.name for p in r.places]),
    Column("suspect_copy", "boolean", lambda r: r.suspect_copy is not None),
    Column("text", "text", of("text")),
)
