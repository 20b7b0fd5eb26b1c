"""What answers a question: of each report the newest version alone, or those that were on record on a day; and never a statement or an
event that somebody has marked wrong.

It is said in one place, for all questions: while a question is asked, temporary views stand before the tables of the record and
leave out what does not count. They are the connection's own, and gone with the transaction. Who asks sees the tables as ever.

A report was on record on a day if it was recorded (`articles.recorded`), or else published, until the end of that day (UTC); one of
which neither is known was not. Of a report with several versions the newest of then is asked; stories are told anew from the reports of
then. What was found in a report, who is who and what was corrected is that of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)

from onrecord.record import schema
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, copied_pairs
from onrecord.record.store import Record
from onrecord.record.story_rows import links_among
from onrecord.resolution.stories.placing import stories_of

_ID: Final = schema.articles.c.id.type
_SERIAL: Final = schema.articles.c.serial.type
_ours: Final = MetaData()
# Reports that were not on record; those and the ones of which there is a newer version.
_UNKNOWN: Final = Table(
    "reports_unknown", _ours, Column("serial", _SERIAL, primary_key=True), prefixes=["TEMPORARY"]
)
_PASSED: Final = Table(
    "reports_passed", _ours, Column("serial", _SERIAL, primary_key=True), prefixes=["TEMPORARY"]
)
# Events of which the first telling is in such a report, and the telling that stands for each instead.
_MOVED: Final = Table(
    "events_moved",
    _ours,
    Column("event", _SERIAL, primary_key=True),
    Column("now", _SERIAL, nullable=False),
    prefixes=["TEMPORARY"],
)
_STORY_THEN: Final = Table(
    "story_then",
    _ours,
    Column("article", _ID, primary_key=True),
    Column("story", _ID, nullable=False),
    prefixes=["TEMPORARY"],
)
# Of what hangs on a report by its column `article` only what the newest version says.
_OF_REPORTS: Final = ("statements", "events", "mentions", "appearances", "place_mentions", "times")
# What a connection is told that leaves out reports: the day as of which it is asked, and whether older versions answer too.
_HIDES: Final = "onrecord_hides"
_WITH_FULL_TEXT: Final = ("articles", "statements")
_MAY_BE_WRONG: Final = ("statements", "events")
# As the indexes of these have it.
_ANY_WRONG: Final = {
    name: text(f"SELECT 1 FROM {name} WHERE wrong LIMIT 1")  # nosec B608  # names of ours
    for name in _MAY_BE_WRONG
}


@contextmanager
def asked(record: Record, day: str | None = None, *, versions: bool = False) -> Iterator[Connection]:
    """A connection for questions, as `Record.reading`, through which only those reports are seen that are asked, and nothing that is
    marked wrong.

    Args:
        day: ISO day; the record as it could have been asked at its end. None is now.
        versions: older versions of reports answer too.
    """
    with record.reading() as connection:
        try:
            with _may_make_views(connection):
                _stand_before(connection, day, versions=versions)
            yield connection
        finally:
            connection.info.pop(_HIDES, None)
            connection.rollback()


def are_asked(connection: Connection) -> ColumnElement[bool]:
    """Is a report one of those that are asked? For questions that look for reports themselves: a report of which there is a newer
    version stays among them, since others are told by it."""
    if connection.info.get(_HIDES):
        return articles.c.serial.not_in(select(_PASSED.c.serial))
    return true()


def asked_as(connection: Connection) -> tuple[str | None, bool] | None:
    """What tells which reports are seen through a connection from others that it may see: None where it sees all."""
    told: tuple[str | None, bool] | None = connection.info.get(_HIDES)
    return told


@contextmanager
def _may_make_views(connection: Connection) -> Iterator[None]:
    """Let a connection that is for reading alone make what is temporary."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION READ WRITE"))
        yield
        return
    reads_alone = connection.execute(text("PRAGMA query_only")).scalar_one()
    connection.execute(text("PRAGMA query_only=OFF"))
    yield
    if reads_alone:
        connection.execute(text("PRAGMA query_only=ON"))


