"""What all commands that list have in common: a part of the answer, its last line, tables, and the pager."""

from __future__ import annotations

import csv
import io
import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest

from onrecord.commands.listing import listed, out_of
from onrecord.record.export.flat import Column
from onrecord.record.opening import open_record
from tests.cli.test_event_commands import lines
from tests.command import PROGRAM, onrecord
from tests.record.made_copies import make_copies
from tests.record.made_events import Maker, make_all

LISTING = {
    "said": ["said"],
    "events": ["events"],
    "stories": ["stories"],
    "search": ["search", "police", "OR", "market"],
    "timeline": ["timeline"],
    "predictions": ["predictions"],
    "actor": ["actor", "Orpel"],
}
CTRL_C = b"\x03"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("listing") / "news.db"
    formula = Maker("formula", "=2+2 said that it would rain.", published="2022-01-09", outlet='-Echo, "the"')
    formula.state("=2+2", "said", "that it would rain")
    formula.statements[0].kind = "prediction"
    with open_record(path, create=True) as opened:
        for report in [*make_all(), *make_copies(), formula.made()]:
            opened.add(*report, "m1")
    return path


@pytest.mark.parametrize("words", LISTING.values(), ids=LISTING)
def test_a_table_has_a_header_and_a_row_for_each_row_of_the_answer(record: Path, words: list[str]) -> None:
    done = onrecord(*words, "--csv", "--record", record)
    assert done.returncode == 0, done.stderr.decode()
    header, *rows = csv.reader(io.StringIO(done.stdout.decode(), newline=""))
    answer = lines(onrecord(*words, "--json", "--record", record))
    number = len(answer[0]["in_reports"]) if words[0] == "actor" and len(answer) == 1 else len(answer)
    assert len(rows) == number > 0
    assert {len(row) for row in rows} == {len(header)}
    assert len(set(header)) == len(header)
    # RFC 4180 ends each line with both.
    assert done.stdout.count(b"\r\n") >= len(rows) + 1


def test_a_table_without_rows_has_its_header(record: Path) -> None:
    done = onrecord("said", "--by", "Nobody", "--csv", "--record", record)
    assert done.stdout.startswith(b"id,article,")
    assert done.stdout.count(b"\n") == 1


def test_no_words_of_a_report_are_a_formula(record: Path) -> None:
    done = onrecord("said", "--match", "rain", "--csv", "--record", record)
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
    assert (row["by"], row["outlet"]) == ("'=2+2", '\'-Echo, "the"')


def test_cells_have_all_digits_and_no_signs_at_which_readers_of_tables_end(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    columns = [
        Column("words", "text", lambda row: row[0]),
        Column("number", "number", lambda row: row[1]),
    ]
    with listed(columns, print, json=False, csv=True, no_pager=True) as out:
        out.add(("nul \0", 0.123456789))
    assert capsysbinary.readouterr().out == "words,number\r\nnul �,0.123456789\r\n".encode()


@pytest.mark.parametrize("words", [w for n, w in LISTING.items() if n != "actor"], ids=lambda w: w[0])
def test_parts_put_together_are_the_whole(record: Path, words: list[str]) -> None:
    whole = lines(onrecord(*words, "--json", "--record", record))
    parts: list[dict] = []
    for offset in range(0, len(whole) + 2, 2):
        parts += lines(
            onrecord(*words, "--json", "--limit", "2", "--offset", str(offset), "--record", record)
        )
    assert parts == whole


def test_the_last_line_says_how_many_there_are_in_all(record: Path) -> None:
    def last(*words: str) -> str:
        return onrecord(*words, "--record", record).stdout.decode().splitlines()[-1]

    assert last("said", "--limit", "1").startswith("1 of 6 statements")
    assert last("events", "--limit", "2", "--offset", "1").startswith("2 to 3 of 9 events")
    assert last("stories", "--limit", "1") == "1 of 5 stories, 7 reports and 5 origins in all"
    assert last("search", "market", "--limit", "1").startswith("1 of 2 stories, in 4 reports")
    assert last("timeline", "--limit", "3").startswith("3 of ")
    assert last("predictions") == "1 prediction"


@pytest.mark.parametrize(
    ("shown", "total", "offset", "words"),
    [(2, 2, 0, "2 hits"), (1, 1, 0, "1 hit"), (2, 5, 0, "2 of 5 hits"), (2, 5, 3, "4 to 5 of 5 hits"), (0, 5, 9, "0 of 5 hits")],
)  # fmt: skip
def test_how_much_is_shown_in_words(shown: int, total: int, offset: int, words: str) -> None:
    assert out_of(shown, total, "hit", offset=offset) == words


def test_outlets_select(record: Path) -> None:
    assert {
        s["outlet"] for s in lines(onrecord("said", "--outlet", "orpel post", "--json", "--record", record))
    } == {"The Orpel Post"}
    found = lines(onrecord("events", "--outlet", "Morning Post", "--json", "--record", record))
    assert all("post" in [t["article"] for t in e["tellings"]] for e in found)
    assert found
    done = onrecord("events", "--outlet", "Moon Post", "--record", record)
    assert done.stdout == b"0 events\n"
    assert "no report of this outlet is on record. There are: " in done.stderr.decode()


def test_a_timeline_has_a_heading_for_each_day(record: Path) -> None:
    out = onrecord(
        "timeline", "--actor", "Orpel", "--until", "2022-12-31", "--record", record
    ).stdout.decode()
    headings = [line for line in out.splitlines() if line[:1].strip()]
    assert headings == [
        "2022-02-01 to 2022-02-28",
        "day not told; in reports of 2022-01-07",
        "2 entries: 1 event and 1 statement, in 2 reports of 2 stories and 2 origins",
    ]


def test_a_place_is_told_with_what_happened_there(record: Path) -> None:
    out = onrecord("place", "almaty", "--record", record).stdout.decode()
    assert out.startswith("Almaty  city, KAZ  43.25 76.95  geonames:1526384\n")
    assert "\nwhat happened there (1)\n  e1  2022-01-05  ASSAULT.firearms" in out
    assert "\nreports that name it (1)\n  2022-01-07 · The Orpel Post · shooting" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["said", "--json", "--csv"], "two forms", id="two forms"),
        pytest.param(["search", "oulet:x"], "Write outlet:", id="field word"),
        pytest.param(["search", "a", "outlet:x", "--outlet", "y"], "these are two", id="given twice"),
        pytest.param(["search", ""], "no words to search for", id="no words"),
        pytest.param(["search", '"a'], "not closed", id="quotation mark"),
        pytest.param(["timeline", "--place", "Atlantis"], "no place of this name", id="place"),
        pytest.param(["timeline", "--since", "May"], "YYYY-MM-DD", id="day"),
        pytest.param(["place", "Atlantis"], "no place of this name", id="no place"),
        pytest.param(["predictions", "--due-since", "2024-02-01", "--due-until", "2024-01-01"], "after the last", id="due"),
    ],
)  # fmt: skip
def test_errors_are_one_line(record: Path, words: list[str], says: str) -> None:
    done = onrecord(*words, "--record", record)
    complaint = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in complaint
    assert complaint.count("\n") == 1


