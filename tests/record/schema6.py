"""Makes a record as the onrecord of schema 6 made it: its tables to the letter, which joined no events of copies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from onrecord.article import Article
from onrecord.contract import AnalysisOut
from tests.record.older import fill

TABLES = """
CREATE TABLE stories (id VARCHAR NOT NULL, articles INTEGER NOT NULL, origins INTEGER NOT NULL,
    PRIMARY KEY (id));
CREATE TABLE actors (id VARCHAR NOT NULL, name VARCHAR NOT NULL, type VARCHAR, country VARCHAR,
    sector VARCHAR, PRIMARY KEY (id));
CREATE INDEX actors_by_code ON actors (country, sector);
CREATE INDEX ix_actors_name ON actors (name);
CREATE TABLE roles (id VARCHAR NOT NULL, found VARCHAR NOT NULL, title VARCHAR NOT NULL, "of"
    VARCHAR, from_date VARCHAR, to_date VARCHAR, PRIMARY KEY (id));
CREATE INDEX ix_roles_found ON roles (found);
CREATE TABLE places (id VARCHAR NOT NULL, name VARCHAR NOT NULL, geonames INTEGER, lat FLOAT NOT
    NULL, lon FLOAT NOT NULL, country VARCHAR, region VARCHAR, kind VARCHAR, PRIMARY KEY (id));
CREATE INDEX ix_places_name ON places (name);
CREATE TABLE corrections (number INTEGER NOT NULL, id VARCHAR NOT NULL, time VARCHAR NOT NULL, what
    VARCHAR NOT NULL, actor VARCHAR NOT NULL, other VARCHAR, reports TEXT, mentions TEXT, name VARCHAR,
    command TEXT NOT NULL, PRIMARY KEY (number), UNIQUE (id));
CREATE TABLE articles (id VARCHAR NOT NULL, text TEXT NOT NULL, title TEXT, headline TEXT, published
    VARCHAR, outlet VARCHAR, url VARCHAR, language VARCHAR, origin VARCHAR, frame TEXT NOT NULL,
    furniture TEXT NOT NULL, source_map TEXT, model VARCHAR, version_of VARCHAR, schema INTEGER NOT
    NULL, story VARCHAR, PRIMARY KEY (id), FOREIGN KEY(version_of) REFERENCES articles (id), FOREIGN
    KEY(story) REFERENCES stories (id));
CREATE INDEX ix_articles_published ON articles (published);
CREATE INDEX ix_articles_story ON articles (story);
CREATE TABLE actor_names (actor VARCHAR NOT NULL, name VARCHAR NOT NULL, folded VARCHAR NOT NULL,
    PRIMARY KEY (actor, name), FOREIGN KEY(actor) REFERENCES actors (id));
CREATE INDEX ix_actor_names_folded ON actor_names (folded);
CREATE TABLE copies (article VARCHAR NOT NULL, "of" VARCHAR NOT NULL, kind VARCHAR NOT NULL, score
    FLOAT NOT NULL, directed BOOLEAN NOT NULL, PRIMARY KEY (article), FOREIGN KEY(article) REFERENCES
    articles (id), FOREIGN KEY("of") REFERENCES articles (id));
CREATE INDEX ix_copies_of ON copies ("of");
CREATE TABLE copied_pairs (first VARCHAR NOT NULL, second VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    score FLOAT NOT NULL, original VARCHAR NOT NULL, why TEXT NOT NULL, PRIMARY KEY (first, second),
    FOREIGN KEY(first) REFERENCES articles (id), FOREIGN KEY(second) REFERENCES articles (id));
CREATE INDEX ix_copied_pairs_second ON copied_pairs (second);
CREATE TABLE story_keys ("key" BIGINT NOT NULL, article VARCHAR NOT NULL, PRIMARY KEY ("key",
    article), FOREIGN KEY(article) REFERENCES articles (id));
CREATE INDEX ix_story_keys_article ON story_keys (article);
CREATE TABLE appearances (id VARCHAR NOT NULL, article VARCHAR NOT NULL, number INTEGER NOT NULL,
    found VARCHAR NOT NULL, linked VARCHAR NOT NULL, actor VARCHAR NOT NULL, parted BOOLEAN NOT NULL,
    name VARCHAR NOT NULL, type VARCHAR, country VARCHAR, sector VARCHAR, considered TEXT, base VARCHAR,
    trail TEXT, PRIMARY KEY (id), FOREIGN KEY(article) REFERENCES articles (id), FOREIGN KEY(actor)
    REFERENCES actors (id), FOREIGN KEY(base) REFERENCES appearances (id));
