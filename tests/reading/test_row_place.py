"""From the words of a row's report back to the row, and to the bytes of its cells in the file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.jsonl import read_jsonl
from onrecord.reading.options import ReadOptions
from onrecord.reading.parquet import read_parquet
from onrecord.reading.source_map import locate, map_to_source
from onrecord.reading.table import read_csv

TEXT = (
    "The bridge is shut.\n\n“It won’t open \U0001f30a before the café does,” said Ana Reyes of Orvik.\n\n"
    'She called it "a disgrace" and left.'
)


def read(data: bytes, **options: object) -> list[Article]:
    is_json = data.startswith(b"no JSON") or data.lstrip(b"\xef\xbb\xbf \n").startswith((b"{", b"["))
    reader = read_jsonl if is_json else read_csv
    return [a for a in reader(io.BytesIO(data), "in", ReadOptions(**options)) if isinstance(a, Article)]  # type: ignore[arg-type]


def place_of(article: Article) -> tuple[int, int | None, str]:
    """Number, line and column of an article's row."""
    assert article.row
    assert article.row.file == "in"
    return article.row.number, article.row.line, article.row.column


def bytes_of(article: Article, data: bytes, words: str) -> bytes:
    """The bytes of a file in which some words of an article stand; they are those that the article has kept."""
    assert article.original
    runs = map_to_source(article.text, article.original)
    start = article.text.index(words)
    found = locate(runs, article.text, article.original, start, start + len(words))
    assert found
    ahead = article.original.start
    assert article.original.data[found[0] - ahead : found[1] - ahead] == data[slice(*found)]
    return data[slice(*found)]


