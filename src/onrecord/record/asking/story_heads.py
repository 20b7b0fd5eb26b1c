"""Stories as they are listed: what each is called, which outlets tell it, of how many origins it is and when it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, func, or_, select

from onrecord.record.asking.days import published_on
from onrecord.record.asking.newest_first import newest_first
from onrecord.record.asking.outlets import outlets_named
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.stories import Member, members_of
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, stories

# newest: the story that was told last comes first; told: the one of most reports.
StoryOrder: TypeAlias = Literal["newest", "told"]


class StoryHead(msgspec.Struct, frozen=True):
    """A story as it is listed.

    Attributes:
        articles, origins: how many reports tell it, and how many of them descend from no other.
        begins: the report that it begins with.
        outlets: who tells it, each once, in the order of their first reports.
        first, last: when its first and its last report were published, as exact as it is known.
    """

    id: str
    articles: int
    origins: int
    begins: Member
    outlets: list[str]
    first: str | None
    last: str | None


class StoryHeadsQuestion(msgspec.Struct, frozen=True):
    """Which stories to list; all that is given must hold of one of their reports.

    Attributes:
        several: only those that several reports tell.
        outlet: who published it.
        since, until: ISO dates, both included, on which it was published.
    """

    order: StoryOrder = "newest"
    several: bool = False
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


class StoryHeads(msgspec.Struct, frozen=True):
    """Some of the stories that fit; `total` is how many there are."""

    rows: list[StoryHead]
    total: int


def story_heads(
    connection: Connection, question: StoryHeadsQuestion, *, limit: int, offset: int = 0
) -> StoryHeads:
    """Stories as they are listed.

    Args:
        limit: at most so many.
        offset: how many are left out at the beginning.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    check_question({"outlet": question.outlet}, question.since, question.until)
    fits = _Fitting(connection, question)
    query = _told_most(fits) if question.order == "told" else _told_last(fits)
    ids = connection.execute(query.limit(limit).offset(offset or None)).scalars().all()
    total = while_unchanged(connection, ("story heads", question), lambda: _count(connection, fits))
    return StoryHeads(_heads(connection, ids), total)


class _Fitting:
    """Which reports, and which stories, fit a question."""

    def __init__(self, connection: Connection, question: StoryHeadsQuestion) -> None:
        self.several = question.several
        self._days = question.since, question.until
        self._outlets = outlets_named(connection, question.outlet) if question.outlet else None

    @property
    def asks_outlets(self) -> bool:
        """Are reports asked of some outlets alone?"""
        return self._outlets is not None

    @property
    def asks_reports(self) -> bool:
        """Is anything asked of the reports of a story?"""
        return self._outlets is not None or any(self._days)

    def report(self, of: FromClause = articles) -> list[ColumnElement[bool]]:
        """Does a report fit that has a story?"""
        found = [of.c.story.is_not(None), *published_on(*self._days, of)]
        return found if self._outlets is None else [*found, of.c.outlet.in_(self._outlets)]

    def story(self) -> list[ColumnElement[bool]]:
        """Does a story fit, apart from its reports?"""
        return [stories.c.articles > 1] if self.several else []


def _told_last(fits: _Fitting) -> Select[Any]:
    """Ids of stories, those first of which a report that fits was published last."""
    return _of_outlets(fits) if fits.asks_outlets else _by_day(fits)


def _of_outlets(fits: _Fitting) -> Select[Any]:
    """The reports of an outlet are few beside all others: they are found first, and put in order then."""
    last = func.max(articles.c.published).label("last")
    told = select(articles.c.story, last).where(*fits.report()).group_by(articles.c.story).cte("told")
    query = select(told.c.story).order_by(told.c.last.desc().nulls_last(), told.c.story)
    return query.join(stories, stories.c.id == told.c.story).where(*fits.story()) if fits.several else query


def _by_day(fits: _Fitting) -> Select[Any]:
    """Reports are gone through by their days, and a story stands where its newest report does."""
    newer = articles.alias("newer")
    is_newer = or_(
        func.coalesce(newer.c.published, "") > func.coalesce(articles.c.published, ""),
        and_(
            func.coalesce(newer.c.published, "") == func.coalesce(articles.c.published, ""),
            newer.c.id < articles.c.id,
        ),
    )
    passed = exists().where(newer.c.story == articles.c.story, is_newer, *fits.report(newer))
    query = select(articles.c.story).where(*fits.report(), ~passed)
    if fits.several:
        query = query.where(exists().where(stories.c.id == articles.c.story, *fits.story()))
    return newest_first(query)


def _told_most(fits: _Fitting) -> Select[Any]:
    """Ids of stories, those of most reports first."""
    query = select(stories.c.id).where(*fits.story())
    if fits.asks_reports:
        query = query.where(stories.c.id.in_(select(articles.c.story).where(*fits.report())))
    return query.order_by(stories.c.articles.desc(), stories.c.id)


def _count(connection: Connection, fits: _Fitting) -> int:
    query = select(func.count()).select_from(stories).where(*fits.story())
    if fits.asks_reports:
        query = query.where(stories.c.id.in_(select(articles.c.story).where(*fits.report())))
    return int(connection.execute(query).scalar_one())


def _heads(connection: Connection, ids: Sequence[str]) -> list[StoryHead]:
    sizes: dict[str, tuple[int, int]] = {}
    for part in in_parts(ids):
        rows = connection.execute(select(stories).where(stories.c.id.in_(part)))
        sizes |= {row.id: (row.articles, row.origins) for row in rows}
    return [_head(id, *sizes[id], members_of(connection, id)) for id in ids]


def _head(id: str, reports: int, origins: int, members: Sequence[Member]) -> StoryHead:
    by_day = sorted(members, key=lambda m: (m.published is None, m.published or ""))
    days = [m.published for m in by_day if m.published is not None]
    return StoryHead(
        id=id,
        articles=reports,
        origins=origins,
        begins=members[0],
        outlets=list(dict.fromkeys(m.outlet for m in by_day if m.outlet)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )
