"""Each statement once a story: its printings in the copies, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.record.asking.statements import Evidence, Said, said_of
from onrecord.record.asking.stories import Tellers, members_of, tellers
from onrecord.record.schema import articles
from onrecord.resolution.stories.quoted import is_same_saying
from onrecord.resolution.stories.variants import compare_quotations


class Change(msgspec.Struct):
    """Words of two printings that differ, and why it matters; one of the two may be empty."""

    first: str
    second: str
    reason: str


class Printing(msgspec.Struct):
    """A statement as another report prints it, compared with the first printing.

    Attributes:
        variant: identical, punctuation, trimmed, translated or altered.
    """

    statement: str
    article: str
    published: str | None
    outlet: str | None
    variant: str
    changed: list[Change]
    evidence: list[Evidence]


class SaidOnce(msgspec.Struct):
    """A statement of a story as the report prints it that the story begins with, or the oldest that has it; and the others."""

    said: Said
    story: str | None
    printings: list[Printing]
    tellers: Tellers


def said_once(connection: Connection, found: Sequence[Said]) -> list[SaidOnce]:
    """Statements with the printings of one saying in one story put together, in the order of the first printings."""
    stories = _stories_of(connection, {_article(s) for s in found})
    place: dict[str, int] = {}
    for its in sorted({story for story in stories.values() if story}):
        place |= {m.id: n for n, m in enumerate(members_of(connection, its))}
    order = {s.id: n for n, s in enumerate(found)}
    groups: list[list[Said]] = []
    by_story: dict[str, list[list[Said]]] = {}
    # The report that a story begins with has the first word.
    for said in sorted(found, key=lambda s: (place.get(_article(s), 0), order[s.id])):
        story = stories.get(_article(said))
        group = _fitting(said, by_story.get(story, ())) if story else None
        if group is None:
            group = []
            groups.append(group)
            if story:
                by_story.setdefault(story, []).append(group)
        group.append(said)
    return [
        SaidOnce(
            group[0],
            stories.get(_article(group[0])),
            [_printing(group[0], other) for other in group[1:]],
            tellers(connection, (_article(s) for s in group)),
        )
        for group in sorted(groups, key=lambda g: min(order[s.id] for s in g))
    ]


def once_a_story(
    connection: Connection, ids: Mapping[str, tuple[str, str | None]]
) -> Iterator[tuple[str, Tellers]]:
    """Statements without those that copies print again; with in how many reports each is printed.

    Args:
        ids: for the id of each statement its report and the story of that.
    """
    by_story: dict[str, list[str]] = {}
    for id, (article, story) in ids.items():
        by_story.setdefault(story or article, []).append(id)
    for group in by_story.values():
        if len({ids[id][0] for id in group}) == 1:
            yield from ((id, Tellers(1, 1, 1)) for id in group)
            continue
        for once in said_once(connection, said_of(connection, sorted(group, key=_in_order))):
            yield once.said.id, once.tellers


def _in_order(id: str) -> tuple[str, int]:
    article, _, number = id.rpartition("#s")
    return article, int(number)


def _fitting(said: Said, groups: Iterable[list[Said]]) -> list[Said] | None:
    """The group whose first printing is of the same saying; of one report only one statement is in a group."""
    words = _words(said)
    for group in groups:
        if all(_article(other) != _article(said) for other in group) and is_same_saying(
            _words(group[0]), words
        ):
            return group
    return None


def _printing(first: Said, other: Said) -> Printing:
    one, two = _words(first), _words(other)
    variant = compare_quotations(one, two)
    return Printing(
        other.id,
        _article(other),
        other.published,
        other.outlet,
        variant.kind,
        [Change(c.first.of(one), c.second.of(two), c.reason) for c in variant.changed],
        other.evidence,
    )


def _words(said: Said) -> str:
    return " ".join(" ".join(e.text.split()) for e in said.evidence)


def _article(said: Said) -> str:
    return said.id.rpartition("#")[0]


def _stories_of(connection: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """For each report its story; another version of a report has that of the report."""
    whole = articles.alias("whole")
    query = (
        select(articles.c.id, func.coalesce(articles.c.story, whole.c.story).label("story"))
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .where(articles.c.id.in_(sorted(ids)))
    )
    return {row.id: row.story for row in connection.execute(query)}
