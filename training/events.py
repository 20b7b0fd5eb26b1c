"""Our own sentences with every political event marked: `training/events/*.txt`, in the markup that the guide there explains."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.analysis.counts import Count
from onrecord.analysis.plover import STATUSES, TYPES, usual_cameo_root
from onrecord.article import Span
from training.authored import MarkupError

FOLDER = Path(__file__).parent / "events"

Pair = tuple[int, int]

_OPEN = re.compile(r"\[([a-z][a-z0-9]*)\|")
_EVENT_LINE = re.compile(r"(e\d+) +([A-Z]+)((?:\.[a-z-]+)*)((?:\+[a-z_]+)*)((?: +\S+)*) *")
_VALUE = re.compile(r"(?P<about>~)?(?P<low>\d+)(?:(?P<open>\+)|\.\.(?P<high>\d+))?")
_NO_EVENT = "none"
_ROLES = ("actor", "to", "at", "on", "by")
_COUNTS = ("dead", "injured", "crowd")


@dataclass(frozen=True)
class Event:
    """One event; spans are code points [start, end) of the passage's text.

    Attributes:
        label: its name in the passage (`e1`).
        type, modes, contexts: PLOVER's.
        cameo: CAMEO code, two to four digits; the usual root unless the passage tells another.
        status: one of `STATUSES`.
        trigger: the words that tell the act.
        actors, recipients, places, dates: spans by role; none where the clause names none.
        told_by: the source, else the cue, of the innermost statement in which the event is told; None in
            the reporter's own voice.
        mutual: all parties do the same to each other; recipients are then the parties named after *with*.
        same_as: the label of the earlier event that this one tells again.
    """

    label: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str
    status: str
    trigger: Pair
    actors: tuple[Pair, ...] = ()
    recipients: tuple[Pair, ...] = ()
    places: tuple[Pair, ...] = ()
    dates: tuple[Pair, ...] = ()
    told_by: Pair | None = None
    dead: Count | None = None
    injured: Count | None = None
    crowd: Count | None = None
    mutual: bool = False
    same_as: str | None = None


@dataclass(frozen=True)
class Passage:
    """A sentence or a few, with all events.

    Attributes:
        id: made from the text, so that it stays when passages are moved.
        text: bare text; paragraphs are separated by a blank line.
        region: where it plays.
        shows: the hard cases that it shows.
        spans: all marked spans by their label, triggers included.
        events: in the order of their lines.
    """

    id: str
    text: str
    region: str
    shows: tuple[str, ...]
    spans: dict[str, Pair]
    events: tuple[Event, ...]


def parse_text(marked: str) -> tuple[str, dict[str, Pair]]:
    """`[label|words]` -> the bare text and the spans by label; marks may stand in marks.

    >>> parse_text("[a|[b|Chad]'s army] left")
    ("Chad's army left", {'b': (0, 4), 'a': (0, 11)})

    Raises:
        MarkupError: if a bracket is not matched or begins no mark, or a label stands twice.
    """
    text: list[str] = []
    stack: list[tuple[str, int]] = []
    spans: dict[str, Pair] = {}
    at = 0
    while at < len(marked):
        if opening := _OPEN.match(marked, at):
            stack.append((opening[1], len(text)))
            at = opening.end()
            continue
        char = marked[at]
        if char == "[" or (char == "]" and not stack):
            raise MarkupError(f"stray {char} near {marked[max(0, at - 30) : at + 10]!r}")
        if char == "]":
            label, start = stack.pop()
            if label in spans:
                raise MarkupError(f"label {label} is marked twice")
            spans[label] = (start, len(text))
        else:
            text.append(char)
        at += 1
    if stack:
        raise MarkupError(f"mark {stack[-1][0]} is not closed")
    return "".join(text), spans


def parse(block: str) -> Passage:
    """One block of a file -> its passage.

    Raises:
        MarkupError: if a line is not what the guide says, or a label is named that marks nothing.
    """
    head, *lines = block.strip("\n").split("\n")
    if not head.startswith("# "):
        raise MarkupError("the first line is not '# region; what it shows'")
    region, *shows = (part.strip() for part in head[2:].split(";"))
    told = [line for line in lines if re.match(r"e\d+ ", line) or line.strip() == _NO_EVENT]
    marked = [line for line in lines if line not in told]
    if lines != marked + told:
        raise MarkupError("text stands after an event line")
    text, spans = parse_text("\n\n".join(marked))
    if not text.strip():
        raise MarkupError("the passage has no text")
    if (_NO_EVENT in told and len(told) > 1) or not told:
        raise MarkupError("below the text stand either event lines or the line 'none'")
    events = tuple(parse_event(line, spans) for line in told if line.strip() != _NO_EVENT)
    labels = [event.label for event in events]
    if twice := {label for label in labels if labels.count(label) > 1}:
        raise MarkupError(f"{', '.join(sorted(twice))}: two lines")
    for event in events:
        if event.same_as is not None and event.same_as not in labels:
            raise MarkupError(f"{event.label}: there is no event {event.same_as}")
    name = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Passage(name, text, region, tuple(shows), spans, events)


def parse_event(line: str, spans: dict[str, Pair]) -> Event:
    """An event line -> the event, its labels looked up in the spans of the text.

    Raises:
        MarkupError: if the line is malformed or names a label that marks nothing.
    """
    matched = _EVENT_LINE.fullmatch(line)
    if not matched:
        raise MarkupError(f"{line!r} is no event line")
    label, type_, modes, contexts, rest = matched.groups()
    if type_ not in TYPES:
        raise MarkupError(f"{label}: no type is called {type_}")

    def span(of: str) -> Pair:
        if of not in spans:
            raise MarkupError(f"{label}: {of} marks nothing")
        return spans[of]

    status: str | None = None
    mutual = False
    given: dict[str, str] = {}
    for word in rest.split():
        key, sign, value = word.partition("=")
        if word in STATUSES and status is None:
            status = word
        elif word == "mutual":
            mutual = True
        elif sign and value and key in (*_ROLES, *_COUNTS, "same", "cameo") and key not in given:
            given[key] = value
        else:
            raise MarkupError(f"{label}: {word!r} cannot stand here")
    if status is None:
        raise MarkupError(f"{label}: no status")
    roles = {
        role: tuple(span(of) for of in given[role].split(",")) if role in given else () for role in _ROLES
    }
    if len(roles["by"]) > 1:
        raise MarkupError(f"{label}: an event is told by one statement")
    counts = {key: _count(given[key], label, span) if key in given else None for key in _COUNTS}
    mode_names, context_names = tuple(modes.split(".")[1:]), tuple(contexts.split("+")[1:])
    return Event(
        label=label,
        type=type_,
        modes=mode_names,
        contexts=context_names,
        cameo=given.get("cameo") or usual_cameo_root(type_, mode_names, context_names),
        status=status,
        trigger=span(label),
        actors=roles["actor"],
        recipients=roles["to"],
        places=roles["at"],
        dates=roles["on"],
        told_by=roles["by"][0] if roles["by"] else None,
        dead=counts["dead"],
        injured=counts["injured"],
        crowd=counts["crowd"],
        mutual=mutual,
        same_as=given.get("same"),
    )


def _count(given: str, label: str, span: Callable[[str], Pair]) -> Count:
    """`n:12`, `n:12+`, `n:~12`, `n:10..20` -> the count told by the span `n`."""
    of, _, value = given.partition(":")
    matched = _VALUE.fullmatch(value)
    if not matched:
        raise MarkupError(f"{label}: {given!r} is not label:number")
    low = int(matched["low"])
    high = None if matched["open"] else int(matched["high"] or low)
    if high is not None and high < low:
        raise MarkupError(f"{label}: {value} ends before it begins")
    return Count(Span(*span(of)), low, high, bool(matched["about"]))


def blocks(path: Path) -> Iterator[tuple[int, str]]:
    """The blocks of a file as (number of the first line, lines); blank lines separate them."""
    found: list[str] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        if line.strip():
            found.append(line.rstrip())
        elif found:
            yield number - len(found), "\n".join(found)
            found = []


def passages(folder: Path = FOLDER) -> list[Passage]:
    """All passages of the folder.

    Raises:
        MarkupError: if one cannot be read.
    """
    return [parse(block) for path in sorted(folder.glob("*.txt")) for _, block in blocks(path)]


def is_kept_apart(id: str) -> bool:
    """Is a text with this id of the twelfth that is not trained on?"""
    return zlib.crc32(f"events:{id}".encode()) % 12 == 0
