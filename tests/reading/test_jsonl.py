"""JSON -> articles: lines, arrays, single objects; a bad one never stops the good ones."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import jsonl
from onrecord.reading.json_array import split_values
from onrecord.reading.jsonl import read_jsonl
from onrecord.reading.options import Read, ReadOptions

TEXT = "The mayor shut the harbour.\r\n\r\nread more\n"
GOOD = b'{"text": "It rained."}'


def read_bytes(data: bytes, **options: object) -> list[Read]:
    return list(read_jsonl(io.BytesIO(data), "in.jsonl", ReadOptions(**options)))  # type: ignore[arg-type]


def read(*lines: bytes, as_is: bool = False) -> list[Read]:
    return read_bytes(b"\n".join(lines), as_is=as_is)


def read_one(line: bytes, *, as_is: bool = False) -> Article:
    (article,) = read(line, as_is=as_is)
    assert isinstance(article, Article)
    return article


def texts(reads: list[Read]) -> list[str]:
    return [r.text if isinstance(r, Article) else f"error: {r}" for r in reads]


# Lines


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
    assert read_one(GOOD).id.startswith("r-")


def test_byte_order_mark_before_the_first_line_is_passed_over():
    assert read_one(b"\xef\xbb\xbf" + GOOD).text == "It rained."


def test_map_names_the_columns():
    (article,) = read_bytes(b'{"story": "It rained.", "when": "7 Jan 2022"}', columns={"text": "story", "published": "when"})  # fmt: skip

    assert isinstance(article, Article)
    assert (article.text, article.published) == ("It rained.", "2022-01-07")


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
        pytest.param(b'{"id": ' + b"9" * 5_000 + b', "text": "It rained."}', id="endless number"),
        pytest.param(json.dumps({"text": "The mayor said. " * 200_000}).encode(), id="far too long"),
    ],
)
def test_bad_line_is_named_and_the_next_is_read(line: bytes):
    error, article = read(line, GOOD)

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("in.jsonl, line 1: ")
    assert "\n" not in str(error)
    assert isinstance(article, Article)
    assert article.origin == "in.jsonl, line 2"


def test_blank_lines_count_but_give_nothing():
    (error,) = read(b"", b"  \r", b"bad")

    assert "in.jsonl, line 3" in str(error)


def test_line_beyond_the_limit_is_named_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jsonl, "MAX_ROW_BYTES", 50)
    error, article = read(b'{"text": "' + b"a" * 1_000 + b'"}', GOOD)

    assert "line 1: longer than" in str(error)
    assert isinstance(article, Article)


def test_line_with_a_million_fields_is_named():
    (error,) = read(b'{"text": "It rained.", ' + b'"":0,' * 1_000_001 + b'"a": 1}')

    assert "fields" in str(error)


def test_large_values_that_are_not_used_cost_nothing():
    line = (
        b'{"text": "It rained.", "authors": ['
        + b"[]," * 3_000_000
        + b'1], "more": ['
        + b"[]," * 3_000_000
        + b"1]}"
    )
    begun = time.perf_counter()

    assert texts(read(line)) == ["It rained."]
    assert time.perf_counter() - begun < 3


def test_wide_encoding_is_named():
    (error,) = read_bytes('{"text": "It rained."}'.encode("utf-16"))

    assert "JSON is UTF-8" in str(error)


def test_empty_file_gives_nothing():
    assert read_bytes(b"") == []


# Arrays and printed objects

ROWS = [{"id": 1, "text": "It rained, [then] it {poured}."}, {"id": 2, "text": 'She said: "\\No\\", '}]


@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_array_gives_its_objects(indent: object, mark: bytes):
    reads = read_bytes(mark + json.dumps(ROWS, indent=indent).encode(), as_is=True)  # type: ignore[arg-type]

    assert texts(reads) == [row["text"] for row in ROWS]
    assert [r.origin for r in reads if isinstance(r, Article)] == ["in.jsonl, record 1", "in.jsonl, record 2"]


@pytest.mark.parametrize("indent", [1, 4, "\t"])
def test_object_printed_over_several_lines_is_one_report(indent: object):
    assert texts(read_bytes(json.dumps(ROWS[0], indent=indent).encode())) == [ROWS[0]["text"]]  # type: ignore[arg-type]


def test_printed_objects_may_follow_each_other():
    data = "\n".join(json.dumps(row, indent=2) for row in ROWS).encode()

    assert texts(read_bytes(data, as_is=True)) == [row["text"] for row in ROWS]


@pytest.mark.parametrize("bad", [b"5", b"null", b'{"id": 1}', b'{"text" "x"}', b"[{}]", b'{"text": tru}'])
def test_bad_element_is_named_and_the_next_is_read(bad: bytes):
    first, error, last = read_bytes(b"[" + b", ".join((GOOD, bad, GOOD)) + b"]")

    assert isinstance(first, Article)
    assert str(error).startswith("in.jsonl, record 2: ")
    assert isinstance(last, Article)


@pytest.mark.parametrize("cut", [1, 2, 5, 40])
def test_array_that_breaks_off_is_named(cut: int):
    data = json.dumps(ROWS).encode()
    reads = read_bytes(data[:-cut], as_is=True)

    assert isinstance(reads[0], Article)
    assert [str(r).split(":")[0] for r in reads if isinstance(r, UnreadableReportError)] == [
        "in.jsonl, record 3" if cut == 1 else "in.jsonl, record 2"
    ]


def test_printed_object_that_is_not_utf8_is_named():
    (error,) = read_bytes(b'{\xf4\n"text": "It rained."}')

    assert str(error).startswith("in.jsonl, record 1: ")


def test_element_beyond_the_limit_is_passed_over():
    found = list(split_values(io.BytesIO(b'[1, "' + b"a" * 90 + b'",\n 2]'), 50))

    assert found == [(b"1", 1, 1), (None, 4, 1), (b"2", 99, 2)]


def test_split_holds_across_chunks(monkeypatch: pytest.MonkeyPatch):
    data = json.dumps(ROWS).encode()
    monkeypatch.setattr("onrecord.reading.json_array._CHUNK_BYTES", 1)

    assert [json.loads(value.data or b"") for value in split_values(io.BytesIO(data), 1_000)] == ROWS


def test_long_array_takes_time_in_proportion():
    data = b"[" + b", ".join([b'{"text": "\\n\\n5"}'] * 30_000) + b"]"
    begun = time.perf_counter()

    assert len(list(split_values(io.BytesIO(data), 1_000))) == 30_000
    assert time.perf_counter() - begun < 3


# Any bytes

JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.integers(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["text", "id", "date", "x"]), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6), st.booleans())
def test_any_lines_give_articles_or_errors(lines: list[bytes], as_is: bool):
    data = b"\n".join(lines)
    assert texts(read_bytes(data, as_is=as_is)) == texts(read_bytes(data, as_is=as_is))


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_text_as_is_comes_back(text: str):
    article = read(json.dumps({"text": text}).encode(), as_is=True)[0]
    assert isinstance(article, Article)
    assert article.text == text


@settings(max_examples=100, deadline=None)
@given(st.lists(JSON_VALUES, max_size=4), st.sampled_from([None, 0, 2]))
def test_each_element_of_an_array_is_split_off(values: list[object], indent: int | None):
    data = json.dumps(values, indent=indent).encode()
    assert [json.loads(value.data or b"") for value in split_values(io.BytesIO(data), 10_000)] == values


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 200), st.integers(0, 255), st.booleans())
def test_any_byte_of_an_array_may_be_wrong(at: int, byte: int, cut: bool):
    data = bytearray(json.dumps(ROWS if at % 2 else ROWS[0], indent=1).encode())
    data[at % len(data)] = byte
    assert read_bytes(bytes(data[: at if cut else None]), as_is=True) is not None


@pytest.mark.parametrize("form", ["{0}\nnot json\n{1}\n", "[{0},\n{1}]"], ids=["lines", "array"])
def test_days_in_numbers_are_read_in_the_order_of_the_file(form: str):
    rows = [json.dumps({"text": "It rained.", "date": day}) for day in ("01/07/2022", "13/01/2022")]
    reads = read_bytes(form.format(*rows).encode())

    assert [r.published for r in reads if isinstance(r, Article)] == ["2022-07-01", "2022-01-13"]
