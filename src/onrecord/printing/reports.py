"""A report or a list of statements on the terminal, plain or in colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from onrecord.article import Span
from onrecord.printing.lines import count, dotted, one_line, print_line
from onrecord.printing.printable import make_printable
from onrecord.record.asking.statements import Said
from onrecord.record.export.statements import article_of

KIND_STYLES = {
    "assertion": "on grey15",
    "prediction": "on dark_blue",
    "demand": "on dark_goldenrod",
    "accusation": "on dark_red",
    "denial": "on purple4",
    "pledge": "on dark_green",
    "threat": "on red3",
    "praise": "on dark_cyan",
    "question": "on grey30",
}


def print_report(
    console: Console, text: str, head: str, found: Sequence[Said], marks: Sequence[Marked]
) -> None:
    """Print a report with its statements marked, then a line a statement.

    On a terminal the content is coloured by kind, the source bold, the cue italic; elsewhere the
    marks are written out: `{s1:source}`, `<s1:cue>`, `[s1:content]`.
    """
    # Before it is marked: a console that leaves a sign out would move all marks behind it.
    text = make_printable(text)
    console.print(head, style="bold", markup=False, highlight=False)
    console.print()
    if console.is_terminal:
        console.print(_coloured(text, marks))
    else:
        console.print(_written_out(text, marks), markup=False, highlight=False, soft_wrap=True)
    console.print()
    for said in found:
        print_said(console, said, with_report=False)
    console.print(count(len(found), "statement"), highlight=False)


def origin_in_words(origin: str | None, row: Mapping[str, Any] | None) -> str | None:
    """Where a report was read from; of a row also its number, the column of its text, and the bytes of that.

    Args:
        row: as `articles.source_map` has it.

    >>> origin_in_words("a.csv, line 9", {"number": 4, "line": 9, "column": "Body", "cell": [61, 95]})
    'a.csv, line 9 (row 4, column Body, bytes 61-95)'
    """
    if origin is None or row is None:
        return origin
    line = None if row["line"] is None or origin.endswith(f"line {row['line']}") else f"line {row['line']}"
    number = None if origin.endswith(f"record {row['number']}") else f"row {row['number']}"
    cell = f"bytes {row['cell'][0]}-{row['cell'][1]}" if row["cell"] else None
    told = ", ".join(w for w in (number, line, f"column {row['column']}", cell) if w)
    return f"{origin} ({told})"


class Marked:
    """A span of a report with what it is: `source`, `cue` or `content` of a statement."""

    __slots__ = ("kind", "role", "span", "statement")

    def __init__(self, span: Span, role: str, statement: str, kind: str) -> None:
        self.span, self.role, self.statement, self.kind = span, role, statement, kind


def print_said(console: Console, said: Said, *, with_report: bool) -> None:
    """Print one statement: who (and who is meant, or the code of words that name nobody), how, what kind, the words, and where."""
    who = said.by or "(no source)"
    if said.actor and said.actor != said.by:
        who += f" = {said.actor}"
    elif said.code and not said.actor:
        who += f" ({said.code})"
    number = said.id.rpartition("#")[2]
    labels = [said.kind, said.attitude, said.quotation] + (["negated"] if said.negated else [])
    if said.within:
        labels.append(f"within {said.within.rpartition('#')[2]}")
    line = Text()
    line.append(f"{number:>4}  ", style="dim")
    line.append(who, style="bold")
    line.append(f"  {said.cue or '-'}", style="italic")
    line.append(f"  [{', '.join(labels)}; {said.confidence:.2f}]", style="cyan")
    print_line(console, line)
    for piece in said.evidence:
        place = f"{piece.start}-{piece.end}"
        print_line(console, Text(f"      {one_line(piece.text)}  ").append(place, style="dim"))
    about = f"about: {', '.join(said.about)}" if said.about else ""
    to, day = (f"to: {said.addressee}" if said.addressee else ""), (f"on {said.date}" if said.date else "")
    around = dotted(about, to, day)
    if around:
        print_line(console, Text(f"      {around}", style="dim"))
    if with_report:
        where = dotted(said.published, said.outlet, said.headline, article_of(said))
        print_line(console, Text(f"      {where}", style="dim"))


def print_figures(console: Console, figures: dict[str, dict[str, float]]) -> None:
    """Print evaluation figures as a table."""
    table = Table(box=None, pad_edge=False)
    table.add_column("figure")
    table.add_column("values")
    for name, values in figures.items():
        table.add_row(escape(name), "  ".join(f"{k} {v:g}" for k, v in values.items()))
    console.print(table)


def _coloured(text: str, marks: Sequence[Marked]) -> Text:
    styled = Text(text)
    styles = {"source": "bold", "cue": "italic underline"}
    for mark in sorted(marks, key=lambda m: m.span.start - m.span.end):
        style = KIND_STYLES[mark.kind] if mark.role == "content" else styles[mark.role]
        styled.stylize(style, mark.span.start, mark.span.end)
    return styled


_BRACKETS = {"source": ("{", "}"), "cue": ("<", ">"), "content": ("[", "]")}


def _written_out(text: str, marks: Sequence[Marked]) -> str:
    # At one place, ends come before beginnings, inner ends before outer ones, outer beginnings first.
    points: list[tuple[int, int, int, str]] = []
    for mark in marks:
        opening, closing = _BRACKETS[mark.role]
        size = mark.span.end - mark.span.start
        points.append((mark.span.start, 1, -size, f"{opening}{mark.statement}:"))
        points.append((mark.span.end, 0, size, closing))
    parts, at = [], 0
    for place, _, _, sign in sorted(points):
        parts += [text[at:place], sign]
        at = place
    return "".join([*parts, text[at:]])
