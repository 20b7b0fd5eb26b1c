"""Reports are added in the reading room: read in a process of their own, in turn, and each is told of."""

from __future__ import annotations

import getpass
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.web import reading_jobs, uploads
from onrecord.web.reading_jobs import Job, Jobs
from onrecord.web.reading_process import (
    DoneTold,
    FailedTold,
    Given,
    GivenAddress,
    GivenFile,
    GivenText,
    ReportTold,
    Task,
    UnreadTold,
    read_task,
)
from onrecord.web.uploads import keep_uploads, plain_name
from tests.web.made_room import HOSTILE, Read, csrf_of

TALE = "Mayor Ana Reyes said that the harbour of Mirna would open on Monday."
# A process that tells of a report for each thing that is given, and then does what the name of the last one says.
FAKE = """
import json, sys, time
task = json.loads(sys.stdin.readline())
def tell(**told): print(json.dumps(told), flush=True)
for n, thing in enumerate(task["given"]):
    name = thing.get("name", "pasted text")
    tell(type="report", of=n, id=f"r{n}", headline=name, origin=name, outcome="recorded", statements=1, events=2, notes=[])
if name == "hangs": sys.stdin.read()
elif name == "crashes": sys.exit("out of paper")
elif name == "fails": tell(type="failed", reason="the record is full")
else: tell(type="done")
"""
FAKED = (sys.executable, "-c", FAKE)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs("news.db", FAKED)
    yield made
    made.close()


@pytest.fixture
def faked(desk: TestClient, jobs: Jobs) -> TestClient:
    """A room in which nothing is analysed."""
    desk.app.state.reading_jobs = jobs  # type: ignore[attr-defined]
    return desk


def until(holds: Callable[[], bool], patience_s: float = 60) -> None:
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def over(jobs: Jobs, *names: str) -> Job:
    """A job of addresses, when it is over."""
    job = jobs.add("ana", lambda _: [GivenAddress(name) for name in names])
    until(lambda: job.is_over)
    return job


