"""Predictions: when they are due, in which order they stand, and what was reported since of the same parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from onrecord.contract import TimeOut
from onrecord.errors import UsageError
from onrecord.record.asking.due import Due, Expression, find_due
from onrecord.record.asking.predictions import Prediction, PredictionQuestion, predictions
from onrecord.record.asking.statements import Question
from onrecord.record.opening import open_record
from tests.record.made import make_actor
from tests.record.made_events import MAYOR, Maker, Report

BRANDT = make_actor("a2", "Kaya Brandt", country="KAZ", sector="GOV")


def due(
    content: str,
    words: str,
    first: str | None,
    last: str | None,
    *,
    said: str | None = "2024-01-10",
    kind: str = "date",
) -> Due | None:
    start = content.index(words)
    time = Expression(start, start + len(words), words, first, last, kind)
    return find_due("a", [(0, content)], [time], said)


@pytest.mark.parametrize(
    ("content", "words", "days", "expected"),
    [
        pytest.param("the dam will break by May", "May", ("2024-05-01", "2024-05-31"), ("2024-05-01", "2024-05-31", "text"), id="ahead"),
        pytest.param("the dam will break today", "today", ("2024-01-10", "2024-01-10"), ("2024-01-10", "2024-01-10", "text"), id="on the day"),
        pytest.param("she will win in November", "November", ("2023-11-01", "2023-11-30"), ("2024-11-01", "2024-11-30", "next"), id="next month of the name"),
        pytest.param("they will meet in February", "February", ("2023-02-01", "2023-02-28"), ("2024-02-01", "2024-02-29", "next"), id="leap year"),
        pytest.param("they will meet on Tuesday", "Tuesday", ("2024-01-09", "2024-01-09"), ("2024-01-16", "2024-01-16", "next"), id="next weekday"),
        pytest.param("prices will fall after 2019", "2019", ("2019-01-01", "2019-12-31"), None, id="a year that is over"),
        pytest.param("it could rise higher than since 1968", "since 1968", ("1968-01-01", None), None, id="since"),
        pytest.param("what was built in the last year will help", "the last year", ("2023-01-10", "2024-01-10"), None, id="what was"),
        pytest.param("taxes will rise if she wins in May", "May", ("2024-05-01", "2024-05-31"), None, id="condition"),
        pytest.param("if she wins in May, taxes will rise", "May", ("2024-05-01", "2024-05-31"), None, id="condition in front"),
        pytest.param("if she wins taxes will rise in May", "May", ("2024-05-01", "2024-05-31"), ("2024-05-01", "2024-05-31", "text"), id="behind the condition"),
        pytest.param("for a brighter tomorrow", "tomorrow", ("2024-01-11", "2024-01-11"), None, id="no day"),
    ],
)  # fmt: skip
def test_a_prediction_is_due_when_its_content_says(
    content: str, words: str, days: tuple[str | None, str | None], expected: tuple[str, str, str] | None
) -> None:
    found = due(content, words, *days)
    assert (found and (found.from_, found.to, found.how)) == expected
    if found:
        assert content[found.evidence.start : found.evidence.end] == words


@pytest.mark.parametrize(
    ("content", "words", "kind", "is_kept"),
    [
        ("it will rain soon", "soon", "vague", True),
        ("it will rain now", "now", "vague", False),
        ("it will cost 9 million over 10 years", "10 years", "duration", True),
        ("a two-year delay will help", "two-year", "duration", False),
    ],
)
def test_words_without_days_are_kept_where_they_lie_ahead(
    content: str, words: str, kind: str, is_kept: bool
) -> None:
    found = due(content, words, None, None, kind=kind)
    assert (found is not None) == is_kept
    assert found is None or found.last is None


def make_forecast(
    id: str,
    content: str,
    *,
    published: str,
    time: tuple[str, str, str] | None = None,
    kind: str = "prediction",
    arrest: bool = False,
) -> Report:
    """Orpel predicts something; with an arrest of Brandt by Orpel inside it."""
    m = Maker(id, f"Ana Orpel said {content}.", published=published)
    m.actors = [MAYOR, BRANDT]
    s1 = m.state("Ana Orpel", "said", content, "a1")
    m.statements[0] = msgspec.structs.replace(m.statements[0], kind=kind)
    if arrest:
        add_arrest(m, m.text, reported_by=s1, status="planned")
    article, analysis = m.made()
    if time:
        words, first, last = time
        span = m.at(words)
        analysis.times = [TimeOut(*span, from_=first, to=last, text=words, kind="date", mod=None)]
    return article, analysis


def add_arrest(m: Maker, sentence: str, **more: Any) -> None:
    m.happen(
        "arrest",
        sentence,
        actors=[("Ana Orpel", "a1")],
        recipients=[("Kaya Brandt", "a2")],
        type="COERCE",
        modes=["arrest"],
        cameo="173",
        **more,
    )


# In other words, so that it is no copy.
WORDINGS = {"again": "Guards led Kaya Brandt away, whose arrest by Ana Orpel the whole town had seen coming."}


def make_arrest(id: str, *, published: str, date: tuple[str, str, str] | None = None, **more: Any) -> Report:
    sentence = WORDINGS.get(id, "Ana Orpel had Kaya Brandt put under arrest on Friday.")
    m = Maker(id, sentence, published=published, outlet="Karst Echo")
    m.actors = [MAYOR, BRANDT]
    add_arrest(m, sentence, date=date, **more)
    return m.made()


MAY = ("May", "2024-05-01", "2024-05-31")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("due") / "news.db", create=True) as record:
        for made in [
            make_forecast("rain", "it would rain", published="2024-01-01"),
            make_forecast("dam", "the dam would break in May", published="2024-01-02", time=MAY),
            make_forecast(
                "jail", "the arrest of Kaya Brandt would come in March", published="2024-01-03",
                time=("March", "2024-03-01", "2024-03-31"), arrest=True,
            ),
            make_forecast("fact", "it was wet in May", published="2024-01-04", time=MAY, kind="assertion"),
            make_arrest("early", published="2023-12-30", date=("Friday", "2023-12-29", "2023-12-29")),
            make_arrest("done", published="2024-03-24", date=("Friday", "2024-03-22", "2024-03-22")),
            make_arrest("again", published="2024-04-06"),
            make_arrest("late", published="2024-06-01", date=("Friday", "2024-05-31", "2024-05-31")),
            make_arrest("plan", published="2024-03-02", status="planned"),
        ]:  # fmt: skip
            record.add(*made, "m1")
        with record.reading() as connection:
            yield connection


def ask(connection: Connection, question: PredictionQuestion | None = None) -> list[Prediction]:
    return list(predictions(connection, question or PredictionQuestion(Question())).fetch(connection))


def ids(found: list[Prediction]) -> list[str]:
    return [p.said.id for p in found]


def test_what_is_due_first_comes_first_and_what_is_not_dated_last(connection: Connection) -> None:
    assert ids(ask(connection)) == ["jail#s1", "dam#s1", "rain#s1"]


def test_days_on_which_it_is_due_select(connection: Connection) -> None:
    said = Question()
    assert ids(ask(connection, PredictionQuestion(said, due_since="2024-04-01"))) == ["dam#s1"]
    assert ids(ask(connection, PredictionQuestion(said, due_until="2024-04-01"))) == ["jail#s1"]
    assert ids(ask(connection, PredictionQuestion(said, "2024-03-31", "2024-05-01"))) == ["jail#s1", "dam#s1"]
    with pytest.raises(UsageError, match="due-since"):
        ask(connection, PredictionQuestion(said, "2024-05-01", "2024-03-31"))


def test_the_filters_of_statements_select(connection: Connection) -> None:
    assert ids(ask(connection, PredictionQuestion(Question(match="dam")))) == ["dam#s1"]
    assert ids(ask(connection, PredictionQuestion(Question(until="2024-01-01")))) == ["rain#s1"]
    assert ids(ask(connection, PredictionQuestion(Question(by="Brandt")))) == []


def test_later_reports_of_the_same_parties_near_the_day_stand_beside_it(connection: Connection) -> None:
    jail, dam, _ = ask(connection)
    # Neither what was reported before, nor long after, nor what has not come about.
    assert [(s.event, s.how) for s in jail.reported_since] == [("done#e1", "text"), ("again#e1", "published")]
    assert jail.reported_since[0].sentence.text == "Ana Orpel had Kaya Brandt put under arrest on Friday."
    assert dam.reported_since == []


def test_a_part_says_how_many_there_are(connection: Connection) -> None:
    part = predictions(connection, PredictionQuestion(Question()), limit=1, offset=1)
    assert part.total == 3
    assert ids(list(part.fetch(connection))) == ["dam#s1"]
