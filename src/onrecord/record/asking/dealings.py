"""What somebody did and had done to them, in numbers: of which types, with whom, where. Each event counts once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Final, Literal, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Connection, select, type_coerce

from onrecord.record.asking.appearing import Appearances, are
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, events_of
from onrecord.record.asking.newest import newest_of
from onrecord.record.asking.spoken import commonest, names_of
from onrecord.record.schema import appearances, event_parties, events, places

# So many of those with whom somebody had most to do, and of the places where.
_MOST_NAMED: Final = 10
Role = Literal["actor", "recipient"]
_ROLES: Final[tuple[Role, Role]] = ("actor", "recipient")


class Counterpart(msgspec.Struct):
    """Who stands on the other side of events, in how many of them, and how many of each type, the commonest first."""

    id: str
    name: str
    number: int
    types: list[tuple[str, int]]


class Done(msgspec.Struct):
    """The events in which somebody has one role; what all parties do to each other is in both.

    Attributes:
        total: how many.
        types: how many of each type, the commonest first.
        others: who is on the other side, the most frequent first.
        newest: some of them, that of the newest report first.
    """

    total: int
    types: list[tuple[str, int]]
    others: list[Counterpart]
    newest: list[Event]


class Where(msgspec.Struct):
    """A place where somebody acted or was acted upon, and in how many events."""

    id: str
    name: str
    country: str | None
    number: int


class Dealings(msgspec.Struct):
    """The events in which somebody takes part.

    Attributes:
        did, had_done: those in which they are actor, and recipient.
        where: the places of all of them, the most frequent first.
    """

    did: Done
    had_done: Done
    where: list[Where]


class _Party(NamedTuple):
    event: int
    type: str
    actor: str


def dealings_of(connection: Connection, them: Appearances, *, few: int) -> Dealings:
    """The events in which somebody takes part: what holds of an event holds if one of its tellings says so.

    Args:
        few: so many events are told themselves, of each role.
    """
    event = type_coerce(events.c.event, BigInteger)
    ours = (
        select(event, event_parties.c.role, events.c.mutual)
        .join(event_parties, event_parties.c.event == events.c.id)
        .where(them.hold(event_parties.c.actor))
    )
    theirs: dict[Role, set[int]] = {role: set() for role in _ROLES}
    for number, role, mutual in connection.execute(ours):
        for each in _ROLES if mutual else (role,):
            theirs[each].add(number)
    told = _told(connection, theirs["actor"] | theirs["recipient"], them.actor)
    did, had_done = (
        _done(connection, theirs[role], told, other, few) for role, other in (_ROLES, _ROLES[::-1])
    )
    return Dealings(did, had_done, _where(connection, told.at))


class _Told(NamedTuple):
    """What the tellings of some events say: types of each, the others who take part in it by their role, and what is where."""

    types: dict[int, set[str]]
    others: dict[Role, set[_Party]]
    at: dict[str, set[int]]


def _told(connection: Connection, every: Collection[int], but: str) -> _Told:
    """What all tellings of some events say.

    Args:
        but: an actor who is none of the others.
    """
    telling = (type_coerce(events.c.event, BigInteger), events.c.type, events.c.place, events.c.mutual)
    query = (
        select(*telling, event_parties.c.role, appearances.c.actor)
        .outerjoin(event_parties, event_parties.c.event == events.c.id)
        .outerjoin(appearances, appearances.c.id == event_parties.c.actor)
        .where(are(events.c.event, every))
    )
    told = _Told(defaultdict(set), {role: set() for role in _ROLES}, defaultdict(set))
    for number, type, place, mutual, role, actor in connection.execute(query):
        told.types[number].add(type)
        if place:
            told.at[place].add(number)
        if actor and actor != but:
            for each in _ROLES if mutual else (role,):
                told.others[each].add(_Party(number, type, actor))
    return told


def _done(connection: Connection, theirs: Collection[int], told: _Told, other: Role, few: int) -> Done:
    with_whom: dict[str, set[int]] = defaultdict(set)
    as_what: dict[str, Counter[str]] = defaultdict(Counter)
    for party in told.others[other]:
        if party.event in theirs:
            with_whom[party.actor].add(party.event)
            as_what[party.actor][party.type] += 1
    often = sorted(with_whom, key=lambda id: (-len(with_whom[id]), id))[:_MOST_NAMED]
    names = names_of(connection, often)
    newest = newest_of(connection, events, are(events.c.id, theirs), limit=few)
    return Done(
        total=len(theirs),
        types=commonest(Counter(type for number in theirs for type in told.types[number])),
        others=[Counterpart(id, names[id], len(with_whom[id]), commonest(as_what[id])) for id in often],
        newest=events_of(connection, newest, EventQuestion()),
    )


def _where(connection: Connection, at: Mapping[str, Collection[int]]) -> list[Where]:
    often = sorted(at, key=lambda id: (-len(at[id]), id))[:_MOST_NAMED]
    query = select(places.c.id, places.c.name, places.c.country).where(places.c.id.in_(often))
    known = {row.id: row for row in connection.execute(query)}
    return [Where(id, known[id].name, known[id].country, len(at[id])) for id in often]
