"""Web archives: every page that was answered is read, whatever stands between is named or passed over."""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import warc_records
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.source_map import locate, map_to_source
from onrecord.reading.unpack import open_unpacked
from onrecord.reading.warc import read_warc
from onrecord.reading.warc_records import is_warc

HTML = "text/html; charset=utf-8"
RUSSIAN = "Власти Варна сообщили в понедельник, что мост через реку Орле закрыт до весны. " * 4


def page(name: str = "north", body: str | None = None) -> bytes:
    told = body or "".join(
        f"<p>The mayor of Varn said on day {day} that the {name} bridge would open to carts in the spring, "
        "once the river Orle has gone back to its bed and the planks are dry.</p>"
        for day in range(4)
    )
    title = f"The {name} bridge opens in Varn"
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{told}</article></body></html>".encode()


def record(
    content: bytes,
    *,
    url: str = "https://echo.example/bridge",
    kind: str = "response",
    status: str = "200 OK",
    type: str | None = HTML,
    http: dict[str, str] | None = None,
    warc: dict[str, str] | None = None,
    packed: bool = False,
) -> bytes:
    """One record as warcio writes it."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    fields = {"Content-Type": type, **(http or {})} if type is not None else dict(http or {})
    headers = None
    if kind in ("response", "revisit"):
        headers = StatusAndHeaders(status, list(fields.items()), protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(content),
            length=len(content),  # without it warcio leaves a temporary file open
            http_headers=headers,
            warc_content_type=fields.get("Content-Type", "") if headers is None else "",
            warc_headers_dict={
                "WARC-Date": "2021-05-02T00:00:00Z",
                "WARC-Record-ID": "<urn:uuid:1>",
                **(warc or {}),
            },
        )
    )
    return out.getvalue()


def read(data: bytes, *, as_is: bool = False) -> list[Read]:
    return list(read_warc(io.BytesIO(data), "a.warc", ReadOptions(as_is=as_is)))


def read_one(data: bytes, *, as_is: bool = False) -> Article:
    (article,) = read(data, as_is=as_is)
    assert isinstance(article, Article), article
    return article


def read_error(data: bytes) -> str:
    (error,) = read(data)
    assert isinstance(error, UnreadableReportError)
    assert "\n" not in str(error)
    return str(error)


def titles(reads: list[Read]) -> list[str | None]:
    """The bridge of each article's title, None for errors."""
    return [r.title.split()[1] if isinstance(r, Article) and r.title else None for r in reads]


THREE = [record(page(name), url=f"https://echo.example/{name}") for name in ("north", "middle", "south")]
THREE_PACKED = [gzip.compress(one, mtime=0) for one in THREE]
NAMES = ["north", "middle", "south"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"".join(THREE), id="plain"),
        pytest.param(b"".join(THREE_PACKED), id="packed record by record"),
        pytest.param(gzip.compress(b"".join(THREE)), id="packed as a whole"),
        pytest.param(
            b"".join(gzip.compress(b"".join(THREE)[at : at + 700]) for at in range(0, 9000, 700)),
            id="packed in blocks",
        ),
        pytest.param(b"\r\n" + b"".join(THREE), id="with a blank line before"),
        pytest.param(b"".join(one.rstrip(b"\r\n") for one in THREE), id="without line ends between"),
        pytest.param(b"".join(THREE_PACKED) + bytes(1000), id="with padding behind"),
    ],
)
def test_every_page_of_an_archive_is_read(data: bytes):
    assert titles(read(data)) == NAMES


def test_article_says_where_it_was_found():
    first, second, _ = read(b"".join(THREE))

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.origin == "a.warc, record 1 (https://echo.example/north)"
    assert second.origin == "a.warc, record 2 (https://echo.example/middle)"
    assert second.url == "https://echo.example/middle"


def test_time_of_the_crawl_is_not_taken_for_the_time_of_publication():
    article = read_one(record(page()))

    assert (article.published, article.frame.published_how, article.frame.updated) == (None, None, None)


