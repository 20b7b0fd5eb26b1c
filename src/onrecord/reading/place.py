"""Names found inside a file (of members, of pages), made fit to stand in an origin and in a message."""

from __future__ import annotations

# A URL with a long query is cut, a file's path hardly ever.
MAX_PLACE_CHARS = 300


def one_line(name: str) -> str:
    r"""The name on one line and not too long: what cannot be printed becomes �.

    >>> one_line("2021/a\nb.html")
    '2021/a�b.html'
    """
    short = name if len(name) <= MAX_PLACE_CHARS else name[: MAX_PLACE_CHARS - 1] + "…"
    return "".join(c if c.isprintable() else "\ufffd" for c in short)
