"""The documentation is served inside: each page opens, its links lead somewhere, and nothing else is opened."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from onrecord.web.markdown import as_html
from tests.web.made_room import Read

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(str(page.relative_to(DOCS).with_suffix("")) for page in DOCS.rglob("*.md"))


def test_help_leads_to_each_page(room: TestClient) -> None:
    links = {attrs.get("href") for tag, attrs in Read(room.get("/docs").text).tags if tag == "a"}
    assert {f"/docs/{name}" for name in PAGES} <= links


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_and_its_links_lead_to_places_that_are_there(room: TestClient, name: str) -> None:
    read = Read(room.get(f"/docs/{name}").text)
    assert not [attrs for _, attrs in read.tags if "style" in attrs]
    for tag, attrs in read.tags:
        link = urlsplit(attrs.get("href") or "")
        if tag != "a" or link.scheme or not (link.path.startswith("/docs/") or link.fragment):
            continue
        there = Read(room.get(link.path).text) if link.path else read
        assert not link.fragment or link.fragment in {a.get("id") for _, a in there.tags}, attrs["href"]


@pytest.mark.parametrize(
    "name", ["../README", "..%2FREADME", "%2Fetc%2Fpasswd", "asking.md", "decisions", ""]
)
def test_no_other_file_is_opened(room: TestClient, name: str) -> None:
    assert room.get(f"/docs/{name}", follow_redirects=False).status_code in (307, 404)


def test_words_of_a_page_are_words() -> None:
    title, told = as_html("a", "# A `title`\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    assert title == "A title"
    assert "<script" not in told
    assert 'href="javascript' not in told


def test_links_out_of_the_documentation_are_named_alone() -> None:
    _, told = as_html(
        "decisions/0001", "# T\n\n[log](../../training/LOG.md) [kinds](../kinds.md#attitude) [here](#t)"
    )
    assert "log" in told
    assert "LOG.md" not in told
    assert 'href="/docs/kinds#attitude"' in told
    assert 'href="#t"' in told
