"""`onrecord amend` as a user meets it: wrong, fix, undo, list, export, import, and errors as one line."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from onrecord.record.login import login_name
from onrecord.record.opening import open_record
from tests.command import onrecord
from tests.record.made import NAMES, make_actor, make_report

KAYA, TOMAS, _ = NAMES


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "news.db"
    with open_record(path, create=True) as record:
        record.add(*make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), "m1")
        record.add(*make_report("two", make_actor("a1", TOMAS), make_actor("a2", KAYA)), "m1")
    return path


@pytest.fixture
def record(made_once: Path, tmp_path: Path) -> Path:
    """A copy of a record with two reports, to be put right."""
    shutil.copy(made_once, tmp_path / "news.db")
    return tmp_path / "news.db"


def said(record: Path, *options: str) -> list[dict[str, Any]]:
    return lines(onrecord("said", "--json", *options, "--record", record))


def test_a_statement_is_put_right_and_that_is_undone(record: Path) -> None:
    before = said(record)
    (made,) = lines(
        onrecord("amend", "fix", "one#s1", "--kind", "threat", "--no-source", "--json", "--record", record)
    )
    amendment = made["amendment"]
    assert amendment["said"] == {"source": None, "kind": "threat"}
    assert (amendment["found"]["kind"], amendment["who"]) == ("prediction", login_name())
    (now,) = said(record, "--kind", "threat")
    assert (now["by"], now["amended"][0]["id"]) == (None, amendment["id"])
    (undone,) = lines(onrecord("amend", "undo", amendment["id"][:6], "--json", "--record", record))
    assert undone["undone"]["id"] == amendment["id"]
    assert said(record) == before


def test_several_are_wrong_at_once(record: Path) -> None:
    made = lines(onrecord("amend", "wrong", "one#s1", "two#e1", "--json", "--record", record))
    assert [m["amendment"]["what"] for m in made] == ["wrong", "wrong"]
    assert [s["id"] for s in said(record)] == ["two#s1"]
    listed = lines(onrecord("amend", "list", "--json", "--record", record))
    assert [a["report"] for a in listed] == ["two", "one"]
    assert [
        a["report"] for a in lines(onrecord("amend", "list", "--report", "one", "--json", "--record", record))
    ] == ["one"]
    told = onrecord("amend", "list", "--limit", "1", "--record", record).stdout.decode()
    assert "two#e1 is no event" in told
    assert "1 of 2 amendments" in told


def test_either_all_are_wrong_or_none(record: Path) -> None:
    done = onrecord("amend", "wrong", "one#s1", "one#s7", "--record", record)
    assert done.returncode == 2
    assert len(said(record)) == 2


def test_an_event_is_put_right(record: Path) -> None:
    done = onrecord(
        "amend", "fix", "one#e1", "--type", "protest", "--mode", "riot", "--actor", "none", "--status", "occurred",
        "--record", record,
    )  # fmt: skip
    assert "type PROTEST; modes riot; status occurred; actors none" in done.stdout.decode()
    (event,) = lines(onrecord("events", "--type", "PROTEST", "--json", "--record", record))
    assert (event["actors"], event["cameo"], event["tellings"][0]["amended"][0]["what"]) == ([], "145", "fix")


def test_they_are_carried_to_another_record(record: Path, made_once: Path, tmp_path: Path) -> None:
    onrecord("amend", "wrong", "one#s1", "--record", record)
    file, other = tmp_path / "a.jsonl", tmp_path / "other.db"
    assert lines(onrecord("amend", "export", file, "--json", "--record", record)) == [
        {"file": str(file), "amendments": 1}
    ]
    assert onrecord("amend", "export", "-", "--record", record).stdout == file.read_bytes()
    shutil.copy(made_once, other)
    assert lines(onrecord("amend", "import", file, "--json", "--record", other)) == [
        {"added": 1, "known": 0, "idle": 0}
    ]
    (imported,) = lines(onrecord("import", file, "--json", "--record", other))
    assert imported["amendments"] == {"added": 0, "known": 1, "idle": 0}
    assert said(other) == said(record)
    assert onrecord("check", "--record", other).returncode == 0


def test_passages_teach_what_is_and_what_is_none(record: Path, tmp_path: Path) -> None:
    onrecord("amend", "fix", "one#s1", "--kind", "threat", "--record", record)
    onrecord("amend", "wrong", "one#e1", "--record", record)
    file = tmp_path / "labels.jsonl"
    assert lines(onrecord("amend", "export", file, "--as", "training", "--json", "--record", record)) == [
        {"file": str(file), "passages": 1}
    ]
    (passage,) = map(json.loads, file.read_text().splitlines())
    (statement,) = passage["statements"]
    (start, end) = statement["cue"][0]
    assert passage["text"][start:end] == "said"
    assert (statement["kind"], statement["by_hand"]) == ("threat", True)
    assert [e["type"] for e in passage["wrong"]["events"]] == ["RETREAT"]
    # What the model found besides is there, and nobody has said that it is right.
    assert [e.get("by_hand", False) for e in passage["events"]] == [False]
    assert passage["unsure"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fix", "one#s1"], "Nothing is said to be otherwise"),
        (["fix", "one#s1", "--kind", "joke"], "no such kind"),
        (["fix", "one#s1", "--type", "AID"], "is a statement"),
        (["fix", "one#e1", "--kind", "threat"], "is an event"),
        (["fix", "one#s1", "--kind", "threat", "--type", "AID"], "is of a statement, --type of an event"),
        (["fix", "one#s1", "--source", "x", "--no-source"], "cannot both be"),
        (["fix", "one#s1", "--source-is", "none"], "needs the words"),
        (["fix", "one#e1", "--type", "PARTY"], "no such type"),
        (["fix", "one#e1", "--status", "dreamt"], "no such status"),
        (["fix", "s1", "--kind", "threat"], "no id of a statement"),
        (["undo", "x"], "no such amendment"),
        (["undo", ""], "no such amendment"),
        (["import", "none.jsonl"], "cannot be read"),
        (["export", "-", "--as", "poem"], "no such form"),
        (["list", "--report", "none"], "no report of this name"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_one_line(record: Path, words: list[str], says: str) -> None:
    done = onrecord("amend", *words, "--record", record)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert says in line


def test_a_line_that_is_no_amendment_is_named(record: Path) -> None:
    done = onrecord("amend", "import", "-", "--record", record, stdin=b'\n{"what":"wrong"}\n')
    assert done.returncode == 2
    assert "line 2: not an amendment" in done.stderr.decode()
