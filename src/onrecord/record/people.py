"""The actors of the record, summed up from their appearances in reports and from corrections.

The sum depends on the set of appearances alone, never on the order in which the reports came: the
commonest name, type, country and sector count, and where two are as common, the longer one, then the
last by the alphabet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from onrecord.record.bearers import blocks_of, link_bearers
from onrecord.record.corrections import Correction, Corrections, Who
from onrecord.record.parting import part_mentions
from onrecord.record.parts import in_parts
from onrecord.record.prepared import Question, insert_all, insert_new
from onrecord.record.schema import actor_names, actors, appearance_names, appearances, corrections
from onrecord.resolution.spelling import fold

# Ids of those whom the registry does not know are made from the name.
UNREGISTERED = ("actor-", "part-")
_MANY = 500
_CORRECTIONS = Question(select(corrections).order_by(corrections.c.number))


def load_corrections(connection: Connection) -> Corrections:
    """All corrections of the record in their order."""
    return Corrections(_correction(r) for r in _CORRECTIONS.ask(connection))


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        what=row.what,
        actor=row.actor,
        other=row.other,
        reports=msgspec.json.decode(row.reports, type=tuple[str, ...]) if row.reports else None,
        mentions=msgspec.json.decode(row.mentions, type=tuple[tuple[str, int], ...])
        if row.mentions
        else None,
        name=row.name,
        time=row.time,
        command=row.command,
        who=row.who,
        id=row.id,
    )


def store_corrections(connection: Connection, made: Iterable[Correction]) -> None:
    """Append corrections to the list; who is who does not follow yet, see `apply_corrections`."""
    rows = [
        {
            "id": c.id,
            "time": c.time,
            "what": c.what,
            "actor": c.actor,
            "other": c.other,
            "reports": msgspec.json.encode(c.reports).decode() if c.reports else None,
            "mentions": msgspec.json.encode(c.mentions).decode() if c.mentions else None,
            "name": c.name,
            "command": c.command,
            "who": c.who,
        }
        for c in made
    ]
    if rows:
        connection.execute(insert(corrections), rows)


def apply_corrections(connection: Connection, before: Corrections, after: Corrections) -> int:
    """Bring appearances and actors in step with another list of corrections.

    Returns:
        How many appearances are somebody else than before.
    """
    delta = Corrections(set(before.made) ^ set(after.made))
    again = set()
    for article in sorted({where for c in delta.made for where, _ in c.mentions or ()}):
        again |= part_mentions(connection, article, after)
    touched = before.touched() | after.touched()
    # Who is corrected is not parted from namesakes further, so the list may part or join them.
    moved = link_bearers(connection, blocks_of(touched), after)
    return follow(connection, after, touched | moved, again | delta.touched())


def relink(connection: Connection, ids: Iterable[str], made: Corrections) -> None:
    """Set anew who is who among the namesakes of some actors, after reports came or went.

    Args:
        ids: whom analysis found in those reports.
    """
    moved = link_bearers(connection, blocks_of(ids), made)
    if moved:
        follow(connection, made, moved, moved)


def follow(
    connection: Connection, after: Corrections, linked: Collection[str], again: Collection[str]
) -> int:
    """Bring appearances that are linked to some ids in step with corrections, and sum up whom that changes.

    Args:
        again: ids to be summed up besides.

    Returns:
        How many appearances are somebody else than before.
    """
    table = appearances
    changed = []
    # What is found as somebody of whom no correction speaks, is that one.
    for ids in in_parts(sorted(linked), _MANY):
        query = select(table).where(table.c.linked.in_(ids))
        for row in connection.execute(query):
            who = who_is(row, after)
            if (who.actor, who.parted) != (row.actor, row.parted):
                changed.append((row, who))
    ensure_actors(connection, [{"id": who.actor, "name": row.name} for row, who in changed])
    for row, who in changed:
        values = {"actor": who.actor, "parted": who.parted}
        connection.execute(update(table).where(table.c.id == row.id).values(values))
    sum_up(connection, after, {*again, *(i for row, who in changed for i in (row.actor, who.actor))})
    return len(changed)


def who_is(row: Row[Any], made: Corrections) -> Who:
    """Who an appearance is after corrections, given its row."""
    trail = msgspec.json.decode(row.trail, type=list[str]) if row.trail else ()
    return made.who(row.linked, row.article, trail)


def ensure_actors(connection: Connection, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Make the rows of those actors that have none, so that appearances can point at them."""
    insert_new(connection, actors, rows)


