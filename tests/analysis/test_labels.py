"""Labels: the words that the contract fixes, in the order of the network's outputs."""

from __future__ import annotations

from onrecord.analysis.labels import ATTITUDES, KINDS


def test_kinds_are_those_of_the_contract_in_their_order() -> None:
    assert KINDS == (
        "assertion",
        "prediction",
        "demand",
        "accusation",
        "denial",
        "pledge",
        "threat",
        "praise",
        "question",
    )


def test_attitudes_are_those_of_the_contract_in_their_order() -> None:
    assert ATTITUDES == ("speech", "belief", "intention", "perception")
