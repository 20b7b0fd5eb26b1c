"""Lines of nothing but times give a report its day, and leave its text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.text import read_text
from onrecord.reading.time_lines import read_time_line


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Published: March 12, 2024 10:30 GMT", "2024-03-12T10:30:00+00:00", None),
        ("12 March 2024", "2024-03-12", None),
        ("Tuesday, March 12, 2024 at 10:30 a.m.", "2024-03-12T10:30:00", None),
        ("Updated: March 13, 2024", None, "2024-03-13"),
        ("Published: March 12, 2024 | Updated: March 13, 2024", "2024-03-12", "2024-03-13"),
        ("March 12, 2024 10:30 AM GMT Updated 2 hours ago", "2024-03-12T10:30:00+00:00", None),
        ("Last updated 2024-03-12T10:30:00Z", None, "2024-03-12T10:30:00+00:00"),
        ("Updated 14:05 GMT", None, None),
        ("Posted on 03/04/2024", None, None),
    ],
)
def test_times_are_read(line: str, published: str | None, updated: str | None):
    found = read_time_line(line)
    assert found is not None
    assert (found.published and found.published.iso, found.updated and found.updated.iso) == (
        published,
        updated,
    )


@pytest.mark.parametrize(
    "line",
    [
        "2024",
        "10:30",
        "1 2 3",
        "March 12",
        "March 12, 2024 was a holiday",
        "Updated figures of 2024",
        "In 2024",
        "",
    ],
)
def test_other_lines_are_none(line: str):
    assert read_time_line(line) is None


def test_times_leave_the_text():
    article = read_text(
        "Harbour shut\n\n12 March 2024\n\nIt was shut on Monday.\n\nUpdated: March 13, 2024 11:05 GMT", "a"
    )

    assert article.text == "Harbour shut\n\nIt was shut on Monday."
    assert (article.published, article.frame.published_how) == ("2024-03-12", "printed in the text")
    assert article.frame.updated == "2024-03-13T11:05:00+00:00"
    assert [f.why for f in article.furniture] == ["time", "time"]


def test_a_day_far_down_is_a_heading_of_the_report():
    body = "\n\n".join(f"The mayor named reason {n} on Monday." for n in range(9))

    assert "12 March 2024" in read_text(f"Harbour shut\n\n{body}\n\n12 March 2024\n\nIt rained.", "a").text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("Updated: March 12,2024|am-"), max_size=80))
def test_any_line_is_taken(line: str):
    read_time_line(line)


@pytest.mark.parametrize("unit", ["1 ", "mon ", "1am", "1:00 ", "at 1", "10:30amz ", "2024-01-01t00:00"])
def test_long_lines_take_no_time(unit: str):
    begin = time.process_time()
    for size in (100, 159, 160, 100_000):
        read_time_line((unit * size)[:size])
        read_time_line((unit * size)[: size - 1] + "!")
    assert time.process_time() - begin < 2
