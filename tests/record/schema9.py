"""Makes a record as the onrecord of schema 9 made it, on SQLite or PostgreSQL: its tables, views and the full text of SQLite to the
letter; nobody could put a statement or an event right in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import inspect, text

from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.record import opening
from onrecord.record.engines import WRITES, make_engine
from onrecord.record.full_text import full_text_for
from onrecord.record.opening import open_record
from onrecord.record.schema import metadata
from onrecord.record.store import Record
from onrecord.record.versions import write_version

SQLITE = """
CREATE TABLE actors ( id VARCHAR NOT NULL, name VARCHAR NOT NULL, type VARCHAR, country VARCHAR, sector
    VARCHAR, PRIMARY KEY (id) );
CREATE INDEX actors_by_code ON actors (country, sector);
CREATE INDEX ix_actors_name ON actors (name);
CREATE TABLE corrections ( number INTEGER NOT NULL, id VARCHAR NOT NULL, time VARCHAR NOT NULL, what
    VARCHAR NOT NULL, actor VARCHAR NOT NULL, other VARCHAR, reports TEXT, mentions TEXT, name VARCHAR,
    command TEXT NOT NULL, PRIMARY KEY (number), UNIQUE (id) );
CREATE TABLE places ( id VARCHAR NOT NULL, name VARCHAR NOT NULL, geonames INTEGER, lat FLOAT NOT NULL,
    lon FLOAT NOT NULL, country VARCHAR, region VARCHAR, kind VARCHAR, PRIMARY KEY (id) );
CREATE INDEX ix_places_name ON places (name);
CREATE TABLE roles ( id VARCHAR NOT NULL, found VARCHAR NOT NULL, title VARCHAR NOT NULL, "of" VARCHAR,
    from_date VARCHAR, to_date VARCHAR, PRIMARY KEY (id) );
CREATE INDEX ix_roles_found ON roles (found);
CREATE TABLE stories ( id VARCHAR NOT NULL, articles INTEGER NOT NULL, origins INTEGER NOT NULL,
    events_joined BOOLEAN DEFAULT 0 NOT NULL, PRIMARY KEY (id) );
CREATE INDEX stories_to_join ON stories (id) WHERE NOT events_joined;
CREATE TABLE actor_names ( actor VARCHAR NOT NULL, name VARCHAR NOT NULL, folded VARCHAR NOT NULL,
    backwards VARCHAR NOT NULL, PRIMARY KEY (actor, name), FOREIGN KEY(actor) REFERENCES actors (id) )
    WITHOUT ROWID;
CREATE INDEX ix_actor_names_backwards ON actor_names (backwards);
CREATE INDEX ix_actor_names_folded ON actor_names (folded);
CREATE TABLE articles ( serial INTEGER NOT NULL, id VARCHAR NOT NULL, text TEXT NOT NULL, title TEXT,
    headline TEXT, published VARCHAR, outlet VARCHAR, url VARCHAR, language VARCHAR, origin VARCHAR,
    frame TEXT NOT NULL, furniture TEXT NOT NULL, source_map TEXT, model VARCHAR, version_of VARCHAR,
    schema INTEGER NOT NULL, recorded VARCHAR, story VARCHAR, PRIMARY KEY (serial), UNIQUE (id), FOREIGN
    KEY(version_of) REFERENCES articles (id), FOREIGN KEY(story) REFERENCES stories (id) );
CREATE INDEX articles_by_day ON articles (published, id DESC);
CREATE INDEX articles_by_outlet ON articles (outlet) WHERE outlet IS NOT NULL;
CREATE INDEX articles_by_version ON articles (version_of) WHERE version_of IS NOT NULL;
CREATE INDEX ix_articles_story ON articles (story);
CREATE TABLE appearances ( id INTEGER NOT NULL, article INTEGER NOT NULL, number INTEGER NOT NULL, found
    VARCHAR NOT NULL, linked VARCHAR NOT NULL, actor VARCHAR NOT NULL, parted BOOLEAN NOT NULL, name
    VARCHAR NOT NULL, type VARCHAR, country VARCHAR, sector VARCHAR, considered TEXT, base INTEGER, trail
    TEXT, PRIMARY KEY (id), FOREIGN KEY(article) REFERENCES articles (serial), FOREIGN KEY(actor)
    REFERENCES actors (id), FOREIGN KEY(base) REFERENCES appearances (id) );