CREATE INDEX appearances_by_code ON appearances (country, sector);
CREATE INDEX ix_appearances_found ON appearances (found);
CREATE INDEX ix_appearances_linked ON appearances (linked);
CREATE INDEX ix_appearances_article ON appearances (article);
CREATE INDEX ix_appearances_actor ON appearances (actor);
CREATE TABLE times (id VARCHAR NOT NULL, article VARCHAR NOT NULL, number INTEGER NOT NULL, start
    INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, from_date VARCHAR, to_date VARCHAR,
    kind VARCHAR NOT NULL, mod VARCHAR, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article)
    REFERENCES articles (id));
CREATE INDEX ix_times_from_date ON times (from_date);
CREATE TABLE place_mentions (article VARCHAR NOT NULL, number INTEGER NOT NULL, place VARCHAR NOT
    NULL, start INTEGER, "end" INTEGER, text TEXT, confidence FLOAT, PRIMARY KEY (article, number),
    FOREIGN KEY(article) REFERENCES articles (id), FOREIGN KEY(place) REFERENCES places (id));
CREATE INDEX ix_place_mentions_place ON place_mentions (place);
CREATE TABLE copied_passages (first VARCHAR NOT NULL, second VARCHAR NOT NULL, number INTEGER NOT
    NULL, first_start INTEGER NOT NULL, first_end INTEGER NOT NULL, second_start INTEGER NOT NULL,
    second_end INTEGER NOT NULL, likeness FLOAT NOT NULL, PRIMARY KEY (first, second, number), FOREIGN
    KEY(first, second) REFERENCES copied_pairs (first, second));
CREATE TABLE appearance_names (appearance VARCHAR NOT NULL, name VARCHAR NOT NULL, printed BOOLEAN
    NOT NULL, PRIMARY KEY (appearance, name), FOREIGN KEY(appearance) REFERENCES appearances (id));
CREATE TABLE statements (id VARCHAR NOT NULL, article VARCHAR NOT NULL, number INTEGER NOT NULL,
    source_start INTEGER, source_end INTEGER, source_text TEXT, source_actor VARCHAR, source_country
    VARCHAR, source_sector VARCHAR, cue_start INTEGER, cue_end INTEGER, cue_text TEXT, content_text TEXT
    NOT NULL, quotation VARCHAR NOT NULL, attitude VARCHAR NOT NULL, negated BOOLEAN NOT NULL, kind
    VARCHAR NOT NULL, addressee VARCHAR, date VARCHAR, time VARCHAR, confidence FLOAT NOT NULL, within
    VARCHAR, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article) REFERENCES articles (id),
    FOREIGN KEY(source_actor) REFERENCES appearances (id), FOREIGN KEY(addressee) REFERENCES appearances
    (id), FOREIGN KEY(time) REFERENCES times (id), FOREIGN KEY(within) REFERENCES statements (id));
CREATE INDEX ix_statements_source_actor ON statements (source_actor);
CREATE INDEX statements_by_source_sector ON statements (source_sector) WHERE source_sector IS NOT
    NULL;
CREATE INDEX ix_statements_kind ON statements (kind);
CREATE INDEX statements_by_source_country ON statements (source_country) WHERE source_country IS NOT
    NULL;
CREATE INDEX ix_statements_article ON statements (article);
CREATE INDEX ix_statements_addressee ON statements (addressee);
CREATE TABLE mentions (article VARCHAR NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, type VARCHAR, form VARCHAR NOT NULL, actor VARCHAR,
    PRIMARY KEY (article, number), FOREIGN KEY(article) REFERENCES articles (id), FOREIGN KEY(actor)
    REFERENCES appearances (id));
CREATE INDEX ix_mentions_actor ON mentions (actor);
CREATE TABLE contents (statement VARCHAR NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (statement, number), FOREIGN KEY(statement)
    REFERENCES statements (id));
