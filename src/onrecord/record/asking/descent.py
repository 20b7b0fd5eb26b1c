"""Where one report stands in its story, without the other reports of it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.record.asking.stories import CopyOf
from onrecord.record.schema import articles, copies, stories


class Descent(msgspec.Struct):
    """A report among the others of its story.

    Attributes:
        reports, origins: how many reports the story has, and how many of them descend from no other.
        copy: from which report it was made, or which it is likest to; None if it descends from none.
        copies: how many were made from it.
    """

    story: str
    reports: int
    origins: int
    copy: CopyOf | None
    copies: int


def descent_of(connection: Connection, article: str) -> Descent | None:
    """Where a report stands in its story, given its id; None for another version of a report, which is in no story."""
    query = (
        select(stories.c.id, stories.c.articles, stories.c.origins, copies.c.of, copies.c.kind, copies.c.score, copies.c.directed)
        .join(articles, articles.c.story == stories.c.id)
        .outerjoin(copies, copies.c.article == articles.c.id)
        .where(articles.c.id == article)
    )  # fmt: skip
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    made = select(func.count()).select_from(copies).where(copies.c.of == article)
    copy = CopyOf(row.of, article, row.kind, row.score, bool(row.directed)) if row.of else None
    return Descent(row.id, row.articles, row.origins, copy, connection.execute(made).scalar_one())
