"""Who is let into the reading room: passwords, tokens, sessions, limits, and what a running room refuses."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.commands.serving import serve
from onrecord.errors import UsageError
from onrecord.record.opening import open_record
from onrecord.web import admission as admissions
from onrecord.web import bounds, changes, forgery, listening, passwords, sessions
from onrecord.web.admission import Admission
from onrecord.web.app import make_app
from onrecord.web.limits import Limit
from onrecord.web.rooms.signing_in import address_here
from onrecord.web.safety import MOST_ADDED
from onrecord.web.users import User, UsersFile, read_users, write_users
from tests.command import PROGRAM, onrecord, onrecord_text
from tests.web.made_room import HERE, csrf_of

TOKEN = "a-token-that-nobody-guesses"
PASSWORD = "the ferry sails on Tuesday"


class Clock:
    """A clock that is set."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing."""
    monkeypatch.setattr(passwords, "_LOG_N", 4)
    passwords.nobodys_hash.cache_clear()
    yield
    passwords.nobodys_hash.cache_clear()


@pytest.fixture
def file(tmp_path: Path, cheap: None) -> Path:
    path = tmp_path / "users.json"
    kept = passwords.hash_password(PASSWORD)
    write_users(path, [User("Ana Orpel", "change", kept), User("Bo", "read", kept)])
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def admission(file: Path, clock: Clock) -> Admission:
    return Admission(local="me", may_change=True, users=UsersFile(file), token=TOKEN, clock=clock)


@pytest.fixture
def closed(record: Record, path: Path, admission: Admission) -> Iterator[TestClient]:
    """A room in which one signs in, by a password or the token."""
    with open_record(path, create=False) as store:
        yield TestClient(make_app(record, store, admission=admission), base_url=HERE, follow_redirects=False)


def sign_in(room: TestClient, name: str = "Bo", password: str = PASSWORD, **more: str) -> Any:
    csrf = csrf_of(room, "/sign-in")
    return room.post("/sign-in", data={"name": name, "password": password, "csrf": csrf, **more})


# Who is shown what


@pytest.mark.parametrize("address", ["/", "/said", "/report?id=one", "/docs", "/nothing", "/add", "/static/vendor/htmx.min.js"])  # fmt: skip
def test_nothing_is_shown_before_one_has_signed_in(closed: TestClient, address: str) -> None:
    answer = closed.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize("address", ["/api/status", "/api/said", "/api/openapi.json", "/api/nothing"])
