"""What is to be seen in a picture, in a sentence or two made of its numbers, and what its bars are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

from onrecord.printing.lines import count, one_line
from onrecord.record.asking.by_day import ByDay
from onrecord.record.asking.counting import Counted
from onrecord.record.asking.over_time import Bar, OverTime, Unit
from onrecord.record.asking.where import OnMap
from onrecord.record.asking.who_on_whom import Matrix, Network
from onrecord.record.scales import quad_code
from onrecord.web.pictured import Of

_NOUNS: Final[dict[Of, str]] = {"said": "statement", "events": "event"}
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


def many(number: int, of: Of) -> str:
    """So many statements or events.

    >>> many(1, "said"), many(1200, "events")
    ('1 statement', '1,200 events')
    """
    return count(number, _NOUNS[of], is_grouped=True)


def bar_name(unit: Unit, bar: Bar) -> str:
    """What a bar is called: *2024-03-04*, *week of 2024-03-04*, *2024-03*, *2024 Q1*, *2024*."""
    first = bar.first
    if unit == "week":
        return f"week of {first}"
    if unit == "quarter":
        return f"{first[:4]} Q{(date.fromisoformat(first).month + 2) // 3}"
    return first[: {"day": 10, "month": 7, "year": 4}[unit]]


def weekday(day: str | None) -> str:
    """The day of the week of an ISO day; nothing for what is none.

    >>> weekday("2024-03-04"), weekday("2024")
    ('Monday', '')
    """
    try:
        return _WEEKDAYS[date.fromisoformat(day or "").weekday()]
    except ValueError:
        return ""


def quad(type_: str) -> str:
    """Which of four classes a type of events belongs to: verbal or material, cooperation or conflict.

    >>> quad("ASSAULT")
    'material conflict'
    """
    return QUADS[quad_code(type_) - 1]


def counted_in_words(counted: Counted, of: Of) -> str:
    """What was counted: how much, in how many reports, whether that is all, and how often a copy counts."""
    reports = count(counted.reports, "report", is_grouped=True)
    if counted.is_all:
        told = f"Counted: {many(counted.rows, of)}, all that fit"
    else:
        told = f"Counted: {many(counted.rows, of)}, the newest alone, as more fit"
    told += f", in {reports} of {count(counted.stories, 'story', 'stories', is_grouped=True)}"
    if counted.since:
        told += f", the oldest of {counted.since}. For what lies before, ask for other days"
    if of == "events":
        happened = f"{counted.happened:,} of them have come about; the others are planned, possible or denied"
        return f"{told}. An event that several reports of a story tell counts once. {happened}."
    if counted.once:
        return f"{told}. Copies count once: of each story the one report that has most of them."
    return f"{told}. Each printing counts, copies too."


def time_in_words(told: OverTime, of: Of) -> str:
    """What is to be seen along time."""
    if not told.bars:
        return f"No {_NOUNS[of]} of this question has a day."
    total = sum(bar.count for bar in told.bars)
    most = max(told.bars, key=lambda bar: bar.count)
    first, last = (bar_name(told.unit, bar) for bar in (told.bars[0], told.bars[-1]))
    at = "on" if told.unit == "day" else "in"
    span = (
        f"from {first} to {last}" if first != last else f"on {first}" if told.unit == "day" else f"in {first}"
    )
    words = [
        f"{many(total, of)} {span}, by {told.unit}; most {at} {bar_name(told.unit, most)}, {most.count:,}."
    ]
    shares: Counter[str] = Counter()
    for bar in told.bars:
        shares.update(bar.counts)
    if len(shares) > 1:
        words.append(f"The commonest: {_commonest(shares, total)}.")
    outside = [(bar, side) for bar, side in ((told.before, "before"), (told.after, "after")) if bar]
    words += [f"{many(bar.count, of)} lie far {side}: {bar.first} to {bar.last}." for bar, side in outside]
    if told.undated:
        words.append(f"{many(told.undated, of)} have no day.")
    return " ".join(words)


def _commonest(shares: Mapping[str, int], total: int) -> str:
    first = sorted(shares, key=lambda name: (-shares[name], name))[:3]
    return ", ".join(f"{name} ({shares[name] / total:.0%})" for name in first)


def matrix_in_words(told: Matrix, of: Of) -> str:
    """Who is on whom most."""
    if not told.pairs:
        return _no_pairs(of)
    names = {s.id: one_line(s.name) for s in (*told.sources, *told.targets)}
    source, target, pair = told.sources[0], told.targets[0], told.pairs[0]
    does, done = ("speaks of others", "is spoken of") if of == "said" else ("acts on others", "is acted on")
    rows, columns = ("sources", "of whom they speak") if of == "said" else ("actors", "recipients")
    return (
        f"{names[source.id]} {does} most ({many(source.count, of)}), {names[target.id]} {done} most ({target.count:,}). "
        f"The commonest pair is {names[pair.source]} on {names[pair.target]}, {pair.count:,}. "
        f"Shown: {len(told.sources)} of {told.all_sources:,} {rows} and {len(told.targets)} of {told.all_targets:,} {columns}, with "
        f"{told.shown:,} of {many(told.paired, of)} of which both sides are known."
    )


def network_in_words(told: Network, of: Of) -> str:
    """Who stands in the middle, and which pair is the commonest."""
    if not told.edges:
        return _no_pairs(of)
    names = {node.id: one_line(node.name) for node in told.nodes}
    first, edge = told.nodes[0], told.edges[0]
    links = Counter(id for e in told.edges for id in {e.source, e.target})
    return (
        f"{names[first.id]} is in most of them ({many(first.count, of)}), and linked to {_others(links[first.id])} here. "
        f"The strongest line is {names[edge.source]} to {names[edge.target]}: {edge.count:,}, mostly {edge.most}. "
        f"Shown: {len(told.nodes)} of {told.all_nodes:,} who are in {many(told.paired, of)}, and {len(told.edges)} of "
        f"{told.all_edges:,} pairs."
    )


def _others(lines: int) -> str:
    return f"others by {count(lines, 'line')}"


def _no_pairs(of: Of) -> str:
    sides = "source and somebody spoken of" if of == "said" else "actor and recipient"
    return f"No {_NOUNS[of]} of this question has both {sides} by name."


def map_in_words(told: OnMap) -> str:
    """Where most happened, and of how much it is known."""
    if not told.spots:
        return "No event of this question has a place on the map."
    named = ", ".join(f"{one_line(s.place.name)} ({s.count:,})" for s in told.spots[:3])
    shown = "" if len(told.spots) == told.all_places else f" The {len(told.spots)} with most are shown."
    return (
        f"{told.placed:,} of {many(told.counted.rows, 'events')} have a place, "
        f"{count(told.all_places, 'place', is_grouped=True)} in all; most in {named}.{shown}"
    )


def days_in_words(told: ByDay, of: Of, first_row: int) -> str:
    """Which rows are shown, of which days."""
    if not told.rows:
        return f"No {_NOUNS[of]} of this question."
    last_row = first_row + len(told.rows) - 1
    days = [row.day for row in told.rows if row.day]
    span = (
        f", from {days[0]} to {days[-1]}"
        if days and days[0] != days[-1]
        else f", of {days[0]}"
        if days
        else ""
    )
    by_report = sum(not row.told for row in told.rows)
    note = f" {by_report} stand on the day of their report, as their text tells none." if by_report else ""
    return f"{first_row:,} to {last_row:,} of {many(told.counted.rows, of)}{span}.{note}"
