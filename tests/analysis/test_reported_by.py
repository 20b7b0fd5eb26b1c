"""On whose word an event is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.analysis.events import Event
from onrecord.analysis.labels import Attitude
from onrecord.analysis.reported_by import with_tellers
from onrecord.analysis.statements import Statement
from tests.analysis.conftest import at, told_event


def event(text: str, words: str, type_: str, *modes: str) -> Event:
    return told_event(text, words, id=words, type=type_, modes=modes)


def statement(text: str, source: str, cue: str, content: str, attitude: Attitude = "speech") -> Statement:
    return Statement(
        id=source,
        source=at(text, source),
        cue=at(text, cue),
        content=(at(text, content),),
        quotation="indirect",
        attitude=attitude,
        negated=False,
        kind="assertion",
        confidence=0.9,
    )


def teller(text: str, events: list[Event], statements: list[Statement]) -> str | None:
    return with_tellers(text, events, statements)[-1].reported_by


def test_the_innermost_statement_tells() -> None:
    text = "Orvik says the union admitted that guards beat two men."
    outer = statement(text, "Orvik", "says", "the union admitted that guards beat two men")
    inner = statement(text, "the union", "admitted", "that guards beat two men")

    assert teller(text, [event(text, "beat", "ASSAULT")], [outer, inner]) == "the union"


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("but two guards have freed the baker", None),
        ("while the guards are freeing the baker", None),
        ("and the guards would have freed the baker", "a consul"),
        ("and freed the baker", "a consul"),
    ],
)
def test_a_clause_behind_the_cue_with_a_subject_of_its_own_is_the_reporters(
    clause: str, told: str | None
) -> None:
    text = f"Orvik shut the port, a consul said on Friday, {clause}."
    said = statement(text, "a consul", "said", "Orvik shut the port")
    said = replace(said, content=(*said.content, at(text, clause)))
    act = "freeing" if "freeing" in clause else "freed"

    assert teller(text, [event(text, act, "RETREAT")], [said]) == told


def test_what_is_planned_is_told_by_whoever_tells_of_the_plan() -> None:
    text = "Orvik plans to seize the port, a consul said."
    plan = statement(text, "Orvik", "plans", "to seize the port", "intention")
    told = statement(text, "a consul", "said", "Orvik plans to seize the port")
    seizure = event(text, "seize", "COERCE")

    assert teller(text, [seizure], [plan]) is None
    assert teller(text, [seizure], [plan, told]) == "a consul"


@pytest.mark.parametrize(
    ("text", "cue", "content", "act", "told"),
    [
        ("Orvik thanked Kesh for freeing two.", "thanked", "freeing two", ("SUPPORT",), None),
        (
            "Orvik deplored the freeing of two.",
            "deplored",
            "the freeing of two",
            ("ACCUSE", "disapprove"),
            None,
        ),
        ("Orvik accused Kesh of freeing two.", "accused", "freeing two", ("ACCUSE", "allege"), "Orvik"),
        (
            "Orvik said Kesh must pay for freeing two.",
            "said",
            "Kesh must pay for freeing two",
            ("REQUEST",),
            "Orvik",
        ),
    ],
)
def test_what_an_act_of_words_is_about_is_told_by_an_allegation_alone(
    text: str, cue: str, content: str, act: tuple[str, ...], told: str | None
) -> None:
    about = statement(text, "Orvik", cue, content)
    events = [event(text, cue, *act), event(text, "freeing", "RETREAT")]

    assert teller(text, events, [about]) == told


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (", but has not freed the baker", "a consul"),
        (" on Friday, and could have freed the baker", "a consul"),
        (", but the guards have freed the baker", None),
        (", and freed the baker", None),
        (", but has thanked those who freed the baker", None),
    ],
)
def test_a_clause_behind_the_cue_without_a_subject_goes_on_with_what_was_said(
    rest: str, told: str | None
) -> None:
    text = f"Orvik has shut the port, a consul said{rest}."
    said = statement(text, "a consul", "said", "Orvik has shut the port")

    assert teller(text, [event(text, "freed", "RETREAT")], [said]) == told


@pytest.mark.parametrize(("content", "told"), [("Orvik may never", "a consul"), ("Orvik may wait", None)])
def test_what_was_cut_off_from_the_content_within_a_clause_belongs_to_it(
    content: str, told: str | None
) -> None:
    text = f"A consul, said a consul: {content} seize the port after all."
    said = statement(text, "a consul", "said", content)

    assert teller(text, [event(text, "seize", "COERCE")], [said]) == told


@pytest.mark.parametrize(
    ("cue", "content", "told"),
    [
        ("handed him", "an ultimatum", None),
        ("has yet to", "answer the ultimatum", None),
        ("denied handing him", "an ultimatum", "The union"),
        ("told him of", "an ultimatum", "The union"),
    ],
)
def test_what_a_party_did_with_words_is_its_act(cue: str, content: str, told: str | None) -> None:
    text = f"The union {cue} {content}."
    act = replace(event(text, "ultimatum", "THREATEN"), actors=(at(text, "The union"),))

    assert teller(text, [act], [statement(text, "The union", cue, content)]) == told
