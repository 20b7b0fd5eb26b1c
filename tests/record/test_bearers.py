"""Namesakes in several reports stay apart, spellings come together, and no order of the reports matters."""

from __future__ import annotations

import hashlib
import sqlite3
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from onrecord.article import Article
from onrecord.contract import AnalysisOut, RoleOut
from onrecord.record import correct
from onrecord.record.asking.actors import describe, find_actors
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import dump, make_actor, make_report
from tests.record.schema5 import make_record as make_record_of_schema_5

NAME = "Tomas Orpel"
TIME = {"time": "2022-02-01T10:00:00+00:00", "command": "made for a test"}


def told(id: str, *roles: tuple[str, str | None], name: str = NAME) -> tuple[Article, AnalysisOut]:
    """A report of somebody with roles."""
    actor = msgspec.structs.replace(make_actor("a1", name), roles=[RoleOut(t, of) for t, of in roles])
    return make_report(id, actor, make_actor("a2", "Kaya Brandt"))


MAYOR = told("mayor", ("mayor of Mirna", None))
PLAYER = told("player", ("footballer", None))
HERE, THERE = told("here", ("mayor", "FRA")), told("there", ("mayor", "KAZ"))
UNTOLD = told("untold")


def record(path: Path, *reports: tuple[Article, AnalysisOut]) -> Record:
    made = open_record(path, create=True)
    for report in reports:
        made.add(*report, "m0")
    return made


def bearers(made: Record, name: str = NAME) -> dict[str, set[str]]:
    """Who bears a name, with the reports in which they appear."""
    with made.reading() as connection:
        return {
            id: {r.article for r in describe(connection, id, why=False).in_reports}
            for id in find_actors(connection, name)
        }


@pytest.mark.parametrize("reports", [(MAYOR, PLAYER), (HERE, THERE)], ids=["role", "country"])
def test_namesakes_stay_apart(tmp_path: Path, reports: tuple[tuple[Article, AnalysisOut], ...]) -> None:
    with record(tmp_path / "r.db", *reports) as made:
        assert sorted(bearers(made).values(), key=str) == sorted(({r[0].id} for r in reports), key=str)


def test_one_who_is_told_of_twice_is_one(tmp_path: Path) -> None:
    with record(tmp_path / "r.db", MAYOR, UNTOLD, told("again", ("mayor", "FRA"))) as made:
        assert list(bearers(made).values()) == [{"mayor", "untold", "again"}]


def test_spellings_are_one_and_each_finds_them(tmp_path: Path) -> None:
    names = ("Kassym-Zhomart Orpelev", "Kassym-Jomart Orpelyev")
    with record(tmp_path / "r.db", *(told(f"r{n}", name=name) for n, name in enumerate(names))) as made:
        assert bearers(made, names[0]) == bearers(made, names[1])
        assert list(bearers(made, names[0]).values()) == [{"r0", "r1"}]


def test_every_order_gives_the_same_record(tmp_path: Path) -> None:
    dumps = []
    for number, order in enumerate(permutations((MAYOR, PLAYER, HERE, THERE, UNTOLD), 5)):
        if number % 7:
            continue
        with record(tmp_path / f"{number}.db", *order) as made:
            dumps.append(dump(made, without=("articles",)))
    assert all(d == dumps[0] for d in dumps)


def test_why_tells_what_parts_namesakes(tmp_path: Path) -> None:
    with record(tmp_path / "r.db", MAYOR, PLAYER) as made, made.reading() as connection:
        for id in find_actors(connection, NAME):
            (why,) = describe(connection, id, why=True).in_reports[0].why or []
            (other,) = (i for i in find_actors(connection, NAME) if i != id)
            assert f"apart from {other}" in why.verdict
            assert "work: " in why.verdict


def test_each_namesake_has_its_own_roles(tmp_path: Path) -> None:
    with record(tmp_path / "r.db", MAYOR, PLAYER) as made, made.reading() as connection:
        found = {
            r.title for i in find_actors(connection, NAME) for r in describe(connection, i, why=False).roles
        }
        assert found == {"mayor of Mirna", "footballer"}
        assert all(len(describe(connection, i, why=False).roles) == 1 for i in find_actors(connection, NAME))


def test_who_was_corrected_is_not_parted_by_a_later_report(tmp_path: Path) -> None:
    with record(tmp_path / "r.db", MAYOR) as made:
        (id,) = bearers(made)
        with made.writing() as connection:
            correct.rename(connection, id, "Tomas Orpel of Mirna", **TIME)
        made.add(*PLAYER, "m0")
        assert bearers(made) == {id: {"mayor", "player"}}
        with made.writing() as connection:
            correct.undo(connection)
        assert len(bearers(made)) == 2


def test_namesakes_can_be_merged_and_stay_merged(tmp_path: Path) -> None:
    with record(tmp_path / "r.db", MAYOR, PLAYER) as made:
        one, other = bearers(made)
        with made.writing() as connection:
            correct.merge(connection, one, other, **TIME)
        made.add(*UNTOLD, "m0")
        assert {"mayor", "player"} in bearers(made).values()


@pytest.mark.sqlite_alone("older records are SQLite's")
def test_corrections_of_schema_5_speak_of_the_ids_of_today(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    make_record_of_schema_5(path, [UNTOLD])
    old = "actor-" + hashlib.sha256(NAME.casefold().encode()).hexdigest()[:12]
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        for table, column in (
            ("appearances", "found"),
            ("appearances", "actor"),
            ("actors", "id"),
            ("actor_names", "actor"),
        ):
            condition = {"appearances": "name = :name", "actors": "name = :name"}.get(
                table, "actor NOT IN (SELECT id FROM actors)"
            )
            db.execute(f"UPDATE {table} SET {column} = :old WHERE {condition}", {"old": old, "name": NAME})
        row = ("c1", TIME["time"], "rename", old, "Tomas Orpel of Mirna", TIME["command"])
        db.execute(
            "INSERT INTO corrections (id, time, what, actor, name, command) VALUES (?, ?, ?, ?, ?, ?)", row
        )
    with open_record(path, create=False) as made:
        assert made.upgraded_from == 5
        assert bearers(made, old) == {}
        ((id, reports),) = bearers(made).items()
        assert reports == {"untold"}
        with made.reading() as connection:
            assert describe(connection, id, why=False).name == "Tomas Orpel of Mirna"
