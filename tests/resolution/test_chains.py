"""Chains of mentions in a report: whom pronouns and descriptions mean, and what is listed of them."""

from __future__ import annotations

import pytest

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.mention_labels import MentionForm
from onrecord.analysis.mentions import FoundMention, MentionClass
from onrecord.analysis.names import Name
from onrecord.analysis.statements import Statement
from onrecord.article import Article, Frame, Span
from onrecord.resolution.mentions import Mention
from onrecord.resolution.report import ResolvedReport, resolve_report


def span_of(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def found(
    text: str,
    words: str,
    chain: int,
    *,
    form: MentionForm = "description",
    label: MentionClass = "PER",
    nth: int = 0,
) -> FoundMention:
    return FoundMention(span_of(text, words, nth), label, form, chain, 0.9)


def resolve(
    text: str,
    names: dict[str, str],
    mentions: list[FoundMention],
    source: str | None = None,
    content: str = "",
) -> ResolvedReport:
    """Resolve a text with its names (words to class) and mentions; `source` says `content`."""
    labelled = [Name(span_of(text, words), label, 0.9) for words, label in names.items()]  # type: ignore[arg-type]
    statements = ()
    if source:
        spans = (span_of(text, content),)
        statements = (
            Statement(
                "s1", span_of(text, source), None, spans, "indirect", "speech", False, "assertion", 0.9
            ),
        )
    article = Article(id="r", text=text, language="en", frame=Frame())
    return resolve_report(article, Analysis(statements, tuple(labelled), tuple(mentions)))


def listed(report: ResolvedReport, text: str, words: str) -> Mention:
    return next(m for m in report.mentions if m.span.of(text) == words)


TEXT = "Ana Reyes, a banker, left Mirna. The 58-year-old said it rains."


def test_a_description_means_whom_its_chain_names() -> None:
    mentions = [found(TEXT, "Ana Reyes", 0, form="name"), found(TEXT, "The 58-year-old", 0)]

    report = resolve(TEXT, {"Ana Reyes": "PER"}, mentions, source="The 58-year-old", content="it rains")

    (reyes,) = report.actors.actors
    assert report.actors.statements["s1"].source == reyes.actor.id
    assert listed(report, TEXT, "The 58-year-old").actor == reyes.actor.id


@pytest.mark.parametrize(
    ("text", "early", "is_her"),
    [
        ("“It rains,” the rebel spokesman said. Colonel Ana Reyes left.", "the rebel spokesman", False),
        ("“It rains,” the army colonel said. Colonel Ana Reyes left.", "the army colonel", True),
        ("“It rains,” the banker said. Ana Reyes, a banker, left.", "the banker", True),
        ("“It rains,” the woman said. Colonel Ana Reyes left.", "the woman", True),
        ("“It rains,” said the head of the union, Ana Reyes.", "the head of the union", True),
        ("Owner of mill fined\n\nAna Reyes left.", "Owner of mill", True),
        ("Owner of mill fined\n\nColonel Ana Reyes left.", "Owner of mill", False),
    ],
)
def test_a_description_before_the_first_name_means_that_person_if_they_agree_in_role(
    text: str, early: str, is_her: bool
) -> None:
    mentions = [found(text, early, 0), found(text, "Ana Reyes", 0, form="name")]

    report = resolve(text, {"Ana Reyes": "PER"}, mentions)

    (reyes,) = report.actors.actors
    assert listed(report, text, early).actor == (reyes.actor.id if is_her else None)


def test_a_chain_without_a_name_means_nobody_who_is_named() -> None:
    mentions = [found(TEXT, "Ana Reyes", 0, form="name"), found(TEXT, "The 58-year-old", 1)]

    report = resolve(TEXT, {"Ana Reyes": "PER"}, mentions, source="The 58-year-old", content="it rains")

    assert report.actors.statements["s1"].source is None
    assert listed(report, TEXT, "The 58-year-old").actor is None


def test_a_chain_that_names_two_alike_means_neither() -> None:
    text = "Ana Reyes met Tom Brandt. The banker said it rains."
    mentions = [
        found(text, "Ana Reyes", 0, form="name"),
        found(text, "Tom Brandt", 0, form="name"),
        found(text, "The banker", 0),
    ]

    report = resolve(
        text, {"Ana Reyes": "PER", "Tom Brandt": "PER"}, mentions, source="The banker", content="it rains"
    )

    assert report.actors.statements["s1"].source is None


def test_a_group_is_not_the_one_whom_its_chain_names() -> None:
    text = "Orpel Bank closed. Its workers said it rains."
    mentions = [
        found(text, "Orpel Bank", 0, form="name", label="ORG"),
        found(text, "Its workers", 0, label="GROUP"),
    ]

    report = resolve(text, {"Orpel Bank": "ORG"}, mentions, source="Its workers", content="it rains")

    assert report.actors.statements["s1"].source is None
    assert listed(report, text, "Its workers").type == "GROUP"


def test_a_phrase_with_two_persons_is_neither() -> None:
    text = "Ana Reyes won. Both Ana Reyes and Tom Brandt left."
    both = found(text, "Both Ana Reyes and Tom Brandt", 0, form="name")
    mentions = [found(text, "Ana Reyes", 0, form="name"), both]

    report = resolve(text, {"Ana Reyes": "PER", "Tom Brandt": "PER"}, mentions)

    assert listed(report, text, "Both Ana Reyes and Tom Brandt").actor is None


@pytest.mark.parametrize("word", ["I", "We"])
def test_i_and_we_in_a_quotation_are_its_speaker_whatever_the_chain_says(word: str) -> None:
    text = f"“{word} told Tom Brandt that it rains,” Ana Reyes said."
    names = [Name(span_of(text, w), "PER", 0.9) for w in ("Tom Brandt", "Ana Reyes")]
    mentions = (found(text, word, 0, form="pronoun"), found(text, "Tom Brandt", 0, form="name"))
    content = (span_of(text, f"“{word} told Tom Brandt that it rains,”"),)
    source = span_of(text, "Ana Reyes")
    said = Statement("s1", source, None, content, "direct", "speech", False, "assertion", 0.9)
    article = Article(id="r", text=text, language="en", frame=Frame())

    report = resolve_report(article, Analysis((said,), tuple(names), mentions))

    assert listed(report, text, word).actor == listed(report, text, "Ana Reyes").actor


def test_a_name_with_its_title_is_a_description_around_it() -> None:
    text = "President Ana Reyes spoke."
    mentions = [found(text, "President Ana Reyes", 0, form="name"), found(text, "Ana Reyes", 0, form="name")]

    report = resolve(text, {"Ana Reyes": "PER"}, mentions)

    assert [(m.span.of(text), m.form) for m in report.mentions] == [
        ("President Ana Reyes", "description"),
        ("Ana Reyes", "name"),
    ]
    assert len({m.actor for m in report.mentions}) == 1


def test_the_before_a_name_makes_no_mention_of_its_own() -> None:
    text = "The Orpel Group closed."
    mentions = [found(text, "The Orpel Group", 0, label="ORG")]

    report = resolve(text, {"Orpel Group": "ORG"}, mentions)

    assert [m.span.of(text) for m in report.mentions] == ["Orpel Group"]


def test_things_are_not_listed() -> None:
    text = "Ana Reyes bought the car."
    mentions = [found(text, "Ana Reyes", 0, form="name"), found(text, "the car", 1, label="OTHER")]

    report = resolve(text, {"Ana Reyes": "PER"}, mentions)

    assert [m.span.of(text) for m in report.mentions] == ["Ana Reyes"]


def test_he_in_what_somebody_is_said_to_have_said_is_the_speaker() -> None:
    text = "Tom Brandt left. Ivo Reyes said he had asked for rain."
    names = [Name(span_of(text, w), "PER", 0.9) for w in ("Tom Brandt", "Ivo Reyes")]
    mentions = (found(text, "Tom Brandt", 0, form="name"), found(text, "he", 0, form="pronoun"))
    outer, inner = span_of(text, "he had asked for rain"), span_of(text, "for rain")
    said = [
        Statement("s1", span_of(text, "Ivo Reyes"), None, (outer,), "indirect", "speech", False, "assertion", 0.9),
        Statement("s2", span_of(text, "he"), None, (inner,), "indirect", "speech", False, "demand", 0.9, "s1"),
    ]  # fmt: skip
    article = Article(id="r", text=text, language="en", frame=Frame())

    report = resolve_report(article, Analysis(tuple(said), tuple(names), mentions))

    meant = report.actors.statements
    assert meant["s2"].source == meant["s1"].source == listed(report, text, "Ivo Reyes").actor


@pytest.mark.parametrize(("pronoun", "is_her"), [("She", True), ("He", False)])
def test_a_pronoun_of_the_other_gender_is_not_whom_its_chain_names(pronoun: str, is_her: bool) -> None:
    text = f"Maria Reyes left Mirna. {pronoun} laughed."
    mentions = [found(text, "Maria Reyes", 0, form="name"), found(text, pronoun, 0, form="pronoun")]

    report = resolve(text, {"Maria Reyes": "PER"}, mentions)

    (reyes,) = report.actors.actors
    assert listed(report, text, pronoun).actor == (reyes.actor.id if is_her else None)