def test_the_api_answers_401_before(closed: TestClient, address: str) -> None:
    answer = closed.get(address)
    assert answer.status_code == 401
    assert set(answer.json()) == {"error"}
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_part_of_a_page_leads_to_signing_in_as_a_whole(closed: TestClient) -> None:
    answer = closed.get("/said", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_the_sign_in_page_shows_nothing_of_the_record_and_is_styled(closed: TestClient) -> None:
    page = closed.get("/sign-in")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "/said" not in page.text
    assert closed.get("/static/style.css").status_code == 200


def test_with_a_password_one_gets_in_and_where_one_was_going(closed: TestClient) -> None:
    asked = closed.get("/said?by=Orpel&page=1").headers["location"]
    page = closed.get(asked)
    assert 'name="next" value="/said?by=Orpel&amp;page=1"' in page.text
    done = sign_in(closed, next="/said?by=Orpel&page=1")
    assert (done.status_code, done.headers["location"]) == (303, "/said?by=Orpel&page=1")
    shown = closed.get("/said")
    assert shown.status_code == 200
    assert "Sign out" in shown.text


def test_a_name_is_known_in_each_of_its_spellings(closed: TestClient) -> None:
    assert sign_in(closed, " Ana  Orpel").status_code == 303


def test_with_the_token_one_gets_in(closed: TestClient) -> None:
    assert sign_in(closed, "", TOKEN).status_code == 303
    assert closed.get("/").status_code == 200


def test_programs_bring_the_token(closed: TestClient) -> None:
    assert closed.get("/api/status", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert closed.get("/api/status", headers={"authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert closed.get("/api/status", headers={"authorization": f"Basic {TOKEN}"}).status_code == 401


def test_who_is_wrong_is_not_told_in_what(closed: TestClient) -> None:
    wrong = [sign_in(closed, *pair) for pair in (("Bo", "x" * 15), ("Nobody", PASSWORD), ("", "x" * 30))]
    assert {answer.status_code for answer in wrong} == {403}
    assert len({answer.text.replace(' value="Bo"', "").replace(' value="Nobody"', "") for answer in wrong[:2]}) == 1  # fmt: skip
    assert closed.get("/").status_code == 303


def test_a_name_that_nobody_has_takes_as_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(admissions, "is_password", lambda password, kept: asked.append(kept))
    at_desk = Admission(local="me", may_change=True, users=UsersFile(file))
    at_desk.sign_in("Bo", PASSWORD, "")
    at_desk.sign_in("Nobody", PASSWORD, "")
    assert len(asked) == 2
    assert asked[1] is None
    # `None` is compared as well: with the hash of a password that nobody has, of the same costs.
    made = []
    monkeypatch.setattr(passwords, "_scrypt", lambda *given: made.append(given[2:]) or b"")
    assert not passwords.is_password(PASSWORD, None)
    assert made == [(passwords._LOG_N, 8, 1)]


def test_who_reads_alone_changes_nothing(closed: TestClient) -> None:
    sign_in(closed, "Bo")
    csrf = csrf_of(closed)
    for address in changing(closed):
        assert closed.post(address, data={"csrf": csrf}).status_code in (400, 403), address


# Cookies and sessions


def test_the_session_cookie_is_out_of_reach(closed: TestClient) -> None:
    told = sign_in(closed).headers["set-cookie"]
    assert told.startswith("onrecord-session-8080=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(told.split("; "))
    assert "Secure" not in told


def test_by_tls_cookies_are_secure_and_bound_to_the_host(record: Record, admission: Admission) -> None:
    room = TestClient(
        make_app(record, admission=admission), base_url="https://127.0.0.1", follow_redirects=False
    )
    told = sign_in(room).headers
    assert told["set-cookie"].startswith("__Host-onrecord-session=")
    assert "; Secure" in told["set-cookie"]
    assert told["strict-transport-security"] == "max-age=31536000"
    assert room.get("/").status_code == 200
    assert "strict-transport-security" not in TestClient(make_app(record), base_url=HERE).get("/").headers


def test_signing_in_gives_a_new_session_and_ends_the_old_one(closed: TestClient) -> None:
    first = sign_in(closed).cookies["onrecord-session-8080"]
    closed.cookies.set("onrecord-session-8080", "chosen-by-somebody-else", domain="127.0.0.1")
    assert closed.get("/").status_code == 303
    closed.cookies.clear()
    closed.cookies.set("onrecord-session-8080", first, domain="127.0.0.1")
    csrf = csrf_of(closed)
    again = closed.post("/sign-in", data={"name": "Bo", "password": PASSWORD, "csrf": csrf})
    assert again.cookies["onrecord-session-8080"] != first
    closed.cookies.clear()
    closed.cookies.set("onrecord-session-8080", first, domain="127.0.0.1")
    assert closed.get("/").status_code == 303


def test_signing_out_ends_the_session_here_and_there(closed: TestClient) -> None:
    id = sign_in(closed).cookies["onrecord-session-8080"]
    done = closed.post("/sign-out", data={"csrf": csrf_of(closed)})
    assert (done.status_code, done.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in done.headers["set-cookie"]
    closed.cookies.set("onrecord-session-8080", id, domain="127.0.0.1")
    assert closed.get("/").status_code == 303


def test_a_session_ends_by_itself(closed: TestClient, clock: Clock) -> None:
    sign_in(closed)
    clock.now += sessions.LIFE_S - 1
    assert closed.get("/").status_code == 200
    clock.now += 2
    assert closed.get("/").status_code == 303


@pytest.mark.parametrize("change", ["removed", "password"])
def test_who_is_taken_out_or_has_another_password_is_signed_out(
    closed: TestClient, file: Path, change: str
) -> None:
    sign_in(closed)
    bo = User("Bo", "read", passwords.hash_password("another password of theirs"))
    write_users(
        file, [u for u in read_users(file) if u.name != "Bo"] + ([bo] if change == "password" else [])
    )
    assert closed.get("/").status_code == 303


def test_rights_are_those_of_the_file_now(admission: Admission, file: Path) -> None:
    id = admission.sign_in("Bo", PASSWORD, "")
    assert not admission.in_session(id).may_change
    write_users(file, [User("Bo", "change", u.password) for u in read_users(file) if u.name == "Bo"])
    assert admission.in_session(id).may_change


def test_where_nothing_may_be_changed_nobody_may(file: Path) -> None:
    read_only = Admission(local="me", may_change=False, users=UsersFile(file), token=TOKEN)
    assert not read_only.in_session(read_only.sign_in("Ana Orpel", PASSWORD, "")).may_change
    assert not read_only.by_token(TOKEN, "").may_change


def test_a_broken_users_file_lets_nobody_in_and_tells_strangers_nothing(
    closed: TestClient, file: Path
) -> None:
    sign_in(closed)
    file.write_text("{")
    answer = closed.get("/")
    assert answer.status_code == 503
    assert "users.json" not in answer.text
    closed.cookies.clear()
    assert sign_in(closed).status_code == 503


def test_sessions_have_a_bound(clock: Clock) -> None:
    kept = sessions.Sessions(clock)
    one = [kept.begin("one", "") for _ in range(sessions.MOST_OF_ONE + 1)]
    assert kept.find(one[0]) is None
    assert all(kept.find(id) for id in one[1:])
    for number in range(sessions.MOST_SESSIONS):
        kept.begin(f"reader {number}", "")
    assert kept.find(one[-1]) is None
    assert len(kept._sessions) == sessions.MOST_SESSIONS


# Limits


def test_tries_with_a_name_are_counted_wherever_they_come_from(admission: Admission, clock: Clock) -> None:
    for number in range(admissions.TRIES_WITH_A_NAME):
        assert admission.sign_in("Bo", "wrong", f"198.51.100.{number}") is None
    with pytest.raises(admissions.MustWaitError) as error:
        admission.sign_in("Bo", PASSWORD, "198.51.100.200")
    assert 0 < error.value.wait_s <= admissions.TRIES_COUNT_S
    with pytest.raises(admissions.MustWaitError):
        admission.sign_in(" Bo ", PASSWORD, "198.51.100.200")
    assert admission.sign_in("Ana Orpel", PASSWORD, "198.51.100.200")
    clock.now += admissions.TRIES_COUNT_S
    assert admission.sign_in("Bo", PASSWORD, "198.51.100.200")


def test_tries_from_an_address_are_counted_whatever_the_name(admission: Admission) -> None:
    for number in range(admissions.TRIES_FROM_AN_ADDRESS):
        admission.sign_in(f"name {number}", "wrong", f"2001:db8::{number + 1}")
    with pytest.raises(admissions.MustWaitError):
        admission.sign_in("Bo", PASSWORD, "2001:db8::ffff")
    with pytest.raises(admissions.MustWaitError):
        admission.by_token(TOKEN, "2001:db8::ffff")
    assert admission.sign_in("Bo", PASSWORD, "2001:db8:1::1")


def test_who_is_right_is_never_counted(admission: Admission) -> None:
    for _ in range(admissions.TRIES_FROM_AN_ADDRESS + 1):
        assert admission.sign_in("Bo", PASSWORD, "198.51.100.1")
        assert admission.by_token(TOKEN, "198.51.100.1")


def test_too_many_tries_are_told_when_the_next_is_taken(closed: TestClient) -> None:
    for _ in range(admissions.TRIES_WITH_A_NAME):
        sign_in(closed, "Bo", "wrong")
    answer = sign_in(closed)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert 'role="alert"' in answer.text


def test_forms_of_add_are_counted(desk: TestClient) -> None:
    answers = [desk.post("/add/none") for _ in range(MOST_ADDED + 1)]
    assert 429 not in [a.status_code for a in answers[:-1]]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_full_table_makes_new_keys_wait_and_forgets_none(clock: Clock) -> None:
    limit = Limit(1, 60, clock, most_keys=2)
    assert [limit.wait_s(key) for key in ("a", "b", "c", "a")] == [0, 0, 60, 60]
    clock.now += 60
    assert limit.wait_s("c") == 0
    assert len(limit._tried) == 1


# Forms


def _calls(dependant: Dependant) -> set[Any]:
    return {dependant.call}.union(*(_calls(d) for d in dependant.dependencies))


def changing(room: TestClient) -> list[str]:
    """The addresses at which something is changed on record."""
    return [r.path for r in posts(room) if changes._change in _calls(r.dependant)]


def posts(room: TestClient) -> list[APIRoute]:
    """The addresses that take forms."""
    return [r for r in routes(room.app.routes) if "POST" in r.methods]  # type: ignore[attr-defined]


def routes(among: Any) -> list[APIRoute]:
    """All addresses, also those of routers that are included."""
    found: list[APIRoute] = []
    for route in among:
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            inner = getattr(route, "original_router", None) or getattr(route, "router", None)
            found += routes(inner.routes) if inner is not None else []
    return found


def test_every_form_must_be_ours(desk: TestClient) -> None:
    found = posts(desk)
    assert {r.path for r in found} >= {"/sign-in", "/sign-out", "/add/text"}
    for route in found:
        # Whoever takes a change has seen that the form is ours; signing in and out changes nothing on record.
        assert _calls(route.dependant) & {changes._change, forgery._refuse_others}, route.path
        assert route.path in ("/sign-in", "/sign-out") or changes._change in _calls(route.dependant), (
            route.path
        )


def test_a_form_without_its_token_is_refused(desk: TestClient, closed: TestClient) -> None:
    for address in changing(desk):
        assert desk.post(address).status_code in (400, 403), address
    closed.get("/sign-in")
    assert closed.post("/sign-in", data={"name": "Bo", "password": PASSWORD}).status_code == 403
    assert closed.post("/sign-in", data={"name": "Bo", "password": PASSWORD, "csrf": "é"}).status_code == 403
    assert closed.get("/").status_code == 303


def test_a_token_of_another_session_is_none(closed: TestClient) -> None:
    before = csrf_of(closed, "/sign-in")
    sign_in(closed)
    own = csrf_of(closed)
    assert own != before
    assert closed.post("/sign-out", data={"csrf": before}).status_code == 403
    assert closed.post("/sign-out", data={"csrf": own}).status_code == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/said?by=a%20b", "/said?by=a%20b"),
        ("", "/"),
        ("said", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\r\nset-cookie: a=b", "/"),
        ("https://evil.example/said", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-in?next=/sign-in", "/"),
        ("/sign-out", "/"),
        ("//[", "/"),
        ("/é", "/"),
    ],
)
def test_signing_in_never_leads_elsewhere(asked: str, led: str) -> None:
    assert address_here(asked) == led


def test_browsers_say_of_our_own_forms_that_they_are(room: TestClient) -> None:
    # With `no-referrer` they send them with `Origin: null`, which is refused.
    assert room.get("/").headers["referrer-policy"] == "same-origin"


# The users file and its commands


def test_users_are_added_changed_listed_and_removed(tmp_path: Path, cheap: None) -> None:
    path = tmp_path / "users.json"
    made = json.loads(onrecord("users", "add", path, "Ana", "--change", "--make-password", "--json").stdout)
    assert made["may"] == "change"
    assert onrecord("users", "add", path, "Bo", stdin=f"{PASSWORD}\n".encode()).returncode == 0
    assert onrecord_text("users", "list", path).stdout == "change  Ana\nread    Bo\n2 users\n"
    users = UsersFile(path)
    assert passwords.is_password(made["password"], users.named("Ana").password)
    assert passwords.is_password(PASSWORD, users.named("Bo").password)
    again = onrecord_text("users", "password", path, "Ana", "--make-password").stdout
    assert not passwords.is_password(made["password"], users.named("Ana").password)
    assert passwords.is_password(again.split("password: ")[1].strip(), users.named("Ana").password)
    assert onrecord("users", "remove", path, "Ana").returncode == 0
    assert users.named("Ana") is None
    assert PASSWORD not in path.read_text()
    assert [p.name for p in tmp_path.iterdir()] == ["users.json"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["add", "Bo", "--make-password"], "is there already"),
        (["add", "a\x1bb", "--make-password"], "a user's name has"),
        (["add", "a" * 65, "--make-password"], "a user's name has"),
        (["remove", "Nobody"], "nobody of the name"),
        (["password", "Nobody", "--make-password"], "nobody of the name"),
    ],
)
def test_what_is_wrong_with_users_is_told_in_a_line(file: Path, words: list[str], says: str) -> None:
    done = onrecord_text("users", words[0], file, *words[1:])
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_short_password_is_refused(file: Path) -> None:
    done = onrecord("users", "add", file, "Cy", stdin=b"short\n")
    assert done.returncode == 2
    assert b"5 characters" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_users_file_that_others_can_read_is_refused(file: Path) -> None:
    file.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        UsersFile(file)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"users": [{"name": "a"}]}',
        '{"users": [{"name": "a", "may": "all", "password": "x"}]}',
        '{"users": [{"name": "a", "may": "read", "password": "plain words"}]}',
        '{"users": [{"name": "a", "may": "read", "password": "scrypt$30$8$1$AAAA$AAAA"}]}',
        '{"users": [{"name": " a", "may": "read", "password": "x"}]}',
    ],
)
def test_what_is_no_users_file_is_told(file: Path, content: str) -> None:
    file.write_text(content)
    with pytest.raises(UsageError, match=r"users\.json: "):
        UsersFile(file)


def test_the_costs_of_a_hash_are_those_that_are_advised() -> None:
    assert passwords.hash_password(PASSWORD).startswith("scrypt$17$8$1$")
    assert passwords.hash_password(PASSWORD) != passwords.hash_password(PASSWORD)


# The command


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"host": "0.0.0.0"}, "asks nobody for a password"),
        ({"host": "::"}, "asks nobody for a password"),
        ({"host": "198.51.100.1", "read_only": True}, "asks nobody for a password"),
        ({"allow_host": ["news.example"]}, "--allow-host news.example: others would be let in"),
        ({"behind_proxy": "127.0.0.1"}, "--behind-proxy 127.0.0.1: others would be let in"),
        ({"behind_proxy": "*", "token": True}, "not an address"),
        ({"tls_cert": Path("cert.pem")}, "belong together"),
        ({"tls_cert": Path("cert.pem"), "tls_key": Path("key.pem")}, "cannot be read"),
        ({"users": Path("none.json")}, "onrecord users add"),
        ({"token_file": Path("none")}, "cannot be read"),
        ({"token": True, "token_file": Path("none")}, "there is one token"),
        ({"host": "198.51.100.1", "token": True, "port": 0}, "cannot be had"),
        ({"host": "no such host", "token": True}, "no address of this machine"),
    ],
)
def test_it_refuses_to_open_where_it_would_not_be_safe(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: dict[str, Any], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error:
        serve(record=str(path), **words)
    assert says in str(error.value)


@pytest.mark.parametrize("token", ["short", "with a space in it, which ends it", "é" * 30])
def test_a_weak_token_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("ONRECORD_TOKEN", token)
    with pytest.raises(UsageError, match="a token has"):
        serve(record=str(path), token=True)


@contextmanager
def serving(path: Path, *words: str, **variables: str) -> Iterator[tuple[str, list[str]]]:
    """A room in a process of its own; gives its address and what it printed before."""
    program = [*PROGRAM, "serve", "--port", "0", "--record", str(path), *words]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | variables
    ) as room:
        assert room.stdout is not None
        said = []
        while not (line := room.stdout.readline()).startswith("http"):
            assert line, room.stderr.read() if room.stderr else ""
            said.append(line)
        try:
            yield line.split()[0], said
        finally:
            room.send_signal(signal.SIGINT)
            room.communicate(timeout=30)


