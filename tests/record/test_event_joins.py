"""What copies of one report tell is one event, with all its evidence; it stays so as stories grow, part and are corrected."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import update

from onrecord.record import correct, schema
from onrecord.record.asking.actors import know, one_actor
from onrecord.record.asking.counts import counts
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome, Record
from tests.record.asked import rows
from tests.record.made import dump
from tests.record.made_copies import (
    make_copies,
    make_echo,
    make_post,
    make_report,
    make_wire,
)
from tests.record.made_events import Maker, Report
from tests.record.schema6 import make_record

STAMP = {"time": "2024-02-03T04:05:06+00:00", "command": "onrecord actor"}
Q = EventQuestion


def filled(path: Path, reports: list[Report]) -> Record:
    record = open_record(path, create=True)
    for report in reports:
        assert record.add(*report, "m1") in (Outcome.NEW, Outcome.VERSION)
    return record


def ask(record: Record, question: EventQuestion | None = None) -> list[Event]:
    with record.reading() as connection:
        return list(find_events(connection, question or Q()))


def told(record: Record) -> dict[str, list[str]]:
    """The tellings of each event."""
    return {event.id: [t.id for t in event.tellings] for event in ask(record)}


ALL = {
    "star#e1": ["star#e1"],
    "wire#e1": ["wire#e1", "post#e1", "echo#e1"],
    "wire#e2": ["wire#e2", "post#e2", "echo#e2"],
    "wire#e3": ["wire#e3", "echo#e3"],
}


def test_copies_tell_one_event_and_another_report_one_of_its_own(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", make_copies()) as record:
        assert told(record) == ALL
        event = ask(record, Q(type="COERCE"))[0]
        assert (event.tellers.articles, event.tellers.stories, event.tellers.origins) == (3, 1, 1)
        with record.reading() as connection:
            assert counts(connection)["events"] == 4


def test_each_telling_has_its_report_its_outlet_and_its_words(tmp_path: Path) -> None:
    texts = {a.id: a.text for a, _ in make_copies()}
    with filled(tmp_path / "r.db", make_copies()) as record:
        (event,) = ask(record, Q(type="COERCE"))
    assert [(t.article, t.outlet, (t.published or "")[:10]) for t in event.tellings] == [
        ("wire", "Karst Press", "2024-03-04"),
        ("post", "Morning Post", "2024-03-05"),
        ("echo", "Lake Valley Echo", "2024-03-06"),
    ]
    for telling in event.tellings:
        for place in (telling.trigger, telling.sentence):
            assert place.article == telling.article
            assert texts[telling.article][place.start : place.end] == place.text


def test_numbers_that_differ_are_all_shown(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", make_copies()) as record:
        shelling = next(e for e in ask(record) if e.id == "wire#e1")
        (arrest,) = ask(record, Q(type="COERCE"))
    assert shelling.dead
    assert shelling.dead.low == 12
    (differing,) = shelling.differing
    assert differing.what == "dead"
    assert [(n.low, n.evidence.article) for n in differing.numbers] == [(12, "wire"), (21, "echo")]
    assert arrest.differing == []


def test_numbers_that_are_the_same_do_not_differ(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", [make_wire(), make_post()]) as record:
        assert [e.differing for e in ask(record)] == [[], [], []]


def test_a_report_shows_its_own_tellings_and_who_else_tells_it(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", make_copies()) as record:
        found = ask(record, Q(article="echo"))
        assert [e.id for e in ask(record, Q(article="echo", statuses=("denied",)))] == ["echo#e3"]
    assert [(e.id, e.article, [t.id for t in e.tellings]) for e in found] == [
        (f"echo#e{n}", "echo", [f"echo#e{n}"]) for n in (1, 2, 3)
    ]
    assert found[0].dead
    assert found[0].dead.low == 21
    assert [e.tellers.articles for e in found] == [3, 3, 2]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::4])
def test_the_order_of_reading_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    reports = make_copies()
    with (
        filled(tmp_path / "a.db", reports) as one,
        filled(tmp_path / "b.db", [reports[n] for n in order]) as other,
    ):
        assert dump(one) == dump(other)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"type": "SANCTION", "modes": ["discontinue"]}, id="type"),
        pytest.param({"status": "denied"}, id="status"),
        pytest.param({"modes": ["seize"]}, id="mode"),
        pytest.param({"date": ("Monday", "2024-02-26", "2024-02-26")}, id="day"),
        pytest.param({"arrested": "Kaya Brandt"}, id="recipient"),
    ],
)
def test_what_contradicts_stays_apart(tmp_path: Path, change: dict) -> None:
    own = {"date": ("Monday", "2024-03-04", "2024-03-04")}
    wire = make_report("wire", published="2024-03-04", outlet="Karst Press", **own)
    copy = make_report("copy", published="2024-03-05", outlet="Morning Post", **(own | change))
    with filled(tmp_path / "r.db", [wire, copy]) as record:
        found = told(record)
    assert found["wire#e1"] == ["wire#e1", "copy#e1"]
    assert (found["wire#e2"], found["copy#e2"]) == (["wire#e2"], ["copy#e2"])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"actors": [], "recipients": []}, id="nobody"),
        pytest.param({"modes": []}, id="no mode"),
        pytest.param({"date": None}, id="no day"),
        pytest.param({"date": ("Monday", "2024-03-01", None)}, id="a range with the day in it"),
    ],
)
def test_what_is_left_out_contradicts_nothing(tmp_path: Path, change: dict) -> None:
    own = {"date": ("Monday", "2024-03-04", "2024-03-04")}
    wire = make_report("wire", published="2024-03-04", outlet="Karst Press", **own)
    parties = {k: change.pop(k) for k in ("actors", "recipients") if k in change}
    article, analysis = make_report("copy", published="2024-03-05", outlet="Post", **(own | change))
    for role, given in parties.items():
        setattr(analysis.events[1], role, given)
    with filled(tmp_path / "r.db", [wire, (article, analysis)]) as record:
        (event,) = ask(record, Q(type="COERCE"))
    assert [t.id for t in event.tellings] == ["wire#e2", "copy#e2"]
    assert [p.name for p in event.recipients] == ["Ana Orpel"]


def test_another_teller_is_another_event(tmp_path: Path) -> None:
    article, analysis = make_report("copy", published="2024-03-05", outlet="Post")
    analysis.events[2].reported_by = None
    with filled(tmp_path / "r.db", [make_wire(), (article, analysis)]) as record:
        denials = ask(record, Q(statuses=("denied",)))
    assert sorted(e.id for e in denials) == ["copy#e3", "wire#e3"]


def test_a_correction_joins_and_parts_events(tmp_path: Path) -> None:
    copy = make_report("copy", published="2024-03-05", outlet="Post", arrested="Kaya Brandt")
    with filled(tmp_path / "r.db", [make_wire(), copy]) as record:
        before = told(record)
        assert before["copy#e2"] == ["copy#e2"]
        with record.writing() as connection:
            correct.merge(connection, "Ana Orpel", "Kaya Brandt", **STAMP)
        assert told(record)["wire#e2"] == ["wire#e2", "copy#e2"]
        with record.writing() as connection:
            correct.undo(connection)
        assert told(record) == before


def test_questions_are_answered_by_all_copies_together(tmp_path: Path) -> None:
    own = {"date": ("Monday", "2024-03-04", "2024-03-04")}
    dated = make_report("copy", published="2024-03-09", outlet="Post", **own)
    with filled(tmp_path / "r.db", [make_wire(), dated]) as record:
        # The copy alone tells the day; the day of no report stands in for it.
        assert [e.id for e in ask(record, Q(type="COERCE", since="2024-03-04", until="2024-03-04"))] == [
            "wire#e2"
        ]
        assert ask(record, Q(type="COERCE", since="2024-03-05")) == []
        assert [e.id for e in ask(record, Q(actor="COP", recipient="Orpel"))] == ["wire#e2"]


def test_a_story_that_grows_gives_its_events_to_the_report_that_it_begins_with(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", [make_echo()]) as record:
        assert set(told(record)) == {"echo#e1", "echo#e2", "echo#e3"}
        record.add(*make_post(), "m1")
        assert set(told(record)) == {"post#e1", "post#e2", "echo#e3"}
        record.add(*make_wire(), "m1")
        assert set(told(record)) == {"wire#e1", "wire#e2", "wire#e3"}


def test_a_report_that_is_read_anew_with_another_text_leaves_the_story_and_its_events(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with filled(path, make_copies()) as record:
        # As if an older onrecord had read them.
        with record.writing() as connection:
            connection.execute(update(schema.articles).where(schema.articles.c.id == "wire").values(schema=5))
        article, analysis = make_wire()
        analysis.events = analysis.events[:1]
        assert record.add(article, analysis, "m2") is Outcome.RENEWED
        found = told(record)
        assert found["wire#e1"] == ["wire#e1", "post#e1", "echo#e1"]
        assert found["post#e2"] == ["post#e2", "echo#e2"]
        assert found["echo#e3"] == ["echo#e3"]
    assert rows(path, "SELECT count(*) FROM events WHERE event NOT IN (SELECT id FROM events)") == [(0,)]
    assert rows(path, "SELECT count(*) FROM stories WHERE NOT events_joined") == [(0,)]


def test_a_story_that_parts_takes_its_events_apart(tmp_path: Path) -> None:
    from onrecord.record.story_rows import remove_from_stories

    with filled(tmp_path / "r.db", [make_wire(), make_echo()]) as record:
        assert len(ask(record)) == 3
        with record.writing() as connection:
            remove_from_stories(connection, "echo")
        assert len(ask(record)) == 6


def test_versions_of_a_report_tell_one_event_if_they_tell_it_in_the_same_words(tmp_path: Path) -> None:
    _, analysis = make_wire()
    article, changed = make_report("wire", published="2024-03-04T09:00:00Z", outlet="Karst Press", dead=14)
    with filled(tmp_path / "r.db", [make_wire()]) as record:
        assert record.add(article, changed, "m1") is Outcome.VERSION
        found = ask(record)
        assert len(analysis.events) == 3
        assert [len(e.tellings) for e in found if e.type == "COERCE"] == [2]
        assert [e.tellers.articles for e in found] == [1] * len(found)


def test_a_sentence_that_is_printed_twice_tells_its_event_once(tmp_path: Path) -> None:
    headline = "Police arrest two dockers at the harbour of Brunn"
    body = "POLICE arrest two dockers at the harbour of Brunn."
    m = Maker("twice", f"{headline}\n\nIt was raining.\n\n{body}", published="2024-03-04")
    for sentence in (headline, body):
        m.happen("arrest", sentence, recipients=[("two dockers", None)], type="COERCE", modes=["arrest"])
    with filled(tmp_path / "r.db", [m.made()]) as record:
        assert told(record) == {"twice#e1": ["twice#e1", "twice#e2"]}
        assert told(record) == {e.id: [t.id for t in e.tellings] for e in ask(record, Q(article="twice"))}


def test_a_short_sentence_may_be_told_of_two(tmp_path: Path) -> None:
    m = Maker("two", "Ana spoke. He was arrested. Bo spoke. And he was arrested.", published="2024-03-04")
    for sentence in ("He was arrested.", "he was arrested."):
        m.happen("arrested", sentence, type="COERCE", modes=["arrest"])
    with filled(tmp_path / "r.db", [m.made()]) as record:
        assert len(ask(record)) == 2


def test_an_actor_is_counted_by_reports_stories_and_origins(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db", make_copies()) as record, record.reading() as connection:
        known = know(connection, one_actor(connection, "Ana Orpel"))
    assert (known.reports, known.stories, known.origins) == (3, 1, 1)


@pytest.mark.sqlite_alone("older records are SQLite's")
def test_a_record_of_schema_6_is_joined_and_lacks_nothing(tmp_path: Path) -> None:
    make_record(tmp_path / "old.db", make_copies())
    with (
        filled(tmp_path / "new.db", make_copies()) as new,
        open_record(tmp_path / "old.db", create=False) as old,
    ):
        assert old.upgraded_from is None
        assert told(old) == ALL
        assert [old.add(*report, "m1") for report in make_copies()] == [Outcome.KNOWN] * 4
        assert dump(old, without=("articles",)) == dump(new, without=("articles",))
    with sqlite3.connect(tmp_path / "old.db") as db, sqlite3.connect(tmp_path / "new.db") as made:
        parts = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY name"
        of_old, of_new = ([(name, sql and sql.split()) for name, sql in x.execute(parts)] for x in (db, made))
        assert of_old == of_new
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
