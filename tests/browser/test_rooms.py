"""What a reader does in the reading room, in a real browser: reading, searching, filtering, by the keyboard alone, and without a script."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

Seen = Callable[..., None]
# All rooms; what is in braces is found out on the record.
ROOMS = (
    "/",
    "/search?match=strike",
    "/search?match=%22open",
    "/said?kind=demand",
    "/said?since=Friday",
    "/events",
    "/timeline",
    "/predictions",
    "/contradictions",
    "/sources",
    "/pictures?of=said&as=time",
    "/pictures?of=said&as=matrix",
    "/pictures?of=events&as=network",
    "/pictures?of=events&as=map",
    "/pictures?of=events&as=timeline",
    "/stories",
    "/story?id={story}",
    "/story/said?id={story}",
    "/report?id={report}",
    "/actor?id={actor}",
    "/actor/quotations?id={actor}",
    "/actor/merge?id={actor}",
    "/actor/split?id={actor}",
    "/corrections",
    "/correct?id={statement}",
    "/watch",
    "/watch/new?of=said&kind=demand",
    "/add",
    "/docs",
    "/docs/kinds",
    "/nothing",
)


@pytest.fixture(scope="module")
def there(browser: Browser, base: str) -> dict[str, str]:
    """Ids of a report, a story of several, and somebody who speaks."""
    context = browser.new_context(base_url=base)
    said = context.request.get("/api/said?limit=1000").json()["rows"]
    speaks = next(row for row in said if row["actor_id"])
    stories = context.request.get("/api/stories?copied=true").json()["rows"]
    context.close()
    statement = speaks["id"]
    return {
        "report": statement.rpartition("#")[0],
        "statement": quote(statement),
        "actor": speaks["actor_id"],
        "story": stories[0]["id"],
    }


@pytest.mark.parametrize("room", ROOMS)
def test_anybody_can_read_it(
    browser: Browser, base: str, there: dict[str, str], room: str, seen: Seen
) -> None:
    """Axe finds nothing, by day and by night; a phone needs no scrolling sideways."""
    # Axe is put into the page, which the rules of the page forbid.
    context = browser.new_context(base_url=base, bypass_csp=True, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(room.format(**there))
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    seen(tab, "phone")
    tab.set_viewport_size({"width": 1280, "height": 900})
    by_day = Axe().run(tab)
    tab.emulate_media(color_scheme="dark")
    by_night = Axe().run(tab)
    context.close()
    assert wide <= 0
    assert by_day.violations_count == 0, by_day.generate_report()
    assert by_night.violations_count == 0, by_night.generate_report()


def test_reading(tab: Page, there: dict[str, str], seen: Seen) -> None:
    tab.goto("/")
    seen(tab, "front")
    tab.get_by_role("link", name=re.compile("Quill concedes")).click()
    expect(tab.get_by_role("article", name="The text as it was written")).to_contain_text("412 votes")
    seen(tab, "report", full_page=False)
    row = tab.locator("aside.rows ol > li").first
    number = row.get_attribute("id")
    row.hover()
    expect(tab.locator("article.written .lit").first).to_be_visible()
    seen(tab, "lit", full_page=False)
    assert number


def test_the_front_page_is_light(tab: Page) -> None:
    """With all that it loads: less than 300 kB."""
    weights: list[int] = []
    tab.on("response", lambda answer: weights.append(len(answer.body())))
    tab.goto("/")
    tab.wait_for_load_state("networkidle")
    assert len(weights) > 2
    assert sum(weights) < 300_000


def test_a_mark_has_an_address(tab: Page, there: dict[str, str]) -> None:
    statement = there["statement"].replace("%23", "#")
    tab.goto(f"/report?id={statement}")
    mark = statement.rpartition("#")[2]
    expect(tab.locator(f"[id='{mark}']")).to_be_in_viewport()


def test_searching(tab: Page, seen: Seen) -> None:
    tab.goto("/")
    tab.get_by_role("main").get_by_role("searchbox").fill("dam winter")
    tab.keyboard.press("Enter")
    expect(tab.locator("main mark").first).to_be_visible()
    seen(tab, "found")
    tab.goto("/search?match=%22open")
    expect(tab.get_by_role("alert")).to_be_visible()
    seen(tab, "not-understood")


def test_filtering_changes_the_answer_and_the_address(tab: Page, seen: Seen) -> None:
    tab.goto("/said")
    before = tab.locator("#count").inner_text()
    tab.get_by_label("Kind").select_option("demand")
    tab.get_by_role("button", name="Ask").click()
    expect(tab.locator("#count")).not_to_have_text(before)
    assert parse_qs(urlsplit(tab.url).query)["kind"] == ["demand"]
    assert set(tab.locator("table.rows .kind").all_inner_texts()) == {"demand"}
    seen(tab, "demands", full_page=False)
    tab.get_by_role("link", name=re.compile("Ask without")).click()
    expect(tab.locator("#count")).to_have_text(before)
    tab.go_back()
    expect(tab.locator("#count")).not_to_have_text(before)


def test_sorting(tab: Page) -> None:
    tab.goto("/said")
    tab.get_by_role("columnheader", name="Source").get_by_role("link").click()
    expect(tab.get_by_role("columnheader", name="Source")).to_have_attribute("aria-sort", "ascending")


def test_exporting(tab: Page) -> None:
    tab.goto("/said?kind=demand")
    number = int(re.search(r"\d+", tab.locator("#count").inner_text())[0])
    with tab.expect_download() as told:
        tab.get_by_role("link", name="CSV").click()
    assert told.value.suggested_filename.endswith(".csv")
    rows = list(csv.DictReader(told.value.path().read_text(encoding="utf-8").splitlines()))
    assert len(rows) == number
    assert {row["kind"] for row in rows} == {"demand"}


@pytest.mark.parametrize("kind", ["time", "matrix", "network", "map", "timeline"])
def test_pictures_are_drawn_and_told_in_words(tab: Page, kind: str, seen: Seen) -> None:
    tab.goto(f"/pictures?of=events&as={kind}")
    # The examples tell of places that no map has.
    expect(
        tab.locator("main figure" if kind == "map" else "figure svg, figure canvas, main table").first
    ).to_be_visible()
    seen(tab, kind)


def test_merging_with_a_look_ahead_and_undoing_it(tab: Page, base: str, seen: Seen) -> None:
    known = tab.request.get("/api/said?limit=1000").json()["rows"]
    ids = list(dict.fromkeys(row["actor_id"] for row in known if row["actor_id"]))
    stays, goes = ids[0], ids[1]
    tab.goto(f"/actor?id={quote(stays)}")
    seen(tab, "actor")
    tools = tab.locator("form[action='/actor/merge']")
    tools.get_by_role("combobox").or_(tools.get_by_role("textbox")).fill(goes)
    tools.get_by_role("button", name="Look").click()
    tab.get_by_role("radio").first.check()
    tab.get_by_role("button", name="Preview").click()
    expect(tab.get_by_role("main")).to_contain_text("report")
    seen(tab, "preview")
    assert tab.request.get("/api/status").json()["corrections"] == 0
    tab.locator("main form button.first").click()
    expect(tab.locator(".notice")).to_contain_text("Corrected")
    seen(tab, "merged", full_page=False)
    assert tab.request.get("/api/status").json()["corrections"] == 1
    tab.locator(".notice").get_by_role("button").click()
    expect(tab.locator(".notice")).to_contain_text("Taken back")
    assert tab.request.get("/api/status").json()["corrections"] == 0


def test_adding_a_text(tab: Page, seen: Seen) -> None:
    tab.goto("/add")
    seen(tab, "form")
    tab.get_by_label("Text of one report").fill(
        "BRANNOCK, 3 July 2024 - The mayor of Brannock, Tessa Rowe, said on Wednesday that the ferry would stop in autumn.\n\n"
        "“We cannot pay for a third year,” Rowe told reporters. The seamen’s union demanded talks."
    )
    tab.get_by_label("Headline").fill("Brannock to stop its ferry")
    tab.get_by_label("Published").fill("2024-07-03")
    tab.get_by_role("button", name="Read the text").click()
    expect(tab.get_by_role("link", name=re.compile("Brannock to stop its ferry"))).to_be_visible(
        timeout=60_000
    )
    seen(tab, "done")
    tab.get_by_role("link", name=re.compile("Brannock to stop its ferry")).first.click()
    expect(tab.get_by_role("article", name="The text as it was written")).to_contain_text("We cannot pay")


def test_keeping_a_question(tab: Page, seen: Seen) -> None:
    tab.goto("/said?kind=denial")
    tab.get_by_role("link", name="Keep this question").click()
    tab.get_by_label("Name").fill("Denials")
    tab.get_by_role("button", name="Keep this question").click()
    expect(tab.get_by_role("main")).to_contain_text("Denials")
    seen(tab, "kept")
    feed = tab.locator("a[href*='/watch/feed/']").first.get_attribute("href")
    assert "http://www.w3.org/2005/Atom" in tab.request.get(feed).text()
    tab.goto("/watch")
    expect(tab.get_by_role("link", name="Denials")).to_be_visible()


def test_by_the_keyboard_alone(tab: Page, seen: Seen) -> None:
    tab.goto("/")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="To the answer")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("main").get_by_role("searchbox")).to_be_focused()
    tab.keyboard.type("dam")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/search"))
    first = tab.locator("main ol > li a[href^='/report']").first
    for _ in range(40):
        tab.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    expect(first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("article", name="The text as it was written")).to_be_visible()
    seen(tab, "report", full_page=False)


def test_without_a_script(browser: Browser, base: str, seen: Seen) -> None:
    context = browser.new_context(base_url=base, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/said")
    tab.get_by_label("Kind").select_option("demand")
    tab.get_by_role("button", name="Ask").click()
    assert set(tab.locator("table.rows .kind").all_inner_texts()) == {"demand"}
    tab.locator("table.rows a[href^='/report']").first.click()
    assert tab.locator("aside.rows li").count()
    seen(tab, "report", full_page=False)
    context.close()


def test_correcting_a_statement_and_undoing_it(tab: Page, there: dict[str, str], seen: Seen) -> None:
    tab.goto(f"/report?id={there['report']}")
    row = tab.locator("aside.rows ol > li").first
    row.hover()
    row.get_by_role("link", name="Correct").click()
    kind = tab.get_by_label("Kind")
    before = kind.input_value()
    after = "praise" if before != "praise" else "demand"
    kind.select_option(after)
    seen(tab, "form")
    tab.get_by_role("button", name="See what it would change").click()
    expect(tab.get_by_role("main")).to_contain_text("Nothing is changed yet")
    seen(tab, "preview")
    tab.get_by_role("button", name="Correct it so").click()
    expect(tab.locator(".notice")).to_contain_text("Corrected")
    tab.get_by_role("link", name="Back to the report").click()
    changed = tab.locator("aside.rows ol > li").first
    expect(changed).to_contain_text(after)
    expect(changed).to_contain_text("put right by")
    seen(tab, "amended", full_page=False)
    changed.hover()
    changed.get_by_role("link", name="Correct").click()
    tab.get_by_role("button", name="Undo").first.click()
    expect(tab.locator(".notice")).to_contain_text("Undone")
    assert kind.input_value() == before


def test_marking_an_event_wrong(tab: Page, there: dict[str, str], seen: Seen) -> None:
    told = tab.request.get("/api/events?limit=1").json()
    number, event = told["total"], told["rows"][0]["tellings"][0]["id"]
    tab.goto(f"/correct?id={quote(event)}")
    tab.get_by_role("button", name="Mark it wrong").click()
    expect(tab.locator(".notice")).to_contain_text("Marked wrong")
    seen(tab, "wrong")
    assert tab.request.get("/api/events?limit=1").json()["total"] == number - 1
    tab.get_by_role("link", name="Back to the report").click()
    tab.get_by_text("that people put right").click()
    expect(tab.locator("#put-right s").first).to_be_visible()
    tab.goto("/correct/list")
    tab.get_by_role("button", name="Undo").first.click()
    assert tab.request.get("/api/events?limit=1").json()["total"] == number