def sent(room: TestClient, address: str, *, csrf: str | None = None, **fields: str) -> str:
    """Sends a form; gives the address that it leads to."""
    token = csrf_of(room, "/add") if csrf is None else csrf
    answer = room.post(address, data={"csrf": token, **fields}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def told(room: TestClient, address: str) -> str:
    """The page of a reading when it is over."""
    until(lambda: "hx-get" not in room.get(f"{address}/progress").text)
    return " ".join(" ".join(Read(room.get(address).text).words).split())


def test_what_is_pasted_is_on_record_with_what_is_known_of_it(desk: TestClient) -> None:
    with desk:
        at = sent(
            desk, "/add/text", text=TALE, title="Harbour to open", outlet="The Post", published="2024-03-01"
        )
        assert "1 recorded" in told(desk, at)
        (link,) = [
            a["href"]
            for tag, a in Read(desk.get(at).text).tags
            if tag == "a" and "report?" in (a["href"] or "")
        ]
        report = desk.get(f"/api{link}").json()
        assert (report["text"], report["headline"], report["outlet"]) == (
            f"Harbour to open\n\n{TALE}",
            "Harbour to open",
            "The Post",
        )
        assert report["published"] == "2024-03-01"
        assert [s["by"] for s in report["statements"]] == ["Mayor Ana Reyes"]


def test_files_are_read_whatever_their_form_and_a_bad_one_stops_no_other(desk: TestClient) -> None:
    lines = b'{"id": "x1", "text": "The harbour will open, Ana Reyes said."}\n{"id": "x2"}\n'
    files = [
        ("files", ("../../etc/two.jsonl", io.BytesIO(lines))),
        ("files", ("noise.bin", io.BytesIO(bytes(range(256)) * 8))),
        ("files", ("tale.txt", io.BytesIO(TALE.encode()))),
    ]
    with desk:
        csrf = csrf_of(desk, "/add")
        answer = desk.post("/add/files", data={"csrf": csrf}, files=files, follow_redirects=False)
        page = told(desk, answer.headers["location"])
        assert "2 recorded, 2 not read" in page
        assert "two.jsonl, line 2: no column of text" in page
        assert "noise.bin:" in page
        assert "etc" not in page
        assert desk.get("/api/report?id=x1").json()["origin"] == "two.jsonl, line 1"


def test_nothing_is_fetched_from_this_machine_or_a_private_network(path: Path, tmp_path: Path) -> None:
    addresses = (
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "file:///etc/passwd",
    )
    task = Task(str(path), str(tmp_path), tuple(GivenAddress(a) for a in addresses))
    found = list(read_task(task))
    assert [type(one) for one in found] == [UnreadTold] * len(addresses) + [DoneTold]
    assert all(address in one.reason for address, one in zip(addresses, found, strict=False))  # type: ignore[union-attr]


def test_a_report_that_is_known_and_another_version_are_told_as_such(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(path.read_bytes())

    def file(name: str, text: str) -> GivenFile:
        (tmp_path / name).write_text(f'{{"id": "x1", "text": "{text}"}}')
        return GivenFile(name, str(tmp_path / name))

    given = (file("a.jsonl", TALE), file("b.jsonl", TALE), file("c.jsonl", f"{TALE} Really."))
    found = list(read_task(Task(str(own), str(tmp_path), given)))
    outcomes = [(one.outcome, one.id.partition("@")[0]) for one in found if isinstance(one, ReportTold)]
    assert outcomes == [
        ("recorded", "x1"), ("already on record", "x1"), ("recorded as a new version", "x1"),
    ]  # fmt: skip
    assert isinstance(found[2], ReportTold)
    assert "@" in found[2].id


def test_a_record_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    found = list(read_task(Task(str(tmp_path / "none.db"), str(tmp_path), (GivenText(TALE),))))
    assert len(found) == 1
    assert isinstance(found[0], FailedTold)
    assert "there is no record here" in found[0].reason


def test_jobs_are_read_in_turn(jobs: Jobs) -> None:
    first = jobs.add("ana", lambda _: [GivenAddress("hangs")])
    second = jobs.add("ana", lambda _: [GivenAddress("x")])
    until(lambda: first.total == 1)
    assert (first.state, second.state, jobs.ahead_of(second)) == ("reading", "waiting", 1)
    jobs.stop(first)
    until(lambda: second.is_over)
    assert (first.state, first.outcomes, second.state) == ("stopped", {"recorded": 1}, "done")
    assert jobs.of("ana") == [second, first]
    assert jobs.of("ilse") == []
    assert jobs.find(first.id, "ilse") is None


def test_who_waits_can_be_stopped_too(jobs: Jobs) -> None:
    first = jobs.add("ana", lambda _: [GivenAddress("hangs")])
    second = jobs.add("ana", lambda _: [GivenAddress("x")])
    jobs.stop(second)
    jobs.stop(first)
    until(lambda: first.is_over)
    assert over(jobs, "y").state == "done"
    assert (second.state, second.total) == ("stopped", 0)


def test_a_process_that_breaks_off_is_told_and_the_next_job_is_read(jobs: Jobs) -> None:
    job = over(jobs, "x", "crashes")
    assert (job.state, job.outcomes) == ("failed", {"recorded": 2})
    assert job.reason is not None
    assert "with status 1: out of paper" in job.reason
    assert over(jobs, "fails").reason == "the record is full"
    assert over(jobs, "y").state == "done"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_process_that_is_killed_is_told(jobs: Jobs) -> None:
    job = jobs.add("ana", lambda _: [GivenAddress("hangs")])
    until(lambda: job.total == 1)
    assert jobs._process is not None
    os.kill(jobs._process.pid, signal.SIGKILL)
    until(lambda: job.is_over)
    assert job.reason is not None
    assert "by signal 9" in job.reason


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    jobs = Jobs("news.db", [str(tmp_path / "none")])
    job = over(jobs, "x")
    jobs.close()
    assert job.state == "failed"


def test_the_queue_has_a_bound(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_jobs, "MOST_WAITING", 2)
    first = jobs.add("ana", lambda _: [GivenAddress("hangs")])
    until(lambda: first.state == "reading")
    for _ in range(2):
        jobs.add("ana", lambda _: [GivenAddress("x")])
    with pytest.raises(UsageError, match="2 readings wait already"):
        jobs.add("ana", lambda _: [GivenAddress("x")])


def test_files_go_when_a_job_is_over_and_when_the_room_is_closed(jobs: Jobs) -> None:
    folders: list[Path] = []

    def fill(folder: Path) -> Sequence[Given]:
        folders.append(folder)
        return list(keep_uploads([("hangs" if len(folders) == 2 else "x", io.BytesIO(b"x"))], folder))

    done = jobs.add("ana", fill)
    until(lambda: done.is_over and not folders[0].exists())
    hanging, waiting = jobs.add("ana", fill), jobs.add("ana", fill)
    until(lambda: hanging.total == 1)
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert folders[1].stat().st_mode & 0o077 == 0 or os.name == "nt"
    process = jobs._process
    jobs.close()
    assert process is not None
    assert process.poll() is not None
    assert not any(folder.exists() for folder in folders)
    assert hanging.state == "failed"
    assert not waiting.is_over
    with pytest.raises(UsageError):
        jobs.add("ana", fill)


def test_of_what_cannot_be_kept_nothing_stays(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 3)
    folders: list[Path] = []

    def fill(folder: Path) -> Sequence[Given]:
        folders.append(folder)
        return list(keep_uploads([("a", io.BytesIO(b"123")), ("b", io.BytesIO(b"1234"))], folder))

    with pytest.raises(UsageError, match="b: more than"):
        jobs.add("ana", fill)
    assert not folders[0].exists()


@pytest.mark.parametrize(
    ("bound", "value", "message"),
    [("MAX_FILES", 1, "More than 1 files"), ("MAX_BYTES", 5, "with it the files have more than")],
)
def test_files_have_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, message: str
) -> None:
    monkeypatch.setattr(uploads, bound, value)
    with pytest.raises(UsageError, match=message):
        list(keep_uploads([("a", io.BytesIO(b"123")), ("b", io.BytesIO(b"1234"))], tmp_path))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("/etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("http://127.0.0.1/x", "x"),
        ("a\r\nb\x00.txt", "a b␀.txt"),
        ("\u202etxt.exe", "\ufffdtxt.exe"),
        ("x" * 1_000, "x" * 200),
        ("..", ".."),
        ("", ""),
    ],
)
def test_names_of_files_are_words(tmp_path: Path, name: str, plain: str) -> None:
    assert plain_name(name) == plain
    (kept,) = keep_uploads([(name, io.BytesIO(b"x"))], tmp_path)
    assert Path(kept.path) == tmp_path / "1"


