"""`onrecord export` and `onrecord import` as a user meets them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pyarrow.parquet as pq
import pytest

from onrecord.record.opening import open_record
from tests.cli.test_event_commands import lines
from tests.command import onrecord
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

TABLES = ("reports", "statements", "events", "actors", "places", "stories")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "news.db"
    with open_record(path, create=True) as store:
        named = make_report("r-1", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran"))
        for report in [*make_all(), *make_copies(), named]:
            store.add(*report, "m1")
    assert onrecord("actor", "rename", "Kaya Brandt", "Kaya M. Brandt", "--record", path).returncode == 0
    return path


def told(done: CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def refused(done: CompletedProcess[bytes]) -> str:
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line


@pytest.mark.parametrize("name", TABLES)
def test_tables_leave_in_three_forms_with_the_same_rows(record: Path, tmp_path: Path, name: str) -> None:
    rows = lines(onrecord("export", name, "--as", "jsonl", "--record", record))
    cells = list(
        csv.DictReader(io.StringIO(told(onrecord("export", name, "--as", "CSV", "--record", record))))
    )
    out = tmp_path / "table.parquet"
    said = told(onrecord("export", name, "--as", "parquet", "--out", out, "--record", record))
    table = pq.read_table(out).to_pylist()
    ids = [row["id"] for row in rows]
    assert ids == [row["id"] for row in cells] == [row["id"] for row in table]
    assert said.startswith(f"{out}: {len(rows)} {name}")


@pytest.mark.parametrize(
    ("name", "form"),
    [("statements", "webannotation"), ("statements", "schemaorg")],
)
def test_linked_forms_are_one_document(record: Path, tmp_path: Path, name: str, form: str) -> None:
    out = tmp_path / "all.jsonld"
    printed = told(onrecord("export", name, "--as", form, "--record", record))
    assert "statements" in told(onrecord("export", name, "--as", form, "--out", out, "--record", record))
    assert out.read_text() == printed
    assert json.loads(printed)["@context"]
    based = told(onrecord("export", name, "--as", form, "--base", "https://a.example/r", "--record", record))
    assert "https://a.example/r/statement/" in based


@pytest.mark.parametrize("name", ["reports", "statements"])
def test_entities_are_lines(record: Path, name: str) -> None:
    found = lines(onrecord("export", name, "--as", "ftm", "--record", record))
    assert {"Article", "Documentation"} <= {e["schema"] for e in found}


def test_as_many_annotations_are_announced_as_come(record: Path) -> None:
    done = onrecord("export", "statements", "--as", "webannotation", "--limit", "2", "--record", record)
    document = json.loads(told(done))
    assert (document["total"], len(document["first"]["items"])) == (2, 2)


def test_statements_are_chosen_as_said_chooses_them(record: Path) -> None:
    options = ("--by", "Kaya Brandt", "--kind", "prediction", "--since", "2022-01-01", "--record", record)
    exported = lines(onrecord("export", "statements", "--as", "jsonl", *options))
    asked = lines(onrecord("said", *options, "--json"))
    assert [{k: row[k] for k in asked[0]} for row in exported] == asked


def test_what_leaves_comes_back(record: Path, tmp_path: Path) -> None:
    reports, corrections = tmp_path / "reports.jsonl", tmp_path / "corrections.jsonl"
    for name, out in (("reports", reports), ("corrections", corrections)):
        told(onrecord("export", name, "--as", "jsonl", "--out", out, "--record", record))
    other = tmp_path / "other.db"
    said = told(onrecord("import", reports, corrections, "--record", other))
    number = len(reports.read_text().splitlines())
    assert said.splitlines() == [
        f"{reports}: {number} reports recorded",
        f"{corrections}: 1 correction added, 0 here already, 1 actor of reports somebody else now"
        if "1 actor " in said
        else f"{corrections}: 1 correction added, 0 here already, 0 actors of reports somebody else now",
    ]
    again = onrecord("export", "reports", "--as", "jsonl", "--record", other)
    assert again.stdout == reports.read_bytes()
    printed = lines(onrecord("import", reports, corrections, "--json", "--record", other))
    assert printed[0] == {
        "file": str(reports), "reports": {"already on record": number}, "corrections": None,
    }  # fmt: skip
    assert printed[1]["corrections"]["known"] == 1


def test_packed_files_and_standard_input_are_imported(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = onrecord("export", "reports", "--as", "jsonl", "--record", record).stdout
    packed = tmp_path / "reports.jsonl.gz"
    packed.write_bytes(gzip.compress(data))
    assert "recorded" in told(onrecord("import", packed, "--record", tmp_path / "a.db"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    said = told(onrecord("import", "-", "--record", tmp_path / "b.db"))
    assert said.startswith("standard input: ")
    packed.write_bytes(gzip.compress(data)[:-40])
    assert "cannot be read to its end" in refused(onrecord("import", packed, "--record", tmp_path / "c.db"))


def test_what_cannot_be_imported_is_named_and_the_rest_is_taken(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    good = onrecord("export", "reports", "--as", "jsonl", "--limit", "1", "--record", record).stdout
    file.write_bytes(b'{"id": "x"}\n' + good)
    done = onrecord("import", file, "--record", tmp_path / "other.db")
    assert done.returncode == 1
    assert f"{file}, line 1: not a report" in done.stderr.decode()
    assert "1 report recorded" in done.stdout.decode()


def test_pages_are_made_in_a_new_folder(record: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    said = told(onrecord("export", "html", "--out", site, "--record", record))
    assert (site / "index.html").is_file()
    assert f"begin with {site / 'index.html'}" in said
    assert "something here already" in refused(onrecord("export", "html", "--out", site, "--record", record))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["reports", "--as", "xml"],
            "--as xml: there is no such form. Give one of: jsonl, csv, parquet, ftm.",
        ),
        (["stories", "--as", "parquet"], "Name a file: --out FILE."),
        (["statements", "--as", "csv", "--base", "https://x/"], "there are no addresses in csv"),
        (["statements", "--as", "schemaorg", "--base", "x"], "no address begins so"),
        (["statements", "--as", "csv", "--kind", "song"], "there is no such kind"),
        (["statements", "--as", "csv", "--by", " "], "no words are given"),
        (["reports", "--as", "csv", "--since", "soon"], "--since soon: not a day"),
        (["reports", "--as", "csv", "--match", '"x'], "--match"),
        (["corrections", "--as", "csv"], "Give one of: jsonl."),
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_one_line(record: Path, words: list[str], reason: str) -> None:
    assert reason in refused(onrecord("export", *words, "--record", record))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = onrecord("import", tmp_path / "no.jsonl", "--record", tmp_path / "a.db")
    assert "no.jsonl: cannot be read" in refused(done)


def test_a_question_that_is_refused_leaves_the_file_as_it_was(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("kept")
    options = ("--since", "2022-02-01", "--until", "2022-01-01", "--out", out, "--record", record)
    refused(onrecord("export", "statements", "--as", "csv", *options))
    assert out.read_text() == "kept"