def on_a_terminal(record: Path, *words: str, keys: bytes = b"", **environment: str) -> tuple[int, str]:
    """Exit code and what a terminal of ten lines shows; `keys` are typed once something stands there."""
    program = [*PROGRAM, *words, "--record", str(record)]
    ours, theirs = pty.openpty()
    given = {k: v for k, v in os.environ.items() if k not in ("LESS", "PAGER")}
    process = subprocess.Popen(
        program,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=given | {"TERM": "xterm", "LINES": "10", "COLUMNS": "80"} | environment,
        start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(theirs), os.O_RDWR)),  # it becomes their terminal
    )
    os.close(theirs)
    shown, end = b"", time.monotonic() + 120
    while time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 0.2)
        if ready:
            try:
                part = os.read(ours, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not part:
                break
            shown += part
        elif keys and shown:
            os.write(ours, keys)
            keys = b""
    os.close(ours)
    return process.wait(timeout=60), shown.decode(errors="replace")


def test_on_a_terminal_the_answer_goes_through_the_pager(record: Path) -> None:
    code, shown = on_a_terminal(record, "said", PAGER="sed 's/^/> /'")
    assert code == 0
    assert "> 6 statements" in shown


@pytest.mark.parametrize("pager", ["cat", "", "no-such-pager -x"])
def test_without_a_pager_it_goes_to_the_terminal(record: Path, pager: str) -> None:
    code, shown = on_a_terminal(record, "said", PAGER=pager)
    assert code == 0
    assert "6 statements" in shown


def test_no_pager_is_used_where_none_is_wanted(record: Path) -> None:
    _, shown = on_a_terminal(record, "said", "--no-pager", PAGER="sed 's/^/> /'")
    assert "> " not in shown
    _, shown = on_a_terminal(record, "said", "--json", PAGER="sed 's/^/> /'")
    assert "> " not in shown


def test_whoever_leaves_the_pager_early_sees_no_error(record: Path) -> None:
    code, shown = on_a_terminal(record, "events", PAGER="head -1")
    assert code == 0
    assert "Error" not in shown
    assert "Traceback" not in shown
    assert shown.count("\n") == 1


def test_an_interrupt_ends_quietly(record: Path) -> None:
    code, shown = on_a_terminal(record, "said", PAGER="cat >/dev/null; echo waits; sleep 60", keys=CTRL_C)
    assert "Traceback" not in shown
    assert "Abort" not in shown
    assert code in (0, 130)


def test_whoever_interrupts_gets_the_code_of_an_interrupt_and_no_message() -> None:
    def interrupt(_: object, __: object) -> None:
        raise KeyboardInterrupt

    with (
        pytest.raises(SystemExit) as stop,
        listed((), interrupt, json=False, csv=False, no_pager=True) as out,
    ):
        out.add("a row")
    assert stop.value.code == 130


def test_what_is_piped_is_not_paged_and_has_no_colours(record: Path) -> None:
    program = [*PROGRAM, "said", "--record", str(record)]
    done = subprocess.run(
        program, capture_output=True, timeout=120, check=True, env=os.environ | {"PAGER": "sed 's/^/> /'"}
    )
    assert b"\x1b[" not in done.stdout
    assert b"> " not in done.stdout
