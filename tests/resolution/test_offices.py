"""Definite descriptions of a country and an office: who that is on a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.mentions import FoundMention
from onrecord.analysis.names import Name
from onrecord.analysis.statements import Statement
from onrecord.article import Article, Frame, Span
from onrecord.resolution.offices import read_description
from onrecord.resolution.report import ResolvedReport, resolve_report

DAY = "2022-01-10"


def actor_of(words: str, date: str | None = DAY) -> str | None:
    found = read_description(words, date)
    return found.found.actor.name if found and found.found else None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The Kazakh president", "Kassym-Jomart Tokayev"),
        ("the president of Kazakhstan", "Kassym-Jomart Tokayev"),
        ("France’s president", "Emmanuel Macron"),
        ("The Russian foreign minister", "Sergei Lavrov"),
        ("Kazakh authorities", "Kazakhstan"),
        ("the Russian foreign ministry", "Russia"),
        ("The UN secretary-general", "António Guterres"),
    ],
)
def test_a_country_and_its_office_are_who_holds_it(words: str, name: str) -> None:
    assert actor_of(words) == name


@pytest.mark.parametrize(
    "words",
    [
        "a Kazakh president",
        "the former Kazakh president",
        "the Kazakh president’s aide",
        "the Kazakh general",
        "Kazakh officials",
        "the Kazakh ambassador",
        "the president",
        "the Russian president Vladimir Putin",
        "the Mirna governor",
        "",
    ],
)
def test_other_words_describe_nobody_of_the_registry(words: str) -> None:
    assert actor_of(words) is None


def test_without_a_day_an_office_is_nobodys() -> None:
    assert actor_of("the Kazakh president", None) is None


@given(st.text(max_size=40))
def test_any_words_are_read(words: str) -> None:
    assert read_description(words, DAY) == read_description(words, DAY)


def span_of(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def resolve(
    text: str, source: str, names: tuple[str, ...] = (), chain: tuple[str, ...] = ()
) -> ResolvedReport:
    content = (span_of(text, "it rains"),)
    said = Statement(
        "s1", span_of(text, source), None, content, "indirect", "speech", False, "assertion", 0.9
    )
    labelled = tuple(Name(span_of(text, n), "PER", 0.9) for n in names)
    mentions = tuple(
        FoundMention(span_of(text, w), "PER", "name" if w in names else "description", 0, 0.9) for w in chain
    )
    article = Article(id="r", text=text, language="en", frame=Frame(), published=DAY)
    return resolve_report(article, Analysis((said,), labelled, mentions))


def source_of(report: ResolvedReport) -> str | None:
    meant = report.actors.statements["s1"].source
    return next((i.name for i in report.actors.actors if i.actor.id == meant), None)


def test_a_source_that_is_an_office_is_who_holds_it() -> None:
    report = resolve("The Kazakh president said it rains.", "The Kazakh president")
    assert source_of(report) == "Kassym-Jomart Tokayev"
    assert report.sources["s1"] == ("KAZ", "GOV")


def test_authorities_are_the_government_and_keep_the_sector_of_the_words() -> None:
    report = resolve("Kazakh authorities said it rains.", "Kazakh authorities")
    assert source_of(report) == "Kazakhstan"
    assert report.sources["s1"] == ("KAZ", "GOV")


def test_who_is_named_and_described_is_one_actor() -> None:
    text = "Kassym-Jomart Tokayev left. The Kazakh president said it rains."
    report = resolve(text, "The Kazakh president", ("Kassym-Jomart Tokayev",))
    assert source_of(report) == "Kassym-Jomart Tokayev"
    assert len(report.actors.actors) == 1


def test_a_description_of_another_country_is_not_whom_its_chain_names() -> None:
    text = "Emmanuel Macron left. The Kazakh president said it rains."
    report = resolve(
        text, "The Kazakh president", ("Emmanuel Macron",), ("Emmanuel Macron", "The Kazakh president")
    )
    assert source_of(report) == "Kassym-Jomart Tokayev"


def test_whom_the_report_itself_calls_so_is_meant_before_the_registry() -> None:
    text = "Ana Orpel left. The Kazakh president said it rains."
    report = resolve(text, "The Kazakh president", ("Ana Orpel",), ("Ana Orpel", "The Kazakh president"))
    assert source_of(report) == "Ana Orpel"


@pytest.mark.parametrize(
    "lead", ["President Ana Orpel left.", "Ana Orpel, the president of Kazakhstan, left."]
)
def test_an_office_that_the_report_gives_to_somebody_unknown_is_not_filled_from_the_registry(
    lead: str,
) -> None:
    report = resolve(f"{lead} The Kazakh president said it rains.", "The Kazakh president", ("Ana Orpel",))
    assert source_of(report) in (None, "Ana Orpel")


def test_the_office_of_another_country_is_not_touched_by_it() -> None:
    text = "Ana Orpel, the president of France, left. The Kazakh president said it rains."
    assert source_of(resolve(text, "The Kazakh president", ("Ana Orpel",))) == "Kassym-Jomart Tokayev"
