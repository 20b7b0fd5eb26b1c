"""Which headline, authors and day of a page are believed where its parts differ."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.blocks import blocks_of, parse_page
from onrecord.reading.page_frame import PageFrame, find_page_frame
from onrecord.reading.page_metadata import read_metadata

HEADLINE = "Bridge opens at last in Varn"
BODY = "<p>" + "The mayor cut the ribbon before some hundred people in the rain. " * 4 + "</p>"


def frame_of(
    below: str = "", *, head: str = "", above: str = "", behind: str = "", **linked: object
) -> PageFrame:
    """The frame of a page: its head, what stands around its headline, behind its body, and its JSON-LD."""
    data = ""
    if linked:
        report = {"@type": "NewsArticle", "headline": HEADLINE, **linked}
        data = f'<script type="application/ld+json">{json.dumps(report)}</script>'
    root = parse_page(
        f"<html><head>{head}{data}</head><body><main class='with-sidebar'>{above}<h1>{HEADLINE}</h1>{below}{BODY * 4}</main>{behind}</body></html>"
    )
    assert root is not None
    return find_page_frame(root, read_metadata(root), blocks_of(root))


def published(below: str = "", **parts: object) -> str | None:
    moment = frame_of(below, **parts).published  # type: ignore[arg-type]
    return moment.iso if moment else None


@pytest.mark.parametrize(
    "below",
    [
        "<div itemprop='author' itemscope><a href='/x'><span itemprop='name'>Ana Reyes</span></a></div>",
        "<div itemprop='author' itemscope><meta itemprop='name' content='Ana Reyes'></div>",
        "<a rel='author' href='/x'>Ana Reyes</a>",
        "<span class='author vcard'><a class='url fn n' href='/x'>Ana Reyes</a></span>",
        "<p class='article__byline'>By Ana Reyes</p>",
        "<div class='byline'>By <a href='/staff/ana-reyes'>Ana Reyes</a><span class='byline-date'>2 May</span></div>",
        "<div class='c-author-name'>Ana Reyes</div><div class='c-author-title'>Harbour Desk</div>",
        "<div class='x1'><a href='/profile/ana-reyes'>Ana Reyes</a></div>",
        "<div>By</div><div>Ana Reyes</div>",
        "<div>By Ana Reyes, Staff Writer</div>",
        "<div>posted on 2 May 2021 by Ana Reyes</div>",
        "<address>By Ana Reyes</address>",
    ],
    ids=[
        "microdata", "microdata meta", "rel", "hcard", "class", "link in byline", "name and title", "address of profile",
        "by on its own line", "printed", "day and name", "address element",
    ],
)  # fmt: skip
def test_an_author_is_found_however_the_page_marks_one(below: str):
    assert frame_of(below).byline == ("Ana Reyes",)


def test_all_authors_in_one_box_are_named():
    below = "<div class='byline'><a rel='author' href='/a'>Ana Reyes</a> and <a rel='author' href='/b'>Tom Li</a></div>"
    assert frame_of(below).byline == ("Ana Reyes", "Tom Li")


@pytest.mark.parametrize(
    "behind",
    [
        "<div class='related-stories'><span class='author'>Tom Li</span></div>",
        "<nav><a rel='author' href='/b'>Tom Li</a></nav>",
        "<div id='comments'><span class='author'>Tom Li</span></div>",
        "<article><h3>Rain in the hills</h3><a rel='author' href='/b'>Tom Li</a></article>",
        "<ul><li><a href='/c'>Rain in the hills brings the harvest of all Varn down at last</a> <a rel='author' href='/b'>Tom Li</a></li></ul>",
    ],
    ids=["related", "nav", "comments", "teaser", "list of teasers"],
)
def test_authors_of_other_things_on_the_page_are_not_the_reports(behind: str):
    assert frame_of(behind=behind).byline == ()


def test_an_author_marked_below_the_report_is_found():
    assert frame_of(behind="<div>About <a rel='author' href='/a'>Ana Reyes</a></div>").byline == (
        "Ana Reyes",
    )


def test_a_photographers_credit_with_a_link_is_no_byline():
    below = (
        f"<figure><p>{'People walk over the new bridge in Varn. ' * 8} By <a href='/writer/tom-li'>Tom Li</a></p></figure>"
        "<div>By <a href='/writer/ana-reyes'>Ana Reyes</a>, Staff Writer</div>"
    )
    assert frame_of(below).byline == ("Ana Reyes",)


@pytest.mark.parametrize(
    "line",
    [
        "<div>Contributions from</div><div>Tom Li</div>",
        "<div>Photography by Tom Li</div>",
        "<div>Fact checked by: Tom Li</div>",
    ],
)
def test_who_the_page_names_for_other_work_is_no_author(line: str):
    authors = [{"@type": "Person", "name": "Ana Reyes"}, {"@type": "Person", "name": "Tom Li"}]
    assert frame_of(f"<div>By Ana Reyes</div>{line}", author=authors).byline == ("Ana Reyes",)


def test_a_name_keeps_the_accents_that_the_page_prints():
    assert frame_of("<div>By Anaïs Réyes</div>", author="Anais Reyes").byline == ("Anaïs Réyes",)


def test_the_printed_byline_is_taken_if_it_names_all_of_the_metadata_and_more():
    assert frame_of("<div>By Ana Reyes and Tom Li</div>", author="Ana Reyes").byline == (
        "Ana Reyes",
        "Tom Li",
    )


def test_a_place_behind_an_agency_is_no_author():
    assert frame_of("<div class='author'>Reuters, Varn</div>", author="Reuters").byline == ("Reuters",)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2021-05-02T08:00:00+02:00'>",
        "<meta property='og:article:published_time' content='2021-05-02T08:00:00+02:00'>",
        "<meta name='DCTERMS.issued' content='2021-05-02T08:00:00+02:00'>",
        "<meta name='cXenseParse:recs:publishtime' content='2021-05-02T08:00:00+02:00'>",
        "<meta name='publish-date' content='2021-05-02T08:00:00+02:00'>",
        "<meta itemprop='datePublished' content='2021-05-02T08:00:00+02:00'>",
    ],
)
def test_the_time_is_read_from_metadata_however_named(head: str):
    assert published(head=head) == "2021-05-02T08:00:00+02:00"


@pytest.mark.parametrize(
    ("below", "iso"),
    [
        ("<time datetime='2021-05-02T08:00:00Z'>2 May</time>", "2021-05-02T08:00:00+00:00"),
        ("<time class='entry-date published updated' datetime='2021-05-02T08:00:00Z'>2 May</time>", "2021-05-02T08:00:00+00:00"),
        ("<time class='updated' datetime='2021-05-04'>4 May</time><time datetime='2021-05-02'>2 May</time>", "2021-05-02"),
        ("<div>Published: 2 May 2021, 8:00 am EDT</div>", "2021-05-02T08:00:00-04:00"),
        ("<div>2021-05-02 08:00</div>", "2021-05-02T08:00:00"),
        ("<div>Updated May 4, 2021</div>", "2021-05-04"),
        ("<time datetime='2021-06-01T10:00:00Z'>Posted: May 2, 2021 8:00 AM EDT | Last Updated: June 1</time>", "2021-05-02T08:00:00-04:00"),
    ],
    ids=["time", "theme's class", "updated first", "printed with zone", "numeric", "change alone", "time of the change"],
)  # fmt: skip
def test_the_day_is_read_from_the_page(below: str, iso: str):
    assert published(below) == iso


def test_the_time_nearest_to_the_headline_is_the_reports():
    above = "<div><time datetime='2021-05-09T08:00:00Z'>9 May</time> Rain in the hills</div>" * 3
    assert published("<time datetime='2021-05-02'>2 May</time>", above=above) == "2021-05-02"


def test_the_address_tells_the_day_where_nothing_else_does():
    found = frame_of(head="<link rel='canonical' href='https://echo.example/2021/05/02/bridge'>").published
    assert found is not None
    assert (found.iso, found.how) == ("2021-05-02", "address of the page")


def test_a_printed_clock_gives_metadata_its_zone():
    found = published("<div>May 1, 2021 10:30 PM</div>", datePublished="2021-05-02T02:30:15Z")
    assert found == "2021-05-01T22:30:15-04:00"


def test_a_printed_day_beside_the_metadata_is_the_outlets_own():
    assert published("<div>May 1, 2021</div>", datePublished="2021-05-02T02:30:15Z") == "2021-05-01"


def test_a_day_said_to_be_of_a_change_is_not_the_day_of_the_report():
    below = "<div>Updated May 3, 2021</div><div>— Harbour (@harbour) May 1, 2021</div>"
    assert published(below, datePublished="2021-05-02T12:00:00Z") == "2021-05-02T12:00:00+00:00"


def test_a_report_that_was_changed_is_dated_by_the_day_that_is_printed_on_it():
    dates = {"datePublished": "2021-05-02T12:00:00Z", "dateModified": "2021-05-20T17:23:00Z"}
    found = frame_of("<div>Thursday 20 May 2021 17:23, UK</div>", **dates).published
    assert found is not None
    assert (found.iso, found.how) == ("2021-05-20T17:23:00+00:00", "printed on the page")


def test_the_day_of_a_change_that_is_printed_has_the_zone_of_the_change():
    dates = {"datePublished": "2021-05-19T12:00:00Z", "dateModified": "2021-05-20T17:23:40Z"}
    assert published("<div>Thursday 20 May 2021 17:23, UK</div>", **dates) == "2021-05-20T17:23:40+00:00"


def test_two_days_printed_on_one_line_are_those_of_publication_and_change():
    dates = {"datePublished": "2021-05-02T12:00:00Z", "dateModified": "2021-05-20T17:23:00Z"}
    found = published("<div><span>May 2, 2021</span><span>May 20, 2021</span></div>", **dates)
    assert found == "2021-05-02T12:00:00+00:00"


def test_a_printed_day_that_no_change_explains_is_of_another_thing():
    below = "<div>The old bridge on June 3, 1998</div>"
    assert published(below, datePublished="2021-05-02T12:00:00Z") == "2021-05-02T12:00:00+00:00"


def test_printed_day_and_address_go_before_the_metadata_of_a_moved_archive():
    head = "<link rel='canonical' href='https://echo.example/2012/03/05/bridge'>"
    assert (
        published("<div>March 5, 2012</div>", head=head, datePublished="2019-08-01T00:00:00Z") == "2012-03-05"
    )


def test_a_day_without_time_is_completed_by_the_printed_one():
    assert (
        published("<div>May 2, 2021 8:15 am EDT</div>", datePublished="2021-05-02")
        == "2021-05-02T08:15:00-04:00"
    )


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src='a'><figcaption>A ferry lies at the quay, March 11, 2024. REUTERS/Pavel Orlo</figcaption></figure>",
        "<div class='photo-caption'>The quay, March 11, 2024</div>",
        "<p>The quay of Varn, March 11, 2024. Photo: Pavel Orlo / AFP</p>",
        "<p>Ferries lie idle at the quay of Varn, March 11, 2024</p>",
    ],
    ids=["figure", "class", "credit", "sentence"],
)
def test_the_day_of_a_picture_is_not_the_day_of_the_report(picture: str):
    told = "2024-03-12T10:30:00+01:00"
    assert published(picture, datePublished=told) == told
    assert published(picture + "<p>Published 14 March 2024</p>") == "2024-03-14"
    assert published(picture) is None


def test_a_printed_day_goes_before_no_metadata_that_the_dateline_speaks_for():
    dateline = "<p>VARN, March 12 (Reuters) - The bridge across the river was opened on Tuesday, after nine years.</p>"
    told = "2024-03-12T22:30:00+00:00"
    assert published("<p>March 13, 2024</p>" + dateline, datePublished=told) == told
    assert published("<p>March 13, 2024</p>", datePublished=told) == "2024-03-13"


@pytest.mark.parametrize(
    "below",
    [
        "<p>Published 12 March 2024 at 10:30 GMT</p><p>Updated 13 March 2024 at 11:00 GMT</p>",
        "<p>12 March 2024, last updated 13 March 2024 at 11:00 GMT</p>",
        "<p>12 March 2024</p><p>13 March 2024, 11:00 GMT (updated)</p>",
        "<time datetime='2024-03-12'>Tuesday</time><p>Updated <time datetime='2024-03-13T11:00:00Z'>Wednesday</time></p>",
    ],
    ids=["two lines", "one line", "behind the day", "marked"],
)
def test_the_day_of_a_change_is_read_where_only_the_page_prints_it(below: str):
    found = frame_of(below)
    assert found.published
    assert found.published.iso.startswith("2024-03-12")
    assert found.updated
    assert found.updated.iso == "2024-03-13T11:00:00+00:00"


def test_metadata_tells_the_day_of_a_change_before_the_page_does():
    found = frame_of("<p>Updated 13 March 2024</p>", dateModified="2024-03-14T09:00:00+00:00")
    assert found.updated
    assert found.updated.iso == "2024-03-14T09:00:00+00:00"


def test_days_above_the_headline_count_less_than_those_below():
    above = "<div>— Tom Li on Sunday, April 11th, 2021</div>"
    assert published("<div>on Sunday, May 2nd, 2021</div>", above=above) == "2021-05-02"


@pytest.mark.parametrize(
    "markup",
    [
        "<a rel=author href=/a>Ana</a>" * 20_000,
        "<div class=author>" * 1_500,
        "<time datetime=2021-05-02>" * 5_000,
        "<li>" * 20_000,
    ],
    ids=["links", "deep", "times", "items"],
)
def test_pages_full_of_marks_are_read_in_good_time(markup: str):
    begun = time.process_time()
    frame_of(markup)
    assert time.process_time() - begun < 8


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div class=byline>", "<a rel=author href=/author/x>", "</div>", "</a>", "By ", "Ana Reyes", "2 May 2021", "<time datetime=x>",
             "<span itemprop=author>", "</span>", "<li>", "<h1>", "Updated ", "\u200f", "8:00 pm ET"]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_any_markup_gives_names_and_days_or_nothing(markup: str):
    found = frame_of(markup)
    assert all(name.strip() for name in found.byline)
    assert found.published is None or found.published.day
