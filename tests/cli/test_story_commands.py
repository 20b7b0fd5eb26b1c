"""`stories`, `story`, `compare` and `said --variants` as somebody types them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.command import onrecord

ROOT = Path(__file__).resolve().parents[2]
WIRE, POST, SWAPPED, OWN = sorted((ROOT / "examples" / "copies").glob("*.txt"))


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "news.db"
    assert onrecord("read", ROOT / "examples" / "copies", "--record", path).returncode == 0
    return path


def test_stories_are_printed_as_the_contract_says(record: Path) -> None:
    found = lines(onrecord("stories", "--record", record, "--json"))

    assert [len(s["articles"]) for s in found] == [3, 1]
    assert set(found[0]) == {"id", "articles", "copies", "origins"}
    assert found[0]["origins"] == 1
    assert {c["kind"] for c in found[0]["copies"]} == {"edited", "spun"}
    assert {c["of"] for c in found[0]["copies"]} == {found[0]["articles"][0]}
    assert len(lines(onrecord("stories", "--copied", "--record", record, "--json"))) == 1


def test_a_story_shows_what_each_copy_changed(record: Path) -> None:
    out = onrecord("story", SWAPPED, "--record", record).stdout.decode()

    assert "3 reports, 1 origin" in out
    assert "quotation altered: not -> (nothing); 14 -> 40" in out
    assert "name: Democratic Choice of Vessara -> Democratic Election of Vessara" in out
    (id,) = {s["id"] for s in lines(onrecord("stories", "--copied", "--record", record, "--json"))}
    assert onrecord("story", id, "--record", record).stdout.decode() == out
    (told,) = lines(onrecord("story", WIRE, "--record", record, "--json"))
    assert len(told["changes"]) == 2


def test_an_independent_report_is_no_copy(record: Path) -> None:
    assert "no copies of one another" in onrecord("compare", WIRE, OWN, "--record", record).stdout.decode()
    assert "1 report, 1 origin" in onrecord("story", OWN, "--record", record).stdout.decode()


def test_compare_shows_words_quotations_and_facts(record: Path, tmp_path: Path) -> None:
    out = onrecord("compare", WIRE, SWAPPED, "--record", tmp_path / "none.db").stdout.decode()

    assert "spun copy" in out
    assert "negation: not -> (nothing)" in out
    assert "number: 14 -> 40" in out
    (found,) = lines(onrecord("compare", WIRE, POST, "--record", record, "--json"))
    assert found["copy"]["kind"] == "edited"
    assert found["verdict"].startswith("edited copy")


def test_compared_reports_as_a_page(record: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(WIRE.read_text().replace("Taslan Orrel", "<script>alert(1)</script>"))
    page = tmp_path / "compared.html"

    assert onrecord("compare", WIRE, hostile, "--html", page, "--record", record).returncode == 0
    written = page.read_text()
    assert "<script>" not in written
    assert "&lt;" in written
    assert "<ins>" in written
    assert "prefers-color-scheme: dark" in written
    both = onrecord("compare", WIRE, hostile, "--html", page, "--json", "--record", record)
    assert lines(both)[0]["copy"]["kind"] == "edited"


def test_said_once_a_story(record: Path) -> None:
    words = ("said", "--match", "villages", "--record", record)
    assert len(lines(onrecord(*words, "--json"))) == 3

    (once,) = lines(onrecord(*words, "--variants", "--json"))

    assert [p["variant"] for p in once["printings"]] == ["identical", "altered"]
    assert once["tellers"] == {"articles": 3, "stories": 1, "origins": 1}
    out = onrecord(*words, "--variants").stdout.decode()
    assert "number: 14 -> 40" in out
    assert out.splitlines()[-1] == "3 statements, in 3 reports of 1 story and 1 origin"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["story", "gone.txt"], "neither a report nor a story"),
        (["compare", "gone.txt", "gone.txt"], "no such file"),
    ],
)
def test_what_is_not_there_is_named(record: Path, words: list[str], said: str) -> None:
    done = onrecord(*words, "--record", record)

    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_status_counts_stories_and_origins(record: Path) -> None:
    found = json.loads(onrecord("status", "--record", record, "--json").stdout)

    assert (found["articles"], found["stories"], found["origins"]) == (4, 2, 2)
