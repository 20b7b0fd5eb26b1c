from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.second_look import (
    FEATURES,
    Trees,
    judge_of,
    known_judge,
    known_trees,
    look_again,
    pairs_of,
    placed,
)
from onrecord.analysis.trigger_words import NO_USES, Uses, known_uses
from onrecord.analysis.triggers import ROLES, TriggerPieces

EVEN = np.full(len(TYPES), 1 / len(TYPES))


def trigger(first: int, *, probability: float = 0.9, **types: float) -> TriggerPieces:
    scores = np.array([types.get(name, 0.01) for name in TYPES], dtype=np.float32)
    return TriggerPieces(
        first=first,
        last=first,
        probability=probability,
        roles=tuple(() for _ in ROLES),
        types=scores,
        statuses=np.eye(len(STATUSES), dtype=np.float32)[0],
        modes=np.zeros(len(MODE_NAMES), dtype=np.float32),
        contexts=np.zeros(len(CONTEXTS), dtype=np.float32),
        mutual=0.0,
    )


def features(
    text: str, tokenizer: Tokenizer, triggers: list[TriggerPieces], uses: dict[str, Uses]
) -> list[dict]:
    pieces = cut_pieces(text, tokenizer)
    at, types, rows = pairs_of(
        text, pieces, placed(text, pieces, triggers), lambda key: uses.get(key, NO_USES), EVEN
    )
    return [
        {"trigger at": n, "of": TYPES[t]} | dict(zip(FEATURES, row, strict=True))
        for n, t, row in zip(at, types, rows.tolist(), strict=True)
    ]


def test_a_text_without_triggers_has_nothing_to_look_at(tokenizer: Tokenizer) -> None:
    assert look_again("All was quiet.", cut_pieces("All was quiet.", tokenizer), []) == []


def test_every_pair_names_its_own_type(tokenizer: Tokenizer) -> None:
    found = features("Police marched.", tokenizer, [trigger(1, PROTEST=0.8, MOBILIZE=0.3, COERCE=0.1)], {})

    assert {pair["of"] for pair in found} == {"PROTEST", "MOBILIZE", "COERCE"}
    assert all([name for name in TYPES if pair[name]] == [pair["of"]] for pair in found)


def test_the_rank_and_lead_of_a_type_are_the_networks(tokenizer: Tokenizer) -> None:
    found = features("Police marched.", tokenizer, [trigger(1, PROTEST=0.8, MOBILIZE=0.3)], {})

    by_type = {pair["of"]: pair for pair in found}
    assert by_type["PROTEST"]["rank"] == 0
    assert by_type["MOBILIZE"]["rank"] == 1
    assert by_type["PROTEST"]["lead"] == pytest.approx(-by_type["MOBILIZE"]["lead"])
    assert by_type["PROTEST"]["another type"] == by_type["MOBILIZE"]["type"]


def test_a_type_that_a_word_often_tells_is_looked_at_too(tokenizer: Tokenizer) -> None:
    often = Uses(20.0 * np.eye(len(TYPES))[TYPES.index("AID")], (30.0, 0.0), (20.0, 0.0))

    found = features("They fed it.", tokenizer, [trigger(1, PROTEST=0.8)], {"fed": often})

    assert "AID" in {pair["of"] for pair in found}
    (aid,) = (pair for pair in found if pair["of"] == "AID")
    assert aid["share"] > 0 > aid["share of another"]


def test_only_triggers_of_the_same_sentence_stand_beside_one(tokenizer: Tokenizer) -> None:
    text = "They met. They fought and fled."
    triggers = [trigger(1, CONSULT=0.9), trigger(4, ASSAULT=0.9), trigger(6, probability=0.8, RETREAT=0.9)]

    found = features(text, tokenizer, triggers, {})

    beside = {pair["trigger at"]: (pair["beside it"], pair["in its sentence"]) for pair in found}
    assert beside == {0: (0, 0), 1: (1, 0.8), 2: (1, 0.9)}


def test_trees_add_the_value_that_their_questions_lead_to() -> None:
    values = [[float(n) for n in range(8)]]
    judge = judge_of(Trees(FEATURES, EVEN.tolist(), -5.0, [[0, 1, 2]], [[0.5, 0.5, 0.5]], values))
    rows = np.zeros((2, len(FEATURES)))
    rows[1, [0, 2]] = 1.0

    assert judge.chances(rows).tolist() == pytest.approx([1 / (1 + np.exp(0.85 * 5.0)), 0.5])


def test_the_trees_that_ship_ask_for_the_features_that_there_are() -> None:
    assert known_trees().features == FEATURES
    assert known_judge().asked.max() < len(FEATURES)


def test_what_ships_knows_what_usual_words_tell() -> None:
    uses = known_uses("=arrested")

    assert TYPES[int(uses.types.argmax())] == "COERCE"
    assert known_uses("=no such word").events == (0.0, 0.0)


@given(st.lists(st.floats(0.0, 1.0, width=32), min_size=3, max_size=3), st.floats(0.4, 1.0))
def test_every_trigger_is_given_chances(tokenizer: Tokenizer, types: list[float], probability: float) -> None:
    text = "Troops shelled a market."
    pieces = cut_pieces(text, tokenizer)
    scores = dict(zip(("ASSAULT", "COERCE", "AID"), types, strict=True))
    one = replace(trigger(1, **scores), probability=probability)

    (found,) = look_again(text, pieces, placed(text, pieces, [one]))

    assert found
    assert all(0.0 <= chance <= 1.0 for chance in found.values())
