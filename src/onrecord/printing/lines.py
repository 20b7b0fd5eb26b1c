"""What lines for people have in common: how many there are of something, words in one line, and how a line is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


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


def one_line(words: str) -> str:
    """Words with a single blank where they have white space, and none around them."""
    return " ".join(words.split())


def or_nothing(words: str) -> str:
    """Words in one line, or that there are none."""
    return one_line(words) or "(nothing)"


def blanks(words: str) -> str:
    """Words in one line and as long as they were: a blank for each sign of white space."""
    return "".join(" " if c.isspace() else c for c in words)


def dotted(*words: str | None) -> str:
    """What is told of all these, with dots between: *2022-01-07 · The Orpel Post*.

    >>> dotted("2022-01-07", None, "The Orpel Post")
    '2022-01-07 · The Orpel Post'
    """
    return " · ".join(w for w in words if w)


def print_line(console: Console, line: Text) -> None:
    """Print a line as it is: not folded at the width of the terminal, and with no colours but its own."""
    console.print(line, soft_wrap=True, highlight=False)
