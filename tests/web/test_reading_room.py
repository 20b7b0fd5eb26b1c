"""The reading room shows what the record answers, escapes all of it, and answers nobody but this machine."""

from __future__ import annotations

import csv
import io
import json
import logging
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec
import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.commands.serving import serve
from onrecord.errors import UsageError
from tests.web.made_room import HOSTILE, Read

ROOMS = (
    "/",
    "/said",
    "/events",
    "/stories",
    "/search?match=go",
    "/report?id=one",
    "/actor?id=Kaya+Brandt",
    "/actor?id=Orpel",
)


@pytest.mark.parametrize("address", ROOMS)
def test_each_room_opens_and_all_its_links_lead_somewhere(room: TestClient, address: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    read = Read(answer.text)
    links = {a.get("href") for tag, a in read.tags if tag == "a"} - {None}
    for link in links:
        parts = urlsplit(str(link))
        if not parts.scheme and parts.path:
            assert room.get(str(link)).status_code == 200, link


@pytest.mark.parametrize("address", [*ROOMS, "/report?id=%3Cb%3E%26id%3D", f"/search?match={quote(HOSTILE)}"])
def test_words_of_reports_are_words_and_nothing_else(room: TestClient, address: str) -> None:
    answer = room.get(address)
    read = Read(answer.text)
    assert {tag for tag, _ in read.tags} & {"img", "iframe", "object", "embed", "base"} == set()
    assert all((attrs.get("src") or "").startswith("/static/") for tag, attrs in read.tags if tag == "script")
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]
    links = [a.get("href") or "" for _, a in read.tags]
    assert not [link for link in links if urlsplit(link).scheme not in ("", "http", "https")]
    assert "\u202e" not in answer.text


def test_a_report_has_its_text_with_marks_that_can_be_led_to(room: TestClient, record: Record) -> None:
    page = Read(room.get("/report?id=one").text)
    there = record.show("one")
    assert there.text in "".join(page.words)
    anchors = {attrs["id"] for tag, attrs in page.tags if tag == "a" and "id" in attrs}
    assert {s.id.rpartition("#")[2] for s in there.statements} <= anchors
    assert {e.id.rpartition("#")[2] for e in there.events} <= anchors
    said = room.get("/said?by=Orpel").text
    assert f"/report?id=one#{there.statements[0].id.rpartition('#')[2]}" in said


def test_of_a_name_that_several_bear_each_is_shown(room: TestClient, record: Record) -> None:
    bearers = record.actors("Orpel")
    assert len(bearers) > 1
    page = room.get("/actor?id=Orpel").text
    assert all(f"/actor?id={quote(b.id, safe='')}" in page for b in bearers)


def test_questions_are_those_of_python(room: TestClient, record: Record) -> None:
    told = room.get("/api/said?by=Orpel").json()
    rows = record.said(by="Orpel")
    assert told["rows"] == msgspec.to_builtins(list(rows))
    assert (told["total"], told["tellers"]) == (rows.total, msgspec.to_builtins(rows.tellers))
    assert room.get("/api/status").json() == record.status()
    events = room.get("/api/events?status=planned&status=denied").json()
    assert {e["status"] for e in events["rows"]} <= {"planned", "denied"}
    assert room.get("/api/report?id=one").json()["text"] == record.show("one").text
    assert room.get("/api/sources").json()["statements"] == record.sources().statements


def test_rows_come_as_csv(room: TestClient, record: Record) -> None:
    answer = room.get("/api/said?as=csv&limit=1000")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [s.id for s in record.said()]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/said?since=Friday", 400),
        ("/said?kind=song", 400),
        ("/said?page=0", 400),
        ("/said?page=x", 400),
        ("/said?by=" + "x" * 501, 400),
        ("/said?match=%22open", 400),
        ("/search?match=NOT", 400),
        ("/report?id=none", 404),
        ("/report?id=", 404),
        ("/report", 400),
        ("/actor?id=Nobody+Known", 404),
        ("/story?id=none", 404),
        ("/nothing", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("/api/said?limit=0", 400),
        ("/api/report?id=none", 404),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_line(room: TestClient, address: str, status: int) -> None:
    answer = room.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    if address.startswith("/api/"):
        assert set(answer.json()) == {"error"}
    else:
        assert 'role="alert"' in answer.text


def test_the_path_of_a_file_opens_no_file(room: TestClient) -> None:
    assert room.get("/report?id=/etc/hostname").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "192.168.0.1:8080", "[::2]:80"]
)
def test_nobody_else_is_answered(room: TestClient, host: str) -> None:
    answer = room.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Orpel" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080", "LOCALHOST"])
def test_this_machine_is_answered_by_each_of_its_names(room: TestClient, host: str) -> None:
    assert room.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_question_is_asked_by_reading_alone(room: TestClient, method: str) -> None:
    assert room.request(method, "/said").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(room: TestClient, headers: dict[str, str]) -> None:
    assert room.post("/said", headers=headers).status_code == 403


@pytest.mark.parametrize("address", ["/", "/api/status", "/static/style.css", "/nothing", "/said?page=0"])
def test_a_browser_is_told_to_run_and_load_nothing_of_others(room: TestClient, address: str) -> None:
    headers = room.get(address).headers
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"} <= set(policy)
    assert not [rule for rule in policy if "unsafe" in rule or "*" in rule]
    assert headers["x-content-type-options"] == "nosniff"


def test_rows_are_paged(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.web import asked

    monkeypatch.setattr(asked, "PAGE_ROWS", 2)
    first = room.get("/said").text
    assert 'rel="next" href="/said?page=2"' in first
    assert 'rel="prev"' not in first
    second = room.get("/said?page=2").text
    assert 'rel="prev" href="/said?page=1"' in second
    assert "page 2 of" in second


def test_labels_name_all_fields_and_the_page_says_its_language(room: TestClient) -> None:
    for address in ("/said", "/events", "/search"):
        read = Read(room.get(address).text)
        labels = {a.get("for") for tag, a in read.tags if tag == "label"}
        fields = {a.get("id") for tag, a in read.tags if tag in ("input", "select")}
        assert fields == labels
        assert ("html", {"lang": "en"}) in read.tags
        assert [tag for tag, _ in read.tags].count("h1") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "news.example"])
def test_it_opens_to_no_other_machine(path: Path, host: str) -> None:
    with pytest.raises(UsageError, match="asks nobody for a password"):
        serve(host=host, record=str(path))


def test_it_serves_until_it_is_stopped(path: Path) -> None:
    words = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--record",
        str(path),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        with urllib.request.urlopen(f"{address}api/status") as answer:
            assert json.load(answer)["articles"] > 0
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (out, err) == ("", "")


def test_the_end_of_a_room_that_is_just_opening_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    from onrecord.web.listening import end_quietly

    end_quietly()
    log = logging.getLogger("uvicorn.error")
    log.error("Traceback ...\nasyncio.exceptions.CancelledError\n")
    log.error("Something else")
    assert [record.getMessage() for record in caplog.records] == ["Something else"]
