"""The page of a report in a browser: what belongs together lights up together, and notes stand beside their lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

WIDE: ViewportSize = {"width": 1280, "height": 900}
LIT = "[...document.querySelectorAll('#found .lit')].map(e => e.dataset.s ?? e.dataset.e ?? e.dataset.a)"


@pytest.fixture
def report(tab: Page) -> Page:
    """A report with statements and events, open."""
    told = tab.request.get("/api/events?limit=1").json()["rows"][0]
    tab.goto(f"/report?id={told['article']}")
    expect(tab.locator(".margin.placed")).to_be_visible()
    return tab


def test_a_mark_and_its_row_light_each_other_by_pointer_and_by_keyboard(report: Page) -> None:
    row, mark = report.locator("#r-s1"), report.locator(".said[data-s=s1]").first
    mark.hover(position={"x": 4, "y": 8})
    expect(row).to_have_class("row d0 lit")
    report.mouse.move(1, 1)
    expect(row).to_have_class("row d0")
    report.locator("#r-s1 .to").focus()
    assert {"s1"} == set(report.evaluate(LIT))
    report.locator("#s1").focus()
    assert {"s1"} == set(report.evaluate(LIT))


def test_an_actor_lights_all_of_their_mentions(report: Page) -> None:
    name = report.locator(".appear a").first
    key = name.get_attribute("data-a")
    name.focus()
    assert report.locator(f".written [data-a~={key}]").count() == report.locator(".written .lit").count() > 0


def test_each_note_stands_at_its_line_or_under_the_note_before_it(report: Page) -> None:
    places = report.evaluate(
        """() => [...document.querySelectorAll('.note')].map(note => {
            const [its, line] = [note, document.getElementById(note.dataset.e)].map(e => e.getBoundingClientRect());
            return [its.top, its.bottom, line.top];
        })"""
    )
    assert places
    end = 0.0
    for top, bottom, line in places:
        assert top >= end
        assert top - line < 12 or top - end < 12
        end = bottom


def test_asking_for_a_kind_changes_the_page_under_the_same_focus(report: Page) -> None:
    before = report.locator(".row").count()
    kind = report.locator("#f-kind option").nth(1).get_attribute("value")
    report.locator("#f-kind").focus()
    report.locator("#f-kind").select_option(kind)
    report.wait_for_url(f"**kind={kind}**")
    expect(report.locator("#f-kind")).to_be_focused()
    assert 0 < report.locator(".row").count() <= before
    assert set(report.locator(".row .tag").all_inner_texts()) == {kind}
    expect(report.locator(".margin.placed")).to_be_visible()
    report.go_back()
    expect(report.locator(".row")).to_have_count(before)
    expect(report.locator(".margin.placed")).to_be_visible()


def test_where_rows_stand_below_a_label_leads_to_its_row_and_back(report: Page) -> None:
    assert report.locator("#s1").get_attribute("href") == "#s1"
    report.set_viewport_size({"width": 390, "height": 844})
    expect(report.locator("#s1")).to_have_attribute("href", "#r-s1")
    assert report.locator("#r-s1 .to").get_attribute("href") == "#s1"
    report.set_viewport_size(WIDE)
    expect(report.locator("#s1")).to_have_attribute("href", "#s1")