def test_url_in_angle_brackets_is_freed_of_them():
    data = record(page()).replace(b"URI: https://echo.example/bridge", b"URI: <https://echo.example/bridge>")

    assert read_one(data).url == "https://echo.example/bridge"


def test_text_of_a_record_as_is_is_untouched():
    assert read_one(record(b"Rain fell.\r\n\r\nRead more\r\n", type="text/plain"), as_is=True).text == (
        "Rain fell.\r\n\r\nRead more\r\n"
    )


@pytest.mark.parametrize(
    ("content", "type"),
    [
        pytest.param(page(), HTML, id="HTML"),
        pytest.param(page(), "TEXT/HTML", id="HTML in capitals"),
        pytest.param(page(), "application/xhtml+xml", id="XHTML"),
        pytest.param(page(), "text/plain", id="a page that is called text"),
        pytest.param(b"The mayor of Varn shut the harbour on Monday.\n", "text/plain", id="text"),
    ],
)
@pytest.mark.parametrize("kind", ["response", "resource"])
def test_pages_and_texts_are_read(content: bytes, type: str | None, kind: str):
    assert "mayor of Varn" in read_one(record(content, type=type, kind=kind)).text


def test_page_without_a_type_is_known_by_its_beginning():
    assert titles(read(record(page(), type=None))) == ["north"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(record(page(), status="404 Not Found"), id="not found"),
        pytest.param(record(b"", status="301 Moved", http={"Location": "/x"}), id="moved"),
        pytest.param(record(page(), status="206 Partial Content"), id="a part"),
        pytest.param(record(b"\x89PNG\r\n\x1a\n", type="image/png"), id="picture"),
        pytest.param(record(b"go();", type="application/javascript"), id="script"),
        pytest.param(record(b"a{}", type="text/css"), id="style sheet"),
        pytest.param(record(b'{"a": 1}', type="application/json"), id="JSON"),
        pytest.param(record(b' [{"a": 1}]', type="text/html"), id="JSON that is called HTML"),
        pytest.param(record(b"[" * 100_000, type="text/html"), id="deep JSON"),
        pytest.param(
            record(page(), warc={"WARC-Identified-Payload-Type": "application/json"}), id="found JSON"
        ),
        pytest.param(
            record(b"go();", type="text/plain", url="https://e.example/a.js?v=1"), id="script as text"
        ),
        pytest.param(
            record(b"User-agent: *", type="text/plain", url="https://e.example/robots.txt"), id="robots.txt"
        ),
        pytest.param(record(b"%PDF-1.4", type=None), id="no type and no page"),
        pytest.param(record(b"x", kind="metadata", type="text/plain"), id="metadata"),
        pytest.param(record(b"", kind="revisit"), id="revisit"),
        pytest.param(record(b"1.2.3.4", kind="resource", type="text/dns", url="dns:e.example"), id="DNS"),
    ],
)
def test_what_is_no_report_is_passed_over(data: bytes):
    assert titles(read(data + THREE[0])) == ["north"]