def test_the_room_tells_how_far_a_reading_is(faked: TestClient) -> None:
    at = sent(
        faked, "/add/address", addresses="https://example.org/1\n https://example.org/2 https://example.org/1"
    )
    assert "2 recorded." in told(faked, at)
    page = faked.get(at).text
    assert "http-equiv" not in page
    assert 'href="/report?id=r1"' in page
    assert at in faked.get("/add").text


def test_a_reading_that_goes_on_is_asked_again_and_can_be_stopped(faked: TestClient, jobs: Jobs) -> None:
    hanging = jobs.add(getpass.getuser(), lambda _: [GivenAddress("x"), GivenAddress("hangs")])
    until(lambda: hanging.total == 2)
    at = f"/add/{hanging.id}"
    page = faked.get(at).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="{at}/progress"' in page
    assert "1 of 2 read through; 2 reports so far" in page
    assert sent(faked, f"{at}/stop") == at
    assert "Stopped. 2 recorded." in told(faked, at)


def test_words_of_strangers_are_words(faked: TestClient) -> None:
    csrf = csrf_of(faked, "/add")
    files = [("files", (HOSTILE, io.BytesIO(b"x")))]
    answer = faked.post("/add/files", data={"csrf": csrf}, files=files, follow_redirects=False)
    told(faked, answer.headers["location"])
    for page in (faked.get(answer.headers["location"]).text, faked.get("/add").text):
        read = Read(page)
        assert not [tag for tag, _ in read.tags if tag == "img"]
        assert "alert(1)" in "".join(read.words) or "alert(2)" in "".join(read.words)
        assert "\u202e" not in page


