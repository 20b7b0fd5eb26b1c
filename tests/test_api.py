"""The record from Python: the questions of the command line with its words, its errors, and frames of their answers."""

from __future__ import annotations

import json
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import polars as pl
import pytest

import onrecord
from onrecord import Record
from onrecord.api import Rows, heard_rows
from onrecord.errors import OnrecordError, RecordError, UsageError
from onrecord.record.opening import open_record
from onrecord.record.read_only import open_read_only
from tests.command import onrecord_text
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_shooting, make_visit
from tests.record.schema2 import make_record
from tests.record.test_contradictions import CLOSE, NOT_CLOSE, said

LISTS = ("said", "variants", "events", "search", "timeline", "predictions", "contradictions", "stories")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "news.db"
    kaya, ilse = make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran")
    with open_record(path, create=True) as store:
        for report in (
            *make_copies(),
            make_shooting(),
            make_visit(),
            make_report("forecast", kaya, ilse),
            said("old", CLOSE, "2024-03-04"),
            said("new", NOT_CLOSE, "2024-03-11", outlet="Karst Press"),
        ):
            store.add(*report, "m1")
    return path


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record.open(path) as opened:
        yield opened


def listed(record: Record, name: str, **given: Any) -> Rows[Any]:
    """The answer of a question that lists, with all that there is unless something is given."""
    if name == "variants":
        return record.said(variants=True, **given)
    if name == "search":
        return record.search("market OR police OR said", **given)
    return getattr(record, name)(**given)  # type: ignore[no-any-return]


