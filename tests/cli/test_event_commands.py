"""`onrecord events` and `onrecord export events` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from onrecord.contract import FurnitureOut
from onrecord.record.opening import open_record
from tests.command import PROGRAM, onrecord
from tests.record.made_copies import make_copies, make_report
from tests.record.made_events import Maker, make_all


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "news.db"
    with open_record(path, create=True) as opened:
        for report in make_all():
            opened.add(*report, "m1")
    return path


def test_each_event_is_printed_with_status_parties_and_on_whose_word(record: Path) -> None:
    done = onrecord("events", "--record", record)
    out = done.stdout.decode()
    assert done.returncode == 0
    assert "\x1b[" not in out
    assert "[planned] AGREE  Mayor Ana Orpel = Ana Orpel (KAZGOV) -> Moscow = Russia (RUS)" in out
    assert "[ongoing] CONSULT  Kazakhstan (KAZ) <-> Russia (RUS)" in out
    assert "2022-01-05  ASSAULT.firearms  Riot police (KAZCOP) -> at least 12 protesters (KAZCVL)" in out
    assert "Almaty, KAZ · dead: at least 12" in out
    assert "[denied] ASSAULT.firearms  police -> (nobody named)" in out
    assert "on the word of Mayor Ana Orpel = Ana Orpel (KAZGOV): " in out
    assert "on the word of Two officials (KAZGOV): " in out
    assert out.endswith("5 events, in 2 reports of 2 stories and 2 origins\n")


@pytest.mark.parametrize(
    ("actors", "mutual", "printed"),
    [
        pytest.param([], True, "CONSULT  (nobody named)  0.", id="talks"),
        pytest.param([("Orpel", None)], True, "CONSULT  Orpel <-> (nobody named)  0.", id="talks of one"),
        pytest.param([], False, "CONSULT  (nobody named) -> (nobody named)  0.", id="a visit"),
    ],
)
def test_where_nobody_is_named_that_is_said(
    actors: list[tuple[str, None]], mutual: bool, printed: str, tmp_path: Path
) -> None:
    m = Maker("talks", "Orpel: talks were held.", published="2024-03-10")
    m.happen("talks", m.text, actors=actors, type="CONSULT", modes=[], mutual=mutual)
    with open_record(tmp_path / "r.db", create=True) as opened:
        opened.add(*m.made(), "m1")
    assert printed in onrecord("events", "--record", tmp_path / "r.db").stdout.decode()


def test_what_a_terminal_would_obey_is_shown_instead(tmp_path: Path) -> None:
    text = "Ana \x1b[31mOrpel\x01 said \u202ethat\u2066 it\x9b2J rained\rin\x7f Brunn."
    m = Maker("odd", text, published="2024-03-10", outlet="The \x1b]0;Post\x07")
    m.state("Ana \x1b[31mOrpel\x01", "said", text[text.index("\u202e") : -1])
    m.happen("rained", text, actors=[("Ana \x1b[31mOrpel\x01", None)])
    path = tmp_path / "r.db"
    with open_record(path, create=True) as opened:
        opened.add(*m.made(), "m1")
    for words in (["events"], ["said"], ["show", "odd"], ["show", "odd\x1b[2J"]):
        done = onrecord(*words, "--record", path)
        printed = (done.stdout + done.stderr).decode()
        assert "␛[" in printed
        assert not {c for c in printed if c in "\x01\x07\x0d\x1b\x7f\x9b\u202e\u2066"}
    (shown,) = lines(onrecord("show", "odd", "--record", path, "--json"))
    assert shown["text"] == text


def test_a_statement_is_printed_with_the_code_of_a_source_without_a_name(record: Path) -> None:
    out = onrecord("said", "--by", "KAZGOV", "--record", record).stdout.decode()
    assert "s1  Two officials (KAZGOV)  said  " in out
    assert "s2  Mayor Ana Orpel = Ana Orpel  said  " in out
    (line,) = lines(onrecord("said", "--by", "officials", "--json", "--record", record))
    assert (line["country"], line["sector"]) == ("KAZ", "GOV")


def test_the_page_shows_what_is_printed(record: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
    shown, *_ = re.findall(r"```sh\n\$ (onrecord .*)\n((?s:.*?))```", page)
    command, printed = shown
    words = [record if word == "news.db" else word for word in shlex.split(command)[1:]]
    assert onrecord(*words).stdout.decode() == printed


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copies") / "news.db"
    with open_record(path, create=True) as opened:
        for report in make_copies():
            opened.add(*report, "m1")
    return path


def test_the_page_shows_how_copies_are_printed(copied: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
    _, (command, printed) = re.findall(r"```sh\n\$ (onrecord .*)\n((?s:.*?))```", page)
    words = [copied if word == "news.db" else word for word in shlex.split(command)[1:]]
    assert onrecord(*words).stdout.decode() == printed


def test_what_copies_tell_is_counted_once(copied: Path) -> None:
    out = onrecord("events", "--record", copied).stdout.decode()
    assert out.endswith("4 events, in 4 reports of 2 stories and 2 origins\n")
    assert out.count("told in 3 reports of 1 story and 1 origin") == 2
    (status,) = lines(onrecord("status", "--record", copied, "--json"))
    assert (status["articles"], status["origins"], status["events"]) == (4, 2, 4)
    actor = onrecord("actor", "Orpel", "--record", copied).stdout.decode()
    assert "in 3 reports of 1 story and 1 origin\n" in actor


def test_json_has_every_telling_of_every_copy(copied: Path) -> None:
    (event,) = lines(onrecord("events", "--type", "COERCE", "--record", copied, "--json"))
    assert [(t["article"], t["outlet"]) for t in event["tellings"]] == [
        ("wire", "Karst Press"),
        ("post", "Morning Post"),
        ("echo", "Lake Valley Echo"),
    ]
    assert {t["sentence"]["article"] for t in event["tellings"]} == {"wire", "post", "echo"}
    assert event["tellers"] == {"articles": 3, "stories": 1, "origins": 1}


def test_of_very_many_copies_the_first_are_printed(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db", create=True) as opened:
        for n in range(10):
            opened.add(*make_report(f"copy{n}", published=f"2024-03-{n + 10}", outlet=f"Paper {n}"), "m1")
    out = onrecord("events", "--type", "COERCE", "--record", tmp_path / "r.db").stdout.decode()
    assert out.count("in the same words") == 6
    assert "also 3 more tellings, in 3 reports: --json has all\n" in out
    assert "told in 10 reports of 1 story and 1 origin\n" in out


def test_show_has_the_tellings_of_the_report_alone(copied: Path) -> None:
    out = onrecord("show", "echo", "--record", copied).stdout.decode()
    assert "\n      dead: 21\n" in out
    assert "also" not in out
    assert "told in 3 reports of 1 story and 1 origin" in out


def test_what_has_not_come_about_is_always_marked(record: Path) -> None:
    for status in ("planned", "hypothetical", "denied"):
        out = onrecord("events", "--status", status, "--record", record).stdout.decode()
        heads = [line for line in out.splitlines() if "->" in line or "<->" in line]
        assert heads
        assert all(f"[{status}] " in head for head in heads)


def test_options_select(record: Path) -> None:
    words = "--actor COP --recipient CVL --type assault --mode firearms --country Kazakhstan".split()
    days = "--since 2022-01-05 --until 2022-01-05 --status occurred --asserted-only".split()
    assert [e["id"] for e in lines(onrecord("events", *words, *days, "--record", record, "--json"))] == [
        "shooting#e1"
    ]
    both = lines(
        onrecord("events", "--status", "planned", "--status", "ongoing", "--record", record, "--json")
    )
    assert [e["status"] for e in both] == ["planned", "ongoing"]
    assert len(lines(onrecord("events", "--limit", "1", "--record", record, "--json"))) == 1
    told = lines(onrecord("events", "--reported-by", "officials", "--record", record, "--json"))
    assert [e["id"] for e in told] == ["shooting#e1"]


def test_show_has_the_events_of_the_report(record: Path) -> None:
    out = onrecord("show", "shooting", "--record", record).stdout.decode()
    assert "\nwhat\n  e1  2022-01-05  ASSAULT.firearms" in out
    (shown,) = lines(onrecord("show", "visit", "--record", record, "--json"))
    assert [e["id"] for e in shown["events"]] == ["visit#e1", "visit#e2", "visit#e3"]


def test_show_has_the_frame_of_the_report(tmp_path: Path) -> None:
    article, analysis = Maker("fire", "A mill burned.", published="2024-03-10").made()
    analysis.frame = replace(
        analysis.frame,
        byline=["Ana Li", "Bo Ferr"],
        captions=["The mill,\nin March"],
        published_how="page metadata",
    )
    analysis.furniture = [FurnitureOut("Read more", "link", 0), FurnitureOut("Share", "link", 14)]
    with open_record(tmp_path / "r.db", create=True) as opened:
        opened.add(article, analysis, "m1")
    out = onrecord("show", "fire", "--record", tmp_path / "r.db").stdout.decode()
    assert (
        "\nframe\n  byline: Ana Li, Bo Ferr\n  day known from: page metadata\n  caption: The mill, in March\n"
        "  furniture: 2 lines left out (link)\n" in out
    )
    (shown,) = lines(onrecord("show", "fire", "--record", tmp_path / "r.db", "--json"))
    assert shown["frame"]["byline"] == ["Ana Li", "Bo Ferr"]
    assert [cut["text"] for cut in shown["furniture"]] == ["Read more", "Share"]


@pytest.mark.parametrize("form", ["plover", "cameo"])
def test_event_data_leave_out_what_has_not_come_about(record: Path, form: str) -> None:
    out = onrecord("export", "events", "--as", form, "--record", record).stdout.decode()
    assert "shooting#e1" in out
    assert "visit#e2" in out
    assert "visit#e1" not in out
    assert "visit#e3" not in out
    assert "shooting#e3" not in out
    planned = onrecord("export", "events", "--as", form, "--status", "planned", "--record", record)
    assert "visit#e1" in planned.stdout.decode()


def test_case_does_not_matter_in_words_that_are_ours(record: Path) -> None:
    for words in (["--status", "Denied"], ["--mode", "Firearms", "--status", "DENIED", "--type", "Assault"]):
        found = lines(onrecord("events", *words, "--record", record, "--json"))
        assert [e["id"] for e in found] == ["shooting#e3"]
    assert onrecord("export", "events", "--as", "CSV", "--record", record).returncode == 0


@pytest.mark.parametrize("option", ["--actor", "--recipient", "--reported-by"])
def test_capitals_that_are_no_code_are_told_to_be_none(record: Path, option: str) -> None:
    done = onrecord("events", option, "XYZGOV", "--record", record)
    assert (done.returncode, done.stdout) == (0, b"0 events\n")
    assert f"{option} XYZGOV: there is no such code" in done.stderr.decode()
    for words in ("KAZGOV", "Orpel", "OSCE"):
        assert onrecord("events", option, words, "--record", record).stderr == b""


def test_events_without_a_day_are_named_as_plover_wants_one(tmp_path: Path) -> None:
    m = Maker("undated", "Rebels fled. Rebels quit.", published=None)
    for words in ("fled", "quit"):
        m.happen(words, f"Rebels {words}.", actors=[("Rebels", None)], status="occurred")
    with open_record(tmp_path / "r.db", create=True) as opened:
        opened.add(*m.made(), "m1")
    words = ["export", "events", "--record", tmp_path / "r.db", "--as"]
    done = onrecord(*words, "plover")
    assert ["date" in event for event in lines(done)] == [False, False]
    assert "of 2 events" in done.stderr.decode()
    assert "undated#e1, undated#e2." in done.stderr.decode()
    assert onrecord(*words, "csv").stderr == b""


def test_export_writes_a_file_and_says_how_many(record: Path, tmp_path: Path) -> None:
    for form in ("csv", "parquet", "jsonl"):
        done = onrecord("export", "events", "--as", form, "--out", tmp_path / form, "--record", record)
        told = "5 events, in 2 reports of 2 stories and 2 origins"
        assert done.stdout.decode() == f"{tmp_path / form}: {told}\n"
    rows = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text())))
    assert [r["status"] for r in rows] == ["planned", "ongoing", "hypothetical", "occurred", "denied"]


def test_a_reader_that_goes_away_is_no_error(record: Path) -> None:
    words = [*PROGRAM, "export", "events", "--as", "jsonl", "--record", str(record)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        pytest.param(["events", "--type", "WAR"], 2, "there is no such type", id="type"),
        pytest.param(["events", "--mode", "gas"], 2, "there is no such mode", id="mode"),
        pytest.param(["events", "--type", "AID", "--mode", "drone"], 2, "has none", id="mode of the type"),
        pytest.param(["events", "--status", "true"], 2, "there is no such status", id="status"),
        pytest.param(["events", "--country", "Narnia"], 2, "no country", id="country"),
        pytest.param(["events", "--since", "May"], 2, "YYYY-MM-DD", id="day"),
        pytest.param(["events", "--actor", ""], 2, "no words", id="empty words"),
        pytest.param(["events", "--country", ""], 2, "no words", id="empty country"),
        pytest.param(
            ["events", "--since", "2022-02-01", "--until", "2022-01-01"], 2, "after the last", id="days"
        ),
        pytest.param(["events", "--record", "none.db"], 3, "onrecord read", id="no record"),
        pytest.param(["export", "events", "--as", "xml"], 2, "there is no such form", id="form"),
        pytest.param(["export", "events", "--as", "parquet"], 2, "--out FILE", id="parquet to the terminal"),
        pytest.param(
            ["export", "events", "--as", "csv", "--out", "no/e.csv"], 2, "cannot be written", id="no folder"
        ),
    ],
)
def test_errors_are_one_line_and_have_a_code(record: Path, words: list[str], code: int, says: str) -> None:
    where = [] if "--record" in words else ["--record", record]
    done = onrecord(*words, *where, cwd=record.parent)
    complaint = done.stderr.decode()
    assert done.returncode == code
    assert says in complaint
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("words", [["events"], ["export", "events"]], ids=" ".join)
def test_help_has_an_example(words: list[str]) -> None:
    assert "Example:" in onrecord(*words, "--help").stdout.decode()
