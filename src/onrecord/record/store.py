"""Open a record and write reports into it: one report is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError

from onrecord.article import Article, content_id
from onrecord.contract import AnalysisOut
from onrecord.errors import RecordError
from onrecord.reading.source_map import map_to_source
from onrecord.record import schema
from onrecord.record.event_joins import join_events
from onrecord.record.findings import add_findings
from onrecord.record.people import load_corrections
from onrecord.record.story_rows import place_report
from onrecord.record.upgrade import LACKING, OLDEST, create_tables, renew_report, upgrade

# How long a writer waits for another one.
BUSY_TIMEOUT_MS = 60_000
# From this schema on one text in two outlets is two reports.
_PRINTINGS_APART = 6
# Name of the option with which a connection says that it is going to write.
_WRITES = "onrecord_writes"


class Outcome(Enum):
    """What became of a report that was to be recorded."""

    NEW = "recorded"
    KNOWN = "already on record"
    VERSION = "recorded as a new version"
    RENEWED = "recorded anew"


class Record:
    """A record in one SQLite file. Use as a context manager, or call `close`."""

    def __init__(self, engine: Engine, path: Path, upgraded_from: int | None = None) -> None:
        self._engine = engine
        self.path = path
        # The older schema that the record had until it was opened; None if it lacks nothing of this one.
        self.upgraded_from = upgraded_from

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions: all of them see one state of the record."""
        with _named_errors(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for changes: all of them are made when it is left, none if an error comes."""
        with _named_errors(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
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
            RecordError: if the file cannot be written.
        """
        with self.writing() as connection:
            place = _find_place(connection, article)
            if place.written_with == schema.SCHEMA_VERSION:
                return Outcome.KNOWN
            row = _article_row(place.id, article, analysis, model, place.version_of)
            made = load_corrections(connection)
            if place.written_with is None:
                connection.execute(insert(schema.articles), row)
                place_report(connection, place.id)
                add_findings(connection, place.id, analysis, made)
                return Outcome.VERSION if place.version_of else Outcome.NEW
            renew_report(connection, row, analysis, made)
            return Outcome.RENEWED


def open_record(path: Path, *, create: bool) -> Record:
    """Open the record at `path`; one of an older schema is brought to this one first.

    Args:
        create: make a new one if there is none.

    Raises:
        RecordError: if it is not there, not a record, or of a newer schema than this program's.
    """
    if not create and not path.exists():
        raise RecordError(
            f"{path}: there is no record here. Make one with: onrecord read REPORT --record {path}"
        )
    if create and not path.parent.is_dir():
        raise RecordError(f"{path}: the folder {path.parent} does not exist. Make it first.")
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    try:
        with _named_errors(path):
            upgraded_from = _check_schema(engine, path, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Record(engine, path, upgraded_from)


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once, so that what it reads first still holds when it writes."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _configure(connection: Any, _: object) -> None:
    """Write-ahead log: readers work while a writer writes, and a killed writer leaves no half report."""
    connection.isolation_level = None  # transactions are ours to begin
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _named_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        reason = str(error.orig or error)
        if "not a database" in reason or "malformed" in reason:
            mend = "Name another file with --record, or restore this one from a copy."
        elif "unable to open" in reason or "readonly" in reason:
            mend = "Check the folder and its permissions."
        elif "full" in reason:
            mend = "Make room on the disk; what was recorded before is safe."
        else:
            mend = "Name another file with --record."
        raise RecordError(f"{path}: the record cannot be used ({reason}). {mend}") from error


def _check_schema(engine: Engine, path: Path, *, create: bool) -> int | None:
    """See that the file is a record of this schema, or make it one; gives the schema that it had if it was older."""
    with engine.connect() as connection:
        version = _version(connection)
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    if version == schema.SCHEMA_VERSION:
        return None
    if version > schema.SCHEMA_VERSION:
        raise RecordError(
            f"{path}: the record has schema {version}, this onrecord writes {schema.SCHEMA_VERSION}. Install a newer onrecord."
        )
    if tables and version == 0:
        raise RecordError(f"{path}: this is a database, but not a record. Name another file with --record.")
    if 0 < version < OLDEST:
        raise RecordError(
            f"{path}: the record has schema {version}, which is too old to be brought to {schema.SCHEMA_VERSION}. "
            "Read its reports into a new record."
        )
    if version:
        with engine.connect() as plain:
            upgrade(plain.execution_options(**{_WRITES: True}))
        # Whose reports lack nothing is not told of it.
        return version if version in LACKING else None
    if not create:
        raise RecordError(
            f"{path}: the file is empty. Make a record with: onrecord read REPORT --record {path}"
        )
    with engine.connect() as plain, plain.execution_options(**{_WRITES: True}).begin():
        # Another process may have made the tables while this one waited.
        if _version(plain) == 0:
            create_tables(plain)
    return None


def _version(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


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
    table = schema.articles
    query = select(table.c.text, table.c.schema)
    known = connection.execute(query.where(table.c.id == article.id)).first()
    if known is None:
        # Before schema 6 the id was that of the text alone, whoever printed it.
        of_text = query.where(
            table.c.id == content_id(article.text),
            table.c.outlet.is_not_distinct_from(article.outlet),
            table.c.url.is_not_distinct_from(article.url),
            table.c.schema < _PRINTINGS_APART,
        )
        earlier = connection.execute(of_text).first()
        if earlier is not None:
            return _Place(content_id(article.text), None, earlier.schema)
        return _Place(article.id, None, None)
    if known.text == article.text:
        return _Place(article.id, None, known.schema)
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    key = f"{article.id}@{digest}"
    version = connection.execute(query.where(table.c.id == key)).first()
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
        "origin": article.origin,
        "frame": msgspec.json.encode(analysis.frame).decode(),
        "furniture": msgspec.json.encode(analysis.furniture).decode(),
        "source_map": _source_map(article),
        "model": model,
        "version_of": version_of,
        "schema": schema.SCHEMA_VERSION,
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
        told["row"] = asdict(row)
    return msgspec.json.encode(told).decode()
