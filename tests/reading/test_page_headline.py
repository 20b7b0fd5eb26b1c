"""Which heading of a page is its headline."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.author_names import letters_of
from onrecord.reading.blocks import blocks_of, parse_page
from onrecord.reading.page_headline import cut_outlet, find_heading, find_headline, share_words
from onrecord.reading.page_metadata import read_metadata

HEADLINE = "Bridge opens at last in Varn"


def headline_of(markup: str, *, outlet: str | None = None, url: str | None = None) -> str | None:
    root = parse_page(markup)
    assert root is not None
    return find_headline(root, read_metadata(root), outlet=outlet, url=url, lines=blocks_of(root))


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>{HEADLINE}</h1>",
        f"<title>{HEADLINE} | The Varn Echo</title><h1>{HEADLINE}</h1>",
        f"<title>{HEADLINE}</title><h1>The Varn Echo</h1><h1>{HEADLINE}</h1>",
        f"<meta property='og:title' content='{HEADLINE}'><h1>Weather today</h1>",
        f"<title>{HEADLINE}</title><h1><img alt='The Varn Echo'></h1>",
        f"<title>{HEADLINE}</title>",
        "<TITLE>Varn bridge</TITLE><H1>Bridge opens<BR>at last in Varn</H1>",
        f"<title>{HEADLINE}</title><h1>News {HEADLINE}</h1><meta name=title content='{HEADLINE}'>",
        f"<h1><style>h1 {{color: red}}</style>{HEADLINE}</h1>",
        f"<title>{HEADLINE}</title><h1>{HEADLINE}<p>{'It rained all day. ' * 60}</p>",
        f"<table><tr><td><h1>{HEADLINE}</h1></td></tr></table>",
        f'<h1>{HEADLINE}</h1><script type="application/ld+json">{{"@type": "NewsArticle", "headline": 5}}</script>',
    ],
    ids=[
        "h1 alone", "title with outlet", "outlet's h1 first", "no h1 like it", "h1 is a picture", "title alone",
        "capital tags and line break", "label before", "style inside", "h1 left open", "layout table", "wrong type",
    ],
)  # fmt: skip
def test_headline_is_found_on_odd_pages(markup: str):
    assert headline_of(markup) == HEADLINE


def test_the_only_h1_is_the_headline_whatever_search_engines_are_told():
    page = f"<title>Why steel spans last longer</title><h1>{HEADLINE}</h1>"
    assert headline_of(page) == HEADLINE


def test_a_lower_heading_like_the_title_goes_before_an_h1_unlike_it():
    page = f"<meta property='og:title' content='{HEADLINE}'><h1>Rain will fall in the hills today</h1><h2>{HEADLINE} at noon</h2>"
    assert headline_of(page) == f"{HEADLINE} at noon"


def test_a_line_that_begins_the_title_is_the_headline_of_a_page_without_headings():
    page = f"<title>{HEADLINE} - Gazette of the coast</title><dl><dt>{HEADLINE}</dt></dl><p>It rained.</p>"
    assert headline_of(page) == HEADLINE


def test_a_label_in_the_h1_that_the_title_does_not_have_is_cut():
    page = f"<title>{HEADLINE} - News - Varn Echo</title><h1><div>News</div>{HEADLINE}</h1>"
    assert headline_of(page) == HEADLINE


@pytest.mark.parametrize(
    ("markup", "tag"),
    [
        (f"<h1>Varn Echo</h1><h1>{HEADLINE}</h1>", "h1"),
        (f"<h1>Varn Echo</h1><h2>{HEADLINE}</h2>", "h2"),
        (f"<h2>Weather</h2><b>{HEADLINE}</b>", "b"),
    ],
    ids=["second h1", "h2", "bold"],
)
def test_the_element_of_the_headline_is_found(markup: str, tag: str):
    root = parse_page(markup)
    assert root is not None
    found = find_heading(root, HEADLINE)
    assert found is not None
    assert found.tag == tag


def test_a_headline_that_stands_in_metadata_alone_has_no_element():
    root = parse_page("<h1>Weather today</h1>")
    assert root is not None
    assert find_heading(root, HEADLINE) is None


@pytest.mark.parametrize("own", ["The Varn Echo", "VARN ECHO", "Varnecho.com", "varnecho.example"])
def test_the_outlets_own_name_is_no_headline(own: str):
    page = f"<title>{HEADLINE} | The Varn Echo</title><h1>{own}</h1>"
    assert headline_of(page, outlet="The Varn Echo", url="https://www.varnecho.example/a") == HEADLINE


def test_a_headline_in_metadata_that_is_the_outlets_name_is_not_believed():
    page = f"<meta property='og:title' content='The Varn Echo'><h1>{HEADLINE}</h1>"
    assert headline_of(page, outlet="The Varn Echo") == HEADLINE


@pytest.mark.parametrize("markup", ["<p>It rained.</p>", "<h1></h1>", "<h1><img></h1>", "<title> </title>"])
def test_a_page_without_headline_has_none(markup: str):
    assert headline_of(markup) is None


def test_a_whole_page_in_one_heading_is_no_headline():
    assert headline_of(f"<h1>{'<p>It rained all day in Varn.' * 400}") is None


@pytest.mark.parametrize(
    "headline", ["الوزير يفتح الجسر الجديد في فارن", "部长为新桥揭幕"], ids=["Arabic", "Chinese"]
)
def test_headlines_in_other_scripts_are_found(headline: str):
    assert headline_of(f"<title>{headline} | الصدى</title><h1>{headline}</h1>") == headline


@pytest.mark.parametrize(
    ("headline", "outlet", "url", "cut"),
    [
        (f"{HEADLINE} - The Varn Echo", "The Varn Echo", None, HEADLINE),
        (f"{HEADLINE} | News | Varn Echo", "The Varn Echo", None, HEADLINE),
        (f"{HEADLINE} – VarnEcho.com", "Varn Echo", None, HEADLINE),
        (f"{HEADLINE} - varnecho.example", None, "https://www.varnecho.example/a?b", HEADLINE),
        (f"{HEADLINE} | Local news", None, None, HEADLINE),
        (f"{HEADLINE} – says Reyes", "The Varn Echo", None, f"{HEADLINE} – says Reyes"),
        ("Varn Echo - The Varn Echo", "The Varn Echo", None, "Varn Echo - The Varn Echo"),
        ("The Varn Echo", "The Varn Echo", None, "The Varn Echo"),
        ("Two words | News", None, None, "Two words | News"),
        (" | ", "x", None, " | "),
        ("", "The Varn Echo", None, ""),
    ],
    ids=[
        "dash", "section and outlet", "spelt as a host", "host", "section", "its own dash", "outlet twice", "outlet alone",
        "too short", "bar alone", "empty",
    ],
)  # fmt: skip
def test_outlet_behind_a_headline_is_cut(headline: str, outlet: str | None, url: str | None, cut: str):
    assert cut_outlet(headline, outlet, url) == cut


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://[bad/x", "https://ex℀mple.example/", "x", "//", "http://a:99999999/"]
)
def test_an_address_that_is_none_cuts_nothing(url: str):
    assert cut_outlet(HEADLINE, None, url) == HEADLINE


def test_a_title_of_very_many_parts_is_read_in_good_time():
    begun = time.process_time()
    headline_of(f"<title>{'It rained in Varn | ' * 50_000}</title><h1>{'a b c - ' * 50_000}</h1>")
    assert time.process_time() - begun < 2


def test_headings_within_headings_are_read_in_good_time():
    begun = time.process_time()
    headline_of(f"<title>{HEADLINE}</title>{'<h1>It rained in Varn ' * 2_000}")
    assert time.process_time() - begun < 3


WORDS = st.lists(
    st.sampled_from(["Bridge", "opens", "|", "-", "–", ":", "News", "The", "Echo", "الجسر"]), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(
    WORDS.map(" ".join) | st.text(max_size=60),
    st.none() | st.sampled_from(["The Echo", "Echo", "", "The", "–"]),
)
def test_cutting_never_empties_a_headline(headline: str, outlet: str | None):
    cut = cut_outlet(headline, outlet, "https://www.echo.example/")

    assert headline.startswith(cut) or headline.strip().startswith(cut)
    assert bool(cut.strip()) == bool(headline.strip())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_shared_words_are_a_share_and_mutual(a: str, b: str):
    assert 0.0 <= share_words(a, b) <= 1.0
    assert share_words(a, b) == share_words(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("The Echo", "Echo"), ("THE ECHO", "Echo.com"), ("Varn-Echo!", "varn echo")], ids=" / ".join
)
def test_names_are_compared_by_their_letters(a: str, b: str):
    assert letters_of(a) == letters_of(b)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20), st.text(max_size=20))
def test_any_page_gives_a_short_headline_or_none(title: str, heading: str, outlet: str, url: str):
    found = headline_of(
        f"<p></p><title>{title}</title><h1>{heading}</h1>", outlet=outlet, url=f"http://{url}"
    )
    assert found is None or found.strip()
