"""The stories of the record: a new report is compared with those that share a key with it, and takes its place among them.

All of it happens in the transaction that writes the report. The stories are those of all reports, whatever the order in which
they came: pairs depend on two reports alone, and the stories that a report touches are told anew from all their pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from onrecord.article import Article, Dateline, Frame
from onrecord.record.parts import in_parts
from onrecord.record.prepared import Question, fill, insert_all, insert_rows, places
from onrecord.record.schema import articles, copied_pairs, copied_passages, copies, stories, story_keys
from onrecord.resolution.stories.candidates import ENOUGH, Keys, are_candidates, keys, strength
from onrecord.resolution.stories.copies import Pair, Story
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.likeness import compare
from onrecord.resolution.stories.links import Link, link_of
from onrecord.resolution.stories.placing import stories_of

# Values in one statement; SQLite takes 32,766, older ones 999.
_MANY = 900
# Fingerprints of longer texts are not kept.
_LONG = 50_000
# Most reports have no more.
_KEYS_AT_ONCE = 160
_WORTH = func.sum(1 + story_keys.c.key % 2)
_SHARING = Question(
    select(story_keys.c.article, story_keys.c.strength, _WORTH.label("shared"))
    .where(story_keys.c.key.in_(places("key", _KEYS_AT_ONCE)))
    .group_by(story_keys.c.article, story_keys.c.strength)
    .having(bindparam("least") <= _WORTH)
)
_LAST = Question(select(func.max(articles.c.serial)))
# The number of a report.
SERIAL = Question(select(articles.c.serial).where(articles.c.id == bindparam("id")))


def add_report(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write the row of a new report, and give it its number and its story; another version of a report gets none."""
    # Writers take turns.
    ((last,),) = _LAST.ask(connection)
    row = {"serial": (last or 0) + 1, **row}
    if row["version_of"] is not None:
        insert_all(connection, articles, [row])
        return
    id = row["id"]
    mine = _fingerprint_of(row)
    found, pairs = _compare(connection, mine)
    if pairs:
        insert_all(connection, articles, [row])
        _place(connection, id, row["serial"], found, pairs)
        return
    # Most reports are told by nobody else: what there is to know of their story is known.
    (story,) = stories_of((), [(id, row["published"])])
    insert_all(connection, stories, [_story_row(story)])
    insert_all(connection, articles, [{**row, "story": story.id}])
    _add_keys(connection, row["serial"], found)


def place_report(connection: Connection, id: str) -> None:
    """Give a recorded report its story, and compare it with its candidates; another version of a report gets none."""
    row = connection.execute(select(articles).where(articles.c.id == id)).one()
    if row.version_of is None:
        _place(connection, id, row.serial, *_compare(connection, _fingerprint_of(row._asdict())))


def _compare(connection: Connection, mine: Fingerprint) -> tuple[Keys, list[Pair]]:
    """The keys of a report that are not on record, and its pairs with those that are."""
    found = keys(mine)
    pairs = [
        compare(mine, _fingerprint_of(other._asdict())) for other in _candidates(connection, mine.id, found)
    ]
    return found, [pair for pair in pairs if pair is not None]


def _place(connection: Connection, id: str, report: int, found: Keys, pairs: Sequence[Pair]) -> None:
    _add_pairs(connection, pairs)
    _add_keys(connection, report, found)
    tell_stories(connection, _connected(connection, id))


def _add_keys(connection: Connection, report: int, found: Keys) -> None:
    its = strength(found)
    rows = [(key, report, its) for key in found.tolist()]
    insert_rows(connection, story_keys, ("key", "article", "strength"), rows)


def _remove_keys(connection: Connection, id: str) -> None:
    """Take away the keys of a report: they are told anew from its text, as to find them by the report would take an index as large as
    they are."""
    row = connection.execute(select(articles).where(articles.c.id == id)).one()
    its = keys(_fingerprint_of(row._asdict())).tolist()
    of_report = story_keys.c.article == id
    removed = 0
    for part in in_parts(its, _MANY):
        removed += connection.execute(
            delete(story_keys).where(story_keys.c.key.in_(part), of_report)
        ).rowcount
    if removed != len(its):
        # They were made otherwise.
        connection.execute(delete(story_keys).where(of_report))


