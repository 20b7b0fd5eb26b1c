"""What the form of a statement or an event shows, and what it brings back: words, where they stand, and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from msgspec import UNSET
from starlette.datastructures import FormData

from onrecord.analysis.labels import ATTITUDES, KINDS
from onrecord.analysis.plover import MODES, STATUSES, TYPES
from onrecord.contract import EventOut, StatementOut
from onrecord.errors import UsageError
from onrecord.record.amend import Finding
from onrecord.record.amendments import quoted
from onrecord.record.fixing import Given, GivenEvent, Words

_BREAK: Final = re.compile(r"\n\s*\n")
_AT: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
# Of the words around a finding so many characters are shown at most, before it and behind it.
_AROUND: Final = 1_200
# So many pieces, actors or recipients a form takes.
_MOST: Final = 40


class Part(NamedTuple):
    """Words of a finding in its report.

    Attributes:
        role: source, cue, content, trigger, actor or recipient.
        at: `start-end`.
        actor: id in the report of whom they mean.
    """

    role: str
    words: str
    at: str
    actor: str | None = None


class Piece(NamedTuple):
    """Words of the passage that play the same roles."""

    words: str
    roles: str


class Passage(NamedTuple):
    """The words around a finding.

    Attributes:
        start: where they begin in the text of the report.
        pieces: all of them in their order.
    """

    start: int
    pieces: list[Piece]


def text_of(finding: Finding) -> str:
    """The text of the report."""
    text: str = finding.put.now.text
    return text


def parts_of(told: StatementOut | EventOut, text: str) -> list[Part]:
    """The parts of a finding that have places, in the order of its form."""
    roles: list[tuple[str, Any]]
    if isinstance(told, StatementOut):
        roles = [("source", told.source), ("cue", told.cue), *(("content", c) for c in told.content)]
    else:
        roles = [("trigger", told.trigger)]
        roles += [("actor", p) for p in told.actors] + [("recipient", p) for p in told.recipients]
    return [
        Part(role, text[s.start : s.end], f"{s.start}-{s.end}", getattr(s, "actor", None))
        for role, s in roles
        if s is not None
    ]


def passage_of(told: StatementOut | EventOut, text: str) -> Passage:
    """The paragraphs in which a finding stands, with one on either side."""
    spans = [tuple(map(int, part.at.split("-"))) for part in parts_of(told, text)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    breaks = [b.end() for b in _BREAK.finditer(text, 0, first)]
    start = max(breaks[-2] if len(breaks) > 1 else 0, first - _AROUND)
    ends = [b.start() for b in _BREAK.finditer(text, last)][:2]
    end = min(ends[-1] if len(ends) > 1 else len(text), last + _AROUND)
    cuts = sorted({start, end, *(at for span in spans for at in span)})
    pieces = []
    for one, two in pairwise(cuts):
        roles = {p.role for p in parts_of(told, text) if _holds(p.at, one, two)}
        pieces.append(Piece(text[one:two], " ".join(sorted(roles))))
    return Passage(start, pieces)


def _holds(at: str, start: int, end: int) -> bool:
    first, last = map(int, at.split("-"))
    return first <= start and end <= last


def in_words(told: StatementOut | EventOut, finding: Finding) -> Iterator[tuple[str, str]]:
    """What a finding says, part by part, as a person reads it: names of the parts and what stands in each."""
    text = text_of(finding)
    names = {a.id: a.name for a in finding.put.now.actors}

    def meant(span: Any) -> str:
        if span is None:
            return "none"
        words = quoted(text[span.start : span.end])
        return f"{words}, who is {names[span.actor]}" if getattr(span, "actor", None) else words

    def several(spans: Sequence[Any]) -> str:
        return "; ".join(meant(s) for s in spans) or "none"

    if isinstance(told, StatementOut):
        yield "Source", meant(told.source)
        yield "Cue", meant(told.cue)
        yield "Content", several(told.content)
        yield "Kind", told.kind + (", not made" if told.negated else "")
        yield "Attitude", told.attitude
        yield "Quotation", told.quotation
        yield "About", ", ".join(names[a] for a in told.about) or "nobody named"
        yield "To", names[told.addressee] if told.addressee else "nobody named"
    else:
        yield "Type", ".".join([told.type, *told.modes])
        yield "CAMEO", told.cameo
        yield "Words for the act", meant(told.trigger)
        yield "Status", told.status
        yield "Who acts", several(told.actors)
        yield "To whom it is done", several(told.recipients)


def follows_in_words(follows: Sequence[tuple[str, str, str | None]]) -> list[str]:
    """What else would be otherwise, a sentence each.

    >>> follows_in_words([("s2", "within", None), ("e1", "reported_by", "s1"), ("e2", "same_as", None)])
    ['Statement 2 lies within none.', 'Event 1 is told on the word of statement 1.', 'Event 2 tells an event of its own.']
    """
    return [_follows(id, what, then) for id, what, then in follows]


def _follows(id: str, what: str, then: str | None) -> str:
    number, other = id[1:], (then or "")[1:]
    if what == "within":
        return f"Statement {number} lies within {f'statement {other}' if then else 'none'}."
    if what == "reported_by":
        return f"Event {number} is told on the {f'word of statement {other}' if then else 'reporter’s word'}."
    return f"Event {number} tells {f'event {other} again' if then else 'an event of its own'}."


def shown_of(finding: Finding) -> dict[str, list[str]]:
    """The fields of the form as they are before anybody has typed."""
    told = finding.now
    fields: dict[str, list[str]] = {}
    for part in parts_of(told, text_of(finding)):
        fields.setdefault(part.role, []).append(part.words)
        fields.setdefault(f"{part.role}_at", []).append(part.at)
    if isinstance(told, StatementOut):
        fields |= {"kind": [told.kind], "attitude": [told.attitude]}
        fields |= {"negated": ["yes"] if told.negated else [], "addressee": [told.addressee or ""]}
    else:
        fields |= {"type": [told.type], "mode": list(told.modes), "status": [told.status]}
    return fields


def typed_in(form: FormData) -> dict[str, list[str]]:
    """The fields of a form that was sent, for the form to be shown again."""
    return {name: [str(v) for v in form.getlist(name)[:_MOST]] for name in form if name != "csrf"}


def read_given(finding: Finding, typed: Mapping[str, Sequence[str]]) -> Given | GivenEvent:
    """What the form says of a finding.

    Raises:
        UsageError: for an event without words for the act.
    """
    return _statement(finding, typed) if finding.of == "statement" else _event(finding, typed)


def _statement(finding: Finding, typed: Mapping[str, Sequence[str]]) -> Given:
    text = text_of(finding)
    source = _words(typed, "source", text)
    cue = _words(typed, "cue", text)
    return Given(
        source=source[0] if source else None,
        cue=cue[0].words if cue else None,
        content=[w.words for w in _words(typed, "content", text)],
        kind=_one(typed, "kind"),
        attitude=_one(typed, "attitude"),
        negated="yes" in typed.get("negated", ()),
        addressee=next(iter(typed.get("addressee", ())), "") or None,
    )


def _event(finding: Finding, typed: Mapping[str, Sequence[str]]) -> GivenEvent:
    text = text_of(finding)
    trigger = _words(typed, "trigger", text)
    if not trigger:
        raise UsageError("An event has words for the act. Give them, or mark the event wrong.")
    modes = list(typed.get("mode", ()))
    return GivenEvent(
        trigger=trigger[0].words,
        type=_one(typed, "type"),
        # Whoever changes the type alone means no modes of the old one.
        modes=UNSET if modes == list(finding.now.modes) else modes,
        status=_one(typed, "status"),
        actors=_words(typed, "actor", text),
        recipients=_words(typed, "recipient", text),
    )


def _one(typed: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(typed.get(name, ())), "")


def _words(typed: Mapping[str, Sequence[str]], role: str, text: str) -> list[Words]:
    """The words of a role: those that stand where they were chosen, else as they were typed."""
    found = []
    places, meant = typed.get(f"{role}_at", ()), typed.get(f"{role}_is", ())
    for n, words in enumerate(typed.get(role, ())):
        if not words.strip():
            continue
        at = _AT.fullmatch(places[n]) if n < len(places) else None
        stands = at is not None and text[int(at[1]) : int(at[2])].split() == words.split()
        means = meant[n] if n < len(meant) else ""
        found.append(Words(at[0] if at and stands else words, means or None))
    return found


def choices() -> dict[str, Any]:
    """What the form lets choose from."""
    return {"kinds": KINDS, "attitudes": ATTITUDES, "types": TYPES, "modes": MODES, "statuses": STATUSES}


def command_of(finding: Finding, given: Given | GivenEvent) -> list[str]:
    """The words of a command line that would have said the same."""
    words = ["amend", "fix", finding.id]
    options = {"modes": "mode", "actors": "actor", "recipients": "recipient"}
    for name, value in given._asdict().items():
        option = f"--{options.get(name, name)}"
        if value is UNSET or value == ():
            continue
        if value is None:
            words.append(f"--no-{name}")
        elif value is True or value is False:
            words.append("--negated" if value else "--not-negated")
        elif isinstance(value, str):
            words += [option, value]
        elif isinstance(value, Words):
            words += [option, value.words, *(["--source-is", value.means] if value.means else [])]
        else:
            told = [v.words if isinstance(v, Words) else v for v in value] or ["none"]
            words += [w for v in told for w in (option, v)]
    return words
