"""The tables of a record of a schema before 7 -> those of this one; nothing that was there is lost.

Schema 2 kept statements and the names of actors, schema 3 all but events, schema 4 all but the codes of sources
without a name, schema 5 all but what tells namesakes apart, schema 6 all; stories are made from the texts, and from these and the
events which of them tell one event. What came later (`LACKING`) cannot be made from that: it stays empty,
`articles.schema` says so, and a report that is read again is recorded anew with all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, text, update

from onrecord.article import Span
from onrecord.contract import AnalysisOut
from onrecord.record import schema
from onrecord.record.bearers import NAMED, block_id, blocks_of, link_bearers
from onrecord.record.corrections import Corrections
from onrecord.record.creating import create_tables
from onrecord.record.event_joins import join_events
from onrecord.record.findings import add_findings, remove_findings
from onrecord.record.ids import digest
from onrecord.record.parts import in_parts
from onrecord.record.people import ensure_actors, load_corrections, name_row, relink, sum_up, who_is
from onrecord.record.renumbering import number_rows
from onrecord.record.row_ids import PLACE_BITS
from onrecord.record.story_rows import place_report, remove_from_stories
from onrecord.resolution.stories.copies import Pair, Passage
from onrecord.resolution.stories.links import link_of

# The oldest schema that can be brought to this one.
OLDEST = 2
# What a record that was made with an older schema has nothing of.
LACKING = {
    2: "mentions, places, times, countries, sectors, roles and events",
    3: "events and codes of sources without a name",
    4: "codes of sources without a name",
    5: "what tells namesakes apart",
}
# Rows that go over at a time.
_MANY = 1_000
# The tables of schema 2 that look otherwise now, each before those that point at it.
_CHANGED = ("articles", "actors", "actor_names", "statements", "contents", "subjects")


def bring_from_before_alembic(connection: Connection, version: int) -> None:
    """Bring the tables of an older schema to those of this one; full text, triggers and views are not there meanwhile."""
    if version > 2:
        connection.execute(text("ALTER TABLE articles ADD COLUMN recorded VARCHAR"))
        # Who made the older corrections is not known.
        connection.execute(text("ALTER TABLE corrections ADD COLUMN who VARCHAR"))
    match version:
        case 2:
            _move(connection)
        case 3 | 4:
            _add_source_codes(connection)
            _add_bearers(connection)
            if version > 3:
                _add_joins(connection)
            _add_stories(connection)
        case 5:
            _add_bearers(connection)
            _add_joins(connection)
            _add_stories(connection)
        case 6:
            connection.execute(
                text("ALTER TABLE stories ADD COLUMN events_joined BOOLEAN NOT NULL DEFAULT 0")
            )
            _add_joins(connection)
            _add_links(connection)
            number_rows(connection)
            create_tables(connection)
            # They lack nothing.
            connection.execute(
                text("UPDATE articles SET schema = :now WHERE schema = 6"), {"now": schema.SCHEMA_VERSION}
            )
            join_events(connection)
            return
    _make_ids_anew(connection)
    for id in connection.execute(select(schema.articles.c.id).order_by(schema.articles.c.id)).scalars().all():
        place_report(connection, id)
    join_events(connection)


def _add_source_codes(connection: Connection) -> None:
    for column in (schema.statements.c.source_country, schema.statements.c.source_sector):
        connection.execute(text(f"ALTER TABLE statements ADD COLUMN {column.name} VARCHAR"))


def _add_stories(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE articles ADD COLUMN story VARCHAR REFERENCES stories (id)"))
    number_rows(connection)
    create_tables(connection)


def _add_links(connection: Connection) -> None:
    """What the passages of each pair sum up to."""
    pairs = schema.copied_pairs
    for column, rest in (
        (pairs.c.shared, "FLOAT NOT NULL DEFAULT 0"),
        *((c, "VARCHAR NOT NULL DEFAULT '0'") for c in (pairs.c.covers_first, pairs.c.covers_second)),
    ):
        connection.execute(text(f"ALTER TABLE copied_pairs ADD COLUMN {column.name} {rest}"))
    for row in connection.execute(select(pairs)).all():
        passages = schema.copied_passages
        its = passages.c.first == row.first, passages.c.second == row.second
        told = connection.execute(select(passages).where(*its).order_by(passages.c.number))
        link = link_of(
            Pair(
                row.first,
                row.second,
                row.kind,
                row.score,
                tuple(
                    Passage(Span(p.first_start, p.first_end), Span(p.second_start, p.second_end), p.likeness)
                    for p in told
                ),
            )
        )
        summed = {
            "shared": link.shared,
            "covers_first": f"{link.covers_first:x}",
            "covers_second": f"{link.covers_second:x}",
        }
        connection.execute(
            update(pairs).where(pairs.c.first == row.first, pairs.c.second == row.second).values(summed)
        )


def _add_joins(connection: Connection) -> None:
    """Each telling is of the event that its own report tells first, until stories are joined."""
    connection.execute(text("ALTER TABLE events ADD COLUMN event VARCHAR NOT NULL DEFAULT ''"))
    connection.execute(text("UPDATE events SET event = coalesce(same_as, id)"))


def _add_bearers(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE appearances ADD COLUMN linked VARCHAR NOT NULL DEFAULT ''"))
    connection.execute(text("UPDATE appearances SET linked = found"))


def _make_ids_anew(connection: Connection) -> None:
    """Give those whom the registry does not know the ids of today, under which the spellings of a name meet; corrections
    speak of them by these too. Before schema 6 an id was made from the letters of the name."""
    own, rules = schema.appearances, schema.corrections
    ids: dict[str, str] = {}
    rows = connection.execute(
        select(own.c.found, own.c.name, own.c.type).where(own.c.base.is_(None)).distinct()
    )
    for found, name, type in rows.all():
        if found == NAMED + digest(name.casefold()):
            ids[found] = max(block_id(name, type), ids.get(found, ""))
    known = [{"old": old, "new": new} for old, new in sorted(ids.items()) if old != new]
    if known:
        for table, column in (
            (own, "found"),
            (own, "linked"),
            (schema.roles, "found"),
            (rules, "actor"),
            (rules, "other"),
        ):
            connection.execute(text(f"UPDATE {table.name} SET {column} = :new WHERE {column} = :old"), known)  # nosec B608  # names of ours
    made = load_corrections(connection)
    link_bearers(connection, blocks_of(connection.execute(select(own.c.found).distinct()).scalars()), made)
    changed: set[str] = set()
    for row in connection.execute(select(own)).all():
        who = who_is(row, made)
        if (who.actor, who.parted) != (row.actor, row.parted):
            ensure_actors(connection, [{"id": who.actor, "name": row.name}])
            values = {"actor": who.actor, "parted": who.parted}
            connection.execute(update(own).where(own.c.id == row.id).values(values))
            changed |= {row.actor, who.actor}
    sum_up(connection, made, changed)


def _move(connection: Connection) -> None:
    indexes = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'")
    ).scalars()
    for name in list(indexes):
        connection.execute(text(f'DROP INDEX "{name}"'))
    for name in _CHANGED:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO old_{name}"))
    create_tables(connection)
    connection.execute(
        text(
            "INSERT INTO articles (serial, id, text, title, headline, published, outlet, url, language, origin, frame, "
            "furniture, source_map, model, version_of, schema) "
            "SELECT row_number() OVER (ORDER BY rowid), id, text, title, headline, published, outlet, url, language, origin, frame, furniture, "
            "source_map, model, version_of, 2 FROM old_articles ORDER BY rowid"
        )
    )
    connection.execute(text("INSERT INTO actors (id, name, type) SELECT id, name, type FROM old_actors"))
    _insert(
        connection,
        schema.actor_names,
        (
            name_row(r.actor, r.name)
            for r in connection.execute(text("SELECT actor, name FROM old_actor_names"))
        ),
    )
    _make_appearances(connection)
    report = "(SELECT serial FROM articles a WHERE a.id = s.article)"
    appearance = f"(SELECT id FROM appearances p WHERE p.article = {report} AND p.found = {{}})".format  # nosec B608  # names of ours
    statement = f"{report} * {1 << PLACE_BITS} + s.number"
    connection.execute(
        text(
            "INSERT INTO statements (id, article, number, source_start, source_end, source_text, source_actor, cue_start, "
            "cue_end, cue_text, content_text, quotation, attitude, negated, kind, addressee, date, confidence, within) "
            f"SELECT {statement}, {report}, number, source_start, source_end, source_text, "
            f"{appearance('s.source_actor')}, cue_start, cue_end, cue_text, content_text, quotation, attitude, "
            f"negated, kind, {appearance('s.addressee')}, date, confidence, "
            f"(SELECT {report} * {1 << PLACE_BITS} + o.number FROM old_statements o WHERE o.id = s.within) "
            "FROM old_statements s ORDER BY rowid"  # nosec B608  # names of ours
        )
    )
    connection.execute(
        text(
            f"INSERT INTO contents SELECT {statement}, x.number, x.start, x.end FROM old_contents x "
            "JOIN old_statements s ON s.id = x.statement"  # nosec B608  # names of ours
        )
    )
    connection.execute(
        text(
            f"INSERT INTO subjects SELECT {statement}, {appearance('x.actor')} "
            "FROM old_subjects x JOIN old_statements s ON s.id = x.statement"  # nosec B608  # names of ours
        )
    )
    for name in reversed(_CHANGED):
        connection.execute(text(f"DROP TABLE old_{name}"))


def _make_appearances(connection: Connection) -> None:
    """An appearance for each actor that a report's statements speak of, with those of its names that stand in it."""
    spoken = connection.execute(
        text(
            "SELECT s.article, a.id, a.name, a.type, min(s.number) AS first FROM ("
            "SELECT id AS statement, source_actor AS actor FROM old_statements "
            "UNION ALL SELECT id, addressee FROM old_statements "
            "UNION ALL SELECT statement, actor FROM old_subjects) x "
            "JOIN old_statements s ON s.id = x.statement JOIN old_actors a ON a.id = x.actor "
            "GROUP BY s.article, a.id ORDER BY s.article, first, a.id"
        )
    ).all()
    names: dict[str, list[str]] = {}
    for actor, name in connection.execute(
        text("SELECT actor, name FROM old_actor_names ORDER BY actor, name")
    ):
        names.setdefault(actor, []).append(name)
    for article, rows in groupby(spoken, key=lambda r: str(r.article)):
        words = connection.execute(
            text("SELECT text FROM old_articles WHERE id = :id"), {"id": article}
        ).scalar_one()
        for number, row in enumerate(rows, 1):
            id = f"{article}#a{number}"
            appearance = {
                "id": id,
                "article": article,
                "number": number,
                "found": row.id,
                "linked": row.id,
                "actor": row.id,
                "parted": False,
                "name": row.name,
                "type": row.type,
            }
            connection.execute(insert(schema.appearances), appearance)
            printed = [n for n in names.get(row.id, []) if n != row.name and _stands_in(n, words)]
            forms = [{"appearance": id, "name": n, "printed": True} for n in [row.name, *printed]]
            connection.execute(insert(schema.appearance_names), forms)


