"""`onrecord actor` as a user meets it: who somebody is, why, corrections, and errors as one line."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import onrecord

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "corrections.md"
REPORTS = {
    "one": "“The gate stays shut,” said Ana Orpel, the mayor of Brunn. Kaya Brandt told Orpel that she would go.",
    "two": "Kaya Brandt said on Monday that the port would open. “Wait,” she said.",
    "three": "Ana Orpel said that Kaya Brandt was wrong. President Kassym-Jomart Tokayev said in Almaty that he would come.",
}


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the reports."""
    path = tmp_path_factory.mktemp("read") / "news.db"
    rows = [{"id": i, "text": t, "published": "2022-01-07"} for i, t in REPORTS.items()]
    stdin = "\n".join(map(json.dumps, rows)).encode()
    done = onrecord("read", "--jsonl", "--as-is", "-", "--record", path, stdin=stdin)
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture
def record(read_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to be corrected."""
    shutil.copy(read_once, tmp_path / "news.db")
    return tmp_path / "news.db"


def test_an_actor_is_shown_with_offices_and_reports(record: Path) -> None:
    (actor,) = lines(onrecord("actor", "tokayev", "--json", "--record", record))
    assert (actor["id"], actor["type"], actor["country"]) == (
        "person:KAZ:tokayev-kassym-jomart",
        "person",
        "KAZ",
    )
    assert any(r["title"] == "president" and r["from"].startswith("2019") for r in actor["roles"])
    assert [r["article"] for r in actor["in_reports"]] == ["three"]
    shown = onrecord("actor", "tokayev", "--record", record).stdout.decode()
    assert "president of KAZ, from 2019" in shown


def test_another_spelling_finds_whom_the_registry_knows(record: Path) -> None:
    (actor,) = lines(onrecord("actor", "Kasym-Zhomart Tokaev", "--json", "--record", record))
    assert actor["name"] == "Kassym-Jomart Tokayev"


def test_why_gives_reasons_that_sum_up_and_words_at_their_place(record: Path) -> None:
    (actor,) = lines(onrecord("actor", "--why", "Tokayev", "--json", "--record", record))
    (why,) = actor["in_reports"][0]["why"]
    best = why["considered"][0]
    assert best["id"] == actor["id"]
    assert sum(r["weight"] for r in best["reasons"]) == pytest.approx(best["score"], abs=0.01)
    for e in why["evidence"]:
        assert REPORTS["three"][e["start"] : e["end"]] == e["text"]
    shown = onrecord("actor", "Tokayev", "--why", "--record", record).stdout.decode()
    assert "(taken)" in shown


def test_corrections_are_seen_by_all_questions_and_undone(record: Path) -> None:
    def ask(*words: str) -> list[dict]:
        return lines(onrecord(*words, "--json", "--record", record))

    before = ask("said"), ask("show", "one"), ask("actor", "Brandt")
    (split,) = ask("actor", "split", "Kaya Brandt", "two")
    part = split["actor"]["id"]
    ask("actor", "rename", part, "Kaya Brandt (port)")
    assert {s["id"].partition("#")[0] for s in ask("said", "--by", part)} == {"two"}
    assert len(ask("actor", "Kaya Brandt")) == 2
    ask("actor", "merge", "Ana Orpel", split["correction"]["actor"])
    (ana,) = ask("actor", "Ana Orpel")
    assert "Kaya Brandt" in ana["names"]
    assert all(s["actor"] == "Ana Orpel" for s in ask("said", "--by", ana["id"]))
    assert len(ask("actor", "corrections", "list")) == 3
    undone = [ask("actor", "undo")[0]["undone"]["what"] for _ in range(3)]
    assert undone == ["merge", "rename", "split"]
    assert (ask("said"), ask("show", "one"), ask("actor", "Brandt")) == before


def test_corrections_go_to_another_record(record: Path, tmp_path: Path) -> None:
    shutil.copy(record, tmp_path / "other.db")
    onrecord("actor", "rename", "Kaya Brandt", "The pilot", "--record", record)
    exported = onrecord("actor", "corrections", "export", "-", "--record", record)
    assert lines(exported)[0]["command"].startswith("onrecord actor rename 'Kaya Brandt' 'The pilot'")
    done = onrecord(
        "actor", "corrections", "import", "-", "--record", tmp_path / "other.db", stdin=exported.stdout
    )
    assert done.returncode == 0
    assert lines(onrecord("actor", "The pilot", "--json", "--record", tmp_path / "other.db"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["actor", "Ana Orpl"], "Near it: Ana Orpel", id="unknown"),
        pytest.param(["actor", "merge", "Ana Orpel", "Nobody"], "nobody of this name", id="merge"),
        pytest.param(["actor", "split", "Ana Orpel", "two"], "does not appear in it", id="split"),
        pytest.param(["actor", "undo"], "no correction", id="undo"),
        pytest.param(["actor", "corrections", "import", "gone.jsonl"], "cannot be read", id="import"),
        pytest.param(["actor", "corrections", "export", "no/f.jsonl"], "cannot be written", id="export"),
    ],
)
def test_errors_are_one_line_and_wrong_usage(record: Path, words: list[str], says: str) -> None:
    done = onrecord(*words, "--record", record, cwd=record.parent)
    complaint = done.stderr.decode()
    assert done.returncode == 2
    assert says in complaint
    assert complaint.count("\n") == 1


def test_a_split_of_a_mention_that_a_new_version_loses_is_told(record: Path) -> None:
    at = REPORTS["one"].index("Orpel that")
    lines(onrecord("actor", "split", "Ana Orpel", f"one:{at}", "--json", "--record", record))
    row = json.dumps({"id": "one", "text": REPORTS["one"] + " She left."}).encode()
    done = onrecord("read", "--jsonl", "--as-is", "-", "--record", record, stdin=row)
    assert "a new version of one, in which 1 mention had been given" in done.stderr.decode()


def test_a_name_that_several_bear_is_refused_with_their_ids(record: Path) -> None:
    (split,) = lines(onrecord("actor", "split", "Kaya Brandt", "two", "--json", "--record", record))
    done = onrecord("actor", "rename", "Kaya Brandt", "X", "--record", record)
    assert done.returncode == 2
    assert split["actor"]["id"] in done.stderr.decode()


@pytest.mark.parametrize(
    "words",
    [[], ["show"], ["merge"], ["split"], ["rename"], ["undo"]]
    + [["corrections", w] for w in ("list", "export", "import")],
    ids=" ".join,
)
def test_help_has_an_example(words: list[str]) -> None:
    assert "Example:" in onrecord("actor", *words, "--help").stdout.decode()


def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    """The commands of the guide that change something, in its order."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert onrecord("read", "examples/", "--record", "news.db", cwd=tmp_path).returncode == 0
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) >= 6
    for command in commands:
        done = onrecord(*shlex.split(command)[1:], cwd=tmp_path)
        assert done.returncode == 0, (command, done.stderr.decode())


