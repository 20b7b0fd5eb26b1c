"""Somebody on a page: who they are and what they were when, what they said and did and had said and done to them.

`actors.describe` tells of each report; this tells all of it in numbers, and comes at once however often somebody is named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from onrecord.record.asking.actors import Role, facts_of
from onrecord.record.asking.appearing import Appearances, appearances_of
from onrecord.record.asking.dealings import Dealings, dealings_of
from onrecord.record.asking.heads import Head, head_line
from onrecord.record.asking.newest import newest_of
from onrecord.record.asking.newest_first import newest_first
from onrecord.record.asking.spoken import Spoken, SpokenOf, is_about, spoken_by_them, spoken_of_them
from onrecord.record.asking.statements import Said, said_of
from onrecord.record.schema import appearances, articles, roles, statements

# So many statements, events and reports are told themselves, and so many roles.
_FEW: Final = 6
_MOST_ROLES: Final = 40
# They are looked for in so many of the newest appearances first: mostly they are there.
_FIRST: Final = 60


class RoleTold(Role):
    """A role of somebody, with the first and the last day of the reports that take them for its holder; None if none of these has a
    day."""

    first_day: str | None
    last_day: str | None


class Profile(msgspec.Struct):
    """Somebody.

    Attributes:
        names: other names that reports print.
        roles: in the order of their days; of `all_roles` offices with days of their own, and the others that were told last.
        reports: in how many of the reports that name them all of this was counted.
        all_reports: in how many they appear. Of who appears in too many, only the newest reports are looked at, back to the day
            `since`.
        said, about: what they said, and what was said about them; `newest_said`, `newest_about`: some of it, the newest report first.
        dealings: what they did, and had done to them.
        newest: some of the reports in which they appear, the newest first.
    """

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    names: list[str]
    roles: list[RoleTold]
    all_roles: int
    reports: int
    all_reports: int
    since: str | None
    said: Spoken
    about: SpokenOf
    newest_said: list[Said]
    newest_about: list[Said]
    dealings: Dealings
    newest: list[Head]


def profile_of(connection: Connection, actor: str) -> Profile:
    """All that a page tells of an actor.

    Args:
        actor: the id of one who is on record.
    """
    them = appearances_of(connection, actor)
    held, all_roles = _roles(connection, them)
    return Profile(
        **facts_of(connection, actor),
        roles=held,
        all_roles=all_roles,
        reports=them.reports,
        all_reports=them.all_reports,
        since=them.since,
        said=spoken_by_them(connection, them),
        about=spoken_of_them(connection, them),
        newest_said=_newest(connection, them, _speak),
        newest_about=_newest(connection, them, is_about),
        dealings=dealings_of(connection, them, few=_FEW),
        newest=_newest_reports(connection, them),
    )


def _roles(connection: Connection, them: Appearances) -> tuple[list[RoleTold], int]:
    """Roles with the days of the reports in which somebody is taken for their holder, and how many there are in all."""
    found: dict[str, set[str]] = {}
    for id, day in zip(them.found, them.days, strict=True):
        if id:
            found.setdefault(id, set()).update([day] if day else ())
    held: dict[tuple[str, str | None, str | None, str | None], set[str]] = {}
    told = select(roles.c.found, roles.c.title, roles.c.of, roles.c.from_date, roles.c.to_date)
    for id, title, of, since, until in connection.execute(told.where(roles.c.found.in_(sorted(found)))):
        held.setdefault((title, of, since, until), set()).update(found[id])
    rows = [RoleTold(*role, min(days, default=None), max(days, default=None)) for role, days in held.items()]
    # Offices first, then what was told last.
    rows.sort(key=lambda r: (bool(r.from_ or r.to), r.last_day or "", r.title, r.of or ""), reverse=True)
    shown = rows[:_MOST_ROLES]
    shown.sort(key=lambda r: (r.from_ or r.to or r.first_day or "", r.to or "9999", r.title, r.of or ""))
    return shown, len(rows)


def _speak(them: Appearances) -> ColumnElement[bool]:
    return them.hold(statements.c.source_actor)


def _newest(
    connection: Connection, them: Appearances, fits: Callable[[Appearances], ColumnElement[bool]]
) -> list[Said]:
    for some in (them.newest(_FIRST), them):
        ids = newest_of(connection, statements, fits(some), limit=_FEW)
        if len(ids) == _FEW or len(some.numbers) == len(them.numbers):
            break
    return said_of(connection, ids)


def _newest_reports(connection: Connection, them: Appearances) -> list[Head]:
    theirs = select(appearances.c.article).where(them.newest(_FEW).hold(appearances.c.id))
    query = select(articles.c.id, articles.c.published, articles.c.outlet, head_line())
    ordered = newest_first(query.where(articles.c.serial.in_(theirs)))
    return [Head(*row) for row in connection.execute(ordered)]
