"""Open a record and write reports into it: one report is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError

from onrecord.article import Article
from onrecord.contract import ActorOut, AnalysisOut, StatementOut
from onrecord.errors import RecordError
from onrecord.reading.source_map import map_to_source
from onrecord.record import schema

# How long a writer waits for another one.
BUSY_TIMEOUT_MS = 60_000
CONTENT_JOIN = " … "


class Outcome(Enum):
    """What became of a report that was to be recorded."""

    NEW = "recorded"
    KNOWN = "already on record"
    VERSION = "recorded as a new version"


class Record:
    """A record in one SQLite file. Use as a context manager, or call `close`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self.path = path

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions."""
        with _named_errors(self.path), self._engine.connect() as connection:
            yield connection

    def add(self, article: Article, analysis: AnalysisOut, model: str | None) -> Outcome:
        """Write a report with its statements, all or nothing.

        A report that is on record already (same id, same text) changes nothing. Another text under
        a given id is kept beside the first as its version.

        Args:
            model: version of the model that found the statements; None if the report was not analysed.

        Raises:
            RecordError: if the file cannot be written.
        """
        with _named_errors(self.path), self._engine.begin() as connection:
            key, version_of = _free_id(connection, article)
            if key is None:
                return Outcome.KNOWN
            connection.execute(
                insert(schema.articles), _article_row(key, article, analysis, model, version_of)
            )
            actor_ids = _add_actors(connection, analysis)
            _add_statements(connection, key, analysis, actor_ids)
            return Outcome.VERSION if version_of else Outcome.NEW


def open_record(path: Path, *, create: bool) -> Record:
    """Open the record at `path`.

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
    event.listen(
        engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE") if create else None
    )
    try:
        with _named_errors(path):
            _check_schema(engine, path, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Record(engine, path)


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


def _check_schema(engine: Engine, path: Path, *, create: bool) -> None:
    with engine.connect() as connection:
        version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    if version == schema.SCHEMA_VERSION:
        return
    if version > schema.SCHEMA_VERSION:
        raise RecordError(
            f"{path}: the record has schema {version}, this onrecord writes {schema.SCHEMA_VERSION}. Install a newer onrecord."
        )
    if tables and version == 0:
        raise RecordError(f"{path}: this is a database, but not a record. Name another file with --record.")
    if not create:
        raise RecordError(
            f"{path}: the file is empty. Make a record with: onrecord read REPORT --record {path}"
        )
    with engine.begin() as connection:
        # Another process may have made the tables while this one waited.
        if int(connection.execute(text("PRAGMA user_version")).scalar_one()) == 0:
            schema.metadata.create_all(connection)
            for statement in schema.FULL_TEXT:
                connection.execute(text(statement))
            connection.execute(text(f"PRAGMA user_version={schema.SCHEMA_VERSION}"))


def _free_id(connection: Connection, article: Article) -> tuple[str | None, str | None]:
    """The id to store under and the id it is a version of; (None, None) if this very text is there."""
    table = schema.articles
    known = connection.execute(select(table.c.text).where(table.c.id == article.id)).scalar()
    if known is None:
        return article.id, None
    if known == article.text:
        return None, None
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    key = f"{article.id}@{digest}"
    if connection.execute(select(table.c.id).where(table.c.id == key)).scalar() is not None:
        return None, None
    return key, article.id


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
    }


def _source_map(article: Article) -> str | None:
    """The way from the text back to the bytes of its file, as JSON."""
    original = article.original
    if original is None:
        return None
    runs = [[r.start, r.end, r.byte_start, r.byte_end] for r in map_to_source(article.text, original)]
    digest = hashlib.sha256(original.data).hexdigest()
    return msgspec.json.encode({"sha256": digest, "codec": original.codec, "runs": runs}).decode()


def actor_id(actor: ActorOut) -> str:
    """The record's id of an actor, the same on every machine: the registry's, else made from the name alone."""
    registered = actor.same_as.get("registry")
    return registered or "actor-" + hashlib.sha256(actor.name.casefold().encode()).hexdigest()[:12]


def _add_actors(connection: Connection, analysis: AnalysisOut) -> dict[str, str]:
    """Store the actors; gives the record's ids by the report's (`a1`, ...)."""
    ids = {}
    for actor in analysis.actors:
        key = ids[actor.id] = actor_id(actor)
        row = {"id": key, "name": actor.name, "type": actor.type}
        connection.execute(upsert(schema.actors).values(row).on_conflict_do_nothing())
        for name in [actor.name, *actor.aliases]:
            alias = {"actor": key, "name": name, "folded": name.casefold()}
            connection.execute(upsert(schema.actor_names).values(alias).on_conflict_do_nothing())
    return ids


def _add_statements(
    connection: Connection, article: str, analysis: AnalysisOut, actor_ids: dict[str, str]
) -> None:
    ids = {s.id: f"{article}#{s.id}" for s in analysis.statements}
    by_id = {s.id: s for s in analysis.statements}

    def depth(s: StatementOut) -> int:
        return 0 if s.within is None else 1 + depth(by_id[s.within])

    numbers = {s.id: n for n, s in enumerate(analysis.statements, 1)}
    for s in sorted(analysis.statements, key=depth):  # outer ones first, for the foreign key
        pieces = [analysis.text[c.start : c.end] for c in s.content]
        source, cue = s.source, s.cue
        row = {
            "id": ids[s.id],
            "article": article,
            "number": numbers[s.id],
            "source_start": source.start if source else None,
            "source_end": source.end if source else None,
            "source_text": analysis.text[source.start : source.end] if source else None,
            "source_actor": actor_ids[source.actor] if source and source.actor else None,
            "cue_start": cue.start if cue else None,
            "cue_end": cue.end if cue else None,
            "cue_text": analysis.text[cue.start : cue.end] if cue else None,
            "content_text": CONTENT_JOIN.join(pieces),
            "quotation": s.quotation,
            "attitude": s.attitude,
            "negated": s.negated,
            "kind": s.kind,
            "addressee": actor_ids[s.addressee] if s.addressee else None,
            "date": s.date,
            "confidence": s.confidence,
            "within": ids[s.within] if s.within else None,
        }
        connection.execute(insert(schema.statements), row)
        for number, (span, piece) in enumerate(zip(s.content, pieces, strict=True), 1):
            place = {
                "statement": ids[s.id],
                "number": number,
                "start": span.start,
                "end": span.end,
                "text": piece,
            }
            connection.execute(insert(schema.contents), place)
        for actor in s.about:
            connection.execute(insert(schema.subjects), {"statement": ids[s.id], "actor": actor_ids[actor]})