def _stands_in(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _insert(connection: Connection, table: Any, rows: Iterator[dict[str, Any]]) -> None:
    for part in in_parts(rows, _MANY):
        connection.execute(insert(table), part)


def renew_report(
    connection: Connection, row: dict[str, Any], analysis: AnalysisOut, made: Corrections
) -> None:
    """Record a report anew, with all that is found in it now. When it was recorded first stays.

    Args:
        row: its id and the columns of `articles` that are to be others.
    """
    table = schema.articles
    values = {k: v for k, v in row.items() if k not in ("id", "version_of", "recorded")}
    whole = connection.execute(select(table.c.version_of).where(table.c.id == row["id"])).scalar()
    if whole is None:
        # Another version of a report is in no story.
        remove_from_stories(connection, row["id"])
    connection.execute(update(table).where(table.c.id == row["id"]).values(values))
    place_report(connection, row["id"])
    found = _found_in(connection, row["id"])
    before = remove_findings(connection, row["id"])
    add_findings(connection, row["id"], analysis, made)
    sum_up(connection, made, before)
    _remove_untold(connection, found)
    relink(connection, found, made)
    old = select(func.count()).select_from(table).where(table.c.schema < schema.WHOLE_SINCE)
    if connection.execute(old).scalar_one() == 0:
        _remove_unseen(connection)


def _found_in(connection: Connection, article: str) -> set[str]:
    """Whom analysis found in a report."""
    query = select(schema.appearances.c.found).where(schema.appearances.c.article == article)
    return set(connection.execute(query).scalars())


def _remove_untold(connection: Connection, found: Collection[str]) -> None:
    """Take away the roles of those whom no report has any more."""
    roles, own = schema.roles, schema.appearances
    seen = exists().where(own.c.found == roles.c.found)
    connection.execute(delete(roles).where(roles.c.found.in_(sorted(found)), ~seen))


def _remove_unseen(connection: Connection) -> None:
    """Of the actors of schema 2 some were only named somewhere; once all reports are renewed, that is known."""
    t = schema
    seen = exists().where(t.appearances.c.actor == t.actors.c.id)
    unseen = select(t.actors.c.id).where(~seen)
    connection.execute(delete(t.actor_names).where(t.actor_names.c.actor.in_(unseen)))
    connection.execute(delete(t.actors).where(~seen))
