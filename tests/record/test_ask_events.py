"""Events are found by who, to whom, what, where, when and on whose word; one told twice is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord.analysis.plover import STATUSES, TYPES
from onrecord.contract import MentionOut
from onrecord.errors import UsageError
from onrecord.record import correct
from onrecord.record.actor_codes import read_code, read_country
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.statements import Question, said
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made_events import MAYOR, Maker, make_all, make_shooting, make_visit

STAMP = {"time": "2024-02-03T04:05:06+00:00", "command": "onrecord actor"}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("events") / "news.db", create=True) as opened:
        for report in make_all():
            opened.add(*report, "m1")
        yield opened


def ask(record: Record, question: EventQuestion | None = None, **more: object) -> list[Event]:
    with record.reading() as connection:
        return list(find_events(connection, question or EventQuestion(), **more))  # type: ignore[arg-type]


Q = EventQuestion


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param(Q(), ["visit#e1", "visit#e2", "visit#e3", "shooting#e1", "shooting#e3"], id="all, newest report first"),
        pytest.param(Q(actor="Orpel"), ["visit#e1"], id="a name"),
        pytest.param(Q(actor="riot police"), ["shooting#e1"], id="words that name nobody"),
        pytest.param(Q(actor="KAZ"), ["visit#e1", "visit#e2", "shooting#e1"], id="a country"),
        pytest.param(Q(actor="KAZGOV"), ["visit#e1"], id="country and sector"),
        pytest.param(Q(actor="COP"), ["shooting#e1"], id="a sector"),
        pytest.param(Q(actor="KAZCOP"), ["shooting#e1"], id="codes of words"),
        pytest.param(Q(actor="kazcop"), [], id="codes are written in capitals"),
        pytest.param(Q(recipient="CVL"), ["shooting#e1"], id="recipient"),
        pytest.param(Q(recipient="RUS"), ["visit#e1", "visit#e2"], id="who takes part in talks is recipient too"),
        pytest.param(Q(actor="RUS", recipient="KAZ"), ["visit#e2"], id="both sides"),
        pytest.param(Q(type="ASSAULT"), ["shooting#e1", "shooting#e3"], id="type"),
        pytest.param(Q(mode="firearms"), ["shooting#e1", "shooting#e3"], id="mode"),
        pytest.param(Q(mode="drone"), [], id="no such mode"),
        pytest.param(Q(country="KAZ"), ["visit#e1", "visit#e2", "shooting#e1"], id="of place, else of parties"),
        pytest.param(Q(country="RUS"), ["visit#e1", "visit#e2", "visit#e3"], id="of parties where no place is told"),
        pytest.param(Q(since="2022-01-05", until="2022-01-05"), ["visit#e2", "shooting#e1"], id="day, and what lasts"),
        pytest.param(Q(since="2022-01-06", until="2022-01-07"), ["visit#e2", "shooting#e3"], id="what lasts; days of reports"),
        pytest.param(Q(since="2022-02-28"), ["visit#e1"], id="last day included"),
        pytest.param(Q(until="2022-01-03"), ["visit#e2"], id="first day included"),
        pytest.param(Q(since="2022-01-08", until="2022-01-08"), ["visit#e2", "visit#e3"], id="day of the report"),
        pytest.param(Q(statuses=("planned",)), ["visit#e1"], id="status"),
        pytest.param(Q(statuses=("denied",)), ["shooting#e3"], id="denied"),
        pytest.param(Q(statuses=("occurred", "ongoing")), ["visit#e2", "shooting#e1"], id="statuses"),
        pytest.param(Q(reported_by="officials"), ["shooting#e1"], id="words of the source"),
        pytest.param(Q(reported_by="Orpel"), ["shooting#e3"], id="name of the source"),
        pytest.param(Q(reported_by="KAZGOV"), ["shooting#e1", "shooting#e3"], id="code of an actor, and of a source's words"),
        pytest.param(Q(reported_by="KAZ"), ["shooting#e1", "shooting#e3"], id="country of the source"),
        pytest.param(Q(reported_by="RUSGOV"), [], id="both country and sector of the source"),
        pytest.param(Q(reported_by="Orpel", statuses=("occurred",)), [], id="word and status of one telling"),
        pytest.param(Q(asserted_only=True), ["visit#e1", "visit#e2", "shooting#e1"], id="reporter's own voice"),
        pytest.param(Q(asserted_only=True, statuses=("denied",)), [], id="asserted and denied in one telling"),
        pytest.param(Q(article="visit", type="CONSULT"), ["visit#e2"], id="of a report"),
        pytest.param(Q(actor="%"), [], id="no wildcards"),
    ],
)  # fmt: skip
def test_questions(record: Record, question: EventQuestion, ids: list[str]) -> None:
    assert [e.id for e in ask(record, question)] == ids


@pytest.mark.parametrize(
    ("by", "ids"),
    [
        pytest.param("KAZGOV", ["shooting#s1", "shooting#s2"], id="country and sector"),
        pytest.param("GOV", ["shooting#s1", "shooting#s2"], id="a sector"),
        pytest.param("KAZ", ["shooting#s1", "shooting#s2"], id="a country"),
        pytest.param("RUS", [], id="another country"),
        pytest.param("kazgov", [], id="codes are written in capitals"),
        pytest.param("officials", ["shooting#s1"], id="words"),
        pytest.param("Orpel", ["shooting#s2"], id="a name"),
    ],
)
def test_statements_are_found_by_the_code_of_their_source_named_or_not(
    record: Record, by: str, ids: list[str]
) -> None:
    with record.reading() as connection:
        found = said(connection, Question(by=by))
    assert [s.id for s in found] == ids


def test_a_source_has_its_code_named_or_not(record: Record) -> None:
    with record.reading() as connection:
        found = said(connection, Question())
    assert [(s.by, s.code) for s in found] == [
        ("They", ""),
        ("Two officials", "KAZGOV"),
        ("Mayor Ana Orpel", "KAZGOV"),
    ]


def test_no_more_than_the_limit(record: Record) -> None:
    assert [e.id for e in ask(record, limit=2)] == ["visit#e1", "visit#e2"]


def test_an_event_told_twice_is_one_with_its_tellings(record: Record) -> None:
    (event,) = ask(record, Q(article="shooting", statuses=("occurred",)))
    assert [(t.status, t.reported_by and t.reported_by.by) for t in event.tellings] == [
        ("occurred", None),
        ("occurred", "Two officials"),
    ]
    assert (event.status, event.confidence) == ("occurred", 0.9)
    assert [(p.name, p.code) for p in event.actors] == [("Riot police", "KAZCOP")]
    assert [(p.name, p.code) for p in event.recipients] == [("at least 12 protesters", "KAZCVL")]
    assert event.place
    assert (event.place.name, event.place.country) == ("Almaty", "KAZ")
    assert event.date
    assert (event.date.from_, event.date.to, event.date.evidence.text) == (
        "2022-01-05",
        "2022-01-05",
        "Wednesday",
    )
    assert event.dead
    assert (event.dead.low, event.dead.high, event.dead.about) == (12, None, False)


@pytest.mark.parametrize(
    ("status", "days", "since", "found"),
    [
        pytest.param("ongoing", ("2024-01-01", "2024-01-31"), "2024-03-10", True, id="until the report"),
        pytest.param("ongoing", ("2024-01-01", "2024-01-31"), "2024-03-11", False, id="no longer than it"),
        pytest.param("ongoing", ("2024-01-01", "2024-06-30"), "2024-06-01", True, id="until the day told"),
        pytest.param("ongoing", ("2024-01-01", None), "2024-03-10", True, id="no last day"),
        pytest.param("ongoing", (None, "2024-01-31"), "2024-03-10", True, id="no first day"),
        pytest.param("occurred", ("2024-01-01", "2024-01-31"), "2024-02-01", False, id="what is over"),
    ],
)
def test_what_is_ongoing_lasts_until_its_report_at_least(
    tmp_path: Path, status: str, days: tuple[str | None, str | None], since: str, found: bool
) -> None:
    m = Maker("siege", "Rebels have shelled Brunn since January.", published="2024-03-10T08:00:00Z")
    m.happen("shelled", m.text, actors=[("Rebels", None)], date=("January", *days), status=status)
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*m.made(), "m1")
        assert bool(ask(record, Q(since=since))) is found
        assert len(ask(record, Q(until="2024-01-31"))) == 1


def test_nothing_of_a_denial_is_told_of_what_occurred(tmp_path: Path) -> None:
    m = Maker("raid", "Rebels raided Brunn. The army did not raid it, killing 30.", published=None)
    e1 = m.happen("raided", "Rebels raided Brunn.", actors=[("Rebels", None)])
    m.actors = [MAYOR]
    denied = "The army did not raid it, killing 30."
    m.happen(
        "raid",
        denied,
        actors=[("The army", "a1")],
        dead=("30", 30, 30),
        places=["it"],
        modes=["withdraw"],
        status="denied",
        same_as=e1,
    )
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*m.made(), "m1")
        (occurred,) = ask(record)
        (denial,) = ask(record, Q(statuses=("denied",)))
    assert ([p.name for p in occurred.actors], occurred.dead, occurred.places, occurred.modes) == (
        ["Rebels"], None, [], [],
    )  # fmt: skip
    assert [p.name for p in denial.actors] == ["Ana Orpel"]
    assert denial.dead
    assert (denial.id, denial.status, denial.first.id) == ("raid#e1", "denied", "raid#e2")


def test_evidence_equals_the_words_at_its_place(record: Record) -> None:
    texts = {a.id: a.text for a, _ in make_all()}
    for event in ask(record):
        places = [
            *(p.evidence for p in (*event.actors, *event.recipients)),
            *event.places,
            *(x.evidence for x in (event.date, event.dead, event.injured, event.crowd) if x),
            *(e for t in event.tellings for e in (t.trigger, t.sentence)),
        ]
        for e in places:
            assert texts[e.article][e.start : e.end] == e.text


def test_actors_of_events_follow_corrections(tmp_path: Path) -> None:
    with open_record(tmp_path / "news.db", create=True) as record:
        for report in make_all():
            record.add(*report, "m1")
        with record.writing() as connection:
            correct.merge(connection, "Russia", "Ana Orpel", **STAMP)
        (event,) = ask(record, Q(statuses=("planned",)))
        assert [(p.name, p.country) for p in event.actors] == [("Russia", "RUS")]
        assert [e.id for e in ask(record, Q(reported_by="Russia"))] == ["shooting#e3"]
        with record.writing() as connection:
            correct.undo(connection)
            correct.rename(connection, "Ana Orpel", "The mayor of Brunn", **STAMP)
        (event,) = ask(record, Q(statuses=("planned",)))
        assert event.actors[0].name == "The mayor of Brunn"


def test_a_party_follows_the_mention_that_a_split_gives_to_somebody_else(tmp_path: Path) -> None:
    m = Maker("two", "Ana Orpel arrested Karsten. Ana Orpel fled.", published=None)
    m.actors = [MAYOR]
    second = m.text.rindex("Ana")
    m.mentions = [MentionOut(at, at + 9, "PER", "name", "a1") for at in (0, second)]
    m.happen(
        "arrested", "Ana Orpel arrested Karsten.", actors=[("Ana Orpel", "a1")], type="COERCE", cameo="173"
    )
    m.happen("fled", "Ana Orpel fled.", actors=[("Ana Orpel", "a1")], cameo="166")
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*m.made(), "m1")
        before = ask(record)
        with record.writing() as connection:
            made = correct.split(connection, "Ana Orpel", [f"two:{second}"], **STAMP)
        assert made.other
        assert [e.id for e in ask(record, Q(actor=made.other))] == ["two#e2"]
        assert [e.id for e in ask(record, Q(actor=made.actor))] == ["two#e1"]
        with record.writing() as connection:
            correct.undo(connection)
        assert ask(record) == before


def test_a_chain_of_tellings_leads_to_the_first(tmp_path: Path) -> None:
    m = Maker("chain", "Raid. The raid ended. That raid failed.", published=None)
    e1 = m.happen("Raid", "Raid.")
    e2 = m.happen("raid", "The raid ended.", same_as=e1)
    m.happen("raid", "That raid failed.", same_as=e2)
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*m.made(), "m1")
        (event,) = ask(record)
    assert [t.id for t in event.tellings] == ["chain#e1", "chain#e2", "chain#e3"]


def test_who_is_named_in_a_later_telling_goes_before_words_that_name_nobody(tmp_path: Path) -> None:
    m = Maker("late", "The mayor quit. Ana Orpel quit.", published=None)
    m.actors = [MAYOR]
    e1 = m.happen("quit", "The mayor quit.", actors=[("The mayor", None)])
    m.happen("quit", "Ana Orpel quit.", actors=[("Ana Orpel", "a1")], same_as=e1)
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*m.made(), "m1")
        (event,) = ask(record)
    assert [p.name for p in event.actors] == ["Ana Orpel"]


some_questions = st.builds(
    EventQuestion,
    actor=st.sampled_from([None, "KAZ", "RUS", "COP", "Orpel", "police", "'", '"', "NGO"]),
    recipient=st.sampled_from([None, "RUS", "CVL", "Moscow"]),
    type=st.sampled_from([None, *TYPES]),
    country=st.sampled_from([None, "KAZ", "RUS", "DEU", "NGO"]),
    since=st.sampled_from([None, "2022-01-03", "2022-01-06", "2022-02-05"]),
    until=st.sampled_from([None, "2022-01-03", "2022-01-06", "2022-02-05"]),
    statuses=st.sets(st.sampled_from(STATUSES)).map(lambda s: tuple(sorted(s))),
    reported_by=st.sampled_from([None, "KAZ", "officials", "Orpel"]),
    asserted_only=st.booleans(),
)


@pytest.mark.parametrize("words", ["", "  "])
@pytest.mark.parametrize("option", ["actor", "recipient", "type", "mode", "country", "reported_by"])
def test_empty_words_are_refused(record: Record, option: str, words: str) -> None:
    with pytest.raises(UsageError, match=f"--{option.replace('_', '-')} .*no words"):
        ask(record, Q(**{option: words}))


@pytest.mark.parametrize("option", ["by", "about", "match"])
def test_empty_words_are_refused_of_statements(record: Record, option: str) -> None:
    with record.reading() as connection, pytest.raises(UsageError, match=f"--{option} .*no words"):
        said(connection, Question(**{option: ""}))


def test_a_first_day_after_the_last_is_refused(record: Record) -> None:
    days = {"since": "2022-01-08", "until": "2022-01-07"}
    with pytest.raises(UsageError, match="after the last"):
        ask(record, Q(**days))
    with record.reading() as connection, pytest.raises(UsageError, match="after the last"):
        said(connection, Question(**days))


@settings(max_examples=60, deadline=None)
@given(question=some_questions)
def test_what_fits_a_question_fits_its_parts(record: Record, question: EventQuestion) -> None:
    assume(not (question.since and question.until and question.since > question.until))
    every = {e.id for e in ask(record)}
    found = ask(record, question)
    assert {e.id for e in found} <= every
    for event in found:
        assert not question.statuses or event.status in question.statuses
        assert not question.type or event.type == question.type
        assert not question.asserted_only or any(t.reported_by is None for t in event.tellings)
    for part in (Q(actor=question.actor), Q(statuses=question.statuses), Q(since=question.since)):
        assert {e.id for e in found} <= {e.id for e in ask(record, part)}


@pytest.mark.parametrize("word", ["KAZ", "GOV", "KAZOPP", "UNO", "NGO", "XKX"])
def test_words_that_are_codes(word: str) -> None:
    assert read_code(word)


@pytest.mark.parametrize("word", ["kaz", "CIA", "PKK", "KAZXXX", "XXXGOV", "OSCE", "Orpel", "", "ŻÓŁ"])
def test_words_that_are_no_codes(word: str) -> None:
    assert read_code(word) is None


@pytest.mark.parametrize(("words", "code"), [("KAZ", "KAZ"), ("kazakhstan", "KAZ"), ("Orpel", None)])
def test_countries_are_read_by_code_or_name(words: str, code: str | None) -> None:
    assert read_country(words) == code


def test_reports_of_one_record_do_not_mix(record: Record) -> None:
    for make in (make_shooting, make_visit):
        article, _ = make()
        assert {e.article for e in ask(record, Q(article=article.id))} == {article.id}


def test_who_is_named_twice_in_one_telling_is_one_party(tmp_path: Path) -> None:
    m = Maker("twice", "The mayor met Ana Orpel, and she Ana Orpel again.", published="2022-01-08")
    m.actors = [MAYOR]
    first = m.text.index("Ana Orpel")
    m.happen(
        "met",
        m.text,
        recipients=[("Ana Orpel", "a1"), ("she", "a1")],
        type="CONSULT",
        cameo="040",
        status="occurred",
    )
    with open_record(tmp_path / "r.db", create=True) as record:
        record.add(*m.made(), "m1")
        with record.reading() as connection:
            (event,) = find_events(connection, EventQuestion())
    (party,) = event.recipients
    assert (party.actor, party.evidence.start) == ("Ana Orpel", first)
