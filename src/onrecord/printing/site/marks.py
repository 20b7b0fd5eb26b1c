"""The text of a report with statements and events marked in it; marks may lie within each other, and across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.printing.site.pages import one_line, words


class Mark(NamedTuple):
    """Code points [start, end) of the text, how they are shown, and what is told of them; `anchor` where links lead to."""

    start: int
    end: int
    style: str
    told: str
    anchor: str | None = None


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML. It is cut where any mark begins or ends, so that each piece has the marks that hold it."""
    inside = [m for m in marks if 0 <= m.start < m.end <= len(text)]
    begin: dict[int, list[Mark]] = {}
    end: dict[int, list[Mark]] = {}
    for mark in inside:
        begin.setdefault(mark.start, []).append(mark)
        end.setdefault(mark.end, []).append(mark)
    cuts = sorted({0, len(text), *begin, *end})
    open_marks: list[Mark] = []
    parts: list[str] = []
    for start, stop in pairwise(cuts):
        for mark in end.get(start, ()):
            open_marks.remove(mark)
        new = begin.get(start, [])
        open_marks += new
        parts += [f'<a id="{one_line(m.anchor)}"></a>' for m in new if m.anchor]
        piece = words(text[start:stop])
        parts.append(_span(piece, open_marks) if open_marks else piece)
    return "".join(parts)


def _span(piece: str, marks: Sequence[Mark]) -> str:
    # The shortest mark is the one that is seen.
    seen = sorted(marks, key=lambda m: m.start - m.end)
    styles = " ".join(dict.fromkeys(m.style for m in seen))
    told = "; ".join(dict.fromkeys(m.told for m in reversed(seen)))
    return f'<span class="{styles}" title="{one_line(told)}">{piece}</span>'
