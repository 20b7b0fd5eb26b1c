"""What a server can do to a record: it is down, knows nobody, holds something else, goes away; many write and read at once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from onrecord import cli
from onrecord.errors import RecordError
from onrecord.record import engines, schema
from onrecord.record.asking.counts import counts
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome
from onrecord.record.versions import write_version
from tests.postgresql import GUARDED
from tests.record.asked import address, rows
from tests.record.made import make_actor, make_report

REPORT = make_report("one", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran"))


@pytest.fixture
def place(request: pytest.FixtureRequest, database: str) -> Iterator[str]:
    """The address of a database of its own, without anything in it."""
    if database == "sqlite":
        pytest.skip("it has no server")
    server: str = request.getfixturevalue("postgresql")
    name = f"d{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def complaint(place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What `onrecord status` says of a record that it cannot open."""
    monkeypatch.setattr(sys, "argv", ["onrecord", "status", "--record", place])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    assert ended.value.code == 3
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


def fill(place: str) -> None:
    with open_record(place, create=True) as record:
        record.add(*REPORT, "m1")


def test_a_server_that_is_down(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = complaint(f"postgresql://onrecord:secret@/postgres?host={tmp_path}", monkeypatch, capsys)
    assert "See that the server runs" in told
    assert "secret" not in told


@pytest.mark.parametrize("given", [":wrong", ""], ids=["wrong", "none"])
def test_a_wrong_password(
    place: str, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(place)
    with psycopg.connect(place) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {GUARDED}".encode())
        connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD 'right'".encode())
    told = complaint(place.replace("onrecord@", f"{GUARDED}{given}@"), monkeypatch, capsys)
    assert "PGPASSWORD" in told
    assert "wrong" not in told
    monkeypatch.setenv("PGPASSWORD", "right")
    told = complaint(place.replace("onrecord@", f"{GUARDED}@"), monkeypatch, capsys)
    assert "Ask whoever runs the server" in told


def test_a_database_that_is_not_there(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = complaint(place.replace("?", "gone?"), monkeypatch, capsys)
    assert "Make the database first" in told


def test_a_database_without_anything(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "onrecord read" in complaint(place, monkeypatch, capsys)


@pytest.mark.parametrize("version", [None, "42", "ae1027a6acf0"], ids=["tables", "number", "revision"])
def test_a_database_that_is_no_record(
    place: str, version: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(place) as connection:
        connection.execute("CREATE TABLE recipes (name text)")
        if version:
            connection.execute("CREATE TABLE alembic_version (version_num text)")
            connection.execute("INSERT INTO alembic_version VALUES (%s)", [version])
    assert "not a record" in complaint(place, monkeypatch, capsys)
    with pytest.raises(RecordError, match="not a record"):
        open_record(place, create=True)


def test_a_newer_schema(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(place)
    with open_record(place, create=False) as record, record.writing() as connection:
        write_version(connection, schema.SCHEMA_VERSION + 1)
    assert "Install a newer onrecord" in complaint(place, monkeypatch, capsys)


def test_a_schema_of_tables_that_is_not_there(place: str) -> None:
    with pytest.raises(RecordError, match="CREATE SCHEMA"):
        open_record(f"{place}&options=-csearch_path%3Dnewsroom", create=True)


def test_records_lie_side_by_side_in_schemas_of_one_database(place: str) -> None:
    with psycopg.connect(place) as connection:
        connection.execute("CREATE SCHEMA newsroom")
    fill(f"{place}&options=-csearch_path%3Dnewsroom")
    with open_record(place, create=True) as record, record.reading() as connection:
        assert counts(connection)["articles"] == 0


def test_an_address_with_a_word_that_means_nothing_is_refused(place: str) -> None:
    with pytest.raises(RecordError, match="cannot be used"):
        open_record(f"{place}&colour=blue", create=False)


def test_a_connection_that_is_lost_costs_no_more_than_what_ran(place: str) -> None:
    fill(place)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    another = make_report("two", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran"))
    with open_record(place, create=False) as record:

        def lose() -> None:
            with psycopg.connect(place) as connection:
                connection.execute(others)

        def write_in_vain() -> None:
            with record.writing() as connection:
                connection.execute(schema.articles.update().values(outlet="x"))
                lose()
                connection.execute(schema.articles.update().values(outlet="y"))

        with pytest.raises(RecordError, match="try again when it runs") as told:
            write_in_vain()
        assert "\n" not in str(told.value)
        # While nobody asked.
        with record.reading() as connection:
            assert connection.execute(schema.articles.select()).one().outlet is None
        lose()
        assert record.add(*another, "m1") is Outcome.NEW


def test_whoever_may_only_read_can_ask(place: str) -> None:
    fill(place)
    with psycopg.connect(place) as connection:
        connection.execute("DROP ROLE IF EXISTS reader")
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with open_record(place.replace("onrecord@", "reader@"), create=False) as record:
        with record.reading() as connection:
            assert counts(connection)["articles"] == 1
        with pytest.raises(RecordError, match="Ask whoever runs the server"):
            record.add(*make_report("two", make_actor("a1", "A B"), make_actor("a2", "C D")), "m1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


def test_two_writers_wait_for_each_other_and_both_finish(path: Path) -> None:
    program = textwrap.dedent(
        f"""
        import sys
        sys.path[:0] = {[str(Path(__file__).parents[2])]!r}
        from tests.record.made import make_actor, make_report
        from onrecord.record.opening import open_record
        with open_record({address(path)!r}, create=True) as record:
            for n in range(10):
                who = make_actor("a1", f"Kaya Brandt the {{n}}th")
                record.add(*make_report(f"{{sys.argv[1]}}{{n}}", who, make_actor("a2", "Ilse Maran")), "m1")
        """
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, name], stderr=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    with open_record(path, create=False) as record, record.reading() as connection:
        found = counts(connection)
    assert (found["articles"], found["statements"]) == (20, 20)
    assert rows(path, "SELECT count(*) FROM stories WHERE NOT events_joined") == [(0,)]


def test_a_reader_sees_one_state_while_a_writer_writes(path: Path) -> None:
    with open_record(path, create=True) as writer, open_record(path, create=False) as reader:
        writer.add(*REPORT, "m1")
        with reader.reading() as connection:
            before = counts(connection)
            writer.add(*make_report("two", make_actor("a1", "A B"), make_actor("a2", "C D")), "m1")
            assert counts(connection) == before
        with reader.reading() as connection:
            assert counts(connection)["articles"] == 2


def test_a_writer_that_waits_too_long_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_record(path, create=True) as first:
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 100)
        with open_record(path, create=True) as second, first.writing():
            with pytest.raises(RecordError, match="Another program writes to it") as told:
                second.add(*REPORT, "m1")
            assert "\n" not in str(told.value)
