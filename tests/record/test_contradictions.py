"""Contradictions on record: pairs of statements of one actor, with evidence, and what one denies and another asserts."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.contract import ActorOut
from onrecord.errors import UsageError
from onrecord.record import correct
from onrecord.record.asking.contradictions import Contradiction, ContradictionsQuestion, contradictions
from onrecord.record.asking.statements import Question
from onrecord.record.asking.statements import said as ask_said
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import make_actor
from tests.record.made_events import Report
from tests.record.made_statements import Line, make_report

ORPEL = make_actor("a1", "Ana Orpel", country="KAZ", sector="GOV")
DASK = make_actor("a1", "Ivo Dask")
CLOSE, NOT_CLOSE = "“The harbour of Orvik will close,”", "“The harbour of Orvik will not close,”"
PAID, DENIED = "that the mayor paid the Karst militia", "that she had paid the Karst militia"


def ask(record: Record, **more: object) -> list[Contradiction]:
    with record.reading() as connection:
        return contradictions(connection, ContradictionsQuestion(**more))  # type: ignore[arg-type]


def asked_of(path: Path, *reports: Report, **more: object) -> list[Contradiction]:
    with open_record(path, create=True) as record:
        for report in reports:
            record.add(*report, "m1")
        return ask(record, **more)


def around(story: str) -> list[Line]:
    """What else a report tells: the same for one story, and nothing that another one has."""
    words = [f"{story}{letter * n}" for n in range(2, 7) for letter in "aeioukmt"]
    return [
        Line("A clerk", "said", f"that the {' '.join(words[n : n + 8])} had come") for n in range(0, 40, 8)
    ]


def said(
    id: str,
    words: str,
    day: str | None,
    *,
    who: ActorOut = ORPEL,
    outlet: str = "The Orpel Post",
    story: str | None = None,
) -> Report:
    line = Line(who.name, "said:", words, who)
    return make_report(id, line, *around(story or id), published=day, outlet=outlet)


def test_a_pair_is_told_with_its_evidence(tmp_path: Path) -> None:
    one, two = said("old", CLOSE, "2024-03-04"), said("new", NOT_CLOSE, "2024-03-11", outlet="Karst Press")
    texts = {article.id: article.text for article, _ in (one, two)}

    (pair,) = asked_of(tmp_path / "news.db", two, one)

    assert (pair.kind, pair.update, pair.days) == ("opposite", False, 7)
    assert [s.said.id for s in (pair.first, pair.second)] == ["old#s1", "new#s1"]
    assert [s.said.outlet for s in (pair.first, pair.second)] == ["The Orpel Post", "Karst Press"]
    assert [e.text for e in pair.second.marked] == ["not"]
    assert [e.text for e in pair.first.clause] == ["The harbour of Orvik will close"]
    for side in (pair.first, pair.second):
        for e in (*side.clause, *side.marked, *side.said.evidence):
            assert texts[e.article][e.start : e.end] == e.text


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("“The harbour of Orvik will close,”", "“The harbour of Orvik will stay open,”", ["close", "open"]),
        ("“We will never sell the docks of Orvik,”", "“A sale of the Orvik docks is on the table,”", ["never", "sale"]),
        ("“I will not resign,”", "“I will step down in June,”", ["not", "step down"]),
    ],
)  # fmt: skip
def test_what_is_said_in_other_words_is_looked_up_too(
    tmp_path: Path, first: str, second: str, marked: list[str]
) -> None:
    (pair,) = asked_of(
        tmp_path / "news.db", said("old", first, "2024-03-04"), said("new", second, "2024-03-11")
    )

    assert [s.marked[0].text for s in (pair.first, pair.second)] == marked


def test_two_people_are_not_compared(tmp_path: Path) -> None:
    reports = said("old", CLOSE, "2024-03-04"), said("new", NOT_CLOSE, "2024-03-11", who=DASK)

    assert asked_of(tmp_path / "news.db", *reports) == []


def test_a_correction_that_two_are_one_brings_their_statements_together(tmp_path: Path) -> None:
    stamp = {"time": "2024-04-03T04:05:06+00:00", "command": "onrecord actor"}
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(*said("old", CLOSE, "2024-03-04"), "m1")
        record.add(*said("new", NOT_CLOSE, "2024-03-11", who=DASK), "m1")
        assert ask(record) == []
        with record.reading() as connection:
            ids = sorted({s.actor_id for s in ask_said(connection, Question()) if s.actor_id})
        with record.writing() as connection:
            correct.merge(connection, *ids, **stamp)

        assert len(ask(record)) == 1


def test_copies_are_one_pair_and_counted(tmp_path: Path) -> None:
    reports = [
        said(f"r{n}", CLOSE, f"2024-03-0{n}", outlet=f"Paper {n}", story="copied") for n in range(1, 4)
    ]

    (pair,) = asked_of(tmp_path / "news.db", *reports, said("new", NOT_CLOSE, "2024-03-11"))

    assert pair.first.said.id == "r1#s1"
    assert (pair.first.tellers.articles, pair.first.tellers.origins) == (3, 1)
    assert pair.second.tellers.articles == 1


def test_an_altered_copy_is_a_variant_and_no_contradiction(tmp_path: Path) -> None:
    first = said("wire", CLOSE, "2024-03-04", outlet="Karst Press", story="copied")
    second = said("copy", NOT_CLOSE, "2024-03-05", story="copied")

    assert asked_of(tmp_path / "news.db", first, second) == []


def test_what_others_put_into_a_mouth_is_left_out(tmp_path: Path) -> None:
    quoted = make_report(
        "new",
        Line("Ivo Dask", "said", f"that Ana Orpel said: {NOT_CLOSE}", DASK),
        Line("Ana Orpel", "said:", NOT_CLOSE, ORPEL, {"within": "s1"}),
        *around("new"),
        published="2024-03-11",
    )

    assert asked_of(tmp_path / "news.db", said("old", CLOSE, "2024-03-04"), quoted) == []


@pytest.mark.parametrize(
    ("more", "pairs"),
    [
        ({"by": "Orpel"}, 1),
        ({"by": "KAZGOV"}, 1),
        ({"by": "Dask"}, 0),
        ({"about": "harbour of Orvik"}, 1),
        ({"about": "harbour of Brunn"}, 0),
        ({"since": "2024-03-04"}, 1),
        ({"since": "2024-03-05"}, 0),
        ({"until": "2024-03-10"}, 0),
        ({"outlet": "orpel post"}, 1),
        ({"outlet": "Karst Press"}, 0),
    ],
)
def test_what_is_asked_must_hold_of_both(tmp_path: Path, more: dict[str, str], pairs: int) -> None:
    reports = said("old", CLOSE, "2024-03-04"), said("new", NOT_CLOSE, "2024-03-11")

    assert len(asked_of(tmp_path / "news.db", *reports, **more)) == pairs


def test_updated_tolls_can_be_left_out(tmp_path: Path) -> None:
    first = said("old", "“Twelve people died in the mine fire at Dorla,”", "2024-03-04")
    second = said("new", "“Fifteen people died in the mine fire at Dorla,”", "2024-03-05")

    (pair,) = asked_of(tmp_path / "news.db", first, second)

    assert (pair.kind, pair.update, pair.days) == ("changed number", True, 1)
    assert [s.marked[0].text for s in (pair.first, pair.second)] == ["Twelve", "Fifteen"]
    assert asked_of(tmp_path / "news.db", updates=False) == []


def test_what_one_denies_and_another_asserts_is_disputed(tmp_path: Path) -> None:
    charged = make_report(
        "old",
        Line("Ivo Dask", "said", PAID, DASK, {"kind": "accusation"}),
        *around("old"),
        published="2024-03-04",
        pronouns=[("the mayor", ORPEL)],
    )
    denied = make_report(
        "new",
        Line("Ana Orpel", "denied", DENIED, ORPEL, {"kind": "denial"}),
        *around("new"),
        published="2024-03-11",
        pronouns=[("she", ORPEL)],
    )

    assert asked_of(tmp_path / "news.db", charged, denied) == []
    (pair,) = asked_of(tmp_path / "news.db", disputed=True)

    assert pair.kind == "disputed"
    assert [s.said.actor for s in (pair.first, pair.second)] == ["Ana Orpel", "Ivo Dask"]
    assert [e.text for e in pair.first.marked] == ["denied"]
    assert len(asked_of(tmp_path / "news.db", disputed=True, by="Dask")) == 1
    assert asked_of(tmp_path / "news.db", disputed=True, by="Ilse Maran") == []


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no words are given"):
        asked_of(tmp_path / "news.db", by=" ")
    with pytest.raises(UsageError, match="the first day is after the last"):
        asked_of(tmp_path / "news.db", since="2024-02-02", until="2024-01-01")


def test_reports_without_a_day_are_compared_too(tmp_path: Path) -> None:
    (pair,) = asked_of(tmp_path / "news.db", said("b", CLOSE, None), said("a", NOT_CLOSE, None))

    assert pair.days is None
    assert [s.said.id for s in (pair.first, pair.second)] == ["a#s1", "b#s1"]
