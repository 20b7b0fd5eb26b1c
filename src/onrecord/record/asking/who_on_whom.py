"""Who speaks of whom, and who acts on whom: pairs with how often, as a matrix of the commonest and as a network.

Of statements the source and whom the content names; of events the actor and the recipient, and of what all parties do to each other
each of them both ways. Both must be known: words that mean nobody by name make no pair. Events can also be counted by country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import BigInteger, Connection, Row, func, select, type_coerce

from onrecord.record.actor_codes import country_and_sector
from onrecord.record.asking.counting import Counted, Item, count_items
from onrecord.record.asking.events import EventQuestion
from onrecord.record.asking.statements import Question
from onrecord.record.parts import in_parts
from onrecord.record.row_ids import is_among
from onrecord.record.schema import actors, appearances, event_parties, events, statements, subjects

Side = Literal["actors", "countries"]
# As many rows and columns as a page shows without its reader being lost.
MOST_SIDES: Final = 20
MOST_NODES: Final = 40
MOST_EDGES: Final = 120
# Who on whom, by item: kind or type, and the pairs of it, each once.
_Pairs = Iterable[tuple[str, set[tuple[str, str]]]]


class Somebody(msgspec.Struct):
    """An actor or a country.

    Attributes:
        id: by which questions find it: of an actor, or an alpha-3 code.
        count: in how many of the statements or events that are counted as pairs it is on its side; in a network, on either.
    """

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    count: int


class Pair(msgspec.Struct):
    """How often one speaks of the other, or does something to it, by kind or type."""

    source: str
    target: str
    counts: dict[str, int]

    @property
    def count(self) -> int:
        """How often in all."""
        return sum(self.counts.values())

    @property
    def most(self) -> str:
        """The commonest kind or type."""
        return max(self.counts, key=lambda name: (self.counts[name], name))


class Matrix(msgspec.Struct):
    """Who on whom, of the commonest.

    Attributes:
        sources, targets: rows and columns, the commonest first.
        pairs: the cells that are not empty.
        all_sources, all_targets: how many there are in all.
        paired: how many statements or events have both sides known; `shown`: how many of them have a cell.
    """

    side: Side
    sources: list[Somebody]
    targets: list[Somebody]
    pairs: list[Pair]
    all_sources: int
    all_targets: int
    paired: int
    shown: int
    counted: Counted


class Network(msgspec.Struct):
    """The commonest pairs among the commonest actors; `all_nodes` and `all_edges` tell how many there are in all."""

    side: Side
    nodes: list[Somebody]
    edges: list[Pair]
    all_nodes: int
    all_edges: int
    paired: int
    counted: Counted


def who_on_whom(
    connection: Connection, question: Question | EventQuestion, *, once: bool = False, side: Side = "actors"
) -> Matrix:
    """Who speaks of whom, or who acts on whom, of what fits a question: the commonest of both.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, counted = count_items(connection, question, once=once)
    pairs = list(_pairs(connection, question, items, side))
    sources = _count(pairs, 0)
    targets = _count(pairs, 1)
    rows, columns = _first(sources, MOST_SIDES), _first(targets, MOST_SIDES)
    cells = _add_up(pairs, set(rows), set(columns))
    shown = sum(any(s in rows and t in columns for s, t in those) for _, those in pairs)
    known = _known(connection, {*rows, *columns}, side)
    return Matrix(
        side,
        [_somebody(known, id, sources[id]) for id in rows],
        [_somebody(known, id, targets[id]) for id in columns],
        cells,
        len(sources),
        len(targets),
        len(pairs),
        shown,
        counted,
    )


