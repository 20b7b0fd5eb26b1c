from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.forms import HEAD_BYTES, Form, tell_form


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"The mayor said: from now on, no.", Form.TEXT),
        (b"Subject: harbours\n\nThe mayor spoke.", Form.TEXT),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><p>Hello", Form.HTML),
        (b'{"text": "It rained."}\n', Form.JSON),
        (b'[\n {"text": "It rained."}]', Form.JSON),
        (b"[Updated] The mayor spoke.", Form.TEXT),
        (b"id,text,published\n1,It rained.,2021-05-02\n", Form.TABLE),
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0"><channel>', Form.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', Form.FEED),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", Form.WARC),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", mtime=0), Form.WARC),
        (b"PAR1\x15\x04", Form.PARQUET),
        (b"%PDF-1.7\n", Form.PDF),
        (b"", Form.TEXT),
    ],
    ids=lambda value: value.name if isinstance(value, Form) else None,
)
def test_form_is_told_by_content(head: bytes, form: Form):
    assert tell_form(head) is form


MAIL = "From: The Elm Courier <news@elm.example>\nSubject: Harbour shut\n"
NITF = b"<nitf><body><body.head><hedline><hl1>Harbour shut</hl1></hedline></body.head></body></nitf>"
ITEM = b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:7"/>'
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (NITF, Form.NITF),
        (XML + b'<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">\n<!-- x -->' + NITF, Form.NITF),
        (XML + b'<!DOCTYPE nitf [<!ENTITY co "Elm Ferries">]>' + NITF, Form.NITF),
        (XML + b'<n:nitf xmlns:n="urn:x"/>', Form.NITF),
        ((XML + NITF).decode().encode("utf-16"), Form.NITF),
        ((XML + NITF).decode().encode("utf-16-le"), Form.NITF),
        (XML + b"<delivery><sent>Friday</sent>" + NITF + b"</delivery>", Form.NITF),
        (XML + ITEM, Form.NEWSML),
        (XML + b"<newsMessage><itemSet>" + ITEM + b"</itemSet></newsMessage>", Form.NEWSML),
        (b"<packageItem/>", Form.NEWSML),
        (XML + b"<!DOCTYPE NewsML SYSTEM 'NewsML_1.2.dtd'><NewsML/>", Form.NEWSML),
        (b"<s:Envelope><s:Body>" + ITEM + b"</s:Body></s:Envelope>", Form.NEWSML),
    ],
    ids=["bare", "DTD and comment", "entities", "prefix", "UTF-16", "UTF-16 without mark", "wrapped", "item", "message", "package",
         "NewsML 1", "item wrapped"],
)  # fmt: skip
def test_documents_of_agencies_are_told_by_their_root(head: bytes, form: Form):
    assert tell_form(head) is form


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"<p>An <code>&lt;nitf&gt;</code> element holds a report.</p>", Form.HTML),
        (b"<html><body><p>How to send a <nitf> file</p></body></html>", Form.HTML),
        (b"NITF, or <nitf>, is a form of agencies.", Form.TEXT),
        (XML + b"<rss version='2.0'><channel><item><description>" + NITF + b"</description></item></channel></rss>", Form.FEED),
        (XML + b"<nitfs/>", Form.TEXT),
        (XML + b"<records><newsItems/></records>", Form.TEXT),
        (b'{"text": "<nitf>"}', Form.JSON),
    ],
    ids=["page about it", "element in a page", "text about it", "in a feed", "longer name", "longer name inside", "in JSON"],
)  # fmt: skip
def test_what_only_speaks_of_an_agencys_form_has_its_own(head: bytes, form: Form):
    assert tell_form(head) is form


