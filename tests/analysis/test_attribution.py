"""Attributions: what the network's scores become, in pieces of the text."""

from __future__ import annotations

import pytest

from onrecord.analysis.attribution import Attribution, attributions_of, in_text_order
from onrecord.analysis.decoding import (
    CONTENT_BEGIN,
    CONTENT_INSIDE,
    SOURCE_BEGIN,
    SOURCE_INSIDE,
)
from onrecord.analysis.network import Network, encode_texts
from onrecord.analysis.pieces import Pieces, Tokenizer, cut_pieces
from onrecord.analysis.windows import cut_windows

# Pieces of the window: [CLS] the mayor said mills close .
TEXT = "The mayor said mills close."
CUE = {(3, 3): 6.0}
ROLES = {3: {1: SOURCE_BEGIN, 2: SOURCE_INSIDE, 4: CONTENT_BEGIN, 5: CONTENT_INSIDE}}


def find_attributions(texts: list[Pieces], network: Network) -> list[list[Attribution]]:
    found: list[list[Attribution]] = [[] for _ in texts]
    for batch in encode_texts(texts, network):
        for index, attribution in attributions_of(batch, texts, network):
            found[index].append(attribution)
    return [in_text_order(a) for a in found]


def test_spans_count_the_pieces_of_the_text(tokenizer: Tokenizer, scripted_network) -> None:
    (found,) = find_attributions([cut_pieces(TEXT, tokenizer)], scripted_network(CUE, ROLES))

    assert [(a.source, (a.cue.first, a.cue.last), a.content) for a in found] == [((0, 1), (2, 2), ((3, 4),))]


def test_labels_are_probabilities(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, ROLES, kind=4, attitude=1, negated=True)

    ((found,),) = find_attributions([cut_pieces(TEXT, tokenizer)], network)

    assert sum(found.kind) == pytest.approx(1)
    assert max(range(9), key=lambda i: found.kind[i]) == 4
    assert max(range(4), key=lambda i: found.attitude[i]) == 1
    assert found.negated > 0.9


def test_a_cue_without_content_is_no_attribution(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, {3: {1: SOURCE_BEGIN}})

    assert find_attributions([cut_pieces(TEXT, tokenizer)], network) == [[]]


def test_a_cue_without_source_is_one(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, {3: {4: CONTENT_BEGIN}})

    ((found,),) = find_attributions([cut_pieces(TEXT, tokenizer)], network)

    assert found.source is None


def test_the_special_tokens_play_no_role(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, {3: {0: SOURCE_BEGIN, 4: CONTENT_BEGIN, 7: CONTENT_BEGIN}})

    ((found,),) = find_attributions([cut_pieces(TEXT, tokenizer)], network)

    assert (found.source, found.content) == (None, ((3, 3),))


HEADED = "Mills close\n\nThe mayor said shops close."


def test_a_cue_of_the_body_takes_nothing_from_the_headline(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network({(5, 5): 6.0}, {5: {1: CONTENT_BEGIN, 6: CONTENT_BEGIN}})

    ((found,),) = find_attributions([cut_pieces(HEADED, tokenizer)], network)

    assert found.content == ((5, 5),)


def test_a_cue_of_the_headline_takes_nothing_from_the_body(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network({(1, 1): 6.0}, {1: {2: CONTENT_BEGIN, 6: CONTENT_BEGIN}})

    ((found,),) = find_attributions([cut_pieces(HEADED, tokenizer)], network)

    assert found.content == ((1, 1),)


def test_no_texts_give_no_lists(random_network) -> None:
    assert find_attributions([], random_network(1)) == []


def test_an_empty_text_keeps_its_place(tokenizer: Tokenizer, scripted_network) -> None:
    texts = [cut_pieces(t, tokenizer) for t in ("", TEXT, "")]

    found = find_attributions(texts, scripted_network(CUE, ROLES))

    assert [len(f) for f in found] == [0, 1, 0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_text_is_read_through_several_windows(tokenizer: Tokenizer, random_network, seed: int) -> None:
    pieces = cut_pieces("\n\n".join([f"Line {n}: {TEXT}" for n in range(120)]), tokenizer)

    (found,) = find_attributions([pieces], random_network(seed))

    assert len(cut_windows(pieces)) > 2
    ends = [-1, *[a.cue.last for a in found]]
    assert all(before < a.cue.first for before, a in zip(ends, found, strict=False))
    assert max(ends) > len(pieces) * 0.9