CREATE INDEX appearances_by_code ON appearances (country, sector);
CREATE INDEX appearances_by_found ON appearances (found, linked);
CREATE INDEX ix_appearances_actor ON appearances (actor);
CREATE INDEX ix_appearances_article ON appearances (article);
CREATE INDEX ix_appearances_linked ON appearances (linked);
CREATE TABLE copied_pairs ( first VARCHAR NOT NULL, second VARCHAR NOT NULL, kind VARCHAR NOT NULL, score
    FLOAT NOT NULL, original VARCHAR NOT NULL, why TEXT NOT NULL, shared FLOAT DEFAULT 0 NOT NULL,
    covers_first VARCHAR DEFAULT '0' NOT NULL, covers_second VARCHAR DEFAULT '0' NOT NULL, PRIMARY KEY
    (first, second), FOREIGN KEY(first) REFERENCES articles (id), FOREIGN KEY(second) REFERENCES articles
    (id) ) WITHOUT ROWID;
CREATE INDEX ix_copied_pairs_second ON copied_pairs (second);
CREATE TABLE copies ( article VARCHAR NOT NULL, "of" VARCHAR NOT NULL, kind VARCHAR NOT NULL, score FLOAT
    NOT NULL, directed BOOLEAN NOT NULL, PRIMARY KEY (article), FOREIGN KEY(article) REFERENCES articles
    (id), FOREIGN KEY("of") REFERENCES articles (id) );
CREATE INDEX ix_copies_of ON copies ("of");
CREATE TABLE place_mentions ( article INTEGER NOT NULL, number INTEGER NOT NULL, place VARCHAR NOT NULL,
    start INTEGER, "end" INTEGER, text TEXT, confidence FLOAT, PRIMARY KEY (article, number), FOREIGN
    KEY(article) REFERENCES articles (serial), FOREIGN KEY(place) REFERENCES places (id) ) WITHOUT ROWID;
CREATE INDEX ix_place_mentions_place ON place_mentions (place);
CREATE TABLE story_keys ( "key" BIGINT NOT NULL, article INTEGER NOT NULL, strength INTEGER NOT NULL,
    PRIMARY KEY ("key", article), FOREIGN KEY(article) REFERENCES articles (serial) ) WITHOUT ROWID;
CREATE TABLE times ( id INTEGER NOT NULL, article INTEGER NOT NULL, number INTEGER NOT NULL, start
    INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, from_date VARCHAR, to_date VARCHAR,
    kind VARCHAR NOT NULL, mod VARCHAR, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article)
    REFERENCES articles (serial) );
CREATE INDEX ix_times_from_date ON times (from_date);
CREATE TABLE appearance_names ( appearance INTEGER NOT NULL, name VARCHAR NOT NULL, printed BOOLEAN NOT
    NULL, PRIMARY KEY (appearance, name), FOREIGN KEY(appearance) REFERENCES appearances (id) ) WITHOUT
    ROWID;
CREATE TABLE copied_passages ( first VARCHAR NOT NULL, second VARCHAR NOT NULL, number INTEGER NOT NULL,
    first_start INTEGER NOT NULL, first_end INTEGER NOT NULL, second_start INTEGER NOT NULL, second_end
    INTEGER NOT NULL, likeness FLOAT NOT NULL, PRIMARY KEY (first, second, number), FOREIGN KEY(first,
    second) REFERENCES copied_pairs (first, second) ) WITHOUT ROWID;
CREATE TABLE mentions ( article INTEGER NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end"
    INTEGER NOT NULL, type VARCHAR, form VARCHAR NOT NULL, actor INTEGER, PRIMARY KEY (article, number),
    FOREIGN KEY(article) REFERENCES articles (serial), FOREIGN KEY(actor) REFERENCES appearances (id) )
    WITHOUT ROWID;
