"""Events on the terminal: who did what to whom, whether it has come about, where, when, on whose word, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from onrecord.record.event_days import OF_REPORT, Days, days_of
from onrecord.record.event_types import Event, Number, Party, Telling, Word

# What has not come about must not look as if it had, in colours or without.
_STATUS_STYLES = {"ongoing": "green", "planned": "yellow", "hypothetical": "yellow", "denied": "red"}
_NOBODY = "(nobody named)"


def print_event(console: Console, event: Event, *, with_report: bool) -> None:
    """Print one event: the act in a line, what is known around it, and each telling with its sentence and its place."""
    line = Text()
    line.append(f"{event.id.rpartition('#')[2]:>4}  ", style="dim")
    line.append(f"{_days(days_of(event))}  ")
    if event.status != "occurred":
        line.append(f"[{event.status}] ", style=f"bold {_STATUS_STYLES[event.status]}")
    line.append(".".join([event.type, *event.modes]), style="bold")
    line.append(f"  {_parties(event)}")
    _print(console, line.append(f"  {event.confidence:.2f}", style="cyan"))
    if around := " · ".join(_around(event)):
        _print(console, Text(f"      {around}", style="dim"))
    for telling in event.tellings:
        _print_telling(console, telling, event.status)
    if with_report:
        where = " · ".join(w for w in (event.published, event.outlet, event.headline, event.article) if w)
        _print(console, Text(f"      {where}", style="dim"))


def print_events(console: Console, events: Sequence[Event]) -> None:
    """Print the events of one report under a heading; nothing where there are none."""
    if not events:
        return
    console.print()
    console.print(Text("what", style="bold"))
    for event in events:
        print_event(console, event, with_report=False)


def _print_telling(console: Console, telling: Telling, status: str) -> None:
    line = Text("      ")
    if telling.status != status:
        line.append(f"[{telling.status}] ", style=_STATUS_STYLES.get(telling.status, ""))
    line.append(f"on {_word(telling.reported_by)}: ", style="italic")
    line.append(" ".join(telling.sentence.text.split()))
    _print(console, line.append(f"  {telling.sentence.start}-{telling.sentence.end}", style="dim"))


def _days(days: Days) -> str:
    """Days of the text; in brackets the report's, where the text tells none."""
    if days.first is None:
        return "no day"
    if days.how == OF_REPORT:
        return f"({days.first})"
    return days.first if days.first == days.last else f"{days.first} to {days.last or '...'}"


def _parties(event: Event) -> str:
    actors, recipients = [_party(p) for p in event.actors], [_party(p) for p in event.recipients]
    if event.mutual:
        sides = [_side(actors), _side(recipients)] if recipients or len(actors) < 2 else actors
        return " <-> ".join(sides) if event.actors or event.recipients else _NOBODY
    return f"{_side(actors)} -> {_side(recipients)}"


def _side(parties: Sequence[str]) -> str:
    return ", ".join(parties) or _NOBODY


def _party(party: Party) -> str:
    words = party.text if party.actor in (None, party.text) else f"{party.text} = {party.actor}"
    return f"{words} ({party.code})" if party.code else words


def _around(event: Event) -> list[str]:
    found = []
    if event.place:
        lies = (event.place.name, event.place.region, event.place.country)
        found.append(", ".join(dict.fromkeys(w for w in lies if w)))
    elif event.places:
        found.append(", ".join(p.text for p in event.places))
    for name, number in (("dead", event.dead), ("injured", event.injured), ("crowd", event.crowd)):
        if number:
            found.append(f"{name}: {_number(number)}")
    if event.contexts:
        found.append(f"context: {', '.join(event.contexts)}")
    return found


def _number(number: Number) -> str:
    if number.high == number.low:
        words = str(number.low)
    elif number.high is None:
        words = f"at least {number.low}"
    elif number.low == 0:
        words = f"up to {number.high}"
    else:
        words = f"{number.low} to {number.high}"
    return f"about {words}" if number.about else words


def _word(word: Word | None) -> str:
    if word is None:
        return "the reporter's word"
    if word.by is None:
        return (
            f"the word of somebody not named ({word.cue})" if word.cue else "the word of somebody not named"
        )
    by = " ".join(word.by.split())
    meant = f" = {word.actor}" if word.actor and word.actor != by else ""
    return f"the word of {by}{meant}" + (f" ({word.code})" if word.code else "")


def _print(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True, highlight=False)
