"""Pairs of statements on the terminal: side by side where there is room, one below the other elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.printing.lines import blanks, count, dotted, print_line
from onrecord.record.asking.contradictions import Contradiction, Side
from onrecord.record.asking.statements import Evidence
from onrecord.record.asking.stories import in_words
from onrecord.record.export.flat import Column, of
from onrecord.record.export.statements import article_of, words_of

# Narrower than this, two columns are hard to read.
_WIDE = 100
# Code points of a content around the clause that matters.
_AROUND = 140


def print_contradiction(console: Console, pair: Contradiction) -> None:
    """Print a pair: how both differ, then either with its words, the marked ones in braces or in colour, and where."""
    who = pair.first.said.actor or pair.first.said.by or ""
    other = pair.second.said.actor or pair.second.said.by or ""
    head = Text().append(pair.kind, style="bold cyan")
    if pair.update:
        head.append(", told anew", style="cyan")
    head.append(f"  {who}" if who == other else f"  {who} / {other}", style="bold")
    if pair.days is not None:
        apart = "same day" if pair.days == 0 else f"{count(pair.days, 'day')} apart"
        head.append(f"  {apart}", style="dim")
    print_line(console, head)
    sides = [_lines(side, mark=not console.is_terminal) for side in (pair.first, pair.second)]
    if console.is_terminal and console.width >= _WIDE:
        table = Table(box=None, show_header=False, padding=(0, 2), expand=True)
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        table.add_row(*(Text("\n").join(lines) for lines in sides))
        console.print(table)
    else:
        for lines in sides:
            for line in lines:
                print_line(console, Text("    ").append_text(line))
    console.print()


def _lines(side: Side, *, mark: bool) -> list[Text]:
    said = side.said
    head = Text(dotted(side.day, said.outlet, said.headline))
    who = Text().append(said.by or "(no source)", style="bold").append("  ")
    cue = said.cue_place
    marked_cue = cue is not None and cue in side.marked
    words = f"{{{said.cue}}}" if marked_cue and mark else said.cue or "-"
    who.append(words, style="bold red" if marked_cue else "italic")
    who.append(f"  [{said.kind}, {said.quotation}; {said.confidence:.2f}]", style="cyan")
    lines = [head, who]
    for piece in _pieces(side):
        place = f"  {piece.start}-{piece.end}"
        lines.append(_worded(piece, side.marked, mark=mark).append(place, style="dim"))
    lines.append(Text(f"{said.id}{in_words(side.tellers)}", style="dim"))
    return lines


def _pieces(side: Side) -> list[Evidence]:
    """The pieces of the content that the clause is in, no longer than needed around it."""
    found = []
    for piece in side.said.evidence:
        inside = [c for c in side.clause if piece.start <= c.start and c.end <= piece.end]
        if not inside:
            continue
        first = max(piece.start, inside[0].start - _AROUND)
        last = min(piece.end, inside[-1].end + _AROUND)
        words = piece.text
        # To whole words.
        while first > piece.start and words[first - piece.start - 1].strip():
            first -= 1
        while last < piece.end and words[last - piece.start].strip():
            last += 1
        found.append(Evidence(piece.article, first, last, words[first - piece.start : last - piece.start]))
    return found


def _worded(piece: Evidence, marked: Sequence[Evidence], *, mark: bool) -> Text:
    """The words of a piece in one line, those that differ in colour or in braces."""
    line = Text()
    at = piece.start
    for m in sorted(marked, key=lambda m: m.start):
        if at <= m.start and m.end <= piece.end:
            line.append(blanks(piece.text[at - piece.start : m.start - piece.start]))
            words = blanks(piece.text[m.start - piece.start : m.end - piece.start])
            line.append(f"{{{words}}}" if mark else words, style="bold red")
            at = m.end
    return line.append(blanks(piece.text[at - piece.start :]))


def _side_columns(name: str) -> Sequence[Column[Contradiction]]:
    def of_side(value: Callable[[Side], Any]) -> Callable[[Contradiction], Any]:
        return lambda pair: value(getattr(pair, name))

    return (
        Column(f"{name}_day", "text", of(f"{name}.day")),
        Column(f"{name}_outlet", "text", of(f"{name}.said.outlet")),
        Column(f"{name}_source", "text", of(f"{name}.said.by")),
        Column(f"{name}_cue", "text", of(f"{name}.said.cue")),
        Column(f"{name}_kind", "text", of(f"{name}.said.kind")),
        Column(f"{name}_words", "text", of_side(lambda s: words_of(s.said))),
        Column(f"{name}_clause", "text", of_side(lambda s: " … ".join(e.text for e in s.clause))),
        Column(f"{name}_marked", "list", of_side(lambda s: [e.text for e in s.marked])),
        Column(f"{name}_report", "text", of_side(lambda s: article_of(s.said))),
        Column(f"{name}_statement", "text", of(f"{name}.said.id")),
        Column(f"{name}_start", "integer", of_side(lambda s: s.clause[0].start if s.clause else None)),
        Column(f"{name}_end", "integer", of_side(lambda s: s.clause[-1].end if s.clause else None)),
        Column(f"{name}_reports", "integer", of(f"{name}.tellers.articles")),
        Column(f"{name}_origins", "integer", of(f"{name}.tellers.origins")),
    )


CONTRADICTION_COLUMNS: Final[Sequence[Column[Contradiction]]] = (
    Column("kind", "text", of("kind")),
    Column("update", "boolean", of("update")),
    Column("days", "integer", of("days")),
    Column("actor", "text", of("first.said.actor")),
    Column("actor_id", "text", of("first.said.actor_id")),
    Column("other_actor", "text", of("second.said.actor")),
    Column("other_actor_id", "text", of("second.said.actor_id")),
    *_side_columns("first"),
    *_side_columns("second"),
)
