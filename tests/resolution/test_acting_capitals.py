"""Capitals decided mention by mention."""

from __future__ import annotations

from onrecord.article import Span
from onrecord.resolution.acting_capitals import name_governments
from onrecord.resolution.names import NameMention
from onrecord.resolution.places import OfCountry

TEXT = "Moscow said a man was held in Moscow. It was Moscow."


def mentions() -> list[NameMention]:
    return [NameMention(Span(at, at + 6), "Moscow", (), "LOC") for at in (0, 30, 45)]


def test_a_capital_that_acts_goes_by_its_country_beside_the_town() -> None:
    found = name_governments(mentions(), [OfCountry(Span(0, 6), "RUS")])
    assert [m.name for m in found] == ["Russia", "Moscow", "Moscow"]
    assert [m.span for m in found] == [m.span for m in mentions()]


def test_who_says_something_acts() -> None:
    found = name_governments(mentions(), [OfCountry(Span(0, 6), "RUS")], [Span(45, 51)])
    assert [m.name for m in found] == ["Russia", "Moscow", "Russia"]


def test_without_the_town_the_name_stays() -> None:
    governments = [OfCountry(m.span, "RUS") for m in mentions()]
    assert name_governments(mentions(), governments) == mentions()


def test_without_a_government_all_is_the_town() -> None:
    assert name_governments(mentions(), [], [Span(0, 6)]) == mentions()
