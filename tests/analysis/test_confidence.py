"""Confidence: a chance, and a calibration that moves it the right way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.attribution import Attribution
from onrecord.analysis.confidence import UNCALIBRATED, Calibration, features
from onrecord.analysis.decoding import Cue

CHANCE = st.floats(0, 1)


def attribution(cue: float, content: float = 0.5, source: float = 0.5) -> Attribution:
    return Attribution(
        cue=Cue(0, 0, False, cue),
        source=None,
        content=((1, 1),),
        source_probability=source,
        content_probability=content,
        kind=(1.0,),
        attitude=(1.0,),
        negated=0.0,
    )


@settings(max_examples=100, deadline=None)
@given(CHANCE, CHANCE, CHANCE, st.tuples(*[st.floats(-5, 5)] * 4))
def test_confidence_is_a_chance(
    cue: float, content: float, source: float, weights: tuple[float, float, float, float]
) -> None:
    confidence = Calibration(*weights).confidence(attribution(cue, content, source))

    assert 0 <= confidence <= 1


@settings(max_examples=100, deadline=None)
@given(CHANCE, CHANCE, CHANCE)
def test_log_odds_are_bounded(cue: float, content: float, source: float) -> None:
    assert all(abs(x) <= 7 for x in features(attribution(cue, content, source)))


@pytest.mark.parametrize("chance", [0.01, 0.25, 0.5, 0.9, 0.99])
def test_without_a_calibration_confidence_is_the_chance_of_the_cue(chance: float) -> None:
    assert UNCALIBRATED.confidence(attribution(chance, 0.1, 0.1)) == pytest.approx(chance)


@pytest.mark.parametrize("part", [0, 1, 2], ids=["cue", "content", "source"])
def test_a_surer_part_makes_a_surer_statement(part: int) -> None:
    calibration = Calibration(cue=0.5, content=0.4, source=0.3, constant=-1.0)
    low, high = [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]
    low[part], high[part] = 0.2, 0.8

    assert calibration.confidence(attribution(*low)) < calibration.confidence(attribution(*high))


def test_the_constant_alone_decides_where_all_is_even() -> None:
    calibration = Calibration(cue=2.0, content=2.0, source=2.0, constant=math.log(3))

    assert calibration.confidence(attribution(0.5)) == pytest.approx(0.75)
