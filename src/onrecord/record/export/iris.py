"""Names on the web for what the record holds, for forms that link their parts by such names (JSON-LD)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from onrecord.errors import UsageError

# What whoever publishes a record at no address of its own goes by.
DEFAULT_BASE: Final = "urn:onrecord:"
# Words of ours in forms that have none for what is meant.
TERMS: Final = "urn:onrecord:term:"
SOFTWARE: Final = "urn:onrecord:software"
_BASE: Final = re.compile(
    r"(?:https?://[^\s/<>\"{}|\\^`]+(?:/[^\s<>\"{}|\\^`]*)?|urn:[a-z0-9][a-z0-9-]{0,31}:[^\s<>\"{}|\\^`]*)\Z",
    re.I,
)
_WEB: Final = re.compile(r"https?://[^\s/]", re.I)
_UNSAFE: Final = re.compile(r"[\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\udfff]")


class Iris:
    """Makes them.

    Args:
        base: what each begins with: `https://news.example/record/`, or a URN.

    Raises:
        UsageError: if nothing can begin so.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        if not _BASE.match(base):
            raise UsageError(
                f"--base {base}: no address begins so. Give one like https://news.example/record/, or leave --base out."
            )
        self._base = base if base.endswith(("/", "#", ":")) else base + "/"
        self._between = ":" if self._base.endswith(":") else "/"

    def of(self, kind: str, id: str) -> str:
        """The name of a thing: its kind (report, statement, actor, event) and its id.

        >>> Iris().of("statement", "r-1#s2"), Iris("https://news.example").of("report", "a b")
        ('urn:onrecord:statement:r-1%23s2', 'https://news.example/report/a%20b')
        """
        return f"{self._base}{kind}{self._between}{quote(id, safe='', errors='replace')}"


def web_address(url: str | None) -> str | None:
    """An address that leads to a page, with signs that none may have written as `%..`; None for anything else.

    >>> web_address("https://news.example/a b"), web_address("javascript:alert(1)")
    ('https://news.example/a%20b', None)
    """
    if url is None or not _WEB.match(url):
        return None
    return _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), url)
