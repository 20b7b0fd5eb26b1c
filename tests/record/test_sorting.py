"""Answers in the order that is asked for, over the whole answer; what is too long to be sorted in time stays newest first and says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.api import Record
from onrecord.errors import UsageError
from onrecord.record.asking.event_days import days_of
from onrecord.record.opening import open_record
from tests.record.made import make_actor
from tests.record.made_events import make_all
from tests.record.made_statements import Line, make_report

ZOLA, ADE = make_actor("a1", "Zola Marn"), make_actor("a2", "ade Quill")


def _kind(kind: str) -> dict[str, str]:
    return {"kind": kind}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, database: str) -> Path:
    path = tmp_path_factory.mktemp("sorting") / "news.db"
    with open_record(path, create=True) as record:
        for report in (
            make_report(
                "old",
                Line("Zola Marn", "said", "that it was late", ZOLA, _kind("threat")),
                Line("", "reportedly", "nobody came to vote", None, _kind("denial")),
                published="2023-01-01",
                outlet="The Brannock Observer",
            ),
            make_report(
                "new",
                Line("ade Quill", "said", "that a road was open", ADE, _kind("denial")),
                Line("officials", "said", "that a well was dry", None, _kind("praise")),
                published="2024-01-01",
                outlet="Karst Echo",
            ),
            make_report(
                "undated", Line("a baker", "said", "that bread was dear"), published=None, outlet="Karst Echo"
            ),
            *make_all(),
        ):
            record.add(*report, "m1")
    return path


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record.open(path) as record:
        yield record


def _ids(record: Record, sort: str | None, **more: int) -> list[str]:
    return [s.id for s in record.said(sort=sort, since=None, **more) if s.id.split("#")[0] in ("old", "new", "undated")]  # fmt: skip


def test_statements_stand_in_each_order(record: Record) -> None:
    assert _ids(record, None) == ["new#s1", "new#s2", "old#s1", "old#s2", "undated#s1"]
    assert _ids(record, "-published") == _ids(record, None)
    assert _ids(record, "published") == ["undated#s1", "old#s1", "old#s2", "new#s1", "new#s2"]
    assert _ids(record, "source") == ["undated#s1", "new#s1", "new#s2", "old#s1", "old#s2"]
    assert _ids(record, "-source") == ["old#s1", "new#s2", "new#s1", "undated#s1", "old#s2"]
    assert _ids(record, "kind") == ["undated#s1", "new#s1", "old#s2", "new#s2", "old#s1"]
    assert _ids(record, "outlet") == ["new#s1", "new#s2", "undated#s1", "old#s1", "old#s2"]


@pytest.mark.parametrize("sort", ["published", "source", "-kind", "-outlet"])
def test_pages_of_a_sorted_answer_are_the_whole_answer(record: Record, sort: str) -> None:
    whole = [s.id for s in record.said(sort=sort)]
    pages = [s.id for n in range(0, len(whole), 2) for s in record.said(sort=sort, limit=2, offset=n)]
    assert pages == whole == [s.id for s in record.each_said(sort=sort)]
    assert sorted(whole) == sorted(s.id for s in record.said())


@pytest.mark.parametrize("sort", ["published", "date", "type", "actor", "recipient", "place", "status"])
def test_events_stand_in_each_order_both_ways(record: Record, sort: str) -> None:
    up, down = record.events(sort=sort), record.events(sort=f"-{sort}")
    assert {e.id for e in up} == {e.id for e in down} == {e.id for e in record.events()}
    keys = {
        "published": lambda e: e.published,
        "date": lambda e: days_of(e).first,
        "type": lambda e: e.type,
        "actor": lambda e: e.actors[0].name.lower() if e.actors else None,
        "recipient": lambda e: e.recipients[0].name.lower() if e.recipients else None,
        "place": lambda e: e.place.name.lower() if e.place else None,
        "status": lambda e: e.status,
    }
    for found, is_down in ((up, False), (down, True)):
        told = [keys[sort](e) for e in found]
        known = [k for k in told if k is not None]
        assert known == sorted(known, reverse=is_down)
        assert told == known + [None] * (len(told) - len(known))
    assert [e.id for e in record.each_event(sort=sort)] == [e.id for e in up]


def test_a_long_answer_is_told_to_be_too_long_to_sort(record: Record) -> None:
    long = record.said(sort="source", most=2, limit=5)
    assert long.total == 2
    assert long.more
    assert [s.id for s in long] == [s.id for s in record.said(limit=5)]
    assert "too many to sort by source in time: they stand newest first" in long.notes[0]
    short = record.said(sort="source", most=100, limit=5)
    assert [s.id for s in short] == [s.id for s in record.said(sort="source", limit=5)]
    assert (short.more, short.notes) == (False, [])
    by_report = record.said(sort="published", most=2, limit=5)
    assert [s.id for s in by_report] == [s.id for s in record.said(sort="published", limit=5)]
    assert by_report.notes == []
    assert record.events(sort="type", most=1).notes[0].startswith("There are more than 1 events")


def test_an_order_that_there_is_not_is_refused(record: Record) -> None:
    with pytest.raises(
        UsageError, match=r"--sort place: there is no such order. Give one of: published, source"
    ):
        record.said(sort="place")


def test_questions_that_too_much_fits_are_refused_where_they_must_be_answered_in_time(record: Record) -> None:
    for ask in (record.timeline, record.contradictions, record.sources):
        with pytest.raises(UsageError, match=r"More than 1 .* fit, too many to be looked through in time"):
            ask(most=1)
        ask(most=1000)
    assert record.timeline(most=1000).total == record.timeline().total
    # Statements that speak of no place do not count where one is asked for.
    assert record.timeline(place="Almaty", most=1).total == 1


def test_reports_know_their_story(record: Record) -> None:
    told = record.in_stories(["old", "new", "none"])
    assert {id: (s.articles, s.origins) for id, s in told.items()} == {"old": (1, 1), "new": (1, 1)}


def test_names_are_suggested_as_they_begin(record: Record) -> None:
    assert [n.name for n in record.suggest("actor", "ZOL", limit=9)] == ["Zola Marn"]
    assert record.suggest("actor", "  ", limit=9) == []
    assert [n.name for n in record.suggest("outlet", "brann", limit=9)] == ["The Brannock Observer"]
    assert [(n.name, n.told) for n in record.suggest("place", "alm", limit=9)] == [("Almaty", "KAZ")]
    assert record.suggest("place", "", limit=9) == []
    assert len(record.suggest("outlet", "", limit=2)) == 2


def test_a_record_is_asked_as_of_a_day_beside_itself(record: Record) -> None:
    then = record.seen(as_of="1999-01-01")
    assert then.said().total == 0
    assert record.said().total > 0
    with pytest.raises(UsageError, match="--as-of Friday: not a day"):
        record.seen(as_of="Friday")


@pytest.mark.parametrize(
    "asked",
    [
        {"by": "GOV"},
        {"by": "KAZ"},
        {"by": "KAZGOV", "kind": "assertion"},
        {"match": "that"},
        {"match": "that OR nobody", "by": "officials"},
        {"about": "bread"},
    ],
    ids=str,
)
def test_what_very_many_fit_is_answered_alike_one_by_one(
    record: Record, asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = record.said(**asked)  # type: ignore[call-overload]
    assert whole
    monkeypatch.setattr("onrecord.record.actor_codes._COMMON", 1)
    for offset in (0, 1):
        broad = record.said(**asked, most=1, limit=3, offset=offset)  # type: ignore[call-overload]
        assert broad.more == (whole.total > 1)
        assert [s.id for s in broad] == [s.id for s in whole][offset : offset + 3]
    assert record.said(**asked, most=1000).total == whole.total  # type: ignore[call-overload]
