"""Reports of the same events: which pairs are negatives, and the passages that they are cut into."""

from __future__ import annotations

from itertools import cycle, repeat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.evaluation.same_event import (
    EventRow,
    are_near,
    common_text,
    cut_passages,
    pairs_of_topics,
    read_events,
    whole,
    without_near,
)

NEAR = EventRow("a", "", 1, "1-a", [("b", 0.4)])
B, C = (EventRow(id, "", 1, "1-b") for id in "bc")
OTHER = EventRow("d", "", "fire", "fire-a")


def cut(text: str, *lengths: int) -> list[str]:
    return [p.text for p in cut_passages(text, cycle(lengths))]


def test_reports_are_near_whichever_of_them_says_so():
    assert are_near(NEAR, B)
    assert are_near(B, NEAR)
    assert not are_near(NEAR, C)


def test_of_reports_near_each_other_the_first_is_kept():
    assert [row.id for row in without_near([NEAR, B, C])] == ["a", "c"]
    assert [row.id for row in without_near([B, NEAR, C])] == ["b", "c"]


def test_pairs_are_of_one_topic_and_never_near():
    assert [(a.id, b.id) for a, b in pairs_of_topics([NEAR, OTHER, B, C])] == [("a", "c"), ("b", "c")]


def test_sentences_are_put_together_until_a_passage_is_long_enough():
    text = "The dam broke. Nobody was hurt.\nThe mayor came on Monday. She left."
    assert cut(text, 5) == ["The dam broke. Nobody was hurt.", "The mayor came on Monday."]
    assert cut(text, 3) == [
        "The dam broke.",
        "Nobody was hurt.",
        "The mayor came on Monday.",
        "She left.",
    ]


def test_lengths_are_taken_in_turn():
    assert cut("One two. Three four. Five six. Seven eight.", 2, 4) == [
        "One two.",
        "Three four. Five six.",
        "Seven eight.",
    ]


def test_lengths_go_on_from_one_report_to_the_next():
    lengths = cycle((2, 4))
    assert [p.text for p in cut_passages("One two.", lengths)] == ["One two."]
    # The next length was taken when the first passage was full.
    assert [p.text for p in cut_passages("Three four. Five six.", lengths)] == ["Three four.", "Five six."]


def test_an_end_of_less_than_half_is_left_out():
    assert cut("The dam broke at noon. Nobody.", 4) == ["The dam broke at noon."]
    assert cut("", 4) == []


def test_common_text_is_the_share_of_the_shorter_one():
    # Three runs, two of which the other has too.
    short = whole("The dam broke at noon.")
    long = whole("On Friday the dam broke at six, and nobody in the valley was warned.")
    assert common_text(short, long) == common_text(long, short) == pytest.approx(2 / 3)
    assert common_text(short, short) == 1.0
    assert common_text(short, whole("Dam.")) == 0.0


def test_what_was_said_is_no_common_text():
    said = "“The water will reach the bridge by noon,” {} said. {}"
    one, other = (
        whole(said.format(who, rest))
        for who, rest in (("Brusko", "She left the hall."), ("the mayor", "Nobody was hurt there."))
    )
    assert len(one.runs & other.runs) == 6
    assert common_text(one, other) == 0.0


def test_a_passage_cut_from_within_a_quotation_knows_it():
    text = "“The water will reach the bridge. We must all leave by noon,” Brusko said."
    first, second = cut_passages(text, repeat(5))
    assert first.text == "“The water will reach the bridge."
    assert not first.own
    assert ("brusko", "said") in {run[1:] for run in second.own}
    assert ("must", "all", "leave") not in second.own


@given(st.text("abc AB.!\n“”\"'", max_size=200), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_passages_hold_no_words_but_those_of_the_report_in_their_order(text: str, lengths: list[int]):
    words = " ".join(cut(text, *lengths)).split()
    assert words == text.split()[: len(words)]
    assert all(p.own <= p.runs for p in cut_passages(text, cycle(lengths)))


def test_a_line_that_is_no_report_is_named(tmp_path: Path):
    path = tmp_path / "events.jsonl"
    path.write_text('{"id": "a", "text": "It burnt.", "topic": 1, "event": "1-a"}\n{"id": "b"}\n', "utf-8")
    with pytest.raises(UsageError, match="line 2"):
        read_events(path)


def test_reports_are_read_with_those_near_them(tmp_path: Path):
    path = tmp_path / "events.jsonl"
    path.write_text(
        '{"id": "a", "text": "It burnt.", "topic": "fire", "event": "e", "near": [["b", 0.5]]}\n', "utf-8"
    )
    assert read_events(path) == [EventRow("a", "It burnt.", "fire", "e", [("b", 0.5)])]
