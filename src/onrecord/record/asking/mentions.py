"""Whom the words of one report mean, place by place."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from onrecord.record.schema import appearances, mentions


class MentionThere(msgspec.Struct):
    """Words that mean somebody: code points [start, end) of the text.

    Attributes:
        form: name, description or pronoun.
        actor: the id of who is meant, after corrections.
    """

    start: int
    end: int
    form: str
    actor: str


def mentions_in(connection: Connection, article: str) -> list[MentionThere]:
    """The mentions of actors in a report, given its id, in the order of the text; those that mean nobody on record are left out."""
    query = (
        select(mentions.c.start, mentions.c.end, mentions.c.form, appearances.c.actor)
        .join(appearances, appearances.c.id == mentions.c.actor)
        .where(mentions.c.article == article)
        .order_by(mentions.c.start, mentions.c.end, mentions.c.number)
    )
    return [MentionThere(*row) for row in connection.execute(query)]
