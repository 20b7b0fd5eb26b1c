"""Answers of a size that a language model can take: long texts and long lists are cut, and what was cut is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec

# Code points of one text, and items of one list inside a row.
MOST_TEXT: Final = 2_000
MOST_ITEMS: Final = 50
# Bytes of JSON of the rows of one answer.
MOST_BYTES: Final = 100_000

CUT: Final = (
    "Long texts and lists are cut: beside one that is, NAME_length and NAME_total tell how long it is. The tool report gives"
    " texts whole."
)


class Cutter:
    """Makes plain JSON of rows, without what is too long.

    Attributes:
        has_cut: was anything too long?
    """

    def __init__(self) -> None:
        self.has_cut = False

    @property
    def notes(self) -> list[str]:
        """What to tell beside the answer."""
        return [CUT] if self.has_cut else []

    def plain(self, row: Any) -> dict[str, Any]:
        """A row as `--json` prints it; a text that is cut has its length beside it as `NAME_length`, a list as `NAME_total`."""
        found: dict[str, Any] = self._cut(msgspec.json.decode(msgspec.json.encode(row)))
        return found

    def fitting(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """As many rows, from the first on, as one answer takes; at least one."""
        found: list[dict[str, Any]] = []
        size = 0
        for row in rows:
            plain = self.plain(row)
            size += len(msgspec.json.encode(plain))
            if found and size > MOST_BYTES:
                break
            found.append(plain)
        return found

    def _cut(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._cut(item) for item in value[:MOST_ITEMS]]
        if isinstance(value, str) and len(value) > MOST_TEXT:
            self.has_cut = True
            return value[:MOST_TEXT]
        if not isinstance(value, dict):
            return value
        found: dict[str, Any] = {}
        for name, item in value.items():
            found[name] = self._cut(item)
            if isinstance(item, str) and len(item) > MOST_TEXT:
                found[f"{name}_length"] = len(item)
            elif isinstance(item, list) and len(item) > MOST_ITEMS:
                self.has_cut = True
                found[f"{name}_total"] = len(item)
        return found