CREATE INDEX mentions_by_actor ON mentions (actor) WHERE actor IS NOT NULL;
CREATE TABLE statements ( id INTEGER NOT NULL, article INTEGER NOT NULL, number INTEGER NOT NULL,
    source_start INTEGER, source_end INTEGER, source_text TEXT, source_actor INTEGER, source_country
    VARCHAR, source_sector VARCHAR, cue_start INTEGER, cue_end INTEGER, cue_text TEXT, content_text TEXT
    NOT NULL, quotation VARCHAR NOT NULL, attitude VARCHAR NOT NULL, negated BOOLEAN NOT NULL, kind
    VARCHAR NOT NULL, addressee INTEGER, date VARCHAR, time INTEGER, confidence FLOAT NOT NULL, within
    INTEGER, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article) REFERENCES articles
    (serial), FOREIGN KEY(source_actor) REFERENCES appearances (id), FOREIGN KEY(addressee) REFERENCES
    appearances (id), FOREIGN KEY(time) REFERENCES times (id), FOREIGN KEY(within) REFERENCES statements
    (id) );
CREATE INDEX ix_statements_kind ON statements (kind);
CREATE INDEX ix_statements_source_actor ON statements (source_actor);
CREATE INDEX statements_by_addressee ON statements (addressee) WHERE addressee IS NOT NULL;
CREATE INDEX statements_by_source_country ON statements (source_country) WHERE source_country IS NOT
    NULL;
CREATE INDEX statements_by_source_sector ON statements (source_sector) WHERE source_sector IS NOT NULL;
CREATE TABLE contents ( statement INTEGER NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, PRIMARY KEY (statement, number), FOREIGN KEY(statement) REFERENCES statements
    (id) ) WITHOUT ROWID;
CREATE TABLE events ( id INTEGER NOT NULL, article INTEGER NOT NULL, number INTEGER NOT NULL, type
    VARCHAR NOT NULL, mode VARCHAR, cameo VARCHAR NOT NULL, status VARCHAR NOT NULL, trigger_start
    INTEGER NOT NULL, trigger_end INTEGER NOT NULL, trigger_text TEXT NOT NULL, sentence_start INTEGER
    NOT NULL, sentence_end INTEGER NOT NULL, place VARCHAR, from_date VARCHAR, to_date VARCHAR,
    time_start INTEGER, time_end INTEGER, time_text TEXT, dead_low BIGINT, dead_high BIGINT, dead_about
    BOOLEAN, dead_start INTEGER, dead_end INTEGER, dead_text TEXT, injured_low BIGINT, injured_high
    BIGINT, injured_about BOOLEAN, injured_start INTEGER, injured_end INTEGER, injured_text TEXT,
    crowd_low BIGINT, crowd_high BIGINT, crowd_about BOOLEAN, crowd_start INTEGER, crowd_end INTEGER,
    crowd_text TEXT, mutual BOOLEAN NOT NULL, reported_by INTEGER, same_as INTEGER, event INTEGER NOT
    NULL, confidence FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article)
    REFERENCES articles (serial), FOREIGN KEY(place) REFERENCES places (id), FOREIGN KEY(reported_by)
    REFERENCES statements (id), FOREIGN KEY(same_as) REFERENCES events (id) );
CREATE INDEX events_by_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_by_teller ON events (reported_by) WHERE reported_by IS NOT NULL;
CREATE INDEX events_told_again ON events (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX ix_events_event ON events (event);
CREATE INDEX ix_events_from_date ON events (from_date);
CREATE INDEX ix_events_status ON events (status);
CREATE INDEX ix_events_type ON events (type);
CREATE TABLE subjects ( statement INTEGER NOT NULL, actor INTEGER NOT NULL, PRIMARY KEY (statement,
    actor), FOREIGN KEY(statement) REFERENCES statements (id), FOREIGN KEY(actor) REFERENCES appearances
    (id) ) WITHOUT ROWID;
CREATE INDEX subjects_by_actor ON subjects (actor);
CREATE TABLE event_contexts ( event INTEGER NOT NULL, number INTEGER NOT NULL, context VARCHAR NOT NULL,
    PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id) ) WITHOUT ROWID;
CREATE INDEX ix_event_contexts_context ON event_contexts (context);
CREATE TABLE event_modes ( event INTEGER NOT NULL, number INTEGER NOT NULL, mode VARCHAR NOT NULL,
    PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id) ) WITHOUT ROWID;
