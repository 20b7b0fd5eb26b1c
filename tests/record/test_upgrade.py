"""A record of an older schema is brought up to date with all that was in it; reports read again fill the rest."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from onrecord.errors import RecordError, UsageError
from onrecord.record import correct, schema, upgrade
from onrecord.record.asking.actors import describe
from onrecord.record.asking.counts import counts
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.statements import Question, said
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report
from tests.record.made_events import make_all
from tests.record.schema2 import make_record
from tests.record.schema3 import make_record as make_record_of_schema_3
from tests.record.schema4 import make_record as make_record_of_schema_4

ON_SQLITE_ALONE = "older records are SQLite's"

KAYA, TOMAS, ILSE = NAMES
ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
REPORTS = [
    make_report("one", ANA, make_actor("a2", KAYA)),
    make_report("two", make_actor("a1", KAYA, aliases=["Brandt"]), make_actor("a2", TOMAS)),
]
# Named in a report, but in none of its statements.
REPORTS[1][1].actors.append(make_actor("a3", ILSE))

# What has the same columns in both schemas.
KEPT = {
    "articles": "id, text, published, language, origin, frame, furniture, model",
    # Ids that are made from a name are those of today.
    "actors": "name, type",
    "actor_names": "name",
    "statements": "id, article, number, source_start, source_end, source_text, cue_start, cue_end, cue_text, "
    "content_text, quotation, attitude, negated, kind, date, confidence, within",
    "contents": 'statement, number, start, "end"',
}
# What rows point at is a number today, which stands for the id.
NUMBERED = {
    "article": "(SELECT a.id FROM articles a WHERE a.serial = t.article)",
    **{
        name: f"(SELECT a.id || '#s' || (t.{name} & 16777215) FROM articles a WHERE a.serial = t.{name} >> 24)"
        for name in ("statement", "within")
    },
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_record(tmp_path / "old.db", REPORTS)
    return tmp_path / "old.db"


def rows(path: Path, *, numbered: bool) -> dict[str, list[tuple]]:
    found = {}
    with sqlite3.connect(path) as db:
        for table, names in KEPT.items():
            columns = names.split(", ")
            if numbered:
                columns = [NUMBERED.get(c, c) for c in columns]
                if table == "statements":
                    columns[0] = NUMBERED["within"].replace("within", "id")
            found[table] = sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table} t"), key=repr)
    return found


def test_every_row_is_kept(path: Path) -> None:
    before = rows(path, numbered=False)
    with open_record(path, create=False) as record:
        assert record.upgraded_from == 2
    assert rows(path, numbered=True) == before
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)


def test_who_is_meant_is_kept_and_what_was_not_recorded_is_null(path: Path) -> None:
    with open_record(path, create=False) as record, record.reading() as connection:
        (one,) = said(connection, Question(by="Orpel"))
        assert (one.actor, one.about, one.addressee) == ("Ana Orpel", [KAYA], KAYA)
        ana = describe(connection, REGISTERED, why=True)
        assert (ana.country, ana.sector, ana.roles) == (None, None, [])
        (why,) = ana.in_reports[0].why or []
        assert why.considered is None
        assert "read it again" in why.verdict
        found = counts(connection)
        assert (found["statements"], found["mentions"], found["places"], found["times"]) == (2, 0, 0, 0)


def test_full_text_still_finds(path: Path) -> None:
    with open_record(path, create=False) as record, record.reading() as connection:
        assert len(said(connection, Question(match="would"))) == 2


def test_it_is_upgraded_once(path: Path) -> None:
    with open_record(path, create=True) as record:
        before = dump(record)
    with open_record(path, create=True) as record:
        assert record.upgraded_from is None
        assert dump(record) == before


def test_reports_read_again_fill_it_and_then_it_is_as_a_new_one(path: Path, tmp_path: Path) -> None:
    with open_record(path, create=True) as record, open_record(tmp_path / "new.db", create=True) as new:
        assert [record.add(*r, "m1") for r in REPORTS] == [Outcome.RENEWED] * 2
        assert [record.add(*r, "m1") for r in REPORTS] == [Outcome.KNOWN] * 2
        for report in reversed(REPORTS):
            new.add(*report, "m1")
        assert dump(record) == dump(new)
        with record.reading() as connection:
            assert len(said(connection, Question(match="would"))) == 2


def test_corrections_hold_when_a_report_is_read_again(path: Path, tmp_path: Path) -> None:
    stamp = {"time": "2024-02-03T04:05:06+00:00", "command": "onrecord actor"}
    with open_record(path, create=True) as record, open_record(tmp_path / "new.db", create=True) as new:
        for report in REPORTS:
            new.add(*report, "m1")
        for each in (record, new):
            with each.writing() as connection:
                correct.merge(connection, KAYA, TOMAS, **stamp)
                correct.split(connection, KAYA, ["one"], **stamp)
        for report in REPORTS:
            record.add(*report, "m1")
        assert dump(record) == dump(new)


def test_whoever_is_known_from_no_report_cannot_be_corrected_yet(path: Path) -> None:
    with (
        open_record(path, create=False) as record,
        pytest.raises(UsageError, match="Read the reports again"),
        record.writing() as connection,
    ):
        correct.rename(connection, ILSE, "X", time="t", command="c")


def test_an_upgrade_that_is_stopped_leaves_the_record_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with sqlite3.connect(path) as db:
        before = list(db.execute("SELECT sql FROM sqlite_master"))
    monkeypatch.setattr(upgrade, "_make_appearances", stop)
    with pytest.raises(KeyboardInterrupt):
        open_record(path, create=False)
    with sqlite3.connect(path) as db:
        assert list(db.execute("SELECT sql FROM sqlite_master")) == before
        assert db.execute("SELECT count(*) FROM statements").fetchone() == (2,)
        assert db.execute("PRAGMA user_version").fetchone() == (2,)


@pytest.fixture
def path_3(tmp_path: Path) -> Path:
    make_record_of_schema_3(tmp_path / "three.db", REPORTS)
    return tmp_path / "three.db"


EVENT_TABLES = ("events", "event_parties", "event_modes", "event_contexts", "event_places")


def test_a_record_of_schema_3_keeps_all_and_has_no_events(path_3: Path, tmp_path: Path) -> None:
    with open_record(tmp_path / "new.db", create=True) as new, open_record(path_3, create=False) as record:
        assert record.upgraded_from == 3
        for report in REPORTS:
            new.add(*report, "m0")
        before, after = dump(new, without=("articles",)), dump(record, without=("articles",))
        assert {t: rows for t, rows in before.items() if t not in EVENT_TABLES} == {
            t: rows for t, rows in after.items() if t not in EVENT_TABLES
        }
        assert [after[t] for t in EVENT_TABLES] == [[]] * len(EVENT_TABLES)
    with sqlite3.connect(path_3) as db, sqlite3.connect(tmp_path / "new.db") as made:
        indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
        assert list(db.execute(indexes)) == list(made.execute(indexes))
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert set(db.execute("SELECT schema FROM articles")) == {(3,)}


def test_reports_of_schema_3_read_again_have_their_events(path_3: Path, tmp_path: Path) -> None:
    with open_record(path_3, create=True) as record, open_record(tmp_path / "new.db", create=True) as new:
        assert [record.add(*r, "m1") for r in REPORTS] == [Outcome.RENEWED] * 2
        for report in REPORTS:
            new.add(*report, "m1")
        assert dump(record) == dump(new)


@pytest.fixture
def path_4(tmp_path: Path) -> Path:
    make_record_of_schema_4(tmp_path / "four.db", make_all())
    return tmp_path / "four.db"


def test_a_record_of_schema_4_keeps_all_and_has_no_codes_of_sources_without_a_name(
    path_4: Path, tmp_path: Path
) -> None:
    with open_record(tmp_path / "new.db", create=True) as new, open_record(path_4, create=False) as record:
        assert record.upgraded_from == 4
        for report in make_all():
            new.add(*report, "m0")
        with new.writing() as connection:
            connection.execute(update(schema.statements).values(source_country=None, source_sector=None))
        assert dump(record, without=("articles",)) == dump(new, without=("articles",))
    with sqlite3.connect(path_4) as db, sqlite3.connect(tmp_path / "new.db") as made:
        indexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
        assert list(db.execute(indexes)) == list(made.execute(indexes))
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert set(db.execute("SELECT schema FROM articles")) == {(4,)}


def test_reports_of_schema_4_read_again_have_the_codes(path_4: Path, tmp_path: Path) -> None:
    asked = EventQuestion(reported_by="KAZGOV", type="ASSAULT")
    with open_record(path_4, create=True) as record, open_record(tmp_path / "new.db", create=True) as new:
        with record.reading() as connection:
            assert [e.id for e in find_events(connection, asked)] == ["shooting#e3"]
            assert len(said(connection, Question(match="police"))) == 2
        assert [record.add(*r, "m1") for r in make_all()] == [Outcome.RENEWED] * 2
        for report in make_all():
            new.add(*report, "m1")
        assert dump(record) == dump(new)
        with record.reading() as connection:
            assert [e.id for e in find_events(connection, asked)] == ["shooting#e1", "shooting#e3"]
            assert len(said(connection, Question(match="police"))) == 2


@pytest.mark.parametrize("version", [3, 4])
def test_an_upgrade_by_columns_that_is_stopped_leaves_the_record_as_it_was(
    version: int, path_3: Path, path_4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = {3: path_3, 4: path_4}[version]
    make = upgrade.create_tables

    def stop(connection: Connection) -> None:
        make(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "create_tables", stop)
    with sqlite3.connect(path) as db:
        before = list(db.execute("SELECT sql FROM sqlite_master"))
    with pytest.raises(KeyboardInterrupt):
        open_record(path, create=False)
    with sqlite3.connect(path) as db:
        assert list(db.execute("SELECT sql FROM sqlite_master")) == before
        assert db.execute("PRAGMA user_version").fetchone() == (version,)


def test_a_record_of_schema_1_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=1")
    with pytest.raises(RecordError, match="too old"):
        open_record(path, create=True)
