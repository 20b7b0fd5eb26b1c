"""Actors of a report -> who they are beyond it: linked to the registry, with country, sector and roles.

Two names of one actor of the registry (*CSTO*, *Collective Security Treaty Organization*) are one actor of the
report. Whom the registry does not know keeps what the report says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.article import Span
from onrecord.resolution.actors import Actor, Attributed, Resolved
from onrecord.resolution.codes import code_actor
from onrecord.resolution.entries import Entry, Office
from onrecord.resolution.places import ResolvedPlaces
from onrecord.resolution.registry import Linked, Reason, link

# Words around a name in which its role and country may stand.
_CONTEXT_CHARS = 90
# Countries that a report names most are those that it speaks of.
_MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an actor.

    Attributes:
        registry: id in the shipped registry; None if nobody there fits.
        name: its full name: the registry's where the report prints a part of it alone.
        type: person, organisation, government, alliance or group; None if the report does not tell.
        country, sector: PLOVER codes; None if unknown.
        roles: offices, those of the registry with the dates known.
        reasons: why it was linked.
    """

    actor: Actor
    name: str
    type: str | None
    registry: str | None = None
    country: str | None = None
    sector: str | None = None
    roles: tuple[Office, ...] = ()
    reasons: tuple[Reason, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Identified:
    """The actors of a report, each once, and who is meant in each statement (by statement id)."""

    actors: tuple[Identity, ...]
    statements: dict[str, Attributed]


def identify_actors(text: str, resolved: Resolved, places: ResolvedPlaces, date: str | None) -> Identified:
    """Link the actors of a report to the registry and join those that are one.

    Args:
        date: the day of the report, ISO, if known.
    """
    hints = countries_of(places)
    acting = {g.span: g.country for g in places.governments}
    lying = {span: p.entry.country for p in places.places for span in p.mentions}
    first = {a.id: _link(a, acting, date, hints, ()) for a in resolved.actors}
    company = tuple(dict.fromkeys(found.actor.id for found in first.values() if found))
    linked = {a.id: first[a.id] or _link(a, acting, date, hints, company) for a in resolved.actors}
    joined = _join(resolved.actors, linked)
    identities = [
        _identity(text, actor, linked[actor.id], lying, date, hints)
        for actor in resolved.actors
        if joined[actor.id] == actor.id
    ]
    statements = {id: _renamed(meant, joined) for id, meant in resolved.statements.items()}
    return Identified(tuple(identities), statements)


def countries_of(places: ResolvedPlaces) -> tuple[str, ...]:
    """The countries that a report names most, by its places, governments and peoples."""
    named = [p.entry.country for p in places.places for _ in p.mentions]
    named += [o.country for o in (*places.governments, *places.peoples)]
    counts = Counter(c for c in named if c)
    return tuple(sorted(counts, key=lambda c: (-counts[c], c))[:_MOST_HINTS])


def _link(
    actor: Actor,
    acting: dict[Span, str],
    date: str | None,
    hints: Sequence[str],
    company: Sequence[str],
) -> Linked | None:
    if actor.is_place and not any(m in acting for m in actor.mentions):
        return None  # a town where something happened acts not
    found = link(actor.name, titles=sorted(actor.titles), date=date, country_hints=hints, company=company)
    return found if found and _is_like(actor, found.actor) else None


def _is_like(actor: Actor, entry: Entry) -> bool:
    """Is the entry of the kind that the report's actor is?"""
    if actor.is_place:
        return entry.type == "government"
    if actor.type == "person":
        return entry.type == "person"
    return actor.type != "organisation" or entry.type != "person"


def _join(actors: Iterable[Actor], linked: dict[str, Linked | None]) -> dict[str, str]:
    """Each actor's id -> the id of the first actor of the report that is the same one."""
    by_registry: dict[str, Actor] = {}
    joined: dict[str, str] = {}
    for actor in actors:
        found = linked[actor.id]
        same = by_registry.setdefault(found.actor.id, actor) if found else actor
        joined[actor.id] = same.id
        if same is not actor:
            names = [n for n in (actor.name, *actor.aliases) if n != same.name and n not in same.aliases]
            same.aliases += names
            same.mentions = sorted({*same.mentions, *actor.mentions})
            same.titles |= actor.titles
    return joined


def _renamed(meant: Attributed, joined: dict[str, str]) -> Attributed:
    about = tuple(dict.fromkeys(joined[a] for a in meant.about))
    source = joined[meant.source] if meant.source else None
    return Attributed(
        source,
        tuple(a for a in about if a != source),
        joined[meant.addressee] if meant.addressee else None,
    )


def _identity(
    text: str,
    actor: Actor,
    found: Linked | None,
    lying: dict[Span, str | None],
    date: str | None,
    hints: Sequence[str],
) -> Identity:
    if actor.is_place and found is None:
        country = next((lying[m] for m in actor.mentions if lying.get(m)), None)
        return Identity(actor, actor.name, None, country=country)
    first = actor.mentions[0]
    phrase = " ".join([*sorted(actor.titles), actor.name])
    context = text[max(0, first.start - _CONTEXT_CHARS) : first.end + _CONTEXT_CHARS]
    coded = code_actor(phrase, context=context, date=date, country_hints=())
    if found is None:
        return Identity(actor, actor.name, actor.type, country=coded.country, sector=coded.sector)
    entry = found.actor
    whole = entry.name if len(actor.name.split()) < len(entry.name.split()) else actor.name
    if whole != actor.name and actor.name not in actor.aliases:
        actor.aliases.insert(0, actor.name)
    return Identity(
        actor=actor,
        name=whole,
        type=entry.type,
        registry=entry.id,
        country=entry.country or coded.country,
        sector=coded.sector,
        roles=entry.roles,
        reasons=found.reasons,
    )
