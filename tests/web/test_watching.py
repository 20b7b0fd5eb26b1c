"""Questions are kept in the reading room, what is new in them is shown until it was seen, and each has a feed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from onrecord.record import watches
from onrecord.record.store import Record as Store
from tests.record.made import NAMES, make_actor, make_report
from tests.web.made_room import HERE, HOSTILE, Read, csrf_of

KAYA, TOMAS, ILSE = NAMES
ATOM = "{http://www.w3.org/2005/Atom}"
RULES = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))


def store_of(room: TestClient) -> Store:
    store: Store = room.app.state.store  # type: ignore[attr-defined]
    return store


def add(room: TestClient, id: str, speaker: str = KAYA, **more: Any) -> None:
    article, analysis = make_report(id, make_actor("a1", speaker), make_actor("a2", TOMAS), **more)
    store_of(room).add(article, analysis, "m1")


def keep(room: TestClient, question: str = "of=said&by=Kaya+Brandt", **fields: str) -> str:
    """Keeps a question by its form; gives the address of its page."""
    form = Read(room.get(f"/watch/new?{question}").text)
    values = {a["name"]: a.get("value") or "" for tag, a in form.tags if tag == "input" and a.get("name")}
    answer = room.post("/watch", data={**values, **fields}, follow_redirects=False)  # type: ignore[arg-type]
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def words(room: TestClient, address: str) -> str:
    return " ".join(" ".join(Read(room.get(address).text).words).split())


def send(room: TestClient, address: str, **fields: str) -> int:
    """Sends a form of the page of a question; gives the status of the answer."""
    page = address.rpartition("/")[0]
    return room.post(
        address, data={"csrf": csrf_of(room, page), **fields}, follow_redirects=False
    ).status_code


def newest(room: TestClient, address: str) -> str:
    (found,) = [
        a["value"]
        for tag, a in Read(room.get(address).text).tags
        if tag == "input" and a.get("name") == "newest"
    ]
    return str(found)


def feed_of(room: TestClient, address: str) -> str:
    (found,) = [
        a["href"] for tag, a in Read(room.get(address).text).tags if a.get("type") == "application/atom+xml"
    ]
    assert found is not None
    return found.removeprefix(HERE)


def read_feed(room: TestClient, address: str) -> etree._Element:
    answer = room.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    RULES.assertValid(feed)
    ids = [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry", f"{ATOM}feed")]
    assert len(set(ids)) == len(ids)
    return feed


def test_a_question_is_kept_and_what_comes_is_new_until_it_was_seen(desk: TestClient) -> None:
    at = keep(desk)
    assert "Statements by Kaya Brandt" in words(desk, "/watch")
    assert "nothing new" in words(desk, "/watch")
    assert "Nothing new" in words(desk, at)
    add(desk, "new-1")
    mark = newest(desk, at)
    add(desk, "new-2", published="2001-01-01")
    assert "2 statements new" in words(desk, "/watch")
    for _ in range(2):  # loading a page again loses nothing
        assert "2 statements new" in words(desk, at)
        page = desk.get(at).text
        assert page.index("new-2") < page.index("new-1")
    assert send(desk, f"{at}/seen", newest=mark) == 303
    assert "1 statement new" in words(desk, at)
    page = desk.get(at).text
    assert page.index("new-2") < page.index("Came before") < page.index("new-1")
    assert send(desk, f"{at}/seen", newest=newest(desk, at)) == 303
    assert "Nothing new" in words(desk, at)
    assert "new-2" in desk.get(at).text


@pytest.mark.parametrize(
    ("question", "said", "new"),
    [
        ("of=said&kind=prediction&about=Tomas+Adeyrin", "Statements about Tomas Adeyrin, of kind prediction", "1 statement new"),
        ("of=events&type=RETREAT&status=planned&status=denied", "Events of type RETREAT, with status planned or denied", "1 event new"),
        ("of=events&asserted_only=True&status=", "Events in the reporter’s own voice", "1 event new"),
        ("of=search&match=orpelstadt", "Reports with the words orpelstadt", "1 report new"),
        ("of=said", "All statements", "1 statement new"),
    ],
)  # fmt: skip
def test_each_kind_of_question_can_be_kept(desk: TestClient, question: str, said: str, new: str) -> None:
    assert said in words(desk, f"/watch/new?{question}")
    at = keep(desk, question)
    add(desk, "new-1", ILSE)
    assert new in words(desk, at)
    assert f"{said} {new}" in words(desk, "/watch")
    whole = next(a["href"] for tag, a in Read(desk.get(at).text).tags if tag == "a" and re.match("/(said|events|search)[?]", a["href"] or "")) if "All" not in said else "/said"  # fmt: skip
    assert desk.get(str(whole)).status_code == 200
    assert len(read_feed(desk, feed_of(desk, at)).findall(f"{ATOM}entry")) > 0


def test_somebody_is_called_by_their_name(desk: TestClient) -> None:
    for known in desk.get("/api/actors?name=Orpel").json()["rows"]:
        told = words(desk, f"/watch/new?of=said&by={quote(known['id'])}")
        assert f"Statements by {known['name']}" in told
    assert "Statements by none:such" in words(desk, "/watch/new?of=said&by=none:such")


def test_what_a_watch_has_not_is_told(desk: TestClient) -> None:
    told = words(desk, "/watch/new?of=said&by=Kaya&as_of=2024-01-01&variants=True&sort=kind&page=2")
    assert "Left out: as_of, variants." in told


@pytest.mark.parametrize(
    "address",
    [
        "/watch/new?of=sources",
        "/watch/new?of=said&kind=song",
        "/watch/new?of=said&since=Friday",
        "/watch/new?of=said&match=%22open",
        "/watch/new?of=events&status=song",
        "/watch/new?of=search",
    ],
)
def test_a_question_that_cannot_be_meant_is_not_kept(desk: TestClient, address: str) -> None:
    assert desk.get(address).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"fields": "{"},
        {"fields": '{"by": {"a": 1}}'},
        {"fields": '{"actor": "x"}'},
        {"fields": '{"match": "\\"open"}'},
        {"of": "sources"},
        {"name": " "},
        {"name": "x" * 201},
        {"name": "x" * 401},
        {"fields": "x" * 20_001},
    ],
)
def test_a_form_that_was_changed_is_refused_in_a_line(desk: TestClient, fields: dict[str, str]) -> None:
    given = {"csrf": csrf_of(desk, "/watch/new"), "of": "said", "fields": "{}", "name": "x", **fields}
    answer = desk.post("/watch", data=given)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "keep no question" in words(desk, "/watch")


def test_a_question_is_renamed_and_deleted(desk: TestClient) -> None:
    at = keep(desk)
    assert send(desk, f"{at}/rename", name="Kaya, all she says") == 303
    assert "Kaya, all she says" in words(desk, at)
    assert send(desk, f"{at}/rename", name="") == 400
    feed = feed_of(desk, at)
    assert send(desk, f"{at}/feed") == 303
    assert desk.get(feed).status_code == 404
    feed = feed_of(desk, at)
    assert desk.get(feed).status_code == 200
    assert send(desk, f"{at}/delete") == 303
    assert desk.get(at).status_code == 404
    assert desk.get(feed).status_code == 404


def test_a_question_of_somebody_else_is_shown_and_not_changed(desk: TestClient) -> None:
    with store_of(desk).writing() as connection:
        theirs = watches.keep_watch(connection, "ilse", "Ilse’s", "said", {"by": KAYA})
    at = f"/watch/{theirs.id}"
    assert "Ilse’s" not in words(desk, "/watch")
    assert "kept by ilse" in words(desk, "/watch?who=all")
    page = desk.get(at).text
    assert theirs.feed not in page
    assert "<form" not in page.partition("<main")[2]
    csrf = csrf_of(desk, "/watch/new")
    for change in ("seen", "rename", "feed", "delete"):
        answer = desk.post(f"{at}/{change}", data={"csrf": csrf, "newest": "9", "name": "Mine"})
        assert answer.status_code == 403, change
    with store_of(desk).reading() as connection:
        assert watches.find_watch(connection, theirs.id) == theirs


def test_who_may_not_change_keeps_nothing(desk: TestClient, room: TestClient) -> None:
    at = keep(desk)
    for address in ("/watch", f"{at}/seen", f"{at}/rename", f"{at}/feed", f"{at}/delete"):
        fields = {"of": "said", "fields": "{}", "name": "x", "newest": "1"}
        assert room.post(address, data=fields).status_code == 403
        assert desk.post(address, data={"csrf": "x", **fields}).status_code == 403
    assert room.get("/watch/new?of=said").status_code == 403
    page = Read(room.get("/watch").text)
    assert [attrs.get("action") for tag, attrs in page.tags if tag == "form"] == ["/search"]


def test_words_of_strangers_are_words(desk: TestClient) -> None:
    at = keep(desk, f"of=said&by={quote(HOSTILE[:400])}", name=HOSTILE)
    add(desk, "new-1", HOSTILE)
    assert send(desk, f"{at}/rename", name=HOSTILE) == 303
    keep(desk, "of=said")
    for address in (at, "/watch", "/watch?who=all", f"/watch/new?of=said&by={quote(HOSTILE)}"):
        page = desk.get(address)
        assert page.status_code == 200
        assert not [tag for tag, _ in Read(page.text).tags if tag == "img"]
        assert "\u202e" not in page.text
    feed = desk.get(feed_of(desk, at))
    assert "<script" not in feed.text
    assert "\u202e" not in feed.text
    RULES.assertValid(etree.fromstring(feed.content))


def test_rows_are_paged(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.web import asked
    from onrecord.web.rooms import watching

    monkeypatch.setattr(asked, "PAGE_ROWS", 2)
    monkeypatch.setattr(watching, "MOST_COUNTED", 2)
    at = keep(desk)
    for number in range(3):
        add(desk, f"new-{number}")
    page = desk.get(at).text
    assert "More than 2 statements new" in page
    assert f'rel="next" href="{at}?page=2"' in page
    second = desk.get(f"{at}?page=2").text
    assert "new-0" in second
    assert "new-2" not in second
    assert "Came before" not in second


def test_a_feed_tells_what_came_last_and_where_it_is_printed(desk: TestClient) -> None:
    at = keep(desk, name="Kaya & co <all>")
    add(desk, "new-1", published="2024-03-01T08:00:00+01:00")
    address = feed_of(desk, at)
    feed = read_feed(desk, address)
    assert feed.findtext(f"{ATOM}title") == "Kaya & co <all>"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{HERE}{address}", "alternate": f"{HERE}{at}"}
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == f"{KAYA} (prediction): that {TOMAS} would go"
    assert entry.findtext(f"{ATOM}published") == "2024-03-01T08:00:00+01:00"
    (link,) = entry.findall(f"{ATOM}link")
    href = str(link.get("href"))
    assert href == f"{HERE}/report?id=new-1#s1"
    assert desk.get(href).status_code == 200
    told = datetime.fromisoformat(str(feed.findtext(f"{ATOM}updated")))
    assert abs((datetime.now(UTC) - told).total_seconds()) < 300


def test_entries_of_a_feed_keep_their_ids_and_have_a_bound(
    desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.web.rooms import watching

    monkeypatch.setattr(watching, "FEED_ROWS", 2)
    address = feed_of(desk, keep(desk))
    seen: list[list[str]] = []
    for number in range(3):
        add(desk, f"new-{number}")
        seen.append([str(e.findtext(f"{ATOM}id")) for e in read_feed(desk, address).findall(f"{ATOM}entry")])
    assert [len(ids) for ids in seen] == [1, 2, 2]
    assert seen[1][1] == seen[0][0]
    assert seen[2][1] == seen[1][0]


def test_a_feed_that_has_not_changed_is_not_sent_again(desk: TestClient) -> None:
    address = feed_of(desk, keep(desk))
    add(desk, "new-1")
    first = desk.get(address)
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for headers in (
        {"if-none-match": tag},
        {"if-none-match": f'"x", W/{tag}'},
        {"if-none-match": "*"},
        {"if-modified-since": changed},
        {"if-modified-since": format_datetime(datetime.now(UTC), usegmt=True)},
    ):
        answer = desk.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (304, b""), headers
        assert answer.headers["etag"] == tag
    for headers in (
        {"if-none-match": '"x"', "if-modified-since": changed},
        {"if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"if-modified-since": "Friday"},
    ):
        assert desk.get(address, headers=headers).status_code == 200, headers
    add(desk, "new-2")
    assert desk.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_feed_is_found_by_its_secret_alone(desk: TestClient) -> None:
    at = keep(desk)
    for secret in ("", "x", at.rpartition("/")[2], "x" * 43, "%00", "'--"):
        assert desk.get(f"/watch/feed/{secret}.xml").status_code in (400, 404)


def test_labels_name_all_fields(desk: TestClient) -> None:
    at = keep(desk)
    add(desk, "new-1")
    for address in (at, "/watch/new?of=said", "/watch"):
        read = Read(desk.get(address).text)
        labels = {a.get("for") for tag, a in read.tags if tag == "label"}
        fields = {
            a.get("id") for tag, a in read.tags if tag in ("input", "select") and a.get("type") != "hidden"
        }
        assert fields == labels
