"""CSV and Parquet -> articles, whatever the delimiter, the encoding and the damage."""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading import parquet, table
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.parquet import read_parquet
from onrecord.reading.table import looks_like_table, read_csv
from onrecord.reading.text_stream import tell_encoding

QUOTED = "“We will pay,” the mayor of Velm said; the city’s plan costs €5 million."
TWO_LINES = 'It rained.\nThe mayor said: "The harbour, and the bridge, are shut."'


def read(data: bytes | str, **options: Any) -> list[Read]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_csv(io.BytesIO(data), "in.csv", ReadOptions(**options)))


def texts(reads: list[Read]) -> list[str]:
    return [r.text if isinstance(r, Article) else f"error: {r}" for r in reads]


def write(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


# CSV


def test_table_without_the_columns_of_the_map_is_told_to_be_a_table():
    head = 'title,kicker,day\nRain,It rained.,2022-01-07\nSnow,"It snowed, they said\n and more.",\n'

    assert not looks_like_table(head)
    assert looks_like_table(head, {"text": "story"})


@pytest.mark.parametrize(
    "head",
    [
        "Body, found in lake, identified\n\nThe body, which was found on Monday, is known.\n",
        "Harbour shut\nIt rained, they said.\n",
        "Rain,snow\nIt rained.\nIt snowed.\n",
        "Rain,snow\n",
    ],
)
def test_text_is_no_table_because_a_map_is_given(head: str):
    assert not looks_like_table(head, {"text": "story"})


@pytest.mark.parametrize(
    ("last", "first"), [("13/01/2022", "2022-07-01"), ("01/13/2022", "2022-01-07"), ("02/03/2022", None)]
)
def test_days_in_numbers_are_read_in_the_order_of_the_file(
    last: str, first: str | None, caplog: pytest.LogCaptureFixture
):
    reads = read(f"text,date\nIt rained.,01/07/2022\nbroken\nIt snowed.,{last}\n")

    assert isinstance(reads[0], Article)
    assert reads[0].published == first
    assert ("in.csv: 2 days" in caplog.text) == (first is None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_delimiter_is_told_from_the_header(delimiter: str, end: str):
    data = write([["id", "Body", "date"], ["7", TWO_LINES, "2022-01-07"], ["8", QUOTED, ""]], delimiter, end)
    first, second = read(data, as_is=True)

    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, first.text, first.published) == ("7", TWO_LINES, "2022-01-07")
    assert (second.id, second.text, second.published) == ("8", QUOTED, None)


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_any_encoding_is_read(codec: str):
    assert texts(read(write([["id", "text"], ["1", QUOTED]]).encode(codec), as_is=True)) == [QUOTED]


def test_encoding_is_told_far_into_the_file():
    rows = [["id", "text"], *([str(n), "It rained in Velm."] for n in range(20_000)), ["x", QUOTED]]

    assert tell_encoding(io.BytesIO(write(rows).encode("cp1252")), "in.csv") == "cp1252"


def test_bad_bytes_among_good_ones_do_not_change_the_encoding():
    data = write([["id", "text"], *[["1", QUOTED]] * 9_000]).encode() + b"2,It rained\xff.\r\n"

    assert texts(read(data, as_is=True))[-2:] == [QUOTED, "It rained\ufffd."]


def test_excels_line_about_the_delimiter_is_taken():
    assert texts(read("sep=;\nid;text\n1;It rained.\n")) == ["It rained."]


def test_blanks_behind_the_delimiters_are_passed_over():
    assert texts(read('id, text\n1, "It rained, and rained."\n')) == ["It rained, and rained."]


def test_blank_lines_and_empty_rows_give_nothing():
    assert texts(read("\n\nid,text\n\n,\n1,It rained.\n\n")) == ["It rained."]


def test_row_knows_its_line():
    assert [
        r.origin for r in read('text,x\n"a\nb",1\nIt rained.,2\n', as_is=True) if isinstance(r, Article)
    ] == [
        "in.csv, line 2",
        "in.csv, line 4",
    ]


def test_mapped_columns_are_used():
    (article,) = read("story;when\nIt rained.;7 Jan 2022\n", columns={"text": "story", "published": "when"})

    assert isinstance(article, Article)
    assert (article.text, article.published) == ("It rained.", "2022-01-07")


def test_first_of_columns_with_the_same_name_counts():
    assert texts(read("text,text\nIt rained.,No.\n")) == ["It rained."]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("1,Velm, the town,2022", id="too many fields"),
        pytest.param("1", id="too few fields"),
        pytest.param('1,"no "end" here",2022', id="single quotation mark in a field"),
        pytest.param("1,,2022", id="no text"),
        pytest.param("1,...,2022", id="no words"),
    ],
)
def test_bad_row_is_named_and_the_next_is_read(row: str):
    error, article = read(f"id,text,date\n{row}\n2,It rained.,2021\n")

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("in.csv, line 2: ")
    assert "\n" not in str(error)
    assert isinstance(article, Article)