def on_the_command_line(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command that is put to the record."""
    return onrecord_text(*words, "--record", path)


def test_the_package_names_the_record_and_nothing_that_is_not_there() -> None:
    assert onrecord.Record is Record
    with pytest.raises(AttributeError, match="Recorder"):
        onrecord.Recorder  # noqa: B018


def test_the_package_is_imported_without_what_asking_needs() -> None:
    program = "import sys, onrecord, onrecord.cli; print([m for m in sys.modules if m.split('.')[0] in ('sqlalchemy', 'pandas', 'polars', 'mcp', 'numpy')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        (("said", "--by", "Orpel", "--limit", "2"), lambda r: r.said(by="Orpel", limit=2)),
        (("said", "--variants"), lambda r: r.said(variants=True)),
        (
            ("events", "--status", "denied", "--status", "planned", "--country", "Kazakhstan"),
            lambda r: r.events(status=["denied", "planned"], country="Kazakhstan"),
        ),
        (("events", "--type", "assault"), lambda r: r.events(type="assault")),
        (("search", "market", "since:2024-03-05"), lambda r: r.search("market since:2024-03-05")),
        (("timeline", "--place", "Almaty"), lambda r: r.timeline(place="Almaty")),
        (("predictions",), lambda r: r.predictions()),
        (("contradictions", "--by", "Orpel"), lambda r: r.contradictions(by="Orpel")),
        (("sources",), lambda r: [r.sources()]),
        (("actor", "Kaya Brandt"), lambda r: [r.actor("Kaya Brandt")]),
        (("actor", "Orpel"), lambda r: r.actors("Orpel")),
        (("place", "Almaty"), lambda r: [r.place("Almaty")]),
        (("stories", "--copied"), lambda r: r.stories(copied=True)),
        (("story", "post"), lambda r: [r.story("post")]),
        (("compare", "wire", "echo"), lambda r: [r.compare("wire", "echo").to_dict()]),
    ],
)
def test_answers_are_those_of_the_command_line(
    path: Path, record: Record, words: tuple[str, ...], ask: Any
) -> None:
    done = on_the_command_line(path, *words, "--json")
    assert done.returncode == 0, done.stderr
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    found = json.loads(msgspec.json.encode(list(ask(record))))

    assert printed
    if words[0] == "actor" and words[1] == "Orpel":
        # The command shows one who fits alone in full.
        assert [p["id"] for p in printed] == [f["id"] for f in found]
    else:
        assert found == printed


def test_a_report_is_shown_with_what_was_found_in_it(path: Path, record: Record) -> None:
    report = record.show("shooting")
    printed = json.loads(on_the_command_line(path, "show", "shooting", "--json").stdout)
    told = json.loads(msgspec.json.encode(report))

    assert {name: told[name] for name in printed} == printed
    assert (report.outlet, report.published, report.is_analysed) == ("The Orpel Post", "2022-01-07", True)
    for statement in report.statements:
        assert all(report.text[e.start : e.end] == e.text for e in statement.evidence)


def test_what_is_on_record_is_counted(record: Record) -> None:
    counted = record.status()

    assert (counted["articles"], counted["stories"]) == (9, 7)


def test_days_are_dates_or_iso_dates(record: Record) -> None:
    assert record.said(since=date(2024, 3, 5)) == record.said(since="2024-03-05")
    assert 0 < record.said(since=date(2024, 3, 5)).total < record.said().total


def test_part_of_an_answer_tells_how_much_there_is(record: Record) -> None:
    for name in LISTS:
        whole = listed(record, name)
        part = listed(record, name, limit=1, offset=1)

        assert part.total == whole.total
        assert len(part) <= 1
        if name != "variants":
            assert part == whole[1:2]


def test_copies_count_once(record: Record) -> None:
    rows = record.events(type="ASSAULT", mode="heavy-weapons")

    assert rows.tellers
    assert (rows.tellers.articles, rows.tellers.origins) == (4, 2)


def test_what_is_told_beside_an_answer_is_kept_with_it(record: Record) -> None:
    assert "Zorin: nobody of this name is on record" in record.said(by="Zorin").notes[0]
    assert "--outlet Nobody's News" in record.events(outlet="Nobody's News").notes[0]
    assert "no such code" in record.events(actor="ZZZGOV").notes[0]
    assert record.said(by="Orpel").notes == []


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda r: r.said(kind="shout"), ("said", "--kind", "shout")),
        (lambda r: r.said(since="May"), ("said", "--since", "May")),
        (lambda r: r.said(since="2024-02-30"), ("said", "--since", "2024-02-30")),
        (lambda r: r.said(by=" "), ("said", "--by", " ")),
        (lambda r: r.said(match='"open'), ("said", "--match", '"open')),
        (lambda r: r.events(type="SHOUT"), ("events", "--type", "SHOUT")),
        (
            lambda r: r.events(type="PROTEST", mode="arrest"),
            ("events", "--type", "PROTEST", "--mode", "arrest"),
        ),
        (lambda r: r.events(status="maybe"), ("events", "--status", "maybe")),
        (lambda r: r.events(country="Atlantis"), ("events", "--country", "Atlantis")),
        (lambda r: r.events(until="1.5.2024"), ("events", "--until", "1.5.2024")),
        (
            lambda r: r.predictions(due_since="2024-02-01", due_until="2024-01-01"),
            ("predictions", "--due-since", "2024-02-01", "--due-until", "2024-01-01"),
        ),
        (lambda r: r.timeline(place="Atlantis"), ("timeline", "--place", "Atlantis")),
        (lambda r: r.search("market outlet:a", outlet="b"), ("search", "market outlet:a", "--outlet", "b")),
        (lambda r: r.contradictions(outlet="Nobody's News"), ("contradictions", "--outlet", "Nobody's News")),
        (lambda r: r.sources(outlet="Nobody's News"), ("sources", "--outlet", "Nobody's News")),
        (lambda r: r.actor("Zorin"), ("actor", "Zorin")),
        (lambda r: r.place("Atlantis"), ("place", "Atlantis")),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused_with_the_line_of_the_command(
    path: Path, record: Record, ask: Any, words: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as error:
        ask(record)
    done = on_the_command_line(path, *words)

    assert done.returncode == 2
    assert done.stderr == f"onrecord: {error.value}\n"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda r: r.said(limit=0), "--limit 0"),
        (lambda r: r.stories(offset=-1), "--offset -1"),
        (lambda r: r.place("Almaty", limit=-3), "--limit -3"),
        (lambda r: r.search(""), "no words to search for"),
        (lambda r: r.show("nowhere.txt"), "no report of this name"),
        (lambda r: r.story("nowhere.txt"), "neither a report nor a story"),
        (lambda r: r.story(""), "neither a report nor a story"),
        (lambda r: r.compare("wire", "nowhere.txt"), "there is no such file"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(record: Record, ask: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        ask(record)
    assert "\n" not in str(error.value)


def test_a_report_is_compared_with_a_file(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text(record.show("wire").text.replace("Rebels", "Soldiers"))

    assert record.compare("wire", str(file)).found.pair


def test_whoever_opens_an_older_record_is_warned_once(tmp_path: Path) -> None:
    report = make_report("one", make_actor("a1", "Ana Orpel"), make_actor("a2", "Kaya Brandt"))
    make_record(tmp_path / "old.db", [report])
    with pytest.warns(UserWarning, match="old.db: this record was made by an older onrecord"):
        Record.open(tmp_path / "old.db").close()
    Record.open(tmp_path / "old.db").close()


def test_a_record_that_is_closed_or_not_there_is_named(path: Path, tmp_path: Path) -> None:
    record = Record.open(path)
    record.close()
    record.close()

    with pytest.raises(RecordError, match="closed"):
        record.said()
    for read_only in (False, True):
        with pytest.raises(RecordError, match="there is no record here"):
            Record.open(tmp_path / "none.db", read_only=read_only)


@pytest.mark.parametrize("name", LISTS)
def test_a_frame_has_the_columns_of_the_csv_and_one_type_each(path: Path, record: Record, name: str) -> None:
    rows = listed(record, name)
    assert rows
    words = {"variants": ("said", "--variants"), "search": ("search", "market OR police OR said")}
    printed = on_the_command_line(path, *words.get(name, (name,)), "--csv").stdout
    header = printed.splitlines()[0].split(",")

    pandas, polars = rows.to_pandas(), rows.to_polars()

    assert list(pandas.columns) == polars.columns == list(rows.to_dicts()[0]) == header
    assert len(pandas) == len(polars) == len(rows)
    of = {"text": str, "integer": int, "number": float, "boolean": bool, "list": list}
    for column, kind in rows.kinds.items():
        values = [row[column] for row in rows.to_dicts()]
        assert {type(v) for v in values} <= {of[kind], type(None)}, column
        assert polars[column].to_list() == values, column


@pytest.mark.parametrize("name", LISTS)
def test_a_frame_of_no_rows_has_the_columns_and_types_of_one_with_rows(record: Record, name: str) -> None:
    given: dict[str, Any] = {"copied": True, "offset": 9} if name == "stories" else {"since": "2031-01-01"}
    none, some = listed(record, name, **given), listed(record, name)

    assert len(none) == 0
    assert none.to_polars().schema == some.to_polars().schema
    assert none.to_pandas().dtypes.to_dict() == some.to_pandas().dtypes.to_dict()


def test_columns_of_frames_have_types_to_count_with(record: Record) -> None:
    frame, other = record.events().to_pandas(), record.events().to_polars()

    assert frame.dead_low.dtype == pd.Int64Dtype()
    assert frame.dead_low.max() == 12
    assert frame.lat.dtype == pd.Float64Dtype()
    assert frame.mutual.dtype == pd.BooleanDtype()
    assert frame.type.dtype == "string"
    assert frame.explode("actors").actors.str.contains("police", case=False).any()
    assert other.schema["actors"] == pl.List(pl.String)
    assert other.filter(pl.col("actors").list.contains("Rebels")).height > 0


def test_sources_and_actors_make_frames_too(record: Record) -> None:
    audit = record.sources(outlet="the orpel post")
    heard, known = heard_rows(audit), record.actors("Orpel")

    assert set(heard.to_polars()["outlet"]) == {"the orpel post"}
    assert heard.to_pandas().share.sum() == pytest.approx(1.0, abs=0.01)
    assert known.to_polars().schema["names"] == pl.List(pl.String)
    assert known.to_polars().schema["addressee"] == pl.Int64
    for rows in (heard, known):
        for name, kind in rows.kinds.items():
            assert (kind == "list") == isinstance(rows.to_dicts()[0][name], list), name


def test_an_answer_can_be_pickled(record: Record) -> None:
    for rows in (*(listed(record, name, limit=1) for name in LISTS), heard_rows(record.sources())):
        again = pickle.loads(pickle.dumps(rows))

        assert again == rows
        assert (again.total, again.tellers) == (rows.total, rows.tellers)
        assert again.to_dicts() == rows.to_dicts()


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_package_is_named_with_what_brings_it(
    record: Record, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(ImportError, match=rf"^a {package} frame needs .*onrecord\[{package}\]'$"):
        getattr(record.said(), f"to_{package}")()


def test_a_record_that_is_opened_for_reading_alone_takes_no_change(path: Path) -> None:
    before = path.read_bytes()
    with open_read_only(path) as store:
        with pytest.raises(RecordError, match="readonly"):
            store.add(*make_report("x", make_actor("a1", "A"), make_actor("a2", "B")), "m1")
        with store.reading() as connection, pytest.raises(Exception, match="readonly"):
            connection.exec_driver_sql("DELETE FROM articles")
    assert path.read_bytes() == before


def test_what_is_written_later_is_seen_by_whoever_reads_alone(tmp_path: Path) -> None:
    path = tmp_path / "a ? # % name.db"
    with open_record(path, create=True) as store, Record.open(path, read_only=True) as record:
        assert record.status()["articles"] == 0
        store.add(*make_shooting(), "m1")
        assert record.status()["articles"] == 1


def test_what_is_no_record_is_refused_by_whoever_reads_alone(tmp_path: Path) -> None:
    def made(name: str, *statements: str) -> Path:
        connection = sqlite3.connect(tmp_path / name)
        for statement in statements:
            connection.execute(statement)
        connection.close()
        return tmp_path / name

    text = tmp_path / "text.db"
    text.write_text("no database at all, but some words " * 99)
    told = {
        text: "cannot be used",
        made("empty.db", "CREATE TABLE x (y)", "DROP TABLE x"): "this is empty",
        made("other.db", "CREATE TABLE x (y)"): "not a record",
        made("old.db", "CREATE TABLE articles (y)", "PRAGMA user_version=7"): "Bring it to schema",
        made("new.db", "CREATE TABLE articles (y)", "PRAGMA user_version=999"): "Install a newer onrecord",
    }
    for path, words in told.items():
        with pytest.raises(OnrecordError, match=words) as error:
            open_read_only(path)
        assert "\n" not in str(error.value)


def test_reports_are_analysed_without_loading_the_record(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("“Go,” said Ana Brusko.")
    program = (
        "import sys\n"
        f"sys.argv = ['onrecord', 'analyse', {str(report)!r}]\n"
        "from onrecord.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print('sqlalchemy' in sys.modules, file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stderr.strip() == "False"
