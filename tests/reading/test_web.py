"""Web addresses -> articles: within bounds, politely, and never into a private network unless allowed."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import connection, web
from onrecord.reading.addresses import why_not_public
from onrecord.reading.feed import read_feed
from onrecord.reading.files import read_report
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.web import MAX_REDIRECTS, USER_AGENT, Fetched, fetch, read_url

PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry is late</title></head><body><article><h1>Ferry is late</h1>"
    "<p>The ferry to Nordhamn was late on Monday because of fog, the harbour master of Sundvik said.</p>"
    "<p>“Nobody should have to wait in the rain,” he told passengers at the quay, adding that a second boat would come.</p>"
    "<p>The company welcomed the plan and said that it would pay for the tickets of all who waited.</p></article></body></html>"
)
OPTIONS = ReadOptions(allow_private=True)

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Site:
    """A server on this machine; `answers` are its pages, `asked` the requests it got."""

    answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def page(self, path: str, body: str | bytes = PAGE, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8", **named}, data)
        return self.url(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        self.answers[path] = (status, {"Location": location}, b"")
        return self.url(path)

    def robots(self, rules: str) -> None:
        self.page("/robots.txt", rules, Content_Type="text/plain")


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # clients hang up here on purpose


def serve(site: Site, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, (404, {}, b"There is nothing."))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture(autouse=True)
def _forget_robots() -> Iterator[None]:
    web._fetcher.cache_clear()
    yield
    web._fetcher.cache_clear()


def running_site() -> Iterator[Site]:
    site = Site()
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


site = pytest.fixture(running_site, name="site")
other_site = pytest.fixture(running_site, name="other_site")


def read_any(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """As the dispatcher of all forms does, for feeds and single reports."""
    data = stream.read()
    if b"<rss" in data[:200]:
        yield from read_feed(BytesIO(data), origin, options)
        return
    try:
        yield read_report(data, origin, as_is=options.as_is)
    except UnreadableReportError as error:
        yield error


def read_one(url: str, options: ReadOptions = OPTIONS) -> Article:
    (article,) = read_url(url, options, read_any)
    assert isinstance(article, Article)
    return article


def refusal(url: str, *, allow_private: bool = True) -> str:
    with pytest.raises(UnreadableReportError) as caught:
        fetch(url, allow_private=allow_private)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_page_is_fetched_with_its_type_and_encoding(site: Site):
    url = site.page("/ferry?line=2")

    assert fetch(url, allow_private=True) == Fetched(url, "text/html", "utf-8", PAGE.encode())


def test_host_is_told_who_asks(site: Site):
    fetch(site.page("/ferry"), allow_private=True)

    _, headers = site.asked[-1]
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_fragment_is_not_sent(site: Site):
    assert fetch(site.page("/ferry") + "#late", allow_private=True).url == site.url("/ferry")


def test_name_is_resolved_once_a_connection(site: Site, monkeypatch: pytest.MonkeyPatch):
    asked = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(connection.socket, "getaddrinfo", resolve)
    site.page("/ferry")
    fetch(site.url("/ferry", host="echo.example"), allow_private=True)

    assert asked == ["echo.example"] * 2  # for robots.txt and the page
    assert site.asked[-1][1]["Host"] == f"echo.example:{site.port}"


def test_proxies_in_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch(site.page("/ferry"), allow_private=True).data


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, status: int):
    site.page("/new/ferry")
    url = site.redirect("/old", "/new/ferry", status)

    assert fetch(url, allow_private=True).url == site.url("/new/ferry")


def test_redirect_to_itself_ends(site: Site):
    assert f"redirected more than {MAX_REDIRECTS} times" in refusal(site.redirect("/a", "/a"))
    assert sum(path == "/a" for path, _ in site.asked) == MAX_REDIRECTS + 1


def test_each_redirect_is_checked(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        connection, "why_not_public", lambda address: "private" if address == "127.0.0.2" else None
    )
    site.page("/secret")
    url = site.redirect("/a", site.url("/secret", host="127.0.0.2"))

    assert "127.0.0.2 is not on the public internet: private" in refusal(url, allow_private=False)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/a", "only http and https"),
        ("http://ann:pw@127.0.0.1/", "user name or password"),
        ("http://[::1/", "no web address"),
        ("http://127.0.0.1:99999/", "no web address"),
        ("javascript:alert(1)", "only http and https"),
    ],
)
def test_redirects_to_other_things_are_refused(site: Site, location: str, why: str):
    message = refusal(site.redirect("/a", location))

    assert why in message
    assert "pw" not in message


def test_redirect_without_a_place_is_refused(site: Site):
    site.answers["/a"] = (302, {}, b"")

    assert "status 302" in refusal(site.url("/a"))


# Which addresses.


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.8.8", "loopback"),
        ("::1", "loopback"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("fd00::1", "private"),
        ("fec0::1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("0.0.0.0", "unspecified"),
        ("::", "unspecified"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:a00:1::", "private"),
        ("harbour", "malformed"),
    ],
)
def test_addresses_that_are_not_public_are_told(address: str, kind: str):
    assert why_not_public(address) == kind


@pytest.mark.parametrize(
    "address", ["255.255.255.255", "240.0.0.1", "100.64.0.1", "192.0.2.1", "64:ff9b:1::a00:1", "2001:db8::1"]
)
def test_reserved_addresses_are_not_public(address: str):
    assert why_not_public(address) in ("private", "reserved")


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::"])
def test_public_addresses_are_told(address: str):
    assert why_not_public(address) is None


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::ffff:127.0.0.1]", "[::]", "１２７.０.０.１"],
)  # fmt: skip
def test_this_machine_is_refused_under_every_name(site: Site, host: str):
    refusal(site.url("/", host=host), allow_private=False)

    assert not site.asked


def test_refusal_names_address_reason_and_mend():
    assert refusal("http://127.1:9/x", allow_private=False) == (
        "http://127.1:9/x: 127.1 (127.0.0.1) is not on the public internet: loopback. "
        "Give --allow-private if you trust it."
    )


def test_host_with_one_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, site.port)) for a in ("198.41.0.4", "127.0.0.1")]
    monkeypatch.setattr(connection.socket, "getaddrinfo", lambda *_, **__: found)

    assert "loopback" in refusal("http://echo.example/", allow_private=False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://ann:secret@127.0.0.1/", "user name or password"),
        ("http://ann@127.0.0.1/", "user name or password"),
        ("ftp://127.0.0.1/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("harbour.example/a", "only http and https"),
        ("http://", "no web address"),
        ("http:///a", "no web address"),
        ("http://[::1%25eth0]/", "no web address"),
        ("http://127.0.0.1:port/", "no web address"),
        ("http://127.0.0.1/" + "a" * 5_000, "5,017 characters"),
    ],
)
def test_what_is_no_address_to_fetch_is_refused(url: str, why: str):
    message = refusal(url)

    assert why in message
    assert "secret" not in message


def test_closed_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert "does not answer on port" in refusal(f"http://127.0.0.1:{port}/")


def test_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch):
    def resolve(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(connection.socket, "getaddrinfo", resolve)

    assert "echo.example is not found" in refusal("http://echo.example/")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_address_is_refused_in_one_line(text: str):
    for url in (f"http://127.0.0.1:9{text}", f"http://127.0.0.1:9/{text}", text.replace("://", "")):
        with pytest.raises(UnreadableReportError) as caught:
            fetch(url)
        assert len(str(caught.value).splitlines()) == 1


# robots.txt (RFC 9309).


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: onrecord\nDisallow: /news/\n\nUser-agent: *\nAllow: /",
        "User-agent: *\nDisallow: /*ferry$",
        "User-agent: *\nAllow: /\nDisallow: /news/",
        "\ufeffUser-Agent: *\r\nDisallow: /news",
    ],
    ids=["all", "us alone", "pattern", "longest rule", "byte order mark"],
)
def test_what_robots_txt_disallows_is_not_fetched(site: Site, rules: str):
    site.robots(rules)

    assert "does not allow programs" in refusal(site.page("/news/ferry"))
    assert [path for path, _ in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    ["", "User-agent: otherbot\nDisallow: /", "User-agent: *\nDisallow: /news/\nAllow: /news/ferry", "<html>not found</html>", "\x00\xff"],
    ids=["empty", "another program", "longest rule", "a page", "no text"],
)  # fmt: skip
def test_what_robots_txt_allows_is_fetched(site: Site, rules: str):
    site.robots(rules)

    assert fetch(site.page("/news/ferry"), allow_private=True).data


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429])
def test_without_robots_txt_all_is_allowed(site: Site, status: int):
    site.answers["/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")

    assert fetch(site.page("/news/ferry"), allow_private=True).data


@pytest.mark.parametrize("status", [500, 503])
def test_failing_robots_txt_counts_as_a_refusal(site: Site, status: int):
    site.answers["/robots.txt"] = (status, {}, b"")

    assert f"status {status}" in refusal(site.page("/news/ferry"))
    assert len(site.asked) == 1


def test_robots_txt_that_breaks_off_counts_as_a_refusal(site: Site):
    site.answers["/robots.txt"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser"
    )

    assert "counts as a refusal" in refusal(site.page("/news/ferry"))


def test_robots_txt_is_asked_for_once_a_host(site: Site):
    for name in ("/a", "/b"):
        fetch(site.page(name), allow_private=True)

    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b"]


def test_robots_txt_may_be_redirected(site: Site):
    site.redirect("/robots.txt", "/rules")
    site.page("/rules", "User-agent: *\nDisallow: /news/")

    assert "does not allow programs" in refusal(site.page("/news/ferry"))


def test_robots_txt_redirected_for_ever_counts_as_none(site: Site):
    site.redirect("/robots.txt", "/robots.txt")

    assert fetch(site.page("/news/ferry"), allow_private=True).data


def test_robots_txt_is_read_up_to_its_bound(site: Site):
    site.robots("User-agent: *\nDisallow: /news/\n" + "# filler\n" * 100_000)

    assert "does not allow programs" in refusal(site.page("/news/ferry"))


def test_rules_of_the_host_that_a_redirect_leads_to_are_heeded(site: Site, other_site: Site):
    other_site.robots("User-agent: *\nDisallow: /")
    url = site.redirect("/a", other_site.page("/ferry"))

    assert "does not allow programs" in refusal(url)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("User-agntDiswl:/*$% \n#o\x00é"), max_size=80))
def test_any_rules_can_be_asked(rules: str):
    parsed = web.Protego.parse("User-agent: *\nDisallow: " + rules)

    assert parsed.can_fetch("http://echo.example/news/ferry?a=%zz", USER_AGENT) in (True, False)


# Bounds.


def test_packed_page_is_unpacked(site: Site):
    url = site.page("/a", gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    assert fetch(url, allow_private=True).data == PAGE.encode()


def test_page_that_is_too_long_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "MAX_FETCHED_BYTES", 1_000_000)

    assert "more than 1 MB" in refusal(site.page("/a", b"a" * 1_000_001))


def test_page_that_unpacks_to_too_much_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "MAX_FETCHED_BYTES", 1_000_000)

    assert "1,000,000 bytes" in refusal(
        site.page("/a", gzip.compress(bytes(1_000_001)), Content_Encoding="gzip")
    )


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE.encode())[:-20], {"Content_Encoding": "gzip"}),
        (gzip.compress(PAGE.encode())[:15] + b"\xff" * 50, {"Content_Encoding": "gzip"}),
        (b"\xfa\x01\xff", {"Content_Encoding": "br"}),
        (PAGE.encode(), {"Content_Length": "9999"}),
        (b"5\r\nhello\r\n", {"Transfer_Encoding": "chunked", "Content_Length": ""}),
        (b"zz\r\nhello\r\n", {"Transfer_Encoding": "chunked", "Content_Length": ""}),
        (b"5" * 100_000, {"Transfer_Encoding": "chunked", "Content_Length": ""}),
    ],
    ids=[
        "cut gzip",
        "damaged gzip",
        "unknown packing",
        "cut page",
        "cut chunks",
        "no chunks",
        "endless chunk size",
    ],
)
def test_damaged_transfers_are_refused(site: Site, body: bytes, headers: dict[str, str]):
    refusal(site.page("/a", body, **headers))


@pytest.mark.parametrize(
    "answer",
    [b"", b"\x00\xff" * 50, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500, b"HTTP/1.1 200 " + b"x" * 100_000, b"SSH-2.0-x\r\n"],
    ids=["nothing", "bytes", "many headers", "long status", "another protocol"],
)  # fmt: skip
def test_what_is_no_answer_is_refused(site: Site, answer: bytes):
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)

    site.answers["/a"] = send

    assert "Try again later" in refusal(site.url("/a"))


@pytest.mark.parametrize(
    "trickle",
    [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b""],
    ids=["in the page", "in endless answers", "in the header"],
)
def test_server_that_trickles_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch, trickle: bytes):
    monkeypatch.setattr(web, "TOTAL_TIMEOUT_S", 0.3)

    def send(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(200):
            handler.wfile.write(trickle if b"100" in trickle else b"H")
            time.sleep(0.02)

    def begin(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(trickle)
        send(handler)

    site.answers["/a"] = begin
    start = time.monotonic()

    assert "took too long" in refusal(site.url("/a"))
    assert time.monotonic() - start < 2


def test_server_that_says_nothing_is_left(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "READ_TIMEOUT_S", 0.2)
    site.answers["/a"] = lambda handler: time.sleep(1)

    assert "stands still" in refusal(site.url("/a"))


def test_resolver_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "CONNECT_TIMEOUT_S", 0.1)
    released = threading.Event()

    def resolve(*_: object, **__: object) -> list[object]:
        released.wait(5)
        return []

    monkeypatch.setattr(connection.socket, "getaddrinfo", resolve)

    assert "timed out" in refusal("http://echo.example/")
    released.set()


@pytest.mark.parametrize(
    ("status", "mend"),
    [(403, "Save the page"), (404, "Check the address"), (410, "Check"), (429, "later"), (500, "later"), (304, "later")],
)  # fmt: skip
def test_page_that_is_not_given_is_told_with_the_mend(site: Site, status: int, mend: str):
    site.answers["/a"] = (status, {}, b"")
    message = refusal(site.url("/a"))

    assert f"status {status}" in message
    assert mend in message


# Encryption.


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for `localhost` signed by itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(["openssl", *words.split(), "-keyout", path, "-out", f"{path}.crt"], check=True, capture_output=True)  # fmt: skip
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture
def secure_site(certificate: Path) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site = Site(scheme="https")
    server = serve(site, context)
    connection._tls_context.cache_clear()
    yield site
    connection._tls_context.cache_clear()
    server.shutdown()
    server.server_close()


def test_certificate_that_nobody_vouches_for_is_refused(secure_site: Site):
    message = refusal(secure_site.url("/", host="localhost"))

    assert "does not prove that it is the one" in message
    assert not secure_site.asked


def test_certificate_of_a_trusted_authority_is_taken(
    secure_site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    secure_site.page("/a")

    assert fetch(secure_site.url("/a", host="localhost"), allow_private=True).data == PAGE.encode()


def test_certificate_of_another_host_is_refused(
    secure_site: Site, certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")

    assert "does not prove that it is the one" in refusal(secure_site.url("/a"))


def test_refusal_at_the_end_of_a_redirect_names_that_address(site: Site):
    url = site.redirect("/a", "/gone")

    assert refusal(url).startswith(
        f"{url}: the server that it is redirected to ({site.url('/gone')}) answers"
    )


def test_server_without_encryption_is_told(site: Site):
    assert "no secure connection" in refusal(f"https://127.0.0.1:{site.port}/")


# Reading what was fetched.


def test_page_gets_the_address_that_it_was_found_at(site: Site):
    site.page("/new/ferry")
    article = read_one(site.redirect("/old", "/new/ferry"))

    assert article.url == article.origin == site.url("/new/ferry")
    assert article.title == "Ferry is late"


def test_page_that_names_its_address_keeps_it(site: Site):
    link = '<link rel="canonical" href="https://echo.example/ferry">'
    url = site.page("/a", PAGE.replace("<title>", link + "<title>"))

    assert read_one(url).url == "https://echo.example/ferry"


def test_entries_of_a_feed_do_not_get_its_address(site: Site):
    text = "The ferry to Nordhamn was late on Monday, the harbour master said. " * 12
    feed = f"<rss><channel><title>Echo</title><item><title>Ferry is late</title><description>{text}</description></item></channel></rss>"
    article = read_one(site.page("/feed", feed, Content_Type="application/rss+xml"))

    assert (article.url, article.outlet) == (None, "Echo")


def test_encoding_in_the_header_is_heeded(site: Site):
    page = PAGE.replace("Sundvik", "Żółć").encode("iso-8859-2", "replace")
    article = read_one(site.page("/a", page, Content_Type="text/html; charset=ISO-8859-2"))

    assert "Żółć" in article.text


def test_lying_encoding_in_the_header_is_not_heeded(site: Site):
    page = PAGE.replace("Sundvik", "Żółć")
    article = read_one(site.page("/a", page, Content_Type='text/html; charset="iso-8859-1"'))

    assert "Żółć" in article.text


def test_text_is_read_as_it_is_when_asked(site: Site):
    text = "The ferry was late.\n\nRead more\n"
    url = site.page("/a.txt", text, Content_Type="text/plain; charset=utf-8")

    assert read_one(url, ReadOptions(as_is=True, allow_private=True)).text == text


def test_address_that_cannot_be_fetched_is_yielded_as_an_error():
    (error,) = read_url("http://127.0.0.1:9/", ReadOptions(), read_any)

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("http://127.0.0.1:9/: ")


def test_what_cannot_be_read_is_yielded_as_an_error(site: Site):
    (error,) = read_url(site.page("/a", b"\x89PNG\r\n"), OPTIONS, read_any)

    assert isinstance(error, UnreadableReportError)
