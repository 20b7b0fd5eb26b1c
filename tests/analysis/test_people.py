"""How many people a phrase is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.people import is_one, people_in
from onrecord.article import Span


@pytest.mark.parametrize(
    ("phrase", "low"),
    [
        ("a judge", 1),
        ("some 250 mothers", 250),
        ("a baker and his apprentice", 2),
        ("its driver and a teenage passenger", 2),
        ("Inspector Ruiz, his brother and a cook", 3),
        ("Ana Ruiz, a judge, and her two sons", 3),
        ("the mayor, his driver and two guards", 4),
        ("the minister of health and trade", 1),
        ("Orvik's mayor and three bakers", 4),
        ("a mother and child", 2),
        ("between 20 and 30 bakers", 20),
        ("fourteen fighters, nine bakers and five cooks", 14),
        ("two bakers, 20 and 22,", 2),
        ("three guards and a dog", 3),
        ("a girl of nine", 1),
        ("a baker, 23,", 1),
        ("a mother of two", 1),
        ("Abu Ali al-Orvi and six relatives", 7),
        ("36 dead and 95 wounded", None),
        ("judges", None),
        ("a judge and bystanders", None),
        ("a group of nuns", None),
    ],
)
def test_people_of_a_phrase(phrase: str, low: int | None) -> None:
    count = people_in(phrase, Span(0, len(phrase)))

    assert (count.low if count else None) == low


def test_a_crowd_is_not_one_person() -> None:
    assert is_one("a welder", Span(0, 8))
    assert not is_one("a crowd of 300", Span(0, 14))


@given(st.text(alphabet="ab A2,. andhis-of", max_size=80))
def test_any_phrase_can_be_counted(phrase: str) -> None:
    count = people_in(phrase, Span(0, len(phrase)))

    assert count is None or count.high is None or count.low <= count.high