@pytest.mark.parametrize(
    "head",
    [
        MAIL,
        MAIL.replace("\n", "\r\n"),
        "\ufeff\n" + MAIL,
        "Return-Path: <news@elm.example>\nReceived: from a by b;\n\tFri, 7 Jan 2022 09:30:00 +0100\n" + MAIL,
        "Received: from a.example\nFrom: x\nThis line is broken\n",
        "Return-Path: <news@elm.example>\n" + "Received: from a.example by b.example\n" * 3_000,
        "Message-ID: <7@elm.example>\nSubject: Harbour shut, text, date\n",
        "From:\tThe Elm Courier\nSent:\tFriday, January 7, 2022 9:30 AM\nTo:\tReaders\nSubject:\tHarbour shut\n",
        "From: town.hall@elm.example\nDate: 7 Jan 2022 09:30:00\n",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://elm.example/7\nMIME-Version: 1.0\n",
    ],
    ids=["address", "CRLF", "mark and blank line", "servers", "broken line", "longer than what is looked at", "like a table",
         "Outlook", "no subject", "page saved by Word", "page saved by a browser"],
)  # fmt: skip
def test_mail_is_told_by_its_head(head: str):
    data = f"{head}\nThe mayor spoke.\n".encode()

    assert tell_form(data[:HEAD_BYTES]) is Form.MAIL
    assert tell_form((head + "\nThe mayor spoke.\n").encode("utf-16")[:HEAD_BYTES]) is Form.MAIL


@pytest.mark.parametrize(
    "text",
    [
        "From our correspondent in Port Elm\n\nThe mayor spoke.",
        "From: our correspondent in Port Elm\n\nThe mayor spoke.",
        "From 9:30 the ferries lay idle, she said.\n\nThe mayor spoke.",
        "From ana@elm.example\n\nThe mayor spoke.",
        "Subject: harbours\nDate: 7 January 2022\n\nThe mayor spoke.",
        "From: Ana Reyes\nSubject: harbours\n\nThe mayor spoke.",
        "From: Ana Reyes\nDate: Friday\nSubject: harbours\n\nThe mayor spoke.",
        "From: ana@elm.example\nSubject: harbours\nThe mayor spoke at the pier.\n",
        "From: ana@elm.example\nHeadline: harbours\nSubject: harbours\n\nThe mayor spoke.",
        "The harbour is shut\n\nFrom: ana@elm.example\nSubject: harbours\n\nThe mayor spoke.",
        "Reyes: Who shut it?\nFrom: the mayor.\n\nLi: I did.",
        "Received: three boats. Date: Friday. To: the pier.\n",
        "HTTP/1.1 200 OK\nDate: Fri, 07 Jan 2022 09:30:00 GMT\nContent-Type: text/html\n\nThe mayor spoke.",
        "---\ntitle: Harbour\nfrom: ana@elm.example\n---\nThe mayor spoke.",
    ],
    ids=["correspondent", "correspondent with a colon", "a time", "an address", "no sender", "no address or day", "no real day",
         "no blank line", "other fields", "not at the top", "an interview", "a list", "answer of a server", "front matter"],
)  # fmt: skip
def test_report_that_looks_like_a_mail_is_text(text: str):
    assert tell_form(text.encode()) is Form.TEXT


@pytest.mark.parametrize(
    "separator",
    ["From ana@elm.example Fri Jan  7 09:30:00 2022", "From - Fri Jan 07 09:30:00 2022", "From 17@xxx Fri Jan 07 09:30:00 +0000 2022", "From ana@elm.example", "From ana@elm.example 2022-01-07T09:30:00"],
    ids=["RFC 4155", "Thunderbird", "Gmail", "address alone", "ISO"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_mailbox_is_told_by_its_first_line(separator: str, end: str):
    assert tell_form(f"{separator}\n{MAIL}\nThe mayor spoke.".replace("\n", end).encode()) is Form.MBOX


@pytest.mark.parametrize(
    "head",
    ["a" * HEAD_BYTES, "a:" * (HEAD_BYTES // 2), "a:\n" * (HEAD_BYTES // 3), "From " * (HEAD_BYTES // 5), "<" * HEAD_BYTES, "<!-- " * (HEAD_BYTES // 5),
     "<?" * (HEAD_BYTES // 2), "<a " * (HEAD_BYTES // 3), "<!DOCTYPE a [" * (HEAD_BYTES // 13), "From a@b 1:1" + " 1:1" * (HEAD_BYTES // 4)],
    ids=["letters", "colons", "fields", "From", "brackets", "comments", "instructions", "tags", "doctypes", "clocks"],
)  # fmt: skip
def test_hostile_head_takes_no_long_time(head: str):
    started = time.process_time()
    tell_form(head.encode()[:HEAD_BYTES])

    assert time.process_time() - started < 1


def test_a_mapped_column_makes_a_table():
    assert tell_form(b"nr;bericht\n1;It rained.\n", {"text": "bericht"}) is Form.TABLE


@given(st.binary(max_size=300))
def test_any_bytes_have_a_form(head: bytes):
    assert isinstance(tell_form(head), Form)
