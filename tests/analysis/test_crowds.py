"""How many took part."""

from __future__ import annotations

import pytest

from onrecord.analysis.crowds import counts_bodies, head_count, number_put
from onrecord.article import Span


def test_a_crowd_has_the_number_at_the_head_of_its_phrase() -> None:
    text = "some 250 mothers of 12 towns"

    count = head_count(text, Span(0, len(text)))

    assert count is not None
    assert (count.low, count.about) == (250, True)
    assert head_count("mothers of 12 towns", Span(0, 19)) is None


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("a handful of bakers", 3, None),
        ("between four and five thousand bakers", 4000, 5000),
        ("Twelve thousand five hundred bakers", 12_500, 12_500),
        ("Four hundred and fifty bakers", 450, 450),
        ("well over 20,000 bakers", 20_000, None),
        ("A couple of hundred bakers", 200, None),
    ],
)
def test_a_crowds_number_is_read_whole(phrase: str, low: int, high: int | None) -> None:
    count = head_count(phrase, Span(0, len(phrase)))

    assert count is not None
    assert (count.low, count.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("Police put the turnout at 1,500.", 1500),
        ("Bakers, their number put at about 700, sat down.", 700),
        ("The crowd was estimated at 4,000.", 4000),
        ("They put the fine at 400 crowns.", None),
    ],
)
def test_a_crowd_is_put_at_a_number(words: str, low: int | None) -> None:
    count = number_put(words, Span(0, len(words)))

    assert (count.low if count else None) == low


def test_parties_and_boats_are_no_people() -> None:
    assert counts_bodies("five parties", Span(0, 4))
    assert counts_bodies("five rival unions", Span(0, 4))
    assert not counts_bodies("five bakers burned cars", Span(0, 4))
    assert not counts_bodies("five stormed shops", Span(0, 4))
    assert not counts_bodies("five bakers", Span(0, 4))
