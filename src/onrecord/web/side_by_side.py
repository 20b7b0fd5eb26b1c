"""Two reports side by side, as templates write them: words in pieces, those that differ among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from onrecord.article import Span
from onrecord.printing.lines import count
from onrecord.record.asking.sayings import Wording
from onrecord.resolution.stories.comparison import Comparison, Row

What = Literal["same", "reworded", "cut", "added"]


class Piece(NamedTuple):
    """Some words, and whether the other side has others in their place, or none."""

    words: str
    differs: bool


class Beside(NamedTuple):
    """What stands side by side; a side that has nothing is empty.

    Attributes:
        moved: the second report tells it in another place.
    """

    what: What
    moved: bool
    first: list[Piece]
    second: list[Piece]


class Quoted(NamedTuple):
    """A quotation as two reports print it; `reasons`: what kind of words differ."""

    variant: str
    first: list[Piece]
    second: list[Piece]
    reasons: list[str]


def beside(found: Comparison) -> list[Beside]:
    """The passages of two reports, in the order of the first."""
    return [_beside(found, row) for row in found.rows]


def changed_in_words(rows: Sequence[Beside]) -> str:
    """How many passages were cut, added, reworded and moved.

    >>> changed_in_words([Beside("cut", False, [Piece("Gone.", True)], []), Beside("same", True, [], [])])
    '1 passage cut, 1 moved'
    """
    told: list[str] = []
    for what in ("cut", "added", "reworded", "moved"):
        number = sum(row.moved if what == "moved" else row.what == what for row in rows)
        if number:
            told.append(f"{count(number, 'passage') if not told else number} {what}")
    return ", ".join(told)


def quotations_beside(found: Comparison) -> list[Quoted]:
    """The quotations that both print and that differ in more than their marks, those that were altered first."""
    changed = [q for q in found.quotations if q.variant.kind not in ("identical", "punctuation")]
    told = [
        Quoted(
            q.variant.kind,
            pieces(q.first.words, (c.first for c in q.variant.changed)),
            pieces(q.second.words, (c.second for c in q.variant.changed)),
            list(dict.fromkeys(c.reason for c in q.variant.changed)),
        )
        for q in changed
    ]
    return sorted(told, key=lambda q: q.variant != "altered")


def worded(words: str, wording: Wording) -> Quoted:
    """A saying in the words of its first printing, and in other words."""
    return Quoted(
        wording.variant,
        pieces(words, (Span(*first) for first, _, _ in wording.changed)),
        pieces(wording.words, (Span(*second) for _, second, _ in wording.changed)),
        list(dict.fromkeys(reason for _, _, reason in wording.changed)),
    )


def pieces(text: str, differing: Iterable[Span], within: Span | None = None) -> list[Piece]:
    """A text in pieces.

    Args:
        differing: what differs, in the order of the text; what is empty differs in nothing that could be shown.
        within: the part of the text that is told; None is all of it.

    >>> pieces("They will not go", [Span(10, 13)])
    [Piece(words='They will ', differs=False), Piece(words='not', differs=True), Piece(words=' go', differs=False)]
    """
    whole = within or Span(0, len(text))
    found: list[Piece] = []
    at = whole.start
    for span in differing:
        start, end = max(span.start, at), min(span.end, whole.end)
        if start < end:
            found += [Piece(text[at:start], False), Piece(text[start:end], True)]
            at = end
    found.append(Piece(text[at : whole.end], False))
    return [piece for piece in found if piece.words]


def _beside(found: Comparison, row: Row) -> Beside:
    first, second = found.first.text, found.second.text
    if row.first is None or row.second is None:
        alone = (
            [Piece(row.first.of(first), True)] if row.first else [],
            [Piece(row.second.of(second), True)] if row.second else [],
        )
        return Beside("cut" if row.first else "added", row.moved, *alone)
    return Beside(
        "reworded" if row.changed else "same",
        row.moved,
        pieces(first, (one for one, _ in row.changed), row.first),
        pieces(second, (other for _, other in row.changed), row.second),
    )
