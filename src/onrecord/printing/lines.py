"""What lines for people have in common: how many there are of something."""

from __future__ import annotations


def count(number: int, noun: str, plural: str | None = None, *, is_grouped: bool = False) -> str:
    """A number of something.

    Args:
        plural: of a noun that takes more than an *s*.
        is_grouped: with a comma between thousands.

    >>> count(1, "report"), count(2, "report"), count(0, "story", "stories"), count(1200, "actor", is_grouped=True)
    ('1 report', '2 reports', '0 stories', '1,200 actors')
    """
    digits = f"{number:,}" if is_grouped else str(number)
    return f"{digits} {noun if number == 1 else plural or noun + 's'}"
