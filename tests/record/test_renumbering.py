"""A record of schema 8 is brought to numbers, on either database, with all that was in it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from onrecord.record import correct, schema
from onrecord.record.checking.check import check
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome, Record
from tests.record.made import NAMES, dump, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.schema8 import make_record

KAYA, TOMAS, ILSE = NAMES
HERSELF = make_actor("a1", KAYA)
REPORTS = [
    make_report("one", make_actor("a1", ILSE), make_actor("a2", KAYA)),
    make_report("two", make_actor("a1", KAYA, aliases=["Brandt"]), make_actor("a2", TOMAS)),
    make_report("three", HERSELF, HERSELF, published=None),
    *make_copies(),
]


def correct_it(record: Record) -> None:
    stamp = {"time": "2026-03-01T14:05:09Z", "command": "onrecord actor"}
    article, analysis = make_report("one", make_actor("a1", ILSE), make_actor("a2", TOMAS))
    assert record.add(article, analysis, "m0") is Outcome.VERSION
    with record.writing() as connection:
        correct.merge(connection, ILSE, TOMAS, **stamp)
        correct.split(connection, KAYA, ["two"], **stamp)
        correct.split(connection, "actor-577a0892cc47", ["three:0"], **stamp)


def test_all_is_as_before_and_reports_can_be_added(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    make_record(path, REPORTS, correct_it)
    with open_record(tmp_path / "now.db", create=False) as now, open_record(path, create=False) as record:
        assert record.upgraded_from is None
        with now.writing() as connection:
            connection.execute(update(schema.articles).values(schema=schema.WHOLE_SINCE))
        assert dump(record) == dump(now)
        assert check(record).faults == []
        assert record.add(*REPORTS[0], "m1") is Outcome.KNOWN
        late = make_report("late", make_actor("a1", TOMAS), make_actor("a2", KAYA))
        for each in (record, now):
            assert each.add(*late, "m1") is Outcome.NEW
        assert dump(record) == dump(now)
        with record.reading() as connection:
            assert (
                connection.exec_driver_sql("SELECT min(schema) FROM articles").scalar() == schema.WHOLE_SINCE
            )
