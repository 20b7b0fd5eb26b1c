"""What was said in the last seven days that there are reports of: who is heard most, and what was said of some kinds.

Every question here begins with the reports of those days, which an index finds: none grows with the rest of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.record.asking.as_of import are_asked
from onrecord.record.asking.days import published_on
from onrecord.record.asking.newest_first import newest_first, of_report
from onrecord.record.asking.statements import Said, said_of
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.schema import actors, appearances, articles, statements, stories
from onrecord.resolution.spelling import fold

_DAYS: Final = 7
# Statements that are fetched at a time.
_MANY: Final = 500


class Week(msgspec.Struct, frozen=True):
    """Seven days, ISO, both ends included."""

    first: str
    last: str


class Voice(msgspec.Struct, frozen=True):
    """Somebody who is heard: how often, copies of one story once, and in how many stories."""

    id: str
    name: str
    country: str | None
    sector: str | None
    heard: int
    stories: int


class SaidInStory(msgspec.Struct, frozen=True):
    """A statement, and its story with the number of its reports and origins."""

    said: Said
    story: str | None
    reports: int
    origins: int


class SaidInWeek(msgspec.Struct, frozen=True):
    """Statements of one kind: how many printings of them there are, and the newest, of each story once. What stands in another
    statement is left out with it."""

    kind: str
    total: int
    newest: list[SaidInStory]


class WeekTold(msgspec.Struct, frozen=True):
    """What was said in a week.

    Attributes:
        reports: how many there are of these days.
        heard: who is said to have said something, those first who are heard most.
        said: the kinds that were asked for, in their order.
    """

    week: Week
    reports: int
    heard: list[Voice]
    said: list[SaidInWeek]


def week_told(
    connection: Connection, kinds: Sequence[str], *, few: int, today: date | None = None
) -> WeekTold | None:
    """What was said in the last seven days that there are reports of; None if no report has a day.

    Args:
        kinds: of which statements are told.
        few: at most so many of each, and so many who are heard.
        today: reports of later days than tomorrow have a wrong day, and do not tell the last one; None is the day of UTC.
    """
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    question = ("week", tuple(kinds), few, latest)
    return while_unchanged(connection, question, lambda: _tell(connection, kinds, few, latest))


def _tell(connection: Connection, kinds: Sequence[str], few: int, latest: date) -> WeekTold | None:
    week = _last_week(connection, latest)
    if week is None:
        return None
    within = (*published_on(week.first, week.last), are_asked(connection))
    reports = connection.execute(select(func.count()).select_from(articles).where(*within)).scalar_one()
    by_kind = (
        select(statements.c.kind, func.count().label("number"))
        .join_from(articles, statements, _of_report())
        .where(*within, statements.c.within.is_(None))
        .group_by(statements.c.kind)
    )
    totals: dict[str, int] = {row.kind: row.number for row in connection.execute(by_kind)}
    newest = _newest(connection, within, kinds, few)
    said = [SaidInWeek(kind, totals.get(kind, 0), newest[kind]) for kind in kinds]
    return WeekTold(week, int(reports), _heard_most(connection, within, few), said)


def _last_week(connection: Connection, latest: date) -> Week | None:
    """The seven days that end with the newest report of a day that has come, or else of any."""
    day = func.substr(articles.c.published, 1, 10)
    newest = (
        # What is known to the month alone has no day.
        select(day)
        .where(articles.c.published.is_not(None), func.length(articles.c.published) >= len("2024-03-05"))
        .order_by(articles.c.published.desc())
        .limit(1)
    )
    has_come = newest.where(*published_on(None, latest.isoformat()))
    last = connection.execute(has_come).scalar() or connection.execute(newest).scalar()
    if last is None:
        return None
    return Week((date.fromisoformat(last) - timedelta(days=_DAYS - 1)).isoformat(), last)


def _of_report() -> ColumnElement[bool]:
    """Statements are looked up by the reports of the week: by their kind, or by who said them, they would be those of all weeks."""
    return of_report(statements.c.article, reports_first=True)


def _newest(
    connection: Connection, within: Sequence[ColumnElement[bool]], kinds: Sequence[str], few: int
) -> dict[str, list[SaidInStory]]:
    """The newest statements of some kinds; what a copy of the same story prints in the same words is told once."""
    whole = articles.alias("whole")
    story = func.coalesce(articles.c.story, whole.c.story).label("story")
    query = (
        select(statements.c.id, statements.c.kind, statements.c.content_text, story)
        .join_from(articles, statements, _of_report())
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .where(*within, statements.c.within.is_(None))
    )
    chosen: dict[str, dict[tuple[str | None, str], str]] = {kind: {} for kind in kinds}
    rows = connection.execute(newest_first(query, statements.c.number).execution_options(yield_per=_MANY))
    for row in rows:
        told = chosen.get(row.kind)
        if told is not None and len(told) < few:
            told.setdefault((row.story, fold(row.content_text)), row.id)
            if all(len(of_kind) == few for of_kind in chosen.values()):
                break
    rows.close()
    stories_of = {id: story for of_kind in chosen.values() for (story, _), id in of_kind.items()}
    there = stories.c.id.in_(sorted({story for story in stories_of.values() if story}))
    sizes = {row.id: (row.articles, row.origins) for row in connection.execute(select(stories).where(there))}
    said = {s.id: s for s in said_of(connection, list(stories_of))}
    return {
        kind: [
            SaidInStory(said[id], story, *sizes.get(story or "", (1, 1)))
            for (story, _), id in of_kind.items()
        ]
        for kind, of_kind in chosen.items()
    }


def _heard_most(connection: Connection, within: Sequence[ColumnElement[bool]], few: int) -> list[Voice]:
    """Who is heard most: in a story as often as in the one of its reports that has most of them, as in `sources`."""
    once = _by_story(within).subquery()
    heard = func.sum(once.c.most).label("heard")
    query = (
        select(
            actors.c.id,
            actors.c.name,
            actors.c.country,
            actors.c.sector,
            heard,
            func.count().label("stories"),
        )
        .join(once, once.c.actor == actors.c.id)
        .group_by(actors.c.id, actors.c.name, actors.c.country, actors.c.sector)
        .order_by(heard.desc(), func.count().desc(), actors.c.name, actors.c.id)
        .limit(few)
    )
    return [
        Voice(row.id, row.name, row.country, row.sector, int(row.heard), int(row.stories))
        for row in connection.execute(query)
    ]


def _by_story(within: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Of each story how often somebody is heard in it."""
    whole = articles.alias("whole")
    story = func.coalesce(articles.c.story, whole.c.story, articles.c.id).label("story")
    in_report = (
        select(appearances.c.actor, story, statements.c.article, func.count().label("number"))
        .join_from(articles, statements, _of_report())
        .join(appearances, appearances.c.id == statements.c.source_actor)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .where(
            *within,
            statements.c.attitude == "speech",
            ~statements.c.negated,
            statements.c.within.is_(None),
        )
        .group_by(appearances.c.actor, story, statements.c.article)
        .subquery()
    )
    return select(in_report.c.actor, in_report.c.story, func.max(in_report.c.number).label("most")).group_by(
        in_report.c.actor, in_report.c.story
    )