CREATE TABLE subjects (statement VARCHAR NOT NULL, actor VARCHAR NOT NULL, PRIMARY KEY (statement,
    actor), FOREIGN KEY(statement) REFERENCES statements (id), FOREIGN KEY(actor) REFERENCES appearances
    (id));
CREATE INDEX subjects_by_actor ON subjects (actor);
CREATE TABLE events (id VARCHAR NOT NULL, article VARCHAR NOT NULL, number INTEGER NOT NULL, type
    VARCHAR NOT NULL, mode VARCHAR, cameo VARCHAR NOT NULL, status VARCHAR NOT NULL, trigger_start
    INTEGER NOT NULL, trigger_end INTEGER NOT NULL, trigger_text TEXT NOT NULL, sentence_start INTEGER
    NOT NULL, sentence_end INTEGER NOT NULL, sentence_text TEXT NOT NULL, place VARCHAR, from_date
    VARCHAR, to_date VARCHAR, time_start INTEGER, time_end INTEGER, time_text TEXT, dead_low INTEGER,
    dead_high INTEGER, dead_about BOOLEAN, dead_start INTEGER, dead_end INTEGER, dead_text TEXT,
    injured_low INTEGER, injured_high INTEGER, injured_about BOOLEAN, injured_start INTEGER, injured_end
    INTEGER, injured_text TEXT, crowd_low INTEGER, crowd_high INTEGER, crowd_about BOOLEAN, crowd_start
    INTEGER, crowd_end INTEGER, crowd_text TEXT, mutual BOOLEAN NOT NULL, reported_by VARCHAR, same_as
    VARCHAR, confidence FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article)
    REFERENCES articles (id), FOREIGN KEY(place) REFERENCES places (id), FOREIGN KEY(reported_by)
    REFERENCES statements (id), FOREIGN KEY(same_as) REFERENCES events (id));
CREATE INDEX ix_events_status ON events (status);
CREATE INDEX ix_events_type ON events (type);
CREATE INDEX ix_events_place ON events (place);
CREATE INDEX ix_events_from_date ON events (from_date);
CREATE INDEX events_told_again ON events (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX ix_events_reported_by ON events (reported_by);
CREATE TABLE event_parties (event VARCHAR NOT NULL, role VARCHAR NOT NULL, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, actor VARCHAR, country VARCHAR,
    sector VARCHAR, PRIMARY KEY (event, role, number), FOREIGN KEY(event) REFERENCES events (id),
    FOREIGN KEY(actor) REFERENCES appearances (id));
CREATE INDEX ix_event_parties_sector ON event_parties (sector);
CREATE INDEX ix_event_parties_country ON event_parties (country);
CREATE INDEX ix_event_parties_actor ON event_parties (actor);
CREATE TABLE event_modes (event VARCHAR NOT NULL, number INTEGER NOT NULL, mode VARCHAR NOT NULL,
    PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id));
CREATE INDEX ix_event_modes_mode ON event_modes (mode);
CREATE TABLE event_contexts (event VARCHAR NOT NULL, number INTEGER NOT NULL, context VARCHAR NOT
    NULL, PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id));
CREATE INDEX ix_event_contexts_context ON event_contexts (context);
CREATE TABLE event_places (event VARCHAR NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (event, number), FOREIGN KEY(event)
    REFERENCES events (id));
CREATE VIRTUAL TABLE statements_text USING fts5(content_text, content='statements',
    content_rowid='rowid', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER statements_inserted AFTER INSERT ON statements BEGIN INSERT INTO
    statements_text(rowid, content_text) VALUES (new.rowid, new.content_text); END;
CREATE TRIGGER statements_deleted AFTER DELETE ON statements BEGIN INSERT INTO
    statements_text(statements_text, rowid, content_text) VALUES ('delete', old.rowid,
    old.content_text); END;
PRAGMA user_version=6;
"""
# Those that others point at come first.
_ORDER = (
    "stories articles copies copied_pairs copied_passages story_keys actors roles places actor_names appearances times"
    " place_mentions appearance_names statements mentions contents subjects events event_parties event_modes event_contexts"
    " event_places"
)


def make_record(path: Path, reports: list[tuple[Article, AnalysisOut]]) -> None:
    """Write a record of schema 6 with some reports: what both schemas have alike is written as it is now."""
    with sqlite3.connect(path) as db:
        db.executescript(TABLES)
    fill(path, reports, _ORDER.split(), schema=6)
