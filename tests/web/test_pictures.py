"""Pictures of an answer: each tells in words and as a table what is drawn, leads to its rows, and needs no script for either."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import msgspec
import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.api.counting import EventQuestion, Question
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from onrecord.web.pictured import PICTURES
from onrecord.web.rooms.pictures import heat_steps
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all
from tests.web.made_room import HERE, HOSTILE, KAYA, TOMAS, Read

STATIC = Path(__file__).parents[2] / "src/onrecord/web/static"
ALL = [(of, as_) for of, pictures in PICTURES.items() for as_ in pictures]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("pictures") / "news.db"
    kaya, tomas = make_actor("a1", KAYA, country="KAZ"), make_actor("a2", TOMAS)
    with open_record(path, create=True) as store:
        made = [
            make_report("one", kaya, tomas),
            make_report("<b>&id=", make_actor("a1", HOSTILE, type=None), tomas),
        ]
        for report in [*made, *make_all(), *make_copies()]:
            store.add(*report, "m1")
    with Record.open(path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def room(record: Record) -> TestClient:
    return TestClient(make_app(record), base_url=HERE)


def links(room: TestClient, address: str) -> list[str]:
    return [str(a["href"]) for tag, a in Read(room.get(address).text).tags if tag == "a" and a.get("href")]


def total_of(room: TestClient, address: str) -> int:
    """How many rows an address of a question finds."""
    parts = urlsplit(address)
    return int(room.get(f"/api{parts.path}?{parts.query}").json()["total"])


def linked_numbers(room: TestClient, address: str) -> list[tuple[str, int]]:
    """The links of a picture that are numbers, with them."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>([\d,]+)</a>', room.get(address).text)
    return [(href.replace("&amp;", "&"), int(number.replace(",", ""))) for href, number in found]


@pytest.mark.parametrize(("of", "as_"), ALL)
def test_each_picture_opens_and_all_its_links_lead_somewhere(room: TestClient, of: str, as_: str) -> None:
    answer = room.get(f"/pictures?of={of}&as={as_}")
    assert answer.status_code == 200
    for link in set(links(room, f"/pictures?of={of}&as={as_}")):
        parts = urlsplit(link)
        if not parts.scheme and parts.path:
            assert room.get(link).status_code == 200, link


@pytest.mark.parametrize(("of", "as_"), ALL)
def test_each_picture_says_in_words_what_is_to_be_seen_and_what_was_counted(
    room: TestClient, record: Record, of: str, as_: str
) -> None:
    page = " ".join("".join(Read(room.get(f"/pictures?of={of}&as={as_}").text).words).split())
    number, noun = (record.said().total, "statements") if of == "said" else (record.events().total, "events")
    assert f"Counted: {number} {noun}, all that fit" in page
    assert ("Each printing counts" if of == "said" else "have come about") in page


@pytest.mark.parametrize(("of", "as_"), ALL)
def test_words_of_reports_are_words_and_nothing_else(room: TestClient, of: str, as_: str) -> None:
    for address in (f"/pictures?of={of}&as={as_}", f"/pictures?of={of}&as={as_}&outlet={quote(HOSTILE)}"):
        page = Read(room.get(address).text)
        assert {tag for tag, _ in page.tags} & {"img", "iframe", "style"} == set()
        assert not [
            name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"
        ]
        assert all((a.get("src") or "").startswith("/static/") for tag, a in page.tags if tag == "script")


@pytest.mark.parametrize("question", ["of=said", "of=said&kind=prediction", f"of=said&by={quote(KAYA)}"])
def test_a_number_along_time_opens_as_many_statements(room: TestClient, question: str) -> None:
    numbers = linked_numbers(room, f"/pictures?{question}&as=time")
    assert numbers
    for link, number in numbers:
        assert total_of(room, link) == number, link


def test_the_days_of_a_bar_are_no_more_than_those_of_the_question(room: TestClient) -> None:
    (link, _), *_ = linked_numbers(room, "/pictures?of=said&as=time&since=2022-01-03&until=2022-01-03")
    asked = parse_qs(urlsplit(link).query)
    assert (asked["since"], asked["until"]) == (["2022-01-03"], ["2022-01-03"])


@pytest.mark.parametrize(
    "question", ["of=said&as=matrix", "of=events&as=matrix", "of=events&as=matrix&countries=true"]
)
def test_a_cell_opens_as_many_rows(room: TestClient, question: str) -> None:
    numbers = linked_numbers(room, f"/pictures?{question}")
    assert numbers
    for link, number in numbers:
        assert total_of(room, link) == number, link


def test_a_line_of_the_network_opens_as_many_rows(room: TestClient) -> None:
    for of in ("said", "events"):
        numbers = linked_numbers(room, f"/pictures?of={of}&as=network")
        assert numbers
        for link, number in numbers:
            assert total_of(room, link) == number, link


def test_a_place_opens_the_events_that_happened_there(room: TestClient, record: Record) -> None:
    numbers = linked_numbers(room, "/pictures?of=events&as=map")
    told = record.where(EventQuestion())
    assert sorted(number for _, number in numbers) == sorted(s.count for s in told.spots)
    for link, number in numbers:
        page = room.get(link).text
        assert f"of {number} event" in page
        assert "Everywhere" in page


def test_a_place_stays_asked_in_what_its_pictures_open(room: TestClient, record: Record) -> None:
    place = record.where(EventQuestion()).spots[0].place.id
    for link, _ in linked_numbers(room, f"/pictures?of=events&as=time&place={place}"):
        assert parse_qs(urlsplit(link).query)["place"] == [place]
        assert urlsplit(link).path == "/pictures"