def test_who_has_an_older_record_is_told_to_read_again(tmp_path: Path) -> None:
    from tests.record.made import make_actor, make_report
    from tests.record.schema2 import make_record

    make_record(
        tmp_path / "old.db",
        [make_report("one", make_actor("a1", "Ana Orpel"), make_actor("a2", "Kaya Brandt"))],
    )
    done = onrecord("actor", "Orpel", "--record", tmp_path / "old.db")
    assert done.returncode == 0
    assert "read the reports again" in done.stderr.decode()
    assert b"read the reports again" not in onrecord("status", "--record", tmp_path / "old.db").stderr


def test_show_tells_who_where_and_when_with_words_at_their_place(record: Path) -> None:
    (shown,) = lines(onrecord("show", "three", "--record", record, "--json"))
    assert "person:KAZ:tokayev-kassym-jomart" in {a["id"] for a in shown["actors"]}
    (almaty,) = shown["places"]
    assert (almaty["name"], almaty["country"]) == ("Almaty", "KAZ")
    evidence = [e for found in (*shown["actors"], *shown["places"]) for e in found["evidence"]]
    evidence += [t["evidence"] for t in shown["times"]]
    assert evidence
    for e in evidence:
        assert shown["text"][e["start"] : e["end"]] == e["text"]
    plain = onrecord("show", "two", "--record", record).stdout.decode()
    assert "\nwhen\n  Monday  2022-01-03" in plain
