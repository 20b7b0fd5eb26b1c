"""A question is answered by the newest version of each report, or by what was on record on a day; nothing stays behind of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from onrecord.record import schema
from onrecord.record.asking.actors import describe, find_actors
from onrecord.record.asking.as_of import asked
from onrecord.record.asking.counts import counts
from onrecord.record.asking.events import EventQuestion, count_events, find_events
from onrecord.record.asking.find_article import find_article
from onrecord.record.asking.search import SearchQuestion, search
from onrecord.record.asking.statements import Question, count_said, said
from onrecord.record.asking.stories import all_stories, count_stories, members_of, tellers
from onrecord.record.export.reports import ReportQuestion, find_reports
from onrecord.record.export.statements import find_statements
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome, Record
from tests.record.made import NAMES, dump, make_actor, make_report
from tests.record.made_copies import make_copies

KAYA, TOMAS, ILSE = NAMES
# When each report was recorded.
RECORDED = {
    "one": "2024-05-01T09:00:00Z",
    "wire": "2024-05-02T09:00:00Z",
    "post": "2024-05-03T09:00:00Z",
    "echo": "2024-05-03T23:59:59Z",
    "star": "2024-05-04T00:00:00Z",
}


def by(speaker: str, subject: str = TOMAS) -> tuple:
    return make_report("one", make_actor("a1", speaker), make_actor("a2", subject))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Copies, and a report with two later versions, in which somebody else speaks."""
    with open_record(tmp_path / "news.db", create=True) as record:
        for report in [by(KAYA), *make_copies()]:
            record.add(*report, "m1")
        recorded = dict(RECORDED)
        for speaker, moment in ((ILSE, "2024-05-02T12:00:00Z"), ("Bo Kestrel", "2024-05-04T12:00:00Z")):
            before = ids(record)
            assert record.add(*by(speaker), "m1") is Outcome.VERSION
            (new,) = ids(record) - before
            recorded[new] = moment
        with record.writing() as connection:
            for id, moment in recorded.items():
                table = schema.articles
                connection.execute(update(table).where(table.c.id == id).values(recorded=moment))
        yield record


def ids(record: Record) -> set[str]:
    with record.reading() as connection:
        return {row.id for row in connection.execute(schema.articles.select())}


def speakers(connection: Connection) -> list[str | None]:
    return sorted(s.by or "" for s in said(connection, Question()) if s.by != "The army")


def test_search_and_exports_leave_out_older_versions(record: Record) -> None:
    def found(connection: Connection) -> tuple[int, set[str]]:
        reports = {r.id for r in find_reports(connection, ReportQuestion())}
        assert set(search(connection, SearchQuestion(match="go")).reports) <= reports
        said_by = {row.by for row in find_statements(connection, Question(match="go"))}
        return search(connection, SearchQuestion(match="go")).total, said_by

    with asked(record) as connection:
        assert found(connection) == (1, {"Bo Kestrel"})
    with asked(record, "2024-05-02") as connection:
        assert found(connection) == (1, {ILSE})
    with asked(record, "2024-05-02", versions=True) as connection:
        assert found(connection)[1] == {ILSE, KAYA}
    with asked(record, versions=True) as connection:
        assert found(connection)[1] == {"Bo Kestrel", ILSE, KAYA}


def test_the_newest_version_alone_answers(record: Record) -> None:
    with asked(record) as connection:
        assert speakers(connection) == ["Bo Kestrel"]
        assert count_said(connection, Question(match="go")) == 1
        assert [e.status for e in find_events(connection, EventQuestion(type="RETREAT"))] == ["planned"]  # fmt: skip
    with asked(record, versions=True) as connection:
        assert speakers(connection) == ["Bo Kestrel", ILSE, KAYA]
        assert count_said(connection, Question(match="go")) == 3


@pytest.mark.parametrize(
    ("day", "by"),
    [
        ("2024-04-30", []),
        ("2024-05-01", [KAYA]),
        ("2024-05-02", [ILSE]),
        ("2024-05-03", [ILSE]),
        ("2024-05-04", ["Bo Kestrel"]),
    ],
)
def test_as_of_a_day_the_newest_version_of_then_answers(day: str, by: list[str], record: Record) -> None:
    with asked(record, day) as connection:
        assert speakers(connection) == by
        assert count_said(connection, Question(match="go")) == len(by)
    with asked(record, "2024-05-03", versions=True) as connection:
        assert speakers(connection) == [ILSE, KAYA]


