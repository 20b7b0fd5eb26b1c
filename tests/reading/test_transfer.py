"""What is packed for sending, and the way back to where each byte of it was sent."""

from __future__ import annotations

import base64
import json
import quopri
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.transfer import BASE64, JSON, PLAIN, QUOTED, encoded_words, tell_transfer, unpack


@given(st.binary(max_size=300), st.sampled_from([PLAIN, QUOTED, BASE64]))
def test_bytes_come_out_as_they_were_packed(data: bytes, transfer: str):
    sent = {PLAIN: bytes, QUOTED: quopri.encodestring, BASE64: base64.encodebytes}[transfer](data)

    assert unpack(sent, transfer).data == data
    if data:
        assert tell_transfer(sent, data) is not None


@given(st.binary(max_size=200) | st.text("=A3\r\n ", max_size=60).map(str.encode))
def test_anything_is_unpacked_as_the_library_does(sent: bytes):
    assert unpack(sent, QUOTED).data == quopri.decodestring(sent)


@given(st.binary(max_size=200), st.sampled_from([PLAIN, QUOTED, BASE64]))
def test_places_ascend_and_lie_in_what_was_sent(sent: bytes, transfer: str):
    found = unpack(sent, transfer)
    begins, ends = found.begins.tolist(), found.ends.tolist()

    assert len(begins) == len(ends) == len(found.data)
    assert all(0 <= a < b <= len(sent) for a, b in zip(begins, ends, strict=True))
    assert all(a < b for a, b in [*pairwise(begins), *pairwise(ends)])


@given(st.binary(min_size=1, max_size=120), st.data())
def test_each_stretch_can_be_unpacked_where_it_was_sent(data: bytes, draw: st.DataObject):
    sent = quopri.encodestring(data)
    found = unpack(sent, QUOTED)
    first = draw.draw(st.integers(0, len(data) - 1))
    last = draw.draw(st.integers(first, len(data) - 1))

    assert quopri.decodestring(sent[found.begins[first] : found.ends[last]]) == data[first : last + 1]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"=?utf-8?q?Caf=C3=A9_shut?=", [(0, 26, "Café shut".encode(), "utf-8")]),
        (b"a =?iso-8859-1?B?Q2Fm6Q==?= b", [(2, 27, b"Caf\xe9", "iso-8859-1")]),
        (b"=?a?q?x?=\n =?a?q?y?=", [(0, 11, b"x", "a"), (11, 20, b"y", "a")]),
        (b"=?a?b?!?= =?a?x?y?= =?", []),
    ],
    ids=["quoted", "base64", "two", "broken"],
)
def test_encoded_words_are_found_in_a_header(sent: bytes, words: list[tuple[int, int, bytes, str]]):
    assert encoded_words(sent) == words


@given(st.binary(max_size=80) | st.text("=?qb-8 ", max_size=40).map(str.encode))
def test_encoded_words_lie_in_the_header_one_behind_the_other(sent: bytes):
    found = encoded_words(sent)

    assert all(0 <= start < end <= len(sent) for start, end, _, _ in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@given(st.text(max_size=60), st.booleans())
def test_strings_of_json_come_out_and_each_byte_leads_to_its_escape(text: str, escaped: bool):
    sent = json.dumps(text, ensure_ascii=escaped)[1:-1].encode()
    found = unpack(sent, JSON)

    assert found.data.decode() == text
    at = 0
    for character in text:
        written = json.dumps(character, ensure_ascii=escaped)[1:-1].encode()
        size = len(character.encode())
        assert sent[found.begins[at] : found.ends[at + size - 1]] == written
        at += size


@given(st.binary(max_size=80) | st.text('\\\\ud8c9n"/é', max_size=60).map(str.encode))
def test_broken_strings_of_json_do_no_harm(sent: bytes):
    found = unpack(sent, JSON)

    assert len(found.begins) == len(found.ends) == len(found.data)
    assert all(0 <= a < b <= len(sent) for a, b in zip(found.begins, found.ends, strict=True))