def test_the_timeline_has_each_row_once_with_its_day_and_a_link_to_its_mark(
    room: TestClient, record: Record
) -> None:
    for of, rows in (
        ("said", record.by_day(Question()).rows),
        ("events", record.by_day(EventQuestion()).rows),
    ):
        page = Read(room.get(f"/pictures?of={of}&as=timeline").text)
        items = [attrs for tag, attrs in page.tags if tag == "li" and "data-day" in attrs]
        assert [item["data-day"] or None for item in items] == [row.day for row in rows]
        marks = [str(a["href"]) for tag, a in page.tags if tag == "a" and "#" in str(a.get("href"))]
        assert len([m for m in marks if m.startswith("/report")]) == len(rows)


def test_the_oldest_day_can_come_first(room: TestClient) -> None:
    def days(first: str) -> list[str]:
        page = Read(room.get(f"/pictures?of=said&as=timeline&first={first}").text)
        return [str(a["data-day"]) for tag, a in page.tags if tag == "li" and a.get("data-day")]

    assert days("oldest") == sorted(days("newest"))


def test_copies_are_counted_once_if_that_is_asked(room: TestClient) -> None:
    printed, once = (
        room.get(f"/api/pictures/time?by=army{more}").json()["counted"] for more in ("", "&once=true")
    )
    assert (printed["rows"], once["rows"]) == (2, 1)
    page = room.get("/pictures?of=said&by=army&once=true").text
    assert "Copies count once" in page
    (rows,) = (
        link
        for link in links(room, "/pictures?by=army&once=true")
        if "kind" not in link and link.startswith("/said?") and "since" not in link
    )
    assert parse_qs(urlsplit(rows).query) == {"by": ["army"]}


@pytest.mark.parametrize(("of", "as_"), ALL)
def test_the_same_comes_as_json(room: TestClient, record: Record, of: str, as_: str) -> None:
    question: Question | EventQuestion = Question() if of == "said" else EventQuestion()
    ask = {
        "time": record.over_time,
        "matrix": record.who_on_whom,
        "network": record.network,
        "map": record.where,
        "timeline": record.by_day,
    }[as_]
    answer = room.get(f"/api/pictures/{as_}?of={of}")
    assert answer.json() == msgspec.to_builtins(ask(question))  # type: ignore[operator]
    assert f"/api/pictures/{as_}" in room.get("/api/openapi.json").json()["paths"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/pictures?of=said&as=map", "A map is of events"),
        ("/api/pictures/map?of=said", "A map is of events"),
        ("/pictures?of=songs", "of"),
        ("/pictures?as=pie", "as"),
        ("/pictures?kind=song", "there is no such kind"),
        ("/pictures?of=events&type=song", "there is no such type"),
        ("/pictures?since=Friday", "not a day"),
        ("/pictures?since=2024-01-02&until=2024-01-01", "first day is after the last"),
        ("/pictures?as=timeline&page=0", "page"),
    ],
)
def test_what_cannot_be_pictured_is_told_in_a_line(room: TestClient, address: str, words: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(("of", "as_"), ALL)
def test_an_answer_without_rows_says_so(room: TestClient, of: str, as_: str) -> None:
    unknown = {"said": {"by": "Nobody Known"}, "events": {"outlet": "No Paper"}}[of]
    page = room.get(f"/pictures?of={of}&as={as_}&{urlencode(unknown)}").text
    assert "No " in page
    assert next(iter(unknown.values())) in page
    assert 'role="status"' in page


def test_filters_stay_from_picture_to_picture(room: TestClient) -> None:
    found = links(room, "/pictures?of=said&as=time&kind=prediction&since=2022-01-01&once=true")
    pictures = [parse_qs(urlsplit(link).query) for link in found if link.startswith("/pictures?")]
    others = [
        asked for asked in pictures if asked["of"] == ["said"] and asked.get("as", ["time"]) != ["time"]
    ]
    assert len(others) == 3
    assert all(
        a["kind"] == ["prediction"] and a["since"] == ["2022-01-01"] and a["once"] == ["true"] for a in others
    )
    (events,) = (asked for asked in pictures if asked["of"] == ["events"])
    assert events == {"of": ["events"], "since": ["2022-01-01"]}


def test_shades_go_up_and_begin_with_one() -> None:
    for most in range(1, 3000):
        steps = heat_steps(most)
        assert steps[0] == 1
        assert steps == sorted(set(steps))
        assert len(steps) <= 5
        assert steps[-1] <= most


def test_libraries_are_as_they_were_published() -> None:
    table = (STATIC / "vendor/README.md").read_text()
    named = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", table, re.MULTILINE))
    there = {f.name for f in (STATIC / "vendor").iterdir() if f.suffix in (".js", ".json")}
    assert there == set(named)
    for name, digest in named.items():
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("as_", ["time", "network", "map", "timeline"])
def test_what_draws_a_picture_is_shipped_and_loaded_where_it_is_needed_alone(
    room: TestClient, as_: str
) -> None:
    page = Read(room.get(f"/pictures?of=events&as={as_}").text)
    sources = [str(a["src"]) for tag, a in page.tags if tag == "script"]
    assert f"/static/pictures_{as_}.js" in sources
    assert all(room.get(source).status_code == 200 for source in sources)
    assert ("/static/vendor/cytoscape.min.js" in sources) == (as_ == "network")
    assert ("/static/vendor/topojson-client.min.js" in sources) == (as_ == "map")
    assert not [
        a
        for tag, a in Read(room.get("/pictures?as=matrix").text).tags
        if tag == "script" and "vendor/d3" in str(a)
    ]