def test_an_event_is_that_of_the_reports_of_then(record: Record) -> None:
    question = EventQuestion(type="ASSAULT", statuses=("occurred",))
    told = {}
    for day in ("2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"):
        with asked(record, day) as connection:
            found = list(find_events(connection, question))
            assert count_events(connection, question) == len(found)
            told[day] = [sorted({t.article for t in event.tellings}) for event in found]
    assert told == {
        "2024-05-01": [],
        "2024-05-02": [["wire"]],
        "2024-05-03": [["echo", "post", "wire"]],
        "2024-05-04": [["star"], ["echo", "post", "wire"]],
    }


def test_an_event_of_which_the_first_telling_is_passed_over_has_its_others(record: Record) -> None:
    with record.writing() as connection:
        table = schema.articles
        connection.execute(update(table).where(table.c.id == "wire").values(recorded="2024-05-09T00:00:00Z"))
    with asked(record, "2024-05-03") as connection:
        (shelled,) = find_events(connection, EventQuestion(type="ASSAULT", statuses=("occurred",)))
        assert sorted({t.article for t in shelled.tellings}) == ["echo", "post"]
        assert [e.id for e in find_events(connection, EventQuestion(article="post", type="ASSAULT"))] == [
            shelled.id
        ]


def test_stories_are_those_of_then(record: Record) -> None:
    def told(day: str | None) -> tuple[list[list[str]], tuple[int, int, int]]:
        with asked(record, day) as connection:
            stories = list(all_stories(connection))
            assert [[m.id for m in members_of(connection, s.id)] for s in stories] == [
                s.articles for s in stories
            ]
            return [s.articles for s in stories if len(s.articles) > 1], count_stories(connection)

    assert told("2024-05-01") == ([], (1, 1, 1))
    assert told("2024-05-02") == ([], (2, 2, 2))
    assert told("2024-05-03") == ([["wire", "post", "echo"]], (2, 4, 2))
    assert told(None) == ([["wire", "post", "echo"]], (3, 5, 3))


def test_who_tells_something_is_counted_among_the_reports_of_then(record: Record) -> None:
    with asked(record, "2024-05-03") as connection:
        assert tellers(connection, ["wire", "post", "one"]).origins == 2
    with asked(record) as connection:
        (version,) = (s.id.partition("#")[0] for s in said(connection, Question(by="Kestrel")))
        counted = tellers(connection, [version, "wire"])
        assert (counted.articles, counted.stories) == (2, 2)


def test_somebody_is_known_by_what_is_asked(record: Record) -> None:
    with asked(record) as connection:
        (kaya,) = find_actors(connection, KAYA)
        assert describe(connection, kaya, why=False).reports == 0
    with asked(record, "2024-05-01") as connection:
        (kaya,) = find_actors(connection, KAYA)
        (tomas,) = find_actors(connection, TOMAS)
        assert describe(connection, kaya, why=False).part.source == 1
        assert describe(connection, tomas, why=False).reports == 1
        assert find_actors(connection, ILSE) == []


def test_the_record_counts_what_it_held(record: Record) -> None:
    def held(day: str | None) -> tuple[int, ...]:
        with asked(record, day) as connection:
            found = counts(connection)
        return tuple(found[name] for name in ("articles", "stories", "origins", "statements", "places"))

    assert held("2024-04-30") == (0, 0, 0, 0, 0)
    assert held("2024-05-01") == (1, 1, 1, 1, 2)
    assert held("2024-05-03") == (5, 2, 2, 3, 2)
    with asked(record, "2024-05-03") as connection:
        assert find_article(connection, "star") is None


def test_a_report_without_a_day_was_not_there(record: Record) -> None:
    with record.writing() as connection:
        connection.execute(update(schema.articles).values(recorded=None))
    with asked(record, "2022-01-07") as connection:
        # Published on that day, and of its versions the last by their ids.
        assert counts(connection)["articles"] == 3
    with record.writing() as connection:
        connection.execute(update(schema.articles).values(published=None))
    with asked(record, "2999-01-01") as connection:
        assert counts(connection)["articles"] == 0


def test_nothing_stays_behind(record: Record) -> None:
    before = dump(record)
    for day in (None, "2024-05-01", "2024-05-03"):
        with asked(record, day):
            pass
        with pytest.raises(ZeroDivisionError), asked(record, day):
            raise ZeroDivisionError
        assert dump(record) == before


def test_two_ask_of_two_days_at_once(record: Record) -> None:
    with asked(record, "2024-05-01") as old, asked(record, "2024-05-02") as newer, record.reading() as all:
        assert [len(said(c, Question())) for c in (old, newer, all)] == [1, 2, 5]


def test_who_asks_as_of_a_day_keeps_nobody_from_writing(record: Record) -> None:
    with asked(record, "2024-05-01") as connection:
        record.add(*make_report("two", make_actor("a1", KAYA), make_actor("a2", TOMAS)), "m1")
        assert counts(connection)["articles"] == 1
