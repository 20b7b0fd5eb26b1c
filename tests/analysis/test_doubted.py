"""Acts that the network doubts, in sentences that tell of victims."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.analysis.doubted import acts_left_out, tells_victims
from onrecord.analysis.pieces import Tokenizer, cut_pieces
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.second_look import Placed
from onrecord.analysis.sentences import sentence_around
from onrecord.analysis.triggers import ROLES, TriggerPieces, find_triggers
from tests.analysis.conftest import at, told_event

VIOLENCE, PROTEST = TYPES.index("ASSAULT"), TYPES.index("PROTEST")
TEXT = "Three guards were killed in a shootout in Orvik. Nobody was held."


def doubted(text: str, words: str) -> Placed:
    pieces = TriggerPieces(
        first=0,
        last=0,
        probability=0.2,
        roles=tuple(() for _ in ROLES),
        types=np.zeros(len(TYPES), dtype=np.float32),
        statuses=np.eye(len(STATUSES), dtype=np.float32)[0],
        modes=np.zeros(len(MODE_NAMES), dtype=np.float32),
        contexts=np.zeros(len(CONTEXTS), dtype=np.float32),
        mutual=0.0,
    )
    return Placed(pieces, at(text, words), sentence_around(text, at(text, words)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT, "Three guards were killed in a shootout in Orvik."),
        ("The dead were mourned. Gunfire wounded four boys.", "Gunfire wounded four boys."),
        ("No one was killed.", ""),
        ("Talks on the killings went on.", ""),
        ("", ""),
    ],
    ids=["first of two", "second of two", "nobody", "no number", "nothing"],
)
def test_pieces_of_sentences_with_victims(text: str, told: str, tokenizer: Tokenizer) -> None:
    pieces = cut_pieces(text, tokenizer)
    found = tells_victims(text, pieces)
    words = text[pieces.start[found].min() : pieces.end[found].max()] if found.any() else ""
    assert words == told


def test_the_likeliest_act_of_violence_is_taken() -> None:
    less, more = doubted(TEXT, "killed"), doubted(TEXT, "shootout")
    found = acts_left_out([(less, {VIOLENCE: 0.3}), (more, {VIOLENCE: 0.5, PROTEST: 0.6})], [], 0.25)
    assert found == [(more, {VIOLENCE: 0.5})]


def test_an_act_is_not_too_doubtful() -> None:
    assert acts_left_out([(doubted(TEXT, "shootout"), {VIOLENCE: 0.2, PROTEST: 0.9})], [], 0.25) == []


def test_violence_that_is_surely_told_is_enough() -> None:
    act = [(doubted(TEXT, "shootout"), {VIOLENCE: 0.5})]
    assert acts_left_out(act, [told_event(TEXT, "killed")], 0.25) == []
    assert acts_left_out(act, [told_event(TEXT, "held")], 0.25) == act
    assert acts_left_out(act, [told_event(TEXT, "killed", type="COERCE")], 0.25) == act


def test_who_was_abducted_beside_them_is_not_who_was_killed() -> None:
    text = "Two drivers were killed and three nurses abducted near Layba."
    act = [(doubted(text, "killed"), {VIOLENCE: 0.3})]
    assert acts_left_out(act, [told_event(text, "abducted", modes=("abduct",))], 0.25) == act


def test_each_piece_may_have_its_own_least_chance() -> None:
    probs = np.array([[0.7, 0.3, 0.0], [0.7, 0.3, 0.0]], dtype=np.float32)
    found = find_triggers(probs, np.array([0, 0]), np.array([0.4, 0.2], dtype=np.float32))
    assert [(first, last) for first, last, _ in found] == [(1, 1)]
