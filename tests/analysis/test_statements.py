"""Statements: whatever the network says, they are exact, in order and well nested."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED, Calibration
from onrecord.analysis.decoding import (
    CONTENT_BEGIN,
    CONTENT_INSIDE,
    SOURCE_BEGIN,
    SOURCE_INSIDE,
)
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.analysis.statements import Statement
from onrecord.article import Span

OPTIONS = AnalysisOptions(begin_bonus=1.0)

WORDS = (
    "the mayor said “mills close, ” and . ‘ ’ \" „ « » — ' Ana told us: they ‘ask’ ’90s U.S. \n \n\n İ ﬁ 👩‍🚒"
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=120).map(" ".join),
    st.text(max_size=200),
)
SEEDS = st.integers(0, 10_000)


def find_statements(texts: list[str], network, tokenizer: Tokenizer, calibration, options):
    return [list(a.statements) for a in analyse_texts(texts, network, tokenizer, calibration, options)]


def outer_of(statement: Statement, by_id: dict[str, Statement]) -> list[str]:
    """The ids of all statements around one, from the inside."""
    ids: list[str] = []
    while statement.within is not None:
        assert statement.within not in ids
        ids.append(statement.within)
        statement = by_id[statement.within]
    return ids


def characters(statement: Statement) -> set[int]:
    return {i for c in statement.content for i in range(c.start, c.end)}


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_spans_are_in_range_and_not_empty(tokenizer: Tokenizer, random_network, text: str, seed: int) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    for s in found:
        for span in (s.source, s.cue, *s.content):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert s.content


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_no_cue_or_source_is_a_part_of_a_word(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    for s in found:
        for at in [edge for span in (s.cue, s.source) if span for edge in (span.start, span.end)]:
            assert at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_contents_of_one_statement_are_in_order_and_apart(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    for s in found:
        assert all(a.end <= b.start for a, b in zip(s.content, s.content[1:], strict=False))


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_ids_are_unique_and_in_order(tokenizer: Tokenizer, random_network, text: str, seed: int) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    assert [s.id for s in found] == [f"s{i}" for i in range(1, len(found) + 1)]


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_nesting_has_no_circle(tokenizer: Tokenizer, random_network, text: str, seed: int) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    by_id = {s.id: s for s in found}
    for s in found:
        assert s.id not in outer_of(s, by_id)


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_the_cue_of_a_nested_statement_stands_in_the_content_around_it(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    by_id = {s.id: s for s in found}
    for s in found:
        if s.within:
            assert s.cue is not None
            assert any(c.holds(s.cue) for c in by_id[s.within].content)


@settings(max_examples=120, deadline=None)
@given(TEXTS, SEEDS)
def test_outer_statements_share_no_content(
    tokenizer: Tokenizer, random_network, text: str, seed: int
) -> None:
    (found,) = find_statements([text], random_network(seed), tokenizer, UNCALIBRATED, OPTIONS)

    outer = [s for s in found if s.within is None]
    for i, one in enumerate(outer):
        for other in outer[i + 1 :]:
            assert not characters(one) & characters(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5), SEEDS)
def test_company_in_a_batch_changes_nothing(
    tokenizer: Tokenizer, random_network, texts: list[str], seed: int
) -> None:
    network = random_network(seed)

    together = find_statements(texts, network, tokenizer, UNCALIBRATED, OPTIONS)

    alone = [find_statements([t], network, tokenizer, UNCALIBRATED, OPTIONS)[0] for t in texts]
    assert together == alone


# Pieces of the window: [CLS] the mayor said “ mills close , ” and she left .
QUOTE = "The mayor said “mills close,” and she left."
CUE = {(3, 3): 6.0}


def one(tokenizer: Tokenizer, network: object, text: str) -> Statement:
    ((statement,),) = find_statements([text], network, tokenizer, UNCALIBRATED, OPTIONS)  # type: ignore[arg-type]
    return statement


def test_statement_spans_point_at_the_characters(tokenizer: Tokenizer, scripted_network) -> None:
    roles = {3: {1: SOURCE_BEGIN, 2: SOURCE_INSIDE, 5: CONTENT_BEGIN, 6: CONTENT_INSIDE}}

    found = one(tokenizer, scripted_network(CUE, roles), QUOTE)

    assert found.source is not None
    assert found.cue is not None
    assert found.source.of(QUOTE) == "The mayor"
    assert found.cue.of(QUOTE) == "said"
    assert [c.of(QUOTE) for c in found.content] == ["“mills close,”"]


def test_statement_in_marks_is_direct(tokenizer: Tokenizer, scripted_network) -> None:
    roles = {3: {5: CONTENT_BEGIN, 6: CONTENT_INSIDE}}

    assert one(tokenizer, scripted_network(CUE, roles), QUOTE).quotation == "direct"


def test_statement_partly_in_marks_is_mixed(tokenizer: Tokenizer, scripted_network) -> None:
    roles = {3: dict.fromkeys(range(6, 12), CONTENT_INSIDE) | {5: CONTENT_BEGIN}}

    assert one(tokenizer, scripted_network(CUE, roles), QUOTE).quotation == "mixed"


def test_contents_that_only_a_mark_keeps_apart_are_one(tokenizer: Tokenizer, scripted_network) -> None:
    text = "The mayor said “mills” “close” now."
    roles = {3: {5: CONTENT_BEGIN, 8: CONTENT_BEGIN}}

    found = one(tokenizer, scripted_network(CUE, roles), text)

    assert [c.of(text) for c in found.content] == ["“mills” “close”"]


def test_labels_are_the_words_of_the_contract(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, {3: {5: CONTENT_BEGIN}}, kind=2, attitude=3, negated=True)

    found = one(tokenizer, network, QUOTE)

    assert (found.kind, found.attitude, found.negated) == ("demand", "perception", True)


@pytest.mark.parametrize(
    ("text", "least", "count"),
    [
        pytest.param(QUOTE.replace("“", "").replace("”", ""), 0.4, 1, id="sure enough"),
        pytest.param(QUOTE.replace("“", "").replace("”", ""), 0.99, 0, id="unsure"),
        pytest.param(QUOTE, 0.99, 0, id="unsure, in quotation marks"),
    ],
)
def test_statements_under_the_least_confidence_are_left_out(
    tokenizer: Tokenizer, scripted_network, text: str, least: float, count: int
) -> None:
    network = scripted_network({(3, 3): 1.0}, {3: {5: CONTENT_BEGIN}})
    options = AnalysisOptions(min_confidence=least)

    (found,) = find_statements([text], network, tokenizer, UNCALIBRATED, options)

    assert len(found) == count


def test_the_calibration_gives_the_confidence(tokenizer: Tokenizer, scripted_network) -> None:
    network = scripted_network(CUE, {3: {5: CONTENT_BEGIN}})
    even = Calibration(cue=0, content=0, source=0, constant=0)

    ((found,),) = find_statements([QUOTE], network, tokenizer, even, OPTIONS)

    assert found.confidence == 0.5


# Pieces: [CLS] ana said tom said mills close .
NESTED = "Ana said Tom said mills close."
BOTH = {(2, 2): 6.0, (4, 4): 6.0}


def test_a_statement_whose_cue_stands_in_a_content_lies_within_it(
    tokenizer: Tokenizer, scripted_network
) -> None:
    roles = {
        2: {1: SOURCE_BEGIN, 3: CONTENT_BEGIN, 4: CONTENT_INSIDE, 5: CONTENT_INSIDE, 6: CONTENT_INSIDE},
        4: {3: SOURCE_BEGIN, 5: CONTENT_BEGIN, 6: CONTENT_INSIDE},
    }

    (found,) = find_statements([NESTED], scripted_network(BOTH, roles), tokenizer, UNCALIBRATED, OPTIONS)

    assert [(s.id, s.within, s.content) for s in found] == [
        ("s1", None, (Span(9, 29),)),
        ("s2", "s1", (Span(18, 29),)),
    ]


def test_of_two_outer_statements_the_surer_one_keeps_what_both_claim(
    tokenizer: Tokenizer, scripted_network
) -> None:
    # Pieces: [CLS] ana said mills close , tom said . Both cues claim the mills.
    text = "Ana said mills close, Tom said."
    roles = {2: {3: CONTENT_BEGIN, 4: CONTENT_INSIDE}, 7: {3: CONTENT_BEGIN, 4: CONTENT_INSIDE}}
    network = scripted_network({(2, 2): 3.0, (7, 7): 6.0}, roles)

    (found,) = find_statements([text], network, tokenizer, UNCALIBRATED, OPTIONS)

    assert [s.cue and s.cue.start for s in found] == [26]


def test_what_is_left_of_a_shared_content_keeps_its_statement(tokenizer: Tokenizer, scripted_network) -> None:
    # Pieces: [CLS] ana said big old mills close , tom said .
    text = "Ana said big old mills close, Tom said."
    roles = {
        2: {3: CONTENT_BEGIN, 4: CONTENT_INSIDE, 5: CONTENT_INSIDE},
        9: {5: CONTENT_BEGIN, 6: CONTENT_INSIDE},
    }
    network = scripted_network({(2, 2): 3.0, (9, 9): 6.0}, roles)

    (found,) = find_statements([text], network, tokenizer, UNCALIBRATED, OPTIONS)

    assert [[c.of(text).strip() for c in s.content] for s in found] == [["big old"], ["mills close"]]


def test_a_quotation_that_nobody_else_claims_stays(tokenizer: Tokenizer, scripted_network) -> None:
    text = "“Rain,” Ana said. “Mills close in the old town,” Tom said."

    def at(words: str) -> int:
        return len(cut_pieces(words, tokenizer)) + 1

    ana, tom = at("“Rain,” Ana"), at("“Rain,” Ana said. “Mills close in the old town,” Tom")
    mills = range(at("“Rain,” Ana said."), at("“Rain,” Ana said. “Mills close in the old town,”"))
    quotation = dict.fromkeys(mills, CONTENT_INSIDE) | {mills[0]: CONTENT_BEGIN}
    rain = dict.fromkeys(range(1, at("“Rain,”")), CONTENT_INSIDE) | {1: CONTENT_BEGIN}
    network = scripted_network({(ana, ana): 3.0, (tom, tom): 6.0}, {ana: rain | quotation, tom: quotation})

    (found,) = find_statements([text], network, tokenizer, UNCALIBRATED, OPTIONS)

    assert [[c.of(text) for c in s.content] for s in found] == [
        ["“Rain,”"],
        ["“Mills close in the old town,”"],
    ]


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        # Pieces: [CLS] orr el wrote in the una ff ord ability crisis of mills .
        pytest.param(
            "Orrel wrote in the unaffordability crisis of mills.",
            (3, 7),
            (10, 12),
            "wrote in the unaffordability",
            id="nobody else's",
        ),
        # Pieces: [CLS] orr el hid an una ff ord ability crisis .
        pytest.param(
            "Orrel hid an unaffordability crisis.", (3, 6), (7, 9), "hid an", id="a word of the content"
        ),
    ],
)
def test_the_last_word_of_a_cue_is_whole_or_left_out(
    tokenizer: Tokenizer,
    scripted_network,
    text: str,
    cue: tuple[int, int],
    content: tuple[int, int],
    expected: str,
) -> None:
    roles = {content[0]: CONTENT_BEGIN} | dict.fromkeys(range(content[0] + 1, content[1] + 1), CONTENT_INSIDE)

    found = one(tokenizer, scripted_network({cue: 6.0}, {cue[0]: roles}), text)

    assert found.cue is not None
    assert found.cue.of(text) == expected


def test_a_content_is_whole_words(tokenizer: Tokenizer, scripted_network) -> None:
    text = "The mayor said mills have unaffordability problems."
    cut = len(cut_pieces("mills have unaffordability", tokenizer)) - 1
    roles = {3: dict.fromkeys(range(5, 4 + cut), CONTENT_INSIDE) | {4: CONTENT_BEGIN}}

    found = one(tokenizer, scripted_network(CUE, roles), text)

    assert [c.of(text) for c in found.content] == ["mills have unaffordability"]


def test_a_source_that_is_nobody_said_nothing(tokenizer: Tokenizer, scripted_network) -> None:
    text = "No official said the dam was safe."
    roles = {3: {1: SOURCE_BEGIN, 2: SOURCE_INSIDE, 4: CONTENT_BEGIN, 5: CONTENT_INSIDE}}

    assert one(tokenizer, scripted_network({(3, 3): 6.0}, roles), text).negated


def test_a_quotation_of_several_paragraphs_is_said_by_whoever_says_its_end(
    tokenizer: Tokenizer, scripted_network
) -> None:
    text = "“It rains.\n\n“It snows,” Orrel said."
    at = len(cut_pieces("“It rains.\n\n“It snows,” Orrel", tokenizer)) + 1
    first = len(cut_pieces("“It rains.\n\n", tokenizer)) + 1
    roles = {at: {first: CONTENT_BEGIN, first + 1: CONTENT_INSIDE, first + 2: CONTENT_INSIDE}}

    found = one(tokenizer, scripted_network({(at, at): 6.0}, roles), text)

    assert [c.of(text) for c in found.content] == ["“It rains.\n\n“It snows,”"]