def test_archive_without_pages_is_named():
    assert read_error(record(b"x", type="image/png") * 3) == (
        "a.warc: none of its 3 records is a page or a text that was answered with status 200. Give an archive of pages."
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(record(b"%PDF-1.4 xx"), "this is a PDF file", id="PDF that is called HTML"),
        pytest.param(record(bytes(range(32)) * 99), "binary", id="bytes that are called HTML"),
        pytest.param(record(b""), "empty", id="empty"),
        pytest.param(record(b"<html><body></body></html>"), "no article text", id="page without a report"),
        pytest.param(record(b"<?xml version='1.0'?><rss></rss>"), "a feed", id="feed that is called HTML"),
        pytest.param(
            record(b"<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><!-- x --><rss></rss>"),
            "a feed",
            id="feed with a style sheet",
        ),
        pytest.param(
            record(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss></rss>"), "a feed", id="feed with a document type"
        ),
        pytest.param(record(b"<rss></rss>", type="application/rss+xml"), "a feed", id="feed by its type"),
        pytest.param(record(b"<feed></feed>", type="text/xml"), "a feed", id="feed by its root"),
        pytest.param(
            record(b"\x0b\x02\x80\xffx", http={"Content-Encoding": "br"}), "packed as 'br'", id="Brotli"
        ),
        pytest.param(
            record(b"\x28\xb5\x2f\xfdx", http={"Content-Encoding": "zstd"}),
            "packed as 'zstd'",
            id="Zstandard",
        ),
        pytest.param(
            record(gzip.compress(page())[:40] + b"x" * 40, http={"Content-Encoding": "gzip"}),
            "damaged",
            id="damaged gzip",
        ),
        pytest.param(
            record(gzip.compress(bytes(30_000_000)), http={"Content-Encoding": "gzip"}),
            "unpacks to more than 20,000,000 bytes",
            id="bomb",
        ),
        pytest.param(
            record(page(), http={"Content-Encoding": ",".join(["gzip"] * 900)}), "layers", id="many layers"
        ),
        pytest.param(record(b"x" * 20_000_001), "no single report", id="too large"),
        pytest.param(
            record(page()).replace(b"HTTP/1.1 200", b"HXXP/1.1 200"), "HTTP header lines", id="no HTTP"
        ),
    ],
)
def test_page_that_gives_no_article_is_named_and_the_next_one_read(data: bytes, reason: str):
    error, article = read(data + THREE[0])

    assert str(error).startswith("a.warc, record 1 (https://echo.example/bridge): ")
    assert reason in str(error)
    assert titles([article]) == ["north"]


def chunked(content: bytes, size: int = 100, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x;e=1\r\n%b\r\n" % (len(part), part) for part in parts) + end


def deflate(content: bytes, window: int) -> bytes:
    packer = zlib.compressobj(wbits=window)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("content", "http"),
    [
        pytest.param(chunked(page()), {"Transfer-Encoding": "chunked"}, id="chunked"),
        pytest.param(
            chunked(page(), end=b"0\r\nExpires: now\r\n\r\n"),
            {"Transfer-Encoding": "Chunked"},
            id="with trailer",
        ),
        pytest.param(gzip.compress(page()), {"Content-Encoding": "gzip"}, id="gzip"),
        pytest.param(gzip.compress(page()), {"content-encoding": "X-GZIP"}, id="x-gzip"),
        pytest.param(deflate(page(), 15), {"Content-Encoding": "deflate"}, id="deflate"),
        pytest.param(deflate(page(), -15), {"Content-Encoding": "deflate"}, id="raw deflate"),
        pytest.param(
            chunked(gzip.compress(page())),
            {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
            id="gzip, chunked",
        ),
        pytest.param(
            gzip.compress(gzip.compress(page())), {"Content-Encoding": "gzip, gzip"}, id="gzip in gzip"
        ),
        pytest.param(page(), {"Content-Encoding": "gzip"}, id="called gzip, but is not"),
        pytest.param(page(), {"Content-Encoding": "deflate"}, id="called deflate, but is not"),
        pytest.param(page(), {"Content-Encoding": "br"}, id="called Brotli, but is not"),
        pytest.param(page(), {"Transfer-Encoding": "chunked"}, id="called chunked, but is not"),
        pytest.param(page(), {"Content-Length": "7"}, id="false length"),
    ],
)
def test_content_is_freed_of_what_it_was_sent_in(content: bytes, http: dict[str, str]):
    assert titles(read(record(content, http=http))) == ["north"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(record(page(), warc={"WARC-Truncated": "length"}), id="says so"),
        pytest.param(
            record(chunked(page(), end=b""), http={"Transfer-Encoding": "chunked"}), id="no last chunk"
        ),
        pytest.param(
            record(gzip.compress(page() + b" " * 99)[:-8], http={"Content-Encoding": "gzip"}), id="gzip"
        ),
    ],
)
def test_page_cut_off_while_archived_is_read_and_named(data: bytes):
    article, error = read(data)

    assert titles([article]) == ["north"]
    assert "cut off when it was archived" in str(error)