def _stand_before(connection: Connection, day: str | None, *, versions: bool) -> None:
    """Put the views before the tables, where anything is to be left out."""
    passes = _pass_over(connection, day, versions=versions)
    where = _schema_of(connection)
    for name in _OF_REPORTS:
        left_out = [f"article NOT IN (SELECT serial FROM {_PASSED.name})"] if passes else []  # nosec B608  # names of ours
        if name in _MAY_BE_WRONG and connection.execute(_ANY_WRONG[name]).first() is not None:
            # By ids, which every index has: so rows are counted in an index, as they are where nothing is wrong.
            left_out.append(f"t.id NOT IN (SELECT w.id FROM {where}.{name} w WHERE w.wrong)")  # nosec B608  # names of ours
        if left_out:
            _put_before(connection, where, name, " AND ".join(left_out), passes=passes)
    if passes and day is not None:
        _tell_stories_of_then(connection, where)
        seen = (
            f"EXISTS (SELECT 1 FROM {where}.appearances a WHERE a.actor = {{}} "
            f"AND a.article NOT IN (SELECT serial FROM {_PASSED.name}))"  # nosec B608  # names of ours
        )
        _put_before(connection, where, "actors", seen.format("t.id"))
        _put_before(connection, where, "actor_names", seen.format("t.actor"))
        named = seen.replace("appearances a WHERE a.actor", "place_mentions a WHERE a.place").format("t.id")
        _put_before(connection, where, "places", named)


def _pass_over(connection: Connection, day: str | None, *, versions: bool) -> bool:
    """Note which reports are not asked, and which tellings stand for theirs; gives whether there are any."""
    has_versions = connection.execute(
        select(articles.c.id).where(articles.c.version_of.is_not(None)).limit(1)
    )
    hides_versions = not versions and has_versions.first() is not None
    if day is None and not hides_versions:
        return False
    _ours.create_all(connection, checkfirst=False)
    if day is not None:
        unknown = select(articles.c.serial).where(_unknown_on(day))
        connection.execute(insert(_UNKNOWN).from_select(["serial"], unknown))
    passed: Any = select(_UNKNOWN.c.serial)
    if hides_versions:
        passed = passed.union(_superseded())
    connection.execute(insert(_PASSED).from_select(["serial"], passed))
    if connection.execute(select(_PASSED.c.serial).limit(1)).first() is None:
        return False
    connection.info[_HIDES] = day, versions
    connection.execute(insert(_MOVED).from_select(["event", "now"], _moved()))
    return True


def _unknown_on(day: str) -> ColumnElement[bool]:
    """Was a report not on record on a day?"""
    since = func.substr(func.coalesce(articles.c.recorded, articles.c.published), 1, 10)
    return or_(since.is_(None), since > day)


def _superseded() -> Select[Any]:
    """Numbers of the reports of which a newer version is known. The report without a version's id is the oldest; of the others the one
    that was recorded later is newer, else the one that was published later."""
    newer = articles.alias("newer")

    def age(of: Any) -> ColumnElement[Any]:
        return tuple_(func.coalesce(of.c.recorded, ""), func.coalesce(of.c.published, ""), of.c.id)

    whole = func.coalesce(articles.c.version_of, articles.c.id)
    is_newer = or_(articles.c.version_of.is_(None), age(newer) > age(articles))
    known = newer.c.serial.not_in(select(_UNKNOWN.c.serial))
    # By an index that has versions alone: most reports have none.
    version = articles.alias("version")
    has_version = version.c.version_of.is_not(None)
    among = union_all(
        select(version.c.version_of).where(has_version), select(version.c.id).where(has_version)
    )
    return select(articles.c.serial).where(
        articles.c.id.in_(among), exists().where(newer.c.version_of == whole, is_newer, known)
    )


