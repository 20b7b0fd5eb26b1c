"""Words of a number -> its bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.counts import read_count
from onrecord.article import Span


@pytest.mark.parametrize(
    ("words", "low", "high", "about"),
    [
        ("nine", 9, 9, False),
        ("forty-one villagers", 41, 41, False),
        ("at least two dozen", 24, None, False),
        ("More than 6,000", 6000, None, False),
        ("some 1,500 people", 1500, 1500, True),
        ("nearly a hundred", 100, 100, True),
        ("up to fifteen", 0, 15, False),
        ("as many as 60", 0, 60, False),
        ("10 to 15", 10, 15, False),
        ("between 20 and 30", 20, 30, False),
        ("two to three hundred", 200, 300, False),
        ("one hundred and twenty", 120, 120, False),
        ("two thousand five hundred", 2500, 2500, False),
        ("1.5 million", 1_500_000, 1_500_000, False),
        ("dozens", 24, None, False),
        ("scores of students", 40, None, False),
        ("tens of thousands", 20_000, None, False),
        ("hundreds of thousands", 200_000, None, False),
        ("several hundred", 200, None, False),
        ("several", 3, None, False),
        ("hundreds or thousands", 200, None, False),
        ("a dozen and a half guards", 18, 18, False),
        ("a 19-year-old baker", 1, 1, False),
        ("all but four of the 29 bakers", 25, 25, False),
        ("not 9,000 but a bare 900", 900, 900, False),
        ("a medic", 1, 1, False),
        ("Ana Ruiz Pardo", 1, 1, False),
        ("a mother and her two sons", 3, 3, False),
        ("two nurses and a driver", 3, 3, False),
        ("seven Yemeni and Pakistani men", 7, 7, False),
        ("both", 2, 2, False),
        ("no fewer than 20", 20, None, False),
        ("well over 20,000", 20_000, None, False),
        ("not more than 30", 0, 30, False),
        ("just under two hundred", 200, 200, True),
        ("barely 140", 140, 140, True),
        ("no more than 30,000", 0, 30_000, False),
        ("20,000 or more", 20_000, None, False),
        ("a handful of pensioners", 3, None, False),
        ("half a million", 500_000, 500_000, False),
        ("half a dozen", 6, 6, False),
        ("a quarter of a million", 250_000, 250_000, False),
        ("thirty-five thousand", 35_000, 35_000, False),
        ("seven-hundred-strong", 700, 700, False),
        ("ninety-odd welders", 90, 90, True),
        ("perhaps forty", 40, 40, True),
        ("a score of men", 20, 20, False),
        ("twenty-thirty", 20, 30, False),
        ("a couple of hundred", 200, None, False),
        ("two and a half million", 2_500_000, 2_500_000, False),
        ("anything from 60,000 to 100,000", 60_000, 100_000, False),
    ],
)
def test_bounds(words: str, low: int, high: int | None, about: bool) -> None:
    count = read_count(words, Span(0, len(words)))

    assert count is not None
    assert (count.low, count.high, count.about) == (low, high, about)


def test_a_few_is_no_number() -> None:
    assert read_count("a few", Span(0, 5)) is None


@pytest.mark.parametrize(
    "words", ["no one", "nobody", "none of the passengers", "not one nurse", "zero people", "No nurses"]
)
def test_nobody_is_no_count(words: str) -> None:
    assert read_count(words, Span(0, len(words))) is None


@pytest.mark.parametrize("words", ["no one but the mayor", "No. 5 Hut", "none other than the mayor"])
def test_whoever_is_excepted_counts(words: str) -> None:
    assert read_count(words, Span(0, len(words))) is not None


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_mean_themselves_with_commas_or_without(value: int) -> None:
    for words in (str(value), f"{value:,}"):
        count = read_count(words, Span(0, len(words)))
        assert count is not None
        assert count.low == count.high == value


@given(st.text(max_size=60))
def test_any_words_give_a_count_in_order_or_none(words: str) -> None:
    count = read_count(words, Span(0, len(words)))

    assert count is None or count.high is None or count.low <= count.high
