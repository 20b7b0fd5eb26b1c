"""The front page says what there is, which stories are the newest and what was said this week, and nothing that is not so."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from onrecord.api import Record
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from tests.record.made import make_actor, make_report
from tests.web.made_room import HERE, KAYA, Read


def words_of(room: TestClient, address: str = "/") -> str:
    return " ".join(" ".join(Read(room.get(address).text).words).split())


def test_it_begins_with_a_search(room: TestClient) -> None:
    read = Read(room.get("/").text)
    forms = [attrs for tag, attrs in read.tags if tag == "form"]
    assert {form["action"] for form in forms} == {"/search"}
    fields = {attrs.get("id") for tag, attrs in read.tags if tag == "input"}
    assert fields <= {attrs.get("for") for tag, attrs in read.tags if tag == "label"}


def test_the_newest_stories_come_first_with_their_outlets_and_origins(room: TestClient) -> None:
    told = words_of(room)
    story = told.index("3 reports of 1 origin")
    assert "Karst Press, Morning Post, Lake Valley Echo" in told[story:]
    assert "2024-03-04 08:00 – 2024-03-06 08:00" in told
    assert story < told.index("Orlan Star")


def test_it_says_which_days_the_week_has(room: TestClient) -> None:
    assert "2024-02-29 – 2024-03-06" in words_of(room)


def test_it_says_how_much_there_is_and_what_was_not_analysed(room: TestClient, record: Record) -> None:
    told = words_of(room)
    assert f"Reports {record.status()['articles']}" in told
    assert "read by model m1" in told
    assert "All reports are analysed." in told


def test_a_report_that_is_added_is_counted_at_once(desk: TestClient) -> None:
    before = words_of(desk)
    assert "Reports 6" in before
    article, analysis = make_report(
        "new", make_actor("a1", KAYA), make_actor("a2", KAYA), published="2024-03-09"
    )
    desk.app.state.store.add(article, analysis, None)  # type: ignore[attr-defined]
    after = words_of(desk)
    assert "Reports 7" in after
    assert "1 report was recorded, but not analysed." in after
    assert "2024-03-03 – 2024-03-09" in after


def test_what_did_not_change_is_not_counted_again(path: Path) -> None:
    with Record.open(path, read_only=True) as record:
        record.summary()
        asked: list[str] = []
        engine = record._store._engine  # type: ignore[union-attr]
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        record.summary()
        assert not [words for words in asked if "count" in words]


@pytest.mark.parametrize("may_change", [True, False])
def test_an_empty_record_says_how_to_add(tmp_path: Path, may_change: bool) -> None:
    path = tmp_path / "empty.db"
    with open_record(path, create=True) as store, Record.open(path, read_only=True) as record:
        room = TestClient(make_app(record, store if may_change else None), base_url=HERE)
        answer = room.get("/")
        assert answer.status_code == 200
        assert "Nothing is on record yet" in answer.text
        assert ('href="/add"' in answer.text) is may_change
        assert "onrecord read" in answer.text