def _moved() -> Select[Any]:
    """Events of which the first telling is passed over, each with the telling that stands for it: of the report that was published
    first."""
    root, telling, report = (
        schema.events.alias("root"),
        schema.events.alias("telling"),
        articles.alias("report"),
    )
    order = (report.c.published.nulls_last(), report.c.id, telling.c.number)
    place = func.row_number().over(partition_by=telling.c.event, order_by=order).label("place")
    ranked = (
        select(telling.c.event, telling.c.id.label("now"), place)
        .select_from(telling)
        .join(root, and_(root.c.id == telling.c.event, root.c.article.in_(select(_PASSED.c.serial))))
        .join(report, report.c.serial == telling.c.article)
        .where(telling.c.article.not_in(select(_PASSED.c.serial)), ~telling.c.wrong)
        .subquery()
    )
    return select(ranked.c.event, ranked.c.now).where(ranked.c.place == 1)


def _tell_stories_of_then(connection: Connection, where: str) -> None:
    """Stories, and who descended from whom, among the reports that were there."""
    query = select(articles.c.id, articles.c.published).where(
        articles.c.version_of.is_(None), articles.c.serial.not_in(select(_UNKNOWN.c.serial))
    )
    published = {row.id: row.published for row in connection.execute(query.order_by(articles.c.id))}
    in_pairs = set(connection.execute(select(copied_pairs.c.first).distinct()).scalars())
    links = links_among(connection, [id for id in published if id in in_pairs])
    told = stories_of((link for link in links if link.second in published), published.items())
    # The tables of then have the columns of those of now; who points at them points at nothing outside.
    for table in (schema.stories, schema.copies):
        columns = [Column(c.name, c.type, primary_key=c.primary_key) for c in table.columns]
        then = Table(f"{table.name}_then", MetaData(), *columns, prefixes=["TEMPORARY"])
        then.create(connection, checkfirst=False)
        if table is schema.stories:
            rows: list[dict[str, Any]] = [
                {"id": s.id, "articles": len(s.articles), "origins": s.origins, "events_joined": True}
                for s in told
            ]
        else:
            rows = [
                {"article": c.article, "of": c.of, "kind": c.kind, "score": c.score, "directed": c.directed}
                for s in told
                for c in s.copies
            ]
        _fill(connection, then, rows)
        connection.execute(text(f"CREATE TEMPORARY VIEW {table.name} AS SELECT * FROM {then.name}"))  # nosec B608  # names of ours
    _fill(connection, _STORY_THEN, [{"article": id, "story": s.id} for s in told for id in s.articles])
    _put_before(connection, where, "articles", f"serial NOT IN (SELECT serial FROM {_UNKNOWN.name})")  # nosec B608  # names of ours


def _fill(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for part in in_parts(rows):
        connection.execute(insert(table), part)


def _put_before(
    connection: Connection, where: str, name: str, condition: str, *, passes: bool = True
) -> None:
    """Let a view stand before a table: those of its rows for which something holds.

    Args:
        passes: are reports passed over?
    """
    quote = connection.dialect.identifier_preparer.quote
    told = {c.name: f"t.{quote(c.name)}" for c in schema.metadata.tables[name].columns}
    if name == "articles":
        told["story"] = f"(SELECT n.story FROM {_STORY_THEN.name} n WHERE n.article = t.id)"  # nosec B608  # names of ours
    elif (
        name == "events"
        and passes
        and connection.execute(select(_MOVED.c.event).limit(1)).first() is not None
    ):
        told["event"] = f"coalesce((SELECT m.now FROM {_MOVED.name} m WHERE m.event = t.event), t.event)"  # nosec B608  # names of ours
    columns = [f"{words} AS {quote(column)}" for column, words in told.items()]
    if connection.dialect.name == "sqlite" and name in _WITH_FULL_TEXT:
        # By it full text finds its rows.
        columns.append("t.rowid AS rowid")
    connection.execute(
        text(
            f"CREATE TEMPORARY VIEW {name} AS SELECT {', '.join(columns)} FROM {where}.{name} t WHERE {condition}"  # nosec B608  # names of ours
        )
    )


def _schema_of(connection: Connection) -> str:
    """Where the tables of the record are."""
    if connection.dialect.name == "sqlite":
        return "main"
    name = connection.execute(text("SELECT current_schema()")).scalar_one()
    return connection.dialect.identifier_preparer.quote(name)
