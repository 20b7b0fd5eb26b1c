"""Questions are kept, and what came into the record since is told by the numbers of reports."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from onrecord.api import watching
from onrecord.api.watching import count_latest, latest, read_watched
from onrecord.errors import UsageError
from onrecord.record import watches
from onrecord.record.asking.arrived import Arrived, last_arrived
from onrecord.record.asking.as_of import asked
from onrecord.record.export.statements import article_of
from onrecord.record.opening import open_record
from onrecord.record.schema import articles
from onrecord.record.store import Record
from tests.record.made import NAMES, make_actor, make_report

KAYA, TOMAS, ILSE = NAMES
# So that a second report of one speaker is no copy of the first.
OTHER = "Orsolya Vint"
ORDER = ("three", "two", "one")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "news.db", create=True) as store:
        add(store, "one", KAYA)
        add(store, "two", ILSE, published="2024-05-01")
        yield store


def add(store: Record, id: str, speaker: str, subject: str = TOMAS, **more: Any) -> None:
    article, analysis = make_report(id, make_actor("a1", speaker), make_actor("a2", subject), **more)
    store.add(article, analysis, "m1")


def keep(store: Record, of: str = "said", name: str = "Kaya", **fields: str) -> watches.Watch:
    with store.writing() as connection:
        return watches.keep_watch(connection, "ana", name, of, fields)


def found(store: Record, of: str, when: Arrived, **fields: str) -> list[str]:
    """The reports of the rows of a question, in their order."""
    with asked(store) as connection:
        rows = latest(connection, read_watched(of, fields), when, limit=50)
    if of == "search":
        # Copies stand with the report that they are of.
        return sorted((id for hit in rows for id in (hit.id, *(c.id for c in hit.copies))), key=ORDER.index)
    return [article_of(row) if of == "said" else row.first.article for row in rows]


def test_what_is_kept_is_there_until_it_is_deleted(store: Record) -> None:
    first, second = keep(store, by=KAYA), keep(store, "events", "Resigned", type="RETREAT", status="planned")
    assert len({first.id, second.id, first.feed, second.feed}) == 4
    assert len(first.feed) > 40
    with store.reading() as connection:
        assert {w.id for w in watches.watches_of(connection, "ana")} == {first.id, second.id}
        assert watches.watches_of(connection, "ilse") == []
        assert watches.find_watch(connection, first.id) == first
        assert watches.watch_of_feed(connection, second.feed) == second
        assert watches.find_watch(connection, "none") is None
        assert watches.watch_of_feed(connection, "none") is None
    with store.writing() as connection:
        watches.rename_watch(connection, first.id, "  Kaya\nagain ")
        watches.renew_feed(connection, first.id)
        watches.remove_watch(connection, second.id)
    with store.reading() as connection:
        (left,) = watches.watches_of(connection)
        assert (left.name, left.feed != first.feed, left.asked) == ("Kaya again", True, {"by": KAYA})
        assert watches.watch_of_feed(connection, first.feed) is None


def test_a_watch_has_a_name_and_nobody_keeps_questions_without_end(
    store: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="There is no name"):
        keep(store, name=" \n ")
    with pytest.raises(UsageError, match="A name of 201 characters"):
        keep(store, name="x" * 201)
    monkeypatch.setattr(watches, "MOST_OF_ONE", 1)
    keep(store)
    with pytest.raises(UsageError, match="1 questions are kept for ana already"):
        keep(store)


def test_new_is_what_came_since_a_question_was_kept_or_seen(store: Record) -> None:
    watch = keep(store)
    assert found(store, "said", Arrived(watch.newest)) == []
    add(store, "three", KAYA)
    add(store, "four", KAYA, published=None)
    assert found(store, "said", Arrived(watch.newest)) == ["four", "three"]
    with store.reading() as connection:
        newest = last_arrived(connection)
    add(store, "five", KAYA)
    with store.writing() as connection:
        watches.mark_seen(connection, watch.id, newest)
    with store.reading() as connection:
        seen = watches.find_watch(connection, watch.id)
    assert seen is not None
    assert (seen.newest, seen.since == seen.seen) == (newest, True)
    assert found(store, "said", Arrived(seen.newest)) == ["five"]


def test_seen_goes_neither_back_nor_beyond_what_is_there(store: Record) -> None:
    watch = keep(store)
    add(store, "three", KAYA)
    for newest, then in ((0, watch.newest), (10**12, watch.newest + 1), (watch.newest, watch.newest + 1)):
        with store.writing() as connection:
            watches.mark_seen(connection, watch.id, newest)
        with store.reading() as connection:
            there = watches.find_watch(connection, watch.id)
        assert there is not None
        assert there.newest == then


def test_a_report_that_is_older_than_it_came_is_new(store: Record) -> None:
    """One that is imported keeps the moment at which another record got it."""
    watch = keep(store)
    add(store, "three", KAYA)
    with store.writing() as connection:
        connection.execute(
            update(articles).where(articles.c.id == "three").values(recorded="2001-01-01T00:00:00Z")
        )
    assert found(store, "said", Arrived(watch.newest)) == ["three"]


def test_a_report_that_is_read_again_is_not_new(store: Record) -> None:
    watch = keep(store)
    add(store, "one", KAYA)
    assert found(store, "said", Arrived(watch.newest)) == []


@pytest.mark.parametrize("of", ["said", "events", "search"])
def test_rows_come_as_their_reports_came_between_two_of_them(store: Record, of: str) -> None:
    add(store, "three", KAYA, OTHER, published="2001-01-01")
    words = {"match": "would"} if of == "search" else {}
    assert found(store, of, Arrived(), **words) == ["three", "two", "one"]
    assert found(store, of, Arrived(after=1), **words) == ["three", "two"]
    assert found(store, of, Arrived(until=2), **words) == ["two", "one"]
    assert found(store, of, Arrived(after=1, until=2), **words) == ["two"]


@pytest.mark.parametrize(
    ("of", "fields", "ids"),
    [
        ("said", {"by": KAYA}, ["three", "one"]),
        ("said", {"by": ILSE}, ["two"]),
        ("said", {"kind": "Prediction", "until": "2030-01-01"}, ["three", "two", "one"]),
        ("said", {"kind": "demand"}, []),
        ("said", {"match": "go", "about": TOMAS}, ["two", "one"]),
        ("events", {"type": "retreat", "status": ["planned", "denied"]}, ["three", "two", "one"]),
        ("events", {"status": "denied"}, []),
        ("events", {"reported_by": ILSE, "asserted_only": "true"}, []),
        ("events", {"recipient": ILSE}, ["two"]),
        ("search", {"match": "orpelstadt", "since": "2024-01-01"}, ["two"]),
        ("search", {"by": KAYA}, ["three", "one"]),
    ],
)
def test_a_watch_asks_what_its_question_asks(store: Record, of: str, fields: Any, ids: list[str]) -> None:
    add(store, "three", KAYA, OTHER)
    assert found(store, of, Arrived(), **fields) == ids
    question = read_watched(of, fields)
    with asked(store) as connection:
        assert count_latest(connection, question, 0, 50) == len(ids)
        assert count_latest(connection, question, 0, 1) == min(1, len(ids))
        assert count_latest(connection, question, 1, 50) == len([id for id in ids if id != "one"])


def test_a_count_that_is_kept_is_that_of_the_record_as_it_is(store: Record, tmp_path: Path) -> None:
    question = read_watched("said", {"by": KAYA})
    with open_record(tmp_path / "news.db", create=False) as reads:
        for number in range(3):
            for _ in range(2):
                with asked(reads) as connection:
                    assert count_latest(connection, question, 0, 50) == number + 1
            add(store, f"r{number}", KAYA)


@pytest.mark.parametrize(
    ("of", "fields", "message"),
    [
        ("sources", {}, "sources: this cannot be watched"),
        ("said", {"actor": "x"}, "actor: said has no such field"),
        ("said", {"kind": "song"}, "no such kind"),
        ("said", {"since": "Friday"}, "not a day"),
        ("said", {"by": ["a", "b"]}, "by: only one can be given"),
        ("events", {"type": "SONG"}, "no such type"),
        ("events", {"status": ["song"]}, "no such status"),
        ("search", {}, "no words to search for"),
    ],
)
def test_what_cannot_be_meant_is_told(of: str, fields: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_watched(of, fields)


def test_each_field_of_a_question_can_be_watched() -> None:
    given = {"type": "protest", "mode": "demo", "status": "planned", "country": "KAZ", "kind": "demand", "since": "2024-01-01", "until": "2024-02-01", "asserted_only": "1"}  # fmt: skip
    for of, fields in watching.FIELDS.items():
        question = read_watched(of, {name: given.get(name, "Orpel") for name in fields})
        without = [n for n in question.__struct_fields__ if getattr(question, n) in (None, (), False)]
        assert set(without) <= {"article", "arrived", "party", "about", "place"}


def test_when_reports_were_recorded(store: Record) -> None:
    with store.writing() as connection:
        connection.execute(update(articles).where(articles.c.id == "one").values(recorded=None))
    with store.reading() as connection:
        told = watches.recorded_at(connection, ["one", "two", "none"])
    assert list(told) == ["two"]


def test_of_a_search_the_report_that_came_last_is_first(store: Record) -> None:
    """Whatever fits best, and whichever was published last."""
    texts = {
        "dam": "The dam is a dam, and no dam is safer than this dam, the council of the valley found in spring.",
        "bus": "Buses to the harbour will run every hour from June, and one of them goes by the old dam at night.",
    }
    for id, text in texts.items():
        article, analysis = make_report(id, make_actor("a1", KAYA), make_actor("a2", TOMAS), published=None)
        found = ("statements", "events", "mentions", "places", "times", "actors")
        bare: dict[str, Any] = {name: [] for name in found}
        store.add(
            dataclasses.replace(article, text=text),
            msgspec.structs.replace(analysis, text=text, **bare),
            "m1",
        )
    with asked(store) as connection:
        question = read_watched("search", {"match": "dam"})
        assert [hit.id for hit in latest(connection, question, Arrived(), limit=5)] == ["bus", "dam"]
        assert [hit.id for hit in latest(connection, question, Arrived(), limit=1, offset=1)] == ["dam"]
        assert latest(connection, question, Arrived(), limit=1).total == 2
