"""What a report says of private persons."""

from __future__ import annotations

import pytest

from onrecord.article import Span
from onrecord.resolution.actors import Actor, Resolved
from onrecord.resolution.identities import Identity, identify_actors
from onrecord.resolution.places import ResolvedPlaces
from onrecord.resolution.private_persons import is_private

NOWHERE = ResolvedPlaces((), (), (), ())


def told(text: str, name: str) -> str:
    at = text.index(name)
    return is_private(text, [Span(at, at + len(name))])


@pytest.mark.parametrize(
    "text",
    [
        "The bus driver, who gave his name only as Orpel, was tired.",
        "A shopkeeper who gave only her surname, Orpel, wept.",
        "A man giving only his first name, Orpel, wept.",
        "A guest, identified only as Orpel, wept.",
        "A guest, who identified himself only as Mr. Orpel, wept.",
        "Orpel, a nurse in Mirna, wept.",
    ],
)
def test_whoever_gives_a_name_only_or_has_a_trade_is_private(text: str) -> None:
    assert told(text, "Orpel")


@pytest.mark.parametrize(
    "text",
    [
        "Orpel said no.",
        "Orpel, a former teacher, said no.",
        "Orpel, a business tycoon, said no.",
        "Orpel, the prime minister, said no.",
        "Orpel, a minister, said no.",
        "They gave the name of Orpel to a square.",
        "The committee named Orpel.",
    ],
)
def test_others_are_not(text: str) -> None:
    assert not told(text, "Orpel")


def linked(text: str, name: str) -> Identity:
    at = text.index(name)
    actor = Actor("a1", name, "person", mentions=[Span(at, at + len(name))])
    (identity,) = identify_actors(text, Resolved((actor,), {}), NOWHERE, "2022-01-07").actors
    return identity


def test_a_private_person_is_nobody_of_the_registry_whose_name_everybody_knows() -> None:
    assert linked("Macron said no.", "Macron").registry
    private = linked("A shopkeeper who gave only his surname, Macron, said no.", "Macron")
    assert private.registry is None
    assert private.name == "Macron"
    assert any("gave only his surname" in r.why for r in private.considered[0].reasons)


def test_a_full_name_with_a_trade_is_nobody_of_the_registry() -> None:
    assert linked("Boris Johnson said no.", "Boris Johnson").registry
    assert linked("Boris Johnson, a nurse in Mirna, said no.", "Boris Johnson").registry is None
