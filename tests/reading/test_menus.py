"""Menus above and below a report in pasted text: furniture, and the headline is the headline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.menus import find_menus
from onrecord.reading.text import read_text

LEAD = "The mayor of Orvale shut the bridge on Tuesday, saying “it is not safe”."
HEADLINE = "Council shuts the Orvale bridge for a year"


@pytest.mark.parametrize(
    "menu",
    [
        pytest.param("Home\nNews\nWorld\nSport\nSign in\nMenu", id="a line each"),
        pytest.param("Home\n\nNews\n\nVessara\n\nWorld", id="a paragraph each, with a place of its own"),
        pytest.param("* Home\n* News\n* World\n* More", id="bullets"),
        pytest.param("Home | News | World | Sport | Sign in", id="on one line"),
        pytest.param("Home News World Business Opinion", id="on one line without marks"),
        pytest.param("Home > Local > Bridges", id="where the page stands"),
        pytest.param("World", id="the section alone"),
        pytest.param("The Echo\nHome\nNews\nWorld\nSearch", id="below the site's name"),
        pytest.param("Home\nNews\nWorld\nThe Orvale Echo", id="above the site's name"),
        pytest.param("Home\nNews\nWorld\norvale-echo.example", id="above the site's address"),
    ],
)
def test_the_headline_below_a_menu_is_the_headline(menu: str):
    article = read_text(f"{menu}\n{HEADLINE}\n\n{LEAD}", "a.txt")

    assert article.text == f"{HEADLINE}\n\n{LEAD}"
    assert article.frame.headline == HEADLINE
    assert article.frame.bullets == ()
    assert [f.text for f in article.furniture] == [line for line in menu.split("\n") if line]
    assert {f.before for f in article.furniture} == {0}
    assert {f.why for f in article.furniture} <= {"navigation", "sign-up prompt"}


def test_a_short_headline_below_a_menu_stays():
    article = read_text(f"Home\nNews\nWorld\nBridge shut\n\n{LEAD}", "a.txt")

    assert article.frame.headline == "Bridge shut"


@pytest.mark.parametrize(
    "headline", ["Bridge shut", "Vessara Echoes", "Harbour mail stopped", "Times are hard"]
)
def test_a_short_headline_with_a_deck_below_a_menu_stays(headline: str):
    article = read_text(
        f"Home\nNews\nWorld\n{headline}\nRepairs will take until next summer\n\n{LEAD}", "a.txt"
    )

    assert article.frame.headline == headline


def test_a_headline_called_as_a_newspaper_is_stays_above_the_report():
    article = read_text(f"Home\nNews\nWorld\nThe Last Post\n\n{LEAD}", "a.txt")

    assert article.frame.headline == "The Last Post"


def test_a_menu_below_the_report_is_cut_at_its_end():
    article = read_text(f"{HEADLINE}\n\n{LEAD}\n\nHome\nAbout\nContact us", "a.txt")

    assert article.text == f"{HEADLINE}\n\n{LEAD}"
    assert [(f.text, f.before) for f in article.furniture] == [
        (line, len(article.text)) for line in ("Home", "About", "Contact us")
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([HEADLINE, LEAD], id="no menu"),
        pytest.param(["World", LEAD], id="a headline of one word"),
        pytest.param(["Home at last", "Sport", LEAD], id="too few"),
        pytest.param(["Vessara", "Orvale", "Home", "Sundvik", LEAD], id="a list with a name of a section in it"),
        pytest.param([HEADLINE, LEAD, "Health", "Education", "Crime", LEAD], id="headings in the report"),
        pytest.param(["World business news", LEAD], id="a headline of such words"),
    ],
)  # fmt: skip
def test_what_is_no_menu_stays(lines: list[str]):
    assert find_menus(lines) == frozenset()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["Home", "News", "* World", "a", "", "|", "Home > x", HEADLINE, LEAD, "Sign in"]), max_size=12))  # fmt: skip
def test_any_lines_are_taken_and_no_sentence_is_of_a_menu(lines: list[str]):
    found = find_menus(lines)

    assert all(lines[n] not in (LEAD, HEADLINE) for n in found)
