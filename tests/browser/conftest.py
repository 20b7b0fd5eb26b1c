"""The reading room as a reader has it: `onrecord serve --demo` in a process of its own, driven with Chromium by Playwright.

Pictures of what was seen are left in `artefacts/screenshots/`, by the name of the test.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "artefacts" / "screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One a module: as long as it is open a loop of asyncio runs in this thread, in which no other test could run its own."""
    if CHROMIUM is None:
        # CI installs it and says so: there it must not be passed over.
        assert not os.environ.get("ONRECORD_NEEDS_CHROMIUM"), "Chromium is not installed"
        pytest.skip("Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        # Containers let no sandbox be made; the pages are our own.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of a room on the examples, one a module: what one test changes the next one sees."""
    words = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", "--demo", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            told = next(line for line in server.stdout if line.startswith("http"))
            yield told.split()[0].rstrip("/")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A reader's browser: its own cookies, a wide window, and the pages' own rules in force."""
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """An open page. That anything on it broke a rule of the page, or failed in a script, fails the test."""
    faults: list[str] = []
    tab = context.new_page()
    tab.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: faults.append(str(error)))
    yield tab
    # Answers that are refused on purpose are told as errors too.
    assert [f for f in faults if "the server responded with a status of 4" not in f] == []


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Leave a picture of a page: `seen(tab, "filtered")`."""

    def leave(tab: Page, what: str, *, full_page: bool = True) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        test = re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
        tab.screenshot(path=SCREENSHOTS / f"{test}--{what}.png", full_page=full_page)

    return leave
