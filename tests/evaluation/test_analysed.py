"""Labelled texts go through the analysis that users get."""

from __future__ import annotations

import pytest

from onrecord.analysis.encoder import load_model
from onrecord.errors import UnreadableReportError
from onrecord.evaluation import analysed as module
from onrecord.evaluation.analysed import analysed


def test_outputs_come_in_order_with_their_ids() -> None:
    outputs = list(analysed([("b", "“It rains,” Ana Li said."), ("a", "Nobody spoke.")], load_model()))

    assert [o.id for o in outputs] == ["b", "a"]
    assert [len(o.statements) for o in outputs] == [1, 0]


def test_a_fault_is_raised_and_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = UnreadableReportError("a: could not be analysed")
    monkeypatch.setattr(module, "analyse_stream", lambda articles, model: ((a, fault) for a in articles))

    with pytest.raises(UnreadableReportError):
        list(analysed([("a", "It rains.")], load_model()))