@pytest.mark.parametrize(
    ("encoding", "type"),
    [
        pytest.param("cp1251", "text/html; charset=windows-1251", id="as the server says"),
        pytest.param("koi8-r", 'text/html;charset="KOI8-R"', id="as the server says, in quotation marks"),
        pytest.param("utf-16-le", "text/html; charset=utf-16le", id="UTF-16"),
        pytest.param("cp1251", "text/html", id="detected"),
        pytest.param("utf-8", "text/html; charset=windows-1251", id="not what the server says"),
    ],
)
def test_page_of_any_encoding_is_read(encoding: str, type: str):
    data = f"<html><body><article><h1>Мост</h1><p>{RUSSIAN}</p></article></body></html>".encode(encoding)

    assert RUSSIAN.strip() in read_one(record(data, type=type)).text


def test_encoding_that_the_page_names_is_used():
    told = f"<p>{RUSSIAN}</p>"
    data = f'<html><head><meta charset="koi8-r"></head><body><article>{told}</article></body></html>'

    assert RUSSIAN.strip() in read_one(record(data.encode("koi8-r"), type="text/html")).text


def change(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


LENGTH = THREE[1][THREE[1].index(b"Content-Length: ") :].split(b"\r\n")[0]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        pytest.param(
            change(THREE[1], LENGTH, b"Content-Length: 999999999999"), "bytes that it names", id="too long"
        ),
        pytest.param(change(THREE[1], LENGTH, b"Content-Length: 300"), "bytes that it names", id="too short"),
        pytest.param(change(THREE[1], LENGTH, b"Content-Length: -5"), "how long", id="negative"),
        pytest.param(
            change(THREE[1], LENGTH, b"Content-Length: " + b"9" * 5000), "how long", id="a huge number"
        ),
        pytest.param(change(THREE[1], LENGTH, b"X: 1"), "how long", id="no length"),
        pytest.param(THREE[1][:-500] + THREE[1][-400:], "bytes that it names", id="bytes lost"),
        pytest.param(THREE[1][:150] + b"\r\n", "no WARC record begins here", id="cut in its head"),
        pytest.param(THREE[1][:-700], "bytes that it names", id="cut in its page"),
        pytest.param(b"junk\r\n" * 2000, "no WARC record begins here", id="junk"),
        pytest.param(change(THREE[1], b"WARC/1.0", b"WARC/7.0"), "no WARC record", id="a version to come"),
        pytest.param(b"WARC/1.0\r\n" + b"X: y\r\n" * 20_000, "no WARC record", id="a head without end"),
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_broken_record_is_named_and_the_next_one_read(broken: bytes, reason: str, packed: bool):
    pack = gzip.compress if packed else bytes
    broken = broken if broken.endswith(b"\n") else broken + b"\n"

    first, error, last = read(pack(THREE[0]) + pack(broken) + pack(THREE[2]))

    assert titles([first, last]) == ["north", "south"]
    assert str(error).startswith("a.warc, record 2: ")
    assert reason in str(error)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(THREE_PACKED[1][:60] + b"\xff" * 8 + THREE_PACKED[1][68:], id="changed"),
        pytest.param(THREE_PACKED[1][:-8] + bytes(8), id="wrong checksum"),
        pytest.param(THREE_PACKED[1][:200], id="cut off"),
        pytest.param(b"\x1f\x8b\x08\xff" + b"junk" * 50, id="false header"),
        pytest.param(b"no gzip at all", id="not packed"),
    ],
)
def test_record_whose_packing_is_damaged_is_named_and_the_next_one_read(broken: bytes):
    first, error, last = read(THREE_PACKED[0] + broken + THREE_PACKED[2])

    assert titles([first, last]) == ["north", "south"]
    assert str(error).startswith("a.warc, record 2: ")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"".join(THREE)[:-300], id="plain"),
        pytest.param(b"".join(THREE)[: -len(THREE[2]) + 100], id="plain, in a head"),
        pytest.param(b"".join(THREE_PACKED)[:-100], id="packed record by record"),
        pytest.param(b"".join(THREE_PACKED)[: -len(THREE_PACKED[2]) + 4], id="packed, in a head"),
        pytest.param(gzip.compress(b"".join([*THREE, b" " * 99]), 0)[:-500], id="packed as a whole"),
    ],
)
def test_archive_that_is_cut_off_gives_its_whole_records_and_is_named(data: bytes):
    *good, error = read(data)

    assert titles(good) == ["north", "middle"]
    assert str(error).startswith("a.warc, record 3: ")
    assert isinstance(error, UnreadableReportError)


