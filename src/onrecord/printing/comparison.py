"""Two reports side by side on the terminal: what is the same, what was changed, cut, added or moved."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from onrecord.article import Article, Span
from onrecord.printing.lines import blanks, dotted, one_line, or_nothing, print_line
from onrecord.resolution.stories.comparison import Comparison, Row
from onrecord.resolution.stories.variants import ChangedWords

# What stands before a line, and its style on a terminal.
_SAME, _CUT, _ADDED = ("  ", "dim"), ("- ", "red"), ("+ ", "green")


def print_comparison(console: Console, found: Comparison, story: str | None = None) -> None:
    """Print a comparison: who is compared, what makes copies of them, the passages, quotations and facts that differ; `story`
    as for `verdict`."""
    for name, article in (("A", found.first), ("B", found.second)):
        print_line(console, Text(f"{name}  ", style="bold").append(_head(article), style="not bold"))
    print_line(console, Text(verdict(found, story), style="bold"))
    console.print()
    for row in found.rows:
        _print_row(console, found, row)
    _print_quotations(console, found)
    if found.facts:
        _title(console, "facts that differ")
    for fact in found.facts:
        line = Text(f"  {fact.kind}: ", style="dim")
        print_line(console, _exchange(line, found.first.text, fact.first, found.second.text, fact.second))


def verdict(found: Comparison, story: str | None = None) -> str:
    """What the two are to each other, in a line for people.

    Args:
        story: the one to which both belong, if they do by way of other copies alone.
    """
    pair = found.pair
    if found.first.id == found.second.id:
        return "one and the same report"
    if pair is None:
        if story is not None:
            return f"no copies of one another, but both of story {story}, by way of other copies"
        return "no copies of one another"
    one, other = ("A", "B") if pair.first == found.first.id else ("B", "A")
    direction = {
        "first": f"{other} descends from {one}",
        "second": f"{one} descends from {other}",
        "unknown": "nothing tells which came first",
    }[pair.original]
    why = f" ({'; '.join(pair.why)})" if pair.why else ""
    return f"{pair.kind} copy, {pair.score:.2f}: {direction}{why}"


def _head(article: Article) -> str:
    headline = article.frame.headline or article.title
    return dotted(article.id, article.published, article.outlet, article.frame.agency, headline)


def _print_row(console: Console, found: Comparison, row: Row) -> None:
    first, second = found.first.text, found.second.text
    if row.first is None or row.second is None:
        sign, style = _CUT if row.first else _ADDED
        words = row.first.of(first) if row.first else row.second.of(second) if row.second else ""
        print_line(console, Text(sign + one_line(words), style=style))
        return
    note = "(moved) " if row.moved else ""
    if not row.changed:
        print_line(console, Text(_SAME[0] + note + one_line(row.first.of(first)), style=_SAME[1]))
        return
    sides = ((_CUT, first, row.first, 0), (_ADDED, second, row.second, 1))
    for (sign, style), text, span, side in sides:
        line = Text(sign + note)
        at = span.start
        for change in row.changed:
            place = change[side]
            line.append(blanks(text[at : place.start]))
            if place.start < place.end:
                words = blanks(place.of(text))
                line.append(words if console.is_terminal else f"[{words}]", style=f"bold {style}")
            at = max(at, place.end)
        print_line(console, line.append(blanks(text[at : span.end])))


def _print_quotations(console: Console, found: Comparison) -> None:
    changed = [q for q in found.quotations if q.variant.kind not in ("identical", "punctuation")]
    same = len(found.quotations) - len(changed)
    if not (found.quotations or found.first_alone or found.second_alone):
        return
    _title(console, "quotations")
    print_line(
        console,
        Text(
            f"  {same} alike, {len(changed)} changed, {len(found.first_alone)} in A alone, "
            f"{len(found.second_alone)} in B alone"
        ),
    )
    for pair in changed:
        style = "bold red" if pair.variant.kind == "altered" else "yellow"
        print_line(console, Text(f"  {pair.variant.kind}", style=style))
        print_line(console, Text(f"    A “{one_line(pair.first.words)}”"))
        print_line(console, Text(f"    B “{one_line(pair.second.words)}”"))
        for change in pair.variant.changed:
            print_line(console, _change(pair.first.words, pair.second.words, change))


def _change(first: str, second: str, change: ChangedWords) -> Text:
    return _exchange(
        Text(f"      {change.reason}: ", style="dim"), first, change.first, second, change.second
    )


def _exchange(line: Text, first: str, one: Span, second: str, other: Span) -> Text:
    """*these words -> those words*."""
    line.append(or_nothing(one.of(first)), style="not dim red")
    line.append(" -> ", style="dim")
    return line.append(or_nothing(other.of(second)), style="not dim green")


def _title(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, style="bold"))
