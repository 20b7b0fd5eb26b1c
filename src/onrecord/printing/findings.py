"""The frame of one report, and who, where and when, on the terminal, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from onrecord.contract import SuspicionOut
from onrecord.printing.lines import count, dotted, one_line, print_line
from onrecord.record.asking.report import ActorThere, Found, PlaceThere, TimeThere
from onrecord.record.asking.statements import Evidence


def print_findings(console: Console, found: Found) -> None:
    """Print what a report says of itself, then its actors, places and times with their codes, coordinates and days."""
    for title, lines in (
        ("frame", _frame(found.frame, found.furniture)),
        ("suspected to be a copy with words swapped by a machine", _reasons(found.suspect_copy)),
        ("who", [_actor(a) for a in found.actors]),
        ("where", [_place(p) for p in found.places]),
        ("when", [_time(t) for t in found.times]),
    ):
        if lines:
            console.print()
            console.print(Text(title, style="bold"))
        for line in lines:
            print_line(console, line)


# What the frame may have, by the name under which it is printed. Headline, bullets and entries stand in the text.
_FRAME = {
    "byline": "byline",
    "contributors": "contributors",
    "editors": "editors",
    "agency": "agency",
    "section": "section",
    "published_how": "day known from",
    "updated": "updated",
    "captions": "caption",
    "credits": "credit",
    "corrections": "correction",
}


def _frame(frame: Mapping[str, Any], furniture: Sequence[Mapping[str, Any]]) -> list[Text]:
    told = [(title, frame.get(name)) for name, title in _FRAME.items()]
    dateline = dotted(*(frame.get("dateline") or {}).values())
    why = ", ".join(dict.fromkeys(cut["why"] for cut in furniture))
    told = [
        ("dateline", dateline),
        *told,
        (
            "furniture",
            f"{count(len(furniture), 'line')} left out ({why})" if furniture else None,
        ),
    ]
    return [
        Text(f"  {title}: ", style="dim").append(one_line(words), style="not dim")
        for title, value in told
        for words in (_listed(title, value) if value else ())
    ]


def _reasons(suspicion: SuspicionOut | None) -> list[Text]:
    reasons = suspicion.reasons if suspicion else []
    return [
        Text(f"  {one_line(r.text)}  ").append(r.why, style="cyan").append(f"  {r.start}-{r.end}", "dim")
        for r in reasons
    ]


def _listed(title: str, value: str | Sequence[str]) -> Sequence[str]:
    """Names in one line, notes and captions in a line each."""
    if isinstance(value, str):
        return [value]
    return value if title in ("caption", "credit", "correction") else [", ".join(value)]


def _actor(actor: ActorThere) -> Text:
    codes = dotted(actor.type, actor.country, actor.sector)
    line = Text(f"  {actor.name}").append(f"  {codes}" if codes else "", style="cyan")
    return line.append(f"  {actor.id}  {_offsets(actor.evidence)}", style="dim")


def _place(place: PlaceThere) -> Text:
    lies = ", ".join(w for w in (place.region, place.country) if w and w != place.name)
    line = Text(f"  {place.name}").append(f"  {lies}" if lies else "", style="cyan")
    line.append(f"  {place.lat:g} {place.lon:g}  {place.id}  ", style="dim")
    return line.append(_offsets(place.evidence) or "in a caption", style="dim")


def _time(time: TimeThere) -> Text:
    words = one_line(time.evidence.text)
    if time.from_ == time.to:
        days = time.from_ or time.kind
    else:
        days = f"{time.from_ or '...'} to {time.to or '...'}"
    line = Text(f"  {words}").append(f"  {days}", style="cyan")
    return line.append(f"  {_offsets([time.evidence])}", style="dim")


def _offsets(evidence: Sequence[Evidence]) -> str:
    return ", ".join(f"{e.start}-{e.end}" for e in evidence)
