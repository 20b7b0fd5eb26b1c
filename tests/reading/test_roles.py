"""Lines of a page judged in context: features, networks, and what the extractor left out."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.blocks import Block
from onrecord.reading.line_features import BUCKETS, MEASURES, line_features
from onrecord.reading.page_lines import find_blocks, judge_lines
from onrecord.reading.roles import (
    REACH,
    ROLES,
    Network,
    load_networks,
    pack_networks,
    role_probabilities,
    tell_roles,
    unpack_networks,
)

WIDTH = 2
SENTENCE = "The ferry to Varn will not sail before the storm has gone, the harbour master said"


def paragraph(text: str, *, tag: str = "p", hints: tuple[str, ...] = ("story", "body")) -> Block:
    return Block(text, tag, 0.0, frozenset({"article"}), hints)


def constant_network(role: str) -> Network:
    """A network that takes every line for one role."""

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, dtype=np.float32)

    bias = zeros(len(ROLES))
    bias[ROLES.index(role)] = 20
    window = (2 * REACH + 1) * 2 * WIDTH
    names = zeros(BUCKETS, WIDTH)
    names[0] = 1  # an empty table has no scale
    return Network(
        names,
        zeros(MEASURES, WIDTH),
        zeros(WIDTH),
        zeros(MEASURES, WIDTH),
        zeros(WIDTH),
        zeros(window, 2 * WIDTH),
        zeros(2 * WIDTH),
        zeros(window, 2 * WIDTH),
        zeros(2 * WIDTH),
        zeros(6 * WIDTH, len(ROLES)),
        bias,
    )


def test_no_lines_are_judged_as_none():
    assert tell_roles([], []) == []


@given(st.lists(st.text(alphabet="aBßΣİ1:. -“”@|", max_size=40), min_size=1, max_size=5))
def test_the_words_of_a_line_are_the_same_whatever_lines_stand_around_it(texts: list[str]):
    lines = [paragraph(text) for text in texts]
    together = line_features(lines, [True] * len(lines))
    alone = [line_features([line], [True]) for line in lines]

    assert together.buckets.tolist() == [bucket for one in alone for bucket in one.buckets.tolist()]
    assert together.sizes.tolist() == [one.sizes[0] for one in alone]
    assert (together.measures[:, :22] == np.concatenate([one.measures[:, :22] for one in alone])).all()
    assert together.buckets.min() >= 0
    assert together.buckets.max() < BUCKETS


def test_paragraphs_are_text_and_a_list_of_links_is_not():
    links = [
        Block(name, "li", 1.0, frozenset({"nav"}), ("menu", "nav"))
        for name in ("Home", "World", "Sport", "Weather")
    ]
    lines = [*links, *(paragraph(f"{SENTENCE} {day}.") for day in ("on Monday", "on Tuesday", "at noon"))]
    judged = tell_roles(lines, [False] * 4 + [True] * 3)
    assert all(j.text > 0.5 for j in judged[4:])
    assert all(j.furniture > 0.5 for j in judged[:4])


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.builds(
                Block,
                st.text(min_size=1, max_size=80),
                st.sampled_from(["", "p", "li", "x-card"]),
                st.floats(0, 1),
                st.frozensets(st.sampled_from(["article", "nav"])),
                st.lists(st.text(max_size=5), max_size=12).map(tuple),
            ),
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_lines_are_judged_and_probabilities_are_such(rows: list[tuple[Block, bool]]):
    lines, taken = [r[0] for r in rows], [r[1] for r in rows]
    features = line_features(lines, taken)
    assert np.isfinite(features.measures).all()
    assert features.sizes.min() > 0
    assert features.sizes.sum() == len(features.buckets)
    likely = role_probabilities(features, load_networks())
    assert likely.shape == (len(lines), len(ROLES))
    assert np.allclose(likely.sum(axis=1), 1, atol=1e-4)


def test_packing_keeps_what_networks_think():
    features = line_features([paragraph(SENTENCE), paragraph("Read more")], [True, False])
    networks = load_networks()
    again = unpack_networks(pack_networks(networks))
    assert np.allclose(role_probabilities(features, networks), role_probabilities(features, again), atol=1e-3)


@pytest.mark.parametrize(
    ("paragraphs", "blocks", "found"),
    [
        (["One two", "Three"], ["One two", "x", "Three"], [[0], [2]]),
        (["Same", "Same"], ["Same", "x", "Same"], [[0], [2]]),
        (["One two three four"], ["One two", "three", "four"], [[0, 1, 2]]),
        (["the long part of a block"], ["x", "Here is the long part of a block again"], [[1]]),
        (["a b"], ["what a b is"], [[]]),
        (["not there", "One"], ["One"], [[], [0]]),
        (["…"], ["…"], [[]]),
        ([], ["One"], []),
    ],
    ids=["whole", "twice", "joined", "part", "short part", "unknown", "no words", "nothing"],
)  # fmt: skip
def test_a_paragraph_is_found_in_its_blocks(paragraphs: list[str], blocks: list[str], found: list[list[int]]):
    assert find_blocks(paragraphs, [paragraph(b) for b in blocks]) == found


def left_out(extra: Block, network: Network) -> bool:
    """Is a block that the extractor left out, between two that it took, among the lines?"""
    first, last = paragraph(f"{SENTENCE} on Monday."), paragraph(f"{SENTENCE} again.")
    lines = judge_lines([first.text, last.text], [first, extra, last], [network])
    texts = [line.text for line in lines if not line.cut]
    assert [t for t in texts if t != extra.text] == [first.text, last.text]
    return extra.text in texts and texts.index(extra.text) == 1


@given(st.lists(st.text(alphabet="aBΣ1 .\n", max_size=12), max_size=6))
def test_lines_are_found_by_their_words_whatever_else_is_in_them(texts: list[str]):
    """Each line with words is found in the first block of the same words from there on."""
    blocks = [paragraph(text.lower()) for text in texts]
    for n, text in enumerate(texts):
        words = re.findall(r"\w+", text.lower())
        same = [k for k, other in enumerate(texts) if re.findall(r"\w+", other.lower()) == words]

        assert find_blocks([text], blocks) == ([same[:1]] if words else [[]]), n


def test_text_that_the_extractor_left_out_is_taken_in_at_its_place():
    assert left_out(paragraph(f"{SENTENCE} twice."), constant_network("text"))


@pytest.mark.parametrize(
    ("extra", "role"),
    [
        (paragraph(f"{SENTENCE} twice."), "related"),
        (paragraph(f"{SENTENCE} twice.", hints=("teaser",)), "text"),
        (paragraph("Too short"), "text"),
    ],
    ids=["furniture", "another container", "a label"],
)
def test_other_lines_stay_out(extra: Block, role: str):
    assert not left_out(extra, constant_network(role))


@pytest.mark.parametrize(
    ("extra", "role", "why"),
    [
        (paragraph("Ferry fares rise in Orvale"), "related", "related story"),
        (paragraph("Advertisement"), "text", "advertisement"),
        (paragraph("By Ana Reyes"), "byline", "byline"),
        (paragraph("Too short"), "text", "left out by the extractor"),
    ],
)
def test_what_stays_out_is_a_line_to_be_cut_with_its_reason(extra: Block, role: str, why: str):
    first, last = paragraph(f"{SENTENCE} on Monday."), paragraph(f"{SENTENCE} again.")

    lines = judge_lines([first.text, last.text], [first, extra, last], [constant_network(role)])

    assert [(line.text, line.cut) for line in lines] == [
        (first.text, None),
        (extra.text, why),
        (last.text, None),
    ]


@pytest.mark.parametrize("extra", ["on Monday", "…", "sent to the town"])
def test_parts_of_the_paragraphs_around_are_not_cut(extra: str):
    first, last = paragraph(f"{SENTENCE} on Monday sent to the town."), paragraph(f"{SENTENCE} again.")

    lines = judge_lines([first.text, last.text], [first, paragraph(extra), last], [constant_network("menu")])

    assert [line.text for line in lines] == [first.text, last.text]


def test_paragraphs_keep_their_order_where_the_page_has_another():
    blocks = [paragraph("Second, it rained."), paragraph("First, it snowed.")]
    lines = judge_lines(["First, it snowed.", "Second, it rained."], blocks, [constant_network("menu")])
    assert [line.text for line in lines] == ["First, it snowed.", "Second, it rained."]
