"""Events of a report resolved: parties with codes, places, days, and what is told twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.events import Event
from onrecord.analysis.names import Name
from onrecord.analysis.sentences import sentence_around
from onrecord.analysis.statements import Statement
from onrecord.article import Article, Frame, Span
from onrecord.contract import SourceOut, to_output
from onrecord.resolution.events import ResolvedEvent
from onrecord.resolution.report import ResolvedReport, resolve_report


def span_of(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def told(
    text: str,
    trigger: str,
    *,
    id: str = "e1",
    type_: str = "ASSAULT",
    status: str = "occurred",
    nth: int = 0,
    **roles: str,
) -> Event:
    """An event by its words."""

    def spans(role: str) -> tuple[Span, ...]:
        return (span_of(text, roles[role]),) if role in roles else ()

    return Event(
        id=id,
        type=type_,
        modes=(),
        contexts=(),
        cameo="180",
        status=status,  # type: ignore[arg-type]
        trigger=span_of(text, trigger, nth),
        sentence=sentence_around(text, span_of(text, trigger, nth)),
        actors=spans("actor"),
        recipients=spans("recipient"),
        places=spans("place"),
        dates=spans("date"),
        dead=None,
        injured=None,
        crowd=None,
        mutual=False,
        reported_by=None,
        confidence=0.9,
    )


def resolve(text: str, names: dict[str, str], *events: Event) -> ResolvedReport:
    labelled = tuple(Name(span_of(text, words), label, 0.9) for words, label in names.items())  # type: ignore[arg-type]
    article = Article(id="r", text=text, language="en", published="2022-01-07", frame=Frame())
    return resolve_report(article, Analysis((), labelled, (), events))


def only(report: ResolvedReport) -> ResolvedEvent:
    (event,) = report.events
    return event


def test_a_named_party_is_an_actor_with_its_codes() -> None:
    text = "President Kassym-Jomart Tokayev of Kazakhstan sacked the minister."
    event = told(text, "sacked", actor="President Kassym-Jomart Tokayev", recipient="the minister")

    resolved = only(
        resolve(
            text,
            {"Kassym-Jomart Tokayev": "PER", "Kazakhstan": "LOC"},
            event,
        )
    )

    (actor,) = resolved.actors
    assert actor.actor is not None
    assert (actor.country, actor.sector) == ("KAZ", "GOV")


@pytest.mark.parametrize(("capital", "country"), [("Moscow", "Russia"), ("Warsaw", "Poland")])
def test_a_capital_that_acts_is_its_government(capital: str, country: str) -> None:
    text = f"{capital} demanded a reply."

    report = resolve(text, {capital: "LOC"}, told(text, "demanded", type_="REQUEST", actor=capital))

    (actor,) = only(report).actors
    (identity,) = report.actors.actors
    assert (identity.name, actor.country, actor.sector) == (country, identity.country, "GOV")


def test_a_role_without_a_name_has_codes_and_no_actor() -> None:
    text = "Russian troops entered the town."

    (actor,) = only(resolve(text, {"Russian": "NORP"}, told(text, "entered", actor="Russian troops"))).actors

    assert (actor.actor, actor.country, actor.sector) == (None, "RUS", "MIL")


def spoken(text: str, source: str, cue: str, content: str) -> Statement:
    """A statement by its words."""
    return Statement(
        id="s1",
        source=span_of(text, source),
        cue=span_of(text, cue),
        content=(span_of(text, content),),
        quotation="indirect",
        attitude="speech",
        negated=False,
        kind="assertion",
        confidence=0.9,
        within=None,
    )


def source_of(text: str, names: dict[str, str], statement: Statement) -> SourceOut:
    """The source as the output has it."""
    labelled = tuple(Name(span_of(text, words), label, 0.9) for words, label in names.items())  # type: ignore[arg-type]
    article = Article(id="r", text=text, language="en", published="2022-01-07", frame=Frame())
    (found,) = to_output(article, resolve_report(article, Analysis((statement,), labelled))).statements
    assert found.source
    return found.source


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("two officials", ("KAZ", "GOV")),
        ("police", ("KAZ", "COP")),
        ("the opposition", ("KAZ", "OPP")),
        ("Turkish diplomats", ("TUR", "GOV")),
        ("they", (None, None)),
        ("the map", (None, None)),
    ],
)
def test_a_source_without_a_name_has_the_codes_of_its_words(
    source: str, codes: tuple[str | None, str | None]
) -> None:
    text = f"In Kazakhstan, {source} said the road was shut."

    found = source_of(text, {"Kazakhstan": "LOC"}, spoken(text, source, "said", "the road was shut"))

    assert (found.actor, (found.country, found.sector)) == (None, codes)


def test_a_source_with_a_name_has_the_codes_of_the_actor() -> None:
    text = "President Kassym-Jomart Tokayev of Kazakhstan said the road was shut."
    statement = spoken(text, "President Kassym-Jomart Tokayev", "said", "the road was shut")

    found = source_of(text, {"Kassym-Jomart Tokayev": "PER", "Kazakhstan": "LOC"}, statement)

    assert found.actor is not None
    assert (found.country, found.sector) == ("KAZ", "GOV")


def test_the_same_words_have_one_code_as_source_and_as_party() -> None:
    text = "Kazakh riot police said they had shot at rebels."
    statement = spoken(text, "Kazakh riot police", "said", "they had shot at rebels")
    event = told(text, "shot", actor="Kazakh riot police", recipient="rebels")
    labelled = (Name(span_of(text, "Kazakh"), "NORP", 0.9),)
    article = Article(id="r", text=text, language="en", published="2022-01-07", frame=Frame())

    report = resolve_report(article, Analysis((statement,), labelled, (), (event,)))

    (actor,) = only(report).actors
    assert report.sources["s1"] == (actor.country, actor.sector) == ("KAZ", "COP")


def test_a_thing_has_no_codes() -> None:
    text = "Kazakhstan rejected the offer."
    event = told(text, "rejected", actor="Kazakhstan", recipient="the offer", type_="REJECT")

    (recipient,) = only(resolve(text, {"Kazakhstan": "LOC"}, event)).recipients

    assert (recipient.actor, recipient.country, recipient.sector) == (None, None, None)


def test_place_and_day_are_those_that_its_words_name() -> None:
    text = "Protests began in Almaty on Tuesday after a rise of prices in Paris."
    event = told(text, "Protests", type_="PROTEST", place="Almaty", date="Tuesday")

    report = resolve(text, {"Almaty": "LOC", "Paris": "LOC"}, event)

    resolved = only(report)
    names = {p.id: p.entry.name for p in report.places.places}
    assert resolved.place is not None
    assert names[resolved.place] == "Almaty"
    assert resolved.date is not None
    assert str(resolved.date.first) == "2022-01-04"


def test_nothing_is_filled_in() -> None:
    text = "Almaty was calm on Tuesday. Protests began."

    resolved = only(resolve(text, {"Almaty": "LOC"}, told(text, "Protests", type_="PROTEST")))

    assert (resolved.actors, resolved.recipients, resolved.place, resolved.date) == ((), (), None, None)
    assert resolved.event.sentence.of(text) == "Protests began."


def test_a_party_is_not_of_the_country_that_acts_upon_it() -> None:
    text = "Kazakhstan freed the farmers."
    event = told(text, "freed", actor="Kazakhstan", recipient="the farmers")

    (recipient,) = only(resolve(text, {"Kazakhstan": "LOC"}, event)).recipients

    assert (recipient.country, recipient.sector) == (None, "AGR")


@pytest.mark.parametrize(
    ("after", "country"),
    [
        ("Russian troops entered the town.", None),
        ("It rained in Almaty.", "KAZ"),
        ("It rained in Almaty. Kenya protested.", None),
    ],
)
def test_a_name_is_of_the_country_where_the_whole_report_lies_or_of_none(
    after: str, country: str | None
) -> None:
    text = f"Prime Minister Karel Dost resigned. {after}"
    labels = {"Karel Dost": "PER", "Russian": "NORP", "Almaty": "LOC", "Kenya": "LOC"}
    event = told(text, "resigned", type_="CONCEDE", actor="Prime Minister Karel Dost")

    (actor,) = only(resolve(text, {n: label for n, label in labels.items() if n in text}, event)).actors

    assert (actor.country, actor.sector) == (country, "GOV")


def test_an_event_told_again_points_at_the_first() -> None:
    text = "Rebels shelled Orvik. It was late. Rebels had shelled Orvik from a hill."
    first = told(text, "shelled", actor="Rebels", recipient="Orvik")
    again = told(text, "shelled", id="e2", nth=1, actor="Rebels", recipient="Orvik")

    report = resolve(text, {"Orvik": "LOC"}, first, again)

    assert [e.same_as for e in report.events] == [None, "e1"]


def test_two_words_of_one_sentence_for_one_act_are_one_telling_by_the_surer() -> None:
    text = "Rebels held talks with Kazakhstan."
    held = told(text, "held", type_="CONSULT", actor="Rebels", recipient="Kazakhstan")
    talks = told(text, "talks", id="e2", type_="CONSULT", actor="Rebels", recipient="Kazakhstan")

    report = resolve(text, {"Kazakhstan": "LOC"}, held, replace(talks, confidence=0.95))

    assert [(e.event.id, e.same_as) for e in report.events] == [("e2", None)]


def test_acts_upon_different_people_are_two() -> None:
    text = "Kenya expelled two dockers. Later Kenya expelled the nurse."
    first = told(text, "expelled", type_="SANCTION", actor="Kenya", recipient="two dockers")
    again = told(text, "expelled", id="e2", nth=1, type_="SANCTION", actor="Kenya", recipient="the nurse")

    report = resolve(text, {"Kenya": "LOC"}, first, again)

    assert [e.same_as for e in report.events] == [None, None]


def test_what_was_planned_is_not_what_happened() -> None:
    text = "Rebels shelled Orvik. Rebels plan to have Orvik shelled."
    first = told(text, "shelled", actor="Rebels", recipient="Orvik")
    planned = told(text, "shelled", id="e2", nth=1, status="planned", actor="Rebels", recipient="Orvik")

    report = resolve(text, {"Orvik": "LOC"}, first, planned)

    assert [e.same_as for e in report.events] == [None, None]


def test_a_sentence_does_not_end_at_an_abbreviation_or_an_initial() -> None:
    text = "It rained. Gen. A. Li of the U.S. Army left. Snow fell."

    assert sentence_around(text, span_of(text, "left")).of(text) == "Gen. A. Li of the U.S. Army left."


def test_who_acts_is_no_recipient() -> None:
    text = "Chad moved its troops. Chad is large."
    event = told(text, "moved", type_="MOBILIZE", actor="Chad")
    again = Span(text.rindex("Chad"), text.rindex("Chad") + 4)

    resolved = only(
        resolve(text, {"Chad": "LOC"}, replace(event, recipients=(again, span_of(text, "its troops"))))
    )

    assert [p.span.of(text) for p in resolved.recipients] == ["its troops"]
