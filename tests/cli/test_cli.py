"""The command line as a user meets it: output, exit codes, errors as one line, no tracebacks."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.command import PROGRAM, onrecord

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HARBOUR = EXAMPLES / "harbour-strike.txt"
GERMAN = (
    "Der Minister sagte am Montag, die Regierung werde das Gesetz nicht ändern und weiter verhandeln. " * 4
)


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "news.db"
    done = onrecord("read", EXAMPLES, "--record", path)
    assert done.returncode == 0, done.stderr.decode()
    return path


def test_read_prints_a_line_a_report(tmp_path: Path) -> None:
    done = onrecord("read", HARBOUR, EXAMPLES / "sermon.txt", "--record", tmp_path / "r.db")
    printed = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert len(printed) == 2
    assert "harbour-strike.txt: recorded" in printed[0]


def test_reading_again_changes_nothing(record: Path) -> None:
    before = lines(onrecord("status", "--record", record, "--json"))
    done = onrecord("read", HARBOUR, "--record", record, "--json")
    assert lines(done)[0]["outcome"] == "already on record"
    assert lines(onrecord("status", "--record", record, "--json")) == before


def test_show_prints_text_and_statements(record: Path) -> None:
    done = onrecord("show", HARBOUR, "--record", record)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert "[s1:" in out
    assert "\x1b[" not in out


def test_show_json_has_evidence_equal_to_the_words(record: Path) -> None:
    (shown,) = lines(onrecord("show", HARBOUR, "--record", record, "--json"))
    assert shown["statements"]
    for s in shown["statements"]:
        for e in s["evidence"]:
            assert shown["text"][e["start"] : e["end"]] == e["text"]


def test_said_filters_by_kind(record: Path) -> None:
    found = lines(onrecord("said", "--kind", "demand", "--record", record, "--json"))
    assert found
    assert {s["kind"] for s in found} == {"demand"}


def test_said_tells_how_many_there_are_beyond_its_limit(record: Path) -> None:
    everything = len(lines(onrecord("said", "--record", record, "--json")))
    last = onrecord("said", "--limit", "2", "--record", record).stdout.decode().splitlines()[-1]
    assert last.startswith(f"2 of {everything} statements")


def test_a_name_that_means_nobody_is_said_to(record: Path) -> None:
    done = onrecord("said", "--by", "Xebulon", "--kind", "Demand", "--record", record)
    assert done.returncode == 0
    assert "Xebulon: nobody of this name is on record" in done.stderr.decode()
    assert done.stdout.decode() == "0 statements\n"


def test_analyse_follows_the_contract(tmp_path: Path) -> None:
    (out,) = lines(onrecord("analyse", HARBOUR))
    assert set(out) >= {
        "id", "text", "title", "published", "language", "frame", "furniture", "statements", "events",
        "mentions", "actors", "places", "times",
    }  # fmt: skip
    text, known = out["text"], {a["id"] for a in out["actors"]}
    assert out["statements"]
    for s in out["statements"]:
        spans = [*s["content"], *(x for x in (s["source"], s["cue"]) if x)]
        assert all(0 <= p["start"] < p["end"] <= len(text) for p in spans)
        assert s["source"] is None or s["source"]["actor"] in known | {None}
        assert set(s["about"]) <= known
        assert 0 <= s["confidence"] <= 1


def test_as_is_keeps_the_text_to_the_letter() -> None:
    text = "  HEAD \n\n\n“Go,” said  Ana Brusko.\tRead more\n"
    row = json.dumps({"id": 7, "text": text, "published": "2022-01-07", "title": "T"}).encode()
    (out,) = lines(onrecord("analyse", "--as-is", "--jsonl", "-", stdin=row))
    assert (out["id"], out["text"], out["published"], out["title"]) == ("7", text, "2022-01-07", "T")


def test_output_is_in_input_order() -> None:
    rows = [{"id": f"r{n}", "text": "“Go,” said Ana Brusko. " * (1 + n * 7 % 40)} for n in range(60)]
    stdin = "\n".join(map(json.dumps, rows)).encode()
    out = lines(onrecord("analyse", "--as-is", "--jsonl", stdin=stdin))
    assert [o["id"] for o in out] == [r["id"] for r in rows]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not text", id="binary"),
        pytest.param(b"12345 --- ### \n\n 777", "no words", id="no words"),
        pytest.param(b"word " * 4_000_000, "more than one report", id="20 MB"),
        pytest.param(b"x" * 1_000_000, "more than one report", id="one line of a million"),
    ],
)
def test_a_bad_report_is_named_and_the_others_are_recorded(tmp_path: Path, content: bytes, says: str) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    done = onrecord("read", bad, HARBOUR, "--record", tmp_path / "r.db")
    complaint = done.stderr.decode()
    assert done.returncode == 1
    assert complaint.count("\n") == 1
    assert "bad.txt" in complaint
    assert says in complaint
    assert "harbour-strike.txt: recorded" in done.stdout.decode()


def test_another_language_is_named_and_recorded_but_not_analysed(tmp_path: Path) -> None:
    report = tmp_path / "bericht.txt"
    report.write_text(GERMAN)
    done = onrecord("read", report, "--record", tmp_path / "r.db", "--json")
    assert done.returncode == 0
    assert "German" in done.stderr.decode()
    assert lines(done)[0]["statements"] == 0


def test_show_says_that_a_report_in_another_language_was_not_analysed(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    onrecord("read", "de.txt", cwd=tmp_path)
    head = onrecord("show", "de.txt", cwd=tmp_path).stdout.decode().splitlines()
    assert "in German, not analysed" in " ".join(head[:3])


def test_show_says_from_which_row_and_bytes_a_report_was_read(tmp_path: Path) -> None:
    table = f'id,Body\n7,"{GERMAN}"\n'.encode()
    (tmp_path / "de.csv").write_bytes(table)
    onrecord("read", "de.csv", cwd=tmp_path)
    head = onrecord("show", "7", cwd=tmp_path).stdout.decode().splitlines()
    start = table.index(GERMAN.encode())
    told = f"de.csv, line 2 (row 1, column Body, bytes {start}-{start + len(GERMAN.encode())})"
    assert told.split() == [word for word in " ".join(head[:4]).split() if word in told.split()]


def test_wrong_encodings_are_read(tmp_path: Path) -> None:
    report = tmp_path / "latin.txt"
    report.write_bytes(
        "“We won’t go,” said Zoë Brânză, the café’s owner. It was late.\n".encode("cp1252", "replace")
    )
    done = onrecord("analyse", report)
    assert done.returncode == 0
    assert "Zoë" in lines(done)[0]["text"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param(["said", "--kind", "lie"], 2, "there is no such kind", id="kind"),
        pytest.param(["said", "--since", "yesterday"], 2, "YYYY-MM-DD", id="day"),
        pytest.param(["said", "--kind", ""], 2, "there is no such kind", id="no kind"),
        pytest.param(["said", "--record", "none.db"], 3, "onrecord read", id="no record"),
        pytest.param(["read", "gone.txt"], 1, "cannot be opened", id="no file"),
        pytest.param(["read", "r.txt", "--record", "no/folder/r.db"], 3, "does not exist", id="no folder"),
        pytest.param(["evaluate", "statements", "gone.jsonl"], 2, "cannot be read", id="no corpus"),
        pytest.param(["frobnicate"], 2, "frobnicate", id="no command"),
    ],
)
def test_errors_are_one_line_and_have_a_code(tmp_path: Path, words: list[str], code: int, says: str) -> None:
    done = onrecord(*words, cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("name", ["read", "analyse", "show", "said", "status"])
def test_the_example_of_a_command_finds_something_in_the_examples(record: Path, name: str) -> None:
    example = onrecord(name, "-h").stdout.decode().partition("Example: onrecord ")[2]
    words = shlex.split(" ".join(example.split()).partition(" | ")[0])
    assert words[0] == name
    words = [
        str(record) if word == "news.db" else str(ROOT / word) if word.startswith("examples/") else word
        for word in words
    ]
    done = onrecord(*words, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.strip() not in (b"", b"0 statements")


def test_version_names_package_model_and_schema() -> None:
    done = onrecord("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"onrecord [\d.]+, model [0-9a-f]{6,}, record schema \d+\n", done.stdout.decode())


def test_a_guessed_encoding_is_named(tmp_path: Path) -> None:
    guessed, plain = tmp_path / "guessed.txt", tmp_path / "plain.txt"
    text = "José Ñandú, the mayor of Orvale, said that it was “dead”."
    guessed.write_bytes(text.encode("cp1252"))
    plain.write_text(text, encoding="utf-8")
    done = onrecord("analyse", guessed, plain)
    complaint = done.stderr.decode()
    assert done.returncode == 0
    assert complaint.count("\n") == 1
    assert "guessed.txt: not in UTF-8; read as cp1252" in complaint


def test_help_has_an_example_for_every_command() -> None:
    names = ["read", "analyse", "show", "said", "status"]
    assert all("Example:" in onrecord(name, "--help").stdout.decode() for name in names)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    reports = tmp_path / "many.jsonl"
    reports.write_text("\n".join(json.dumps({"text": "“Go,” said Ana Brusko. " * 400}) for _ in range(20)))
    command = [*PROGRAM, "analyse", "--as-is", "--jsonl", str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
