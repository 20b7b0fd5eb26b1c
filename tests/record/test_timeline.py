"""Timelines: by the days that texts tell, what no text dates apart, copies once, each entry with its evidence."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import Connection

from onrecord.contract import MentionOut
from onrecord.record.asking.timeline import Entry, TimelineQuestion, reports_of, timeline
from onrecord.record.opening import open_record
from tests.record.made_copies import make_copies
from tests.record.made_events import ALMATY, MAYOR, Maker, Report, make_all


def make_letter() -> Report:
    """Speaks of Almaty and names a day on which it was said."""
    said = "Mayor Ana Orpel said on 3 January that Almaty would stay calm."
    m = Maker("letter", said, published="2022-01-09", outlet="Karst Echo")
    m.actors = [MAYOR]
    m.places = [msgspec.structs.replace(ALMATY, mentions=[m.at("Almaty")])]
    m.state("Mayor Ana Orpel", "said", "that Almaty would stay calm", "a1")
    m.statements[0] = msgspec.structs.replace(m.statements[0], date="2022-01-03")
    m.mentions = [MentionOut(*m.at("Mayor Ana Orpel"), "PER", "name", "a1")]
    return m.made()


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("line") / "news.db", create=True) as record:
        for made in [*make_all(), *make_copies(), make_letter()]:
            record.add(*made, "m1")
        with record.reading() as connection:
            yield connection


def ask(connection: Connection, **question: str) -> list[Entry]:
    return list(timeline(connection, TimelineQuestion(**question)).entries(connection))


def ids(entries: list[Entry]) -> list[str]:
    return [e.event.id if e.event else e.statement.id for e in entries if e.event or e.statement]


def test_days_are_those_of_the_events_and_not_of_the_reports(connection: Connection) -> None:
    entries = ask(connection, actor="Orpel", until="2022-12-31")
    assert [(e.from_, e.to, e.how) for e in entries if e.how == "text"] == [
        ("2022-01-03", "2022-01-03", "text"),
        ("2022-02-01", "2022-02-28", "text"),
    ]


def test_what_no_text_dates_stands_apart_by_the_day_of_its_report(connection: Connection) -> None:
    entries = ask(connection)
    hows = [e.how for e in entries]
    assert hows == sorted(hows, key=["text", "published", None].index)
    apart = [e for e in entries if e.how == "published"]
    assert apart
    assert [e.from_ for e in apart] == sorted(e.from_ or "" for e in apart)


def test_an_open_range_has_no_last_day(connection: Connection) -> None:
    (talks,) = [e for e in ask(connection) if e.event and e.event.type == "CONSULT"]
    assert (talks.from_, talks.to) == ("2022-01-03", None)


def test_events_and_statements_of_somebody(connection: Connection) -> None:
    assert ids(ask(connection, actor="Orpel", until="2022-12-31")) == ["letter#s1", "visit#e1", "shooting#s2"]
    assert ids(ask(connection, about="crowd", until="2022-12-31")) == ["shooting#e1", "shooting#s1"]


def test_place_is_where_it_happened_or_what_is_spoken_of(connection: Connection) -> None:
    assert ids(ask(connection, place="geonames:1526384")) == ["letter#s1", "shooting#e1"]
    assert ask(connection, place="geonames:1") == []


# What is under way since an earlier day falls on it too.
def test_days_and_outlet_select(connection: Connection) -> None:
    assert ids(ask(connection, since="2022-01-05", until="2022-01-05")) == ["visit#e2", "shooting#e1"]
    assert ids(ask(connection, outlet="karst echo")) == ["letter#s1"]


def test_what_copies_tell_stands_once(connection: Connection) -> None:
    entries = ask(connection, about="market")
    (shelled,) = [e for e in entries if e.event and e.event.id == "wire#e1"]
    assert shelled.tellers.articles == 3
    denials = [e for e in ask(connection, actor="army") if e.statement and e.tellers.articles > 1]
    assert [(e.tellers.stories, e.tellers.origins) for e in denials] == [(1, 1)]


def test_each_entry_has_its_evidence(connection: Connection) -> None:
    for entry in ask(connection):
        assert reports_of(entry)
        assert (entry.event is None) != (entry.statement is None)


def test_parts_put_together_are_the_whole(connection: Connection) -> None:
    whole = ask(connection)
    parts: list[Entry] = []
    for offset in range(0, len(whole) + 3, 3):
        part = timeline(connection, TimelineQuestion(), limit=3, offset=offset)
        assert part.events + part.statements == len(whole)
        parts += part.entries(connection)
    assert parts == whole
