"""Triggers and roles -> events as exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.cameo import cameo_code
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.events import Event
from onrecord.analysis.network import Network
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Tokenizer
from onrecord.analysis.plover import CONTEXTS, MODES, STATUSES, TYPES, cameo_roots
from tests.analysis.conftest import RandomNetwork, ScriptedEvent, ScriptedNetwork

OPTIONS = AnalysisOptions()


def events(text: str, network: Network, tokenizer: Tokenizer) -> tuple[Event, ...]:
    return analyse_texts([text], network, tokenizer, UNCALIBRATED, OPTIONS)[0].events


def test_an_event_has_its_words_and_parties(tokenizer: Tokenizer) -> None:
    text = "Rebels shelled Orvik on Tuesday, killing at least nine people."
    told = ScriptedEvent(
        types=("ASSAULT",),
        modes=(("ASSAULT", "heavy-weapons"),),
        contexts=("military",),
        roles={
            "actor": [(1, 1)],
            "recipient": [(4, 5)],
            "place": [(4, 5)],
            "date": [(7, 7)],
            "dead": [(10, 12)],
        },
    )

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 3): told}), tokenizer)

    assert (event.id, event.type, event.modes, event.status, event.cameo) == (
        "e1",
        "ASSAULT",
        ("heavy-weapons",),
        "occurred",
        "194",
    )
    assert event.trigger.of(text) == "shelled"
    assert [s.of(text) for s in event.actors] == ["Rebels"]
    assert [s.of(text) for s in event.recipients] == [s.of(text) for s in event.places] == ["Orvik"]
    assert [s.of(text) for s in event.dates] == ["Tuesday"]
    assert event.dead is not None
    assert (event.dead.low, event.dead.high) == (9, None)
    assert event.crowd is None
    assert event.reported_by is None


def test_one_trigger_may_tell_two_events(tokenizer: Tokenizer) -> None:
    told = ScriptedEvent(types=("SANCTION", "COERCE"), modes=(("SANCTION", "convict"), ("COERCE", "arrest")))

    found = events("A court jailed him.", ScriptedNetwork({}, {}, events={(3, 3): told}), tokenizer)

    assert {(e.id, e.type, e.modes) for e in found} == {
        ("e1", "SANCTION", ("convict",)),
        ("e2", "COERCE", ("arrest",)),
    }


def test_an_event_inside_what_is_said_is_on_that_sources_word(tokenizer: Tokenizer) -> None:
    text = "Troops left, he said."
    network = ScriptedNetwork(
        {(5, 5): 8}, {5: {1: 3, 2: 4, 4: 1}}, events={(2, 2): ScriptedEvent(types=("RETREAT",))}
    )

    (analysis,) = analyse_texts([text], network, tokenizer, UNCALIBRATED, OPTIONS)

    assert analysis.events[0].reported_by == analysis.statements[0].id


def test_parties_lose_marks_and_what_owns(tokenizer: Tokenizer) -> None:
    text = "Chad's army raided it."
    told = ScriptedEvent(types=("ASSAULT",), roles={"actor": [(1, 3)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(5, 5): told}), tokenizer)

    assert [s.of(text) for s in event.actors] == ["Chad"]


def test_a_party_of_which_a_part_is_found_is_the_whole_mention(tokenizer: Tokenizer) -> None:
    text = "President Ana Reyes of Chad left."
    told = ScriptedEvent(types=("RETREAT",), roles={"actor": [(2, 3), (5, 5)]})
    network = ScriptedNetwork({}, {}, mentions=[(1, 5)], events={(6, 6): told})

    (event,) = events(text, network, tokenizer)

    assert [s.of(text) for s in event.actors] == ["President Ana Reyes of Chad"]


def test_a_mention_that_holds_the_trigger_is_no_party(tokenizer: Tokenizer) -> None:
    text = "The raid on Orvik ended."
    told = ScriptedEvent(types=("ASSAULT",), roles={"recipient": [(4, 5)]})
    network = ScriptedNetwork({}, {}, mentions=[(1, 5)], events={(2, 2): told})

    (event,) = events(text, network, tokenizer)

    assert [s.of(text) for s in event.recipients] == ["Orvik"]


def test_a_title_is_the_party_that_bears_it_and_initials_are_one_word(tokenizer: Tokenizer) -> None:
    text = "Mr. Reyes left the U.S. army."
    # mr . reyes left the u . s . army .
    told = ScriptedEvent(types=("RETREAT",), roles={"actor": [(1, 1)], "recipient": [(8, 8)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(4, 4): told}), tokenizer)

    assert [s.of(text) for s in event.actors] == ["Mr. Reyes"]
    assert [s.of(text) for s in event.recipients] == ["U.S."]


def test_roles_stay_in_the_triggers_sentence(tokenizer: Tokenizer) -> None:
    text = "It sent troops. Chad is large."
    told = ScriptedEvent(types=("MOBILIZE",), roles={"recipient": [(3, 5), (7, 7)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert [s.of(text) for s in event.recipients] == ["troops"]


def test_a_party_is_no_mention_that_runs_into_the_next_sentence(tokenizer: Tokenizer) -> None:
    text = "Chad left Orvik. Niger stayed."
    # chad left orvi ##k . niger stayed .
    told = ScriptedEvent(types=("RETREAT",), roles={"recipient": [(3, 4)]})
    network = ScriptedNetwork({}, {}, mentions=[(3, 6)], events={(2, 2): told})

    (event,) = events(text, network, tokenizer)

    assert [s.of(text) for s in event.recipients] == ["Orvik"]


def test_a_party_is_more_than_a_number_and_its_number_stays(tokenizer: Tokenizer) -> None:
    text = "Rebels killed at least 12."
    told = ScriptedEvent(
        types=("ASSAULT",), roles={"actor": [(1, 1)], "recipient": [(3, 5)], "dead": [(3, 5)]}
    )

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert not event.recipients
    assert event.dead is not None
    assert (event.dead.low, event.dead.high) == (12, None)


def test_a_party_loses_the_words_that_lead_to_what_was_not_found(tokenizer: Tokenizer) -> None:
    text = "Rebels raided the market for the army."
    told = ScriptedEvent(types=("ASSAULT",), roles={"recipient": [(3, 6)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert [s.of(text) for s in event.recipients] == ["the market"]


def test_no_one_of_whom_one_is_found_is_no_one(tokenizer: Tokenizer) -> None:
    text = "Rebels killed no one."
    told = ScriptedEvent(types=("ASSAULT",), roles={"recipient": [(4, 4)], "dead": [(4, 4)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert [s.of(text) for s in event.recipients] == ["no one"]
    assert (event.status, event.dead) == ("denied", None)


def test_nobody_is_no_party_of_an_act_that_happened(tokenizer: Tokenizer) -> None:
    text = "The raid hurt nobody."
    told = ScriptedEvent(types=("ASSAULT",), roles={"recipient": [(4, 4)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert (event.status, event.recipients) == ("occurred", ())


def test_roles_stay_in_the_triggers_line(tokenizer: Tokenizer) -> None:
    told = ScriptedEvent(types=("ASSAULT",), roles={"actor": [(1, 1)], "recipient": [(4, 4)]})

    (event,) = events("Rebels won\n\nThey fired", ScriptedNetwork({}, {}, events={(4, 4): told}), tokenizer)

    assert not event.actors


@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=300), seed=st.integers(0, 20))
def test_any_scores_give_well_formed_events(text: str, seed: int, tokenizer: Tokenizer) -> None:
    for event in events(text, RandomNetwork(seed), tokenizer):
        spans = [event.trigger, *event.actors, *event.recipients, *event.places, *event.dates]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert event.type in TYPES
        assert event.status in STATUSES
        assert set(event.modes) <= set(MODES[event.type])


@pytest.mark.parametrize("type_", TYPES)
def test_every_code_is_of_a_root_of_its_type(type_: str) -> None:
    for mode in ("", *MODES[type_]):
        for context in ("", *CONTEXTS):
            code = cameo_code(type_, [mode] if mode else [], [context] if context else [])
            assert code[:2] in cameo_roots(type_)
            assert 3 <= len(code) <= 4


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("They protested old land reforms.", ["old land reforms"]),
        ("They protested men of Paris.", ["men", "Paris"]),
        ("They protested men whom it left.", ["men", "it"]),
    ],
)
def test_a_word_left_out_of_a_noun_phrase_does_not_part_it(
    tokenizer: Tokenizer, text: str, whole: list[str]
) -> None:
    told = ScriptedEvent(types=("PROTEST",), roles={"recipient": [(3, 3), (5, 5)]})

    (event,) = events(text, ScriptedNetwork({}, {}, events={(2, 2): told}), tokenizer)

    assert [s.of(text) for s in event.recipients] == whole
