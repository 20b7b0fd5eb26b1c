from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.forms import Form, tell_form


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
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), Form.WARC),
        (b"PAR1\x15\x04", Form.PARQUET),
        (b"%PDF-1.7\n", Form.PDF),
        (b"", Form.TEXT),
    ],
    ids=lambda value: value.name if isinstance(value, Form) else None,
)
def test_form_is_told_by_content(head: bytes, form: Form):
    assert tell_form(head) is form


def test_a_mapped_column_makes_a_table():
    assert tell_form(b"nr;bericht\n1;It rained.\n", {"text": "bericht"}) is Form.TABLE


@given(st.binary(max_size=300))
def test_any_bytes_have_a_form(head: bytes):
    assert isinstance(tell_form(head), Form)
