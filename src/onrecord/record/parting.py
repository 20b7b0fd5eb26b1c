"""Mentions of a report that a split gives to somebody else: they get an appearance of their own.

A source, a content's subject, a party of an event and a mention point at the new appearance where
they rest on such a mention. What analysis found can be had again at any time, since each new appearance knows its base.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from onrecord.record.corrections import Corrections
from onrecord.record.quoting import words_of_mention
from onrecord.record.row_ids import FIRST_PARTED
from onrecord.record.schema import (
    actors,
    appearance_names,
    appearances,
    contents,
    event_parties,
    events,
    mentions,
    statements,
    subjects,
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention of an actor; `moved` is the appearance to which a split gives it, else its base."""

    number: int
    start: int
    end: int
    base: str
    moved: str


def part_mentions(connection: Connection, article: str, made: Corrections) -> set[str]:
    """Bring the appearances of a report in step with the splits that speak of its mentions.

    Returns:
        Ids of the actors that appear in the report now or did before, to be summed up.
    """
    before = _actors_in(connection, article)
    _put_back(connection, article)
    named = made.mentions_in(article)
    if named:
        _take_out(connection, article, made, named)
    return before | _actors_in(connection, article)


def _actors_in(connection: Connection, article: str) -> set[str]:
    query = select(appearances.c.actor).where(appearances.c.article == article)
    return set(connection.execute(query).scalars())


def _put_back(connection: Connection, article: str) -> None:
    """Let everything point at what analysis found."""
    table = appearances
    bases = {
        row.id: row.base
        for row in connection.execute(
            select(table.c.id, table.c.base).where(table.c.article == article, table.c.base.is_not(None))
        )
    }
    for id, base in bases.items():
        connection.execute(update(mentions).where(mentions.c.actor == id).values(actor=base))
        connection.execute(
            update(statements).where(statements.c.source_actor == id).values(source_actor=base)
        )
        connection.execute(update(event_parties).where(event_parties.c.actor == id).values(actor=base))
        told = connection.execute(select(subjects.c.statement).where(subjects.c.actor == id)).scalars().all()
        there = set(
            connection.execute(select(subjects.c.statement).where(subjects.c.actor == base)).scalars()
        )
        rows = [{"statement": statement, "actor": base} for statement in told if statement not in there]
        if rows:
            connection.execute(insert(subjects), rows)
        connection.execute(delete(subjects).where(subjects.c.actor == id))
    connection.execute(delete(appearance_names).where(appearance_names.c.appearance.in_(bases)))
    connection.execute(delete(table).where(table.c.id.in_(bases)))


def _take_out(connection: Connection, article: str, made: Corrections, named: set[int]) -> None:
    """Give the mentions that begin at `named` to whom the splits say."""
    bases = {
        row.id: row for row in connection.execute(select(appearances).where(appearances.c.article == article))
    }
    rows = connection.execute(
        select(mentions, words_of_mention())
        .where(mentions.c.article == article, mentions.c.actor.is_not(None))
        .order_by(mentions.c.number)
    )
    found: list[_Mention] = []
    new: dict[tuple[str, tuple[str, ...]], tuple[str, list[str]]] = {}
    for row in rows:
        trail = made.trail(bases[row.actor].linked, article, row.start) if row.start in named else ()
        moved = row.actor
        if trail:
            # Behind all that analysis found, in the order of the text.
            place = FIRST_PARTED + len(new)
            moved, words = new.setdefault((row.actor, trail), (f"{article}#a{place}", []))
            words += [" ".join(row.text.split())] if row.form == "name" else []
        found.append(_Mention(row.number, row.start, row.end, row.actor, moved))
    for (base, trail), (id, words) in new.items():
        _add_appearance(connection, id, bases[base], trail, words, made)
    _point_anew(connection, article, found)


def _add_appearance(
    connection: Connection, id: str, base: Any, trail: Sequence[str], words: Sequence[str], made: Corrections
) -> None:
    """Store the appearance of mentions that were taken out; it is called as they call it."""
    who = made.who(base.linked, base.article, trail)
    name = max(words, key=lambda w: (len(w), w)) if words else base.name
    row = {
        **base._mapping,
        "id": id,
        "actor": who.actor,
        "parted": who.parted,
        "name": name,
        "base": base.id,
        "trail": msgspec.json.encode(trail).decode(),
    }
    if connection.execute(select(actors.c.id).where(actors.c.id == who.actor)).first() is None:
        connection.execute(insert(actors), {"id": who.actor, "name": name})
    connection.execute(insert(appearances), row)
    names = [{"appearance": id, "name": n, "printed": bool(words)} for n in dict.fromkeys([name, *words])]
    connection.execute(insert(appearance_names), names)


def _point_anew(connection: Connection, article: str, found: Sequence[_Mention]) -> None:
    """Let mentions, sources, subjects and parties point at the appearances to which their mentions were given."""
    taken = {m.base for m in found if m.moved != m.base}
    of_base = {base: [m for m in found if m.base == base] for base in taken}
    for m in found:
        if m.moved != m.base:
            here = (mentions.c.article == article) & (mentions.c.number == m.number)
            connection.execute(update(mentions).where(here).values(actor=m.moved))
    table = statements
    sources = select(table.c.id, table.c.source_start, table.c.source_end, table.c.source_actor).where(
        table.c.article == article, table.c.source_actor.in_(taken)
    )
    for row in connection.execute(sources).all():
        within = _within(of_base[row.source_actor], [(row.source_start, row.source_end)])
        if within and within[0].moved != row.source_actor:
            source = update(table).where(table.c.id == row.id).values(source_actor=within[0].moved)
            connection.execute(source)
    _point_subjects(connection, article, of_base)
    _point_parties(connection, article, of_base)


def _point_subjects(connection: Connection, article: str, of_base: Mapping[str, Sequence[_Mention]]) -> None:
    about = (
        select(subjects.c.statement, subjects.c.actor)
        .join(statements, statements.c.id == subjects.c.statement)
        .where(statements.c.article == article, subjects.c.actor.in_(of_base))
    )
    for statement, base in connection.execute(about).all():
        pieces = select(contents.c.start, contents.c.end).where(contents.c.statement == statement)
        spans = [(row.start, row.end) for row in connection.execute(pieces)]
        meant = {m.moved for m in _within(of_base[base], spans)}
        if meant and meant != {base}:
            here = (subjects.c.statement == statement) & (subjects.c.actor == base)
            connection.execute(delete(subjects).where(here))
            rows = [{"statement": statement, "actor": actor} for actor in sorted(meant)]
            connection.execute(insert(subjects), rows)


def _point_parties(connection: Connection, article: str, of_base: Mapping[str, Sequence[_Mention]]) -> None:
    table = event_parties
    ours = (
        select(table)
        .join(events, events.c.id == table.c.event)
        .where(events.c.article == article, table.c.actor.in_(of_base))
    )
    for row in connection.execute(ours).all():
        within = _within(of_base[row.actor], [(row.start, row.end)])
        if within and within[0].moved != row.actor:
            here = (table.c.event == row.event) & (table.c.role == row.role) & (table.c.number == row.number)
            connection.execute(update(table).where(here).values(actor=within[0].moved))


def _within(found: Sequence[_Mention], spans: Sequence[tuple[int, int]]) -> list[_Mention]:
    return [m for m in found if any(start <= m.start and m.end <= end for start, end in spans)]