def network(
    connection: Connection, question: Question | EventQuestion, *, once: bool = False, side: Side = "actors"
) -> Network:
    """The same as a network: who is named most, and the commonest pairs among them.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, counted = count_items(connection, question, once=once)
    pairs = list(_pairs(connection, question, items, side))
    everybody = Counter(id for _, those in pairs for id in {id for pair in those for id in pair})
    first = _first(everybody, MOST_NODES)
    edges = _add_up(pairs, set(first), set(first))[:MOST_EDGES]
    linked = {id for edge in edges for id in (edge.source, edge.target)}
    known = _known(connection, linked, side)
    nodes = [_somebody(known, id, everybody[id]) for id in first if id in linked]
    all_edges = len({pair for _, those in pairs for pair in those})
    return Network(side, nodes, edges, len(everybody), all_edges, len(pairs), counted)


def _count(pairs: _Pairs, at: int) -> Counter[str]:
    """In how many items somebody is on a side."""
    return Counter(id for _, those in pairs for id in {pair[at] for pair in those})


def _first(counted: Counter[str], most: int) -> list[str]:
    return sorted(counted, key=lambda id: (-counted[id], id))[:most]


def _add_up(pairs: _Pairs, sources: set[str], targets: set[str]) -> list[Pair]:
    """The pairs of some with some, the commonest first."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for what, those in pairs:
        for source, target in those:
            if source in sources and target in targets:
                found[source, target][what] += 1
    ordered = sorted(found, key=lambda pair: (-found[pair].total(), pair))
    return [Pair(*pair, dict(sorted(found[pair].items()))) for pair in ordered]


def _somebody(known: Mapping[str, Row[Any]], id: str, count: int) -> Somebody:
    row = known.get(id)
    if row is None:
        return Somebody(id, id, None, None, None, count)
    return Somebody(id, row.name, row.type, row.country, row.sector, count)


def _known(connection: Connection, ids: Iterable[str], side: Side) -> dict[str, Row[Any]]:
    """What is known of actors, by id; a country goes by its code alone."""
    if side == "countries":
        return {}
    columns = actors.c.id, actors.c.name, actors.c.type, actors.c.country, actors.c.sector
    found: dict[str, Row[Any]] = {}
    for part in in_parts(sorted(ids)):
        query = select(*columns).where(actors.c.id.in_(part))
        found |= {row.id: row for row in connection.execute(query)}
    return found


# --- queries


def _pairs(
    connection: Connection, question: Question | EventQuestion, items: Iterable[Item], side: Side
) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """The items that have both sides, with their pairs; nobody is paired with themselves."""
    whats = {item.number: item.what for item in items}
    if isinstance(question, EventQuestion):
        sides = _of_events(connection, whats, side)
    else:
        sides = _of_statements(connection, whats)
    for number, (sources, targets) in sides.items():
        if those := {(s, t) for s in sources for t in targets if s != t}:
            yield whats[number], those


def _of_statements(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[set[str], set[str]]]:
    """Sources and subjects, by the number of the statement."""
    speaking, named = appearances.alias("speaking"), appearances.alias("named")
    query = (
        select(type_coerce(statements.c.id, BigInteger), speaking.c.actor, named.c.actor)
        .join(subjects, subjects.c.statement == statements.c.id)
        .join(speaking, speaking.c.id == statements.c.source_actor)
        .join(named, named.c.id == subjects.c.actor)
        .where(is_among(statements.c.id, numbers))
    )
    found: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for number, source, subject in connection.execute(query):
        found[number][0].add(source)
        found[number][1].add(subject)
    return found


def _of_events(
    connection: Connection, numbers: Iterable[int], side: Side
) -> dict[int, tuple[set[str], set[str]]]:
    """Actors and recipients in all tellings, by the number of the event."""
    own, whole = appearances.alias("own"), actors.alias("whole")
    query = (
        select(type_coerce(events.c.event, BigInteger), events.c.mutual, event_parties.c.role)
        .join(event_parties, event_parties.c.event == events.c.id)
        .where(is_among(events.c.event, numbers))
    )
    if side == "countries":
        country, _ = country_and_sector(own, whole)
        # Of whoever has a name the words keep no codes.
        who = func.coalesce(country, event_parties.c.country)
        query = query.outerjoin(own, own.c.id == event_parties.c.actor)
        query = query.outerjoin(whole, whole.c.id == own.c.actor).add_columns(who).where(who.is_not(None))
    else:
        query = query.join(own, own.c.id == event_parties.c.actor).add_columns(own.c.actor)
    found: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for number, mutual, role, id in connection.execute(query):
        actor, recipient = found[number]
        if mutual or role == "actor":
            actor.add(id)
        if mutual or role == "recipient":
            recipient.add(id)
    return found
