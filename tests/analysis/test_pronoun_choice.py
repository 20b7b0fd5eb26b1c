"""Whom *he* and *she* mean, weighed over the persons of a text."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.decoding import Floats
from onrecord.analysis.first_names import first_name_gender
from onrecord.analysis.mention_features import read_mentions
from onrecord.analysis.mentions import MENTION_CLASSES
from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.analysis.pronoun_features import Weighed, weigh
from onrecord.analysis.pronouns import choose, lexicon, model, resolve_pronouns
from onrecord.article import Span


class Marked:
    """A text with its mentions; the head knows that all are persons, and nothing of who is the same one."""

    def __init__(self, text: str, *mentions: str | Span, same: tuple[tuple[int, int], ...] = ()) -> None:
        self.text = text
        at = 0
        spans = []
        for words in mentions:
            if isinstance(words, Span):
                spans.append(words)
                continue
            start = text.index(words, at)
            spans.append(Span(start, start + len(words)))
            at = start + 1
        self.spans = sorted(spans, key=lambda s: (s.start, -s.end))
        count = len(spans)
        self.words = read_mentions(text, self.spans, [])
        self.classes = np.zeros((count, len(MENTION_CLASSES)), dtype=np.float32)
        self.classes[:, MENTION_CLASSES.index("PER")] = 9.0
        self.chains = list(range(count))
        for earlier, later in same:
            self.chains[later] = earlier
        self.scores: list[Floats] = [np.zeros(m, dtype=np.float32) for m in range(count)]

    def weigh(self, tokenizer: Tokenizer) -> Weighed | None:
        pieces = cut_pieces(self.text, tokenizer)
        return weigh(
            self.text, pieces, self.spans, self.words, self.classes, self.chains, self.scores, lexicon()
        )

    def resolve(self, tokenizer: Tokenizer) -> list[int]:
        pieces = cut_pieces(self.text, tokenizer)
        return resolve_pronouns(
            self.text,
            pieces,
            self.spans,
            self.words,
            self.classes,
            np.zeros((len(self.spans), 96), dtype=np.float32),
            self.chains,
            self.scores,
        )


def test_without_he_and_she_chains_stay_as_the_head_has_them(tokenizer: Tokenizer) -> None:
    text = Marked("Ana Orpel spoke. They left with Orpel.", "Ana Orpel", "They", "Orpel", same=((0, 2),))
    assert text.weigh(tokenizer) is None
    assert text.resolve(tokenizer) == [0, 1, 0]


@pytest.mark.parametrize(("pronoun", "meant"), [("She", 0), ("He", 1)])
def test_first_names_tell_whom_a_pronoun_means(tokenizer: Tokenizer, pronoun: str, meant: int) -> None:
    text = Marked(
        f"Maria Orpel met John Tarn in the harbour office. {pronoun} left early.",
        "Maria Orpel",
        "John Tarn",
        pronoun,
    )
    assert text.resolve(tokenizer) == [0, 1, meant]


def test_who_is_called_mrs_twice_is_never_he(tokenizer: Tokenizer) -> None:
    text = Marked(
        "Mrs Orpel spoke. Mrs Orpel left. He stayed.", "Mrs Orpel", "Mrs Orpel", "He", same=((0, 1),)
    )
    weighed = text.weigh(tokenizer)
    assert weighed is not None
    assert len(weighed.owner) == 0
    assert text.resolve(tokenizer) == [0, 0, 2]


def test_a_name_behind_its_pronoun_can_be_meant(tokenizer: Tokenizer) -> None:
    text = Marked("In his youth, John Tarn sold maps.", "his", "John Tarn")
    assert text.resolve(tokenizer) == [0, 0]


def test_his_wife_is_not_whom_his_means(tokenizer: Tokenizer) -> None:
    text = Marked("John Tarn sold maps. His wife drew them.", "John Tarn", "His wife", Span(21, 24))
    weighed = text.weigh(tokenizer)
    assert weighed is not None
    assert weighed.person.tolist() == [0]


def test_pronouns_without_a_person_go_with_each_other(tokenizer: Tokenizer) -> None:
    text = Marked("She spoke. Then she left.", "She", "she")
    assert text.resolve(tokenizer) == [0, 0]


def test_a_chain_that_loses_its_first_pronoun_begins_with_the_next_mention(tokenizer: Tokenizer) -> None:
    text = Marked(
        "Maria Orpel spoke of the weather. She left. The captain stayed.",
        "Maria Orpel",
        "She",
        "The captain",
        same=((1, 2),),
    )
    chains = text.resolve(tokenizer)
    assert chains[0] == chains[1] == 0
    assert chains[2] in (0, 2)


def test_nobody_is_chosen_where_nobody_is_likelier() -> None:
    empty = np.empty(0)
    weighed = Weighed(
        np.array([3, 5]), np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0, 1, 1]), empty, empty
    )
    assert choose(weighed, np.array([0.5, 2.0, -1.0]), np.array([1.0, 0.0])) == [1, -1]


def test_weights_fit_the_features(tokenizer: Tokenizer) -> None:
    weighed = Marked("Ana Orpel spoke. She left.", "Ana Orpel", "She").weigh(tokenizer)
    assert weighed is not None
    scores, nobody = model().scores(weighed, np.zeros((2, 96), dtype=np.float32))
    assert weighed.features.shape == (1, len(model().straight))
    assert scores.shape == nobody.shape == (1,)


@pytest.mark.parametrize(
    ("name", "is_woman"), [("Maria", True), ("John", False), ("Natasha", True), ("Bernhard", False)]
)
def test_first_names_have_a_gender(name: str, is_woman: bool) -> None:
    assert abs(first_name_gender(name)) > 1
    assert (first_name_gender(name) > 0) == is_woman


def test_an_unknown_name_is_told_by_its_ending_and_a_bare_letter_by_nothing() -> None:
    assert first_name_gender("Zorbelina") > 0.3
    assert first_name_gender("X") == 0
