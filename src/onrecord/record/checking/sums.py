"""What follows from other rows must follow from them: who is meant, what is said of actors, stories, events, corrections."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Table, func, or_, select

from onrecord.article import Span
from onrecord.contract import PlaceOut
from onrecord.record import schema
from onrecord.record.bearers import block_of, part_bearers
from onrecord.record.checking.faults import Faults, Watch, shown
from onrecord.record.corrections import Corrections, identified
from onrecord.record.event_joins import wrongly_joined
from onrecord.record.ids import digest, place_id
from onrecord.record.people import UNREGISTERED, load_corrections, summed_up, who_is
from onrecord.record.story_rows import links_among
from onrecord.resolution.spelling import fold
from onrecord.resolution.stories.copies import Pair, Passage
from onrecord.resolution.stories.links import link_of
from onrecord.resolution.stories.placing import stories_of

# Rows at a time.
_MANY: Final = 500
# Figures of passages that differ by less were rounded elsewhere.
_NEAR: Final = 1e-9


def check_corrections(connection: Connection, faults: Faults) -> Corrections | None:
    """Look at the corrections; gives them, or None where they cannot be read."""
    try:
        made = load_corrections(connection)
    except msgspec.DecodeError as error:
        faults.add("json", "corrections", str(error))
        return None
    for c in made.made:
        if c.what not in ("merge", "split", "rename"):
            faults.add("words", "corrections.what", f"{c.id}: {shown(c.what)}")
        elif identified(c).id != c.id:
            faults.add("corrections", "corrections", f"{c.id}: its content gives {identified(c).id}")
    return made


def check_actors(connection: Connection, made: Corrections, faults: Faults, watch: Watch) -> None:
    """Are actors what their appearances and the corrections sum up to?"""
    _check_linked(connection, made, faults)
    _check_meant(connection, made, faults)
    table = schema.actors
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    # A record of schema 2 named actors that appear in no report until all of them are read again.
    oldest = connection.execute(select(func.min(schema.articles.c.schema))).scalar_one()
    names = schema.actor_names
    done = 0
    for rows in _by_key(connection, table):
        ids = [row.id for row in rows]
        known: dict[str, set[str]] = defaultdict(set)
        for n in connection.execute(select(names).where(names.c.actor.in_(ids))):
            known[n.actor].add(n.name)
            if n.backwards != n.folded[::-1]:
                faults.add("actors", "actor_names.backwards", f"{n.actor}: {shown(n.backwards)}")
            if n.folded != fold(n.name):
                faults.add(
                    "actors", "actor_names.folded", f"{n.actor}: {shown(n.folded)} for {shown(n.name)}"
                )
        told = summed_up(connection, made, ids)
        for row in rows:
            sum = told[row.id]
            if sum is None:
                if oldest is None or oldest > 2:
                    faults.add("actors", "actors", f"{row.id}: appears in no report")
                continue
            differing = [
                f"{c} {shown(row._mapping[c])}, not {shown(v)}"
                for c, v in sum.row.items()
                if row._mapping[c] != v
            ]
            if differing:
                faults.add("actors", "actors", f"{row.id}: {', '.join(differing)}")
            if known[row.id] != set(sum.names):
                odd = sorted(known[row.id] ^ set(sum.names))
                faults.add("actors", "actor_names", f"{row.id}: {', '.join(map(shown, odd[:3]))}")
        done += len(rows)
        watch("actors", done, total)


def _check_linked(connection: Connection, made: Corrections, faults: Faults) -> None:
    """Who is who among those of one name follows from all that is found under it."""
    own = schema.appearances
    query = select(own.c.found, own.c.linked).distinct().order_by(own.c.found, own.c.linked)
    rows = connection.execute(query.execution_options(yield_per=_MANY))
    for block, group in groupby(rows, key=lambda r: block_of(r.found)):
        pairs = [(r.found, r.linked) for r in group]
        bearers = part_bearers(block, {f for f, _ in pairs}, made) if block else {f: f for f, _ in pairs}
        for found, linked in pairs:
            if bearers[found] != linked:
                faults.add("actors", "appearances.linked", f"{found}: {linked}, not {bearers[found]}")


def _check_meant(connection: Connection, made: Corrections, faults: Faults) -> None:
    """Who an appearance is follows from whom it is linked to, and from the corrections."""
    own = schema.appearances.c
    query = select(own.id, own.article, own.linked, own.actor, own.parted, own.trail).order_by(own.article)
    touched = made.touched()
    rows: Iterable[Row[Any]] = connection.execute(query.execution_options(yield_per=_MANY))
    for row in rows:
        if row.article is None:
            continue  # named among those that point nowhere
        # Of whom no correction speaks is whom analysis took it for.
        if row.linked not in touched and row.trail is None:
            if (row.actor, bool(row.parted)) != (row.linked, False):
                faults.add("actors", "appearances.actor", f"{row.id}: {row.actor}, not {row.linked}")
            continue
        try:
            who = who_is(row, made)
        except msgspec.DecodeError:
            continue  # named among the JSON that cannot be read
        if (row.actor, bool(row.parted)) != (who.actor, who.parted):
            faults.add("actors", "appearances.actor", f"{row.id}: {row.actor}, not {who.actor}")


def check_stories(connection: Connection, faults: Faults, watch: Watch) -> None:
    """Are pairs what their passages sum up to, and stories those that the pairs give?"""
    _check_pairs(connection, faults, watch)
    _check_keys(connection, faults)
    table = schema.articles.c
    published: dict[str, str | None] = {}
    its: dict[str, str | None] = {}
    whole = (
        select(table.id, table.published, table.story).where(table.version_of.is_(None)).order_by(table.id)
    )
    for row in connection.execute(whole):
        published[row.id], its[row.id] = row.published, row.story
    told = stories_of(
        (k for k in links_among(connection, list(published)) if k.second in published), published.items()
    )
    kept: dict[str, Any] = {row.id: row for row in connection.execute(select(schema.stories))}
    steps: dict[str, Any] = {row.article: row for row in connection.execute(select(schema.copies))}
    for done, story in enumerate(told, 1):
        row = kept.pop(story.id, None)
        if row is None:
            faults.add("stories", "stories", f"{story.id}: missing")
        else:
            if (row.articles, row.origins) != (len(story.articles), story.origins):
                faults.add(
                    "stories",
                    "stories",
                    f"{story.id}: {row.articles} reports of {row.origins} origins, not {len(story.articles)} of {story.origins}",
                )
            if not row.events_joined:
                faults.add("events", "stories.events_joined", f"{story.id}: still to be joined")
        for id in story.articles:
            if its[id] is not None and its[id] != story.id:
                faults.add("stories", "articles.story", f"{id}: in {its[id]}, not in {story.id}")
        for copy in story.copies:
            step: Any = steps.pop(copy.article, None)
            given = (copy.of, copy.kind, copy.directed)
            if (
                step is None
                or (step.of, step.kind, bool(step.directed)) != given
                or not _near(step.score, copy.score)
            ):
                faults.add(
                    "stories",
                    "copies",
                    f"{copy.article}: made from {step.of if step else 'none'}, not from {copy.of}",
                )
        watch("stories", done, len(told))
    for id in sorted(kept):
        faults.add("stories", "stories", f"{id}: no report is in it")
    for id in sorted(steps):
        faults.add("stories", "copies", f"{id}: made from {steps[id].of}, not from any")


def _check_keys(connection: Connection, faults: Faults) -> None:
    """What the keys of a report count together stands beside each of them."""
    keys = schema.story_keys.c
    due = func.sum(1 + func.abs(keys.key) % 2)
    query = select(keys.article, due, func.min(keys.strength), func.max(keys.strength)).group_by(keys.article)
    wrong = or_(func.min(keys.strength) != due, func.max(keys.strength) != due)
    for article, sum, least, most in connection.execute(query.having(wrong).order_by(keys.article)):
        faults.add("keys", "story_keys.strength", f"{article}: {least} to {most}, not {sum}")


def _check_pairs(connection: Connection, faults: Faults, watch: Watch) -> None:
    pairs, passages, texts = schema.copied_pairs, schema.copied_passages, schema.articles
    first, second = texts.alias(), texts.alias()
    total = connection.execute(select(func.count()).select_from(pairs)).scalar_one()
    query = (
        select(pairs, func.length(first.c.text).label("one"), func.length(second.c.text).label("two"))
        .outerjoin(first, first.c.id == pairs.c.first)
        .outerjoin(second, second.c.id == pairs.c.second)
        .order_by(pairs.c.first, pairs.c.second)
    )
    own = connection.execute(
        select(passages)
        .order_by(passages.c.first, passages.c.second, passages.c.number)
        .execution_options(yield_per=_MANY)
    )
    by_pair = ((ends, list(group)) for ends, group in groupby(own, key=lambda p: (p.first, p.second)))
    ends, its = next(by_pair, (("", ""), []))
    for done, row in enumerate(connection.execute(query.execution_options(yield_per=_MANY)), 1):
        while ends < (row.first, row.second) and its:
            ends, its = next(by_pair, (("", ""), []))
        _check_pair(row, its if ends == (row.first, row.second) else [], faults)
        watch("copied passages", done, total)


def _check_pair(row: Row[Any], passages: Sequence[Row[Any]], faults: Faults) -> None:
    named = f"{row.first} {row.second}"
    try:
        msgspec.json.decode(row.why, type=list[str])
    except msgspec.DecodeError as error:
        faults.add("json", "copied_pairs.why", f"{named}: {error}")
    for n, p in enumerate(passages, 1):
        spans = (p.first_start, p.first_end, row.one), (p.second_start, p.second_end, row.two)
        if any(length is not None and not 0 <= start < end <= length for start, end, length in spans):
            faults.add("spans", "copied_passages", f"{named} {p.number}")
        if p.number != n:
            faults.add("numbers", "copied_passages", f"{named}: {p.number}, not {n}")
        if not 0 <= p.likeness <= 1:
            faults.add("bounds", "copied_passages.likeness", f"{named} {p.number}: {p.likeness}")
    if row.first >= row.second:
        faults.add("pairs", "copied_pairs", f"{named}: not in the order of their ids")
    told = tuple(
        Passage(Span(p.first_start, p.first_end), Span(p.second_start, p.second_end), p.likeness)
        for p in passages
    )
    link = link_of(Pair(row.first, row.second, row.kind, row.score, told))
    summed = f"{link.covers_first:x}", f"{link.covers_second:x}"
    if (row.covers_first, row.covers_second) != summed or not _near(row.shared, link.shared):
        faults.add("pairs", "copied_pairs", f"{named}: not what its passages sum up to")


def check_events(connection: Connection, faults: Faults) -> None:
    """Does each telling point at the event that it tells?"""
    for id, event, told in wrongly_joined(connection):
        faults.add("events", "events.event", f"{id}: {event}, not {told}")


def check_places(connection: Connection, faults: Faults) -> None:
    """Have places and offices the ids that their content gives?"""
    for rows in _by_key(connection, schema.places):
        for row in rows:
            told = PlaceOut(
                "", row.name, row.geonames, row.lat, row.lon, row.country, [], row.region, row.kind, 0.0
            )
            if row.id != place_id(told):
                faults.add("ids", "places", f"{row.id}: the content gives {place_id(told)}")
            if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):
                faults.add("bounds", "places", f"{row.id}: {row.lat}, {row.lon}")
    for rows in _by_key(connection, schema.roles):
        for row in rows:
            # Those of whom the registry does not know were called otherwise before schema 6.
            if row.found.startswith(UNREGISTERED):
                continue
            made = digest(str({c: row._mapping[c] for c in ("found", "title", "of", "from_date", "to_date")}))
            if row.id != made:
                faults.add("ids", "roles", f"{row.id}: the content gives {made}")


def _near(one: float, two: float) -> bool:
    return math.isclose(one, two, rel_tol=_NEAR, abs_tol=_NEAR)


def _by_key(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a table by some hundreds, in the order of their ids."""
    before = ""
    while rows := connection.execute(
        select(table).where(table.c.id > before).order_by(table.c.id).limit(_MANY)
    ).all():
        yield rows
        before = rows[-1].id
