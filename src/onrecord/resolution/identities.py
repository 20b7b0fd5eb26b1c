"""Actors of a report -> who they are beyond it: linked to the registry, with country, sector and roles.

Two names of one actor of the registry (*CSTO*, *Collective Security Treaty Organization*) are one actor of the
report. Whom the registry does not know keeps what the report says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from onrecord.article import Span
from onrecord.resolution.actors import Actor, Attributed, Resolved
from onrecord.resolution.callings import what_context_calls
from onrecord.resolution.codes import LYING, code_actor
from onrecord.resolution.entries import Entry, Office, load_actors
from onrecord.resolution.gazetteer import Entry as Place
from onrecord.resolution.hidden_names import hide_name, hide_names, misleading_places
from onrecord.resolution.offices import Described, is_of, read_description
from onrecord.resolution.phrases import read_phrase
from onrecord.resolution.places import ResolvedPlaces
from onrecord.resolution.private_persons import is_private
from onrecord.resolution.registry import Linked, Reason, candidates, choose, fits_title
from onrecord.resolution.told_roles import ToldRole, read_told_roles

# Words around a name in which its role and country may stand.
_CONTEXT_CHARS = 90
# What follows the place of a dateline that stands in the text.
_DATELINE_AFTER = re.compile(r"(?:, [A-Z][\w.]+)? (?:\([^)\n]{1,40}\) )?[-–—] ")
# Groups of states that have a place's name.
_BLOCS = frozenset(("west", "east", "global south", "global north"))
# Countries that a report names most are those that it speaks of.
_MOST_HINTS = 3
# As many candidates are kept with an actor, so that one can see who else was thought of.
_MOST_CONSIDERED = 5
# What speaks against somebody of public life where the report's own words are those for a private person.
_PRIVATE = -0.4


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an actor.

    Attributes:
        registry: id in the shipped registry; None if nobody there fits.
        name: its full name: the registry's where the report prints a part of it alone.
        type: person, organisation, government, alliance or group; None if the report does not tell.
        country, sector: PLOVER codes; None if unknown.
        roles: offices, those of the registry with the dates known, and what else the report calls a person.
        reasons: why it was linked.
        considered: whom of the registry its name may mean, the best first, whoever was chosen.
    """

    actor: Actor
    name: str
    type: str | None
    registry: str | None = None
    country: str | None = None
    sector: str | None = None
    roles: tuple[Office | ToldRole, ...] = ()
    reasons: tuple[Reason, ...] = field(default=(), repr=False)
    considered: tuple[Linked, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Identified:
    """The actors of a report, each once, who is meant in each statement (by statement id), by each mention that is
    no name, and by each party of an event (by their spans)."""

    actors: tuple[Identity, ...]
    statements: dict[str, Attributed]
    mentions: dict[Span, str] = field(default_factory=dict)
    parties: dict[Span, str] = field(default_factory=dict)


def identify_actors(
    text: str,
    resolved: Resolved,
    places: ResolvedPlaces,
    date: str | None,
    sources: Mapping[str, Span] | None = None,
    descriptions: Iterable[Span] = (),
) -> Identified:
    """Link the actors of a report to the registry and join those that are one.

    Args:
        date: the day of the report, ISO, if known.
        sources: the sources of statements, by the statement's id.
        descriptions: other words that may mean somebody without a name, as the mentions and the parties of events.
    """
    hints = countries_of(places)
    lies_in = _country_of_report(text, places)
    lying = {span: p.entry for p in places.places for span in p.mentions}
    # A country is its government where it acts, and a capital where it acts as one.
    governing = {span: e.country for span, e in lying.items() if e.kind == "country" and e.country}
    governing |= {g.span: g.country for g in places.governments}
    sought = {a.id: _seek(text, a, governing, date, hints, ()) for a in resolved.actors}
    company = tuple(dict.fromkeys(s.found.actor.id for s in sought.values() if s.found))
    for actor in resolved.actors:
        if sought[actor.id].found is None:
            sought[actor.id] = _seek(text, actor, governing, date, hints, company)
    linked = {id: s.found for id, s in sought.items()}
    resolved, described = _add_described(text, resolved, linked, date, sources or {}, descriptions)
    linked |= described
    sought |= {id: _Sought(found, (found,)) for id, found in described.items()}
    joined = _join(resolved.actors, linked, described.keys())
    statements = {id: _renamed(meant, joined) for id, meant in resolved.statements.items()}
    meant = {a for s in statements.values() for a in (s.source, s.addressee, *s.about) if a}
    meant |= {joined[id] for id in resolved.phrases.values()}
    unknown = [a for a in resolved.actors if _is_unknown_person(a, linked[a.id])]
    misleading = misleading_places(text, places.places)
    shown = hide_names(text, [*misleading, *(m for a in unknown for m in a.mentions)])
    identities = [
        replace(
            _described(actor, described[actor.id], date)
            if actor.id in described
            else _identity(text, shown, actor, linked[actor.id], lying, misleading, date, lies_in),
            considered=sought[actor.id].considered,
        )
        for actor in resolved.actors
        if joined[actor.id] == actor.id and _is_actor(actor, linked[actor.id], meant)
    ]
    kept = {i.actor.id for i in identities}
    mentions = {span: joined[id] for span, id in resolved.mentions.items() if joined[id] in kept}
    parties = {span: joined[id] for span, id in resolved.phrases.items() if joined[id] in kept}
    return Identified(tuple(identities), statements, mentions, parties)


def _is_unknown_person(actor: Actor, found: Linked | None) -> bool:
    """Is it a person whom the registry does not know?"""
    return actor.type == "person" and found is None


def _is_actor(actor: Actor, found: Linked | None, meant: Set[str]) -> bool:
    """A town where something merely happened is a place, and no actor."""
    return not actor.is_place or found is not None or actor.id in meant


def countries_of(places: ResolvedPlaces) -> tuple[str, ...]:
    """The countries that a report names most, by its places, governments and peoples."""
    named = [p.entry.country for p in places.places for _ in p.mentions]
    named += [o.country for o in (*places.governments, *places.peoples)]
    counts = Counter(c for c in named if c)
    return tuple(sorted(counts, key=lambda c: (-counts[c], c))[:_MOST_HINTS])


def _country_of_report(text: str, places: ResolvedPlaces) -> tuple[str, ...]:
    """The only country that a report names, if it is one where something happens: whoever is named without a country
    is of that one. Of several, none is anybody's by standing near."""
    acting = {o.span for o in places.governments}
    named = {p.entry.country for p in places.places if p.mentions}
    named |= {o.country for o in (*places.governments, *places.peoples)}
    named -= {None, ""}
    is_scene = any(span not in acting and _is_scene(text, span) for p in places.places for span in p.mentions)
    return tuple(c for c in named if c) if len(named) == 1 and is_scene else ()


def _is_scene(text: str, name: Span) -> bool:
    """Does the name of a place tell where something is, and not whither or whose?"""
    begins = text[max(0, name.start - 1) : name.start] in ("", "\n")
    return bool(
        LYING.search(text[max(0, name.start - 60) : name.start])
        or (begins and _DATELINE_AFTER.match(text, name.end))
    )


@dataclass(frozen=True, slots=True)
class _Sought:
    """Whom of the registry an actor is, and who was considered."""

    found: Linked | None
    considered: tuple[Linked, ...]


def _seek(
    text: str,
    actor: Actor,
    governing: Mapping[Span, str],
    date: str | None,
    hints: Sequence[str],
    company: Sequence[str],
) -> _Sought:
    if actor.is_place:
        government = _government(actor, governing)
        return _Sought(government, (government,) if government else ())
    considered = candidates(
        actor.name, titles=sorted(actor.titles), date=date, country_hints=hints, company=company
    )
    if considered and actor.type != "organisation" and (called := is_private(text, actor.mentions)):
        considered = sorted(
            (_as_private(c, called) for c in considered), key=lambda c: (-c.score, c.actor.id)
        )
    found = choose(considered)
    fits = found is not None and _is_like(actor, found.actor)
    return _Sought(found if fits else None, tuple(considered[:_MOST_CONSIDERED]))


def _as_private(candidate: Linked, called: str) -> Linked:
    """A candidate for a name that the report gives to a private person."""
    if candidate.actor.type != "person" or candidate.office is not None:
        return candidate
    against = Reason(f"the report says: {called}", _PRIVATE)
    return replace(
        candidate,
        score=round(candidate.score + against.weight, 4),
        reasons=(*candidate.reasons, against),
    )


def _government(actor: Actor, governing: Mapping[Span, str]) -> Linked | None:
    """The government that a place's name stands for, if it stands for one anywhere in the report."""
    country = next((governing[m] for m in actor.mentions if m in governing), None)
    entry = load_actors()[0].find(f"gov:{country}") if country else None
    if entry is None:
        return None
    return Linked(entry, 1.0, (Reason(f"{actor.name} stands for the government of {entry.name}", 1.0),))


def _is_like(actor: Actor, entry: Entry) -> bool:
    """Is the entry of the kind that the report's actor is?"""
    return actor.type is None or (actor.type == "person") == (entry.type == "person")


def _add_described(
    text: str,
    resolved: Resolved,
    linked: Mapping[str, Linked | None],
    date: str | None,
    sources: Mapping[str, Span],
    descriptions: Iterable[Span],
) -> tuple[Resolved, dict[str, Linked]]:
    """A report with those besides whom only descriptions mean, *the Kazakh president*, and whom these are, by their ids.

    Who is taken for the one described but is of another country is not meant.
    """
    added: dict[str, Actor] = {}
    described: dict[str, Linked] = {}
    named = {found.actor.id for found in linked.values() if found}
    titled = _titles_of_unknown(text, [a for a in resolved.actors if linked[a.id] is None])

    def settle(span: Span, meant: str | None) -> str | None:
        words = read_description(span.of(text), date)
        if words is None or (meant and not _contradicts(words, linked[meant])):
            return meant
        if words.found is None:
            return None
        entry = words.found.actor
        if entry.id not in named and any(
            (t, c) in titled for t in words.titles for c in (words.country, None)
        ):
            return None
        actor = added.get(entry.id)
        if actor is None:
            kind = "person" if entry.type == "person" else "organisation"
            actor = added[entry.id] = Actor(f"a{len(resolved.actors) + len(added) + 1}", entry.name, kind)
            described[actor.id] = words.found
        return actor.id

    statements = {
        id: replace(meant, source=settle(sources[id], meant.source)) if id in sources else meant
        for id, meant in resolved.statements.items()
    }
    spans = sorted(set(descriptions))
    mentions = {**resolved.mentions}
    phrases = {**resolved.phrases}
    for span in spans:
        for found in (mentions, phrases):
            actor = settle(span, found.pop(span, None))
            if actor:
                found[span] = actor
    actors = (*resolved.actors, *added.values())
    return Resolved(actors, statements, mentions, phrases), described


def _titles_of_unknown(text: str, actors: Iterable[Actor]) -> set[tuple[str, str | None]]:
    """The offices, and their countries where it says them, that a report gives to persons whom the registry does not
    know: *President* Ana Orpel, *the Kazakh president* Ana Orpel."""
    titles: set[tuple[str, str | None]] = set()
    for actor in actors:
        if actor.is_body or actor.is_place:
            continue
        for span in actor.mentions:
            lead = text[max(0, span.start - _CONTEXT_CHARS) : span.start]
            context = lead + text[span.start : span.end + _CONTEXT_CHARS]
            called = read_phrase(what_context_calls(span.of(text), context))
            titles.update((t, c) for t in called.titles for c in called.countries or (None,))
    return titles


def _contradicts(words: Described, found: Linked | None) -> bool:
    """Does a description say another country than that of the person who is taken for it?"""
    return (
        words.country is not None
        and found is not None
        and found.actor.type == "person"
        and not is_of(found.actor, words.country)
    )


def _described(actor: Actor, found: Linked, date: str | None) -> Identity:
    """What is known of somebody whom the report does not name."""
    entry = found.actor
    coded = code_actor(entry.name, context="", date=date, country_hints=())
    return Identity(
        actor=actor,
        name=entry.name,
        type=entry.type,
        registry=entry.id,
        country=entry.country or coded.country,
        sector=coded.sector,
        roles=entry.roles,
        reasons=found.reasons,
    )


def _join(
    actors: Iterable[Actor], linked: Mapping[str, Linked | None], described: Set[str] = frozenset()
) -> dict[str, str]:
    """Each actor's id -> the id of the first actor of the report that is the same one."""
    by_registry: dict[str, Actor] = {}
    joined: dict[str, str] = {}
    for actor in actors:
        found = linked[actor.id]
        same = by_registry.setdefault(found.actor.id, actor) if found else actor
        joined[actor.id] = same.id
        if same is not actor and actor.id not in described:
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
    shown: str,
    actor: Actor,
    found: Linked | None,
    lying: Mapping[Span, Place],
    misleading: Mapping[Span, str],
    date: str | None,
    lies_in: Sequence[str],
) -> Identity:
    if actor.is_place and found is None:
        place = next((lying[m] for m in actor.mentions if m in lying), None)
        is_bloc = place is None and actor.name.casefold() in _BLOCS
        return Identity(
            actor, actor.name, "group" if is_bloc else None, country=place.country if place else None
        )
    first = actor.mentions[0]
    # *Georgia Department of Health* is of the Georgia that the report means.
    held = None
    if found is None:
        held = next((c for s, c in misleading.items() if any(m.holds(s) for m in actor.mentions)), None)
    name = hide_name(actor.name) if held or _is_unknown_person(actor, found) else actor.name
    lies_in = (held,) if held else lies_in
    phrase = " ".join([*sorted(actor.titles), name])
    context = shown[max(0, first.start - _CONTEXT_CHARS) : first.end + _CONTEXT_CHARS]
    coded = code_actor(phrase, context=context, date=date, country_hints=lies_in)
    told = read_told_roles(text, actor.mentions) if actor.type == "person" else ()
    if found is None:
        return Identity(actor, actor.name, actor.type, country=coded.country, sector=coded.sector, roles=told)
    entry = found.actor
    if coded.sector is None and entry.type == "government":
        # A country is coded without a sector, its seat of government as the government that it is.
        printed = code_actor(first.of(text), context="", date=date, country_hints=())
        coded = printed if printed.country == coded.country else coded
    # A capital that acts is its government by name, as a shorter name is the whole one.
    is_part = actor.is_place or len(actor.name.split()) < len(entry.name.split())
    whole = entry.name if is_part else actor.name
    if whole != actor.name and actor.name not in actor.aliases:
        actor.aliases.insert(0, actor.name)
    return Identity(
        actor=actor,
        name=whole,
        type=entry.type,
        registry=entry.id,
        country=entry.country or coded.country,
        sector=coded.sector,
        roles=(*entry.roles, *(t for t in told if not _is_among(t, entry))),
        reasons=found.reasons,
    )


def _is_among(told: ToldRole, entry: Entry) -> bool:
    """Has the registry an office that a report tells, with days that are better known?"""
    words = read_phrase(told.title).titles
    return any(fits_title(title, o) for title in (told.title, *words) for o in entry.roles)