class Summed(NamedTuple):
    """What all appearances of an actor sum up to: the row of `actors`, and the names in `actor_names`."""

    row: dict[str, str | None]
    names: list[str]


def sum_up(connection: Connection, made: Corrections, ids: Collection[str]) -> None:
    """Write anew the rows of some actors; who appears nowhere has none."""
    for part in in_parts(sorted(ids), _MANY):
        for id, told in summed_up(connection, made, part).items():
            connection.execute(delete(actor_names).where(actor_names.c.actor == id))
            if told is None:
                connection.execute(delete(actors).where(actors.c.id == id))
                continue
            connection.execute(update(actors).where(actors.c.id == id).values(told.row))
            insert_all(connection, actor_names, [name_row(id, n) for n in told.names])


def summed_up(connection: Connection, made: Corrections, ids: Sequence[str]) -> dict[str, Summed | None]:
    """What the appearances of some hundreds of actors sum up to; None for who appears nowhere."""
    said = _said_of(connection, ids)
    names = _names_of(connection, ids)
    found: dict[str, Summed | None] = {}
    for id in ids:
        if id not in said:
            found[id] = None
            continue
        given = made.names(id)
        row = _summary(id, said[id], names[id], given if made.is_named(id) else [])
        every = dict.fromkeys([row["name"], *given, *names[id]])
        found[id] = Summed(row, [n for n in every if n])
    return found


def add_names(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Let actors go by more names: pairs of an id and a name."""
    rows = [name_row(actor, name) for actor, name in dict.fromkeys(names)]
    insert_new(connection, actor_names, rows)


def name_row(actor: str, name: str) -> dict[str, str]:
    """The row of `actor_names` of a name by which an actor goes."""
    folded = fold(name)
    return {"actor": actor, "name": name, "folded": folded, "backwards": folded[::-1]}


def _said_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row[Any]]]:
    """What reports say of some actors, and how many say the same."""
    table = appearances
    said = (
        table.c.actor,
        table.c.found,
        table.c.linked,
        table.c.parted,
        table.c.name,
        table.c.type,
        table.c.country,
        table.c.sector,
    )
    query = select(*said, func.count().label("times")).where(table.c.actor.in_(ids)).group_by(*said)
    found: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.actor, []).append(row)
    return found


def _names_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """The names that reports have for some actors; not those of the registry where one is not the registry's."""
    query = (
        select(appearances.c.actor, appearance_names.c.name)
        .join(appearances, appearances.c.id == appearance_names.c.appearance)
        .where(appearances.c.actor.in_(ids), appearance_names.c.printed | ~appearances.c.parted)
        .distinct()
        .order_by(appearances.c.actor, appearance_names.c.name)
    )
    found: dict[str, list[str]] = {id: [] for id in ids}
    for row in connection.execute(query):
        found[row.actor].append(row.name)
    return found


def _summary(id: str, rows: list[Row[Any]], names: list[str], given: list[str]) -> dict[str, str | None]:
    """The row of an actor; what reports say of the actor itself goes before what those merged into it bring."""
    own = [r for r in rows if r.linked == id and not r.parted] or rows
    telling = [r for r in own if not _is_disowned(r)]
    name = given[0] if given else _commonest(telling, "name") or max(names or [rows[0].name], key=_fullness)
    return {
        "name": name,
        "type": _commonest(own, "type") or _commonest(rows, "type"),
        "country": _commonest(telling, "country") or _commonest(rows, "country"),
        "sector": _commonest(telling, "sector") or _commonest(rows, "sector"),
    }


def _is_disowned(row: Row[Any]) -> bool:
    """Comes what it says from the registry's entry of somebody who it is not?"""
    return bool(row.parted) and is_registered(row.found)


def is_registered(id: str) -> bool:
    """Is it an id of the registry?"""
    return not id.startswith(UNREGISTERED)


def _commonest(rows: list[Row[Any]], column: str) -> str | None:
    votes: Counter[str] = Counter()
    for row in rows:
        value = getattr(row, column)
        if value is not None and not (column != "type" and _is_disowned(row)):
            votes[value] += row.times
    return max(votes, key=lambda v: (votes[v], _fullness(v))) if votes else None


def _fullness(name: str) -> tuple[int, str]:
    return len(name), name
