"""A report resolved: actors joined and known beyond it, mentions typed, places apart from governments."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.names import NAME_CLASSES, Name, NameClass
from onrecord.analysis.statements import Statement
from onrecord.article import Article, Frame, Span
from onrecord.resolution.identities import Identity
from onrecord.resolution.report import ResolvedReport, resolve_report

_MARK = re.compile(r"\[(PER|ORG|LOC|FAC|NORP|MISC) ([^\]]+)\]")


def resolve(marked: str, *, source: str | None = None, published: str = "2022-01-07") -> ResolvedReport:
    """Resolve a text whose names are marked in it, *[PER Ana Li] spoke*; `source` says *it rains*."""
    text, names, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        label: NameClass = mark[1]  # type: ignore[assignment]
        names.append(Name(Span(len(text), len(text) + len(mark[2])), label, 0.9))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    statements = ()
    if source:
        start = text.index(source)
        content = Span(*re.search("it rains", text).span())  # type: ignore[union-attr]
        statements = (
            Statement(
                "s1", Span(start, start + len(source)), None, (content,), "indirect", "speech", False, "assertion", 0.9
            ),
        )  # fmt: skip
    article = Article(id="r", text=text, language="en", published=published, frame=Frame())
    return resolve_report(article, Analysis(statements, tuple(names)))


def by_name(report: ResolvedReport, name: str) -> Identity:
    return next(i for i in report.actors.actors if name in (i.name, *i.actor.aliases))


def test_a_surname_alone_gets_its_full_name_from_the_registry() -> None:
    report = resolve("President [PER Tokayev] of [LOC Kazakhstan] said it rains.", source="President Tokayev")

    tokayev = by_name(report, "Tokayev")
    assert (tokayev.name, tokayev.country) == ("Kassym-Jomart Tokayev", "KAZ")
    assert report.actors.statements["s1"].source == tokayev.actor.id


def test_acronym_and_full_name_are_one_actor() -> None:
    report = resolve(
        "The [ORG CSTO] met. The [ORG Collective Security Treaty Organization] said it rains.",
        source="The Collective Security Treaty Organization",
    )

    (body,) = [i for i in report.actors.actors if i.registry == "org:CSTO"]
    assert report.actors.statements["s1"].source == body.actor.id
    assert body.type == "alliance"


def test_a_country_is_its_government_and_a_place() -> None:
    report = resolve("[LOC France] said it rains.", source="France")

    assert by_name(report, "France").registry == "gov:FRA"


def test_a_town_where_something_happened_is_no_actor() -> None:
    report = resolve("It rained in [LOC Almaty] on Friday.")

    assert report.actors.actors == ()
    assert [p.entry.name for p in report.places.places] == ["Almaty"]
    assert [(m.type, m.actor) for m in report.mentions] == [("GPE", None)]


def test_a_place_that_a_caption_alone_names_is_the_reports_too() -> None:
    frame = Frame(captions=("A burnt car on a highway in Almaty, Kazakhstan, on Thursday.",))
    article = Article(id="r", text="It rained.", language="en", frame=frame)

    places = resolve_report(article, Analysis()).places.places

    assert [(p.entry.name, p.mentions) for p in places] == [("Almaty", ()), ("Kazakhstan", ())]


def test_a_surname_that_is_a_country_makes_nobody_its_citizen() -> None:
    report = resolve("Police in [LOC Leeds] arrested [PER Chuck Jordan]. [LOC Jordan] was charged.")
    person = by_name(report, "Chuck Jordan")
    assert (person.type, person.country, person.actor.aliases) == ("person", "GBR", ["Jordan"])
    assert [p.entry.name for p in report.places.places] == ["Leeds"]


def test_a_town_that_bears_a_countrys_name_acts_for_no_government() -> None:
    report = resolve("A fire broke out in [LOC Mexico], [LOC Missouri], and [LOC Mexico] mourned its dead.")
    assert [i.country for i in report.actors.actors if i.name == "Mexico"] in ([], ["USA"])
    assert [p.entry.region for p in report.places.places] == ["Missouri", "Missouri"]


def test_a_body_is_of_the_place_that_the_report_means() -> None:
    report = resolve("In [LOC Atlanta], [LOC Georgia], the [ORG Georgia Department of Orchards] was shut.")
    assert by_name(report, "Georgia Department of Orchards").country == "USA"


def test_a_capital_that_acts_is_its_government_and_the_town_is_a_place() -> None:
    report = resolve("[LOC Moscow] said no. A bridge fell in [LOC Moscow] and shook [LOC Moscow].")
    (russia,) = report.actors.actors
    assert (russia.name, russia.registry, russia.sector) == ("Russia", "gov:RUS", "GOV")
    assert russia.actor.aliases == ["Moscow"]
    assert len(russia.actor.mentions) == 1
    (town,) = report.places.places
    assert len(town.mentions) == 2


def test_the_west_is_a_group_of_states() -> None:
    report = resolve("The [LOC West] said it rains.", source="The West")

    assert by_name(report, "West").type == "group"
    assert report.places.places == ()


@pytest.mark.parametrize("label", ["ORG", "LOC", "NORP"])
def test_an_adjective_is_a_peoples(label: str) -> None:
    report = resolve(f"The [{label} Russian] troops left.")

    assert [m.type for m in report.mentions] == ["NORP"]
    assert report.actors.actors == ()


def test_a_partys_followers_are_a_people() -> None:
    report = resolve("[ORG Republicans] said it rains.", source="Republicans")

    assert [(m.type, m.actor) for m in report.mentions] == [("NORP", None)]


def test_a_common_noun_at_the_head_of_a_sentence_is_no_name() -> None:
    report = resolve("[ORG Lawmakers] said it rains.", source="Lawmakers")

    assert [(m.form, m.actor) for m in report.mentions] == [("description", None)]


@pytest.mark.parametrize(
    "source",
    ["Ana Reyes and Tom Li", "Ana Reyes, Tom Li and Kaya Brandt"],
)
def test_several_speakers_are_not_the_first_alone(source: str) -> None:
    marked = source
    for name in ("Ana Reyes", "Tom Li", "Kaya Brandt"):
        marked = marked.replace(name, f"[PER {name}]")

    assert resolve(f"{marked} said it rains.", source=source).actors.statements["s1"].source is None


def test_a_pronoun_that_is_a_source_is_mentioned() -> None:
    report = resolve("Mr. [PER Tom Orpel] rose. He said it rains.", source="He")

    (pronoun,) = [m for m in report.mentions if m.form == "pronoun"]
    assert (pronoun.type, pronoun.actor) == ("PER", by_name(report, "Tom Orpel").actor.id)


def test_a_report_in_another_language_gives_nothing() -> None:
    report = resolve_report(Article(id="r", text="Es regnet.", language="de", frame=Frame()), None)

    assert (report.statements, report.actors.actors, report.mentions, report.times) == ((), (), (), ())


WORDS = "Orpel Ana Li Moscow West the Mr. , . said France CSTO \n\n".split(" ")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([None, *NAME_CLASSES])), max_size=25))
def test_whatever_is_named_mentions_point_at_the_text_and_at_actors(tagged: list) -> None:
    marked = " ".join(f"[{label} {word}]" if label and word.strip() else word for word, label in tagged)

    report = resolve(marked)

    ids = {i.actor.id for i in report.actors.actors}
    assert all(m.actor is None or m.actor in ids for m in report.mentions)
    spans = [m.span for m in report.mentions]
    assert spans == sorted(spans)
    assert all(s.start < s.end for s in spans)
