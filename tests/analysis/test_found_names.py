"""Names: exact spans of what the network tags, whatever it tags."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.names import Name, NamePieces, to_names
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Tokenizer, cut_pieces

OPTIONS = AnalysisOptions()
WORDS = "the Orpel Group ’s Kaya Brandt , “ ” ' ) ( . Li's Al-Orpel U.S. café \n \n\n İ ﬁ"
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=80).map(" ".join), st.text(max_size=150)
)


def find_names(text: str, network, tokenizer: Tokenizer) -> tuple[Name, ...]:
    return analyse_texts([text], network, tokenizer, UNCALIBRATED, OPTIONS)[0].names


def test_a_name_is_the_characters_of_its_pieces(tokenizer: Tokenizer, scripted_network) -> None:
    # [CLS] kay ##a brand ##t spoke : the pieces of the name are those of its words.
    text = "Kaya Brandt spoke"
    last = int((cut_pieces(text, tokenizer).start < len("Kaya Brandt")).sum())
    network = scripted_network({}, {}, names={(1, last): "PER"})

    (name,) = find_names(text, network, tokenizer)

    assert (name.span.of(text), name.label) == ("Kaya Brandt", "PER")
    assert name.probability > 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the Orpel Group", "Orpel Group", id="article"),
        pytest.param("Kaya Brandt's", "Kaya Brandt", id="possessive"),
        pytest.param("Orpel’s", "Orpel", id="curly possessive"),
        pytest.param("“Orpel”", "Orpel", id="marks"),
        pytest.param("Orpel Corp.", "Orpel Corp.", id="point of its own"),
        pytest.param("Orpel)", "Orpel", id="bracket of the text"),
        pytest.param("Orpel (OSTO)", "Orpel (OSTO)", id="bracket of its own"),
    ],
)
def test_a_name_leaves_out_what_is_not_of_it(tokenizer: Tokenizer, text: str, expected: str) -> None:
    pieces = cut_pieces(text, tokenizer)

    (name,) = to_names(text, pieces, [NamePieces(0, len(pieces) - 1, "ORG", 0.9)])

    assert name.span.of(text) == expected


def test_marks_alone_are_no_name(tokenizer: Tokenizer) -> None:
    assert to_names("”,", cut_pieces("”,", tokenizer), [NamePieces(0, 1, "PER", 0.9)]) == []


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.integers(0, 10_000))
def test_names_are_in_order_apart_and_not_empty(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    names = find_names(text, random_network(seed), tokenizer)

    assert all(0 <= n.span.start < n.span.end <= len(text) for n in names)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(names))
    assert all(any(c.isalnum() for c in n.span.of(text)) and 0 <= n.probability <= 1.001 for n in names)


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 1000))
def test_names_do_not_depend_on_company(
    tokenizer: Tokenizer, random_network, texts: list[str], seed: int
) -> None:
    network = random_network(seed)

    together = analyse_texts(texts, network, tokenizer, UNCALIBRATED, OPTIONS)

    assert [a.names for a in together] == [find_names(t, network, tokenizer) for t in texts]
