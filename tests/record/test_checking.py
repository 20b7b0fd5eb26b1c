"""A sound record is clean; each kind of damage that is done to it is found, and what follows from other rows is mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.printing.checked import in_lines
from onrecord.record import correct
from onrecord.record.checking.check import Checked, check, look_over
from onrecord.record.checking.faults import KINDS, Faults
from onrecord.record.checking.mending import mend
from onrecord.record.engines import WRITES
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome, Record
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report
from tests.record.made_copies import make_copies

KAYA, TOMAS, ILSE = NAMES
ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
KAYA_HERSELF = make_actor("a1", KAYA)
NOW = "2026-03-01T14:05:09Z"

# What is done to the record, and the kind and table under which it is found.
DAMAGES = {
    "the place of a content": ("UPDATE contents SET start = start + 1", "whole", "statements.content_text"),
    "a source": ("UPDATE statements SET source_text = 'Nobody'", "evidence", "statements"),
    "a mention": ("UPDATE mentions SET start = -1", "spans", "mentions"),
    "a sentence": ("UPDATE events SET sentence_end = 99999", "spans", "events"),
    "a trigger": ("UPDATE events SET trigger_text = 'did'", "evidence", "events"),
    "a party": ("UPDATE event_parties SET text = 'nobody'", "evidence", "event_parties"),
    "a time": ("UPDATE times SET text = 'Friday'", "evidence", "times"),
    "a place": (
        "UPDATE place_mentions SET text = 'Nowhere' WHERE text IS NOT NULL",
        "evidence",
        "place_mentions",
    ),
    "words of a place": ("UPDATE event_places SET text = 'Nowhere'", "evidence", "event_places"),
    "an end outside": ('UPDATE contents SET "end" = 99999', "spans", "contents"),
    "half a place": ("UPDATE statements SET cue_end = NULL", "spans", "statements"),
    "a cut outside": (
        """UPDATE articles SET furniture = '[{"text":"x","why":"y","before":9999}]'""",
        "spans",
        "articles.furniture",
    ),
    "a passage outside": ("UPDATE copied_passages SET first_end = 99999", "spans", "copied_passages"),
    "a text": ("UPDATE articles SET text = text || '.' WHERE version_of IS NOT NULL", "text", "articles"),
    "the id of a place": ("UPDATE places SET geonames = 78 WHERE geonames = 77", "ids", "places"),
    "the id of an office": ("UPDATE roles SET title = 'queen'", "ids", "roles"),
    "a gap": ("UPDATE mentions SET number = number + 90 WHERE number = 2", "numbers", "mentions"),
    "a stranger": (
        "UPDATE mentions SET actor = (SELECT min(id) FROM appearances WHERE article = 2) "
        "WHERE article = 1 AND actor IS NOT NULL",
        "reports",
        "mentions",
    ),
    "content in two places": (
        "UPDATE statements SET content_text = 'else'",
        "whole",
        "statements.content_text",
    ),
    "a mode in two places": ("UPDATE events SET mode = 'retire'", "whole", "events.mode"),
    "a statement within itself": ("UPDATE statements SET within = id", "whole", "statements.within"),
    "a kind": ("UPDATE statements SET kind = 'song'", "words", "statements.kind"),
    "a status": ("UPDATE events SET status = 'done'", "words", "events.status"),
    "a confidence": ("UPDATE statements SET confidence = 1.5", "bounds", "statements.confidence"),
    "a number of dead": (
        "UPDATE events SET dead_low = 99 WHERE dead_high IS NOT NULL",
        "bounds",
        "events.dead_low",
    ),
    "days the wrong way round": ("UPDATE times SET to_date = '2021-01-01'", "bounds", "times.from_date"),
    "no day": ("UPDATE articles SET published = 'Friday'", "bounds", "articles.published"),
    "no moment": ("UPDATE articles SET recorded = 'now'", "bounds", "articles.recorded"),
    "a newer schema": ("UPDATE articles SET schema = 99", "bounds", "articles.schema"),
    "a latitude": ("UPDATE places SET lat = 91", "bounds", "places"),
    "a frame": ("UPDATE articles SET frame = '{'", "json", "articles.frame"),
    "candidates": ("UPDATE appearances SET considered = '[1]'", "json", "appearances.considered"),
    "reasons of a pair": ("UPDATE copied_pairs SET why = 'so'", "json", "copied_pairs.why"),
    "reports of a correction": ("UPDATE corrections SET reports = '['", "json", "corrections"),
    "a version with a story": (
        "UPDATE articles SET story = (SELECT min(id) FROM stories) WHERE version_of IS NOT NULL",
        "versions",
        "articles",
    ),
    "a version without its report": ("UPDATE articles SET version_of = NULL", "versions", "articles"),
    "a correction": ("UPDATE corrections SET command = 'else'", "corrections", "corrections"),
    "a report that is gone": ("DELETE FROM articles WHERE id = 'two'", "pointers", "statements.article"),
    "an actor that is gone": ("DELETE FROM actors", "pointers", "appearances.actor"),
    "whom analysis took one for": (
        "UPDATE appearances SET linked = 'x' WHERE base IS NULL",
        "actors",
        "appearances.linked",
    ),
    "who is meant": (
        "UPDATE appearances SET actor = (SELECT max(id) FROM actors)",
        "actors",
        "appearances.actor",
    ),
    "a name of an actor": ("UPDATE actors SET name = 'Nobody'", "actors", "actors"),
    "a code of an actor": ("UPDATE actors SET country = 'RUS'", "actors", "actors"),
    "a name that is gone": ("DELETE FROM actor_names", "actors", "actor_names"),
    "a folded name": ("UPDATE actor_names SET folded = 'x'", "actors", "actor_names.folded"),
    "a name backwards": ("UPDATE actor_names SET backwards = 'x'", "actors", "actor_names.backwards"),
    "the strength of keys": ("UPDATE story_keys SET strength = 3", "keys", "story_keys.strength"),
    "an actor nobody names": ("INSERT INTO actors (id, name) VALUES ('x', 'X')", "actors", "actors"),
    "the size of a story": ("UPDATE stories SET articles = 7", "stories", "stories"),
    "origins": ("UPDATE stories SET origins = 7", "stories", "stories"),
    "a step of descent": ("DELETE FROM copies", "stories", "copies"),
    "the story of a report": (
        "UPDATE articles SET story = (SELECT min(id) FROM stories) WHERE version_of IS NULL",
        "stories",
        "articles.story",
    ),
    "a sum of passages": ("UPDATE copied_pairs SET shared = 1", "pairs", "copied_pairs"),
    "passages that are gone": ("DELETE FROM copied_passages", "pairs", "copied_pairs"),
    "an event": ("UPDATE events SET event = id", "events", "events.event"),
    "an event alone": ("UPDATE events SET event = 77 WHERE article = 1", "events", "events.event"),
    "an index": ("DROP INDEX actors_by_code", "made", "actors_by_code"),
    "a view": ("DROP VIEW said", "made", "said"),
    "a column": ("ALTER TABLE roles DROP COLUMN title", "tables", "roles"),
}
# What `mend` makes good.
MENDED = {name for name, (_, kind, _) in DAMAGES.items() if KINDS[kind].mend.endswith("--mend")}


def make_record(path: Path) -> Record:
    """A record with copies, versions, namesakes, offices, events of several reports, and each kind of correction."""
    record = open_record(path, create=True)
    reports = [
        make_report("one", ANA, make_actor("a2", KAYA)),
        make_report("two", make_actor("a1", KAYA, aliases=["Brandt"]), make_actor("a2", TOMAS)),
        make_report("three", KAYA_HERSELF, KAYA_HERSELF, published=None),
        make_report("four", make_actor("a1", ILSE), make_actor("a2", TOMAS), published="2022-02-07"),
        *make_copies(),
    ]
    for report in reports:
        record.add(*report, "m1")
    article, analysis = make_report("one", ANA, make_actor("a2", TOMAS))
    analysis.text = article.text
    assert record.add(article, analysis, "m1") is Outcome.VERSION
    with record.writing() as connection:
        correct.merge(connection, ILSE, TOMAS, time=NOW, command="merge")
        correct.rename(connection, ILSE, "I. Maran", time=NOW, command="rename")
        correct.split(connection, KAYA, ["two"], time=NOW, command="split")
        correct.split(connection, "actor-577a0892cc47", ["three:0"], time=NOW, command="split")
    return record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Record]:
    with make_record(tmp_path_factory.mktemp("checking") / "news.db") as record:
        yield record


def found(faults: Faults) -> set[tuple[str, str]]:
    return {(f.kind, f.table) for f in faults.all()}


def test_a_sound_record_is_clean(record: Record) -> None:
    checked = check(record)
    assert (checked.faults, checked.unchecked) == ([], [])
    assert (checked.reports, checked.statements > 6, checked.events > 12) == (9, True, True)
    assert [line.partition(";")[0].rpartition(": ")[2] for line in in_lines("news.db", checked)] == ["sound"]


def test_an_empty_record_is_clean(tmp_path: Path) -> None:
    with open_record(tmp_path / "new.db", create=True) as empty:
        assert check(empty).faults == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_found(damage: str, record: Record) -> None:
    sql, kind, table = DAMAGES[damage]
    faults = Faults()
    with record._engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin() as transaction:
            # Rows may point nowhere until the transaction ends, and it never does.
            is_sqlite = connection.dialect.name == "sqlite"
            connection.execute(
                text(
                    "PRAGMA defer_foreign_keys=ON"
                    if is_sqlite
                    else "SET LOCAL session_replication_role = replica"
                )
            )
            connection.exec_driver_sql(sql)
            look_over(connection, faults, lambda what, done, total: None)
            transaction.rollback()
    assert (kind, table) in found(faults)
    fault = next(f for f in faults.all() if (f.kind, f.table) == (kind, table))
    assert fault.count >= len(fault.examples) >= 1
    assert fault.mend


@pytest.mark.parametrize("damage", sorted(MENDED))
def test_what_follows_from_other_rows_is_made_anew(damage: str, tmp_path: Path) -> None:
    with make_record(tmp_path / "news.db") as record:
        before = dump(record)
        with record._engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
            plain.exec_driver_sql(DAMAGES[damage][0])
        mend(record)
        assert check(record).faults == []
        assert dump(record) == before


@pytest.mark.sqlite_alone("FTS5 is SQLite's own")
@pytest.mark.parametrize("index", ["statements_text", "articles_text"])
def test_full_text_that_is_out_of_step_is_found_and_made_anew(index: str, tmp_path: Path) -> None:
    with make_record(tmp_path / "news.db") as record:
        with record.writing() as connection:
            connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('delete-all')")
        (fault,) = check(record).faults
        assert (fault.kind, fault.table) == ("full text", index)
        mend(record)
        assert check(record).faults == []


@pytest.mark.sqlite_alone("other programs write to a file as they like")
def test_what_is_no_number_is_found(tmp_path: Path) -> None:
    with make_record(tmp_path / "news.db") as record:
        with sqlite3.connect(tmp_path / "news.db") as other:
            other.execute("UPDATE statements SET source_start = 'here' WHERE article = 1 AND number = 1")
        assert [(f.kind, f.table, f.count) for f in check(record).faults] == [("bounds", "statements", 1)]


@pytest.mark.sqlite_alone("PostgreSQL looks after its files")
def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    make_record(path).close()
    with sqlite3.connect(path) as other:
        size = other.execute("PRAGMA page_size").fetchone()[0]
        page = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'mentions_by_actor' OR name = 'ix_mentions_actor'"
        ).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size + size // 2)
        file.write(b"\0" * (size // 2))
    with open_record(path, create=False) as record:
        faults = check(record).faults
    assert "file" in {f.kind for f in faults}


def test_each_kind_is_told_on_a_line_with_its_mend_below(record: Record) -> None:
    faults = Faults()
    for n in range(5):
        faults.add("evidence", "contents", f"row {n}")
    told = list(in_lines("news.db", Checked(1, 1, 0, 0.1, ["full text"], faults.all())))
    assert (
        told[0]
        == "contents: the quoted words do not stand at the place that is named for them, 5 times: row 0; row 1; row 2 …"
    )
    assert "onrecord refresh --article" in told[1]
    assert told[2] == "not looked at: full text"
    assert told[3].startswith("news.db: 5 faults; 1 report, 1 statement and 0 events")
