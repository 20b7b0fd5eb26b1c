"""Events of a report -> who, where and when they were: actors with codes, a place, days, and what is told twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.analysis.events import Event
from onrecord.analysis.plover import HAPPENED
from onrecord.article import Span
from onrecord.resolution.dates import ResolvedTime
from onrecord.resolution.event_days import EventDays
from onrecord.resolution.identities import Identified, Identity
from onrecord.resolution.places import Place, ResolvedPlaces
from onrecord.resolution.worded import WordCoder, codes_of

# How much two tellings must agree to be of one event: both parties, or one and the word, place and day.
_ENOUGH = 1.5


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part.

    Attributes:
        actor: id of the actor of the report; None if the words name nobody.
        country, sector: PLOVER codes, the actor's or those of the words; None if unknown.
    """

    span: Span
    actor: str | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class ResolvedEvent:
    """An event, resolved.

    Attributes:
        place: id of the place of the report; None where the text gives none, or none that is known.
        date: None where the text gives none; its days are None where the words are not understood.
        same_as: the id of the earlier event that this one tells again.
    """

    event: Event
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: str | None
    date: ResolvedTime | None
    same_as: str | None = None


def resolve_events(
    text: str,
    events: Sequence[Event],
    actors: Identified,
    places: ResolvedPlaces,
    days: EventDays,
    coder: WordCoder,
) -> list[ResolvedEvent]:
    """Say who, where and when; nothing is filled in that the text does not give.

    Args:
        actors: with the parties of the events among `parties`.
        days: of the same events.
        coder: of the report's words.
    """
    by_id = {identity.actor.id: identity for identity in actors.actors}

    def parties(spans: Sequence[Span], others: Sequence[Span], sentence: Span) -> tuple[Party, ...]:
        return tuple(_party(s, actors.parties.get(s), by_id, sentence, others, coder) for s in spans)

    found: list[ResolvedEvent] = []
    for event in events:
        acting = parties(event.actors, event.recipients, event.sentence)
        resolved = ResolvedEvent(
            event=event,
            actors=acting,
            recipients=_others(acting, parties(event.recipients, event.actors, event.sentence)),
            place=_place(event.places, places.places),
            date=days.date(event),
        )
        found.append(resolved)
    by_sentence: dict[Span, list[ResolvedEvent]] = defaultdict(list)
    for resolved in found:
        by_sentence[resolved.event.sentence].append(resolved)
    told: list[ResolvedEvent] = []
    for resolved in found:
        beside = by_sentence[resolved.event.sentence]
        if not any(_is_surer_word(text, other, resolved) for other in beside):
            told.append(_with_same(text, resolved, told))
    return told


def _is_surer_word(text: str, other: ResolvedEvent, event: ResolvedEvent) -> bool:
    """Of two events of a sentence: is the other's word the surer one for the same act? *Held* and *talks* in *held talks* are one
    telling."""
    a, b = other.event, event.event
    if (a.status, a.reported_by) != (b.status, b.reported_by):
        return False
    surer = (a.confidence, -a.trigger.start) > (b.confidence, -b.trigger.start)
    return surer and _is_same(text, other, event)


def _party(
    span: Span,
    actor: str | None,
    by_id: dict[str, Identity],
    sentence: Span,
    others: Sequence[Span],
    coder: WordCoder,
) -> Party:
    if actor:
        return Party(span, actor, *codes_of(by_id[actor], span, sentence, coder))
    return Party(span, None, *coder.code(span, sentence, others))


def _others(acting: Sequence[Party], recipients: Sequence[Party]) -> tuple[Party, ...]:
    """Recipients but for those who act: nobody sends troops to himself, and a name that is told twice is one party."""
    who = {p.actor for p in acting if p.actor}
    return tuple(
        r for r in recipients if r.actor not in who and not any(a.span.meets(r.span) for a in acting)
    )


def _place(spans: Sequence[Span], places: Sequence[Place]) -> str | None:
    """The place that the first of the words names that name one."""
    for span in spans:
        for place in places:
            if any(m.meets(span) for m in place.mentions):
                return place.id
    return None


def _with_same(text: str, event: ResolvedEvent, earlier: Sequence[ResolvedEvent]) -> ResolvedEvent:
    """The event, with the first earlier one that it tells again, if there is one."""
    for other in earlier:
        if other.same_as is None and _is_same(text, other, event):
            return replace(event, same_as=other.event.id)
    return event


def _is_same(text: str, a: ResolvedEvent, b: ResolvedEvent) -> bool:
    """Are two tellings of one event? They contradict each other nowhere, and agree on enough."""
    if a.event.type != b.event.type or a.event.trigger == b.event.trigger:
        return False
    both_happened = a.event.status in HAPPENED and b.event.status in HAPPENED
    if a.event.status != b.event.status and not both_happened:
        return False
    modes = set(a.event.modes), set(b.event.modes)
    if not (modes[0] <= modes[1] or modes[1] <= modes[0]):
        return False
    numbers = ((a.event.dead, b.event.dead), (a.event.injured, b.event.injured))
    if any(x and y and (x.low, x.high) != (y.low, y.high) for x, y in numbers):
        return False
    agreed = 0.5 * (_stem(a.event.trigger.of(text)) == _stem(b.event.trigger.of(text)))
    for some, others, worth in (
        (_who(text, a.actors), _who(text, b.actors), 1.0),
        (_who(text, a.recipients), _who(text, b.recipients), 1.0),
        ({a.place} - {None}, {b.place} - {None}, 0.5),
        (_days(a.date), _days(b.date), 0.5),
    ):
        if some and others:
            if some.isdisjoint(others):
                return False
            agreed += worth
    return agreed >= _ENOUGH


def _who(text: str, parties: Sequence[Party]) -> set[object]:
    """By actor, else by the words, *the* aside."""
    return {p.actor or p.span.of(text).lower().removeprefix("the ") for p in parties}


def _days(time: ResolvedTime | None) -> set[object]:
    return {(time.first, time.last)} if time and time.first else set()


def _stem(word: str) -> str:
    """*Protests* and *protested* alike: enough letters to tell two words apart."""
    return word.lower()[:5]
