"""CAMEO codes of events, read forwards again by the conversion table of PLOVER 0.8."""

from __future__ import annotations

import pytest

from onrecord.analysis.cameo import cameo_code
from onrecord.analysis.plover import CONTEXTS, MODES, TYPES

# The table's types by the beginnings of codes; the longest one counts.
_TYPES_OF_CODES = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "CONCEDE",
    "0813": "RETREAT",
    "0814": "RETREAT",
    **dict.fromkeys(("084", "085", "086", "087"), "RETREAT"),
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "163": "COERCE",
    "17": "COERCE",
    "1712": "ASSAULT",
    "175": "ASSAULT",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "191": "COERCE",
    "192": "COERCE",
    "20": "ASSAULT",
}
# What PLOVER 2.0 counts otherwise than that table, or has no code for there.
_MOVED = {"116": "SANCTION", "163": "SANCTION", "0831": "RETREAT"}


def type_of(code: str) -> str:
    return next(_TYPES_OF_CODES[code[:length]] for length in (4, 3, 2) if code[:length] in _TYPES_OF_CODES)


@pytest.mark.parametrize("type_", TYPES)
def test_a_code_gives_its_type_again(type_: str) -> None:
    for mode in ("", *MODES[type_]):
        for context in ("", *CONTEXTS):
            code = cameo_code(type_, [mode] if mode else [], [context] if context else [])
            assert type_ in (type_of(code), _MOVED.get(code)), (mode, context, code)


@pytest.mark.parametrize(
    ("type_", "mode", "code"),
    [
        ("RETREAT", "", "087"),
        ("RETREAT", "withdraw", "0874"),
        ("RETREAT", "resign", "0831"),
        ("REQUEST", "change", "100"),
        ("REJECT", "change", "120"),
        ("SANCTION", "discontinue", "160"),
    ],
)
def test_a_code_says_no_more_than_is_told(type_: str, mode: str, code: str) -> None:
    assert cameo_code(type_, [mode] if mode else [], []) == code


def test_a_told_context_makes_the_code_exact() -> None:
    assert cameo_code("REQUEST", ["change"], ["political_institutions"]) == "104"
    assert cameo_code("SANCTION", ["discontinue"], ["human_security"]) == "162"
