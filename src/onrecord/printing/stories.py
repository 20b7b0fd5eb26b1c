"""A story on the terminal: its reports as a tree of descent, and what each copy changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from onrecord.printing.lines import count, dotted, or_nothing, print_line
from onrecord.printing.reports import print_said
from onrecord.record.asking.stories import Member
from onrecord.record.asking.variants import SaidOnce
from onrecord.resolution.stories.comparison import Comparison, Row, headline_span
from onrecord.resolution.stories.facts import behind_dateline


def print_story(
    console: Console, id: str, members: Sequence[Member], origins: int, changes: Mapping[str, Sequence[str]]
) -> None:
    """Print a story.

    Args:
        members: the report that it begins with first.
        changes: by the id of a copy, what it changed, a line each.
    """
    print_line(console, Text(f"{id}  {summary(len(members), origins)}", style="bold"))
    below: dict[str | None, list[Member]] = {}
    for member in members:
        below.setdefault(member.copy.of if member.copy else None, []).append(member)
    waiting = [(member, 0) for member in reversed(below.get(None, []))]
    while waiting:
        member, depth = waiting.pop()
        _print_member(console, member, depth, changes.get(member.id, ()))
        waiting += [(m, depth + 1) for m in reversed(below.get(member.id, []))]


def summary(articles: int, origins: int) -> str:
    """*4 reports, 1 origin*."""
    return f"{count(articles, 'report')}, {count(origins, 'origin')}"


def print_said_once(console: Console, once: SaidOnce) -> None:
    """Print a statement with its other printings and what differs in them."""
    print_said(console, once.said, with_report=True)
    for printing in once.printings:
        line = Text("      also ")
        line.append(dotted(printing.published, printing.outlet, printing.article))
        style = "bold red" if printing.variant == "altered" else "dim"
        print_line(console, line.append(f"  {printing.variant}", style=style))
        for change in printing.changed:
            told = Text(f"        {change.reason}: ", style="dim")
            told.append(or_nothing(change.first), style="not dim red").append(" -> ")
            print_line(console, told.append(or_nothing(change.second), style="not dim green"))


def _print_member(console: Console, member: Member, depth: int, changes: Sequence[str]) -> None:
    indent = "  " * depth
    head = dotted(member.published, member.outlet, member.headline)
    line = Text(f"{indent}{'└ ' if depth else ''}")
    line.append(head or member.origin or member.id).append(f"  {member.id}", style="dim")
    if member.copy:
        doubt = "" if member.copy.directed else ", nothing tells which came first"
        line.append(f"  {member.copy.kind}, {member.copy.score:.2f}{doubt}", style="cyan")
    print_line(console, line)
    for told in changes:
        print_line(console, Text(f"{indent}    {told}", style="dim"))


def what_changed(found: Comparison) -> list[str]:
    """What a copy changed of the first report, a line each."""
    headlines = [headline_span(a) for a in (found.first, found.second)]
    # Retitled is said in a line of its own, and so is another dateline.
    rows = [r for r in found.rows if r.first != headlines[0] and r.second != headlines[1]]
    cut = sum(row.second is None for row in rows)
    added = sum(row.first is None for row in rows)
    touched = sum(_is_touched(found, row) for row in rows)
    moved = sum(row.moved for row in rows)
    told = [
        f"{count(number, 'sentence')} {what}"
        for number, what in ((cut, "cut"), (added, "added"), (touched, "changed"), (moved, "moved"))
        if number
    ]
    lines = [", ".join(told)] if told else []
    titles = [a.frame.headline or a.title for a in (found.first, found.second)]
    if titles[0] != titles[1] and all(titles):
        lines.append(f"retitled: {titles[0]} -> {titles[1]}")
    for fact in found.facts:
        first, second = fact.first.of(found.first.text), fact.second.of(found.second.text)
        lines.append(f"{fact.kind}: {or_nothing(first)} -> {or_nothing(second)}")
    for pair in found.quotations:
        if pair.variant.kind == "altered":
            words = [
                f"{or_nothing(c.first.of(pair.first.words))} -> {or_nothing(c.second.of(pair.second.words))}"
                for c in pair.variant.changed
            ]
            lines.append(f"quotation altered: {'; '.join(words)}")
    return lines


def _is_touched(found: Comparison, row: Row) -> bool:
    """Were words of a sentence changed, its dateline apart?"""
    if row.first is None or row.second is None:
        return False
    starts = behind_dateline(found.first.text, row.first), behind_dateline(found.second.text, row.second)
    return any(one.end > starts[0] or other.end > starts[1] for one, other in row.changed)
