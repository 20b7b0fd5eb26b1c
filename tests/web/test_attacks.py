"""The reading room under attack: hostile reports through every page, and hostile words in every parameter.

Hosts, forms of other sites and sessions are in `test_reading_room.py` and `test_safety.py`.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.api import Record
from onrecord.article import Dateline, Frame
from onrecord.contract import RoleOut
from onrecord.errors import UnreadableReportError
from onrecord.reading.web import fetch
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from tests.record.made import REGISTERED, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.web.made_room import HERE, HOSTILE, Read
from tests.web.test_safety import routes

# Fields of questions that are read as a whole, and so stand in no route's signature.
FIELDS = (
    "by about kind since until match outlet actor recipient type mode status country reported_by headline place name id "
    "due_since due_until updates disputed asserted_only limit offset as page order one other of field next first only q"
).split()
XSS = (
    HOSTILE,
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 * 191 }}{% print(9000 + 359) %}${7*7*191}",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "＜script＞alert(1)＜/script＞",
)
SQL = (
    "' OR '1'='1",
    "'; DROP TABLE articles; --",
    "1) UNION SELECT text FROM articles --",
    "\\",
    "%",
    "_" * 40,
    '"',
    'a" OR text MATCH "b',
    "{text}: a",
    "^a",
    "NEAR(a b, 999999999)",
    "a AND",
    "(((((",
    "* a*",
    "headline : x",
    "NOT NOT a",
    "\x00",
    "\ud800",
)
LINES = ("a\r\nset-cookie: pwned=1", "a\nlocation: https://evil.example", "a\r\n\r\n<html>pwned", "\u560d\u560aset-cookie: pwned=1")  # fmt: skip
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/pyproject.toml",
    "....//....//etc/passwd",
    "..\\..\\..\\etc\\passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "%00/etc/passwd",
    "..%252f..%252fetc%252fpasswd",
    "C:\\Windows\\win.ini",
)


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in which every field that a report fills is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    words = (HOSTILE, "javascript:alert(1)")
    who = replace_actor(make_actor("a1", HOSTILE, aliases=words, type=None))
    whom = replace_actor(make_actor("a2", f"Kaya {XSS[1]}", registry=REGISTERED))
    frame = Frame(
        headline=HOSTILE,
        bullets=words,
        dateline=Dateline(HOSTILE, HOSTILE, HOSTILE),
        byline=words,
        contributors=words,
        editors=words,
        captions=words,
        credits=words,
        corrections=words,
        section=HOSTILE,
        agency=HOSTILE,
        updated=HOSTILE,
        published_how=HOSTILE,
    )
    with open_record(path, create=True) as record:
        for report in make_copies():
            record.add(*report, "m1")
        for id, url in (("<b>&id=", HOSTILE), ("../../etc/passwd", "javascript:alert(1)"), ("x#s1", "data:text/html,<script>")):  # fmt: skip
            article, analysis = make_report(id, who, whom)
            for actor in analysis.actors:
                actor.roles = [RoleOut(HOSTILE, HOSTILE, "2019", None)]
            for event in analysis.events:
                event.mode, event.modes, event.contexts = None, [], []
            named = dict.fromkeys(("title", "outlet", "origin"), HOSTILE)
            record.add(replace(article, frame=frame, url=url, **named), analysis, "m1")
    return path


def replace_actor(actor: object) -> object:
    """An actor whose every field that an analysis fills with words is hostile."""
    actor.considered = list(actor.considered)  # type: ignore[attr-defined]
    for candidate in actor.considered:  # type: ignore[attr-defined]
        candidate.name = HOSTILE
        for reason in candidate.reasons:
            reason.why = HOSTILE
    return actor


@pytest.fixture(scope="module")
def hostile_room(hostile_path: Path) -> Iterator[TestClient]:
    with open_record(hostile_path, create=False) as store, Record.open(hostile_path, read_only=True) as record:  # fmt: skip
        yield TestClient(make_app(record, store), base_url=HERE)


def check(answer: Response, where: str) -> None:
    """Fails if an answer does anything that words alone should not do."""
    assert answer.status_code < 500, (where, answer.text[:500])
    for name, value in answer.headers.multi_items():
        assert "\r" not in value, (where, name)
        assert "\n" not in value, (where, name)
        assert name not in ("pwned", "x-pwned")
    assert "pwned" not in answer.headers.get("set-cookie", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert not answer.headers.get("location", "/").startswith(("http", "//", "\\"))
    assert "root:x:0" not in answer.text
    assert "hatchling" not in answer.text
    assert "\u202e" not in answer.text or not is_page(answer)
    if is_page(answer):
        check_page(answer.text, where)


def is_page(answer: Response) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


def check_page(page: str, where: str) -> None:
    for tag, attrs in Read(page).tags:
        assert tag not in ("iframe", "object", "embed", "base", "link:import", "frame", "meta:refresh"), where
        assert not [name for name in attrs if name.startswith(("on", "hx-on", "data-hx-on")) or name == "style"], where  # fmt: skip
        if tag == "script":
            assert (attrs.get("src") or "").startswith("/static/"), where
        if tag == "meta":
            assert "url=http" not in (attrs.get("content") or "").lower(), where
        for name in ("src", "href", "action", "formaction", "xlink:href", "hx-get", "hx-post", "data"):
            led = attrs.get(name)
            if led is not None:
                scheme = urlsplit(led.strip()).scheme.lower()
                is_link = tag == "a" and scheme in ("http", "https")
                assert is_link or (scheme == "" and not led.startswith(("//", "\\"))), (where, tag, led)
    # Templates are not made of words of others.
    assert "9359" not in page or "9359" in where, where


def addresses(room: TestClient) -> list[tuple[str, list[str]]]:
    """All addresses that are asked, each with its parameters."""
    found = []
    for route in routes(room.app.routes):  # type: ignore[attr-defined]
        if "GET" in route.methods:
            own = [p.alias for p in route.dependant.query_params]
            found.append((route.path, list(dict.fromkeys([*own, *FIELDS]))))
    return found


def filled(path: str, words: str) -> str:
    """The address of a route, with hostile words where it takes some."""
    start, brace, rest = path.partition("{")
    return start + quote(words, safe="", errors="surrogatepass") + rest.partition("}")[2] if brace else path


def asked(path: str, **fields: str) -> str:
    told = "&".join(
        f"{name}={quote(words, safe='', errors='surrogatepass')}" for name, words in fields.items()
    )
    return f"{path}?{told}"


# Stored


def test_what_hostile_reports_say_does_nothing_on_any_page(hostile_room: TestClient) -> None:
    waiting, seen = ["/", "/said", "/events", "/stories", "/search?match=said", "/search?match=alert"], set()
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = hostile_room.get(address)
        check(answer, address)
        if not is_page(answer):
            continue
        for tag, attrs in Read(answer.text).tags:
            link = attrs.get("href") or attrs.get("hx-get") or ""
            parts = urlsplit(link)
            is_ours = tag != "link" and parts.path.startswith("/") and not parts.netloc
            if is_ours and not parts.path.startswith(("/static/", "/docs/")):
                waiting.append(parts._replace(fragment="").geturl())
    # What is asserted is said of pages on which the hostile words stand.
    assert len(seen) > 30
    assert "DROP TABLE" in hostile_room.get("/said").text
    assert "DROP TABLE" in hostile_room.get(asked("/report", id="<b>&id=")).text


def test_hostile_words_are_words_in_json_and_csv_too(hostile_room: TestClient) -> None:
    told = hostile_room.get("/api/said?limit=1000")
    assert told.headers["content-type"] == "application/json"
    assert HOSTILE in {row["headline"] for row in told.json()["rows"]}
    table = hostile_room.get("/api/said?as=csv&limit=1000")
    assert table.headers["content-type"].startswith("text/csv")
    # A spreadsheet takes cells that begin so for a formula.
    assert not [cell for line in table.text.splitlines() for cell in line.split(",") if cell.startswith(("=", "+", "@"))]  # fmt: skip


# Reflected


@pytest.mark.parametrize("words", [*XSS[::2], *SQL[::3], *LINES[::2], *PATHS[::4], "x" * 501, "🦊" * 40])
def test_hostile_words_in_every_parameter_are_answered_and_do_nothing(room: TestClient, words: str) -> None:
    before = room.get("/api/status").json()
    for path, names in addresses(room):
        check(room.get(filled(path, words), follow_redirects=False), path)
        # Each alone as well: where many are wrong, only the first may have been looked at.
        own = [name for name in names if name not in FIELDS] or ["id"]
        for fields in (dict.fromkeys(names, words), *({name: words} for name in own)):
            check(room.get(asked(filled(path, words), **fields), follow_redirects=False), f"{path} {fields}")
    assert room.get("/api/status").json() == before


@pytest.mark.parametrize("words", [XSS[0], *SQL])
def test_hostile_words_in_each_field_of_a_question(room: TestClient, words: str) -> None:
    for address, fields in (("/said", "by match outlet"), ("/events", "actor place"), ("/search", "match headline"), ("/timeline", "actor about"), ("/api/search", "match by")):  # fmt: skip
        for name in fields.split():
            check(room.get(asked(address, **{name: words}), follow_redirects=False), f"{address} {name}")


def test_a_condition_that_is_always_true_finds_nothing_more(room: TestClient) -> None:
    for name in ("by", "about", "outlet"):
        answer = room.get(asked("/api/said", **{name: "' OR '1'='1"}))
        assert answer.status_code in (400, 404) or answer.json()["total"] == 0


_QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_WORDS = st.text(max_size=60) | st.lists(st.sampled_from([*XSS, *SQL, *LINES, "a", " ", ":", "("]), max_size=5).map("".join)  # fmt: skip


@_QUICK
@given(_WORDS)
@example("a NOT")
def test_any_words_can_be_searched_for(room: TestClient, words: str) -> None:
    for path, name in (
        ("/search", "match"),
        ("/said", "match"),
        ("/said", "by"),
        ("/report", "id"),
        ("/actor", "id"),
    ):
        answer = room.get(asked(path, **{name: words}), follow_redirects=False)
        check(answer, words)
        assert answer.status_code in (200, 303, 400, 404)


@_QUICK
@given(st.binary(max_size=80))
@example(b"by=%ff%fe&by=%")
@example(b"by=a&by=b&page=1&page=2&%00=%00")
@example(b"=&&&==&by")
@example(b"by[]=a&by[x]=b&__proto__[y]=1")
def test_any_query_is_answered(room: TestClient, query: bytes) -> None:
    # Bytes that can stand in a request's line; what cannot, the protocol refuses.
    told = "".join(chr(b) if 33 <= b < 127 and b not in b"#" else f"%{b:02x}" for b in query)
    for path in ("/said", "/events", "/search", "/api/said"):
        check(room.get(f"{path}?{told}", follow_redirects=False), told)


@_QUICK
@given(
    st.text(st.characters(min_codepoint=1, max_codepoint=255, exclude_characters="\r\n\x00"), max_size=200)
)
@example("onrecord-visit-8080=" + "a" * 10_000)
@example("onrecord-visit-8080=x; onrecord-visit-8080=y; =; ;;; =a; \x7f")
@example('onrecord-visit-8080="\\303\\251<script>alert(1)</script>aaaaaa"')
@example("onrecord-session-8080=" + "é" * 40)
def test_any_cookies_are_answered(room: TestClient, cookies: str) -> None:
    answer = room.get("/", headers=[(b"cookie", cookies.encode("latin-1"))])
    check(answer, cookies)
    assert answer.status_code == 200


def test_one_field_given_twice_is_one_question(room: TestClient) -> None:
    for address in ("/said?by=Orpel&by=Nobody", "/said?page=1&page=2", "/report?id=one&id=two", "/sign-in?next=/&next=//evil.example"):  # fmt: skip
        answer = room.get(address, follow_redirects=False)
        check(answer, address)
        assert answer.status_code in (200, 303, 400, 404)


def test_a_question_that_is_too_long_is_refused(room: TestClient) -> None:
    assert room.get("/said?by=" + "x" * 40_000).status_code == 431
    assert room.get("/said", headers={"cookie": "a" * 40_000}).status_code == 431
    assert room.get("/" + "x" * 40_000).status_code == 431


# Paths and methods


@pytest.mark.parametrize("attack", PATHS)
def test_no_path_leads_to_a_file_of_the_machine(room: TestClient, attack: str) -> None:
    for base in ("/static/", "/docs/", "/add/", "/watch/feed/", "/"):
        answer = room.get(base + attack.replace("\\", "%5c").lstrip("/"), follow_redirects=False)
        check(answer, base + attack)
        assert answer.status_code in (303, 307, 400, 404)


def test_methods_cannot_be_overridden(desk: TestClient) -> None:
    before = desk.get("/api/status").json()
    for header in ("x-http-method-override", "x-http-method", "x-method-override"):
        assert desk.get("/actor/merge?id=Orpel&_method=POST", headers={header: "POST"}).status_code < 500
        assert desk.post("/said", headers={header: "GET"}).status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "X"):
        answer = desk.request(method, "/")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, POST"
    assert desk.get("/api/status").json() == before


def test_other_names_for_the_host_are_not_believed(room: TestClient) -> None:
    for header in ("x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url"):
        page = room.get("/said", headers={header: "host=evil.example"})
        check(page, header)
        assert "evil.example" not in page.text
    twice = room.get("/", headers=[("host", "127.0.0.1:8080"), ("host", "evil.example")])
    assert twice.status_code == 421


def test_only_the_head_of_an_answer_is_given_to_who_asks_for_it(room: TestClient) -> None:
    answer = room.head("/said")
    assert (answer.status_code, answer.text) == (200, "")
    check(answer, "HEAD")


# Forms


@pytest.mark.parametrize("words", [HOSTILE, SQL[0], SQL[-1], LINES[0], "x" * 5_000, "\x00"])
def test_hostile_words_in_every_field_of_a_form_are_answered(desk: TestClient, words: str) -> None:
    for route in routes(desk.app.routes):  # type: ignore[attr-defined]
        if "POST" not in route.methods:
            continue
        path = filled(route.path, words[:100])
        names = {p.alias for d in [route.dependant, *route.dependant.dependencies] for p in d.body_params}
        # Half a character can stand in no form: it is sent as a browser sends it.
        sent = dict.fromkeys(names, words.encode("utf-8", "replace").decode())
        check(desk.post(path, data=sent, follow_redirects=False), path)
        check(desk.post(path, content=b"\xff\x00{" * 100, follow_redirects=False), path)
        broken = {"content-type": "multipart/form-data; boundary=b"}
        check(desk.post(path, content=b"--b\r\nContent-Disposition: form-data\r\n", headers=broken), path)
        check(desk.post(path, content=b"", headers={"content-type": "multipart/form-data"}), path)


def test_a_form_of_too_many_fields_is_refused(desk: TestClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/sign-in", content=b"a=b&" * 1_100, headers=kind).status_code == 400
    parts = b"".join(b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' for _ in range(1_100))
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert desk.post("/sign-in", content=parts + b"--b--\r\n", headers=kind).status_code == 400


# Addresses that are fetched


@pytest.fixture
def never_asked() -> Iterator[int]:
    """A server of this machine that must not be asked; gives its port."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def wait() -> None:
            while not done.is_set():
                try:
                    asked.append(server.accept())
                except TimeoutError:
                    continue

        done = threading.Event()
        waiting = threading.Thread(target=wait)
        waiting.start()
        yield server.getsockname()[1]
        done.set()
        waiting.join()
    for connection, _ in asked:
        connection.close()
    assert asked == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "0",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "１２７.０.０.１",
        "user:password@127.0.0.1",
        "example.org@127.0.0.1",
        "127.0.0.1%00.example.org",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "[fe80::1%25lo]",
        "[fd00::1]",
    ],
)
def test_no_address_leads_into_a_network_of_ours(never_asked: int, host: str) -> None:
    with pytest.raises(UnreadableReportError):
        fetch(f"http://{host}:{never_asked}/latest/meta-data")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:text/html,a", "//127.0.0.1/", "http:///etc/passwd", "http://127.0.0.1\r\nX: y/"])  # fmt: skip
def test_only_addresses_of_the_web_are_fetched(address: str) -> None:
    with pytest.raises(UnreadableReportError):
        fetch(address)
