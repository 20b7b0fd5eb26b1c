"""All that the record has of one place: which it is, what happened there, who is named beside it, which reports name it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select

from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, count_events, find_events
from onrecord.record.asking.heads import heads_of
from onrecord.record.asking.places import Place, one_place
from onrecord.record.asking.statements import Evidence
from onrecord.record.asking.stories import Tellers, tellers, tellers_of
from onrecord.record.parts import in_parts
from onrecord.record.quoting import words_of_mention
from onrecord.record.row_ids import shown
from onrecord.record.schema import actors, appearances, articles, mentions, place_mentions
from onrecord.resolution.gazetteer import FLAG_CODE, fold, load_gazetteer

# Places of the name that no report means and that are named all the same; the largest come first.
_MOST_OTHERS: Final = 8


class Other(msgspec.Struct):
    """A place of the gazetteer that bears the name too, and that no report of the record is taken to mean."""

    name: str
    geonames: int | None
    lat: float
    lon: float
    country: str | None
    region: str | None
    kind: str


class Beside(msgspec.Struct):
    """Somebody who is named in a paragraph that names the place; `evidence` is the first mention by name
    or, if there is none, the first; `tellers` counts the reports where it is so."""

    id: str
    name: str
    country: str | None
    sector: str | None
    tellers: Tellers
    evidence: Evidence


class Naming(msgspec.Struct):
    """A report that names the place; without evidence where a caption alone does."""

    id: str
    published: str | None
    outlet: str | None
    headline: str | None
    confidence: float | None
    evidence: list[Evidence]


class PlaceKnown(msgspec.Struct):
    """What the record knows of a place; of each list so many as were asked for, with how many there are in all.

    Attributes:
        printed: the words by which reports name it, the commonest first, with how often they do.
        others: other places of this name on record.
        in_gazetteer: the largest of those that are in the gazetteer alone; `more_in_gazetteer`: how many more it has.
        events: what happened there, the newest report first; of a country or a region also at places in it.
        beside: who is named in the same paragraph, in the order of how many origins tell it.
        reports: which reports name it, newest first; `tellers` counts them all.
    """

    place: Place
    printed: list[tuple[str, int]]
    others: list[Place]
    in_gazetteer: list[Other]
    more_in_gazetteer: int
    events: list[Event]
    all_events: int
    beside: list[Beside]
    all_beside: int
    reports: list[Naming]
    tellers: Tellers


def know_place(connection: Connection, words: str, *, limit: int | None = None) -> PlaceKnown:
    """What the record knows of the place that an id or a name means; of several that bear it, of the one named oftenest.

    Args:
        limit: so many events, persons and reports at most; None is all.

    Raises:
        UsageError: if there is none; names those that come near.
    """
    place, others = one_place(connection, words)
    question = EventQuestion(place=place.id)
    happened = list(find_events(connection, question, limit=limit))
    named = _mentions(connection, place.id)
    beside = _beside(connection, named)
    reports = sorted({row.article for row in named})
    more, number = _in_gazetteer(place, others)
    return PlaceKnown(
        place=place,
        printed=Counter(" ".join(r.text.split()) for r in named if r.text).most_common(),
        others=others,
        in_gazetteer=more,
        more_in_gazetteer=number,
        events=happened,
        all_events=count_events(connection, question),
        beside=list(_described(connection, beside[:limit])),
        all_beside=len(beside),
        reports=_reports(connection, named, limit),
        tellers=tellers(connection, reports),
    )


def _mentions(connection: Connection, place: str) -> list[Row[Any]]:
    query = select(place_mentions).where(place_mentions.c.place == place)
    return list(connection.execute(query.order_by(shown(place_mentions.c.article), place_mentions.c.number)))


def _beside(connection: Connection, named: Iterable[Row[Any]]) -> list[tuple[str, Evidence, Tellers]]:
    """Actors in the paragraphs of some mentions of a place, with the first mention, and in how many reports it is so."""
    at: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in named:
        if mention.start is not None:
            at[mention.article].append((mention.start, mention.end))
    where: dict[str, Evidence] = {}
    by_name: set[str] = set()
    reports: dict[str, list[str]] = defaultdict(list)
    for part in in_parts(at):
        texts = select(articles.c.id, articles.c.text).where(articles.c.id.in_(part))
        paragraphs = {
            r.id: [_paragraph(r.text, *span) for span in at[r.id]] for r in connection.execute(texts)
        }
        query = (
            select(mentions, words_of_mention(), appearances.c.actor.label("who"))
            .join(appearances, appearances.c.id == mentions.c.actor)
            .where(mentions.c.article.in_(part))
            .order_by(shown(mentions.c.article), mentions.c.number)
        )
        for row in connection.execute(query):
            here = any(first <= row.start and row.end <= last for first, last in paragraphs[row.article])
            # What names the place is not beside it: *Moscow*, which may be a government.
            if not here or any(first < row.end and row.start < last for first, last in at[row.article]):
                continue
            if row.who not in where or (row.form == "name" and row.who not in by_name):
                where[row.who] = Evidence(row.article, row.start, row.end, row.text)
            if row.form == "name":
                by_name.add(row.who)
            if row.article not in reports[row.who]:
                reports[row.who].append(row.article)
    told = tellers_of(connection, reports)
    ordered = sorted(reports, key=lambda id: (-told[id].origins, -told[id].articles, id))
    return [(id, where[id], told[id]) for id in ordered]


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    last = text.find("\n\n", end)
    return text.rfind("\n\n", 0, start) + 1, len(text) if last < 0 else last


def _described(connection: Connection, beside: Iterable[tuple[str, Evidence, Tellers]]) -> Iterator[Beside]:
    for id, evidence, told in beside:
        row = connection.execute(select(actors).where(actors.c.id == id)).one()
        yield Beside(id, row.name, row.country, row.sector, told, evidence)


def _reports(connection: Connection, named: Iterable[Row[Any]], limit: int | None) -> list[Naming]:
    by_report: dict[str, list[Row[Any]]] = defaultdict(list)
    for mention in named:
        by_report[mention.article].append(mention)
    heads = sorted(heads_of(connection, by_report).values(), key=lambda r: r.id)
    heads.sort(key=lambda r: r.published or "", reverse=True)
    return [
        Naming(
            head.id,
            head.published,
            head.outlet,
            head.headline,
            by_report[head.id][0].confidence,
            [Evidence(r.article, r.start, r.end, r.text) for r in by_report[head.id] if r.start is not None],
        )
        for head in heads[:limit]
    ]


def _in_gazetteer(place: Place, others: list[Place]) -> tuple[list[Other], int]:
    """The largest places of the gazetteer that bear the name as theirs and are not on record, and how many more there are."""
    gazetteer = load_gazetteer()
    records, flags = gazetteer.find(place.name)
    known = {p.geonames for p in (place, *others) if p.geonames}
    found = [
        gazetteer.entry(record)
        for record in sorted(
            (int(r) for r, flag in zip(records, flags, strict=True) if flag != FLAG_CODE),
            key=lambda r: (-int(gazetteer.weight[r]), r),
        )
    ]
    wanted = fold(place.name)
    rest = [e for e in found if fold(e.name) == wanted and (e.geonames is None or e.geonames not in known)]
    shown = [
        Other(e.name, e.geonames, e.lat, e.lon, e.country, e.region, e.kind) for e in rest[:_MOST_OTHERS]
    ]
    return shown, len(rest) - len(shown)