CREATE INDEX ix_event_modes_mode ON event_modes (mode);
CREATE TABLE event_parties ( event INTEGER NOT NULL, role VARCHAR NOT NULL, number INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, actor INTEGER, country VARCHAR,
    sector VARCHAR, PRIMARY KEY (event, role, number), FOREIGN KEY(event) REFERENCES events (id), FOREIGN
    KEY(actor) REFERENCES appearances (id) ) WITHOUT ROWID;
CREATE INDEX parties_by_actor ON event_parties (actor) WHERE actor IS NOT NULL;
CREATE INDEX parties_by_country ON event_parties (country) WHERE country IS NOT NULL;
CREATE INDEX parties_by_sector ON event_parties (sector) WHERE sector IS NOT NULL;
CREATE TABLE event_places ( event INTEGER NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (event, number), FOREIGN KEY(event)
    REFERENCES events (id) ) WITHOUT ROWID;
"""
POSTGRESQL = """
CREATE TABLE actors ( id VARCHAR COLLATE "C" NOT NULL, name VARCHAR COLLATE "C" NOT NULL, type VARCHAR
    COLLATE "C", country VARCHAR COLLATE "C", sector VARCHAR COLLATE "C", PRIMARY KEY (id) );
CREATE INDEX actors_by_code ON actors (country, sector);
CREATE INDEX ix_actors_name ON actors (name);
CREATE TABLE corrections ( number SERIAL NOT NULL, id VARCHAR COLLATE "C" NOT NULL, time VARCHAR COLLATE
    "C" NOT NULL, what VARCHAR COLLATE "C" NOT NULL, actor VARCHAR COLLATE "C" NOT NULL, other VARCHAR
    COLLATE "C", reports TEXT COLLATE "C", mentions TEXT COLLATE "C", name VARCHAR COLLATE "C", command
    TEXT COLLATE "C" NOT NULL, PRIMARY KEY (number), UNIQUE (id) );
CREATE TABLE places ( id VARCHAR COLLATE "C" NOT NULL, name VARCHAR COLLATE "C" NOT NULL, geonames
    INTEGER, lat FLOAT NOT NULL, lon FLOAT NOT NULL, country VARCHAR COLLATE "C", region VARCHAR COLLATE
    "C", kind VARCHAR COLLATE "C", PRIMARY KEY (id) );
CREATE INDEX ix_places_name ON places (name);
CREATE TABLE roles ( id VARCHAR COLLATE "C" NOT NULL, found VARCHAR COLLATE "C" NOT NULL, title VARCHAR
    COLLATE "C" NOT NULL, "of" VARCHAR COLLATE "C", from_date VARCHAR COLLATE "C", to_date VARCHAR
    COLLATE "C", PRIMARY KEY (id) );
CREATE INDEX ix_roles_found ON roles (found);
CREATE TABLE stories ( id VARCHAR COLLATE "C" NOT NULL, articles INTEGER NOT NULL, origins INTEGER NOT
    NULL, events_joined BOOLEAN DEFAULT false NOT NULL, PRIMARY KEY (id) );
CREATE INDEX stories_to_join ON stories (id) WHERE NOT events_joined;
CREATE TABLE actor_names ( actor VARCHAR COLLATE "C" NOT NULL, name VARCHAR COLLATE "C" NOT NULL, folded
    VARCHAR COLLATE "C" NOT NULL, backwards VARCHAR COLLATE "C" NOT NULL, PRIMARY KEY (actor, name),
    FOREIGN KEY(actor) REFERENCES actors (id) );
CREATE INDEX ix_actor_names_backwards ON actor_names (backwards);
CREATE INDEX ix_actor_names_folded ON actor_names (folded);
CREATE TABLE articles ( serial BIGINT NOT NULL, id VARCHAR COLLATE "C" NOT NULL, text TEXT COLLATE "C"
    NOT NULL, title TEXT COLLATE "C", headline TEXT COLLATE "C", published VARCHAR COLLATE "C", outlet
    VARCHAR COLLATE "C", url VARCHAR COLLATE "C", language VARCHAR COLLATE "C", origin VARCHAR COLLATE
    "C", frame TEXT COLLATE "C" NOT NULL, furniture TEXT COLLATE "C" NOT NULL, source_map TEXT COLLATE
    "C", model VARCHAR COLLATE "C", version_of VARCHAR COLLATE "C", schema INTEGER NOT NULL, recorded
    VARCHAR COLLATE "C", story VARCHAR COLLATE "C", PRIMARY KEY (serial), UNIQUE (id), FOREIGN
    KEY(version_of) REFERENCES articles (id), FOREIGN KEY(story) REFERENCES stories (id) );