def test_archive_inside_a_page_is_not_read_as_one():
    inner = b"<pre>\r\n\r\n" + THREE[0] + b"</pre>"

    assert len(read(record(page() + inner) + THREE[2])) == 2


def test_large_film_between_pages_is_passed_over():
    film = record(bytes(25_000_000), type="video/mp4")

    assert titles(read(THREE[0] + film + THREE[2])) == ["north", "south"]
    assert titles(read(THREE_PACKED[0] + gzip.compress(film, 1) + THREE_PACKED[2])) == ["north", "south"]


def test_bomb_is_named_and_given_up():
    *_, error = read(THREE_PACKED[0] + gzip.compress(record(bytes(110_000_000), type="video/mp4")))

    assert "unpacks to more than 200 times its size" in str(error)


def test_more_than_fits_on_disk_is_named_and_the_next_record_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warc_records, "MAX_PART_BYTES", 1_000_000)
    noise = random.Random(3).randbytes(1_500_000)
    data = THREE_PACKED[0] + gzip.compress(record(noise, type="video/mp4"), 1) + THREE_PACKED[2]

    first, error, last = read(data)

    assert titles([first, last]) == ["north", "south"]
    assert "are packed together. Pack each record by itself" in str(error)


def test_file_of_broken_records_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warc_records, "MAX_FAULTS", 50)
    *errors, last = read(b"WARC/1.0\r\n" * 1000)

    assert len(errors) == 50
    assert "given up" in str(last)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"WARC/1.0\r\nContent-Length: 900000\r\n\r\n" * 30_000, id="false lengths"),
        pytest.param(b"WARC/1.0\r\n" * 100_000, id="versions"),
        pytest.param(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 5_000, id="empty records"),
        pytest.param(
            THREE_PACKED[0][:50] + b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" * 100_000, id="gzip headers"
        ),
        pytest.param((THREE_PACKED[0][:200]) * 5_000, id="damaged members"),
        pytest.param(
            record(b"1\r\nx\r\n" * 500_000, type="text/plain", http={"Transfer-Encoding": "chunked"}),
            id="tiny chunks",
        ),
        pytest.param(
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 200017\r\n\r\n"
            b"HTTP/1.1 200 OK\r\n" + b" \ta\n" * 50_000 + b"\r\n\r\n",
            id="folded header lines",
        ),
    ],
)
def test_hostile_archive_takes_no_long_time(data: bytes):
    started = time.monotonic()

    assert read(data)

    assert time.monotonic() - started < 15


def test_full_disk_is_named(monkeypatch: pytest.MonkeyPatch):
    class FullDisk(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FullDisk())
    film = gzip.compress(record(bytes(25_000_000), type="video/mp4"), 1)

    assert "cannot be read on (No space left on device)" in read_error(film)


def test_url_is_shortened_and_made_printable_in_messages():
    url = "https://echo.example/\x1b[2J" + "x" * 5000
    error = read_error(record(b"", url=url))

    assert "\x1b" not in error
    assert len(error) < 500


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(THREE[0], True, id="plain"),
        pytest.param(THREE_PACKED[0][:300], True, id="packed"),
        pytest.param(page(), False, id="page"),
        pytest.param(b"", False, id="nothing"),
        pytest.param(gzip.compress(page()), False, id="packed page"),
        pytest.param(b"\x1f\x8b\x08\xff\xff", False, id="false header"),
    ],
)
def test_archive_is_known_by_its_first_bytes(head: bytes, expected: bool):
    assert is_warc(head) == expected