def table(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


# JSON


@pytest.mark.parametrize("as_is", [False, True])
@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_words_lead_through_the_escapes_of_json(as_is: bool, escaped: bool, mark: bytes):
    rows = [{"text": "It rained."}, {"id": "2", "note": TEXT, "text": TEXT}]
    data = mark + b"\n\n".join(json.dumps(row, ensure_ascii=escaped).encode() for row in rows) + b"\n"
    article = read(data, as_is=as_is)[1]

    assert place_of(article) == (2, 3, "text")
    words = "won’t open \U0001f30a before the café does"
    assert bytes_of(article, data, words) == json.dumps(words, ensure_ascii=escaped).strip('"').encode()
    assert bytes_of(article, data, 'called it "a disgrace" and') == rb"called it \"a disgrace\" and"
    assert bytes_of(article, data, "Reyes of Orvik.\n\nShe") == rb"Reyes of Orvik.\n\nShe"


def test_the_last_of_two_equal_strings_is_that_of_the_text():
    data = b'{"kicker" : "It rained." , "t\\u0065xt" :  "It rained." }'
    (article,) = read(data)

    assert article.row
    assert article.row.cell == (at := data.rindex(b"It rained"), at + len(b"It rained."))
    assert bytes_of(article, data, "It rained") == b"It rained"


@pytest.mark.parametrize("indent", [None, 1])
def test_elements_of_an_array_have_their_lines(indent: int | None):
    rows = [{"text": "It rained."}, {"authors": ["A", {"name": '"]'}], "text": "The sun shone."}]
    data = json.dumps(rows, indent=indent).encode()
    article = read(data)[1]

    assert place_of(article) == (2, 5 if indent else 1, "text")
    assert bytes_of(article, data, "sun shone") == b"sun shone"


def test_places_hold_behind_rows_that_cannot_be_read():
    data = b'no JSON\n{"text": 3}\n\n{"text": "' + b"a" * 20_000_001 + b'"}\n{"text": "It rained."}\n'
    (article,) = read(data)

    assert place_of(article) == (4, 5, "text")
    assert bytes_of(article, data, "It rained") == b"It rained"


def test_the_headline_put_above_the_text_is_led_back_too():
    data = (
        b'{"body": "It rained in Orvik all day, they said.", "x": 1, "headline": "Rain falls on caf\\u00e9s"}'
    )
    (article,) = read(data)

    assert article.text.startswith("Rain falls")
    assert bytes_of(article, data, "falls on cafés") == rb"falls on caf\u00e9s"
    assert bytes_of(article, data, "rained in Orvik") == b"rained in Orvik"
    assert article.original
    assert [(p.transfer, p.is_markup) for p in article.original.pieces] == [("json", False)] * 2


def test_a_page_in_a_row_is_led_back_through_its_markup():
    page = f'<html><body><article><h1 class="t">Rain</h1><p>{"The caf&eacute; in Orvik was <b>shut</b> on Monday by rain. " * 6}</p></article></body></html>'
    for data in (json.dumps({"text": page}).encode(), table([["id", "text"], ["7", page]]).encode()):
        (article,) = read(data)
        assert bytes_of(article, data, "café in Orvik was shut") == b"caf&eacute; in Orvik was <b>shut"


def test_where_a_key_stands_twice_the_row_alone_is_named():
    (article,) = read(b'{"text": "It rained on the harbour.", "text": "The sun shone."}')

    assert article.text == "The sun shone."
    assert place_of(article) == (1, 1, "text")
    assert article.original is None


def test_words_that_were_put_right_are_not_led_back():
    data = json.dumps({"text": "The cafÃ© of JosÃ© in Orvik is shut."}, ensure_ascii=False).encode()
    (article,) = read(data)

    assert "café" in article.text
    assert bytes_of(article, data, "in Orvik is shut") == b"in Orvik is shut"


# CSV


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_words_lead_through_quotation_marks_in_every_encoding(codec: str, delimiter: str, end: str):
    text = (TEXT if codec != "cp1252" else TEXT.replace("\U0001f30a", "—")).replace("\n", end)
    rows = [["id", "Body", "url"], ["1", "It rained.", ""], ["2", text, "http://e.example/"]]
    data = table(rows, delimiter, end).encode(codec)
    article = read(data)[1]

    assert place_of(article) == (2, 3, "Body")
    assert article.original
    exact = article.original.codec
    assert bytes_of(article, data, "before the café does").decode(exact) == "before the café does"
    words = 'called it "a disgrace" and left'
    assert bytes_of(article, data, words).decode(exact) == words.replace('"', '""')


def test_places_hold_behind_rows_of_csv_that_cannot_be_read():
    data = b'id,text\n\n1,"It ""rained"", they\nsaid."\n,\n2,"a"b\n3,x,y\n4,"The sun, at last,\nshone."\n'
    article = read(data)[-1]

    # Two of them cannot be read; the blank line and the row of nothing are not counted.
    assert place_of(article) == (4, 8, "text")
    assert bytes_of(article, data, "at last") == b"at last"


def test_blanks_behind_delimiters_are_not_of_the_cell():
    data = b'id, text, url\n1, "It ""rained"" in Orvik.", \n2, The sun shone., \n'
    rained, shone = read(data)

    assert bytes_of(rained, data, 'It "rained" in') == b'It ""rained"" in'
    assert bytes_of(shone, data, "The sun shone") == b"The sun shone"
    assert shone.original
    assert shone.original.pieces[0].transfer == "8bit"


def test_broken_bytes_move_nothing():
    told = b"The mayor of Orvik said that the bridge was shut and that nobody would cross it. " * 3
    rows = [b"id,text", b"1,It rained \x81 in caf\xe9s. " + told, b"2,The sun \x93shone\x94. " + told]
    data = b"\n".join(rows) + b"\n"
    rained, shone = read(data)

    assert rained.text.startswith("It rained \ufffd in cafés.")
    assert bytes_of(rained, data, "in cafés") == b"in caf\xe9s"
    assert bytes_of(shone, data, "sun “shone") == b"sun \x93shone"


cells = st.text(st.sampled_from("ab \u00e9\u2019\U0001f30a,;\"'\n\r\t|x=") | st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=4), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-16", "utf-32-be"]))  # fmt: skip
def test_the_bytes_of_a_cell_are_the_cell(rows: list[tuple[str, str]], delimiter: str, codec: str):
    data = table([["id", "text"], *([f"n{a}", b] for a, b in rows)], delimiter).encode(codec)
    for article in read(data, as_is=True):
        if not article.text.strip():
            continue
        assert article.original
        (piece,) = article.original.pieces
        start = article.original.start
        assert data[start : start + len(article.original.data)] == article.original.data
        written = article.original.data[piece.start : piece.end].decode(piece.codec)
        assert (written.replace('""', '"') if piece.transfer == "csv" else written) == article.text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.text(max_size=3), cells, max_size=3), min_size=1, max_size=4), st.booleans(), st.sampled_from([None, 2]))  # fmt: skip
def test_the_bytes_of_a_string_are_the_string(rows: list[dict[str, str]], escaped: bool, indent: int | None):
    full = [row | {"text": f"rain {row.get('', '')}"} for row in rows]
    data = json.dumps(full, ensure_ascii=escaped, indent=indent).encode("utf-8", "surrogatepass")
    for article, row in zip(read(data, as_is=True), full, strict=True):
        assert article.original
        (piece,) = article.original.pieces
        start = article.original.start
        written = data[start + piece.start : start + piece.end]
        assert json.loads(b'"' + written + b'"') == row["text"]


# Parquet


def test_a_row_of_parquet_has_its_number_and_column():
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    parquet.write_table(arrow.table({"id": ["1", "2"], "body": [None, "It rained."]}), out)
    (article,) = [a for a in read_parquet(io.BytesIO(out.getvalue()), "in", ReadOptions()) if isinstance(a, Article)]  # fmt: skip

    assert place_of(article) == (2, None, "body")
    assert article.original is None