CREATE INDEX articles_by_day ON articles (published, id DESC);
CREATE INDEX articles_by_outlet ON articles (outlet) WHERE outlet IS NOT NULL;
CREATE INDEX articles_by_version ON articles (version_of) WHERE version_of IS NOT NULL;
CREATE INDEX ix_articles_story ON articles (story);
CREATE TABLE appearances ( id BIGINT NOT NULL, article BIGINT NOT NULL, number INTEGER NOT NULL, found
    VARCHAR COLLATE "C" NOT NULL, linked VARCHAR COLLATE "C" NOT NULL, actor VARCHAR COLLATE "C" NOT
    NULL, parted BOOLEAN NOT NULL, name VARCHAR COLLATE "C" NOT NULL, type VARCHAR COLLATE "C", country
    VARCHAR COLLATE "C", sector VARCHAR COLLATE "C", considered TEXT COLLATE "C", base BIGINT, trail TEXT
    COLLATE "C", PRIMARY KEY (id), FOREIGN KEY(article) REFERENCES articles (serial), FOREIGN KEY(actor)
    REFERENCES actors (id), FOREIGN KEY(base) REFERENCES appearances (id) );
CREATE INDEX appearances_by_code ON appearances (country, sector);
CREATE INDEX appearances_by_found ON appearances (found, linked);
CREATE INDEX ix_appearances_actor ON appearances (actor);
CREATE INDEX ix_appearances_article ON appearances (article);
CREATE INDEX ix_appearances_linked ON appearances (linked);
CREATE TABLE copied_pairs ( first VARCHAR COLLATE "C" NOT NULL, second VARCHAR COLLATE "C" NOT NULL, kind
    VARCHAR COLLATE "C" NOT NULL, score FLOAT NOT NULL, original VARCHAR COLLATE "C" NOT NULL, why TEXT
    COLLATE "C" NOT NULL, shared FLOAT DEFAULT 0 NOT NULL, covers_first VARCHAR COLLATE "C" DEFAULT '0'
    NOT NULL, covers_second VARCHAR COLLATE "C" DEFAULT '0' NOT NULL, PRIMARY KEY (first, second),
    FOREIGN KEY(first) REFERENCES articles (id), FOREIGN KEY(second) REFERENCES articles (id) );
CREATE INDEX ix_copied_pairs_second ON copied_pairs (second);
CREATE TABLE copies ( article VARCHAR COLLATE "C" NOT NULL, "of" VARCHAR COLLATE "C" NOT NULL, kind
    VARCHAR COLLATE "C" NOT NULL, score FLOAT NOT NULL, directed BOOLEAN NOT NULL, PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES articles (id), FOREIGN KEY("of") REFERENCES articles (id) );
CREATE INDEX ix_copies_of ON copies ("of");
CREATE TABLE place_mentions ( article BIGINT NOT NULL, number INTEGER NOT NULL, place VARCHAR COLLATE "C"
    NOT NULL, start INTEGER, "end" INTEGER, text TEXT COLLATE "C", confidence FLOAT, PRIMARY KEY
    (article, number), FOREIGN KEY(article) REFERENCES articles (serial), FOREIGN KEY(place) REFERENCES
    places (id) );
CREATE INDEX ix_place_mentions_place ON place_mentions (place);
CREATE TABLE story_keys ( key BIGINT NOT NULL, article BIGINT NOT NULL, strength INTEGER NOT NULL,
    PRIMARY KEY (key, article), FOREIGN KEY(article) REFERENCES articles (serial) );
CREATE TABLE times ( id BIGINT NOT NULL, article BIGINT NOT NULL, number INTEGER NOT NULL, start INTEGER
    NOT NULL, "end" INTEGER NOT NULL, text TEXT COLLATE "C" NOT NULL, from_date VARCHAR COLLATE "C",
    to_date VARCHAR COLLATE "C", kind VARCHAR COLLATE "C" NOT NULL, mod VARCHAR COLLATE "C", PRIMARY KEY
    (id), UNIQUE (article, number), FOREIGN KEY(article) REFERENCES articles (serial) );
