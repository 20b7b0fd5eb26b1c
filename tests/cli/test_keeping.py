"""`check`, `refresh`, `--as-of` and `--versions` as somebody types them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import onrecord
from onrecord.record.opening import open_record
from tests.command import onrecord_text as run
from tests.record.made import NAMES, make_actor, make_report

KAYA, TOMAS, ILSE = NAMES


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Two reports, of one of which there is a later version in which somebody else speaks."""
    path = tmp_path / "news.db"
    with open_record(path, create=True) as opened:
        for id, speaker in (("one", KAYA), ("two", TOMAS), ("one", ILSE)):
            opened.add(*make_report(id, make_actor("a1", speaker), make_actor("a2", "Bo Kestrel")), "m1")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE articles SET recorded = '2024-05-01T09:00:00Z' WHERE version_of IS NULL")
        db.execute("UPDATE articles SET recorded = '2024-05-02T09:00:00Z' WHERE version_of IS NOT NULL")
    return path


def test_a_sound_record_is_called_so(record: Path) -> None:
    done = run("check", "--record", record)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{record}: sound; 3 reports, 3 statements and 6 events as they are told")
    told = json.loads(run("check", "--record", record, "--json").stdout)
    assert (told["sound"], told["faults"], told["reports"]) == (True, [], 3)


def test_faults_are_told_with_the_mend_and_in_the_exit_code(record: Path) -> None:
    with sqlite3.connect(record) as db:
        db.execute("UPDATE statements SET cue_text = 'denied' WHERE article = 2")
        db.execute("UPDATE actors SET name = 'Nobody'")
    done = run("check", "--record", record)
    assert done.returncode == 1
    assert "statements: the quoted words do not stand at the place" in done.stdout
    assert "two#s1: at" in done.stdout
    assert "onrecord check --mend" in done.stdout
    told = json.loads(run("check", "--record", record, "--json").stdout)
    assert {(f["kind"], f["table"]) for f in told["faults"]} == {
        ("evidence", "statements"),
        ("actors", "actors"),
    }
    done = run("check", "--mend", "--record", record, "--json")
    assert done.stderr == ""
    mended = json.loads(done.stdout)
    assert {f["kind"] for f in mended["faults"]} == {"evidence"}


def test_of_a_file_that_is_no_record_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_bytes(b"nothing" * 999)
    done = run("check", "--record", tmp_path / "news.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


def test_reports_are_analysed_anew_and_it_says_what_is_otherwise(record: Path) -> None:
    tried = run("refresh", "--dry-run", "--article", "two", "--record", record)
    assert tried.returncode == 0, tried.stderr
    assert "1 report would be analysed anew by model" in tried.stdout
    *reports, whole = map(json.loads, run("refresh", "--record", record, "--json").stdout.splitlines())
    assert [r["id"] for r in reports][::2] == ["one", "two"]
    assert whole["reports"] == 3
    assert whole["changed"] is True
    assert whole["statements"]["added"] == sum(r["statements"]["added"] for r in reports)
    with sqlite3.connect(record) as db:
        assert db.execute("SELECT DISTINCT model FROM articles").fetchall() == [(whole["model"],)]
    again = run("refresh", "--record", record)
    assert again.stdout == f"0 reports analysed anew by model {whole['model']}: nothing is otherwise\n"
    once_more = run("refresh", "--all", "--record", record)
    assert once_more.stdout == f"3 reports analysed anew by model {whole['model']}: nothing is otherwise\n"
    assert run("check", "--record", record).returncode == 0


def test_a_report_that_is_not_there_is_named(record: Path) -> None:
    done = run("refresh", "--article", "three", "--record", record)
    assert done.returncode == 2
    assert "three: no report of this name is on record" in done.stderr


def test_the_newest_version_answers_unless_it_is_asked_otherwise(record: Path) -> None:
    def speakers(*words: str) -> list[str]:
        return sorted(json.loads(line)["by"] for line in run("said", "--record", record, "--json", *words).stdout.splitlines())  # fmt: skip

    assert speakers() == [ILSE, TOMAS]
    assert speakers("--versions") == [ILSE, KAYA, TOMAS]
    assert speakers("--as-of", "2024-05-01") == [KAYA, TOMAS]
    assert speakers("--as-of", "2024-04-30") == []
    assert run("said", "--as-of", "yesterday", "--record", record).returncode == 2
    assert KAYA in run("show", "one", "--record", record).stdout


@pytest.mark.parametrize(
    "command",
    [["events"], ["stories"], ["status"], ["actor", TOMAS], ["search", "Monday"], ["timeline"], ["predictions"], ["sources"], ["contradictions"], ["place", "Orpelstadt"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_each_question_can_be_put_as_of_a_day(command: list[str], record: Path) -> None:
    done = run(*command, "--as-of", "2024-05-01", "--record", record)
    assert done.returncode == 0, done.stderr


def test_a_record_that_is_open_in_python_is_asked_as_of_a_day(record: Path) -> None:
    def speakers(**how: object) -> list[str | None]:
        with onrecord.Record.open(record, **how) as opened:  # type: ignore[arg-type]
            return sorted(str(s.by) for s in opened.said())

    assert speakers() == [ILSE, TOMAS]
    assert speakers(versions=True) == [ILSE, KAYA, TOMAS]
    assert speakers(as_of="2024-05-01", read_only=True) == [KAYA, TOMAS]
