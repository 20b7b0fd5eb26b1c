"""People put statements and events right: what was found is never lost, and any of what they said can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from onrecord.article import Article
from onrecord.contract import AnalysisOut, SpanOut
from onrecord.errors import UsageError
from onrecord.record import correct, schema
from onrecord.record.amend import amended_reports, fix, import_amendments, mark_wrong, undo
from onrecord.record.amendments import Amendment, read_lines
from onrecord.record.asking.as_of import asked
from onrecord.record.asking.counts import counts
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.statements import Question, Said, said
from onrecord.record.checking.check import check
from onrecord.record.checking.mending import mend
from onrecord.record.export.reports import ReportQuestion, find_reports
from onrecord.record.fixing import Given, GivenEvent, Words
from onrecord.record.importing import import_lines
from onrecord.record.json_lines import write_lines
from onrecord.record.opening import open_record
from onrecord.record.refreshing import read_again, refresh
from onrecord.record.store import Record
from onrecord.record.stored_amendments import stored_of
from tests.record.made import NAMES, dump, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_nested import TEXT, at, nested

KAYA, TOMAS, ILSE = NAMES
STAMP: dict[str, Any] = {"time": "2026-03-01T14:05:09+00:00", "command": "onrecord amend", "who": "ana"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), "m1")
        record.add(*nested(), "m1")
        yield record


def answers(record: Record, **asked_for: Any) -> list[Said]:
    with asked(record) as connection:
        return said(connection, Question(**asked_for))


def wrong(record: Record, id: str) -> Amendment:
    with record.writing() as connection:
        return mark_wrong(connection, id, **STAMP)


def right(record: Record, id: str, **fields: Any) -> Amendment:
    what = GivenEvent(**fields) if "#e" in id else Given(**fields)
    with record.writing() as connection:
        return fix(connection, id, what, **STAMP)


def take_back(record: Record, *made: Amendment) -> None:
    for amendment in made:
        with record.writing() as connection:
            undo(connection, amendment.id)


def sound(record: Record) -> None:
    assert check(record).faults == []


def row(record: Record, table: Any, id: str) -> Any:
    with record.reading() as connection:
        return connection.execute(select(table).where(table.c.id == id)).one()


def test_what_is_wrong_answers_no_question_and_is_still_there(record: Record) -> None:
    wrong(record, "one#s1")
    assert [s.id for s in answers(record)] == ["deep#s1", "deep#s2"]
    assert answers(record, match="would") == answers(record, by=KAYA, article="one") == []
    with asked(record) as connection:
        assert counts(connection)["statements"] == 2
    with record.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM said")).scalar() == 2
    assert row(record, schema.statements, "one#s1").content_text
    sound(record)


@pytest.mark.parametrize(
    "ask", [{"day": "2027-01-01"}, {"versions": True}], ids=["of a day", "with versions"]
)
def test_nor_does_it_answer_of_another_time_or_version(record: Record, ask: dict[str, Any]) -> None:
    wrong(record, "one#s1")
    wrong(record, "deep#e1")
    with asked(record, **ask) as connection:
        assert [s.id for s in said(connection, Question())] == ["deep#s1", "deep#s2"]
        assert [e.id for e in find_events(connection, EventQuestion(type="ASSAULT"))] == ["deep#e2"]


def test_what_is_put_right_is_asked_for_as_it_is_now_and_tells_by_whom(record: Record) -> None:
    right(record, "one#s1", kind="threat", source=Words(TOMAS), content=["would go"])
    (now,) = answers(record, kind="threat", by=TOMAS, match='"would go"')
    assert (now.by, now.actor, now.evidence[0].text) == (TOMAS, TOMAS, "would go")
    assert now.amended
    assert [(a.who, a.what) for a in now.amended] == [("ana", "fix")]
    assert answers(record, match="that", article="one") == []
    assert b'"amended"' not in msgspec.json.encode(answers(record, article="deep"))
    sound(record)


def test_a_statement_in_which_nobody_is_named_any_more_is_about_nobody(record: Record) -> None:
    right(record, "one#s1", content=["would go"])
    assert answers(record, article="one")[0].about == []
    right(record, "one#s1", content=[f"{TOMAS} would go"], source=None)
    assert answers(record, article="one")[0].about == [TOMAS]


def test_whom_a_statement_is_about_has_the_order_of_the_report(record: Record) -> None:
    right(record, "deep#s1", source=None, content=[KAYA, TOMAS])
    assert sorted(answers(record, article="deep")[0].about) == [KAYA, TOMAS]
    sound(record)


def test_an_event_that_is_put_right_is_found_under_its_new_type(record: Record) -> None:
    made = right(record, "deep#e1", type="PROTEST", actors=[Words(KAYA)], status="planned")
    with asked(record) as connection:
        (now,) = find_events(connection, EventQuestion(type="PROTEST"))
        (other,) = find_events(connection, EventQuestion(type="ASSAULT"))
    assert (now.id, now.modes, now.actors[0].actor, now.cameo) == ("deep#e1", [], KAYA, "140")
    assert now.amended
    assert now.tellings[0].amended == now.amended
    # Its other telling is of another event now.
    assert (other.id, other.actors[0].actor) == ("deep#e2", ILSE)
    sound(record)
    take_back(record, made)
    with asked(record) as connection:
        assert [e.id for e in find_events(connection, EventQuestion(type="ASSAULT"))] == ["deep#e1"]


def test_another_telling_stands_for_the_first_one_that_is_wrong(record: Record) -> None:
    wrong(record, "deep#e1")
    with asked(record) as connection:
        (event,) = find_events(connection, EventQuestion(type="ASSAULT"))
    assert [t.id for t in event.tellings] == ["deep#e2"]
    sound(record)


def test_copies_tell_an_event_without_the_telling_that_is_wrong(tmp_path: Path) -> None:
    with open_record(tmp_path / "copies.db", create=True) as record:
        for report in make_copies():
            record.add(*report, "m1")
        with asked(record) as connection:
            before = {e.id: {t.id for t in e.tellings} for e in find_events(connection, EventQuestion())}
        first, tellings = next((id, ids) for id, ids in before.items() if len(ids) > 1)
        made = wrong(record, first)
        with asked(record) as connection:
            after = {e.id: {t.id for t in e.tellings} for e in find_events(connection, EventQuestion())}
        assert tellings - {first} in after.values()
        assert first not in after
        sound(record)
        take_back(record, made)
        with asked(record) as connection:
            again = {e.id: {t.id for t in e.tellings} for e in find_events(connection, EventQuestion())}
        assert again == before


def test_what_lay_within_a_statement_that_is_none_lies_within_what_is_around_it(record: Record) -> None:
    inner = wrong(record, "deep#s2")
    with asked(record) as connection:
        (event,) = find_events(connection, EventQuestion(type="ASSAULT"))
    assert event.first.reported_by
    assert event.first.reported_by.actor == KAYA
    outer = wrong(record, "deep#s1")
    with asked(record) as connection:
        (event,) = find_events(connection, EventQuestion(type="ASSAULT"))
    assert event.first.reported_by is None
    take_back(record, inner)
    assert answers(record, article="deep")[0].within is None
    sound(record)
    take_back(record, outer)
    assert [s.within for s in answers(record, article="deep")] == [None, "deep#s1"]


def test_an_event_outside_of_a_content_that_was_cut_is_told_on_the_word_around(record: Record) -> None:
    right(record, "deep#s2", content=["that Ilse Maran"])
    with asked(record) as connection:
        (event,) = find_events(connection, EventQuestion(type="ASSAULT"))
    assert event.first.reported_by
    assert event.first.reported_by.actor == KAYA
    sound(record)


def change_all(record: Record) -> list[Amendment]:
    """Five amendments of a report, which hang together."""
    return [
        right(record, "deep#s2", kind="accusation", content=["that Ilse Maran"]),
        right(record, "deep#e1", type="COERCE", modes=["seize"]),
        wrong(record, "deep#s1"),
        right(record, "deep#s2", negated=True, source=Words(TOMAS, means="none")),
        wrong(record, "deep#e1"),
    ]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::7], ids=str)
def test_all_that_was_said_can_be_taken_back_in_any_order(record: Record, order: tuple[int, ...]) -> None:
    before = dump(record)
    made = change_all(record)
    for n in order:
        take_back(record, made[n])
        sound(record)
    assert dump(record) == before


def test_a_row_is_what_was_found_and_then_what_still_stands(record: Record) -> None:
    one = right(record, "one#s1", kind="threat")
    right(record, "one#s1", attitude="belief")
    take_back(record, one)
    assert [(s.kind, s.attitude) for s in answers(record, article="one")] == [("prediction", "belief")]


def test_what_was_found_is_kept_in_the_amendment(record: Record) -> None:
    right(record, "one#s1", kind="threat")
    made = right(record, "one#s1", kind="pledge", source=Words("Orpelstadt"))
    assert made.finding.words == {"source": KAYA, "cue": "said", "content": f"that {TOMAS} would go"}
    assert made.found.kind == "prediction"


def test_who_is_who_holds_for_what_is_put_right(record: Record, tmp_path: Path) -> None:
    """A correction of one mention and an amendment of the statement that rests on it, one before the other or after it."""
    who = {"time": "2026-03-02T14:05:09+00:00", "command": "onrecord actor"}
    with open_record(tmp_path / "other.db", create=True) as other:
        for report in (make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), nested()):
            other.add(*report, "m1")
        for each in (record, other):
            made = None if each is record else right(each, "deep#s2", source=Words(KAYA))
            with each.writing() as connection:
                correct.split(connection, KAYA, ["deep:0"], **who)
            if made is None:
                made = right(each, "deep#s2", source=Words(KAYA))
            sound(each)
        assert dump(record, without=["corrections"]) == dump(other, without=["corrections"])
        part = answers(record, article="deep")[1].actor_id
        assert part
        assert part.startswith("part-")
        with record.writing() as connection:
            correct.undo(connection)
        take_back(record, made)
        assert answers(record, article="deep")[1].actor == TOMAS
        sound(record)


def newer(analysis: AnalysisOut) -> AnalysisOut:
    """What another model finds: the same but for one statement, which has another source."""
    (first, *rest) = analysis.statements
    return msgspec.structs.replace(analysis, statements=[msgspec.structs.replace(first, source=None), *rest])


def test_amendments_hold_for_what_a_newer_model_finds_at_the_same_places(record: Record) -> None:
    kept = right(record, "deep#s2", kind="accusation")
    gone = right(record, "deep#s1", kind="threat")
    (article,) = read_again(record, ["deep"])
    assert isinstance(article, Article)
    result = refresh(record, article, newer(nested()[1]), "m2")
    assert result
    assert result.lost_amendments == [gone.id]
    assert result.differences.statements.changed == 1
    assert [s.kind for s in answers(record, article="deep")] == ["assertion", "accusation"]
    sound(record)
    take_back(record, kept)
    assert answers(record, article="deep")[1].kind == "assertion"
    # It holds again once it is found again.
    assert refresh(record, article, nested()[1], "m3")
    assert answers(record, article="deep")[0].kind == "threat"
    sound(record)


def test_they_go_from_record_to_record(record: Record, tmp_path: Path) -> None:
    change_all(record)
    with record.reading() as connection:
        lines = write_lines(s.amendment for s in stored_of(connection, ["deep"]))
    made = read_lines(lines, "a.jsonl")
    with open_record(tmp_path / "other.db", create=True) as other:
        with other.writing() as connection:
            done = import_amendments(connection, made)
        assert (done.added, done.known, done.idle) == (5, 0, 5)
        # They hold once the report is read.
        other.add(*make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), "m1")
        other.add(*nested(), "m1")
        assert dump(other) == dump(record)
        with other.writing() as connection:
            done = import_amendments(connection, made)
        assert (done.added, done.known, done.idle) == (0, 5, 0)
        sound(other)


def test_reports_go_with_what_was_found_in_them_and_what_was_said_of_it(
    record: Record, tmp_path: Path
) -> None:
    change_all(record)
    with asked(record) as connection:
        reports = list(find_reports(connection, ReportQuestion()))
    deep = next(r for r in reports if r.id == "deep")
    assert [s.id for s in deep.statements] == ["s2"]
    assert deep.statements[0].amended
    lines = [msgspec.json.encode(r) for r in reports]
    with open_record(tmp_path / "other.db", create=True) as other:
        list(import_lines(other, lines, "reports.jsonl"))
        left_out = ("amendments",)
        assert dump(other, without=left_out) == dump(record, without=left_out)
        with other.reading() as one, record.reading() as two:
            assert [s.amendment for s in stored_of(one, ["deep"])] == [
                s.amendment for s in stored_of(two, ["deep"])
            ]
            assert amended_reports(one) == ["deep"]
        list(import_lines(other, lines, "reports.jsonl"))
        sound(other)


def test_a_report_whose_amendment_is_none_is_not_taken(record: Record, tmp_path: Path) -> None:
    wrong(record, "deep#s1")
    with asked(record) as connection:
        (report,) = (r for r in find_reports(connection, ReportQuestion()) if r.id == "deep")
    line = msgspec.json.encode(report).replace(b'"what":"wrong","of"', b'"what":"fix","of"')
    with open_record(tmp_path / "other.db", create=True) as other:
        (error,) = import_lines(other, [line], "reports.jsonl")
    assert "amendment" in str(error)


@pytest.mark.parametrize(
    ("id", "changed", "says"),
    [
        ("one#s9", {"kind": "threat"}, "has no such statement; it has s1 to s1"),
        ("none#s1", {"kind": "threat"}, "no report of this id"),
        ("one", {"kind": "threat"}, "no id of a statement"),
        ("one#s1", {"kind": "prediction"}, "so already"),
        ("one#s1", {"cue": "shouted"}, "do not stand in the report"),
        ("one#s1", {"cue": "900-910"}, "no words stand there"),
        ("one#s1", {"cue": KAYA}, "share words"),
        ("one#s1", {"content": []}, "has a content"),
        ("one#s1", {"content": ["would go", "go"]}, "share words"),
        ("one#s1", {"addressee": ILSE}, "no actor of this report"),
        ("one#e1", {"type": "AID", "modes": ["drone"]}, "AID has no modes"),
        ("deep#e1", {"trigger": "10-200"}, "no words stand there"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(record: Record, id: str, changed: dict[str, Any], says: str) -> None:
    before = dump(record)
    with pytest.raises(UsageError, match=says):
        right(record, id, **changed)
    assert dump(record) == before


def test_what_is_wrong_already_is_not_put_right(record: Record) -> None:
    made = wrong(record, "one#s1")
    for change in (lambda: wrong(record, "one#s1"), lambda: right(record, "one#s1", kind="threat")):
        with pytest.raises(UsageError, match=f"amend undo {made.id}"):
            change()
    take_back(record, made)
    with pytest.raises(UsageError, match="no such amendment"):
        take_back(record, made)


def test_words_are_found_as_people_type_them_the_nearest_first(record: Record) -> None:
    made = right(record, "deep#s2", cue="said")
    assert made.said.cue.start == TEXT.index("said", 30)
    assert right(record, "deep#s2", cue="  had\nsaid ").said.cue.text == "had said"
    assert right(record, "deep#s2", source=Words("0-11")).said.source.actor is not None


def test_a_quotation_is_known_by_its_marks(tmp_path: Path) -> None:
    article, analysis = make_report("q", make_actor("a1", KAYA), make_actor("a2", TOMAS))
    said_in = TEXT.replace("that Ilse", "“that Ilse").replace("twice.", "twice.”")
    quoted = msgspec.structs.replace(analysis, text=said_in, events=[], mentions=[], times=[], places=[])
    s = quoted.statements[0]
    s.content, s.time = [SpanOut(*at("had said", of=said_in))], None
    s.source, s.cue = None, SpanOut(*at("said", of=said_in))
    with open_record(tmp_path / "q.db", create=True) as record:
        record.add(replace(article, text=said_in), quoted, "m1")
        right(record, "q#s1", content=["“that Ilse Maran shelled Orpelstadt twice.”"])
        assert [a.quotation for a in answers(record)] == ["direct"]


def change_rows(record: Record, *sql: str) -> None:
    with record.writing() as connection:
        for statement in sql:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE statements SET kind = 'pledge' WHERE kind = 'accusation'", "amended"),
        ("UPDATE statements SET wrong = NOT wrong", "amended"),
        ("UPDATE events SET status = 'denied' WHERE type = 'COERCE'", "amended"),
        ("UPDATE amendments SET statement = NULL, event = NULL", "amended"),
        ("UPDATE amendments SET who = 'somebody else'", "amendments"),
        ("UPDATE amendments SET found = '{}'", "json"),
        ("UPDATE amendments SET said = NULL", "amendments"),
        ("UPDATE amendments SET what = 'both'", "words"),
    ],
)
def test_a_check_finds_what_does_not_follow_from_amendments(record: Record, sql: str, kind: str) -> None:
    right(record, "deep#s2", kind="accusation")
    wrong(record, "deep#s1")
    right(record, "deep#e1", type="COERCE", modes=["seize"])
    change_rows(record, sql)
    assert kind in {f.kind for f in check(record).faults}


def test_what_does_not_follow_is_made_anew(record: Record) -> None:
    right(record, "deep#s2", kind="accusation")
    wrong(record, "deep#s1")
    before = dump(record)
    change_rows(
        record,
        "UPDATE statements SET wrong = NOT wrong",
        "UPDATE statements SET kind = 'pledge' WHERE id % 16777216 = 2",
    )
    mend(record)
    assert dump(record) == before
    sound(record)


def changes() -> st.SearchStrategy[list[tuple[str, Any]]]:
    """What people may do to the report, one thing after the other; some of it cannot be done when its turn comes."""
    spans = st.sampled_from(
        ["Kaya Brandt", "Tomas Adeyrin", "that Ilse Maran shelled", "said that Tomas Adeyrin had said", "shelled Orpelstadt twice"]
    )  # fmt: skip
    statement = st.builds(
        Given,
        kind=st.sampled_from(["threat", "denial"]),
        content=st.lists(spans, min_size=1, max_size=2),
        attitude=st.sampled_from(["speech", "intention"]),
        source=st.none() | spans.map(Words),
    )
    event = st.builds(
        GivenEvent, type=st.sampled_from(["AID", "ASSAULT"]), actors=st.lists(spans.map(Words), max_size=2)
    )
    return st.lists(
        st.tuples(st.sampled_from(["deep#s1", "deep#s2"]), statement | st.none())
        | st.tuples(st.sampled_from(["deep#e1", "deep#e2"]), event | st.none())
        | st.tuples(st.just("undo"), st.integers(0, 5)),
        max_size=8,
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(done=changes())
def test_whatever_is_done_the_record_is_sound_and_comes_back(
    record: Record, done: list[tuple[str, Any]]
) -> None:
    before = dump(record)
    made: list[Amendment] = []
    for id, what in done:
        if id == "undo":
            if made:
                take_back(record, made.pop(what % len(made)))
            continue
        try:
            with record.writing() as connection:
                made.append(
                    mark_wrong(connection, id, **STAMP | {"command": str(len(made))})
                    if what is None
                    else fix(connection, id, what, **STAMP | {"command": str(len(made))})
                )
        except UsageError:
            continue
    sound(record)
    take_back(record, *made)
    assert dump(record) == before
