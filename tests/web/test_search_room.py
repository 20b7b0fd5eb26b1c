"""Search finds what `onrecord search` finds, marks the words, and says beside a field what is wrong with it."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from tests.web.made_room import Read


def test_words_that_were_found_are_marked(room: TestClient) -> None:
    page = room.get("/search?match=market+bridge").text
    assert {m.lower() for m in re.findall("<mark>(.*?)</mark>", page)} == {"market", "bridge"}


def test_one_report_stands_for_its_story(room: TestClient, record: Record) -> None:
    page = room.get("/search?match=miners").text
    found = record.search("miners")
    assert found.total == 1
    assert page.count('<a class="headline"') == 1
    assert "one of 3 reports" in page
    assert f"{found.tellers.articles if found.tellers else 0} reports of 1 origin" in page


def test_filters_narrow_it(room: TestClient, record: Record) -> None:
    assert record.search("market").total == 2
    page = room.get("/search?match=market&outlet=morning+post").text
    assert "1 story." in page
    assert '<details class="narrow" open>' in page
    assert "1 story." in room.get("/search?match=market&since=2024-03-06").text
    assert "1 story, 2 reports of 1 origin." in room.get("/search?by=the+army").text


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("match=%22open", "match"),
        ("match=NOT", "match"),
        ("match=%21%21", "match"),
        ("match=dam&since=Friday", "since"),
        ("match=dam&until=2024-13-01", "until"),
        ("match=dam+since:Friday", "since"),
        ("match=dam+outlt:post", "match"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(room: TestClient, asked: str, field: str) -> None:
    answer = room.get(f"/search?{asked}")
    assert answer.status_code == 400
    tags = Read(answer.text).tags
    (wrong,) = [a for tag, a in tags if tag == "input" and a.get("aria-invalid") == "true"]
    assert (wrong["name"], wrong["aria-describedby"]) == (field, f"e-{field}")
    (told,) = [a for _, a in tags if a.get("role") == "alert"]
    assert told["id"] == f"e-{field}"
    assert "--" not in answer.text[answer.text.index('class="wrong"') :][:200]


@pytest.mark.parametrize("address", ["/search", "/search?match=zebra", "/search?match=zebra&outlet=post"])
def test_who_finds_nothing_is_told_what_can_be_typed(room: TestClient, address: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 200
    assert "What can be typed" in answer.text


def test_an_outlet_that_is_not_there_is_told_with_those_that_are(room: TestClient) -> None:
    page = room.get("/search?match=market&outlet=post").text
    assert "No report fits." in page
    assert "Morning Post" in page
