"""Stories as they are listed, what is said in one, and what was said in the last week; what is kept is never of another state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from sqlalchemy import Connection

from onrecord.record.asking.sayings import sayings_of
from onrecord.record.asking.statements import Question, said
from onrecord.record.asking.stories import members_of, roots_of, tellers
from onrecord.record.asking.story_events import story_events
from onrecord.record.asking.story_heads import StoryHeadsQuestion, story_heads
from onrecord.record.asking.summary import summary
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.asking.variants import said_once
from onrecord.record.asking.week import week_told
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies, make_echo, make_wire

ANA, KAYA = make_actor("a1", "Ana Orpel"), make_actor("a2", "Kaya Brandt")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("heads") / "news.db", create=True) as record:
        for made in make_copies():
            record.add(*made, "m1")
        record.add(*make_report("old", ANA, KAYA, published="2022-01-07"), "m1")
        record.add(*make_report("undated", KAYA, ANA, published=None), "m1")
        yield record


@pytest.fixture
def connection(record: Record) -> Iterator[Connection]:
    with record.reading() as connection:
        yield connection


def story_of(connection: Connection) -> str:
    return story_heads(connection, StoryHeadsQuestion(several=True), limit=1).rows[0].id


def begins(connection: Connection, **asked: object) -> list[str]:
    found = story_heads(connection, StoryHeadsQuestion(**asked), limit=50)  # type: ignore[arg-type]
    assert len(found.rows) == found.total
    return [story.begins.id for story in found.rows]


def test_the_story_that_was_told_last_comes_first(connection: Connection) -> None:
    assert begins(connection) == ["wire", "star", "old"]
    assert begins(connection, order="told")[0] == "wire"
    assert begins(connection, several=True) == ["wire", "old"]


def test_a_story_fits_if_one_of_its_reports_does(connection: Connection) -> None:
    assert begins(connection, outlet="morning post") == ["wire"]
    assert begins(connection, outlet="orlan star", several=True) == []
    assert begins(connection, since="2024-03-05", until="2024-03-05") == ["star", "wire"]
    assert begins(connection, until="2023-12-31") == ["old"]
    assert begins(connection, outlet="Morning Post", since="2024-03-06") == []


def test_stories_are_paged_without_gaps(connection: Connection) -> None:
    for asked in ({}, {"order": "told"}):
        question = StoryHeadsQuestion(**asked)  # type: ignore[arg-type]
        pages = [story_heads(connection, question, limit=1, offset=n) for n in range(5)]
        assert [row.id for page in pages for row in page.rows] == [
            row.id for row in story_heads(connection, question, limit=50).rows
        ]
        assert {page.total for page in pages} == {3}


def test_a_story_tells_who_tells_it_and_when(connection: Connection) -> None:
    story = story_heads(connection, StoryHeadsQuestion(several=True), limit=5).rows[0]
    assert (story.articles, story.origins) == (3, 1)
    assert story.outlets == ["Karst Press", "Morning Post", "Lake Valley Echo"]
    assert (story.first, story.last) == ("2024-03-04T08:00:00Z", "2024-03-06T08:00:00Z")


def test_each_saying_is_told_once_as_with_variants(connection: Connection) -> None:
    story = story_of(connection)
    found = sayings_of(connection, story, limit=50)
    ids = {m.id for m in members_of(connection, story)}
    all_said = [s for s in said(connection, Question()) if s.id.partition("#")[0] in ids]
    once = said_once(connection, all_said)
    assert {s.said.id: s.reports for s in found.rows} == {o.said.id: o.tellers.articles for o in once}
    assert [s.origins for s in found.rows] == [1]


def test_each_event_of_a_story_is_told_once(connection: Connection) -> None:
    found = story_events(connection, story_of(connection), limit=50)
    assert [(e.type, e.tellers.articles, e.tellers.origins) for e in found.rows] == [
        ("ASSAULT", 3, 1), ("COERCE", 3, 1), ("ASSAULT", 2, 1)
    ]  # fmt: skip
    assert found.total == 3
    assert story_events(connection, story_of(connection), limit=1, offset=2).rows == found.rows[2:]


def test_the_week_ends_with_the_newest_report_of_a_day_that_has_come(connection: Connection) -> None:
    told = week_told(connection, ["denial", "assertion", "prediction"], few=5, today=date(2024, 3, 20))
    assert told is not None
    assert (told.week.first, told.week.last, told.reports) == ("2024-02-29", "2024-03-06", 4)
    earlier = week_told(connection, [], few=5, today=date(2024, 3, 1))
    assert earlier is not None
    assert (earlier.week.last, earlier.reports) == ("2022-01-07", 1)


def test_copies_of_a_story_are_told_and_heard_once_in_a_week(connection: Connection) -> None:
    told = week_told(connection, ["assertion"], few=5, today=date(2024, 3, 20))
    assert told is not None
    (assertions,) = told.said
    assert assertions.total == 2
    assert [(s.said.id.partition("#")[0], s.reports, s.origins) for s in assertions.newest] == [
        ("echo", 3, 1)
    ]
    before = week_told(connection, ["prediction"], few=5, today=date(2022, 1, 7))
    assert before is not None
    assert [(v.name, v.heard, v.stories) for v in before.heard] == [("Ana Orpel", 1, 1)]


def test_what_descends_from_what_is_found_step_by_step_and_all_at_once(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ["wire", "post", "echo", "star", "old"]
    found = roots_of(connection, ids)
    assert found == {"wire": "wire", "post": "wire", "echo": "wire", "star": "star", "old": "old"}
    monkeypatch.setattr("onrecord.record.asking.stories._MANY", 0)
    assert roots_of(connection, ids) == found
    assert msgspec.structs.astuple(tellers(connection, ids)) == (5, 3, 3)


def test_what_is_kept_is_asked_again_when_the_record_changed(
    tmp_path_factory: pytest.TempPathFactory, database: str
) -> None:
    times = []
    with open_record(tmp_path_factory.mktemp("kept") / "news.db", create=True) as record:
        for number, made in enumerate((make_wire(), make_echo()), 1):
            record.add(*made, "m1")
            for _ in range(2):
                with record.reading() as connection:
                    while_unchanged(connection, "times", lambda: times.append(1))
                    assert summary(connection).articles == number
    assert len(times) == 2


def test_an_empty_record_has_no_week(tmp_path_factory: pytest.TempPathFactory, database: str) -> None:
    path = tmp_path_factory.mktemp("empty") / "news.db"
    with open_record(path, create=True) as record, record.reading() as connection:
        assert week_told(connection, ["demand"], few=5) is None
        there = summary(connection)
    assert (there.articles, there.last_recorded, there.model) == (0, None, None)
