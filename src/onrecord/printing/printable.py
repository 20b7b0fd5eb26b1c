"""What may be printed for people: signs that a terminal would obey instead of showing them are made visible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

# One sign for one, so that offsets into a text keep their places. C0 has pictures of its own (ESC is ␛); C1 and what
# turns the direction of writing have none. Marks of direction show nothing and only pull their neighbours: a joiner
# without direction stands in for them.
_SHOWN: Final = {
    **{sign: 0x2400 + sign for sign in range(0x20) if chr(sign) not in "\t\n\r"},
    ord("\r"): ord(" "),
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),
    **dict.fromkeys((0x061C, 0x200E, 0x200F), 0x2060),
}


def make_printable(words: str) -> str:
    r"""The words, as long as they were, without control characters but tabs and line ends, and nothing that turns the writing.

    >>> make_printable("red \x1b[31m, \u202eright to left"), make_printable("Ana\tLi\n")
    ('red ␛[31m, �right to left', 'Ana\tLi\n')
    """
    # Nothing that is shown otherwise counts as printable; most words are, which is seen faster than each sign is looked up.
    return words if words.isprintable() else words.translate(_SHOWN)


class PrintableConsole(Console):
    """A console whose colours are its own: whatever else is printed on it is made printable."""

    def on_broken_pipe(self) -> None:
        """Whoever read what is printed has gone: that is told to the command, which knows whether anything is wrong."""
        raise BrokenPipeError

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is printed."""
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(make_printable(segment.text), segment.style)
