"""Statements as rows for other programs: each with its report, its story and how many tell that story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from onrecord.record.asking.statements import Question, Said, find_said
from onrecord.record.export.flat import Column, of
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, copies, stories

_JOIN: Final = " … "


class Place(msgspec.Struct):
    """A report among the others of its story.

    Attributes:
        reports, origins: how many reports the story has, and how many of them descend from no other.
        copy_of: the report from which this one was made, or which it is likest to; None if it descends from none.
        copied: how: verbatim, edited, rewritten or spun.
    """

    id: str
    reports: int
    origins: int
    copy_of: str | None
    copied: str | None


class SaidThere(Said, kw_only=True):
    """A statement as `said` tells it, with what there is to know of its report.

    Attributes:
        article: id of the report.
        story: None for another version of a report: the report itself is in the story.
    """

    article: str
    url: str | None
    language: str | None
    model: str | None
    recorded: str | None
    story: Place | None


class _Report(msgspec.Struct):
    url: str | None
    language: str | None
    model: str | None
    recorded: str | None
    story: Place | None


def find_statements(
    connection: Connection, question: Question, *, limit: int | None = None
) -> Iterator[SaidThere]:
    """Statements that fit a question, newest report first, in the order of the text; some hundreds are fetched at a time.

    Raises:
        UsageError: as `said` does.
    """
    for part in in_parts(find_said(connection, question, limit=limit)):
        yield from with_reports(connection, part)


def with_reports(connection: Connection, found: Sequence[Said]) -> Iterator[SaidThere]:
    """Some hundreds of statements with what there is to know of their reports."""
    reports = _reports(connection, {article_of(said) for said in found})
    for said in found:
        article = article_of(said)
        report = reports[article]
        yield SaidThere(
            **{name: getattr(said, name) for name in said.__struct_fields__},
            article=article,
            **{name: getattr(report, name) for name in report.__struct_fields__},
        )


def article_of(said: Said) -> str:
    """The id of the report of a statement."""
    return said.id.rpartition("#")[0]


def words_of(said: Said) -> str:
    """The words of the content, its pieces joined by an ellipsis."""
    return _JOIN.join(e.text for e in said.evidence)


def _reports(connection: Connection, ids: Iterable[str]) -> dict[str, _Report]:
    table = articles.c
    query = (
        select(
            table.id,
            table.url,
            table.language,
            table.model,
            table.recorded,
            stories.c.id.label("story"),
            stories.c.articles.label("reports"),
            stories.c.origins,
            copies.c.of.label("copy_of"),
            copies.c.kind.label("copied"),
        )
        .outerjoin(stories, stories.c.id == table.story)
        .outerjoin(copies, copies.c.article == table.id)
        .where(table.id.in_(sorted(ids)))
    )
    return {
        row.id: _Report(
            row.url,
            row.language,
            row.model,
            row.recorded,
            Place(row.story, row.reports, row.origins, row.copy_of, row.copied) if row.story else None,
        )
        for row in connection.execute(query)
    }


COLUMNS: Final[Sequence[Column[SaidThere]]] = (
    Column("id", "text", of("id")),
    Column("article", "text", of("article")),
    Column("published", "text", of("published")),
    Column("outlet", "text", of("outlet")),
    Column("headline", "text", of("headline")),
    Column("url", "text", of("url")),
    Column("language", "text", of("language")),
    Column("by", "text", of("by")),
    Column("actor", "text", of("actor")),
    Column("actor_id", "text", of("actor_id")),
    Column("country", "text", of("country")),
    Column("sector", "text", of("sector")),
    Column("code", "text", lambda s: s.code or None),
    Column("cue", "text", of("cue")),
    Column("content", "text", words_of),
    Column("kind", "text", of("kind")),
    Column("attitude", "text", of("attitude")),
    Column("negated", "boolean", of("negated")),
    Column("quotation", "text", of("quotation")),
    Column("about", "list", of("about")),
    Column("addressee", "text", of("addressee")),
    Column("date", "text", of("date")),
    Column("within", "text", of("within")),
    Column("source_start", "integer", of("source.start")),
    Column("source_end", "integer", of("source.end")),
    Column("cue_start", "integer", of("cue_place.start")),
    Column("cue_end", "integer", of("cue_place.end")),
    # Lists of one length: the pieces of the content, in the order of the text.
    Column("content_starts", "integers", lambda s: [e.start for e in s.evidence]),
    Column("content_ends", "integers", lambda s: [e.end for e in s.evidence]),
    Column("content_pieces", "list", lambda s: [e.text for e in s.evidence]),
    Column("story", "text", of("story.id")),
    Column("story_reports", "integer", of("story.reports")),
    Column("story_origins", "integer", of("story.origins")),
    Column("copy_of", "text", of("story.copy_of")),
    Column("copied", "text", of("story.copied")),
    Column("model", "text", of("model")),
    Column("recorded", "text", of("recorded")),
    Column("confidence", "number", of("confidence")),
)
