"""Who is who among the bearers of one name whom the registry does not know.

`appearances.found` is made from what one report tells: `actor-`, a digest of the name's key, and what tells its bearer
apart. `appearances.linked` is the bearer over all reports of the record: it follows from the set of all that is found
under the key, so it is set anew when something else comes under it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, select, union_all, update

from onrecord.contract import ActorOut, AnalysisOut
from onrecord.record.corrections import Corrections
from onrecord.record.ids import digest
from onrecord.record.prepared import Question, fill
from onrecord.record.schema import appearances
from onrecord.resolution.namesakes import (
    describe_end,
    name_key,
    part_namesakes,
    read_told,
    told_of,
    write_told,
)

# Ids of actors that are made from a name begin so.
NAMED = "actor-"
# Blocks in one question. Each is asked for by itself: of several ranges SQLite thinks that it may as well look at all rows.
_MANY = 12
_BEARERS = Question(
    union_all(
        *(
            select(appearances.c.found, appearances.c.linked)
            .where(
                appearances.c.found >= bindparam(f"block{n}"),
                appearances.c.found < bindparam(f"end{n}"),
            )
            .distinct()
            for n in range(_MANY)
        )
    )
)
# *Ana Orpel, 54,* and *Ana Orpel (54)*.
_AGE = re.compile(r", (?:aged )?(\d{2})(?=[,.]|$)| \((\d{2})\)")


def found_ids(analysis: AnalysisOut) -> dict[str, str]:
    """The record's id of whom analysis found, by the report's ids (`a1`, ...), the same on every machine: the
    registry's, else made from the name and from what the report tells of its bearer."""
    year = int(analysis.published[:4]) if analysis.published else None
    born = _births(analysis, year) if year else {}
    ids = {}
    for actor in analysis.actors:
        registered = actor.same_as.get("registry")
        ids[actor.id] = registered or _made_id(actor, born.get(actor.id), year)
    return ids


def _made_id(actor: ActorOut, born: int | None, year: int | None) -> str:
    is_person = actor.type == "person"
    block = block_id(actor.name, actor.type)
    if not is_person:
        return block
    # Who held an office until some year is a former holder.
    roles = [(f"former {r.title}" if r.to else r.title, r.of) for r in actor.roles]
    told = told_of(actor.name, roles=roles, born=born, decade=year // 10 if year else None)
    return block + write_told(told)


def block_id(name: str, type: str | None) -> str:
    """The id under which all bearers of a name stand."""
    return NAMED + digest(name_key(name, person=type == "person"))


def _births(analysis: AnalysisOut, year: int) -> dict[str, int]:
    """Years of birth, by the ages behind the names."""
    born: dict[str, int] = {}
    for m in analysis.mentions:
        if m.actor and m.form == "name" and (age := _AGE.match(analysis.text, m.end)):
            born.setdefault(m.actor, year - int(age[1] or age[2]))
    return born


def block_of(id: str) -> str | None:
    """The block of an id that is made from a name; None of any other id."""
    return id.partition(".")[0] if id.startswith(NAMED) else None


def blocks_of(ids: Iterable[str]) -> set[str]:
    """The blocks of some ids."""
    return {block for id in ids if (block := block_of(id))}


def link_found(
    connection: Connection, found: Collection[str], made: Corrections
) -> tuple[dict[str, str], set[str]]:
    """Who those are that analysis found in a report which is not among the appearances yet.

    Returns:
        Who each is, and the blocks in which that changes who others are: to be linked anew when the report is there.
    """
    linked = {id: id for id in found}
    blocks = sorted(blocks_of(found))
    changed: set[str] = set()
    there = _bearers_of(connection, blocks)
    for block in blocks:
        known = dict(there[block])
        new = {id for id in found if block_of(id) == block}
        if new - known.keys():
            bearers = part_bearers(block, known.keys() | new, made)
            if any(bearers[id] != bearer for id, bearer in there[block]):
                changed.add(block)
            known = bearers
        linked |= {id: known[id] for id in new}
    return linked, changed


def _bearers(connection: Connection, block: str) -> Sequence[tuple[str, str]]:
    """Whom analysis found under a key, and who that is, each pair once."""
    return _bearers_of(connection, [block])[block]


def _bearers_of(connection: Connection, blocks: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Whom analysis found under some keys, and who that is, each pair once."""
    rows: dict[str, list[tuple[str, str]]] = {block: [] for block in blocks}
    for part in fill("block", _MANY, blocks):
        # Ends of ids begin with a full stop; it and the block itself lie before a slash.
        ends = {f"end{n}": block + "/" for n, block in enumerate(part.values())}
        for row in dict.fromkeys(map(tuple, _BEARERS.ask(connection, **part, **ends))):
            rows[row[0].partition(".")[0]].append(row)
    return rows


def part_bearers(block: str, found: Collection[str], made: Corrections) -> dict[str, str]:
    """Who each is of those whom analysis found under one key."""
    whole = {id.removeprefix(block) for id in made.touched() if block_of(id) == block}
    told = {id: read_told(id.removeprefix(block)) for id in found}
    ends = part_namesakes(told.values(), whole)
    return {id: block + ends[told[id]] for id in found}


def link_bearers(connection: Connection, blocks: Collection[str], made: Corrections) -> set[str]:
    """Set anew who is who under some keys.

    Whom a correction speaks of is not parted further: somebody has looked at that one.

    Returns:
        Ids of bearers that have gained or lost an appearance.
    """
    table = appearances
    changed: set[str] = set()
    for block in sorted(blocks):
        rows = _bearers(connection, block)
        bearers = part_bearers(block, {found for found, _ in rows}, made)
        for found, linked in rows:
            bearer = bearers[found]
            if bearer != linked:
                moved = (table.c.found == found) & (table.c.linked == linked)
                connection.execute(update(table).where(moved).values(linked=bearer))
                changed |= {linked, bearer}
    return changed


def namesakes_of(connection: Connection, linked: str) -> list[str]:
    """Ids of the others who bear a name."""
    block = block_of(linked)
    if block is None:
        return []
    table = appearances
    here = (table.c.linked == block) | ((table.c.linked > block + ".") & (table.c.linked < block + "/"))
    found = connection.execute(select(table.c.linked).where(here).distinct()).scalars()
    return sorted(i for i in found if i != linked)


def explain_bearer(found: str, linked: str, others: Collection[str]) -> str:
    """Why somebody is told apart from the namesakes on record, in words; empty if there are none."""
    if not others:
        return ""
    block = block_of(linked) or ""
    told = describe_end(read_told(found.removeprefix(block)))
    return f"; apart from {', '.join(others)} of the same name, since this report tells {told or 'nothing of whose name it is'}"