def remove_from_stories(connection: Connection, id: str) -> None:
    """Take a report out of its story, as before it is recorded anew; those that it was told with are told anew without it."""
    others = [other for other in _connected(connection, id) if other != id]
    _remove_keys(connection, id)
    for table in (copied_passages, copied_pairs):
        connection.execute(delete(table).where(or_(table.c.first == id, table.c.second == id)))
    tell_stories(connection, [id, *others])


def tell_stories(connection: Connection, ids: Sequence[str]) -> None:
    """Make the stories of some reports anew, from their pairs: all reports that these lead to must be among them.

    Written is what changes alone: a story of forty reports that gets another one keeps nearly all of its rows.
    """
    published: dict[str, str | None] = {}
    story_before: dict[str, str | None] = {}
    steps_before: dict[str, dict[str, Any]] = {}
    for part in in_parts(ids, _MANY):
        here = select(articles.c.id, articles.c.published, articles.c.story).where(articles.c.id.in_(part))
        for row in connection.execute(here):
            published[row.id], story_before[row.id] = row.published, row.story
        steps = select(copies).where(copies.c.article.in_(part))
        steps_before |= {row.article: dict(row._mapping) for row in connection.execute(steps)}
    told = stories_of(links_among(connection, ids), published.items())
    story_now = {id: story.id for story in told for id in story.articles}
    steps_now = {c.article: asdict(c) for story in told for c in story.copies}
    moved = [id for id in published if story_before[id] != story_now[id]]
    changed = [step for id, step in steps_now.items() if steps_before.get(id) != step]
    _write_stories(connection, told, {story_before[id] for id in moved} | {story_now[id] for id in moved})
    for id in moved:
        connection.execute(update(articles).where(articles.c.id == id).values(story=story_now[id]))
    stale = [id for id, step in steps_before.items() if steps_now.get(id) != step]
    for part in in_parts(stale, _MANY):
        connection.execute(delete(copies).where(copies.c.article.in_(part)))
    if changed:
        connection.execute(insert(copies), changed)
    gone = {id for id in story_before.values() if id is not None} - {story.id for story in told}
    for part in in_parts(sorted(gone), _MANY):
        connection.execute(delete(stories).where(stories.c.id.in_(part)))


def _write_stories(connection: Connection, told: Iterable[Story], touched: Set[str | None]) -> None:
    """Write the rows of stories that are new, or that a report has joined or left: their events are to be joined anew."""
    for story in told:
        if story.id in touched:
            row = _story_row(story)
            if not connection.execute(update(stories).where(stories.c.id == story.id).values(row)).rowcount:
                connection.execute(insert(stories), row)
        else:
            # A pair more or less between its reports may change how many of them descend from none.
            of = stories.c.id == story.id, stories.c.origins != story.origins
            connection.execute(update(stories).where(*of).values(origins=story.origins))


def _story_row(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "articles": len(story.articles),
        "origins": story.origins,
        "events_joined": False,
    }


def read_article(connection: Connection, id: str) -> Article:
    """A report of the record by its id, as far as stories look at it."""
    return article_of(connection.execute(select(articles).where(articles.c.id == id)).one())


def _fingerprint_of(row: Mapping[str, Any]) -> Fingerprint:
    """The fingerprint of a row of `articles` by its columns. The last few hundred are kept, as a report is compared with the same ones as
    its copies before; not those of long texts, for the room that they take."""
    whole = [row[c] for c in ("id", "text", "frame", "headline", "title", "published", "outlet")]
    return _fingerprint(*whole) if len(row["text"]) < _LONG else _fingerprint.__wrapped__(*whole)


