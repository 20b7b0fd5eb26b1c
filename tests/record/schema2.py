"""Makes a record as the onrecord of schema 2 made it: its tables to the letter, its rows in its order."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from onrecord.article import Article
from onrecord.contract import AnalysisOut

TABLES = """
CREATE TABLE articles (
    id VARCHAR NOT NULL, text TEXT NOT NULL, title TEXT, headline TEXT, published VARCHAR, outlet VARCHAR,
    url VARCHAR, language VARCHAR, origin VARCHAR, frame TEXT NOT NULL, furniture TEXT NOT NULL,
    source_map TEXT, model VARCHAR, version_of VARCHAR,
    PRIMARY KEY (id), FOREIGN KEY(version_of) REFERENCES articles (id));
CREATE INDEX ix_articles_published ON articles (published);
CREATE TABLE actors (
    id VARCHAR NOT NULL, name VARCHAR NOT NULL, type VARCHAR, PRIMARY KEY (id), UNIQUE (name));
CREATE TABLE actor_names (
    actor VARCHAR NOT NULL, name VARCHAR NOT NULL, folded VARCHAR NOT NULL,
    PRIMARY KEY (actor, name), FOREIGN KEY(actor) REFERENCES actors (id));
CREATE INDEX ix_actor_names_folded ON actor_names (folded);
CREATE TABLE statements (
    id VARCHAR NOT NULL, article VARCHAR NOT NULL, number INTEGER NOT NULL, source_start INTEGER,
    source_end INTEGER, source_text TEXT, source_actor VARCHAR, cue_start INTEGER, cue_end INTEGER,
    cue_text TEXT, content_text TEXT NOT NULL, quotation VARCHAR NOT NULL, attitude VARCHAR NOT NULL,
    negated BOOLEAN NOT NULL, kind VARCHAR NOT NULL, addressee VARCHAR, date VARCHAR,
    confidence FLOAT NOT NULL, within VARCHAR,
    PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article) REFERENCES articles (id),
    FOREIGN KEY(source_actor) REFERENCES actors (id), FOREIGN KEY(addressee) REFERENCES actors (id),
    FOREIGN KEY(within) REFERENCES statements (id));
CREATE INDEX ix_statements_source_actor ON statements (source_actor);
CREATE INDEX ix_statements_article ON statements (article);
CREATE INDEX ix_statements_kind ON statements (kind);
CREATE TABLE contents (
    statement VARCHAR NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (statement, number), FOREIGN KEY(statement) REFERENCES statements (id));
CREATE TABLE subjects (
    statement VARCHAR NOT NULL, actor VARCHAR NOT NULL, PRIMARY KEY (statement, actor),
    FOREIGN KEY(statement) REFERENCES statements (id), FOREIGN KEY(actor) REFERENCES actors (id));
CREATE INDEX subjects_by_actor ON subjects (actor);
CREATE VIRTUAL TABLE statements_text USING fts5(
    content_text, content='statements', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER statements_inserted AFTER INSERT ON statements BEGIN
    INSERT INTO statements_text(rowid, content_text) VALUES (new.rowid, new.content_text); END;
CREATE TRIGGER statements_deleted AFTER DELETE ON statements BEGIN
    INSERT INTO statements_text(statements_text, rowid, content_text)
    VALUES ('delete', old.rowid, old.content_text); END;
PRAGMA user_version=2;
"""


def make_record(path: Path, reports: list[tuple[Article, AnalysisOut]]) -> None:
    """Write a record of schema 2 with some reports."""
    with sqlite3.connect(path) as db:
        db.executescript(TABLES)
        for article, analysis in reports:
            _add(db, article, analysis)


def _add(db: sqlite3.Connection, article: Article, analysis: AnalysisOut) -> None:
    text = analysis.text
    head = (article.id, text, None, None, article.published, None, None, "en", article.origin)
    _insert(db, "articles", (*head, "{}", "[]", None, "m0", None))
    ids = {}
    for actor in analysis.actors:
        named = "actor-" + hashlib.sha256(actor.name.casefold().encode()).hexdigest()[:12]
        ids[actor.id] = id = actor.same_as.get("registry") or named
        _insert(db, "actors", (id, actor.name, actor.type))
        for name in [actor.name, *actor.aliases]:
            _insert(db, "actor_names", (id, name, name.casefold()))
    for number, s in enumerate(analysis.statements, 1):
        assert s.source
        assert s.cue
        id = f"{article.id}#{s.id}"
        pieces = [(c.start, c.end, text[c.start : c.end]) for c in s.content]
        source = (s.source.start, s.source.end, text[s.source.start : s.source.end])
        cue = (s.cue.start, s.cue.end, text[s.cue.start : s.cue.end])
        labels = (s.quotation, s.attitude, s.negated, s.kind)
        addressee = ids[s.addressee] if s.addressee else None
        speaker = ids[s.source.actor] if s.source.actor else None
        row = (id, article.id, number, *source, speaker, *cue, pieces[0][2], *labels, addressee, s.date, 0.9)
        _insert(db, "statements", (*row, None))
        for n, piece in enumerate(pieces, 1):
            _insert(db, "contents", (id, n, *piece))
        for about in s.about:
            _insert(db, "subjects", (id, ids[about]))


def _insert(db: sqlite3.Connection, table: str, row: tuple[object, ...]) -> None:
    db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row)
