"""The rows of an answer that are counted: the newest of them, as far as a bound, and which of them copies are.

Whatever is counted is fetched as narrow rows, once, and told apart in this process: a picture of an answer takes as long on a record of a
million statements as on one of some thousands. What lies beyond the bound is not counted, and `Counted` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Connection, Select, func, literal, select, type_coerce

from onrecord.analysis.plover import HAPPENED
from onrecord.record.asking.days import day_of
from onrecord.record.asking.events import ROOT, EventQuestion, newest_events
from onrecord.record.asking.given import no_codes, not_on_record
from onrecord.record.asking.statements import Question, newest_said
from onrecord.record.schema import articles, events, statements

# So many rows are counted at most: a tenth to a third of a second of a slow core, on a record of a million statements.
MOST_COUNTED: Final = 20_000
# Behind all days.
_LAST: Final = "9999"


class Item(NamedTuple):
    """One row of an answer, as far as it is counted.

    Attributes:
        number: of the statement, or of the telling that stands for the event.
        what: the kind of a statement, the type of an event.
        status: of an event; empty for a statement.
        day: the first one that the text tells, else the day of the report; None if neither is known.
        published: when its report was published.
        article: the number of its report.
        story: what the copies of its report have in common.
    """

    number: int
    what: str
    status: str
    day: str | None
    published: str | None
    article: int
    story: str


class Counted(msgspec.Struct):
    """What was counted.

    Attributes:
        rows: how many statements (each printing, or with `once` those of one report of each story), or events.
        reports, stories: in how many reports they stand, of how many stories these are.
        is_all: False if more fit than are counted at most; then these are the newest.
        since: ISO day of the oldest report that is counted, if not all are; None if that is not known.
        once: copies count once. Of statements the one report of each story is counted that has most of them, and the others are
            not; an event of several reports is one at any time.
        happened: how many have come about (occurred, ongoing), of events; None of statements.
        notes: what is to be told beside the answer, for example that nobody has the name that was asked for.
    """

    rows: int
    reports: int
    stories: int
    is_all: bool
    since: str | None
    once: bool
    happened: int | None
    notes: list[str]


def count_items(
    connection: Connection,
    question: Question | EventQuestion,
    *,
    once: bool = False,
    most: int | None = None,
) -> tuple[list[Item], Counted]:
    """The rows that fit a question, the newest of them if they are more than `most`, and what is to be said of their number.

    Args:
        once: copies count once; see `Counted`.
        most: None is `MOST_COUNTED`.

    Raises:
        UsageError: for a question that cannot be meant as it is put.
    """
    items, is_all = _items(connection, question, most or MOST_COUNTED)
    since = None if is_all else min((i.published for i in items if i.published), default="")[:10] or None
    happened = None
    if isinstance(question, EventQuestion):
        once, happened = True, sum(i.status in HAPPENED for i in items)
    elif once:
        items = once_a_story(items)
    reports, stories = len({i.article for i in items}), len({i.story for i in items})
    notes = _notes(connection, question, is_empty=not items)
    return items, Counted(len(items), reports, stories, is_all, since, once, happened, notes)


def _notes(connection: Connection, question: Question | EventQuestion, *, is_empty: bool) -> list[str]:
    if isinstance(question, EventQuestion):
        unknown = not_on_record(connection, outlet=question.outlet) if is_empty else []
        return no_codes(question) + unknown
    return not_on_record(connection, question.by, question.about, outlet=question.outlet) if is_empty else []


def once_a_story(items: Sequence[Item]) -> list[Item]:
    """The rows of one report of each story: of the one that has most of them, of several the oldest."""
    rows: dict[tuple[str, int], int] = {}
    published: dict[int, str] = {}
    for item in items:
        key = item.story, item.article
        rows[key] = rows.get(key, 0) + 1
        published[item.article] = item.published or _LAST
    chosen: dict[str, int] = {}
    for story, article in sorted(rows, key=lambda k: (-rows[k], published[k[1]], k[1])):
        chosen.setdefault(story, article)
    return [item for item in items if chosen[item.story] == item.article]


def _items(connection: Connection, question: Question | EventQuestion, most: int) -> tuple[list[Item], bool]:
    """Rows, and whether they are all that there are."""
    if isinstance(question, EventQuestion):
        query = _of_events(connection, question, most + 1)
    else:
        query = _of_statements(connection, question, most + 1)
    found = [Item(*row) for row in connection.execute(query)]
    return found[:most], len(found) <= most


def _of_statements(connection: Connection, question: Question, most: int) -> Select[Any]:
    table = statements.c
    day = func.coalesce(table.date, articles.c.published)
    return _narrow(newest_said(connection, question, limit=most), table, table.kind, literal(""), day)


def _of_events(connection: Connection, question: EventQuestion, most: int) -> Select[Any]:
    table, telling = ROOT.c, events.alias("telling")
    elsewhere = (
        select(func.min(func.coalesce(telling.c.from_date, telling.c.to_date)))
        .where(telling.c.event == table.event)
        .correlate(ROOT)
        .scalar_subquery()
    )
    day = func.coalesce(table.from_date, table.to_date, elsewhere, articles.c.published)
    return _narrow(newest_events(connection, question, limit=most), table, table.type, table.status, day)


def _narrow(query: Select[Any], table: Any, what: Any, status: Any, day: Any) -> Select[Any]:
    """The columns of an `Item` in place of those of a query in which `articles` is joined to `table`."""
    whole = articles.alias("whole")
    return query.with_only_columns(
        type_coerce(table.id, BigInteger),
        what,
        status,
        day_of(day),
        articles.c.published,
        type_coerce(table.article, BigInteger),
        func.coalesce(articles.c.story, whole.c.story, articles.c.id),
        maintain_column_froms=True,
    ).outerjoin(whole, whole.c.id == articles.c.version_of)
