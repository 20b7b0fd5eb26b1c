"""Quotations of a text, and which of them is which of another report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.stories.quoted import is_same_saying, pair_quotations, quotations_of


def test_a_quotation_that_a_cue_cuts_in_two_is_one() -> None:
    found = quotations_of(
        "“We came early,” Ana Brusko said on Monday, “and we saw it all.” The “old town” slept."
    )

    assert [q.words for q in found] == ["We came early, and we saw it all."]
    assert len(found[0].pieces) == 2


def test_a_new_sentence_is_a_new_quotation() -> None:
    found = quotations_of("“We came early,” Brusko said. Ruiz: “We were late again.”")

    assert [q.words for q in found] == ["We came early,", "We were late again."]


def test_pairs_tell_what_became_of_each() -> None:
    first = quotations_of(
        "“I will not pay the fine,” said Ruiz. “It is unjust to us.” He left. “Nobody came to the mill.”"
    )
    second = quotations_of("Ruiz: “I will pay the fine.” He said: “The mayor of Vessara should resign.”")

    pairs, gone, new = pair_quotations(first, second)

    assert [(p.first.words, p.variant.kind) for p in pairs] == [("I will not pay the fine,", "altered")]
    assert [q.words for q in gone] == ["It is unjust to us.", "Nobody came to the mill."]
    assert [q.words for q in new] == ["The mayor of Vessara should resign."]


def test_two_quotations_that_were_one() -> None:
    first = quotations_of("“The dam is safe for us. The mill will close in May,” Brusko said.")
    second = quotations_of(
        "“The dam is safe for us,” Brusko said. She went on. “The mill will close in May.”"
    )

    pairs, gone, new = pair_quotations(first, second)

    assert [p.variant.kind for p in pairs] == ["punctuation"]
    assert not gone
    assert not new


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab. ,“”"\n', max_size=200), st.text(alphabet='ab. ,“”"\n', max_size=200))
def test_every_quotation_is_paired_or_alone(one: str, other: str) -> None:
    first, second = quotations_of(one), quotations_of(other)

    pairs, gone, new = pair_quotations(first, second)

    for text, quotations, alone, side in ((one, first, gone, 0), (other, second, new, 1)):
        pieces = [p for q in quotations for p in q.pieces]
        paired = [p for pair in pairs for p in (pair.first, pair.second)[side].pieces]
        told = [*paired, *(p for q in alone for p in q.pieces)]
        # What is printed twice is told once.
        assert len(told) == len(set(told))
        assert set(told) <= set(pieces)
        assert all(0 <= p.start < p.end <= len(text) for p in pieces)


def test_what_a_report_prints_twice_is_told_once() -> None:
    first = quotations_of("“The dam is safe for us,” Brusko said.")
    second = quotations_of("“The dam is safe for us”\n\nBrusko spoke. “The dam is safe for us,” she said.")

    pairs, gone, new = pair_quotations(first, second)

    assert [p.variant.kind for p in pairs] == ["identical"] or [p.variant.kind for p in pairs] == [
        "punctuation"
    ]
    assert not gone
    assert not new


def test_sayings() -> None:
    told = "that the town would not empty the reservoir behind its old dam before winter"

    assert is_same_saying(told, "the town would not empty the reservoir behind its ancient dam before winter")
    assert is_same_saying(told, "the town would not empty the reservoir")
    assert not is_same_saying(told, "to close old dam before winter")
