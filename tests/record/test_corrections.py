"""Corrections hold for all reports, whenever they are read, and can be taken back one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from onrecord.errors import UsageError
from onrecord.record import correct
from onrecord.record.asking.actors import describe, find_actors, know, one_actor
from onrecord.record.asking.report import found_in
from onrecord.record.asking.statements import Question, said
from onrecord.record.corrections import Corrections, make_merge, make_split, read_lines, say
from onrecord.record.json_lines import write_lines
from onrecord.record.opening import open_record
from onrecord.record.people import load_corrections
from onrecord.record.store import Record
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report

STAMP = {"time": "2024-02-03T04:05:06+00:00", "command": "onrecord actor"}
ticks = count()


def stamp() -> dict[str, str]:
    """Another moment each time, as it is in life."""
    return STAMP | {"time": f"2024-02-03T04:05:06.{next(ticks):06}+00:00"}


KAYA, TOMAS, ILSE = NAMES
# In one report two people of one name, whom analysis took for one.
ODO = make_actor("a1", "Odo Karsten", aliases=["Karsten"])
ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
REPORTS = [
    make_report("one", ANA, make_actor("a2", KAYA)),
    make_report("two", make_actor("a1", KAYA, country="DEU"), make_actor("a2", TOMAS)),
    make_report("three", make_actor("a2", KAYA), ANA),
    make_report("four", make_actor("a1", ILSE), make_actor("a2", KAYA)),
    make_report("five", ODO, ODO),
]
SUBJECT = REPORTS[4][0].text.index("that Odo") + len("that ")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "news.db", create=True) as opened:
        for report in REPORTS:
            opened.add(*report, "m1")
        yield opened


def speakers(connection: Connection, by: str) -> list[str]:
    return sorted(s.id.partition("#")[0] for s in said(connection, Question(by=by)))


def test_merged_actors_are_one_in_every_question(record: Record) -> None:
    with record.writing() as connection:
        correct.merge(connection, KAYA, TOMAS, **STAMP)
    with record.reading() as connection:
        assert find_actors(connection, TOMAS) == find_actors(connection, KAYA)
        known = know(connection, one_actor(connection, TOMAS))
        assert (known.name, known.names, known.reports) == (KAYA, [TOMAS], 4)
        assert speakers(connection, TOMAS) == ["three", "two"]
        (of_herself,) = [s for s in said(connection, Question(by=KAYA)) if s.id.startswith("two")]
        assert of_herself.about == []


def test_the_id_of_whoever_was_merged_still_finds(record: Record) -> None:
    with record.writing() as connection:
        gone = one_actor(connection, TOMAS)
        correct.merge(connection, KAYA, TOMAS, **STAMP)
        assert find_actors(connection, gone) == find_actors(connection, KAYA)


def test_statements_are_found_by_a_name_that_only_the_registry_has(tmp_path: Path) -> None:
    """The record prints a spelling of its own; the name is looked for among printed ones first."""
    found = make_actor("a1", "The Hilltop", type="organisation", registry="gov:RUS")
    with open_record(tmp_path / "r.db", create=True) as opened:
        opened.add(*make_report("one", found, make_actor("a2", KAYA)), "m1")
        with opened.reading() as connection:
            assert speakers(connection, "Russia") == ["one"]
            assert find_actors(connection, "Russia") == ["gov:RUS"]
        opened.add(*make_report("two", make_actor("a1", "Russia"), make_actor("a2", KAYA)), "m1")
        with opened.reading() as connection:
            assert speakers(connection, "Russia") == ["two"]


def test_a_split_actor_is_somebody_else_in_those_reports_alone(record: Record) -> None:
    with record.writing() as connection:
        made = correct.split(connection, KAYA, ["two.txt", "four"], **STAMP)
        assert made.other is not None
        assert len(find_actors(connection, KAYA)) == 2
        part = describe(connection, made.other, why=False)
        assert [r.article for r in part.in_reports] == ["four", "two"]
        assert speakers(connection, made.other) == ["two"]


def test_an_actor_can_be_somebody_else_in_all_its_reports(record: Record) -> None:
    with record.writing() as connection:
        made = correct.split(connection, "Orpel", ["one", "three"], **STAMP)
        assert find_actors(connection, "Orpel") == [made.other]
    record.add(*make_report("later", ANA, make_actor("a2", KAYA)), "m1")
    with record.reading() as connection:
        assert find_actors(connection, "Orpel") == [made.other, REGISTERED]


def test_who_is_parted_from_a_registered_actor_has_nothing_of_the_registry(record: Record) -> None:
    with record.writing() as connection:
        made = correct.split(connection, "Orpel", ["three"], **STAMP)
        assert made.other is not None
        part = describe(connection, made.other, why=False)
        assert (part.name, part.type, part.country, part.sector, part.roles) == (
            "Ana Orpel", "person", None, None, [],
        )  # fmt: skip
        assert describe(connection, REGISTERED, why=False).roles


def test_a_mention_can_be_somebody_else_than_the_others_of_its_report(record: Record) -> None:
    with record.writing() as connection:
        assert said(connection, Question(article="five"))[0].about == []
        made = correct.split(connection, "Karsten", [f"five:{SUBJECT}"], **STAMP)
        assert made.other is not None
        correct.rename(connection, made.other, "The other Karsten", **STAMP)
        (statement,) = said(connection, Question(article="five"))
        assert (statement.actor, statement.about) == ("Odo Karsten", ["The other Karsten"])
        (report,) = describe(connection, made.other, why=True).in_reports
        (why,) = report.why or []
        assert [e.start for e in why.evidence] == [SUBJECT]
        assert (report.part.subject, report.part.mentions) == (1, 1)
        assert (why.found, [c.what for c in why.corrections]) == (made.actor, ["split"])


def test_who_was_parted_is_told_behind_whom_it_was_parted_from(record: Record) -> None:
    with record.writing() as connection:
        made = correct.split(connection, "Karsten", [f"five:{SUBJECT}"], **stamp())
        new = made.other
        assert new
        # What is written again lies behind the rest in some databases.
        correct.merge(connection, ILSE, made.actor, **stamp())
        whole = one_actor(connection, ILSE)
        assert [a.id for a in found_in(connection, "five").actors] == [whole, new]
        correct.merge(connection, ILSE, new, **stamp())
        (report,) = (r for r in describe(connection, whole, why=True).in_reports if r.article == "five")
        starts = [e.start for w in report.why or [] for e in w.evidence]
        assert starts[-1] == SUBJECT


def test_all_mentions_of_a_report_are_the_report(record: Record) -> None:
    with record.writing() as connection:
        split = correct.split(connection, "Orpel", ["one:0"], **STAMP)
        assert (split.reports, split.mentions) == (("one",), None)


def test_a_new_name_finds_and_the_old_ones_too(record: Record) -> None:
    with record.writing() as connection:
        correct.rename(connection, "Orpel", "Ana  Orpel-Brandt", **STAMP)
        for name in ("Ana Orpel-Brandt", "ana orpel brandt", "Ana Orpel", "Orpel"):
            assert REGISTERED in find_actors(connection, name)
        assert know(connection, REGISTERED).name == "Ana Orpel-Brandt"


def test_why_tells_candidates_reasons_corrections_and_places(record: Record) -> None:
    with record.writing() as connection:
        correct.merge(connection, "Orpel", ILSE, **STAMP)
        ana = describe(connection, REGISTERED, why=True)
    by_report = {r.article: r.why for r in ana.in_reports}
    (found,) = by_report["one"] or []
    assert found.considered is not None
    assert (found.considered[0].id, found.considered[0].reasons[0].weight) == (REGISTERED, 0.85)
    assert "enough" in found.verdict
    (merged,) = by_report["four"] or []
    assert [c.what for c in merged.corrections] == ["merge"]
    assert [e.text for e in merged.evidence] == [ILSE]
    assert "nobody of this name" in merged.verdict


def test_corrections_hold_for_reports_read_later_and_in_any_order(tmp_path: Path) -> None:
    states = []
    for n, order in enumerate([REPORTS, REPORTS[::-1]]):
        with open_record(tmp_path / f"{n}.db", create=True) as opened:
            for report in order[:1]:
                opened.add(*report, "m1")
            with opened.writing() as connection:
                # All before most reports are there, as an import would do it.
                kaya = "actor-" + "0" * 12
                merge = make_merge(REGISTERED, kaya, **STAMP)
                split = make_split(REGISTERED, ["three"], **STAMP)
                correct.import_corrections(connection, [merge, split])
            for report in order[1:]:
                opened.add(*report, "m1")
            states.append(dump(opened))
    assert states[0] == states[1]


def test_reading_before_or_after_correcting_is_the_same(record: Record, tmp_path: Path) -> None:
    with record.writing() as connection:
        correct.merge(connection, KAYA, TOMAS, **STAMP)
        correct.split(connection, KAYA, ["four"], **STAMP)
        correct.rename(connection, "Orpel", "The mayor", **STAMP)
        made = load_corrections(connection).made
    with open_record(tmp_path / "late.db", create=True) as late:
        with late.writing() as connection:
            correct.import_corrections(connection, made)
        for report in REPORTS:
            late.add(*report, "m1")
        assert dump(late) == dump(record)


def test_a_split_holds_for_new_versions_of_the_report_and_not_the_other_way_round(record: Record) -> None:
    version, found = make_report("two", make_actor("a1", KAYA), make_actor("a2", ILSE))
    with record.writing() as connection:
        made = correct.split(connection, KAYA, ["two"], **stamp())
    record.add(version, found, "m1")
    with record.reading() as connection:
        assert made.other is not None
        there = {s.id.partition("#")[0] for s in said(connection, Question(by=made.other))}
    assert len(there) == 2
    (key,) = there - {"two"}
    of_version = Corrections([make_split("x", [key], **STAMP)])
    assert (of_version.who("x", key).parted, of_version.who("x", "two").parted) == (True, False)


def test_exported_corrections_give_the_same_in_another_record(record: Record, tmp_path: Path) -> None:
    with record.writing() as connection:
        correct.merge(connection, KAYA, TOMAS, **STAMP)
        correct.split(connection, KAYA, ["two"], **STAMP)
        lines = write_lines(load_corrections(connection).made)
    with open_record(tmp_path / "other.db", create=True) as other:
        for report in REPORTS:
            other.add(*report, "m1")
        with other.writing() as connection:
            assert correct.import_corrections(connection, read_lines(lines, "x")).added == 2
            again = correct.import_corrections(connection, read_lines(lines, "x"))
            assert (again.added, again.known, again.changed) == (0, 2, 0)
        assert dump(other) == dump(record)


names = st.sampled_from([*NAMES, "Ana Orpel", "Orpel", "Odo Karsten", "Q"])
some_corrections = st.one_of(
    st.builds(lambda a, b: lambda c: correct.merge(c, a, b, **stamp()), names, names),
    st.builds(
        lambda a, rs: lambda c: correct.split(c, a, rs, **stamp()),
        names,
        st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=2),
    ),
    st.builds(
        lambda a, rs: lambda c: correct.split(c, a, rs, **stamp()),
        names,
        st.lists(
            st.sampled_from(["five:0", f"five:{SUBJECT}", "one:0", "four", "two:1-3"]), min_size=1, max_size=2
        ),
    ),
    st.builds(lambda a, b: lambda c: correct.rename(c, a, b, **stamp()), names, names),
)


@settings(max_examples=13, deadline=None)  # on each of two databases
@given(wanted=st.lists(some_corrections, max_size=6))
def test_undoing_all_corrections_gives_the_first_state(
    wanted: list[Callable[[Connection], object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with open_record(tmp_path_factory.mktemp("undo") / "r.db", create=True) as record:
        for report in REPORTS:
            record.add(*report, "m1")
        states = [dump(record)]
        for make in wanted:
            try:
                with record.writing() as connection:
                    make(connection)
            except UsageError:
                assert dump(record) == states[-1]
                continue
            states.append(dump(record))
        for before in reversed(states[:-1]):
            with record.writing() as connection:
                correct.undo(connection)
            assert dump(record) == before


@settings(max_examples=8, deadline=None)  # on each of two databases
@given(wanted=st.lists(some_corrections, min_size=1, max_size=6))
def test_any_corrections_can_be_carried_over(
    wanted: list[Callable[[Connection], object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("carry")
    with (
        open_record(folder / "a.db", create=True) as here,
        open_record(folder / "b.db", create=True) as there,
    ):
        for report in REPORTS:
            here.add(*report, "m1")
        for make in wanted:
            try:
                with here.writing() as connection:
                    make(connection)
            except UsageError:
                continue
        with here.reading() as connection:
            lines = write_lines(load_corrections(connection).made)
        # Half of the reports come before the corrections, half after them.
        for report in REPORTS[:2]:
            there.add(*report, "m1")
        with there.writing() as connection:
            correct.import_corrections(connection, read_lines(lines, "x"))
        for report in REPORTS[2:]:
            there.add(*report, "m1")
        assert dump(there) == dump(here)


@given(st.binary())
def test_no_bytes_raise_anything_but_our_own_error(data: bytes) -> None:
    with suppress(UsageError):
        read_lines(data, "x")


@pytest.mark.parametrize(
    "line",
    [
        b'{"what": "merge", "actor": "a", "time": "t"}',
        b'{"what": "split", "actor": "a", "other": "b", "time": "t"}',
        b'{"what": "split", "actor": "a", "other": "b", "mentions": [["r", "0"]], "time": "t"}',
        b'{"what": "rename", "actor": "a", "time": "t"}',
        b'{"what": "marry", "actor": "a", "time": "t"}',
        b'{"what": "rename", "actor": "", "name": "n", "time": "t"}',
        b"[]",
        b'{"what": "merge", "actor": "a", "other": "b", "time": "soon"}',
        b'{"what": "rename", "actor": "a", "name": "Ana \\u001b[31m", "time": "2024-02-03"}',
        b'{"what": "rename", "actor": "a", "name": "Ana \\u009b", "time": "2024-02-03"}',
        b'{"what": "merge", "actor": "a", "other": "b\\u202e", "time": "2024-02-03"}',
    ],
)
def test_a_line_that_is_no_correction_is_named(line: bytes) -> None:
    with pytest.raises(UsageError, match="x, line 2"):
        read_lines(b"\n" + line, "x")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda c: correct.merge(c, KAYA, KAYA, **STAMP), "one actor already", id="itself"),
        pytest.param(
            lambda c: correct.merge(c, KAYA, "Nobody", **STAMP), "nobody of this name", id="unknown"
        ),
        pytest.param(lambda c: correct.merge(c, KAYA, "Tomas Ader", **STAMP), TOMAS, id="near"),
        pytest.param(lambda c: correct.split(c, KAYA, ["six"], **STAMP), "no report", id="no report"),
        pytest.param(
            lambda c: correct.split(c, KAYA, ["two:40"], **STAMP), "stand at: two:0", id="no mention"
        ),
        pytest.param(
            lambda c: correct.split(c, KAYA, ["six:0"], **STAMP), "no report", id="no report of mention"
        ),
        pytest.param(lambda c: correct.split(c, ILSE, ["one"], **STAMP), "appears in: four", id="not in it"),
        pytest.param(lambda c: correct.rename(c, ILSE, " ", **STAMP), "empty", id="empty"),
        pytest.param(lambda c: correct.rename(c, ILSE, ILSE, **STAMP), "already", id="same"),
        pytest.param(lambda c: correct.rename(c, ILSE, "Il\x1b[31m", **STAMP), "control", id="obeyed"),
        pytest.param(lambda c: correct.rename(c, ILSE, "Il\u202e", **STAMP), "control", id="turning"),
        pytest.param(correct.undo, "no correction", id="nothing to undo"),
    ],
)
def test_what_cannot_be_corrected_says_why(record: Record, make: Callable, says: str) -> None:
    before = dump(record)
    with pytest.raises(UsageError, match=says), record.writing() as connection:
        make(connection)
    assert dump(record) == before


def test_a_name_that_several_bear_lists_them(record: Record) -> None:
    with record.writing() as connection:
        made = correct.split(connection, KAYA, ["two"], **STAMP)
        with pytest.raises(UsageError, match=f"2 actors bear this name.*{made.other}"):
            correct.rename(connection, KAYA, "X", **STAMP)


def test_a_part_can_be_merged_by_the_name_that_both_bear(record: Record) -> None:
    """*merge ID NAME*: the one of that name who is not ID is meant."""
    with record.writing() as connection:
        made = correct.split(connection, KAYA, ["two"], **STAMP)
        assert made.other is not None
        correct.merge(connection, made.actor, KAYA, **STAMP)
        assert find_actors(connection, KAYA) == [made.actor]


def test_corrections_are_said_in_words() -> None:
    merge, split = make_merge("a", "b", **STAMP), make_split("a", ["r"], **STAMP)
    assert say(merge, {"a": "Ana"}) == "b is Ana (a)"
    assert say(split, {}) == f"a is somebody else, {split.other}, in r"
    assert Corrections([merge, split]).who("b", "r").actor == split.other
