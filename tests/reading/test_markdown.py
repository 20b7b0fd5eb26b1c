"""Markdown is read as the text that it shows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.markdown import is_markdown, to_plain
from onrecord.reading.text import read_text

REPORT = """\
---
title: "Harbour talks fail"
date: 2024-03-12
author: Ilse Maran
---
# Harbour talks fail in **Vessara**

- Union says no to [night shifts](https://elm.example/night)

![A ferry at the quay](https://elm.example/f.jpg)

PORT ELM (Reuters) - The union [said on Tuesday](https://elm.example/u) that it would **not** return.

> “We will *not* sail,” she said.
"""


def test_report_is_read_as_it_is_shown():
    article = read_text(REPORT, "a.md")

    assert article.text.split("\n\n") == [
        "Harbour talks fail in Vessara",
        "Union says no to night shifts",
        "PORT ELM (Reuters) - The union said on Tuesday that it would not return.",
        "“We will not sail,” she said.",
    ]
    assert (article.published, article.frame.byline) == ("2024-03-12", ("Ilse Maran",))
    assert article.frame.captions == ("A ferry at the quay",)


def test_headline_comes_from_the_front_matter_or_an_underlined_line():
    front = "---\ntitle: Harbour shut\n---\nIt was shut on Monday, the mayor said."
    underlined = "Harbour shut\n============\n\n**HULL** — The harbour was shut on Monday."

    assert read_text(front, "a").frame.headline == "Harbour shut"
    assert read_text(underlined, "a").text == "Harbour shut\n\nHULL — The harbour was shut on Monday."


@pytest.mark.parametrize(
    "text",
    [
        "# Harbour shut\n\nIt was shut * on Monday.",
        "The mayor [of Hull] (aged 40) was there.",
        "A * B * C and snake_case_names",
        "---\nThe harbour is shut.\n---\n",
        "",
    ],
)
def test_a_mark_alone_makes_no_markdown(text: str):
    assert not is_markdown(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("*_[]()!>#-= \na:/http"), max_size=100))
def test_any_text_is_taken(text: str):
    is_markdown(text)
    to_plain(text)


@pytest.mark.parametrize(
    "unit", ["*a", "**a", "[", "![a](", "> ", "_a ", "---\na: b\n", "[a](http://", "=", "* "]
)
def test_long_texts_take_no_time(unit: str):
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    is_markdown(text)
    to_plain(text)
    assert time.process_time() - begin < 5
