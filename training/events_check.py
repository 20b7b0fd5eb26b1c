"""Check the sentences with events: `python -m training.events_check [FILE...]`.

Prints every fault with its file and line, then how the events are spread over types, modes, statuses and
regions. Exit code 1 if there are faults. The rules are those of `training/events/GUIDE.md`; what only a
reader can judge (is every event marked? is it the right type?) is not checked here.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.analysis.counts import Count
from onrecord.analysis.plover import CONTEXTS, MODES, STATUSES, TYPES, cameo_roots
from training.authored import MarkupError
from training.events import FOLDER, Event, Pair, Passage, blocks, parse

REGIONS = ("africa", "mideast", "europe", "eurasia", "south-asia", "east-asia", "latin-america", "north-america", "oceania", "world")  # fmt: skip
LONGEST_TRIGGER = 4  # words
MOST_CONTEXTS = 3
# What these would be in future is AGREE.
NEVER_PLANNED = ("CONSULT", "SUPPORT", "COOPERATE", "AID")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass
class Checked:
    """What the files hold and what is wrong with them."""

    passages: list[Passage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def check_passage(passage: Passage) -> Iterator[str]:
    """The faults of one passage."""
    if passage.region not in REGIONS:
        yield f"no region is called {passage.region!r}"
    for label, span in passage.spans.items():
        yield from (f"{label}: {what}" for what in _span_faults(passage.text, span))
    for event in passage.events:
        yield from (f"{event.label}: {what}" for what in _event_faults(passage, event))
    used = {span for event in passage.events for span in _all_spans(event)}
    for label, span in passage.spans.items():
        if span not in used:
            yield f"{label}: {passage.text[slice(*span)]!r} has no part in any event"
    lines = {event.label for event in passage.events}
    for label in passage.spans:
        if re.fullmatch(r"e\d+", label) and label not in lines:
            yield f"{label}: the trigger has no line"


def _span_faults(text: str, span: Pair) -> Iterator[str]:
    start, end = span
    words = text[start:end]
    if not words.strip() or words != words.strip():
        yield f"{words!r} is empty, or begins or ends with a blank"
    if "\n" in words:
        yield f"{words!r} crosses a line"
    if (start and text[start - 1 : start + 1].isalnum()) or (
        end < len(text) and text[end - 1 : end + 1].isalnum()
    ):
        yield f"{words!r} cuts a word"
    if re.search(r"['’]s$", words):
        yield f"{words!r} ends in 's"
    if re.search(r"[,;]$", words):
        yield f"{words!r} ends in a comma"


def _event_faults(passage: Passage, event: Event) -> Iterator[str]:
    text = passage.text
    if unknown := [m for m in event.modes if m not in MODES[event.type]]:
        yield f"{event.type} has no mode {', '.join(unknown)}"
    if unknown := [c for c in event.contexts if c not in CONTEXTS]:
        yield f"no context is called {', '.join(unknown)}"
    if event.status == "planned" and event.type in NEVER_PLANNED:
        yield f"a planned {event.type} is AGREE"
    if len(event.contexts) > MOST_CONTEXTS:
        yield f"{len(event.contexts)} contexts, {MOST_CONTEXTS} are the most"
    if not re.fullmatch(r"\d{2,4}", event.cameo) or event.cameo[:2] not in cameo_roots(event.type):
        yield f"{event.cameo} is no CAMEO code of {event.type}"
    if len(text[slice(*event.trigger)].split()) > LONGEST_TRIGGER:
        yield f"the trigger {text[slice(*event.trigger)]!r} is longer than {LONGEST_TRIGGER} words"
    for start, end in event.places:
        name = text[start:end]
        if re.match(r"(?:the|a|an|in|at|near) ", name) or not any(c.isupper() for c in name):
            yield f"the place {name!r} is not a bare name"
    for start, end in event.dates:
        if re.match(r"(?:on|in|at|by|over|since|until|from) ", text[start:end]):
            yield f"the date {text[start:end]!r} begins with a preposition"
    for span in (*event.actors, *event.recipients):
        if span == event.trigger:
            yield "the trigger is its own party"
    if event.mutual and not event.actors:
        yield "mutual, but nobody acts"
    for key, count in (("dead", event.dead), ("injured", event.injured), ("crowd", event.crowd)):
        if count and not _agrees(count.span.of(text), count):
            yield f"{key}: {count.span.of(text)!r} does not say {count.low}"
    if event.same_as:
        earlier = next(e for e in passage.events if e.label == event.same_as)
        if earlier.type != event.type:
            yield f"it is {event.type}, but {earlier.label}, of which it is said again, {earlier.type}"


def _agrees(words: str, count: Count) -> bool:
    """Is the first number in figures, if there is one, a bound of the count?"""
    figure = _NUMBER.search(words)
    if not figure or re.search(r"thousand|million|hundred", words):
        return True
    return float(figure[0].replace(",", "")) in (count.low, count.high)


def _all_spans(event: Event) -> Iterator[Pair]:
    yield event.trigger
    yield from (*event.actors, *event.recipients, *event.places, *event.dates)
    if event.told_by:
        yield event.told_by
    for count in (event.dead, event.injured, event.crowd):
        if count:
            yield count.span.start, count.span.end


def check_files(paths: Iterable[Path]) -> Checked:
    """Check files together: no text stands twice."""
    checked = Checked()
    first: dict[str, str] = {}
    for path in paths:
        for line, block in blocks(path):
            where = f"{path.name}:{line}"
            try:
                passage = parse(block)
            except MarkupError as error:
                checked.faults.append(f"{where}: {error}")
                continue
            checked.faults += [f"{where}: {fault}" for fault in check_passage(passage)]
            if passage.id in first:
                checked.faults.append(f"{where}: the text stands at {first[passage.id]} already")
            first.setdefault(passage.id, where)
            checked.passages.append(passage)
    return checked


def describe(passages: Sequence[Passage]) -> str:
    """How the passages and their events are spread, a table a group."""
    events = [(p, e) for p in passages for e in p.events]
    shares = {
        "on somebody's word": sum(e.told_by is not None for _, e in events),
        "no actor": sum(not e.actors for _, e in events),
        "mutual": sum(e.mutual for _, e in events),
        "with place": sum(bool(e.places) for _, e in events),
        "with date": sum(bool(e.dates) for _, e in events),
        "told again": sum(e.same_as is not None for _, e in events),
    }
    numbered = sum(any(e.dead or e.injured or e.crowd for e in p.events) for p in passages)
    lines = [
        f"{len(passages)} passages, {len(events)} events, {sum(not p.events for p in passages)} passages without, "
        f"{sum(any(e.told_by for e in p.events) for p in passages)} with one on somebody's word, "
        f"{numbered} with casualties or a crowd",
        ", ".join(f"{name} {n}" for name, n in shares.items()),
        f"{'':10}{'all':>6}" + "".join(f"{status:>13}" for status in STATUSES) + f"{'triggers':>10}  modes",
    ]
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    triggers: defaultdict[str, set[str]] = defaultdict(set)
    modes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage, event in events:
        table[event.type][event.status] += 1
        triggers[event.type].add(passage.text[slice(*event.trigger)].lower())
        modes[event.type].update(event.modes or ("-",))
    for type_ in TYPES:
        cells = "".join(f"{table[type_][status]:>13}" for status in STATUSES)
        told = ", ".join(f"{mode} {n}" for mode, n in modes[type_].most_common())
        lines.append(f"{type_:10}{table[type_].total():>6}{cells}{len(triggers[type_]):>10}  {told}")
    totals = Counter(e.status for _, e in events)
    lines.append(f"{'all':10}{len(events):>6}" + "".join(f"{totals[status]:>13}" for status in STATUSES))
    regions = Counter(p.region for p in passages)
    lines.append(", ".join(f"{region} {regions[region]}" for region in REGIONS))
    contexts = Counter(c for _, e in events for c in e.contexts)
    lines.append(", ".join(f"{context} {contexts[context]}" for context in CONTEXTS))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named, or all; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description="Check the sentences with events.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    files = parser.parse_args(arguments).files or sorted(FOLDER.glob("*.txt"))
    checked = check_files(files)
    for fault in checked.faults:
        print(fault)
    print(describe(checked.passages))
    print(f"{len(checked.faults)} faults")
    return 1 if checked.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
