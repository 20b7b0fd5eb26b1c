"""Who, where and when of one report on the terminal, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from onrecord.record.ask import Evidence
from onrecord.record.ask_report import ActorThere, Found, PlaceThere, TimeThere


def print_findings(console: Console, found: Found) -> None:
    """Print actors, places and times of a report with their codes, coordinates and days."""
    for title, lines in (
        ("who", [_actor(a) for a in found.actors]),
        ("where", [_place(p) for p in found.places]),
        ("when", [_time(t) for t in found.times]),
    ):
        if lines:
            console.print()
            console.print(Text(title, style="bold"))
        for line in lines:
            console.print(line, soft_wrap=True, highlight=False)


def _actor(actor: ActorThere) -> Text:
    codes = " · ".join(w for w in (actor.type, actor.country, actor.sector) if w)
    line = Text(f"  {actor.name}").append(f"  {codes}" if codes else "", style="cyan")
    return line.append(f"  {actor.id}  {_offsets(actor.evidence)}", style="dim")


def _place(place: PlaceThere) -> Text:
    lies = ", ".join(w for w in (place.region, place.country) if w and w != place.name)
    line = Text(f"  {place.name}").append(f"  {lies}" if lies else "", style="cyan")
    line.append(f"  {place.lat:g} {place.lon:g}  {place.id}  ", style="dim")
    return line.append(_offsets(place.evidence) or "in a caption", style="dim")


def _time(time: TimeThere) -> Text:
    words = " ".join(time.evidence.text.split())
    if time.from_ == time.to:
        days = time.from_ or time.kind
    else:
        days = f"{time.from_ or '...'} to {time.to or '...'}"
    line = Text(f"  {words}").append(f"  {days}", style="cyan")
    return line.append(f"  {_offsets([time.evidence])}", style="dim")


def _offsets(evidence: Sequence[Evidence]) -> str:
    return ", ".join(f"{e.start}-{e.end}" for e in evidence)
