"""What tests of the reading room share: hostile words, and a page as a browser would read it."""

from __future__ import annotations

from html.parser import HTMLParser

from starlette.testclient import TestClient

from tests.record.made import NAMES

KAYA, TOMAS, ILSE = NAMES
HERE = "http://127.0.0.1:8080"
# Words that would do something if a browser, a spreadsheet or a database took them at their word.
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'; DROP TABLE articles; --"


class Read(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def csrf_of(room: TestClient, address: str = "/") -> str:
    """The token that a form of this visit must bring back; a page with a form must stand at the address."""
    fields = [attrs for tag, attrs in Read(room.get(address).text).tags if tag == "input"]
    return next(str(f["value"]) for f in fields if f.get("name") == "csrf")