CREATE INDEX ix_times_from_date ON times (from_date);
CREATE TABLE appearance_names ( appearance BIGINT NOT NULL, name VARCHAR COLLATE "C" NOT NULL, printed
    BOOLEAN NOT NULL, PRIMARY KEY (appearance, name), FOREIGN KEY(appearance) REFERENCES appearances (id)
    );
CREATE TABLE copied_passages ( first VARCHAR COLLATE "C" NOT NULL, second VARCHAR COLLATE "C" NOT NULL,
    number INTEGER NOT NULL, first_start INTEGER NOT NULL, first_end INTEGER NOT NULL, second_start
    INTEGER NOT NULL, second_end INTEGER NOT NULL, likeness FLOAT NOT NULL, PRIMARY KEY (first, second,
    number), FOREIGN KEY(first, second) REFERENCES copied_pairs (first, second) );
CREATE TABLE mentions ( article BIGINT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end"
    INTEGER NOT NULL, type VARCHAR COLLATE "C", form VARCHAR COLLATE "C" NOT NULL, actor BIGINT, PRIMARY
    KEY (article, number), FOREIGN KEY(article) REFERENCES articles (serial), FOREIGN KEY(actor)
    REFERENCES appearances (id) );
CREATE INDEX mentions_by_actor ON mentions (actor) WHERE actor IS NOT NULL;
CREATE TABLE statements ( id BIGINT NOT NULL, article BIGINT NOT NULL, number INTEGER NOT NULL,
    source_start INTEGER, source_end INTEGER, source_text TEXT COLLATE "C", source_actor BIGINT,
    source_country VARCHAR COLLATE "C", source_sector VARCHAR COLLATE "C", cue_start INTEGER, cue_end
    INTEGER, cue_text TEXT COLLATE "C", content_text TEXT COLLATE "C" NOT NULL, quotation VARCHAR COLLATE
    "C" NOT NULL, attitude VARCHAR COLLATE "C" NOT NULL, negated BOOLEAN NOT NULL, kind VARCHAR COLLATE
    "C" NOT NULL, addressee BIGINT, date VARCHAR COLLATE "C", time BIGINT, confidence FLOAT NOT NULL,
    within BIGINT, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN KEY(article) REFERENCES articles
    (serial), FOREIGN KEY(source_actor) REFERENCES appearances (id), FOREIGN KEY(addressee) REFERENCES
    appearances (id), FOREIGN KEY(time) REFERENCES times (id), FOREIGN KEY(within) REFERENCES statements
    (id) );
CREATE INDEX ix_statements_kind ON statements (kind);
CREATE INDEX ix_statements_source_actor ON statements (source_actor);
CREATE INDEX statements_by_addressee ON statements (addressee) WHERE addressee IS NOT NULL;
CREATE INDEX statements_by_source_country ON statements (source_country) WHERE source_country IS NOT
    NULL;
CREATE INDEX statements_by_source_sector ON statements (source_sector) WHERE source_sector IS NOT NULL;
CREATE TABLE contents ( statement BIGINT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end"
    INTEGER NOT NULL, PRIMARY KEY (statement, number), FOREIGN KEY(statement) REFERENCES statements (id)
    );
CREATE TABLE events ( id BIGINT NOT NULL, article BIGINT NOT NULL, number INTEGER NOT NULL, type VARCHAR
    COLLATE "C" NOT NULL, mode VARCHAR COLLATE "C", cameo VARCHAR COLLATE "C" NOT NULL, status VARCHAR
    COLLATE "C" NOT NULL, trigger_start INTEGER NOT NULL, trigger_end INTEGER NOT NULL, trigger_text TEXT
    COLLATE "C" NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, place VARCHAR
    COLLATE "C", from_date VARCHAR COLLATE "C", to_date VARCHAR COLLATE "C", time_start INTEGER, time_end
    INTEGER, time_text TEXT COLLATE "C", dead_low BIGINT, dead_high BIGINT, dead_about BOOLEAN,
    dead_start INTEGER, dead_end INTEGER, dead_text TEXT COLLATE "C", injured_low BIGINT, injured_high
    BIGINT, injured_about BOOLEAN, injured_start INTEGER, injured_end INTEGER, injured_text TEXT COLLATE
    "C", crowd_low BIGINT, crowd_high BIGINT, crowd_about BOOLEAN, crowd_start INTEGER, crowd_end
    INTEGER, crowd_text TEXT COLLATE "C", mutual BOOLEAN NOT NULL, reported_by BIGINT, same_as BIGINT,
    event BIGINT NOT NULL, confidence FLOAT NOT NULL, PRIMARY KEY (id), UNIQUE (article, number), FOREIGN
    KEY(article) REFERENCES articles (serial), FOREIGN KEY(place) REFERENCES places (id), FOREIGN
    KEY(reported_by) REFERENCES statements (id), FOREIGN KEY(same_as) REFERENCES events (id) );
