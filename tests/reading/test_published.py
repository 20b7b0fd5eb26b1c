from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.moments import read_moment
from onrecord.reading.published import infer_published


@pytest.mark.parametrize(
    ("dateline", "caption", "day"),
    [
        ("Jan.7", "A car burns in Almaty, January 6, 2022.", "2022-01-07"),
        ("Jan. 2", "Fireworks over Hull, December 31, 2020.", "2021-01-02"),
        ("4 May", "The mayor on 3 May 2021.", "2021-05-04"),
        ("May 4, 2019", "The mayor on 3 May 2021.", "2019-05-04"),
        ("May 4", "The mayor at the harbour.", None),
        ("May 4", "The bridge in November 12, 1931.", None),
        (None, "The mayor on 3 May 2021.", None),
    ],
    ids=["same month", "new year", "day first", "year in dateline", "no year", "old picture", "no dateline"],
)
def test_day_comes_from_dateline_and_caption(dateline: str | None, caption: str, day: str | None):
    found = infer_published(dateline, [caption])
    assert (found and found.iso) == day


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-01-07T09:30:00Z", "2022-01-07T09:30:00+00:00"),
        ("2023-12-22T17:05:00-0500", "2023-12-22T17:05:00-05:00"),
        ("Fri, 22 Dec 2023 17:15:49 +0000", "2023-12-22T17:15:49+00:00"),
        ("December 26, 2023 - 9:03PM", "2023-12-26T21:03:00"),
        ("13/02/2023", "2023-02-13"),
        ("2022-13-45", None),
        ("0000-00-00", None),
        ("yesterday", None),
    ],
)
def test_moments_are_iso_or_nothing(written: str, iso: str | None):
    found = read_moment(written, how="given")
    assert (found and found.iso) == iso


@given(st.text(max_size=60))
def test_no_string_gives_a_broken_moment(written: str):
    if found := read_moment(written, how="given"):
        datetime.fromisoformat(found.iso)
