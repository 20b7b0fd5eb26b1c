"""Mentions and their chains: what the network's scores become, in characters of the text."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.mention_features import PRONOUN_CLASSES, SIZES, Said, pair_numbers, read_mentions
from onrecord.analysis.mentions import FoundMention, MentionPieces, in_reading_order
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.article import Span

OPTIONS = AnalysisOptions()
TEXT = "The mayor spoke. She left."


def find_mentions(text: str, network, tokenizer: Tokenizer) -> tuple[FoundMention, ...]:
    return analyse_texts([text], network, tokenizer, UNCALIBRATED, OPTIONS)[0].mentions


def test_mentions_of_one_are_a_chain(tokenizer: Tokenizer, scripted_network) -> None:
    # [CLS] the mayor spoke . she left .
    network = scripted_network({}, {}, mentions=[(1, 2), (5, 5)], same={(1, 0)})

    found = find_mentions(TEXT, network, tokenizer)

    assert [(m.span.of(TEXT), m.form, m.chain) for m in found] == [
        ("The mayor", "description", 0),
        ("She", "pronoun", 0),
    ]


def test_mentions_of_two_are_two_chains(tokenizer: Tokenizer, scripted_network) -> None:
    text = "The mayor spoke. They left."
    network = scripted_network({}, {}, mentions=[(1, 2), (5, 5)])

    assert [m.chain for m in find_mentions(text, network, tokenizer)] == [0, 1]


def test_a_mention_lies_in_another(tokenizer: Tokenizer, scripted_network) -> None:
    text = "Mayor Li spoke."
    end = int((cut_pieces(text, tokenizer).start < len("Mayor Li")).sum())
    network = scripted_network({}, {}, mentions=[(1, end), (end, end)], same={(1, 0)})

    assert [m.span.of(text) for m in find_mentions(text, network, tokenizer)] == ["Mayor Li", "Li"]


def test_a_mention_ends_with_a_word(tokenizer: Tokenizer, scripted_network) -> None:
    text = "محمد علي left."

    (mention,) = find_mentions(text, scripted_network({}, {}, mentions=[(2, 5)]), tokenizer)

    assert mention.span.of(text) in ("محمد", "محمد علي")


def test_what_runs_into_the_next_sentence_is_no_mention(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network({}, {}, mentions=[(1, 2), (1, 5)])

    assert [m.span.of(TEXT) for m in find_mentions(TEXT, network, tokenizer)] == ["The mayor"]


def piece(first: int, last: int, score: float) -> MentionPieces:
    return MentionPieces(first, last, score, np.zeros(2, dtype=np.float32))


def test_of_crossing_mentions_the_surer_stays() -> None:
    kept = in_reading_order([piece(0, 5, 1.0), piece(3, 8, 2.0), piece(4, 5, 0.5)])

    assert [(m.first, m.last) for m in kept] == [(3, 8), (4, 5)]


def test_the_longer_of_two_that_begin_together_comes_first() -> None:
    kept = in_reading_order([piece(2, 2, 1.0), piece(2, 6, 1.0), piece(0, 9, 1.0)])

    assert [(m.first, m.last) for m in kept] == [(0, 9), (2, 6), (2, 2)]


WORDS = "the Orpel Group ’s Kaya Brandt , she “ ” ' I ) ( . who café \n \n\n İ"
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=80).map(" ".join), st.text(max_size=150)
)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(0, 10_000))
def test_mentions_are_in_order_uncrossed_and_in_a_chain_before_them(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    found = find_mentions(text, random_network(seed), tokenizer)

    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
    assert [m.span for m in found] == sorted((m.span for m in found), key=lambda s: (s.start, -s.end))
    assert all(m.chain <= n and found[m.chain].chain == m.chain for n, m in enumerate(found))
    for a, b in itertools.combinations((m.span for m in found), 2):
        assert not (a.start < b.start < a.end < b.end)


@settings(max_examples=25, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 1000))
def test_mentions_do_not_depend_on_company(
    tokenizer: Tokenizer, random_network, texts: list[str], seed: int
) -> None:
    network = random_network(seed)

    together = analyse_texts(texts, network, tokenizer, UNCALIBRATED, OPTIONS)

    assert [a.mentions for a in together] == [find_mentions(t, network, tokenizer) for t in texts]


def numbers(text: str, *words: str, said: tuple[Said, ...] = ()) -> list[int]:
    """The answers for the last of two mentions and the first."""
    at, spans = 0, []
    for word in words:
        at = text.index(word, at)
        spans.append(Span(at, at + len(word)))
        at += len(word)
    mentions = read_mentions(text, spans, said)
    return pair_numbers(mentions, np.array([1]), np.array([0]))[0].tolist()


@pytest.mark.parametrize(
    ("text", "first", "second", "relation"),
    [
        pytest.param("The mayor and the mayor", "The mayor", "the mayor", 1, id="same words"),
        pytest.param("Ana Li met Mr Li", "Ana Li", "Mr Li", 2, id="same head"),
        pytest.param("Li Holding and Li", "Li Holding", "Li", 3, id="head within"),
        pytest.param("Orpel Trade Union and the OTU", "Orpel Trade Union", "OTU", 5, id="acronym"),
        pytest.param("Ana Li met Tom Ray", "Ana Li", "Tom Ray", 0, id="nothing in common"),
        pytest.param("the head of Orpel and the head of Mirna", "the head of Orpel", "the head of Mirna", 2, id="head before of"),
    ],
)  # fmt: skip
def test_words_in_common(text: str, first: str, second: str, relation: int) -> None:
    assert numbers(text, first, second)[0] // 9 == relation


def test_the_source_of_a_quotation_is_told_from_others() -> None:
    text = "Li said: “I won.” Ray said: “I lost.”"
    said = (Said((Span(9, 17),), Span(0, 2)), Said((Span(28, 37),), Span(18, 21)))

    of_source = numbers(text, "Li", "I", said=said)[6] // (len(PRONOUN_CLASSES) + 1)
    of_other = numbers(text, "Li", "I lost".removesuffix(" lost") + " lost", said=said)[6] // (
        len(PRONOUN_CLASSES) + 1
    )

    assert (of_source, of_other) == (5, 1)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_every_answer_is_below_its_size(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(place, place), max_size=8))
    spans = sorted({Span(min(a, b), max(a, b)) for a, b in pairs if a != b}, key=lambda s: (s.start, -s.end))
    mentions = read_mentions(text, spans, [Said((s,), s) for s in spans[:2]])
    at, before = np.tril_indices(len(spans), -1)

    answers = pair_numbers(mentions, at, before)

    assert answers.shape == (len(at), len(SIZES))
    assert ((answers >= 0) & (answers < np.array(SIZES))).all()
    # Nor does it depend on the pairs that are asked with it.
    alone = [pair_numbers(mentions, at[n : n + 1], before[n : n + 1]) for n in range(len(at))]
    assert answers.tolist() == [row for one in alone for row in one.tolist()]


@pytest.mark.parametrize(
    ("between", "apart"),
    [
        (" left. ", 1),
        (" left.” ", 1),
        (" of the U.S. ", 0),
        (", Mr. ", 0),
        (" of the U.S.\nthe ", 1),
        (" left?! ", 1),
    ],
)
def test_sentences_between_two_mentions(between: str, apart: int) -> None:
    assert numbers(f"Orpel{between}Mirna", "Orpel", "Mirna")[3] == apart * 3
