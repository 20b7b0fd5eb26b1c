"""Events on the terminal: who did what to whom, whether it has come about, where, when, on whose word, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from onrecord.printing.lines import count, dotted, one_line, print_line
from onrecord.record.asking.event_days import OF_REPORT, Days, days_of
from onrecord.record.asking.event_types import Event, Number, Party, Telling, Word, number_in_words
from onrecord.record.asking.stories import in_reports
from onrecord.record.same_events import behind_dateline

# Tellings of other reports that are printed.
_MOST_OTHERS = 6
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
    print_line(console, line.append(f"  {event.confidence:.2f}", style="cyan"))
    if around := " · ".join(_around(event)):
        print_line(console, Text(f"      {around}", style="dim"))
    own = [telling for telling in event.tellings if telling.article == event.article]
    for telling in own:
        _print_telling(console, telling, event.status)
    if with_report:
        where = dotted(event.published, event.outlet, event.headline, event.article)
        print_line(console, Text(f"      {where}", style="dim"))
    _print_others(console, event, own)
    if event.tellers.articles > 1:
        print_line(console, Text(f"      told in {in_reports(event.tellers)}", style="italic"))


def print_events(console: Console, events: Sequence[Event]) -> None:
    """Print the events of one report under a heading; nothing where there are none."""
    if not events:
        return
    console.print()
    console.print(Text("what", style="bold"))
    for event in events:
        print_event(console, event, with_report=False)


def _print_others(console: Console, event: Event, own: Sequence[Telling]) -> None:
    """The tellings of other reports: in full where they are worded otherwise, else where they stand; not all of very many."""
    others = [telling for telling in event.tellings if telling.article != event.article]
    known = {_words(telling) for telling in own}
    for telling in others[:_MOST_OTHERS]:
        line = Text("      also ")
        line.append(dotted(telling.published, telling.outlet, telling.article))
        place = f"  {telling.sentence.start}-{telling.sentence.end}"
        if _words(telling) in known:
            print_line(console, line.append(", in the same words").append(place, style="dim"))
            continue
        known.add(_words(telling))
        print_line(console, line)
        _print_telling(console, telling, event.status, indent=8)
    if left := others[_MOST_OTHERS:]:
        reports = len({telling.article for telling in left})
        many = f"{count(len(left), 'more telling')}, in {count(reports, 'report')}"
        print_line(console, Text(f"      also {many}: --json has all", style="dim"))


def _words(telling: Telling) -> tuple[str, str, str]:
    """What of a telling is printed, but for the dateline."""
    sentence = telling.sentence.text
    words = one_line(sentence[behind_dateline(sentence) :])
    return telling.status, _word(telling.reported_by), words


def _print_telling(console: Console, telling: Telling, status: str, *, indent: int = 6) -> None:
    line = Text(" " * indent)
    if telling.status != status:
        line.append(f"[{telling.status}] ", style=_STATUS_STYLES.get(telling.status, ""))
    line.append(f"on {_word(telling.reported_by)}: ", style="italic")
    line.append(one_line(telling.sentence.text))
    print_line(console, line.append(f"  {telling.sentence.start}-{telling.sentence.end}", style="dim"))


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
    differing = {d.what: d.numbers for d in event.differing}
    for name, number in (("dead", event.dead), ("injured", event.injured), ("crowd", event.crowd)):
        if told := differing.get(name):
            found.append(f"{name}: {' or '.join(_told_number(n) for n in told)}")
        elif number:
            found.append(f"{name}: {number_in_words(number)}")
    if event.contexts:
        found.append(f"context: {', '.join(event.contexts)}")
    return found


def _told_number(number: Number) -> str:
    """A number on which tellings differ, with the report that tells it."""
    return f"{number_in_words(number)} ({number.evidence.article})"


def _word(word: Word | None) -> str:
    if word is None:
        return "the reporter's word"
    if word.by is None:
        return (
            f"the word of somebody not named ({word.cue})" if word.cue else "the word of somebody not named"
        )
    by = one_line(word.by)
    meant = f" = {word.actor}" if word.actor and word.actor != by else ""
    return f"the word of {by}{meant}" + (f" ({word.code})" if word.code else "")