def test_quotation_mark_that_is_never_closed_is_named_with_its_lines():
    (error,) = read('id,text\n1,"It rained.\n2,It rained.\n3,It rained.\n')

    assert "line 2: no row to line 4" in str(error)


def test_reading_goes_on_where_a_lost_quotation_mark_shows():
    reads = read('id,text\n1,"It rained.\n2,"The mayor spoke."\n3,The bridge is open.\n')

    assert texts(reads)[-1] == "The bridge is open."
    assert isinstance(reads[0], UnreadableReportError)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('1,"' + "a" * 3_000 + '"', id="one line"),
        pytest.param('1,"' + "a\n" * 1_500 + '"', id="many lines"),
        pytest.param('1,"' + '\n","' * 600 + '"', id="many fields over many lines"),
    ],
)
def test_row_beyond_the_limit_is_named(row: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MAX_ROW_BYTES", 1_000)
    reads = read(f"id,text\n{row}\n2,The bridge is open.\n")

    assert str(reads[0]).startswith("in.csv, line 2: more than")


def test_line_beyond_the_limit_does_not_hide_the_next(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "MAX_ROW_BYTES", 1_000)
    reads = read(f"id,text\n1,{'a' * 9_000}\n2,The bridge is open.\n")

    assert str(reads[0]).startswith("in.csv, line 2: more than")
    assert texts(reads)[1:] == ["The bridge is open."]


def test_field_as_long_as_a_page_is_read():
    page = "The mayor of Velm shut the harbour on Monday. " * 5_000

    assert texts(read(write([["id", "text"], ["1", page]]), as_is=True)) == [page]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b"\n" * 300_000, "empty", id="blank lines"),
        pytest.param(b"a,b\n1,2\n", "no column of text", id="no text column"),
        pytest.param(b"id,text\n\n,\n", "no rows", id="header alone"),
        pytest.param(b"\x00\x01\x02\x03" * 900, "binary", id="binary"),
        pytest.param(b"a," * 60_000 + b"\n1\n", "no column of text", id="long header"),
    ],
)
def test_file_that_is_no_table_is_named(data: bytes, says: str):
    (error,) = read(data)

    assert isinstance(error, UnreadableReportError)
    assert str(error).startswith("in.csv: ")
    assert says in str(error)
    assert len(str(error)) < 800


def test_missing_mapped_column_is_named_once():
    (error,) = read("id,text\n1,It rained.\n2,It rained.\n", columns={"title": "kicker"})

    assert "no column 'kicker'" in str(error)


def test_stream_is_left_open():
    stream = io.BytesIO(b"id,text\n1,It rained.\n")
    list(read_csv(stream, "in.csv", ReadOptions()))

    assert not stream.closed


def test_file_in_a_temporary_place_is_read():
    with tempfile.SpooledTemporaryFile() as stream:
        stream.write(b"id,text\n1,It rained.\n")
        stream.seek(0)
        assert texts(list(read_csv(stream, "in.csv", ReadOptions()))) == ["It rained."]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=30), min_size=1, max_size=5), st.sampled_from(",;\t|"))  # fmt: skip
