"""Where a text tells a number of people."""

from __future__ import annotations

import pytest

from onrecord.analysis.number_phrases import ages_in, numbers_in, whole_number
from onrecord.article import Span


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "A quarter of a million people and a few thousand bakers",
            ["A quarter of a million", "a few thousand"],
        ),
        ("A 19-year-old after a nine-hour siege", []),
        ("a twenty-five-year-old", []),
        ("all but two of the 30 guards", ["all but two of the 30"]),
        ("between 200 and 300 or so", ["between 200 and 300 or so"]),
        ("In 2014 and 1998", []),
    ],
)
def test_numbers_and_what_only_looks_like_them(text: str, numbers: list[str]) -> None:
    assert [n.of(text) for n in numbers_in(text, 0, len(text))] == numbers


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Two girls of eleven were hurt.", ["girls of eleven"]),
        ("An officer of 38 died.", ["officer of 38"]),
        ("Three boys aged seven, nine and 12 died.", ["aged seven, nine and 12"]),
        ("A crowd of 38 was there.", []),
        ("The murder of two was told.", []),
        ("A group of 12 in a van", []),
    ],
)
def test_ages(text: str, ages: list[str]) -> None:
    assert [age.of(text) for age in ages_in(text, 0, len(text))] == ages


def test_a_part_of_a_number_is_made_whole() -> None:
    text = "An estimated 12,000 people walked."

    assert whole_number(text, Span(13, 15)).of(text) == "An estimated 12,000"
    assert whole_number(text, Span(20, 26)).of(text) == "people"


def test_of_a_denied_number_the_one_that_stands_for_it_is_read() -> None:
    text = "Not 9,000 but barely 900 bakers came."

    assert whole_number(text, Span(4, 9)).of(text) == "barely 900"
    assert whole_number(text, Span(0, 9)).of(text) == "barely 900"
