"""The tables of the record, named after the words of DESIGN.md.

Every row that says something of a report carries its evidence: the report and code-point offsets
into `articles.text`, end exclusive, with the quoted words beside them so that the file can be read
in any SQLite browser.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# Raised with each change of the tables; a record says which one it was made with.
SCHEMA_VERSION = 2

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("headline", Text),
    Column("published", String, index=True),
    Column("outlet", String),
    Column("url", String),
    Column("language", String),
    Column("origin", String),
    # The rest of the frame and the furniture, as JSON in the words of the output contract.
    Column("frame", Text, nullable=False),
    Column("furniture", Text, nullable=False),
    # From the text back to the file: {"sha256", "codec", "runs": [[start, end, byte start, byte end], ...]};
    # null where the report was not a file of its own.
    Column("source_map", Text),
    # Which model found the statements; null where the report was recorded but not analysed.
    Column("model", String),
    # The report that this one is another version of: same given id, other text.
    Column("version_of", String, ForeignKey("articles.id")),
)

actors = Table(
    "actors",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("type", String),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor", String, ForeignKey("actors.id"), primary_key=True),
    Column("name", String, primary_key=True),
    # Lower case, for looking up.
    Column("folded", String, nullable=False, index=True),
)

statements = Table(
    "statements",
    metadata,
    Column("id", String, primary_key=True),
    Column("article", String, ForeignKey("articles.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("source_text", Text),
    Column("source_actor", String, ForeignKey("actors.id"), index=True),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("cue_text", Text),
    # The pieces of the content joined by " … "; `contents` has their places.
    Column("content_text", Text, nullable=False),
    Column("quotation", String, nullable=False),
    Column("attitude", String, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("addressee", String, ForeignKey("actors.id")),
    Column("date", String),
    Column("confidence", Float, nullable=False),
    Column("within", String, ForeignKey("statements.id")),
    UniqueConstraint("article", "number"),
)

contents = Table(
    "contents",
    metadata,
    Column("statement", String, ForeignKey("statements.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

# Whom a statement is about.
subjects = Table(
    "subjects",
    metadata,
    Column("statement", String, ForeignKey("statements.id"), primary_key=True),
    Column("actor", String, ForeignKey("actors.id"), primary_key=True),
    Index("subjects_by_actor", "actor"),
)

# Full-text search (SQLite FTS5), kept in step by triggers: no statement can be stored unfound.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS statements_text USING fts5("
    "content_text, content='statements', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER IF NOT EXISTS statements_inserted AFTER INSERT ON statements BEGIN "
    "INSERT INTO statements_text(rowid, content_text) VALUES (new.rowid, new.content_text); END",
    "CREATE TRIGGER IF NOT EXISTS statements_deleted AFTER DELETE ON statements BEGIN "
    "INSERT INTO statements_text(statements_text, rowid, content_text) VALUES ('delete', old.rowid, old.content_text); END",
)
