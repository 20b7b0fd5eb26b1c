"""Somebody in numbers: what a page tells of an actor is what the questions answer, for whoever it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.record.asking import profile as module
from onrecord.record.asking.appearing import Appearances, appearances_of
from onrecord.record.asking.bearing import bearers_beginning, bearers_of
from onrecord.record.asking.events import EventQuestion, count_events, find_events
from onrecord.record.asking.made import made_lately
from onrecord.record.asking.mentioned import mentioned_in
from onrecord.record.asking.profile import Profile, profile_of
from onrecord.record.asking.quotations import quotations_of
from onrecord.record.asking.statements import Question, count_said, said
from onrecord.record.corrections import make_merge, make_rename
from onrecord.record.opening import open_record
from onrecord.record.people import store_corrections
from onrecord.record.row_ids import numbered
from onrecord.record.schema import actors
from onrecord.record.store import Record
from tests.record.made import NAMES, REGISTERED, make_actor, make_report
from tests.record.made_events import KAZ, RUS, make_all, make_visit
from tests.record.made_statements import Line
from tests.record.made_statements import make_report as make_lines

ORPEL = make_actor("a1", "Ana Orpel", country="KAZ", sector="GOV", registry=REGISTERED)
DASK = make_actor("a1", "Ivo Dask", country="KAZ", sector="LAB")
KAYA, TOMAS, ILSE = NAMES
LINES = (
    Line("Ana Orpel", "said:", "“Nobody who lives beyond the northern gate will have to pay,”", ORPEL),
    Line(
        "Ana Orpel",
        "promised:",
        "“Ivo Dask shall have his ferry,”",
        ORPEL,
        {"kind": "pledge", "about": ["a2"]},
    ),
    Line("Ivo Dask", "said", "that the town hall had promised him much before", DASK),
)
LONG = Line(ILSE, "said", "that " + " ".join(["and the ferry"] * 40) + " went", make_actor("a1", ILSE))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("profile") / "news.db", create=True) as opened:
        for report in make_all():
            opened.add(*report, "m1")
        opened.add(*make_report("one", ORPEL, make_actor("a2", KAYA), published="2022-01-10"), "m1")
        opened.add(*make_report("two", make_actor("a2", KAYA), ORPEL, published=None), "m1")
        opened.add(
            *make_report("three", make_actor("a1", KAYA), make_actor("a2", TOMAS), published="2022-02-10"),
            "m1",
        )
        opened.add(*make_lines("long", LONG, published="2022-03-01"), "m1")
        opened.add(*make_lines("lines", *LINES, published="2022-03-04"), "m1")
        yield opened


def ids(record: Record) -> list[str]:
    with record.reading() as connection:
        return sorted(connection.execute(select(actors.c.id)).scalars())


def profile(record: Record, id: str) -> Profile:
    with record.reading() as connection:
        return profile_of(connection, id)


def test_numbers_of_statements_are_those_of_the_questions(record: Record) -> None:
    for id in ids(record):
        found = profile(record, id)
        with record.reading() as connection:
            assert found.said.total == count_said(connection, Question(by=id))
            assert found.about.total == count_said(connection, Question(about=id))
            for kind, number in found.said.kinds:
                assert number == count_said(connection, Question(by=id, kind=kind))
            for kind, number in found.about.kinds:
                assert number == count_said(connection, Question(about=id, kind=kind))
            for other in found.said.about:
                assert other.number == count_said(connection, Question(by=id, about=other.id))
            for other in found.about.by:
                assert other.number == count_said(connection, Question(by=other.id, about=id))
            for day, number in found.said.days:
                assert number == count_said(connection, Question(by=id, since=day, until=day))
            assert found.newest_said == said(connection, Question(by=id))[:6]
            assert found.newest_about == said(connection, Question(about=id))[:6]
        assert sum(n for _, n in found.said.days) + found.said.undated == found.said.total


def test_numbers_of_events_are_those_of_the_questions(record: Record) -> None:
    for id in ids(record):
        found = profile(record, id).dealings
        for done, ours, theirs in ((found.did, "actor", "recipient"), (found.had_done, "recipient", "actor")):
            with record.reading() as connection:
                mine = {ours: id}
                assert done.total == count_events(connection, EventQuestion(**mine))
                assert done.newest == list(find_events(connection, EventQuestion(**mine), limit=6))
                for type, number in done.types:
                    assert number == count_events(connection, EventQuestion(**mine, type=type))
                for other in done.others:
                    assert other.number == count_events(
                        connection, EventQuestion(**mine, **{theirs: other.id})
                    )
                    for type, number in other.types:
                        both = EventQuestion(**mine, **{theirs: other.id}, type=type)
                        assert number == count_events(connection, both)
        for where in found.where:
            with record.reading() as connection:
                assert where.number == count_events(connection, EventQuestion(party=id, place=where.id))


def test_what_all_parties_do_to_each_other_is_done_by_both(record: Record) -> None:
    kazakhstan, russia = profile(record, KAZ).dealings, profile(record, RUS).dealings
    assert [(o.id, o.number, o.types) for o in kazakhstan.did.others] == [(RUS, 1, [("CONSULT", 1)])]
    assert [o.id for o in kazakhstan.had_done.others] == [RUS]
    assert KAZ in {o.id for o in russia.did.others}


def test_roles_have_the_days_of_the_reports_that_tell_them(record: Record) -> None:
    (role,) = profile(record, REGISTERED).roles
    assert (role.title, role.from_, role.to) == ("mayor", "2019", None)
    assert (role.first_day, role.last_day) == ("2022-01-10", "2022-03-04")


def test_of_many_roles_offices_and_those_told_last_are_shown(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_ROLES", 0)
    found = profile(record, REGISTERED)
    assert (found.roles, found.all_roles) == ([], 1)


def test_of_who_is_named_too_often_the_newest_reports_are_looked_at(record: Record) -> None:
    with record.reading() as connection:
        every = appearances_of(connection, REGISTERED)
        some = appearances_of(connection, REGISTERED, most=2)
    assert (every.reports, every.all_reports, every.since) == (3, 3, None)
    assert (some.reports, some.all_reports, some.since) == (2, 3, "2022-01-10")
    assert list(some.numbers) == list(every.numbers[:2])


def test_the_newest_end_with_a_whole_report() -> None:
    # Two appearances in report 7, one in report 3.
    them = Appearances("x", [numbered(7, 1), numbered(7, 2), numbered(3, 1)], ["2024"] * 3, ["x"] * 3, 2)
    assert them.newest(1).numbers == [numbered(7, 1), numbered(7, 2)]
    assert them.newest(9).numbers == them.numbers


def test_direct_quotations_alone_are_quotations(record: Record) -> None:
    with record.reading() as connection:
        found = quotations_of(connection, REGISTERED, limit=50)
        assert [q.said.evidence[0].text for q in found.rows] == [LINES[0].content, LINES[1].content]
        assert {q.url for q in found.rows} == {"https://post.example/lines"}
        assert (found.total, found.reports, found.all_reports) == (2, 3, 3)
        assert profile_of(connection, REGISTERED).said.direct == 2
        pledges = quotations_of(connection, REGISTERED, kind="pledge", limit=50)
        assert ([q.said.kind for q in pledges.rows], pledges.total) == (["pledge"], 1)
        last = quotations_of(connection, REGISTERED, limit=1, offset=1)
        assert (last.rows, last.total) == (found.rows[1:], 2)


def test_mentions_stand_in_their_sentences_and_at_their_places(record: Record) -> None:
    with record.reading() as connection:
        found = mentioned_in(connection, appearances_of(connection, REGISTERED), limit=2)
        rest = mentioned_in(connection, appearances_of(connection, REGISTERED), limit=2, offset=2)
    assert [r.id for r in found + rest] == ["lines", "one", "two"]
    assert [(r.total, len(r.mentions)) for r in found] == [(2, 2), (1, 1)]
    (there,) = found[1].mentions
    assert (there.start, there.before, there.words, there.form) == (0, "", "Ana Orpel", "name")
    assert there.behind == f" said in Orpelstadt on Monday that {KAYA} would go."


def test_a_long_sentence_is_cut_between_words(record: Record) -> None:
    with record.reading() as connection:
        (who,), _ = bearers_of(connection, ILSE, limit=1)
        (report,) = mentioned_in(connection, appearances_of(connection, who.id), limit=1)
    (there,) = report.mentions
    assert len(there.behind) < 170
    assert there.behind.endswith((" and …", " the …", " ferry …"))


def test_bearers_are_found_by_name_and_by_its_beginning(record: Record) -> None:
    with record.reading() as connection:
        found, total = bearers_of(connection, "Ana Orpel", limit=1)
        assert (len(found), total) == (1, 2)
        assert (found[0].id, found[0].reports) == (REGISTERED, 3)
        assert [b.name for b in bearers_beginning(connection, "ana o", limit=9)] == ["Ana Orpel", "Ana Orpel"]
        assert len(bearers_beginning(connection, "Ana", limit=1)) == 1
        assert bearers_beginning(connection, "", limit=9) == []
        assert bearers_beginning(connection, "%", limit=9) == []


def test_corrections_come_the_newest_first(tmp_path: Path) -> None:
    stamp = {"time": "2024-02-03T04:05:06+00:00", "command": "x"}
    made = [make_merge("somebody", RUS, **stamp), make_rename(KAZ, "Kazakhstan", **stamp)]
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*make_visit(), "m1")
        with record.writing() as connection:
            store_corrections(connection, made)
        with record.reading() as connection:
            found, total = made_lately(connection)
            assert ([m.correction for m in found], total) == (made[::-1], 2)
            assert [m.is_last for m in found] == [True, False]
            assert [m.names for m in found] == [{KAZ: "Kazakhstan"}, {RUS: "Russia"}]
            (older,), total = made_lately(connection, limit=1, offset=1)
            assert (older.correction, older.is_last, total) == (made[0], False, 2)