def test_packed_archive_comes_through_unpacking_as_it_is():
    data = b"".join(THREE_PACKED)
    ((origin, stream),) = open_unpacked(io.BytesIO(data), "a.warc.gz")  # type: ignore[misc]

    assert titles(list(read_warc(stream, origin, ReadOptions()))) == NAMES


GOOD = [
    b"".join(THREE),
    b"".join(THREE_PACKED),
    gzip.compress(b"".join(THREE), mtime=0),
    record(b"Rain.", type="text/plain", kind="resource")
    + record(chunked(b"Rain fell."), type="text/plain", http={"Transfer-Encoding": "chunked"})
    + record(gzip.compress(b"Rain fell."), type="text/plain", http={"Content-Encoding": "gzip"}),
]


def read_safely(data: bytes, as_is: bool) -> list[str]:
    found = []
    for one in read(data, as_is=as_is):
        if isinstance(one, Article):
            assert one.text
            assert one.origin is not None
            assert one.origin.startswith("a.warc, record ")
            found.append(json.dumps([one.id, one.text, one.origin, one.url]))
        else:
            assert isinstance(one, UnreadableReportError)
            assert str(one).startswith("a.warc")
            assert "\n" not in str(one)
            found.append(str(one))
    assert found
    return found


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([b"", b"WARC/1.0\r\n", b"WARC/1.1\r\nContent-Length: 9\r\n\r\n", b"\x1f\x8b\x08"]),
    st.binary(),
)
def test_any_bytes_are_read_or_named(head: bytes, data: bytes):
    assert read_safely(head + data, True) == read_safely(head + data, True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GOOD), st.integers(0, 10**6), st.booleans())
def test_archive_that_ends_anywhere_gives_what_it_holds(data: bytes, end: int, as_is: bool):
    whole = read_safely(data, as_is)
    cut = read_safely(data[: end % len(data)], as_is)

    assert [r for r in cut if r.startswith("[")] == whole[: sum(r.startswith("[") for r in cut)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_archive_with_changed_bytes_never_fails(data: bytes, changes: list[tuple[int, int]]):
    broken = bytearray(data)
    for at, value in changes:
        broken[at % len(broken)] = value

    assert read_safely(bytes(broken), True) == read_safely(bytes(broken), True)


@pytest.mark.parametrize(
    ("http", "sent"),
    [
        pytest.param({}, lambda content: content, id="as it is"),
        pytest.param({"Content-Encoding": "gzip"}, gzip.compress, id="packed"),
        pytest.param(
            {"Transfer-Encoding": "chunked"},
            lambda content: b"".join(b"64\r\n%s\r\n" % content[n : n + 100] for n in range(0, len(content) // 100 * 100, 100))
            + b"%x\r\n%s\r\n0\r\n\r\n" % (len(content) % 100, content[len(content) // 100 * 100 :]),
            id="in chunks",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_the_way_back_leads_to_the_content_of_the_record(
    http: dict[str, str], sent: Callable[[bytes], bytes], packed: bool
):
    content = page().replace(b"opens", "öffnet".encode())
    archive = record(b"", status="404 Not Found") + record(sent(content), http=http)
    data = gzip.compress(archive) if packed else archive

    (article,) = read_warc(io.BytesIO(data), "a.warc", ReadOptions())

    assert isinstance(article, Article)
    assert article.original
    assert article.original.data == content
    words = "the north bridge would open to carts"
    start = article.text.index(words)
    found = locate(
        map_to_source(article.text, article.original),
        article.text,
        article.original,
        start,
        start + len(words),
    )
    assert found
    assert content[slice(*found)] == words.encode()