CREATE INDEX events_by_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_by_teller ON events (reported_by) WHERE reported_by IS NOT NULL;
CREATE INDEX events_told_again ON events (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX ix_events_event ON events (event);
CREATE INDEX ix_events_from_date ON events (from_date);
CREATE INDEX ix_events_status ON events (status);
CREATE INDEX ix_events_type ON events (type);
CREATE TABLE subjects ( statement BIGINT NOT NULL, actor BIGINT NOT NULL, PRIMARY KEY (statement, actor),
    FOREIGN KEY(statement) REFERENCES statements (id), FOREIGN KEY(actor) REFERENCES appearances (id) );
CREATE INDEX subjects_by_actor ON subjects (actor);
CREATE TABLE event_contexts ( event BIGINT NOT NULL, number INTEGER NOT NULL, context VARCHAR COLLATE "C"
    NOT NULL, PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id) );
CREATE INDEX ix_event_contexts_context ON event_contexts (context);
CREATE TABLE event_modes ( event BIGINT NOT NULL, number INTEGER NOT NULL, mode VARCHAR COLLATE "C" NOT
    NULL, PRIMARY KEY (event, number), FOREIGN KEY(event) REFERENCES events (id) );
CREATE INDEX ix_event_modes_mode ON event_modes (mode);
CREATE TABLE event_parties ( event BIGINT NOT NULL, role VARCHAR COLLATE "C" NOT NULL, number INTEGER NOT
    NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT COLLATE "C" NOT NULL, actor BIGINT,
    country VARCHAR COLLATE "C", sector VARCHAR COLLATE "C", PRIMARY KEY (event, role, number), FOREIGN
    KEY(event) REFERENCES events (id), FOREIGN KEY(actor) REFERENCES appearances (id) );
CREATE INDEX parties_by_actor ON event_parties (actor) WHERE actor IS NOT NULL;
CREATE INDEX parties_by_country ON event_parties (country) WHERE country IS NOT NULL;
CREATE INDEX parties_by_sector ON event_parties (sector) WHERE sector IS NOT NULL;
CREATE TABLE event_places ( event BIGINT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end"
    INTEGER NOT NULL, text TEXT COLLATE "C" NOT NULL, PRIMARY KEY (event, number), FOREIGN KEY(event)
    REFERENCES events (id) );
