"""What a correction would change: it is carried out, looked at, and not kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from onrecord.record.asking.actors import facts_of, find_actors
from onrecord.record.bearers import blocks_of
from onrecord.record.correct import merge, rename, split, undo
from onrecord.record.corrections import Correction
from onrecord.record.event_joins import join_events
from onrecord.record.people import load_corrections
from onrecord.record.schema import actors, appearances, event_parties, events, mentions, statements, subjects
from onrecord.record.store import Record

# So many actors of a name are looked at, of whom a correction may part or join some.
_MOST: Final = 200


class Standing(msgspec.Struct):
    """Who somebody is, and how much is theirs.

    Attributes:
        names: other names by which they go.
        reports, mentions: in how many reports they appear, and how often they are mentioned.
        said, about: of how many statements they are the source, and how many are about them.
        events: in how many they take part.
    """

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    names: list[str]
    reports: int
    mentions: int
    said: int
    about: int
    events: int


class Changed(msgspec.Struct):
    """Somebody before a correction and after it; None where there is no such actor."""

    before: Standing | None
    after: Standing | None


class Preview(msgspec.Struct):
    """What a correction would change.

    Attributes:
        correction: the one that would be made, or taken back.
        changed: everybody who would not be as before; first those of whom it speaks.
    """

    correction: Correction
    changed: list[Changed]


class _NotKeptError(Exception):
    """Ends the transaction in which a correction was tried."""


# When and by what a correction that is tried was made: nobody reads it.
_STAMP: Final = {"time": "", "command": ""}


def preview_merge(record: Record, actor: str, other: str) -> Preview:
    """What it would change if `other` went by `actor`.

    Args:
        actor, other: ids or names.

    Raises:
        UsageError: as `correct.merge` does.
    """
    return _tried(record, (actor, other), lambda connection: merge(connection, actor, other, **_STAMP))


def preview_split(record: Record, actor: str, reports: Sequence[str]) -> Preview:
    """What it would change if an actor were somebody else in some reports, or where some mentions stand.

    Args:
        actor, reports: as for `correct.split`.

    Raises:
        UsageError: as `correct.split` does.
    """
    return _tried(record, (actor,), lambda connection: split(connection, actor, reports, **_STAMP))


def preview_rename(record: Record, actor: str, name: str) -> Preview:
    """What it would change if an actor were called otherwise.

    Raises:
        UsageError: as `correct.rename` does.
    """
    return _tried(record, (actor,), lambda connection: rename(connection, actor, name, **_STAMP))


def preview_undo(record: Record) -> Preview:
    """What it would change if the last correction were taken back.

    Raises:
        UsageError: if there is none.
    """
    return _tried(record, (), undo)


def _tried(record: Record, names: Sequence[str], make: Callable[[Connection], Correction]) -> Preview:
    """What a correction changes; the record stays as it is.

    Args:
        names: ids or names of those of whom it speaks; none for the one that is taken back.
    """
    told: list[Preview] = []
    try:
        with record.writing() as connection:
            told.append(_try(connection, names, make))
            raise _NotKeptError
    except _NotKeptError:
        return told[0]


def _try(connection: Connection, names: Sequence[str], make: Callable[[Connection], Correction]) -> Preview:
    last = load_corrections(connection).made[-1:]
    spoken_of = [id for name in names for id in find_actors(connection, name)]
    if not names:
        spoken_of = [id for c in last for id in (c.actor, c.other) if id]
    concerned = {*spoken_of, *_concerned(connection, spoken_of)}
    before = standings(connection, concerned)
    made = make(connection)
    # As whatever is kept does at its end.
    join_events(connection)
    spoken_of = [id for id in (made.actor, made.other) if id]
    concerned |= {*spoken_of, *_concerned(connection, spoken_of)}
    after = standings(connection, concerned)
    ordered = [*spoken_of, *sorted(concerned - set(spoken_of))]
    return Preview(
        made, [Changed(before.get(id), after.get(id)) for id in ordered if before.get(id) != after.get(id)]
    )


def _concerned(connection: Connection, ids: Collection[str]) -> set[str]:
    """Who may be somebody else by a correction that speaks of some actors: they, and those who bear their names."""
    found = appearances.c.found
    bear = [and_(found >= block, found < block + "/") for block in sorted(blocks_of(ids))]
    query = select(appearances.c.actor).where(or_(appearances.c.linked.in_(ids), *bear)).distinct()
    return set(connection.execute(query.limit(_MOST)).scalars())


def standings(connection: Connection, ids: Collection[str]) -> dict[str, Standing]:
    """How some actors stand now, by their ids; who is not on record is left out."""
    there = select(actors.c.id).where(actors.c.id.in_(sorted(ids)))
    return {id: _standing(connection, id) for id in connection.execute(there).scalars().all()}


def _standing(connection: Connection, id: str) -> Standing:
    ours = select(appearances.c.id).where(appearances.c.actor == id)

    def number(what: ColumnElement[int], *conditions: ColumnElement[bool]) -> int:
        return connection.execute(select(what).where(*conditions)).scalar_one()

    # What somebody has marked wrong is nobody's.
    spoken_of = select(subjects.c.statement).where(subjects.c.actor.in_(ours))
    takes_part = select(event_parties.c.event).where(event_parties.c.actor.in_(ours))
    right = ~statements.c.wrong
    return Standing(
        **facts_of(connection, id),
        reports=number(func.count(appearances.c.article.distinct()), appearances.c.actor == id),
        mentions=number(func.count(mentions.c.number), mentions.c.actor.in_(ours)),
        said=number(func.count(statements.c.number), statements.c.source_actor.in_(ours), right),
        about=number(func.count(statements.c.number), statements.c.id.in_(spoken_of), right),
        events=number(func.count(events.c.event.distinct()), events.c.id.in_(takes_part), ~events.c.wrong),
    )