def test_a_token_that_is_made_is_printed_and_lets_in_by_tls(path: Path, tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    context = ssl.create_default_context()
    authority.configure_trust(context)
    words = ("--token", "--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem"))
    with serving(path, *words) as (address, said):
        token = said[0].removeprefix("token: ").strip()
        asked = urllib.request.Request(f"{address}api/status", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, context=context) as answer:
            assert json.load(answer)["articles"] > 0
            assert answer.headers["strict-transport-security"]


@pytest.fixture(scope="module")
def running(path: Path) -> Iterator[tuple[str, int]]:
    """A room that runs on this machine, in this process's patience but with its own protocol."""
    program = (
        "import onrecord.web.listening as l, onrecord.web.bounds as b; l.HEAD_TIMEOUT_S = b.FORM_TIMEOUT_S = 2.0;"
        "from onrecord.cli import main; main()"
    )
    words = [sys.executable, "-c", program, "serve", "--port", "0", "--record", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as room:
        assert room.stdout is not None
        yield "127.0.0.1", int(room.stdout.readline().split("/")[2].rpartition(":")[2])
        room.send_signal(signal.SIGINT)
        room.communicate(timeout=30)


def sent(where: tuple[str, int], *parts: bytes, wait_s: float = 0.0) -> tuple[bytes, float]:
    """What a running room answers to bytes, until it hangs up; and after how many seconds it does."""
    began = time.monotonic()
    with socket.create_connection(where, timeout=30) as connection:
        answer = b""
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(wait_s)
            while more := connection.recv(65_536):
                answer += more
        except (ConnectionResetError, BrokenPipeError):
            pass
    return answer, time.monotonic() - began


def head(where: tuple[str, int], *lines: str, method: str = "POST", path: str = "/sign-in") -> bytes:
    fields = (f"Host: 127.0.0.1:{where[1]}", "Content-Type: application/x-www-form-urlencoded", *lines)
    return "\r\n".join((f"{method} {path} HTTP/1.1", *fields, "", "")).encode()


def test_a_body_that_is_announced_too_long_is_not_waited_for(running: tuple[str, int]) -> None:
    answer, _ = sent(running, head(running, f"Content-Length: {bounds.MOST_FORM_BYTES + 1}"))
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("length", ["-1", "x", "1, 2", "9" * 40])
def test_a_length_that_is_none_is_refused(running: tuple[str, int], length: str) -> None:
    answer, _ = sent(running, head(running, f"Content-Length: {length}"))
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 413"))


def test_a_body_without_a_length_is_broken_off_where_it_is_too_long(running: tuple[str, int]) -> None:
    piece = b"10000\r\n&" + b"x" * 0xFFFF + b"\r\n"
    parts = [head(running, "Transfer-Encoding: chunked")] + [piece] * (bounds.MOST_FORM_BYTES // 0x10000 + 2)
    answer, seconds = sent(running, *parts)
    # It is answered before the end has come, which never does; a connection that is cut off may lose the answer.
    assert answer[:12] in (b"HTTP/1.1 413", b"")
    assert seconds < 20


def test_two_lengths_are_refused(running: tuple[str, int]) -> None:
    answer, _ = sent(running, head(running, "Content-Length: 3", "Transfer-Encoding: chunked") + b"0\r\n\r\n")
    smuggled, _ = sent(running, head(running, "Content-Length: 3", "Content-Length: 4") + b"a=bc")
    assert b"HTTP/1.1 200" not in answer
    assert smuggled.startswith(b"HTTP/1.1 400")


def test_a_body_that_comes_too_slowly_is_given_up(running: tuple[str, int]) -> None:
    answer, seconds = sent(running, head(running, "Content-Length: 100"), b"a", wait_s=0.1)
    assert answer.startswith(b"HTTP/1.1 408")
    assert seconds < 15


def test_headers_that_come_too_slowly_are_given_up(running: tuple[str, int]) -> None:
    silent, seconds = sent(running)
    assert (silent, seconds < 10) == (b"", True)
    slow = [b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 40]
    answer, seconds = sent(running, *slow, wait_s=0.2)
    assert (answer, seconds < 12) == (b"", True)


def test_headers_that_are_too_long_are_refused(running: tuple[str, int]) -> None:
    answer, _ = sent(running, head(running, "X-A: " + "a" * 100_000, method="GET", path="/"))
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))


