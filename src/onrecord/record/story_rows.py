"""The stories of the record: a new report is compared with those that share a key with it, and takes its place among them.

All of it happens in the transaction that writes the report. The stories are those of all reports, whatever the order in which
they came: pairs depend on two reports alone, and the stories that a report touches are told anew from all their pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from onrecord.article import Article, Dateline, Frame, Span
from onrecord.record.schema import articles, copied_pairs, copied_passages, copies, stories, story_keys
from onrecord.resolution.stories.candidates import Keys, are_candidates, keys, strength
from onrecord.resolution.stories.copies import Pair, Passage
from onrecord.resolution.stories.fingerprint import fingerprint
from onrecord.resolution.stories.likeness import compare
from onrecord.resolution.stories.placing import stories_of

# Values in one statement; SQLite takes 32,766, older ones 999.
_MANY = 900
Item = TypeVar("Item")


def place_report(connection: Connection, id: str) -> None:
    """Give a recorded report its story, and compare it with its candidates; another version of a report gets none."""
    row = connection.execute(select(articles).where(articles.c.id == id)).one()
    if row.version_of is not None:
        return
    mine = fingerprint(article_of(row))
    found = keys(mine)
    for candidate in _candidates(connection, id, found):
        pair = compare(mine, fingerprint(article_of(candidate)))
        if pair is not None:
            _add_pair(connection, pair)
    if len(found):
        rows = [{"key": key, "article": id} for key in found.tolist()]
        connection.execute(insert(story_keys), rows)
    tell_stories(connection, _connected(connection, id))


def remove_from_stories(connection: Connection, id: str) -> None:
    """Take a report out of its story, as before it is recorded anew; those that it was told with are told anew without it."""
    others = [other for other in _connected(connection, id) if other != id]
    connection.execute(delete(story_keys).where(story_keys.c.article == id))
    for table in (copied_passages, copied_pairs):
        connection.execute(delete(table).where(or_(table.c.first == id, table.c.second == id)))
    tell_stories(connection, [id, *others])


def tell_stories(connection: Connection, ids: Sequence[str]) -> None:
    """Make the stories of some reports anew, from their pairs: all reports that these lead to must be among them."""
    pairs = _pairs_among(connection, ids)
    published: list[tuple[str, str | None]] = []
    for part in _parts(ids):
        published += [
            (row.id, row.published)
            for row in connection.execute(
                select(articles.c.id, articles.c.published).where(articles.c.id.in_(part))
            )
        ]
    told = stories_of(pairs, published)
    before: set[str] = set()
    for part in _parts(ids):
        here = articles.c.id.in_(part)
        before.update(
            connection.execute(select(articles.c.story).where(here, articles.c.story.is_not(None))).scalars()
        )
        connection.execute(update(articles).where(here).values(story=None))
        connection.execute(delete(copies).where(copies.c.article.in_(part)))
    for part in _parts(sorted(before)):
        connection.execute(delete(stories).where(stories.c.id.in_(part)))
    for story in told:
        row = {"id": story.id, "articles": len(story.articles), "origins": story.origins}
        connection.execute(insert(stories), row)
        for part in _parts(story.articles):
            connection.execute(update(articles).where(articles.c.id.in_(part)).values(story=story.id))
        steps = [
            {"article": c.article, "of": c.of, "kind": c.kind, "score": c.score, "directed": c.directed}
            for c in story.copies
        ]
        if steps:
            connection.execute(insert(copies), steps)


def read_article(connection: Connection, id: str) -> Article:
    """A report of the record by its id, as far as stories look at it."""
    return article_of(connection.execute(select(articles).where(articles.c.id == id)).one())


def article_of(row: Row[Any]) -> Article:
    """A row of `articles` as far as stories look at it."""
    frame = msgspec.json.decode(row.frame)
    dateline = frame.get("dateline") or {}
    return Article(
        id=row.id,
        text=row.text,
        frame=Frame(
            headline=row.headline,
            dateline=Dateline(dateline.get("place"), dateline.get("date"), dateline.get("agency")),
            byline=tuple(frame.get("byline") or ()),
            agency=frame.get("agency"),
        ),
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        origin=row.origin,
    )


def _candidates(connection: Connection, id: str, found: Keys) -> list[Row[Any]]:
    """The reports that share enough keys, in the order of their ids."""
    worth = func.sum(1 + story_keys.c.key % 2)
    shared: dict[str, int] = {}
    for part in _parts(found.tolist()):
        query = select(story_keys.c.article, worth).where(
            story_keys.c.key.in_(part), story_keys.c.article != id
        )
        for other, count in connection.execute(query.group_by(story_keys.c.article)):
            shared[other] = shared.get(other, 0) + int(count)
    mine = strength(found)
    rows: list[Row[Any]] = []
    # With fewer keys in common than any report needs, most are left out before their own keys are counted.
    for few in _parts(sorted(o for o, count in shared.items() if are_candidates(count, mine, 0))):
        whole = select(story_keys.c.article, worth).where(story_keys.c.article.in_(few))
        strengths = {o: int(n) for o, n in connection.execute(whole.group_by(story_keys.c.article))}
        ids = [other for other in few if are_candidates(shared[other], mine, strengths[other])]
        rows += connection.execute(
            select(articles).where(articles.c.id.in_(ids)).order_by(articles.c.id)
        ).all()
    return rows


def _connected(connection: Connection, id: str) -> list[str]:
    """The report and all that pairs lead to from it."""
    seen, edge = {id}, [id]
    while edge:
        new: set[str] = set()
        for part in _parts(edge):
            for near, far in (
                (copied_pairs.c.first, copied_pairs.c.second),
                (copied_pairs.c.second, copied_pairs.c.first),
            ):
                new.update(connection.execute(select(far).where(near.in_(part))).scalars())
        edge = sorted(new - seen)
        seen |= new
    return sorted(seen)


def _add_pair(connection: Connection, pair: Pair) -> None:
    row = {
        "first": pair.first,
        "second": pair.second,
        "kind": pair.kind,
        "score": pair.score,
        "original": pair.original,
        "why": msgspec.json.encode(pair.why).decode(),
    }
    connection.execute(insert(copied_pairs), row)
    passages = [
        {
            "first": pair.first,
            "second": pair.second,
            "number": number,
            "first_start": p.first.start,
            "first_end": p.first.end,
            "second_start": p.second.start,
            "second_end": p.second.end,
            "likeness": p.likeness,
        }
        for number, p in enumerate(pair.passages, 1)
    ]
    if passages:
        connection.execute(insert(copied_passages), passages)


def _pairs_among(connection: Connection, ids: Sequence[str]) -> list[Pair]:
    """The pairs of some reports, in the order of their ids."""
    found: list[Pair] = []
    for part in _parts(ids):
        common: dict[tuple[str, str], list[Passage]] = {}
        passages = select(copied_passages).where(copied_passages.c.first.in_(part))
        for p in connection.execute(passages.order_by(copied_passages.c.number)):
            passage = Passage(
                Span(p.first_start, p.first_end), Span(p.second_start, p.second_end), p.likeness
            )
            common.setdefault((p.first, p.second), []).append(passage)
        rows = connection.execute(select(copied_pairs).where(copied_pairs.c.first.in_(part)))
        found += [_pair(row, common.get((row.first, row.second), ())) for row in rows]
    return sorted(found, key=lambda p: (p.first, p.second))


def _pair(row: Row[Any], passages: Sequence[Passage]) -> Pair:
    why = tuple(msgspec.json.decode(row.why))
    return Pair(row.first, row.second, row.kind, row.score, tuple(passages), row.original, why)


def _parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[at : at + _MANY] for at in range(0, len(items), _MANY))
