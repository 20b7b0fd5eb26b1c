"""Which texts a fold of the event heads on the frozen encoder leaves out, and the mean of their weights."""

from __future__ import annotations

from typing import cast

import pytest

pytest.importorskip("torch")

import torch

from onrecord.analysis.pieces import Pieces
from training.event_data import EventText
from training.frozen_events import FOLDS, left_out
from training.mean_events import mean

NEW = frozenset(f"new {n}" for n in range(30))


def text(id: str) -> EventText:
    return EventText(id, "", cast(Pieces, None))


def folds_without(id: str, *, is_news: bool) -> list[int]:
    return [f for f in range(FOLDS) if left_out(text(id), f, NEW, is_news=is_news)]


def test_each_new_passage_is_left_out_of_one_fold() -> None:
    assert {len(folds_without(id, is_news=False)) for id in NEW} == {1}
    assert {folds_without(id, is_news=False)[0] for id in NEW} == set(range(FOLDS))


def test_what_the_encoder_has_learned_is_in_every_fold() -> None:
    assert folds_without("known", is_news=False) == []


def test_all_parts_of_a_document_are_left_out_of_one_fold() -> None:
    first, second = (folds_without(f"polnear:a:{part}", is_news=True) for part in (0, 1))
    assert first == second
    assert len(first) == 1


def test_without_a_fold_nothing_is_left_out() -> None:
    assert not any(left_out(text(id), None, NEW, is_news=False) for id in NEW)


def test_the_mean_is_that_of_each_weight() -> None:
    states = [{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([3.0, 6.0])}]
    assert mean(states)["a"].tolist() == [2.0, 4.0]
