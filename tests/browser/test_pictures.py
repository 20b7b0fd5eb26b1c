"""Pictures are drawn in a real browser, from their tables, by the rules of the page; what is drawn leads to its rows."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from onrecord.record.opening import open_record
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

Seen = Callable[..., None]
ROOMS = (
    "/pictures?of=said&as=time",
    "/pictures?of=said&as=matrix",
    "/pictures?of=said&as=network",
    "/pictures?of=said&as=timeline",
    "/pictures?of=events&as=time",
    "/pictures?of=events&as=matrix",
    "/pictures?of=events&as=network",
    "/pictures?of=events&as=map",
    "/pictures?of=events&as=timeline",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing(browser: Browser, base: str, room: str, scheme: str) -> None:
    # Axe is put into the page, which the rules of the page forbid.
    context = browser.new_context(base_url=base, bypass_csp=True, color_scheme=scheme)
    tab = context.new_page()
    tab.goto(room)
    tab.locator("summary").last.click()
    found = Axe().run(tab)
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("room", ROOMS)
def test_a_phone_needs_no_scrolling_sideways(browser: Browser, base: str, room: str, seen: Seen) -> None:
    context = browser.new_context(base_url=base, viewport={"width": 390, "height": 844}, has_touch=True)
    tab = context.new_page()
    tab.goto(room)
    tab.wait_for_load_state("networkidle")
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    seen(tab, "phone")
    context.close()
    assert wide <= 0


@pytest.mark.parametrize("of", ["said", "events"])
def test_each_number_of_the_table_has_its_part_of_a_bar(tab: Page, of: str, seen: Seen) -> None:
    tab.goto(f"/pictures?of={of}&as=time")
    expect(tab.locator(".bar").first).to_be_attached()
    seen(tab, "wide")
    drawn = tab.evaluate("[...document.querySelectorAll('.bar a')].map((a) => a.getAttribute('href'))")
    links = tab.evaluate("[...document.querySelectorAll('#numbers tr[data-label] td a')].map((a) => a.href)")
    assert drawn
    assert set(drawn) <= set(links)
    tab.locator(".bar a .fill").first.click()
    assert urlsplit(tab.url).path == f"/{of}"
    assert {"since", "until"} <= set(parse_qs(urlsplit(tab.url).query))


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A room on events of which the place is known; the examples tell none."""
    path = tmp_path_factory.mktemp("placed") / "news.db"
    with open_record(path, create=True) as record:
        for report in [*make_all(), *make_copies()]:
            record.add(*report, "m1")
        record.add(*make_report("one", make_actor("a1", "Ana Orpel"), make_actor("a2", "Ilse Maran")), "m1")
    words = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--record",
        str(path),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(line for line in server.stdout if line.startswith("http")).split()[0].rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def test_the_map_has_each_place_and_comes_closer(tab: Page, placed: str, seen: Seen) -> None:
    tab.goto(f"{placed}/pictures?of=events&as=map")
    expect(tab.locator("a .spot").first).to_be_visible()
    assert tab.locator("a .spot").count() == tab.locator("#places tbody tr").count()
    seen(tab, "wide")
    place = tab.locator("a:has(> .spot)").first
    before = place.get_attribute("transform")
    tab.get_by_role("button", name="Closer").click()
    expect(place).not_to_have_attribute("transform", str(before))
    tab.get_by_role("button", name="All places").click()
    expect(place).to_have_attribute("transform", str(before))
    tab.locator("a .spot").first.dispatch_event("click")
    tab.wait_for_url("**/pictures?*as=timeline*")
    assert "place" in parse_qs(urlsplit(tab.url).query)


@pytest.mark.parametrize("of", ["said", "events"])
def test_the_network_lies_the_same_way_each_time(tab: Page, of: str, seen: Seen) -> None:
    pictures = []
    for _ in range(2):
        tab.goto(f"/pictures?of={of}&as=network")
        tab.wait_for_load_state("networkidle")
        expect(tab.locator(".network canvas").first).to_be_attached()
        # Cytoscape draws with the next frames.
        tab.wait_for_timeout(300)
        pictures.append(tab.locator(".network").screenshot())
    seen(tab, "wide")
    assert pictures[0] == pictures[1]


def test_the_pointer_is_told_who_it_is_on_and_leads_to_them(tab: Page) -> None:
    tab.goto("/pictures?of=said&as=network")
    tab.wait_for_load_state("networkidle")
    frame = tab.locator(".network").bounding_box()
    assert frame
    names = set(
        tab.evaluate("[...document.querySelectorAll('#nodes tr[data-name]')].map((tr) => tr.dataset.name)")
    )
    for x in range(10, int(frame["width"]), 12):
        for y in range(10, int(frame["height"]), 12):
            tab.mouse.move(frame["x"] + x, frame["y"] + y)
            if tab.evaluate("document.querySelector('.readout').textContent").partition(":")[0] in names:
                tab.mouse.click(frame["x"] + x, frame["y"] + y)
                tab.wait_for_url("**/actor?id=*")
                return
    raise AssertionError("nobody is drawn")


def test_a_dot_of_the_timeline_leads_to_its_mark(tab: Page, seen: Seen) -> None:
    tab.goto("/pictures?of=events&as=timeline")
    expect(tab.locator("a .spot").first).to_be_attached()
    assert tab.locator("a .spot").count() == tab.locator(".days li[data-day]:not([data-day=''])").count()
    seen(tab, "wide", full_page=False)
    tab.locator("a .spot").first.dispatch_event("click")
    tab.wait_for_url("**/report?id=*#e*")


def test_without_a_script_the_tables_have_all_of_it(browser: Browser, placed: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    for room in ROOMS:
        tab.goto(placed + room)
        for numbers in tab.locator("details.numbers summary").all():
            numbers.click()
        expect(tab.locator(".matrix, .days, details.numbers table").first).to_be_visible()
    context.close()
