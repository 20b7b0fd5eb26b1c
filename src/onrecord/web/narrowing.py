"""What is asked of a report: by whom, of which kind, of which type; and how many of each there are to ask for.

Speaker and kind choose statements, the type chooses events. Whoever asks for statements is shown the events that are told in these, and
whoever asks for events the statements in which these are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from onrecord.analysis.labels import KINDS
from onrecord.analysis.plover import TYPES
from onrecord.errors import UsageError
from onrecord.record.asking.given import read_kind
from onrecord.record.asking.statements import Said
from onrecord.web.margin import Note

# Asked as `by` for statements without a source. No source is printed so.
NOBODY: Final = "-"


class Asked(NamedTuple):
    """What is asked; what is None is not asked.

    Attributes:
        by: id or name of an actor, or words of a source as printed; `NOBODY`.
        kind: of statements.
        type: of events.
    """

    by: str | None
    kind: str | None
    type: str | None


class Choice(NamedTuple):
    """Something to ask for, and how many there would be if it were asked beside what else is asked."""

    value: str
    name: str
    number: int


class Narrowed(NamedTuple):
    """What is left of a report's findings, and what else could be asked.

    Attributes:
        speakers: those of most statements first.
        kinds, types: in the order of the code books; all of the report, also those of which nothing is left.
    """

    asked: Asked
    statements: list[Said]
    notes: list[Note]
    speakers: list[Choice]
    kinds: list[Choice]
    types: list[Choice]


def read_asked(by: str, kind: str, type: str) -> Asked:
    """What the fields of a form ask; an empty one asks nothing.

    Raises:
        UsageError: for a kind or a type that there is not.
    """
    wanted = type.strip().upper()
    if wanted and wanted not in TYPES:
        raise UsageError(f"type {type}: there is no such type. Give one of: {', '.join(TYPES)}.")
    return Asked(by.strip() or None, read_kind(kind.strip() or None), wanted or None)


def narrow(statements: Sequence[Said], notes: Sequence[Note], asked: Asked) -> Narrowed:
    """What of a report's findings is asked for."""
    by, kind, type = asked

    def said(by: str | None, kind: str | None, type: str | None) -> list[Said]:
        told_in = {
            n.telling.reported_by.statement for n in notes if n.event.type == type and n.telling.reported_by
        }
        return [
            s
            for s in statements
            if (not by or _is_by(s, by)) and (not kind or s.kind == kind) and (not type or s.id in told_in)
        ]  # fmt: skip

    def told(by: str | None, kind: str | None, type: str | None) -> list[Note]:
        tells = {s.id for s in said(by, kind, None)} if by or kind else None
        return [
            n
            for n in notes
            if (not type or n.event.type == type) and (tells is None or _statement_of(n) in tells)
        ]

    types = Counter(n.event.type for n in told(by, kind, None))
    kinds = Counter(s.kind for s in said(by, None, type))
    return Narrowed(
        asked,
        said(by, kind, type),
        told(by, kind, type),
        _speakers(statements, said(None, kind, type)),
        [Choice(k, k, kinds[k]) for k in _there(KINDS, (s.kind for s in statements))],
        [Choice(t, t, types[t]) for t in _there(TYPES, (n.event.type for n in notes))],
    )


def _speakers(statements: Iterable[Said], left: Iterable[Said]) -> list[Choice]:
    names = {_speaker(s): s.actor or s.by or "no source named" for s in statements}
    numbers = Counter(_speaker(s) for s in left)
    return sorted(
        (Choice(speaker, name, numbers[speaker]) for speaker, name in names.items()),
        key=lambda choice: (-choice.number, choice.name.casefold()),
    )


def _speaker(said: Said) -> str:
    return said.actor_id or said.by or NOBODY


def _is_by(said: Said, by: str) -> bool:
    return by in (_speaker(said), said.actor, said.by)


def _statement_of(note: Note) -> str | None:
    word = note.telling.reported_by
    return word.statement if word else None


def _there(names: Iterable[str], found: Iterable[str]) -> list[str]:
    there = set(found)
    return [name for name in names if name in there]
