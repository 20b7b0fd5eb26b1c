"""Rows that point by numbers, asked by ids and shown with ids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete, select

from onrecord.record.opening import open_record
from onrecord.record.row_ids import shown
from onrecord.record.schema import articles, contents, events, statements
from tests.record.made import make_actor, make_report

# The last came first; some look as if a row of theirs were meant, and some are no plain words.
REPORTS = ("z-9", "a#1", "a#1#s1", 'ü "quoted" \\', "2024", "%")


@pytest.fixture(scope="module")
def connection(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("ids") / "news.db", create=True) as record:
        for id in REPORTS:
            record.add(
                *make_report(id, make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran")), "m1"
            )
        with record.reading() as connection:
            yield connection


def all_of(connection: Connection) -> list[str]:
    return list(connection.execute(select(statements.c.id)).scalars())


@pytest.mark.parametrize("report", REPORTS)
def test_rows_are_found_by_the_id_of_their_report(connection: Connection, report: str) -> None:
    theirs = [id for id in all_of(connection) if id.rpartition("#s")[0] == report]
    assert theirs
    for asked in (statements.c.article == report, statements.c.article.in_([report, "nowhere"])):
        assert list(connection.execute(select(statements.c.id).where(asked)).scalars()) == theirs
    for id in theirs:
        for asked in (statements.c.id == id, statements.c.id.in_({id})):
            assert list(connection.execute(select(statements.c.id).where(asked)).scalars()) == [id]


def test_many_ids_are_found_as_one_each(connection: Connection) -> None:
    every = all_of(connection)
    query = select(statements.c.id).where(statements.c.id.in_([*every, *every, "nowhere#s1"]))
    assert sorted(connection.execute(query).scalars()) == sorted(every)
    none = select(statements.c.id).where(statements.c.id.in_([]))
    assert connection.execute(none).first() is None
    others = select(statements.c.id).where(~statements.c.id.in_(every[1:]))
    assert list(connection.execute(others).scalars()) == every[:1]


def test_a_question_is_as_long_for_many_ids_as_for_one() -> None:
    """Each database reads a question before it answers: hundreds of questions in one took longer than the answer."""
    for column in (contents.c.statement, events.c.article):
        for begun in (select(column), delete(column.table)):
            one, many = (str(begun.where(column.in_([f"r-{n}#s1" for n in range(k)]))) for k in (1, 500))
            assert one == many


def test_ids_have_their_own_order_where_they_are_shown(connection: Connection) -> None:
    query = select(statements.c.article).distinct()
    came = select(articles.c.id).order_by(articles.c.serial)
    assert list(connection.execute(came).scalars()) == list(REPORTS)
    ordered = select(statements.c.article).order_by(shown(statements.c.article))
    assert list(dict.fromkeys(connection.execute(ordered).scalars())) == sorted(REPORTS)
    assert set(connection.execute(query).scalars()) == set(REPORTS)
