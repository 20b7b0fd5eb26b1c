"""Entries of a live blog that their times keep apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.assembly import Line
from onrecord.reading.html import read_html
from onrecord.reading.live_entries import divide_entries
from onrecord.reading.text import read_text

TOLD = (
    "The mayor of Orvale said that the bridge was shut and that nobody would cross it.",
    "Engineers found cracks in the towers, the council told reporters at the quay.",
    "The ferry will run every twenty minutes until the spring, the harbour office said.",
)


def entries_of(article: Article) -> list[str]:
    return [entry.span.of(article.text) for entry in article.frame.entries]


@pytest.mark.parametrize(
    "times",
    [("16:20", "15:05", "14:32"), ("9.05am", "11.40am", "1.15pm"), ("[09:05 GMT]", "[09:05 GMT]", "[10:00 GMT]")],
)  # fmt: skip
def test_lines_that_are_times_divide_a_text(times: tuple[str, ...]):
    body = "\n\n".join(f"{time}\n\n{told}" for time, told in zip(times, TOLD, strict=True))
    article = read_text(f"Orvale bridge shut: live\n\n{body}", "a.txt")

    assert entries_of(article) == list(TOLD)
    assert [f.text for f in article.furniture] == list(times)
    assert all(entry.published is None for entry in article.frame.entries)


def test_lines_that_begin_with_times_divide_a_text():
    lines = [f"{time} – {told}" for time, told in zip(("14:32", "15:05", "16:20"), TOLD, strict=True)]
    article = read_text("\n\n".join(["Orvale bridge shut: live", *lines]), "a.txt")

    assert entries_of(article) == lines
    assert article.frame.headline == "Orvale bridge shut: live"


def test_entries_have_their_headlines_and_the_days_that_are_printed():
    body = "\n\n".join(
        f"12 March 2024 1{n}:30\n\nWhat we know at {n}\n\n{told}" for n, told in enumerate(TOLD)
    )
    article = read_text(f"Orvale bridge shut: live\n\n{body}", "a.txt")

    assert [e.headline for e in article.frame.entries] == [f"What we know at {n}" for n in range(3)]
    assert [e.published for e in article.frame.entries] == [f"2024-03-12T1{n}:30:00" for n in range(3)]


def test_times_divide_a_page_without_metadata():
    body = "".join(
        f'<div class="entry" id="e{n}"><time>1{6 - n}:20</time><p>{told} {TOLD[0]}</p></div>'
        for n, told in enumerate(TOLD)
    )
    page = f"<html><head><title>Orvale bridge shut: live</title></head><body><article><h1>Orvale bridge shut: live</h1>{body}</article></body></html>"
    article = read_html(page, "a.html")

    assert entries_of(article) == [f"{told} {TOLD[0]}" for told in TOLD]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["14:32", TOLD[0], "15:05", TOLD[1]], id="two times"),
        pytest.param(["14:32", TOLD[0], "16:05", TOLD[1], "15:00", TOLD[2]], id="no order"),
        pytest.param(["14:32", TOLD[0], "14:32", TOLD[1], "14:32", TOLD[2]], id="one time"),
        pytest.param(["14:32", "15:05", "16:20", *TOLD], id="no words between them"),
        pytest.param(["14.32 million people voted in it.", "15.05 million live there now.", "16.20 million did before it."], id="no times"),
    ],
)  # fmt: skip
def test_what_is_no_live_blog_is_one_text(rows: list[str]):
    lines = [Line(row) for row in rows]

    assert divide_entries(lines) == (lines, [])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["9:05", "10:00", "11:59pm", "13:00 pm", "10:30 The mayor said so today.", *TOLD, "x"]), max_size=14))  # fmt: skip
def test_no_line_is_lost_and_entries_stand_in_order(rows: list[str]):
    lines = [Line(row) for row in rows]

    divided, entries = divide_entries(lines)

    assert [line.text for line in divided] == rows
    numbers = [line.entry for line in divided if line.entry is not None]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(entries)))
