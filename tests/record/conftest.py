"""Each module of this room runs twice: on SQLite, and on PostgreSQL, where each path stands for a schema of its own."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from onrecord.record import location, opening
from onrecord.record.location import Location
from tests.postgresql import programs, server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a database."""
    folder = programs()
    if folder is None:
        pytest.skip("there is no PostgreSQL 15 or later on this machine: apt install postgresql")
    with server(folder) as address:
        yield address


@pytest.fixture(scope="module", params=["sqlite", "postgresql"], autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the database on which a module runs."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    if reason := getattr(request.module, "ON_SQLITE_ALONE", None):
        pytest.skip(reason)
    address: str = request.getfixturevalue("postgresql")
    engine = create_engine(location.locate(address).url)
    made: set[str] = set()

    def in_schema(where: str | Path) -> Location:
        if not isinstance(where, Path):
            return location.locate(where)
        name = "r" + hashlib.sha256(str(where).encode()).hexdigest()[:16]
        if name not in made:
            made.add(name)
            with engine.begin() as connection:
                connection.execute(text(f"CREATE SCHEMA {name}"))
        return location.locate(f"{address}&options=-csearch_path%3D{name}")

    # The schemas go away with the server: to drop them takes longer than the tests.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "locate", in_schema)
        yield "postgresql"
    engine.dispose()


@pytest.fixture(autouse=True)
def only_where_it_can_be(request: pytest.FixtureRequest, database: str) -> None:
    """Skips tests of files, and of what is asked with SQLite's own words, on PostgreSQL."""
    mark = request.node.get_closest_marker("sqlite_alone")
    if mark is not None and database != "sqlite":
        pytest.skip(mark.args[0])


@pytest.fixture(autouse=True)
def way_to_the_folder_of_a_worker(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever is not the user of the tests may come through to the folders that a test opens.

    Those of a worker (`-n`) lie one deeper than the others, within the one that pytest keeps to its user. It closes that
    again whenever a run begins, so each test opens it.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    kept = tmp_path_factory.getbasetemp().parents[1]
    mode = stat.S_IMODE(kept.stat().st_mode)
    if kept.name.startswith("pytest-of-") and mode & 0o011 != 0o011:
        kept.chmod(mode | 0o011)
