"""WARC and WARC.gz archives -> articles: pages and texts that were answered with status 200."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO
from urllib.parse import urlsplit

import msgspec

from onrecord.article import Article, Original
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import check_length
from onrecord.reading.encoding import decode_with_codec
from onrecord.reading.forms import Form, tell_xml
from onrecord.reading.html import is_html, read_html
from onrecord.reading.http_content import ContentError, decode_content
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line
from onrecord.reading.text import read_as_is, read_text
from onrecord.reading.warc_records import Fault, Record, read_records

# A record's page beyond this is not read, packed or not. Common Crawl cuts at 5 MB; `read_html` takes
# 10 million characters, most of which have one or two bytes.
MAX_PAGE_BYTES = 20_000_000
# The header lines of a response. Servers send up to 16,000 bytes, cookies and policies included.
MAX_HTTP_HEAD_BYTES = 262_144

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain", "text/markdown", "text/x-markdown")
# What a crawler found a payload to be, whatever the server called it (`WARC-Identified-Payload-Type`).
_NO_REPORT = re.compile(r"(?:image|audio|video|font)/|.*\b(?:json|javascript|css)\b", re.IGNORECASE)
# Text written for machines, though servers call it plain text or a page.
_MACHINE_FILE = re.compile(
    r"/(?:robots|ads|app-ads|security|llms)\.txt\Z|\.(?:js|mjs|css|json|csv|svg|map)\Z", re.IGNORECASE
)
_LINK_LIST = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:urlset|sitemapindex|opml)\b")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_XML_TYPES = ("text/xml", "application/xml")
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Payload:
    """What a record holds: an HTTP body with its headers, or a file as it is."""

    content_type: str
    transfer: str = ""
    packing: str = ""
    start: int = 0

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        found = _CHARSET.search(self.content_type)
        return found[1] if found else None


def read_warc(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the reports of a web archive, packed with gzip (best record by record) or not.

    A report's origin is `ORIGIN, record N (URL)`, its `url` the record's target. The time of a record is
    that of the crawl, so it says nothing about when a report was published. What is no page or text, was
    not answered with status 200 or is meant for machines (robots.txt) is passed over. A page that was
    cut off while it was archived is read, and then named.

    Args:
        stream: a whole archive as it is, packed or not; seekable.
    """
    number = given = 0
    try:
        for record in read_records(stream):
            number = record.number
            if isinstance(record, Fault):
                given += 1
                yield UnreadableReportError(f"{origin}, record {number}: {record.what}")
                continue
            for read in _read_record(record, origin, options):
                given += 1
                yield read
    except OSError as error:
        given += 1
        yield UnreadableReportError(
            f"{origin}: cannot be read on ({error.strerror or error}). Is there room in the temporary folder?"
        )
    if not given:
        yield UnreadableReportError(
            f"{origin}: none of its {number} records is a page or a text that was answered with status 200. Give an archive of pages."
        )


def _read_record(record: Record, origin: str, options: ReadOptions) -> Iterator[Read]:
    kind = record.headers.get("warc-type", "").lower()
    if kind not in ("response", "resource"):
        return
    url = record.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">").strip()
    if _MACHINE_FILE.search(_path(url)):
        return
    place = f"{origin}, record {record.number}" + (f" ({one_line(url)})" if url else "")
    try:
        payload = _find_payload(record, kind, place)
        if payload is None:
            return
        content, is_cut = _content(record, payload, place)
        if _is_json(content):
            return
        article = _read_content(content, payload, place, url, options)
    except UnreadableReportError as error:
        yield error
        return
    yield replace(article, url=url or article.url)
    if is_cut:
        yield UnreadableReportError(
            f"{place}: the page was cut off when it was archived; what there is of it has been read."
        )


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _find_payload(record: Record, kind: str, place: str) -> _Payload | None:
    """How a record's page or text is to be read; None if it holds neither, or no success."""
    block_type = record.headers.get("content-type", "")
    if kind == "response" and block_type.lower().startswith("application/http"):
        payload = _parse_http_head(record, place)
    else:
        payload = _Payload(block_type)
    if payload is None:
        return None
    identified = record.headers.get("warc-identified-payload-type", "")
    if identified and _NO_REPORT.match(identified):
        return None
    if payload.media_type in _FEED_TYPES or (
        payload.media_type in _XML_TYPES
        and tell_xml(record.read(payload.start + 4_096)[payload.start :].decode("latin-1")) is Form.FEED
    ):
        raise _feed_error(place)
    if payload.media_type:
        return payload if payload.media_type in (*_PAGE_TYPES, *_TEXT_TYPES) else None
    # The server did not say what it is; a page shows it.
    begin = record.read(payload.start + 4_096)[payload.start :]
    return payload if is_html(begin.decode("latin-1")) else None


