"""What was found in a report is kept with its evidence, in whatever order reports are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord.record.asking.actors import describe
from onrecord.record.asking.report import found_in
from onrecord.record.opening import open_record
from onrecord.record.quoting import words_of_content, words_of_sentence
from onrecord.record.schema import contents, events
from onrecord.record.store import Outcome
from tests.record.asked import rows
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report

DOCS = Path(__file__).resolve().parents[2] / "docs" / "record.md"
ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
KAYA = make_actor("a2", "Kaya Brandt", country="DEU")
REPORT = make_report("one", ANA, KAYA)
SPANS = ("place_mentions", "times", "event_parties", "event_places")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*REPORT, "m1")
    return tmp_path / "news.db"


@pytest.mark.parametrize("table", SPANS)
def test_each_row_has_the_words_of_its_place(path: Path, table: str) -> None:
    text = REPORT[0].text
    found = rows(path, f'SELECT start, "end", text FROM {table}')
    assert found
    for start, end, words in found:
        assert words == (None if start is None else text[start:end])


def test_mentions_contents_and_sentences_are_read_from_the_text(path: Path) -> None:
    text = REPORT[0].text
    found = rows(path, 'SELECT start, "end", words, name FROM named')
    assert [(words, name) for *_, words, name in found] == [(text[s:e], name) for s, e, _, name in found]
    assert {"Kaya Brandt", "Ana Orpel"} <= {name for *_, name in found}
    with open_record(path, create=False) as record, record.reading() as connection:
        columns = [contents.c.start, contents.c.end, words_of_content()]
        pieces = connection.execute(select(*columns)).all()
        sentences = connection.execute(
            select(events.c.sentence_start, events.c.sentence_end, words_of_sentence())
        ).all()
    assert pieces
    assert sentences
    assert all(words == text[start:end] for start, end, words in [*pieces, *sentences])


def test_a_place_that_a_caption_alone_names_has_no_offsets(path: Path) -> None:
    found = rows(path, "SELECT place, start, text FROM place_mentions ORDER BY number")
    assert found[0] == ("geonames:77", found[0][1], "Orpelstadt")
    assert found[1][1:] == (None, None)
    assert rows(path, "SELECT name, geonames, lat, lon, country FROM places ORDER BY name DESC") == [
        ("Orpelstadt", 77, 1.5, 2.5, "KAZ"),
        ("Orpel Sea", None, 3.0, 4.0, None),
    ]


def test_a_statement_points_at_the_words_that_tell_its_day(path: Path) -> None:
    joined = "SELECT s.date, t.text, t.from_date, t.to_date FROM statements s JOIN times t ON t.id = s.time"
    assert rows(path, joined) == [("2022-01-03", "Monday", "2022-01-03", "2022-01-03")]


@pytest.mark.parametrize("part", ["trigger", "time"])
def test_an_event_has_the_words_of_its_places(path: Path, part: str) -> None:
    text = REPORT[0].text
    query = f"SELECT {part}_start, {part}_end, {part}_text FROM events WHERE {part}_start IS NOT NULL"
    found = rows(path, query)
    assert found
    assert all(text[start:end] == words for start, end, words in found)


def test_an_event_points_at_parties_place_statement_and_first_telling(path: Path) -> None:
    query = "SELECT id, type, mode, status, place, from_date, to_date, reported_by, same_as FROM events"
    one, two = 1 << 24 | 1, 1 << 24 | 2
    assert rows(path, query) == [
        (one, "RETREAT", "resign", "planned", "geonames:77", "2022-01-03", "2022-01-03", one, None),
        (two, "RETREAT", "resign", "planned", None, None, None, None, one),
    ]
    parties = "SELECT event, role, text, actor FROM event_parties ORDER BY event, role"
    assert rows(path, parties) == [
        (one, "actor", "Kaya Brandt", two),
        (one, "recipient", "Ana Orpel", one),
        (two, "actor", "Kaya Brandt", two),
    ]
    assert rows(path, f"SELECT mode FROM event_modes WHERE event = {one}") == [("resign",)]
    contexts = f"SELECT context FROM event_contexts WHERE event = {one} ORDER BY number"
    assert rows(path, contexts) == [("executive",), ("economic",)]


def test_an_actor_has_country_sector_and_offices(path: Path) -> None:
    with open_record(path, create=False) as record, record.reading() as connection:
        ana = describe(connection, REGISTERED, why=False)
    assert (ana.country, ana.sector, ana.names) == ("KAZ", "GOV", ["Orpel"])
    assert [(r.title, r.of, r.from_, r.to) for r in ana.roles] == [("mayor", "KAZ", "2019", None)]


def test_the_same_report_again_changes_nothing(path: Path) -> None:
    with open_record(path, create=True) as record:
        before = dump(record)
        assert record.add(*REPORT, "m1") is Outcome.KNOWN
        assert dump(record) == before


def test_a_namesake_whom_the_registry_knows_is_apart_from_one_whom_it_does_not(path: Path) -> None:
    unregistered = make_actor("a1", "Ana Orpel")
    with open_record(path, create=True) as record:
        record.add(*make_report("two", unregistered, KAYA), "m1")
    assert len(rows(path, "SELECT * FROM actors WHERE name = 'Ana Orpel'")) == 2


def test_the_commonest_of_what_reports_say_counts(tmp_path: Path) -> None:
    told = [make_actor("a1", "Ana Orpel", sector=s) for s in ("GOV", "OPP", "OPP", None)]
    with open_record(tmp_path / "r.db", create=True) as record:
        for n, actor in enumerate(told):
            record.add(*make_report(f"r{n}", actor, KAYA), "m1")
    assert rows(tmp_path / "r.db", "SELECT sector FROM actors WHERE name = 'Ana Orpel'") == [("OPP",)]


@pytest.mark.sqlite_alone("it asks SQLite to look; PostgreSQL lets no row be without what it points at")
def test_foreign_keys_hold(path: Path) -> None:
    assert rows(path, "PRAGMA foreign_key_check") == []


some_actors = st.builds(
    make_actor,
    st.just("a1"),
    st.sampled_from([*NAMES, "kaya brandt", "KAYA BRANDT"]),
    type=st.sampled_from(["person", "organisation", None]),
    country=st.sampled_from(["KAZ", "DEU", None]),
    sector=st.sampled_from(["GOV", "OPP", None]),
    registry=st.sampled_from([None, REGISTERED]),
)


@settings(max_examples=5, deadline=None)  # on each of two databases
@given(told=st.lists(some_actors, min_size=2, max_size=4))
def test_reading_in_another_order_gives_the_same_record(
    told: list, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reports = [make_report(f"r{n}", actor, KAYA) for n, actor in enumerate(told)]
    folder = tmp_path_factory.mktemp("order")
    states = []
    for n, order in enumerate([reports, reports[::-1], reports[1:] + reports[:1]]):
        with open_record(folder / f"{n}.db", create=True) as record:
            for report in order:
                record.add(*report, "m1")
            states.append(dump(record))
    assert states[0] == states[1] == states[2]


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.DOTALL))
def test_documented_sql_runs(path: Path, query: str, database: str) -> None:
    # Full text is asked for in words of each database's own.
    if {"sqlite": "onrecord_words", "postgresql": " MATCH "}[database] in query:
        pytest.skip("it is the other database's")
    rows(path, query)


def test_a_report_tells_who_where_and_when(path: Path) -> None:
    with open_record(path, create=False) as record, record.reading() as connection:
        found = found_in(connection, "one")
    assert [(a.name, [e.text for e in a.evidence]) for a in found.actors] == [
        ("Ana Orpel", ["Ana Orpel"]),
        ("Kaya Brandt", ["Kaya Brandt"]),
    ]
    assert [(p.name, len(p.evidence)) for p in found.places] == [("Orpelstadt", 1), ("Orpel Sea", 0)]
    assert [(t.from_, t.to, t.evidence.text) for t in found.times] == [("2022-01-03", "2022-01-03", "Monday")]