"""
FULL_TEXT = (
    "CREATE VIRTUAL TABLE statements_text USING fts5(content_text, source_text, content='statements', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER statements_inserted AFTER INSERT ON statements BEGIN INSERT INTO statements_text(rowid, content_text, source_text) VALUES (new.rowid, new.content_text, new.source_text); END",
    "CREATE TRIGGER statements_deleted AFTER DELETE ON statements BEGIN INSERT INTO statements_text(statements_text, rowid, content_text, source_text) VALUES ('delete', old.rowid, old.content_text, old.source_text); END",
    "CREATE VIRTUAL TABLE articles_text USING fts5(headline, text, content='articles', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN INSERT INTO articles_text(rowid, headline, text) VALUES (new.rowid, new.headline, new.text); END",
    "CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN INSERT INTO articles_text(articles_text, rowid, headline, text) VALUES ('delete', old.rowid, old.headline, old.text); END",
    "CREATE TRIGGER articles_updated AFTER UPDATE OF headline, text ON articles BEGIN INSERT INTO articles_text(articles_text, rowid, headline, text) VALUES ('delete', old.rowid, old.headline, old.text); INSERT INTO articles_text(rowid, headline, text) VALUES (new.rowid, new.headline, new.text); END",
)
VIEWS = (
    """CREATE VIEW said AS SELECT a.id || '#s' || (s.id & 16777215) AS id, a.published, a.outlet, a.headline, s.source_text AS source, w.name AS speaker,
    coalesce(w.country, s.source_country) AS country, coalesce(w.sector, s.source_sector) AS sector,
    s.cue_text AS cue, s.content_text AS content, s.kind, s.quotation, s.attitude, s.negated,
    l.name AS addressee, s.date AS said_on, s.confidence, a.id AS article,
    (SELECT min(c.start) FROM contents c WHERE c.statement = s.id) AS content_start,
    (SELECT max(c."end") FROM contents c WHERE c.statement = s.id) AS content_end
    FROM statements s JOIN articles a ON a.serial = s.article
    LEFT JOIN appearances sp ON sp.id = s.source_actor LEFT JOIN actors w ON w.id = sp.actor
    LEFT JOIN appearances li ON li.id = s.addressee LEFT JOIN actors l ON l.id = li.actor""",
    """CREATE VIEW told AS SELECT a.id || '#e' || (e.id & 16777215) AS id, e.from_date, e.to_date, e.status, e.type, e.mode, coalesce(aw.name, ac.text) AS actor,
    coalesce(rw.name, re.text) AS recipient, p.name AS place, e.dead_low, e.dead_high, e.injured_low, e.injured_high,
    e.crowd_low, e.crowd_high, s.source_text AS reported_by, substr(a.text, e.sentence_start + 1, e.sentence_end - e.sentence_start) AS sentence, e.confidence,
    a.published, a.outlet, a.headline, a.id AS article, e.sentence_start, e.sentence_end
    FROM events e JOIN articles a ON a.serial = e.article
    LEFT JOIN event_parties ac ON ac.event = e.id AND ac.role = 'actor'
    LEFT JOIN appearances aa ON aa.id = ac.actor LEFT JOIN actors aw ON aw.id = aa.actor
    LEFT JOIN event_parties re ON re.event = e.id AND re.role = 'recipient'
    LEFT JOIN appearances ra ON ra.id = re.actor LEFT JOIN actors rw ON rw.id = ra.actor
    LEFT JOIN places p ON p.id = e.place LEFT JOIN statements s ON s.id = e.reported_by
    WHERE e.event = e.id""",
)


def make_record(
    path: Path, reports: Sequence[tuple[Article, AnalysisOut]], then: Callable[[Record], None]
) -> None:
    """Write a record of schema 9 that has what one of today, which stays beside it as `now.db`, has of some reports.

    Args:
        then: what is done with the record of today before it is copied.
    """
    with open_record(path.with_name("now.db"), create=True) as record:
        for article, analysis in reports:
            record.add(article, analysis, "m0")
        then(record)
        engine = make_engine(opening.locate(path))
        with engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
            is_sqlite = plain.dialect.name == "sqlite"
            # Rows may come before those at which they point.
            deferred = (
                "PRAGMA defer_foreign_keys=ON"
                if is_sqlite
                else "SET LOCAL session_replication_role = replica"
            )
            plain.execute(text(deferred))
            for statement in (SQLITE if is_sqlite else POSTGRESQL).split(";\n"):
                plain.exec_driver_sql(statement)
            # That of PostgreSQL follows from the tables, and is made anew wherever it is missing.
            for statement in (*(FULL_TEXT if is_sqlite else full_text_for("postgresql")), *VIEWS):
                plain.execute(text(statement))
            with record.reading() as now:
                for table in metadata.sorted_tables:
                    if not inspect(plain).has_table(table.name):
                        continue
                    # As they stand there: numbers, not the ids that they mean.
                    there = inspect(plain).get_columns(table.name)
                    columns = ", ".join('"' + c["name"] + '"' for c in there)
                    places = ", ".join(["?" if is_sqlite else "%s"] * len(there))
                    told = now.execute(text(f"SELECT {columns} FROM {table.name}"))
                    if rows := [tuple(row) for row in told]:
                        sql = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
                        plain.exec_driver_sql(sql, rows)
            plain.execute(text("UPDATE articles SET schema = 9"))
            write_version(plain, 9)
        engine.dispose()