def test_a_header_cannot_say_who_asks_unless_a_proxy_is_named(running: tuple[str, int]) -> None:
    lines = ("X-Forwarded-Proto: https", "X-Forwarded-For: 198.51.100.1", "Connection: close")
    answer, _ = sent(running, head(running, *lines, method="GET", path="/said"))
    assert b"__Host-" not in answer
    assert b"strict-transport-security" not in answer


def test_behind_a_proxy_that_is_named_it_is_believed(path: Path) -> None:
    with serving(path, "--token", "--behind-proxy", "127.0.0.1", "--allow-host", "news.example") as (
        address,
        _,
    ):
        asked = urllib.request.Request(
            f"{address}sign-in", headers={"X-Forwarded-Proto": "https", "Host": "news.example"}
        )
        with urllib.request.urlopen(asked) as answer:
            assert answer.headers["set-cookie"].startswith("__Host-onrecord-visit=")


def test_on_every_address_it_is_asked_for_by_that_to_which_one_came(record: Record) -> None:
    def status(server: str, host: str) -> int:
        room = TestClient(make_app(record, any_address=True), base_url=f"http://{server}")
        return room.get("/", headers={"host": host}).status_code

    assert status("192.0.2.7:8080", "192.0.2.7:8080") == 200
    assert status("192.0.2.7:8080", "192.0.2.8:8080") == 421
    assert status("192.0.2.7:8080", "news.example") == 421
    assert status("news.example", "news.example") == 421


def test_the_times_and_bounds_that_hold() -> None:
    assert (listening.HEAD_TIMEOUT_S, bounds.FORM_TIMEOUT_S) == (15.0, 60.0)
