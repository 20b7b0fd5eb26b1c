"""Where somebody is mentioned: report by report, each mention in its sentence."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from onrecord.analysis.sentences import sentences_of
from onrecord.article import Span
from onrecord.record.asking.appearing import Appearances, are
from onrecord.record.asking.heads import Head, head_line
from onrecord.record.schema import appearances, articles, mentions

# So many mentions of one report are told, and so many code points of a sentence on either side of one.
_MOST: Final = 60
_AROUND: Final = 160


class MentionedThere(msgspec.Struct):
    """A mention: code points [start, end) of the text, its words, and what of its sentence stands before and behind them.

    Attributes:
        form: name, description or pronoun.
    """

    start: int
    end: int
    form: str
    before: str
    words: str
    behind: str


class MentionedIn(Head):
    """A report with the mentions of somebody in it, in the order of the text; `total` is how many there are."""

    mentions: list[MentionedThere]
    total: int


def mentioned_in(
    connection: Connection, them: Appearances, *, limit: int, offset: int = 0
) -> list[MentionedIn]:
    """Reports that mention somebody, the newest first.

    Args:
        limit: so many reports at most.
        offset: how many are left out at the beginning.
    """
    serials = list(dict.fromkeys(them.serials))[offset : offset + limit]
    spans: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    ours = [n for n, serial in zip(them.numbers, them.serials, strict=True) if serial in set(serials)]
    found = (
        select(mentions.c.article, mentions.c.start, mentions.c.end, mentions.c.form)
        .where(are(mentions.c.actor, ours))
        .order_by(mentions.c.article, mentions.c.start)
    )
    for place in connection.execute(found):
        spans[place.article].append((Span(place.start, place.end), place.form))
    query = select(
        articles.c.serial,
        articles.c.id,
        articles.c.published,
        articles.c.outlet,
        head_line(),
        articles.c.text,
    ).where(articles.c.serial.in_(select(appearances.c.article).where(are(appearances.c.id, ours))))
    there: dict[int, MentionedIn] = {}
    for row in connection.execute(query):
        told = spans[row.id]
        shown = [_mention(row.text, *mention) for mention in told[:_MOST]]
        there[row.serial] = MentionedIn(row.id, row.published, row.outlet, row.headline, shown, len(told))
    return [there[serial] for serial in serials]


def _mention(text: str, span: Span, form: str) -> MentionedThere:
    sentence = sentences_of(text).around(span)
    before, behind = text[sentence.start : span.start], text[span.end : sentence.end]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + " …"
    return MentionedThere(span.start, span.end, form, before, text[span.start : span.end], behind)
