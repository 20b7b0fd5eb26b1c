"""A record of schema 9 is brought to schema 10 in place: what was in it stays as it is, and takes what people put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text, update

from onrecord.errors import RecordError
from onrecord.record import correct, migrating, schema
from onrecord.record.asking.statements import Question, said
from onrecord.record.checking.check import check
from onrecord.record.opening import open_record
from onrecord.record.refreshing import to_refresh
from onrecord.record.store import Outcome, Record
from tests.record.made import NAMES, dump, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.schema9 import make_record

KAYA, TOMAS, ILSE = NAMES
REPORTS = [
    make_report("one", make_actor("a1", ILSE), make_actor("a2", KAYA)),
    make_report("two", make_actor("a1", KAYA, aliases=["Brandt"]), make_actor("a2", TOMAS)),
    *make_copies(),
]


def correct_it(record: Record) -> None:
    stamp = {"time": "2026-03-01T14:05:09Z", "command": "onrecord actor"}
    article, analysis = make_report("one", make_actor("a1", ILSE), make_actor("a2", TOMAS))
    assert record.add(article, analysis, "m0") is Outcome.VERSION
    with record.writing() as connection:
        correct.merge(connection, ILSE, TOMAS, **stamp)
        correct.split(connection, KAYA, ["two"], **stamp)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_record(tmp_path / "old.db", REPORTS, correct_it)
    return tmp_path / "old.db"


def test_all_is_as_before_and_reports_can_be_added(path: Path) -> None:
    with (
        open_record(path.with_name("now.db"), create=False) as now,
        open_record(path, create=False) as record,
    ):
        assert record.upgraded_from is None
        with now.writing() as connection:
            connection.execute(update(schema.articles).values(schema=9))
        assert dump(record) == dump(now)
        assert check(record).faults == []
        assert record.add(*REPORTS[0], "m1") is Outcome.KNOWN
        late = make_report("late", make_actor("a1", TOMAS), make_actor("a2", KAYA))
        for each in (record, now):
            assert each.add(*late, "m1") is Outcome.NEW
        assert dump(record) == dump(now)
        assert check(record).faults == []


def test_full_text_is_kept_and_follows_what_changes(path: Path) -> None:
    with open_record(path, create=False) as record:
        with record.writing() as connection:
            connection.execute(text("UPDATE statements SET content_text = 'an orchard' WHERE number = 1"))
        with record.reading() as connection:
            assert said(connection, Question(match="orchard"))
            assert not said(connection, Question(match="would"))


def test_its_reports_lack_nothing_and_are_not_written_anew(path: Path) -> None:
    with open_record(path, create=False) as record, record.reading() as connection:
        assert set(connection.execute(text("SELECT schema FROM articles")).scalars()) == {9}
        assert to_refresh(connection, "m0") == []


def test_tables_have_the_columns_and_indexes_of_a_new_record(path: Path) -> None:
    def made(connection: Connection) -> dict[str, object]:
        there = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in there.get_columns(name)],
                sorted(str(i["name"]) for i in there.get_indexes(name)),
            )
            for name in schema.metadata.tables
        }

    with (
        open_record(path.with_name("now.db"), create=False) as now,
        open_record(path, create=False) as record,
        now.reading() as one,
        record.reading() as other,
    ):
        assert made(other) == made(one)


def test_one_that_is_stopped_leaves_the_record_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = migrating.create_tables

    def stop(connection: Connection) -> None:
        make(connection)
        raise RecordError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "create_tables", stop)
        with pytest.raises(RecordError, match="stopped"):
            open_record(path, create=False)
    with open_record(path, create=False) as record:
        assert check(record).faults == []
