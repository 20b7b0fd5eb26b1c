"""A record that is open: questions are put and reports written here, each report in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, select

from onrecord.article import Article, content_id
from onrecord.contract import AnalysisOut
from onrecord.reading.source_map import map_to_source
from onrecord.record import schema
from onrecord.record.engines import WRITES, named_errors
from onrecord.record.event_joins import join_events
from onrecord.record.findings import add_findings
from onrecord.record.fitting import check_fits, fitted, path_as_text
from onrecord.record.location import Location
from onrecord.record.people import load_corrections
from onrecord.record.prepared import Question
from onrecord.record.story_rows import add_report
from onrecord.record.upgrade import renew_report

# From this schema on one text in two outlets is two reports.
_PRINTINGS_APART = 6
_table = schema.articles.c
_BY_ID = Question(
    select(_table.text, _table.schema, _table.outlet, _table.url).where(_table.id == bindparam("id"))
)


class Outcome(Enum):
    """What became of a report that was to be recorded."""

    NEW = "recorded"
    KNOWN = "already on record"
    VERSION = "recorded as a new version"
    RENEWED = "recorded anew"


class Record:
    """A record in one SQLite file or in PostgreSQL. Use as a context manager, or call `close`."""

    def __init__(self, engine: Engine, location: Location, upgraded_from: int | None = None) -> None:
        self._engine = engine
        self.location = location
        # The older schema that the record had until it was opened; None if it lacks nothing of this one.
        self.upgraded_from = upgraded_from

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file or the server."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions: all of them see one state of the record."""
        with named_errors(self.location), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for changes: all of them are made when it is left, none if an error comes."""
        with named_errors(self.location), self._engine.connect() as plain:
            connection = plain.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection
                join_events(connection)

    def add(self, article: Article, analysis: AnalysisOut, model: str | None) -> Outcome:
        """Write a report with what was found in it, all or nothing.

        A report that is on record already (same id, same text) changes nothing, unless it was
        recorded by a version that kept less: then it is recorded anew. Another text under a given id
        is kept beside the first as its version.

        Args:
            model: version of the model that found the statements; None if the report was not analysed.

        Raises:
            UnreadableReportError: if it holds what no record can keep (`fitting.py`).
            RecordError: if it cannot be written.
        """
        with self.writing() as connection:
            return write_report(connection, article, analysis, model)

    def id_of(self, article: Article) -> str:
        """The id under which a report is on record, or would be: another text under a given id has one of its own."""
        with self.reading() as connection:
            return _find_place(connection, article).id


def write_report(
    connection: Connection, article: Article, analysis: AnalysisOut, model: str | None
) -> Outcome:
    """As `Record.add`, in a transaction that may hold more than this report: `Record.writing`."""
    check_fits(article)
    analysis = fitted(analysis)
    place = _find_place(connection, article)
    if place.written_with is not None and place.written_with >= schema.WHOLE_SINCE:
        return Outcome.KNOWN
    row = _article_row(place.id, article, analysis, model, place.version_of)
    made = load_corrections(connection)
    if place.written_with is None:
        add_report(connection, row)
        add_findings(connection, place.id, analysis, made)
        return Outcome.VERSION if place.version_of else Outcome.NEW
    renew_report(connection, row, analysis, made)
    return Outcome.RENEWED


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a report is stored, or will be.

    Attributes:
        version_of: the report of which it is another version.
        written_with: schema in which it was written; None if it is not there yet.
    """

    id: str
    version_of: str | None
    written_with: int | None


def _find_place(connection: Connection, article: Article) -> _Place:
    (known,) = _BY_ID.ask(connection, id=article.id) or (None,)
    if known is None:
        # Before schema 6 the id was that of the text alone, whoever printed it.
        of_text = content_id(article.text)
        for earlier in _BY_ID.ask(connection, id=of_text):
            printed_by = earlier.outlet, earlier.url
            if earlier.schema < _PRINTINGS_APART and printed_by == (article.outlet, article.url):
                return _Place(of_text, None, earlier.schema)
        return _Place(article.id, None, None)
    if known.text == article.text:
        return _Place(article.id, None, known.schema)
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    key = f"{article.id}@{digest}"
    (version,) = _BY_ID.ask(connection, id=key) or (None,)
    return _Place(key, article.id, version.schema if version else None)


def _article_row(
    key: str, article: Article, analysis: AnalysisOut, model: str | None, version_of: str | None
) -> dict[str, Any]:
    return {
        "id": key,
        "text": article.text,
        "title": article.title,
        "headline": article.frame.headline,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
        "language": article.language,
        "origin": path_as_text(article.origin) if article.origin else article.origin,
        "frame": msgspec.json.encode(analysis.frame).decode(),
        "furniture": msgspec.json.encode(analysis.furniture).decode(),
        "source_map": _source_map(article),
        "model": model,
        "version_of": version_of,
        "schema": schema.SCHEMA_VERSION,
        # To the microsecond: which of two versions came later is told by it.
        "recorded": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def _source_map(article: Article) -> str | None:
    """The way from the text back to the bytes of its file, or to its row, as JSON."""
    original, row = article.original, article.row
    if original is None and row is None:
        return None
    told: dict[str, Any] = {"sha256": None, "codec": None, "runs": []}
    if original:
        runs = [[r.start, r.end, r.byte_start, r.byte_end] for r in map_to_source(article.text, original)]
        told = {"sha256": hashlib.sha256(original.data).hexdigest(), "codec": original.codec, "runs": runs}
        ahead = original.start
        if pieces := [[p.start + ahead, p.end + ahead, p.transfer, p.codec] for p in original.pieces]:
            told["pieces"] = pieces
    if row:
        told["row"] = asdict(row) | {"file": path_as_text(row.file)}
    return msgspec.json.encode(told).decode()
