"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.sentences import Sentences, sentence_around
from onrecord.article import Span


def sentences(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        sentence = Sentences(text).around(Span(at, at + 1))
        if sentence.of(text) not in found:
            found.append(sentence.of(text))
        at = max(at, sentence.end) + 1
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Guards left. Žana Roe stayed.",
        "Guards left. Łuka Roe stayed.",
        "Guards left. Ирина Ро осталась.",
        "Guards left. محمد stayed.",
        "Guards left. 李伟 stayed.",
        "Guards left the U.S. The rest stayed.",
        "Guards left Velm Corp. They had no pay.",
        "Guards left at 5 p.m. Nurses stayed.",
        "Guards said no. Nurses stayed.",
        "“Leave!” (Nobody did.)",
        "Guards left\nNurses stayed",
        "Guards left\n\nnobody stayed",
    ],
)
def test_two_sentences(text: str) -> None:
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Capt. Ana Roe of the Velm Guards left.",
        "Maj. Gen. Ana Roe and Prof. Lin Dell left.",
        "Velm Corp. Chairman Ana Roe left.",
        "Guards left at 5 p.m. Friday.",
        "Guards left at 11 a.m. Moscow time.",
        "Guards left on Sept. 5 for the U.S. Embassy.",
        "Guards of No. 5 Hut left.",
        "Ž. Roe left.",
        "Guards arrested 14\nnurses in Orvik\non Friday.",
        "“Leave!” shouted the guards.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_what_runs_over_two_sentences_has_both() -> None:
    text = "One left. Two stayed. Three came."

    assert sentence_around(text, Span(4, 14)).of(text) == "One left. Two stayed."


@given(st.text(alphabet="aŽ. \n!“”5x,م", max_size=60))
def test_every_word_lies_in_one_sentence_without_blanks_at_its_ends(text: str) -> None:
    cut, before = Sentences(text), 0
    for at in range(len(text)):
        sentence = cut.around(Span(at, at + 1))
        if not text[at].isspace():
            assert sentence.start <= at < sentence.end
            assert cut.hold(Span(at, at + 1))
        assert sentence.of(text).strip() == sentence.of(text)
        assert sentence.start >= before
        before = sentence.start
