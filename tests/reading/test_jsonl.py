"""JSON lines -> articles: a bad line never stops the good ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.jsonl import read_jsonl

TEXT = "The mayor shut the harbour.\r\n\r\nread more\n"


def read(*lines: bytes, as_is: bool = False) -> list[Article | UnreadableReportError]:
    return list(read_jsonl(lines, "in.jsonl", as_is=as_is))


def read_one(line: bytes, *, as_is: bool = False) -> Article:
    (article,) = read(line, as_is=as_is)
    assert isinstance(article, Article)
    return article


def test_line_gives_an_article_with_what_it_says():
    row = {"id": "a1", "text": "It rained.", "title": "Rain", "published": "2021-05-02", "url": "http://e.example/", "outlet": "Echo", "more": [1]}  # fmt: skip
    article = read_one(json.dumps(row).encode())

    assert (article.id, article.title, article.published, article.url, article.outlet) == (
        "a1",
        "Rain",
        "2021-05-02",
        "http://e.example/",
        "Echo",
    )


def test_as_is_text_is_untouched():
    assert read_one(json.dumps({"text": TEXT}).encode(), as_is=True).text == TEXT


def test_other_text_is_cleaned():
    assert read_one(json.dumps({"text": TEXT}).encode()).text == "The mayor shut the harbour."


@pytest.mark.parametrize(("given_id", "expected"), [(7, "7"), ("x", "x"), ("", ""), (0, "0")])
@pytest.mark.parametrize("as_is", [True, False])
def test_id_is_kept(given_id: object, expected: str, as_is: bool):
    assert read_one(json.dumps({"id": given_id, "text": "It rained."}).encode(), as_is=as_is).id == expected


def test_line_without_id_gets_one_from_its_text():
    assert read_one(b'{"text": "It rained."}').id.startswith("r-")


def test_byte_order_mark_before_the_first_line_is_passed_over():
    assert read_one(b'\xef\xbb\xbf{"text": "It rained."}').text == "It rained."


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'{"text": "It rai', id="truncated"),
        pytest.param(b"It rained.", id="no JSON"),
        pytest.param(b'["text"]', id="a list"),
        pytest.param(b'{"id": "a1"}', id="no text"),
        pytest.param(b'{"text": null}', id="null text"),
        pytest.param(b'{"text": 5}', id="a number for a text"),
        pytest.param(b'{"text": "\xff"}', id="not UTF-8"),
        pytest.param(b'{"text": "x", "more": ' + b"[" * 100_000, id="deep nesting"),
        pytest.param(b'{"text": "\\ud800"}', id="half a character"),
        pytest.param(b'{"text": ""}', id="empty text"),
        pytest.param(b'{"text": "... 12"}', id="no words"),
        pytest.param(json.dumps({"text": "The mayor said. " * 200_000}).encode(), id="far too long"),
    ],
)
def test_bad_line_is_named_and_the_next_is_read(line: bytes):
    error, article = read(line, b'{"text": "It rained."}')

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("in.jsonl, line 1: ")
    assert "\n" not in str(error)
    assert isinstance(article, Article)


def test_blank_lines_count_but_give_nothing():
    (error,) = read(b"\n", b"  \r\n", b"bad\n")

    assert "in.jsonl, line 3" in str(error)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6), st.booleans())
def test_any_lines_give_articles_or_errors(lines: list[bytes], as_is: bool):
    assert len(read(*lines, as_is=as_is)) <= len(lines)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_text_as_is_comes_back(text: str):
    article = read(json.dumps({"text": text}).encode(), as_is=True)[0]
    assert isinstance(article, Article)
    assert article.text == text