@pytest.mark.parametrize(
    ("address", "fields", "message"),
    [
        ("/add/text", {"text": "  "}, "There is no text"),
        ("/add/text", {"text": TALE, "published": "Friday"}, "Published Friday: not a day"),
        ("/add/text", {"text": TALE, "url": "javascript:alert(1)"}, "not a web address"),
        ("/add/address", {"addresses": "\n"}, "There is no address"),
        ("/add/address", {"addresses": "/etc/passwd"}, "/etc/passwd: not a web address"),
        ("/add/address", {"addresses": "-"}, "not a web address"),
        ("/add/address", {"addresses": "ftp://example.org/"}, "not a web address"),
        (
            "/add/address",
            {"addresses": " ".join(f"http://a/{n}" for n in range(21))},
            "More than 20 addresses",
        ),
        ("/add/files", {}, "There is no file"),
    ],
)
def test_what_cannot_be_meant_is_told_beside_the_form_which_keeps_its_words(
    faked: TestClient, address: str, fields: dict[str, str], message: str
) -> None:
    answer = faked.post(address, data={"csrf": csrf_of(faked, "/add"), **fields})
    assert answer.status_code == 400
    read = Read(answer.text)
    assert message in "".join(read.words)
    assert 'role="alert"' in answer.text
    if "published" in fields:
        assert TALE in "".join(read.words)


def test_a_form_with_an_empty_choice_of_files_is_no_file(faked: TestClient) -> None:
    boundary = "x"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{csrf_of(faked, "/add")}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n\r\n--{boundary}--\r\n"
    )
    answer = faked.post(
        "/add/files", content=body, headers={"content-type": f"multipart/form-data; boundary={boundary}"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/add/text", "/add/address", "/add/files", "/add/x/stop"])
def test_who_may_not_change_adds_nothing(room: TestClient, desk: TestClient, address: str) -> None:
    assert room.post(address, data={"text": TALE}).status_code == 403
    assert desk.post(address, data={"text": TALE, "csrf": "x"}).status_code == 403
    page = Read(room.get("/add").text)
    assert [attrs.get("action") for tag, attrs in page.tags if tag == "form"] == ["/search"]


def test_a_reading_of_somebody_else_or_of_before_is_not_shown(faked: TestClient, jobs: Jobs) -> None:
    theirs = over(jobs, "x")
    assert faked.get(f"/add/{theirs.id}").status_code == 404
    assert faked.get("/add/none").status_code == 404
    assert faked.get("/add/none/progress").status_code == 404


def test_labels_name_all_fields(faked: TestClient) -> None:
    read = Read(faked.get("/add").text)
    labels = {a.get("for") for tag, a in read.tags if tag == "label"}
    fields = {
        a.get("id") for tag, a in read.tags if tag in ("input", "textarea") and a.get("type") != "hidden"
    }
    assert fields == labels


def test_the_process_ends_with_the_room_however_that_ends(path: Path, tmp_path: Path) -> None:
    """Its standard input is closed then; its files go with it."""
    folder = tmp_path / "given"
    folder.mkdir()
    fifo = folder / "1"
    os.mkfifo(fifo)  # who reads it waits
    process = subprocess.Popen(reading_jobs._COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    with process:
        assert process.stdin is not None
        task = Task(str(path), str(folder), (GivenFile("x", str(fifo)),))
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()
        process.send_signal(signal.SIGINT)  # a process that has begun takes no notice
        process.stdin.close()
        assert process.wait(60) in (1, -signal.SIGINT)