def _parse_http_head(record: Record, place: str) -> _Payload | None:
    """What the headers of a response say; None if it is no success."""
    from warcio.statusandheaders import StatusAndHeadersParser

    block = record.read(MAX_HTTP_HEAD_BYTES)
    if not block.startswith(b"HTTP/"):
        raise UnreadableReportError(
            f"{place}: a response should begin with HTTP header lines; this one does not. Get the page again."
        )
    lines = io.BytesIO(block)
    head = StatusAndHeadersParser([], verify=False).parse(lines)
    if head.get_statuscode() != "200":
        return None
    headers: Mapping[str, str] = {name.lower(): value for name, value in reversed(head.headers)}
    return _Payload(
        headers.get("content-type", ""),
        headers.get("transfer-encoding", ""),
        headers.get("content-encoding", ""),
        lines.tell(),
    )


def _content(record: Record, payload: _Payload, place: str) -> tuple[bytes, bool]:
    """The page as it was before it was sent, and whether its end is missing."""
    if record.length - payload.start > MAX_PAGE_BYTES:
        raise UnreadableReportError(
            f"{place}: {record.length:,} bytes are no single report (limit {MAX_PAGE_BYTES:,}). Give the article alone."
        )
    body = record.read(record.length)[payload.start :]
    try:
        content, is_cut = decode_content(
            body, transfer=payload.transfer, content=payload.packing, max_bytes=MAX_PAGE_BYTES
        )
    except ContentError as error:
        raise UnreadableReportError(f"{place}: {error}. Get the page again.") from error
    # Long pages may also be spread over several records, of which this is the first.
    return content, is_cut or bool(record.headers.keys() & {"warc-truncated", "warc-segment-number"})


def _is_json(content: bytes) -> bool:
    if content.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        # Its values are looked through but not built, which would take ten times its size.
        msgspec.json.decode(content, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    except RecursionError:
        pass
    return True


def _feed_error(place: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{place}: this is a feed or a list of links, not a page. Read the feed itself."
    )


def _read_content(content: bytes, payload: _Payload, place: str, url: str, options: ReadOptions) -> Article:
    text, codec = decode_with_codec(content, place, as_is=options.as_is, declared=payload.charset)
    if tell_xml(text) is Form.FEED or _LINK_LIST.match(text):
        raise _feed_error(place)
    if options.as_is:
        check_length(text, place)
        article = read_as_is(text, id=None, title=None, published=None, origin=place)
        return replace(article, original=_original(content, codec, is_markup=False))
    is_markup = is_html(text) or payload.media_type in _PAGE_TYPES
    article = read_html(text, place, address=url or None) if is_markup else read_text(text, place)
    return replace(article, original=_original(content, codec, is_markup=is_markup))


def _original(content: bytes, codec: str, *, is_markup: bool) -> Original | None:
    """The way back to the content of a record, as it is once its chunks are joined and its packing is undone.

    None for a text in an older encoding: it is taken for one whose encoding was guessed wherever it goes, and here
    the server may have named it.
    """
    return Original(content, codec, is_markup) if is_markup or codec.startswith("utf") else None
