"""The figures of coded events agree with the scorer that they are taken from."""

from __future__ import annotations

import pytest

from onrecord.contract import EventOut, PartyOut, SpanOut
from onrecord.evaluation.events import EventScores, LabelledEvent, LabelledSentence

TEXT = "Orvik condemned the raid by Mirna."


def event(type_: str, actor: tuple[int, int], recipient: tuple[int, int], confidence: float) -> EventOut:
    return EventOut(
        id="e1",
        type=type_,
        mode=None,
        modes=[],
        contexts=[],
        cameo="110",
        status="occurred",
        trigger=SpanOut(6, 15),
        actors=[PartyOut(*actor, None)],
        recipients=[PartyOut(*recipient, None)],
        place=None,
        places=[],
        date=None,
        dead=None,
        injured=None,
        crowd=None,
        mutual=False,
        reported_by=None,
        same_as=None,
        sentence=SpanOut(0, len(TEXT)),
        confidence=confidence,
    )


GOLD = LabelledSentence("r", TEXT, [LabelledEvent("ACCUSE", [(0, 5)], [(16, 33)])])


@pytest.mark.parametrize(
    ("events", "figures"),
    [
        ([event("ACCUSE", (0, 5), (28, 33), 0.9)], {"coded": 100, "pair": 100, "typed": 100, "first": 100}),
        ([event("ASSAULT", (0, 5), (28, 33), 0.9)], {"coded": 0, "pair": 100, "typed": 0, "first": 0}),
        ([event("ACCUSE", (28, 33), (0, 5), 0.9)], {"coded": 0, "pair": 0, "typed": 100, "first": 100}),
        # *The* and *by* are no words that parties share.
        ([event("ACCUSE", (0, 5), (16, 19), 0.9)], {"coded": 0, "pair": 0, "typed": 100, "first": 100}),
        ([], {"coded": 0, "pair": 0, "typed": 0, "first": 0}),
    ],
)
def test_a_sentence(events: list[EventOut], figures: dict[str, float]) -> None:
    scores = EventScores()
    scores.add(GOLD, events)

    assert scores.figures()["events"].items() >= figures.items()


def test_the_surest_event_stands_for_a_sentence_whose_parties_are_missed() -> None:
    scores = EventScores()
    scores.add(GOLD, [event("AID", (28, 33), (28, 33), 0.4), event("ASSAULT", (28, 33), (28, 33), 0.8)])

    assert scores.figures()["types"] == {"ACCUSE": 0.0}
    assert scores.figures()["events"]["per_text"] == 2
