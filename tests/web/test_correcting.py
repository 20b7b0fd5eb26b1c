"""The room in which statements and events are put right, marked wrong, and that is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from tests.record.made import make_actor, make_report
from tests.web.made_room import HERE, HOSTILE, KAYA, TOMAS, Read, csrf_of

ID = {"id": "one#s1"}


def send(desk: TestClient, path: str, **fields: Any) -> Any:
    sent = {"csrf": csrf_of(desk, "/correct?id=one%23s1"), **fields}
    return desk.post(path, data=sent, headers={"Origin": HERE}, follow_redirects=False)


def form_of(desk: TestClient, id: str) -> dict[str, list[str]]:
    """The fields of the form as a browser would send them untouched."""
    page = desk.get("/correct", params={"id": id}).text
    form = page[page.index('id="fix"') : page.index("</form>", page.index('id="fix"'))]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    for name, words in re.findall(r'<textarea [^>]*?name="(\w+)"[^>]*>([^<]*)</textarea>', form):
        fields.setdefault(name, []).append(words)
    for name, options in re.findall(r'<select [^>]*?name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        first = re.search(r'<option(?: value="([^"]*)")?[^>]*>([^<]*)', options)
        found = chosen or first
        assert found is not None
        fields.setdefault(name, []).append(found[1] if found[1] is not None else found[2])
    for name, value in re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)" checked>', form):
        fields.setdefault(name, []).append(value)
    del fields["csrf"]
    return fields


def test_a_form_that_is_sent_as_it_is_changes_nothing(desk: TestClient) -> None:
    for id in ("one#s1", "one#e1"):
        answer = send(desk, "/correct/preview", **form_of(desk, id))
        assert answer.status_code == 400
        assert "nothing would be otherwise" in answer.text


def test_what_would_be_otherwise_is_shown_before_it_is(desk: TestClient) -> None:
    fields = form_of(desk, "one#s1") | {"kind": ["threat"], "content": ["would go", ""]}
    answer = send(desk, "/correct/preview", **fields)
    assert answer.status_code == 200
    words = " ".join(" ".join(Read(answer.text).words).split())
    assert "Nothing is changed yet" in words
    assert "prediction threat" in words
    assert "What follows from it" not in words
    assert "prediction" in desk.get("/correct", params=ID).text
    assert not desk.get("/api/said", params={"kind": "threat"}).json()["rows"]


def test_a_fix_is_made_shown_with_an_undo_and_taken_back(desk: TestClient) -> None:
    made = send(desk, "/correct", **(form_of(desk, "one#s1") | {"kind": ["threat"]}))
    assert made.status_code == 303
    page = desk.get(made.headers["location"]).text
    assert "Corrected." in page
    assert "found: prediction" in page
    (row,) = desk.get("/api/said", params={"kind": "threat"}).json()["rows"]
    assert row["amended"][0]["what"] == "fix"
    assert row["amended"][0]["who"]
    amendment = made.headers["location"].partition("made=")[2]
    undone = send(desk, "/correct/undo", amendment=amendment)
    assert undone.status_code == 303
    assert "Undone." in desk.get(undone.headers["location"]).text
    assert not desk.get("/api/said", params={"kind": "threat"}).json()["rows"]


def test_what_is_wrong_answers_nothing_and_is_struck_through_where_it_can_be_undone(desk: TestClient) -> None:
    before = desk.get("/api/said").json()
    made = send(desk, "/correct/wrong", **ID)
    assert made.status_code == 303
    page = desk.get(made.headers["location"]).text
    assert "<s>prediction</s>" in page
    assert 'id="fix"' not in page
    after = desk.get("/api/said").json()
    assert len(after["rows"]) == len(before["rows"]) - 1
    assert after["total"] == before["total"] - 1
    assert "one#s1" in desk.get("/correct/list").text
    amendment = made.headers["location"].partition("made=")[2]
    assert (
        send(desk, "/correct/undo", amendment=amendment, to="list")
        .headers["location"]
        .startswith("/correct/list")
    )
    assert desk.get("/api/said").json() == before


def test_an_event_is_put_right(desk: TestClient) -> None:
    fields = form_of(desk, "one#e1") | {"type": ["PROTEST"], "status": ["occurred"]}
    assert send(desk, "/correct", **fields).status_code == 303
    (row,) = desk.get("/api/events", params={"type": "PROTEST"}).json()["rows"]
    # The modes of the old type went with it.
    assert (row["modes"], row["status"]) == ([], "occurred")


def test_words_are_found_where_they_were_chosen_and_else_where_they_stand(desk: TestClient) -> None:
    fields = form_of(desk, "one#s1")
    at = fields["source_at"][0]
    same = send(desk, "/correct/preview", **(fields | {"source": ["Somebody else"], "source_at": [at]}))
    assert same.status_code == 400
    assert "do not stand in the report" in same.text
    assert "Somebody else" in same.text
    made = send(desk, "/correct", **(fields | {"source": ["Orpelstadt"], "source_at": [""]}))
    assert made.status_code == 303
    assert "Orpelstadt" in desk.get("/correct", params=ID).text


def test_who_only_reads_sees_no_form_and_changes_nothing(room: TestClient) -> None:
    page = room.get("/correct", params=ID).text
    assert "<form method" not in page
    assert "You may read here" in page
    for path in ("/correct", "/correct/preview", "/correct/wrong", "/correct/undo"):
        answer = room.post(path, data=ID | {"amendment": "x"}, headers={"Origin": HERE})
        assert answer.status_code == 403


@pytest.mark.parametrize("where", ["/correct", "/correct/wrong", "/correct/undo", "/correct/preview"])
def test_forms_of_others_change_nothing(desk: TestClient, where: str) -> None:
    sent = {**ID, "amendment": "x", "csrf": "guessed"}
    assert desk.post(where, data=sent, headers={"Origin": HERE}).status_code == 403


@pytest.mark.parametrize("id", ["none#s1", "one#s99", "one", "../../etc/passwd#s1", HOSTILE])
def test_what_is_not_there_is_said_in_one_line(desk: TestClient, id: str) -> None:
    answer = desk.get("/correct", params={"id": id})
    assert answer.status_code in (400, 404)
    assert "<script>alert" not in answer.text


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    """A room whose one report holds words that would do something."""
    report = make_report("h", make_actor("a1", HOSTILE, type=None), make_actor("a2", TOMAS))
    with open_record(tmp_path / "h.db", create=True) as store:
        store.add(*report, "m1")
        with Record.open(tmp_path / "h.db", read_only=True) as record:
            yield TestClient(make_app(record, store), base_url=HERE)


def test_words_of_reports_do_nothing(hostile: TestClient) -> None:
    fields = {"csrf": csrf_of(hostile, "/correct?id=h%23s1"), "id": "h#s1"}
    made = hostile.post("/correct/wrong", data=fields, headers={"Origin": HERE}, follow_redirects=False)
    assert made.status_code == 303
    for path in ("/correct?id=h%23s1", "/correct?id=h%23e1", "/correct/list", "/correct/list?report=h"):
        page = hostile.get(path)
        assert page.status_code == 200
        tags = [tag for tag, attrs in Read(page.text).tags if tag == "img" or "onerror" in attrs]
        assert tags == []
        assert "alert(1)</script>" not in page.text


def test_every_field_has_a_label(desk: TestClient) -> None:
    for id in ("one#s1", "one#e1"):
        tags = Read(desk.get("/correct", params={"id": id}).text).tags
        labelled = {attrs["for"] for tag, attrs in tags if tag == "label" and "for" in attrs}
        fields = [attrs for tag, attrs in tags if tag in ("textarea", "select")]
        assert fields
        assert {attrs["id"] for attrs in fields} <= labelled


def test_the_list_tells_who_said_what_and_when(desk: TestClient) -> None:
    send(desk, "/correct", **(form_of(desk, "one#s1") | {"kind": ["threat"]}))
    send(desk, "/correct/wrong", id="one#e1")
    words = " ".join(" ".join(Read(desk.get("/correct/list").text).words).split())
    assert words.index("one#e1 is no event") < words.index("one#s1")
    assert "kind threat" in words
    assert KAYA in desk.get("/correct", params=ID).text