@lru_cache(maxsize=512)
def _fingerprint(
    id: str,
    text: str,
    frame: str,
    headline: str | None,
    title: str | None,
    published: str | None,
    outlet: str | None,
) -> Fingerprint:
    told = msgspec.json.decode(frame)
    return fingerprint(
        Article(id, text, _frame(told, headline), title=title, published=published, outlet=outlet)
    )


def article_of(row: Row[Any]) -> Article:
    """A row of `articles` as far as stories look at it."""
    return Article(
        id=row.id,
        text=row.text,
        frame=_frame(msgspec.json.decode(row.frame), row.headline),
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        origin=row.origin,
    )


def _frame(told: dict[str, Any], headline: str | None) -> Frame:
    dateline = told.get("dateline") or {}
    return Frame(
        headline=headline,
        dateline=Dateline(dateline.get("place"), dateline.get("date"), dateline.get("agency")),
        byline=tuple(told.get("byline") or ()),
        agency=told.get("agency"),
    )


def _candidates(connection: Connection, id: str, found: Keys) -> list[Row[Any]]:
    """The reports that share enough keys, in the order of their ids."""
    parts = list(fill("key", _KEYS_AT_ONCE, found.tolist()))
    # Of reports with more keys than are asked for at once the sum over all parts counts.
    least = ENOUGH if len(parts) == 1 else 1
    shared: dict[str, int] = {}
    strengths: dict[str, int] = {}
    for part in parts:
        for row in _SHARING.ask(connection, least=least, **part):
            strengths[row.article] = row.strength
            shared[row.article] = shared.get(row.article, 0) + int(row.shared)
    mine = strength(found)
    ids = sorted(o for o, n in shared.items() if o != id and are_candidates(n, mine, strengths[o]))
    rows: list[Row[Any]] = []
    for some in in_parts(ids, _MANY):
        query = select(articles).where(articles.c.id.in_(some)).order_by(articles.c.id)
        rows += connection.execute(query).all()
    return rows


def _connected(connection: Connection, id: str) -> list[str]:
    """The report and all that pairs lead to from it."""
    seen, edge = {id}, [id]
    while edge:
        new: set[str] = set()
        for part in in_parts(edge, _MANY):
            for near, far in (
                (copied_pairs.c.first, copied_pairs.c.second),
                (copied_pairs.c.second, copied_pairs.c.first),
            ):
                new.update(connection.execute(select(far).where(near.in_(part))).scalars())
        edge = sorted(new - seen)
        seen |= new
    return sorted(seen)


def _add_pairs(connection: Connection, pairs: Sequence[Pair]) -> None:
    rows: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    for pair in pairs:
        ends: dict[str, Any] = {"first": pair.first, "second": pair.second}
        link = link_of(pair)
        rows.append(
            ends
            | {
                "kind": pair.kind,
                "score": pair.score,
                "original": pair.original,
                "why": msgspec.json.encode(pair.why).decode(),
                "shared": link.shared,
                "covers_first": f"{link.covers_first:x}",
                "covers_second": f"{link.covers_second:x}",
            }
        )
        for number, p in enumerate(pair.passages, 1):
            first = {"first_start": p.first.start, "first_end": p.first.end}
            second = {"second_start": p.second.start, "second_end": p.second.end}
            passages.append(ends | {"number": number, "likeness": p.likeness} | first | second)
    if rows:
        insert_all(connection, copied_pairs, rows)
    if passages:
        insert_all(connection, copied_passages, passages)


def links_among(connection: Connection, ids: Sequence[str]) -> list[Link]:
    """The pairs of some reports without their passages, in the order of their ids."""
    found: list[Link] = []
    for part in in_parts(ids, _MANY):
        rows = connection.execute(select(copied_pairs).where(copied_pairs.c.first.in_(part)))
        found += [
            Link(
                row.first,
                row.second,
                row.kind,
                row.original,
                row.score,
                row.shared,
                int(row.covers_first, 16),
                int(row.covers_second, 16),
            )
            for row in rows
        ]
    return sorted(found)
