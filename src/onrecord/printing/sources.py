"""Who is heard, on the terminal: one audit, or two side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.printing.lines import count, dotted, print_line
from onrecord.printing.printable import make_printable
from onrecord.record.asking.sources import UNTOLD, Heard, Share, Sources
from onrecord.record.export.flat import Column, of

# Rows of a table of groups.
_MOST_GROUPS = 10
_WHOLE = "all reports"


def print_sources(console: Console, found: Sequence[Sources], *, limit: int) -> None:
    """Print one audit, or two in columns beside each other.

    Args:
        limit: at most so many sources by name.
    """
    _print_figures(console, found)
    for title, name in (
        ("by sector", "by_sector"),
        ("by country", "by_country"),
        ("by role", "by_role"),
        ("by gender, where told", "by_gender"),
        ("described without a name", "described_as"),
    ):
        _print_groups(console, title, found, [getattr(f, name) for f in found])
    if len(found) == 1:
        _print_heard(console, found[0], limit)
    else:
        _print_both(console, found, limit)


def _print_figures(console: Console, found: Sequence[Sources]) -> None:
    table = _table("", found)
    rows: list[tuple[str, list[str]]] = [
        ("reports · stories · origins", [f"{f.reports} · {f.stories} · {f.origins}" for f in found]),
        ("statements · copies once", [f"{f.statements} · {f.heard}" for f in found]),
        ("  by a named source", [_part(f.named, f.heard) for f in found]),
        ("  described without a name", [_part(f.described, f.heard) for f in found]),
        ("  a pronoun, unclear whose", [_part(f.unclear, f.heard) for f in found]),
        ("  no source", [_part(f.nobody, f.heard) for f in found]),
        ("without a name, of named and described", [_percent(f.anonymous) for f in found]),
        ("quoted, whole or in part", [_percent(f.direct) for f in found]),
        ("named sources", [str(f.concentration.sources) for f in found]),
        ("  share of the first five", [_percent(f.concentration.first_five) for f in found]),
        ("  Herfindahl-Hirschman index", [_figure(f.concentration.herfindahl, 3) for f in found]),
        ("  effective number of sources", [_figure(f.concentration.effective, 1) for f in found]),
        ("left out: thoughts and plans", [str(f.left_out["not_said"]) for f in found]),
        ("left out: told as not said", [str(f.left_out["negated"]) for f in found]),
        ("left out: at second hand", [str(f.left_out["second_hand"]) for f in found]),
    ]
    for name, values in rows:
        table.add_row(name, *values)
    console.print(table)


def _print_groups(
    console: Console, title: str, found: Sequence[Sources], groups: Sequence[Sequence[Share]]
) -> None:
    by_name = [{g.name: g for g in shares} for shares in groups]
    names = list(dict.fromkeys(g.name for shares in groups for g in shares))
    # As many as there are most of; what is not told last, and never cut off.
    names.sort(key=lambda n: (n == UNTOLD, -max(b[n].share if n in b else 0.0 for b in by_name), n))
    left = [n for n in names if n != UNTOLD][_MOST_GROUPS:]
    if not names:
        return
    console.print()
    table = _table(title, found)
    for name in names:
        if name == UNTOLD and left:
            table.add_row(f"and {len(left)} more", *("" for _ in found))
        if name not in left:
            table.add_row(make_printable(name), *(_group(b.get(name)) for b in by_name))
    if left and UNTOLD not in names:
        table.add_row(f"and {len(left)} more", *("" for _ in found))
    console.print(table)


def _group(share: Share | None) -> str:
    if share is None:
        return "-"
    return f"{_percent(share.share)}  {share.heard} by {share.sources}"


def _print_heard(console: Console, found: Sources, limit: int) -> None:
    console.print()
    for n, h in enumerate(found.actors[:limit], 1):
        line = Text(f"{n:>4}  ", style="dim").append(h.name, style="bold")
        codes = (h.country or "") + (h.sector or "")
        told = "; ".join(h.roles)
        line.append(f"  {_percent(h.share)}", style="cyan")
        line.append(
            f"  heard {h.heard}" + (f" ({h.statements} with copies)" if h.statements != h.heard else "")
        )
        line.append(f" · {count(h.reports, 'report')}, {count(h.origins, 'origin')} · {h.direct} quoted")
        line.append(f" · {count(h.quoted_words, 'quoted word')} ({_percent(h.quoted_share)})")
        print_line(console, line)
        gender = f"{h.gender} ({h.gender_from})" if h.gender else None
        about = dotted(codes, h.role_type, told, gender, h.id)
        print_line(console, Text(f"      {about}", style="dim"))
    left = len(found.actors) - limit
    if left > 0:
        console.print(Text(f"      and {left} more", style="dim"), highlight=False)


def _print_both(console: Console, found: Sequence[Sources], limit: int) -> None:
    """The sources heard most in either, with what part of either they have."""
    by_id = [{h.id: h for h in f.actors} for f in found]
    ids = list(dict.fromkeys(h.id for f in found for h in f.actors[:limit]))
    ids.sort(key=lambda i: (-max(b[i].share if i in b else 0.0 for b in by_id), i))
    console.print()
    table = _table("source", found)
    for id in ids[:limit]:
        name = next(b[id].name for b in by_id if id in b)
        cells = [f"{_percent(b[id].share)}  {b[id].heard}" if id in b else "-" for b in by_id]
        table.add_row(make_printable(name), *cells)
    shared = set(by_id[0]) & set(by_id[1])
    every = set(by_id[0]) | set(by_id[1])
    console.print(table)
    console.print(f"{len(shared)} of {len(every)} named sources are heard in both", highlight=False)


def _table(title: str, found: Sequence[Sources]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column(title, overflow="fold")
    for f in found:
        table.add_column(Text(make_printable(f.outlet or _WHOLE)), overflow="fold")
    return table


def _part(part: int, whole: int) -> str:
    return f"{part}  {_percent(part / whole if whole else None)}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%"


def _figure(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def source_columns(outlet: str | None) -> Sequence[Column[Heard]]:
    """The columns of a table of sources; the first says of which outlet."""
    return (
        Column("outlet", "text", lambda heard: outlet),
        Column("actor", "text", of("name")),
        Column("actor_id", "text", of("id")),
        Column("type", "text", of("type")),
        Column("country", "text", of("country")),
        Column("sector", "text", of("sector")),
        Column("roles", "list", of("roles")),
        Column("role_type", "text", of("role_type")),
        Column("gender", "text", of("gender")),
        Column("gender_from", "text", of("gender_from")),
        Column("statements", "integer", of("statements")),
        Column("heard", "integer", of("heard")),
        Column("share", "number", of("share")),
        Column("direct", "integer", of("direct")),
        Column("quoted_words", "integer", of("quoted_words")),
        Column("quoted_share", "number", of("quoted_share")),
        Column("reports", "integer", of("reports")),
        Column("stories", "integer", of("stories")),
        Column("origins", "integer", of("origins")),
    )