def test_written_texts_come_back(cells: list[str], delimiter: str):
    data = write([["id", "text"], *(["1", f"a {cell}"] for cell in cells)], delimiter)
    try:
        tell_encoding(io.BytesIO(data.encode()), "in.csv")
    except UnreadableReportError:
        return  # more control characters than text
    assert texts(read(data, as_is=True)) == [f"a {cell}" for cell in cells]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text('idtextbody,;"\n\r\t| \x00é=', max_size=80).map(str.encode))
)
def test_any_bytes_give_articles_or_errors(data: bytes):
    first, second = texts(read(data)), texts(read(data))

    assert first == second
    assert first


# What looks like a table


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("id,text\n1,a\n", id="comma"),
        pytest.param("\ufeffid;Text\n1;a\n", id="byte order mark"),
        pytest.param('"id"\t"full_text"\n', id="quoted"),
        pytest.param(",text,label\n0,a,b\n", id="unnamed index"),
        pytest.param("id, body, date\n1, a, b\n", id="blanks between known names"),
        pytest.param("sep=;\nid;body\n", id="Excel's line"),
        pytest.param("\n\nid|article|Date of print\n", id="blank lines before"),
    ],
)
def test_table_is_known_by_its_header(head: str):
    assert looks_like_table(head)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Body, found in lake, is identified\n\nThe police said so.", id="headline"),
        pytest.param(
            "Body,found in the lake on Monday,is identified\n\nThe police said so.", id="careless headline"
        ),
        pytest.param("text\nIt rained.\n", id="one column"),
        pytest.param("id,text", id="header alone"),
        pytest.param("id,label\n1,2\n", id="no text column"),
        pytest.param("text,\n", id="unnamed column"),
        pytest.param("", id="nothing"),
        pytest.param("The content; the body: all of it\n", id="sentence"),
        pytest.param("a," * 100_000 + "text\n", id="endless line"),
    ],
)
def test_other_text_is_no_table(head: str):
    assert not looks_like_table(head)


def test_mapped_column_makes_a_table():
    head = "id,Story Text\n1,a\n"

    assert not looks_like_table(head)
    assert looks_like_table(head, {"text": "story text"})


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_table_or_not(head: str):
    assert looks_like_table(head) in (True, False)


# Parquet


