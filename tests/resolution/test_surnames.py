"""Persons who bear a place's name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.names import NAME_CLASSES, Name, NameClass
from onrecord.article import Span
from onrecord.resolution.gathering import gather
from onrecord.resolution.hidden_names import hide_names
from onrecord.resolution.names import NameMention
from onrecord.resolution.surnames import settle_surnames
from onrecord.resolution.worded import WordCoder

_MARK = re.compile(r"\[([A-Z]+) ([^\]]+)\]")


def read(marked: str) -> tuple[str, list[Name]]:
    """A text whose names are marked in it, *[PER Ana Li] spoke*."""
    text, names, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        label: NameClass = mark[1]  # type: ignore[assignment]
        names.append(Name(Span(len(text), len(text) + len(mark[2])), label, 0.9))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], names


def labels(marked: str) -> list[str]:
    return [n.label for n in settle_surnames(*read(marked))]


@pytest.mark.parametrize(
    "marked",
    [
        "[PER Chuck Jordan] was held. [LOC Jordan] was charged with theft.",
        "[PER Ruth Houston] opened the bridge. Reporters asked [LOC Houston] about it.",
        "[PER Dean Paris] left. [ORG Paris], 54, was tired.",
        "[LOC Dallas] Votes No\n\n[PER Kay Dallas] voted no on Monday.",
        "[PER Tom Washington Jr.] was shot. [LOC Washington] died of his wounds.",
    ],
)
def test_a_bare_surname_is_the_persons(marked: str) -> None:
    assert set(labels(marked)) == {"PER"}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[PER Chuck Jordan] was held in [LOC Jordan].", ["PER", "LOC"]),
        ("[PER Chuck Jordan] was held. [LOC Jordan]'s government was asked.", ["PER", "LOC"]),
        ("[PER Ruth Houston] drove to [LOC Houston], [LOC Texas].", ["PER", "LOC", "LOC"]),
        ("[LOC Jordan] shut its border. [PER Chuck Jordan] wept. [LOC Jordan] sent troops.", ["LOC", "PER", "LOC"]),
        ("[PER Chuck Jordan] met a [NORP Jordanian] spy. [LOC Jordan] said no.", ["PER", "NORP", "LOC"]),
        ("[PER Kay Orpel] left. [ORG Orpel] sold its ships.", ["PER", "ORG"]),
        ("[ORG Jordan Industries] was sold. [LOC Jordan] said no.", ["ORG", "LOC"]),
    ],
)  # fmt: skip
def test_what_stands_as_a_place_or_is_spoken_of_as_one_stays(marked: str, expected: list[str]) -> None:
    assert labels(marked) == expected


def test_a_title_makes_it_the_persons_whatever_else_is_spoken_of() -> None:
    marked = "[PER Chuck Jordan] was held in [LOC Jordan]. Mr. [LOC Jordan] said no. [LOC Jordan], 31, wept."
    assert labels(marked) == ["PER", "LOC", "PER", "PER"]


def test_a_doubtful_full_name_with_a_first_name_is_a_persons() -> None:
    text = "Ana Chile, a teacher, spoke. Chile said no."
    names = [Name(Span(0, 9), "LOC", 0.55), Name(Span(29, 34), "LOC", 0.9)]
    assert [n.label for n in settle_surnames(text, names)] == ["PER", "PER"]


def test_the_person_and_the_place_of_one_name_are_two_actors() -> None:
    text = "Chuck Jordan fled Jordan. Jordan wept."
    names = [(Span(0, 12), "PER"), (Span(18, 24), "LOC"), (Span(26, 32), "PER")]
    mentions = [NameMention(span, span.of(text), (), label) for span, label in names]
    actors = gather(text, mentions, []).actors
    assert [(a.name, a.type, a.is_place, len(a.mentions)) for a in actors] == [
        ("Chuck Jordan", "person", False, 2),
        ("Jordan", None, True, 1),
    ]


def test_a_hidden_name_tells_no_country_and_moves_nothing() -> None:
    text = "Chuck Jordan and Ana Orpel left Jordan."
    assert hide_names(text, [Span(0, 12), Span(17, 26)]) == "Chuck Xxxxxx and Ana Orpel left Jordan."


def test_words_are_of_the_place_that_is_meant_and_not_of_its_namesake() -> None:
    text = "Georgia lawmakers met Russian envoys."
    georgia = Span(0, 7)
    coder = WordCoder(hide_names(text, [georgia]), None, {georgia: "USA"})
    assert coder.code(Span(0, 17), Span(0, len(text))) == ("USA", "LEG")
    assert coder.code(Span(22, 36), Span(0, len(text))).country == "RUS"


@given(
    st.lists(
        st.tuples(st.sampled_from(["Jordan", "Ana Jordan", "in", "Mr.", ","]), st.sampled_from(NAME_CLASSES))
    )
)
def test_any_names_keep_their_places(words: list[tuple[str, NameClass]]) -> None:
    text, names = "", []
    for word, label in words:
        text += " "
        if word[0].isalpha() and word[0].isupper():
            names.append(Name(Span(len(text), len(text) + len(word)), label, 0.9))
        text += word
    settled = settle_surnames(text, names)
    assert [n.span for n in settled] == [n.span for n in names]
    assert len(hide_names(text, [n.span for n in names])) == len(text)
