"""Questions about stories: which reports they hold, who descends from whom, and of how many origins a number of reports is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, select

from onrecord.record.dialects import begins_with
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, copies, stories

# Of more reports than these it is quicker to look at all copies than for those of each.
_MANY: Final = 5_000


class CopyOf(msgspec.Struct):
    """A step of descent: `article` was made from `of`, or is likest to it; `directed`: something tells that `of` came first."""

    of: str
    article: str
    kind: str
    score: float
    directed: bool


class StoryThere(msgspec.Struct):
    """A story in the words of the output contract (DESIGN.md section 5).

    Attributes:
        articles: the one it begins with first, then by published time and id.
        origins: how many of its reports descend from no other.
    """

    id: str
    articles: list[str]
    copies: list[CopyOf]
    origins: int


class Member(msgspec.Struct):
    """A report of a story; `copy` is None for one that descends from no other."""

    id: str
    published: str | None
    outlet: str | None
    headline: str | None
    origin: str | None
    copy: CopyOf | None


class Tellers(msgspec.Struct):
    """How many reports tell something, how many stories these are, and of how many origins: copies count once."""

    articles: int
    stories: int
    origins: int


class InStory(msgspec.Struct):
    """Of a report its story: how many reports that has, and how many of them descend from no other."""

    id: str
    articles: int
    origins: int


def stories_of_reports(connection: Connection, ids: Iterable[str]) -> dict[str, InStory]:
    """The stories of some reports, by the ids of these; another version of a report is of the story of that report."""
    whole = articles.alias("whole")
    query = (
        select(articles.c.id, stories.c.id.label("story"), stories.c.articles, stories.c.origins)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .join(stories, stories.c.id == func.coalesce(articles.c.story, whole.c.story))
    )
    found: dict[str, InStory] = {}
    for part in in_parts(sorted(set(ids))):
        rows = connection.execute(query.where(articles.c.id.in_(part)))
        found |= {row.id: InStory(row.story, row.articles, row.origins) for row in rows}
    return found


def all_stories(
    connection: Connection, *, copied: bool = False, limit: int | None = None, offset: int = 0
) -> Iterator[StoryThere]:
    """All stories, those of many reports first.

    Args:
        copied: only those of several reports.
        limit: at most so many.
        offset: how many are left out at the beginning.
    """
    query = select(stories.c.id).order_by(stories.c.articles.desc(), stories.c.id)
    if copied:
        query = query.where(stories.c.articles > 1)
    for id in connection.execute(query.limit(limit).offset(offset or None)).scalars().all():
        yield story_there(connection, id)


def count_stories(connection: Connection, *, copied: bool = False) -> tuple[int, int, int]:
    """How many stories there are, of how many reports and origins."""
    query = select(
        func.count(),
        func.coalesce(func.sum(stories.c.articles), 0),
        func.coalesce(func.sum(stories.c.origins), 0),
    )
    if copied:
        query = query.where(stories.c.articles > 1)
    number, reports, origins = connection.execute(query).one()
    return int(number), int(reports), int(origins)


def story_there(connection: Connection, id: str) -> StoryThere:
    """The story of an id."""
    members = members_of(connection, id)
    origins = connection.execute(select(stories.c.origins).where(stories.c.id == id)).scalar_one()
    return StoryThere(id, [m.id for m in members], [m.copy for m in members if m.copy], origins)


def find_story(connection: Connection, name: str) -> str | None:
    """The id of a story, given it or its beginning; None if no story, or several, have it."""
    found = connection.execute(select(stories.c.id).where(begins_with(stories.c.id, name)).limit(2)).scalars()
    match found.all():
        case [id]:
            return str(id)
    return None


def members_of(connection: Connection, story: str) -> list[Member]:
    """The reports of a story: the one it begins with first, then by published time and id."""
    table = articles.c
    query = (
        select(
            table.id,
            table.published,
            table.outlet,
            func.coalesce(table.headline, table.title).label("headline"),
            table.origin,
            copies,
        )
        .outerjoin(copies, copies.c.article == table.id)
        .where(table.story == story)
        .order_by(table.published.is_(None), table.published, table.id)
    )
    members = [_member(row) for row in connection.execute(query)]
    below: dict[str, int] = {m.id: 0 for m in members}
    above = {m.id: m.copy.of for m in members if m.copy}
    for id in below:
        at = id
        while at in above:
            at = above[at]
            below[at] += 1
    begins = max((m for m in members if m.copy is None), key=lambda m: below[m.id], default=None)
    return [m for m in members if m is begins] + [m for m in members if m is not begins]


def _member(row: Row[Any]) -> Member:
    copy = CopyOf(row.of, row.id, row.kind, row.score, bool(row.directed)) if row.of else None
    return Member(row.id, row.published, row.outlet, row.headline, row.origin, copy)


def tellers(connection: Connection, ids: Iterable[str]) -> Tellers:
    """Of how many stories and origins some reports are; another version of a report counts as that report."""
    return tellers_of(connection, {"": set(ids)})[""]


def tellers_of(connection: Connection, groups: Mapping[str, Collection[str]]) -> dict[str, Tellers]:
    """The same as `tellers` of several groups of reports, by their names."""
    ids = sorted({id for group in groups.values() if len(group) > 1 for id in group})
    whole: dict[str, str] = {}
    stories_of: dict[str, str] = {}
    report = articles.alias()
    for part in in_parts(ids):
        query = (
            select(articles.c.id, report.c.id.label("whole"), report.c.story)
            .join(report, report.c.id == func.coalesce(articles.c.version_of, articles.c.id))
            .where(articles.c.id.in_(part))
        )
        for row in connection.execute(query):
            whole[row.id] = row.whole
            if row.story is not None:
                stories_of[row.whole] = row.story
    roots = roots_of(connection, set(whole.values()))
    found: dict[str, Tellers] = {}
    for name, group in groups.items():
        if len(group) > 1:
            reports = {whole[id] for id in group}
            told_in = {stories_of[id] for id in reports if id in stories_of}
            found[name] = Tellers(len(reports), len(told_in), len({roots[id] for id in reports}))
        else:
            found[name] = Tellers(len(group), len(group), len(group))
    return found


def roots_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Of some reports the one from which each descends in the end, by their ids: itself for most."""
    above: dict[str, str] = {}
    steps = select(copies.c.article, copies.c.of)
    if len(ids) > _MANY:
        above = {row.article: row.of for row in connection.execute(steps)}
    else:
        # Step by step: most reports have none above them.
        edge = set(ids)
        while edge:
            found = {
                row.article: row.of
                for part in in_parts(sorted(edge))
                for row in connection.execute(steps.where(copies.c.article.in_(part)))
            }
            above |= found
            edge = set(found.values()) - above.keys()
    return {id: _root(id, above) for id in ids}


def _root(id: str, above: Mapping[str, str]) -> str:
    while id in above:
        id = above[id]
    return id


def in_words(number: Tellers) -> str:
    """*, in 9 reports of 4 stories and 5 origins*, for people; nothing for a single report."""
    return f", in {in_reports(number)}" if number.articles > 1 else ""


def in_reports(number: Tellers) -> str:
    """*9 reports of 4 stories and 5 origins*, for people."""
    told = f"{number.stories} {'story' if number.stories == 1 else 'stories'} and {_count(number.origins, 'origin')}"
    return f"{_count(number.articles, 'report')} of {told}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
