from __future__ import annotations

import html
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Original
from onrecord.reading.files import read_report
from onrecord.reading.source_map import locate, map_to_source

REPORT = (
    "Bridge opens\n\nHULL – The café by the bridge opened, “at last,” said Ana Reyes.\n\nIt cost 3 million."
)


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_words_are_found_in_the_bytes_of_a_text(codec: str):
    article = read_report(REPORT.encode(codec), "a.txt")
    assert article.original
    runs = map_to_source(article.text, article.original)
    start = article.text.index("café")

    found = locate(runs, article.text, article.original, start, start + len("café by the bridge"))

    assert found
    assert article.original.data[slice(*found)].decode(article.original.codec) == "café by the bridge"


def test_words_are_found_between_tags_and_entities():
    page = "<p>The caf&eacute; <b>by the</b> bridge</p><script>the café by</script>".encode()
    text = "The café by the bridge"
    original = Original(page, "utf-8", is_markup=True)

    found = locate(map_to_source(text, original), text, original, 4, 15)

    assert found
    assert html.unescape(page[slice(*found)].decode()) == "café <b>by the"


def test_words_that_the_source_has_not_are_in_no_run():
    original = Original(b"It rained.", "utf-8", is_markup=False)
    assert map_to_source("Snow fell", original) == ()
    assert locate((), "Snow fell", original, 0, 4) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.binary(max_size=120), st.booleans())
def test_runs_ascend_and_stay_inside(text: str, data: bytes, is_markup: bool):
    runs = map_to_source(text, Original(data, "utf-8", is_markup))
    assert all(
        0 <= r.start < r.end <= len(text) and 0 <= r.byte_start < r.byte_end <= len(data) for r in runs
    )
    assert all(a.end <= b.start for a, b in itertools.pairwise(runs))
