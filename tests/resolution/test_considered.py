"""An actor tells whom of the registry its name may mean, whoever was chosen."""

from __future__ import annotations

from onrecord.article import Span
from onrecord.resolution.actors import Actor, Resolved
from onrecord.resolution.identities import Identity, identify_actors
from onrecord.resolution.places import ResolvedPlaces

NOWHERE = ResolvedPlaces((), (), (), ())


def identify(name: str, type: str = "person") -> Identity:
    actor = Actor("a1", name, type, mentions=[Span(0, len(name))])
    (identity,) = identify_actors(f"{name} spoke.", Resolved((actor,), {}), NOWHERE, "2022-01-07").actors
    return identity


def test_who_was_chosen_is_the_first_considered() -> None:
    found = identify("Kassym-Jomart Tokayev")
    assert found.registry == found.considered[0].actor.id
    assert found.considered[0].reasons == found.reasons


def test_who_was_not_chosen_is_considered_all_the_same() -> None:
    found = identify("Aliyev")
    assert found.registry is None
    assert {c.actor.name for c in found.considered} >= {"Ilham Aliyev", "Heydar Aliyev"}


def test_a_name_that_nobody_bears_has_no_candidates() -> None:
    assert identify("Ilse Orpel-Maran").considered == ()
