"""Hits of a search, a timeline, a place and predictions on the terminal, each with its evidence."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

from onrecord.printing.events import print_event
from onrecord.printing.lines import count, dotted, one_line, print_line
from onrecord.printing.reports import print_said
from onrecord.record.asking.event_days import TOLD
from onrecord.record.asking.event_types import Word
from onrecord.record.asking.passages import Passage
from onrecord.record.asking.place import Beside, Naming, PlaceKnown
from onrecord.record.asking.places import Place
from onrecord.record.asking.predictions import Prediction, Since
from onrecord.record.asking.search import Hit
from onrecord.record.asking.stories import in_reports
from onrecord.record.asking.timeline import Entry

# Copies that are named, mentions in one report that are placed, and words by which a place is printed.
_MOST_COPIES = 6
_MOST_PLACES = 8
_MOST_WORDS = 6
_FOUND = "bold yellow"


def print_hit(console: Console, hit: Hit) -> None:
    """Print a report that a search has found: headline, day, outlet and id, the passages, and its copies."""
    headline = Text(hit.headline or "(no headline)", style="bold")
    for start, end in hit.in_headline:
        headline.stylize(_FOUND, start, end)
    print_line(console, _one_line(headline))
    about = dotted(hit.published, hit.outlet, hit.id)
    print_line(
        console, Text(f"      {about}  ", style="dim").append(f"{hit.score:.2f}", style="not dim cyan")
    )
    for passage in hit.passages:
        print_line(console, _passage(passage))
    if hit.in_story > 1:
        print_line(console, Text(f"      {_story(hit)}", style="italic"))
    for copy in hit.copies[:_MOST_COPIES]:
        where = dotted(copy.published, copy.outlet, copy.id)
        print_line(console, Text(f"      also {where}", style="dim"))
    left = len(hit.copies) - _MOST_COPIES
    if left > 0:
        many = f"{count(left, 'more copy', 'more copies')}: --json has all"
        print_line(console, Text(f"      also {many}", style="dim"))


def _passage(passage: Passage) -> Text:
    words = Text(passage.text)
    for word in passage.words:
        words.stylize(_FOUND, word.start - passage.start, word.end - passage.start)
    line = Text("      " + "… " * passage.is_cut_before)
    line.append_text(_one_line(words))
    line.append(" …" * passage.is_cut_behind + "  ")
    return line.append(f"{passage.start}-{passage.end}", style="dim")


def _one_line(words: Text) -> Text:
    """The same words with single blanks where they have white space of any sort, each with its style."""
    pieces = [words[m.start() : m.end()] for m in re.finditer(r"\S+", words.plain)]
    return Text(" ").join(pieces)


def _story(hit: Hit) -> str:
    """*2 of the 3 reports of the story s-1 fit, of 1 origin*."""
    fitting = len(hit.copies) + 1
    which = f"all {fitting}" if fitting == hit.in_story else f"{fitting} of the {hit.in_story}"
    origins = f", of {count(hit.tellers.origins, 'origin')}" if hit.copies else ""
    return f"{which} reports of the story {hit.story} {'fit' if hit.copies else 'fits'}{origins}"


class TimelinePrinter:
    """Prints entries in the order of a timeline, under a heading for each day."""

    def __init__(self) -> None:
        self._heading: str | None = None

    def __call__(self, console: Console, entry: Entry) -> None:
        """Print one entry, with the heading of its day if it is the first of it."""
        heading = _heading(entry)
        if heading != self._heading:
            if self._heading is not None:
                console.print()
            print_line(console, Text(heading, style="bold"))
            self._heading = heading
        if entry.event:
            print_event(console, entry.event, with_report=True)
        elif entry.statement:
            print_said(console, entry.statement, with_report=True)
            if entry.tellers.articles > 1:
                print_line(console, Text(f"      printed in {in_reports(entry.tellers)}", style="italic"))


def _heading(entry: Entry) -> str:
    if entry.from_ is None:
        return "no day known"
    days = days_in_words(entry.from_, entry.to)
    return days if entry.how == TOLD else f"day not told; in reports of {days}"


def days_in_words(first: str | None, last: str | None) -> str:
    """*2022-01-05*, *2022-01-03 to 2022-01-07*, *from 2022-01-03*, *until 2022-01-07*."""
    if first == last:
        return first or "no day known"
    if first is None:
        return f"until {last}"
    return f"{first} to {last}" if last else f"from {first}"


def print_prediction(console: Console, prediction: Prediction) -> None:
    """Print a prediction: when it is due, who predicted what, and what was reported since."""
    due = prediction.due
    if due is None:
        line = Text("due: not told", style="dim")
    else:
        days = days_in_words(due.from_, due.to) if due.last else "no day known"
        line = Text("due ", style="bold").append(days, style="bold")
        words = one_line(due.evidence.text)
        which = ", the next one" if due.how == "next" else ""
        line.append(f"  ({words}{which})  {due.evidence.start}-{due.evidence.end}", style="not bold dim")
    print_line(console, line)
    print_said(console, prediction.said, with_report=True)
    if prediction.tellers.articles > 1:
        print_line(console, Text(f"      printed in {in_reports(prediction.tellers)}", style="italic"))
    for since in prediction.reported_since:
        _print_since(console, since)


def _print_since(console: Console, since: Since) -> None:
    days = days_in_words(since.from_, since.to)
    when = days if since.how == TOLD else f"({days})"
    status = f"[{since.status}] " if since.status != "occurred" else ""
    line = Text("      reported since: ", style="italic").append(
        f"{when}  {status}{since.type}  ", style="not italic"
    )
    line.append(one_line(since.sentence.text), style="not italic")
    print_line(console, line.append(f"  {since.sentence.start}-{since.sentence.end}", style="not italic dim"))
    word = f"on {_word(since.reported_by)}"
    told = dotted(word, since.published, since.outlet, since.headline, since.sentence.article)
    print_line(console, Text(f"        {told}", style="dim"))


def _word(word: Word | None) -> str:
    if word is None:
        return "the reporter's word"
    return f"the word of {one_line(word.by)}" if word.by else "the word of somebody not named"


def print_place(console: Console, known: PlaceKnown) -> None:
    """Print what the record knows of a place: which it is, its namesakes, what happened there, who is beside it, and where."""
    place = known.place
    print_line(console, _place(place, style="bold"))
    if known.printed:
        words = ", ".join(f"{words} ({number})" for words, number in known.printed[:_MOST_WORDS])
        print_line(console, Text(f"  printed as: {words}"))
    print_line(console, Text(f"  named in {in_reports(known.tellers)}"))
    for other in known.others:
        line = Text("  also of this name: ").append_text(_place(other, style=""))
        print_line(console, line.append(f"  {count(other.mentions, 'mention')}", style="dim"))
    if known.in_gazetteer:
        others = "; ".join(
            f"{o.kind} in {', '.join(w for w in (o.region if o.region != o.name else None, o.country) if w)}"
            for o in known.in_gazetteer
        )
        more = f"; and {known.more_in_gazetteer} more" if known.more_in_gazetteer else ""
        print_line(console, Text(f"  no report is taken to mean: {others}{more}", style="dim"))
    if known.all_events:
        _title(console, "what happened there", len(known.events), known.all_events)
        for event in known.events:
            print_event(console, event, with_report=True)
    if known.all_beside:
        _title(console, "who is named beside it", len(known.beside), known.all_beside)
        for beside in known.beside:
            print_line(console, _beside(beside))
    _title(console, "reports that name it", len(known.reports), known.tellers.articles)
    for report in known.reports:
        print_line(console, _naming(report))


def _title(console: Console, title: str, shown: int, total: int) -> None:
    console.print()
    of = f" ({shown} of {total})" if shown < total else f" ({total})"
    print_line(console, Text(title, style="bold").append(of, style="not bold dim"))


def _place(place: Place, *, style: str) -> Text:
    line = Text(place.name, style=style)
    line.append(f"  {', '.join(w for w in (place.kind, place.lies) if w)}", style="not bold cyan")
    return line.append(f"  {place.lat:g} {place.lon:g}  {place.id}", style="not bold dim")


def _beside(beside: Beside) -> Text:
    line = Text(f"  {beside.name}")
    if code := (beside.country or "") + (beside.sector or ""):
        line.append(f"  {code}", style="cyan")
    line.append(f"  in {in_reports(beside.tellers)}")
    at = beside.evidence
    return line.append(f"  {beside.id}  {at.article} {at.start}-{at.end}", style="dim")


def _naming(report: Naming) -> Text:
    where = dotted(report.published, report.outlet, report.headline, report.id)
    line = Text(f"  {where}")
    if report.confidence is not None:
        line.append(f"  {report.confidence:.2f}", style="cyan")
    shown = ", ".join(f"{e.start}-{e.end}" for e in report.evidence[:_MOST_PLACES])
    more = f" and {len(report.evidence) - _MOST_PLACES} more" if len(report.evidence) > _MOST_PLACES else ""
    return line.append(f"  {shown + more if shown else 'in a caption'}", style="dim")
