from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.moments import Moment, read_address_day, read_moment, read_printed
from onrecord.reading.published import infer_published, is_of_day


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


@pytest.mark.parametrize("written", ["Feb. 29", "29 February", "February 29, 2024"])
def test_a_datelines_day_is_known_in_any_year(written: str):
    assert is_of_day(written, date(2024, 2, 29))
    assert not is_of_day(written, date(2023, 2, 28))
    assert not is_of_day("Thursday", date(2024, 2, 29))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-01-07T09:30:00Z", "2022-01-07T09:30:00+00:00"),
        ("2023-12-22T17:05:00-0500", "2023-12-22T17:05:00-05:00"),
        ("Fri, 22 Dec 2023 17:15:49 +0000", "2023-12-22T17:15:49+00:00"),
        ("December 26, 2023 - 9:03PM", "2023-12-26T21:03:00"),
        ("13/02/2023", "2023-02-13"),
        ("03.02.2023 10:15", "2023-02-03T10:15:00"),
        ("7:06 PM ET, Mon July 18, 2022", "2022-07-18T19:06:00-04:00"),
        ("7:06 PM ET, Tue January 18, 2022", "2022-01-18T19:06:00-05:00"),
        ("Dec 22, 2023 5:05 pm (PDT)", "2023-12-22T17:05:00-07:00"),
        ("20 June 2023, 10:15 CEST", "2023-06-20T10:15:00+02:00"),
        ("2023-12-19 23:30 EST", "2023-12-19T23:30:00-05:00"),
        ("November 20, 2023 - 11:28 IST", "2023-11-20T11:28:00"),
        ("2022-13-45", None),
        ("0000-00-00", None),
        ("yesterday", None),
    ],
)
def test_moments_are_iso_or_nothing(written: str, iso: str | None):
    found = read_moment(written, how="given")
    assert (found and found.iso) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://echo.example/2023/12/20/bridge", "2023-12-20"),
        ("https://echo.example/news/2023-12-20/bridge", "2023-12-20"),
        ("https://echo.example/story/2023/nov/18/bridge", "2023-11-18"),
        ("https://echo.example/20231220/bridge", "2023-12-20"),
        ("https://echo.example/2023/1/5/bridge", "2023-01-05"),
        ("https://echo.example/2023/12/bridge", None),
        ("https://echo.example/2023/13/40/bridge", None),
        ("https://echo.example/2023122/bridge", None),
        ("https://echo.example/news/2023-11-bridge", None),
        ("https://echo.example/a?d=/2023/12/20x", None),
    ],
)
def test_an_address_tells_a_whole_day_or_none(url: str, iso: str | None):
    found = read_address_day(url)
    assert (found and found.iso) == iso


def test_a_long_line_with_a_day_is_a_sentence():
    assert read_printed("The bridge was opened on 2 May 2021 " + "by the mayor and the council " * 4) is None


@pytest.mark.parametrize(
    ("exact", "printed", "iso"),
    [
        ("2023-12-23T01:05:30+00:00", "2023-12-22T20:05:00", "2023-12-22T20:05:30-05:00"),
        ("2023-12-22T20:05:00-05:00", "2023-12-23T06:35:00", "2023-12-23T06:35:00+05:30"),
        ("2023-12-23T01:05:00+00:00", "2023-12-22T20:07:00", None),
        ("2023-12-23T01:05:00", "2023-12-22T20:05:00", None),
        ("2023-12-23T01:05:00+00:00", "2023-12-22", None),
        ("2023-12-23T01:05:00+00:00", "2023-12-21T01:05:00", None),
    ],
    ids=["west", "east by half hours", "another minute", "no zone", "no clock", "two days"],
)
def test_a_printed_clock_tells_the_zone(exact: str, printed: str, iso: str | None):
    found = Moment(exact, "page metadata").in_zone_of(Moment(printed, "printed on the page"))
    assert (found and found.iso) == iso


@given(st.text(max_size=60))
def test_no_address_gives_a_broken_day(url: str):
    if found := read_address_day("/2023/" + url):
        datetime.fromisoformat(found.iso)


@given(st.text(max_size=60))
def test_no_string_gives_a_broken_moment(written: str):
    if found := read_moment(written, how="given"):
        datetime.fromisoformat(found.iso)
