"""Acts that the words tell to be untrue."""

from __future__ import annotations

import pytest

from onrecord.analysis.plover import Status
from onrecord.analysis.untrue import with_untrue
from tests.analysis.conftest import at, told_event


def statuses(text: str, *triggers: str, recipient: str | None = None, told: Status = "occurred") -> list[str]:
    """What becomes of the acts of a text that were read as occurred."""
    recipients = (at(text, recipient),) if recipient else ()
    events = [
        told_event(text, words, id=f"e{number}", status=told, recipients=recipients)
        for number, words in enumerate(triggers)
    ]
    return [event.status for event in with_untrue(text, events)]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("It is untrue that Velm expelled the envoy.", "expelled"),
        ("It’s simply not true that guards shot the nurse, the mayor said.", "shot"),
        ("It isn't true that guards shot the nurse.", "shot"),
        ("It would be false to say that guards shot the nurse.", "shot"),
        ("There is no truth in reports that guards shot the nurse.", "shot"),
        ("It is untrue that guards carried out an attack.", "attack"),
        ("It is untrue that an attack took place.", "attack"),
        ("Reports that rebels had seized the mill were false.", "seized"),
        ("Claims by the union that guards shot a nurse proved entirely unfounded.", "shot"),
        ("Talks between the two never took place.", "Talks"),
        ("In Orvik the march against the mill did not take place.", "march"),
        ("The mayor said that talks never took place.", "talks"),
        ("The planned visit was cancelled.", "visit"),
        ("The strike, the mayor's first, was later called off.", "strike"),
        ("A planned three-day strike has been called off.", "strike"),
    ],
)
def test_what_is_told_to_be_untrue_is_denied(text: str, trigger: str) -> None:
    assert statuses(text, trigger) == ["denied"]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Guards shot the nurse, and it is untrue that she ran.", "shot"),
        ("Nobody knows whether it is untrue that guards shot the nurse.", "shot"),
        ("It is not only true that guards shot the nurse.", "shot"),
        ("It is untrue that the march was small.", "march"),
        ("It is untrue that she ran when guards shot the nurse.", "shot"),
        ("If reports that guards shot the nurse were false, he will go.", "shot"),
        ("Reports that guards shot the nurse may be false.", "shot"),
        ("Reports that guards shot the nurse were not false.", "shot"),
        ("The march did not take place until Friday.", "march"),
        ("An inquiry into the raid was called off.", "raid"),
        ("The strike was called off after three days.", "strike"),
        ("The strike, which began on Monday, was called off.", "strike"),
        ("The strike may be called off.", "strike"),
        ("After the raid the visit was called off.", "raid"),
        ("The talks they had been promised never took place.", "promised"),
        ("The raid, which nurses blame on guards and the army says never took place, was long.", "blame"),
        ("Guards raided the mill. Talks never took place.", "raided"),
    ],
)
def test_what_is_not_told_to_be_untrue_stays(text: str, trigger: str) -> None:
    assert statuses(text, trigger) == ["occurred"]


def test_verbs_that_are_joined_are_denied_together() -> None:
    text = "It is untrue that guards shot a nurse and burned a mill."

    assert statuses(text, "shot", "burned") == ["denied", "denied"]


def test_what_a_denied_act_is_about_is_not_denied() -> None:
    text = "It is untrue that the mayor condemned the killing of a nurse."

    assert statuses(text, "condemned", "killing") == ["denied", "occurred"]


@pytest.mark.parametrize("nobody", ["no one", "nobody", "none of the passengers", "not one nurse"])
def test_what_befalls_nobody_is_denied(nobody: str) -> None:
    assert statuses(f"Guards killed {nobody}.", "killed", recipient=nobody) == ["denied"]


def test_an_act_that_hurts_nobody_is_an_act() -> None:
    assert statuses("The raid hurt nobody.", "raid", recipient="nobody") == ["occurred"]


def test_what_befalls_somebody_is_not_denied() -> None:
    assert statuses("Guards arrested no one but a nurse.", "arrested", recipient="no one") == ["occurred"]
