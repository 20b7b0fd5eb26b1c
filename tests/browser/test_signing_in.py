"""Signing in and out, as a browser does it: with its own ideas of cookies, origins and where a form may go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.record.opening import open_record
from onrecord.web.users import User, write_users
from tests.record.made import NAMES, make_actor, make_report
from tests.web.test_safety import PASSWORD, serving

KAYA, TOMAS, _ = NAMES


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a room in which one signs in."""
    from onrecord.web.passwords import hash_password

    folder = tmp_path_factory.mktemp("closed")
    with open_record(folder / "news.db", create=True) as record:
        record.add(*make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), "m1")
    write_users(folder / "users.json", [User("Ana", "change", hash_password(PASSWORD))])
    with serving(folder / "news.db", "--users", str(folder / "users.json")) as (address, _):
        yield address.rstrip("/")


@pytest.fixture
def page(browser: Browser, closed: str) -> Iterator[Page]:
    context = browser.new_context(base_url=closed)
    yield context.new_page()
    context.close()


def test_one_signs_in_with_the_keyboard_goes_on_and_out_again(page: Page) -> None:
    page.goto("/report?id=one")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.type("something that is wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.url.endswith("/report?id=one")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/sign-in")
    page.goto("/said")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_form_of_another_site_signs_nobody_in_or_out(page: Page, closed: str) -> None:
    page.goto("/sign-in")
    page.goto("data:text/html,<form method=post action='" + closed + "/sign-out'><button>Win</button></form>")
    page.get_by_role("button").click()
    expect(page.get_by_text("This form comes from another site.")).to_be_visible()
