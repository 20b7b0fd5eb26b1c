"""Victims without a number whom the words count by their form."""

from __future__ import annotations

import pytest

from onrecord.analysis.casualties import find_casualties, victims_of
from onrecord.analysis.number_phrases import ages_in
from onrecord.analysis.victims import victims_in
from onrecord.article import Span
from tests.analysis.conftest import at


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Gunmen fired at a car, killing his brother and a clerk.", [("his brother and a clerk", 2)]),
        ("A man threw acid, blinding her.", [("her", 1)]),
        ("A baker of 24 was seen.", [("A baker of 24", 1)]),
        ("Two guards died and a third lost a leg.", [("a third", 1)]),
        ("A cane cutter was killed and four were hurt.", [("A cane cutter", 1)]),
        ("Judge Ana Ruiz and a bailiff named Orr died.", [("Judge Ana Ruiz and a bailiff named Orr", 2)]),
        ("The siege cost an off-duty baker his life.", [("an off-duty baker", 1)]),
        ("A crowd was killed.", []),
        ("A third of the guards left.", []),
        ("A guard was seen near the mint.", []),
    ],
)
def test_people_counted_by_their_form(text: str, counts: list[tuple[str, int]]) -> None:
    found = victims_in(text, Span(0, len(text)), ages_in(text, 0, len(text)))
    assert [(c.span.of(text), c.low) for c in found] == counts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Gunmen fired, killing his brother and a clerk.", [("dead", 2)]),
        ("Shells burned to death nine guards.", [("dead", 9)]),
        ("Nine guards were beheaded or shot dead.", [("dead", 9)]),
        ("Rebels killed five guards and wounded as many more.", [("dead", 5), ("injured", 5)]),
        ("Two men broke the nose of a clerk.", [("injured", 1)]),
        ("They threw a clerk down, breaking his hip.", [("injured", 1)]),
        ("A clerk was hit in the jaw.", []),
        ("Nine clerks were hit in the jaw.", [("injured", 9)]),
        ("A clinic treated 58 people for bullet wounds.", [("injured", 58)]),
        ("A clinic treated 58 people for malaria.", []),
        ("He met seven clerks in a ward, all of them hurt in a raid.", [("injured", 7)]),
        ("Twenty backers of the party and nine of its rivals were hurt.", [("injured", 29)]),
        ("The sides swapped 61 prisoners and the bodies of 14 guards.", []),
        ("Farmers left 40 dead ewes on the steps.", []),
        (
            "Farmers blocked a road with 300 carts on Monday, and a driver ran over a picket, who broke a leg.",
            [],
        ),
        ("Seven members of two clans were killed.", [("dead", 7)]),
    ],
)
def test_their_numbers(text: str, numbers: list[tuple[str, int]]) -> None:
    assert [(c.kind, c.count.low) for c in find_casualties(text, Span(0, len(text)))] == numbers


def test_whom_a_relative_clause_tells_of_is_a_victim() -> None:
    text = "Thousands buried the campaigner whom hired gunmen killed on Friday."
    found = victims_of(text, at(text, "killed"), ())
    assert found is not None
    assert (found[0], found[1].low) == ("dead", 1)


def test_who_is_beaten_so_badly_is_injured() -> None:
    text = "Guards beat eight clerks so badly that they needed surgery."
    found = victims_of(text, at(text, "beat"), [at(text, "eight clerks")])
    assert found is not None
    assert (found[0], found[1].low) == ("injured", 8)
    assert victims_of("Guards beat eight clerks.", Span(7, 11), [Span(12, 24)]) is None


def test_who_is_shot_dead_is_one() -> None:
    text = "Guards ended it, shooting the robber dead at noon."
    found = victims_of(text, at(text, "shooting"), [at(text, "the robber dead")])
    assert found is not None
    assert (found[0], found[1].low) == ("dead", 1)
