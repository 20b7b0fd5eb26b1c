"""A newer model's findings take the place of the older ones'; corrections, texts and stories stay, and it says what is otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from onrecord.article import Article, Dateline, Entry, Frame, Furniture, Span
from onrecord.contract import AnalysisOut, to_output
from onrecord.errors import UnreadableReportError
from onrecord.record import correct, schema
from onrecord.record.checking.check import check
from onrecord.record.differences import Counted, Differences
from onrecord.record.opening import open_record
from onrecord.record.refreshing import differences, read_again, refresh, to_refresh
from onrecord.record.store import Record
from onrecord.resolution.report import resolve_report
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report
from tests.record.made_copies import make_copies

KAYA, TOMAS, ILSE = NAMES
STAMP = {"time": "2026-03-01T14:05:09Z", "command": "typed"}
SAME = Differences(Counted(kept=1), Counted(kept=2))


def reports() -> list[tuple[Article, AnalysisOut]]:
    ana = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
    kaya = make_actor("a1", KAYA)
    return [
        make_report("one", ana, make_actor("a2", KAYA)),
        make_report("two", kaya, make_actor("a2", TOMAS)),
        make_report("three", kaya, kaya),
        *make_copies(),
    ]


def newer(analysis: AnalysisOut) -> AnalysisOut:
    """What another model finds in the report of a speaker and a subject: another kind, one telling less, another subject."""
    found = msgspec.json.decode(msgspec.json.encode(analysis), type=AnalysisOut)
    found.statements[0].kind = "demand"
    found.statements[0].addressee = None
    del found.events[1]
    return found


def fill(path: Path, *, model: str = "m1", anew: bool = False) -> Record:
    """A record with corrections of each kind; `anew`: what the newer model finds in its report *two*."""
    record = open_record(path, create=True)
    for article, analysis in reports():
        record.add(article, newer(analysis) if anew and article.id == "two" else analysis, model)
    with record.writing() as connection:
        correct.merge(connection, REGISTERED, TOMAS, **STAMP)
        correct.split(connection, KAYA, ["two"], **STAMP)
        correct.split(connection, "actor-577a0892cc47", ["three:0"], **STAMP)
        correct.rename(connection, REGISTERED, "A. Orpel", **STAMP)
    return record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with fill(tmp_path / "news.db") as record:
        yield record


def analysis_of(id: str) -> AnalysisOut:
    return next(analysis for article, analysis in reports() if article.id == id)


def one(record: Record, id: str) -> Article:
    (article,) = read_again(record, [id])
    assert isinstance(article, Article)
    return article


def test_what_another_model_has_analysed_is_still_to_do(record: Record) -> None:
    with record.writing() as connection:
        table = schema.articles
        connection.execute(update(table).where(table.c.id == "one").values(model="m2"))
        connection.execute(update(table).where(table.c.id == "two").values(model="m2", schema=5))
        connection.execute(update(table).where(table.c.id == "wire").values(model=None, language="de"))
    with record.reading() as connection:
        assert to_refresh(connection, "m2") == ["echo", "post", "star", "three", "two"]
        assert to_refresh(connection, "m2", every=True) == ["echo", "one", "post", "star", "three", "two"]


def test_the_same_findings_change_nothing_but_the_model(record: Record) -> None:
    before = dump(record, without=["articles"])
    for article, analysis in reports():
        result = refresh(record, one(record, article.id), analysis, "m2")
        assert result is not None
        assert (result.differences.differs, *result[1:]) == (False, 0, [])
    assert dump(record, without=["articles"]) == before
    with record.reading() as connection:
        assert set(connection.execute(select(schema.articles.c.model)).scalars()) == {"m2"}
        assert to_refresh(connection, "m2") == []


def test_other_findings_give_the_record_that_they_would_have_given_at_once(
    record: Record, tmp_path: Path
) -> None:
    with record.reading() as connection:
        recorded = dict(connection.execute(select(schema.articles.c.id, schema.articles.c.recorded)).all())
    for id in ("one", "two", "three", "wire", "post", "echo", "star"):
        analysis = newer(analysis_of(id)) if id == "two" else analysis_of(id)
        assert refresh(record, one(record, id), analysis, "m2")
    with fill(tmp_path / "other.db", model="m2", anew=True) as other:
        assert dump(record) == dump(other)
    assert check(record).faults == []
    with record.reading() as connection:
        assert (
            dict(connection.execute(select(schema.articles.c.id, schema.articles.c.recorded)).all())
            == recorded
        )


def test_it_says_what_is_otherwise(record: Record) -> None:
    article = one(record, "two")
    expected = Differences(Counted(changed=1), Counted(gone=1, kept=1))
    assert differences(record, article, newer(analysis_of("two"))) == expected
    result = refresh(record, article, newer(analysis_of("two")), "m2")
    assert result == (expected, 0, [])
    assert differences(record, article, newer(analysis_of("two"))) == Differences(
        Counted(kept=1), Counted(kept=1)
    )
    back = differences(record, article, analysis_of("two"))
    assert back == Differences(Counted(changed=1), Counted(added=1, kept=1))


def test_a_content_that_ends_elsewhere_behind_the_same_cue_is_changed(record: Record) -> None:
    found = newer(analysis_of("two"))
    found.statements[0].content[0].end -= 3
    assert differences(record, one(record, "two"), found).statements == Counted(changed=1)


def test_a_correction_makes_no_difference(record: Record) -> None:
    for id in ("one", "two", "three"):
        assert differences(record, one(record, id), analysis_of(id)) == SAME


def test_mentions_that_a_correction_speaks_of_and_nobody_finds_any_more_are_counted(record: Record) -> None:
    found = newer(analysis_of("three"))
    found.mentions = [m for m in found.mentions if m.start > 0]
    result = refresh(record, one(record, "three"), found, "m2")
    assert result is not None
    assert (result.lost_mentions, result.lost_amendments) == (1, [])
    assert check(record).faults == []


def test_what_is_done_is_not_done_again(record: Record) -> None:
    article = one(record, "two")
    assert refresh(record, article, analysis_of("two"), "m2")
    assert refresh(record, article, newer(analysis_of("two")), "m2") is None
    assert refresh(record, article, newer(analysis_of("two")), "m2", every=True)


def test_a_report_that_is_gone_or_has_another_text_is_left_alone(record: Record) -> None:
    article = one(record, "two")
    assert refresh(record, replace(article, id="none"), analysis_of("two"), "m2") is None
    assert refresh(record, replace(article, text="Else."), analysis_of("two"), "m2") is None


def test_a_frame_that_cannot_be_read_costs_no_other_report(record: Record) -> None:
    with record.writing() as connection:
        table = schema.articles
        connection.execute(update(table).where(table.c.id == "one").values(frame="{"))
    bad, good = read_again(record, ["one", "two"])
    assert isinstance(bad, UnreadableReportError)
    assert isinstance(good, Article)


def test_a_report_comes_back_as_it_was_read(tmp_path: Path) -> None:
    text = "Ana Orpel left.\n\n“Go,” wrote Tom Ade.\n\nTom Ade, Orvik"
    frame = Frame(
        headline="Ana Orpel left.",
        bullets=("It rained.",),
        dateline=Dateline("ORVIK", "March 3", "Karst Press"),
        byline=("Lene Hofer",),
        contributors=("Taslan Orrel",),
        editors=("Ilse Maran",),
        captions=("The pier in Karst.",),
        credits=("Photo: A. B.",),
        corrections=("It was a Monday.",),
        section="Letters",
        agency="Karst Press",
        updated="2022-01-08T09:00:00Z",
        published_how="given",
        entries=(
            Entry(Span(0, 15), "First", "2022-01-07T08:00:00Z"),
            Entry(Span(17, len(text)), None, None, ("Tom Ade",)),
        ),
    )
    article = Article(
        id="one", text=text, frame=frame, furniture=(Furniture("Share", "share line", 17),), title="Left",
        published="2022-01-07", outlet="Karst Post", url="https://karst.example/1", language="en", origin="one.txt",
    )  # fmt: skip
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(article, to_output(article, resolve_report(article, None)), None)
        assert one(record, "one") == article
        assert one(record, "one").origin == article.origin


def test_another_version_of_a_report_stays_in_no_story(record: Record) -> None:
    article, analysis = make_report("one", make_actor("a1", ILSE), make_actor("a2", KAYA))
    record.add(article, analysis, "m1")
    with record.reading() as connection:
        table = schema.articles.c
        (version,) = connection.execute(select(table.id).where(table.version_of == "one")).scalars()
    before = dump(record, without=["articles"])
    assert refresh(record, one(record, version), analysis, "m2")
    assert dump(record, without=["articles"]) == before
    assert check(record).faults == []
