"""A crew answers what only asks as the process that listens would, and its end is nobody's loss."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.record.opening import open_record
from onrecord.web.app import answer_in_crew, make_app
from onrecord.web.crew import Crew
from tests.web.made_room import HERE, csrf_of

SECRET = b"0" * 32


def fails(connection: object, *_: object) -> None:
    raise SystemExit(1)


def wait_until_ready(crew: Crew, number: int) -> None:
    for _ in range(600):
        if crew.ready == number:
            return
        time.sleep(0.1)
    raise AssertionError(f"{crew.ready} of {number} are ready")


@pytest.fixture(scope="module")
def crew(path: Path) -> Iterator[Crew]:
    with Crew(1, answer_in_crew, str(path), SECRET) as crew:
        wait_until_ready(crew, 1)
        yield crew


@pytest.mark.parametrize(
    "address",
    [
        "/said",
        "/report?id=one",
        "/report?id=none",
        "/said?since=Friday",
        "/api/said?by=Orpel",
        "/api/said?as=csv",
        "/actor?id=Orpel",
    ],
)
def test_it_answers_as_one_process_would(crew: Crew, path: Path, room: TestClient, address: str) -> None:
    with Record.open(path, read_only=True) as record:
        shared = TestClient(make_app(record, crew=crew, secret=SECRET), base_url=HERE)
        alone, together = room.get(address), shared.get(address)
    assert together.status_code == alone.status_code
    assert together.headers["content-security-policy"] == alone.headers["content-security-policy"]
    assert together.headers["content-type"] == alone.headers["content-type"]
    if address.startswith("/api/"):
        assert together.content == alone.content
    else:
        assert len(together.content) == len(alone.content)


def test_forms_of_its_pages_are_ours_and_what_is_changed_is_seen_at_once(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(path.read_bytes())
    with (
        open_record(own, create=False) as store,
        Record.open(own, read_only=True) as record,
        Crew(1, answer_in_crew, str(own), SECRET) as crew,
    ):
        wait_until_ready(crew, 1)
        desk = TestClient(make_app(record, store, crew=crew, secret=SECRET), base_url=HERE)
        who = record.actors("Kaya Brandt")[0].id
        asked = {"csrf": csrf_of(desk, f"/actor?id={who}"), "actor": who, "name": "Kaya B. Brandt"}
        assert desk.post("/actor/rename", data=asked).status_code == 200
        assert "Kaya B. Brandt" in desk.get(f"/actor?id={who}").text


def test_whoever_ends_is_replaced_and_nobody_waits(crew: Crew, path: Path) -> None:
    with Record.open(path, read_only=True) as record:
        shared = TestClient(make_app(record, crew=crew, secret=SECRET), base_url=HERE)
        crew._workers[-1].process.kill()
        assert shared.get("/said").status_code == 200
        wait_until_ready(crew, 1)
        assert shared.get("/said").status_code == 200


def test_one_that_cannot_begin_is_done_without(path: Path) -> None:
    with Crew(1, fails) as crew, Record.open(path, read_only=True) as record:
        shared = TestClient(make_app(record, crew=crew, secret=SECRET), base_url=HERE)
        assert shared.get("/said").status_code == 200