@pytest.fixture
def make() -> Callable[..., bytes]:
    """A function that writes columns as Parquet."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")

    def write_parquet(columns: dict[str, Any], **options: Any) -> bytes:
        out = io.BytesIO()
        pq.write_table(pa.table(columns), out, **options)
        return out.getvalue()

    return write_parquet


def read_rows(data: bytes | IO[bytes], **options: Any) -> list[Read]:
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    return list(read_parquet(stream, "in.parquet", ReadOptions(**options)))


def test_parquet_gives_its_rows(make: Callable[..., bytes], tmp_path: Path):
    pa = pytest.importorskip("pyarrow")
    day = datetime(2022, 1, 7, 9, 30, tzinfo=UTC)
    data = make(
        {
            "id": [7, 8, 9],
            "maintext": ["It rained.", None, "The bridge is open."],
            "date_publish": pa.array([day] * 3, pa.timestamp("ns", "UTC")),
            "authors": [["Ana Reyes"], [], None],
            "unused": [b"x"] * 3,
        },
        row_group_size=2,
    )
    file = tmp_path / "in.parquet"
    file.write_bytes(data)
    with open(file, "rb") as stream:
        reads = read_rows(stream)
        assert not stream.closed
    first, second, third = reads

    assert isinstance(first, Article)
    assert (first.id, first.text, first.published, first.frame.byline, first.origin) == (
        "7",
        "It rained.",
        "2022-01-07T09:30:00+00:00",
        ("Ana Reyes",),
        "in.parquet, record 1",
    )
    assert (
        str(second)
        == "in.parquet, record 2: the text is empty (column 'maintext'). Give the text of a report."
    )
    assert isinstance(third, Article)
    assert third.origin == "in.parquet, record 3"
    assert texts(reads) == texts(read_rows(data))


def test_parquet_days_in_numbers_are_read_in_the_order_of_the_file(make: Callable[..., bytes]):
    pa = pytest.importorskip("pyarrow")
    days = ["01/07/2022", None, "13/01/2022"]
    for column in (pa.array(days), pa.array(days).dictionary_encode()):
        reads = read_rows(make({"text": ["It rained."] * 3, "date": column}, row_group_size=2))

        assert [r.published for r in reads if isinstance(r, Article)] == ["2022-07-01", None, "2022-01-13"]


def test_parquet_columns_are_mapped(make: Callable[..., bytes]):
    reads = read_rows(make({"Story": ["It rained."], "text": ["No."]}), columns={"text": "story"})

    assert texts(reads) == ["It rained."]


def test_parquet_text_that_is_not_utf8_is_decoded(make: Callable[..., bytes]):
    pa = pytest.importorskip("pyarrow")
    data = make({"content": pa.array([QUOTED.encode("cp1252")], pa.binary())})

    assert texts(read_rows(data)) == [QUOTED]


def test_parquet_without_text_is_named(make: Callable[..., bytes]):
    (error,) = read_rows(make({"a": [1], "b": [2]}))

    assert "no column of text (columns: 'a', 'b')" in str(error)


def test_parquet_without_rows_is_named(make: Callable[..., bytes]):
    (error,) = read_rows(make({"text": []}))

    assert "no rows" in str(error)


def test_missing_pyarrow_is_named_with_the_mend(
    make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    data = make({"text": ["It rained."]})
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (error,) = read_rows(data)

    assert "pip install 'onrecord[parquet]'" in str(error)


def test_parquet_bomb_is_stopped(make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "_MIN_UNPACKED_LIMIT", 1_000_000)
    reads = read_rows(make({"text": ["It rained in Velm. " * 1_000] * 2_000}, compression="zstd"), as_is=True)

    assert "unpacks to more than" in str(reads[-1])
    assert 1 < len(reads) < 100


def test_parquet_of_empty_rows_is_stopped(make: Callable[..., bytes]):
    (error,) = read_rows(make({"text": [None] * 3_000_000}))

    assert "cannot all hold reports" in str(error)


def test_parquet_that_takes_too_much_memory_is_named(
    make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("resource")
    monkeypatch.setattr(parquet, "_MEMORY_BYTES", 50_000_000)
    (error,) = read_rows(make({"text": ["It rained."]}))

    assert "in.parquet" in str(error)


def test_reading_may_stop_early(make: Callable[..., bytes]):
    begun = time.perf_counter()
    rows = read_parquet(io.BytesIO(make({"text": ["It rained."] * 9_000})), "in.parquet", ReadOptions())
    next(iter(rows))
    rows.close()  # type: ignore[attr-defined]

    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="last byte lost"),
        pytest.param(lambda data: data[: len(data) // 2], id="half"),
        pytest.param(lambda data: data[:4], id="beginning alone"),
        pytest.param(lambda data: data[:4] + bytes(len(data) - 12) + data[-8:], id="zeros inside"),
        pytest.param(lambda data: data[:4] + b"\xff" * 60 + data[64:], id="first page overwritten"),
    ],
)
def test_damaged_parquet_is_named(damage: Callable[[bytes], bytes], make: Callable[..., bytes]):
    reads = read_rows(damage(make({"text": ["It rained."] * 50, "id": list(range(50))})))

    assert reads
    assert all(str(r).startswith("in.parquet") for r in reads if isinstance(r, UnreadableReportError))
    assert any(isinstance(r, UnreadableReportError) for r in reads)


def test_damage_that_ends_pyarrow_is_named(
    make: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    data = make({"text": ["It rained."]})
    (tmp_path / "pyarrow.py").write_text("import os; os.abort()")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (error,) = read_rows(data)

    assert "ended in a crash" in str(error)


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_any_byte_of_a_parquet_file_may_be_wrong(data: st.DataObject):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["It rained.", "The bridge is open."] * 9}), out)
    whole = bytearray(out.getvalue())
    for at in data.draw(st.lists(st.integers(4, len(whole) - 1), min_size=1, max_size=3)):
        whole[at] = data.draw(st.integers(0, 255))

    assert read_rows(bytes(whole), as_is=True)
