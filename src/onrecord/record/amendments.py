"""Amendments: what people put right of a statement or an event that was found in a report.

An amendment is one of two: what was found is none (wrong), or some of it is otherwise (fix). They are a list in the order in
which they were made. A finding is what analysis found and then what the amendments of it say, one behind the other: so any of
them can be taken back, and they hold where the same finding is found again, by a newer model or in another record.

The same finding is found again where the same words stand at the same places: of a statement its source, cue and content, of an
event the word for the act, with the same type.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from onrecord.analysis.labels import Attitude, Kind, Quotation
from onrecord.analysis.plover import MODES, Status
from onrecord.contract import EventOut, StatementOut
from onrecord.record.corrections import is_plain
from onrecord.record.json_lines import read_lines_as

Of = Literal["statement", "event"]
_OPENING, _CLOSING = '“"‘«„', '”"’»“'
# Letters of a digest that an id keeps.
_ID_LENGTH = 12
# The letter that the ids of findings have within their report.
LETTERS: Mapping[Of, str] = {"statement": "s", "event": "e"}


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a report: code points [start, end) of its text."""

    start: int
    end: int
    text: str


class Meant(Place, frozen=True, forbid_unknown_fields=True):
    """Words that mean somebody.

    Attributes:
        actor: whom analysis took that one for (`appearances.found`), the same in every record; None for nobody by name.
        country, sector: PLOVER's codes of words that name nobody.
    """

    actor: str | None = None
    country: str | None = None
    sector: str | None = None


class StatementFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is otherwise in a statement; the rest is as it was.

    Attributes:
        addressee: as `Meant.actor`.
    """

    source: Meant | UnsetType | None = UNSET
    cue: Place | UnsetType | None = UNSET
    content: tuple[Place, ...] | UnsetType = UNSET
    quotation: Quotation | UnsetType = UNSET
    attitude: Attitude | UnsetType = UNSET
    negated: bool | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    addressee: str | UnsetType | None = UNSET


class EventFix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is otherwise in an event; the rest is as it was."""

    trigger: Place | UnsetType = UNSET
    type: str | UnsetType = UNSET
    modes: tuple[str, ...] | UnsetType = UNSET
    cameo: str | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    actors: tuple[Meant, ...] | UnsetType = UNSET
    recipients: tuple[Meant, ...] | UnsetType = UNSET


class FoundStatement(StatementOut, kw_only=True, omit_defaults=True):
    """A statement as it was found.

    Attributes:
        words: of `source`, `cue` and `content`, as far as it has them.
        means: whom analysis took the actors for that it speaks of (`appearances.found`), by their ids in the report.
    """

    words: dict[str, str]
    means: dict[str, str]


class FoundEvent(EventOut, kw_only=True, omit_defaults=True):
    """An event as it was found.

    Attributes:
        words: of `trigger` and `sentence`, and those who take part, as `actors` and `recipients`.
        means: as of `FoundStatement`.
    """

    words: dict[str, str]
    means: dict[str, str]


Found = FoundStatement | FoundEvent
Fix = StatementFix | EventFix
# Other findings of the report that had to follow, as they were found: by id, what is otherwise in each.
Moved = dict[str, dict[str, str | None]]


class Amendment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One amendment, as it is stored and exported.

    Attributes:
        report: the id of the report.
        found: what analysis found.
        said: fix: what is said instead.
        time: when it was made, ISO, UTC.
        who: who made it; None where that is not known.
        command: the words that were typed.
        moved: what else had to follow in this record.
        id: made from all that does not depend on the record, so that an amendment that is imported twice is known again.
    """

    what: Literal["wrong", "fix"]
    of: Of
    report: str
    found: Any
    said: Any = None
    time: str
    who: str | None = None
    command: str = ""
    moved: Moved | None = None
    id: str = ""

    @property
    def fix(self) -> Fix | None:
        """What is said instead; None where it is wrong."""
        told: Fix | None = self.said
        return told

    @property
    def finding(self) -> Found:
        """What analysis found."""
        told: Found = self.found
        return told


_NULL = msgspec.Raw(b"null")


class _Line(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An amendment as JSON, of which it is to be seen yet what it is of."""

    what: Literal["wrong", "fix"]
    of: Of
    report: str
    found: msgspec.Raw
    said: msgspec.Raw = _NULL
    time: str
    who: str | None = None
    command: str = ""
    moved: Moved | None = None
    id: str = ""


_FOUND: dict[Of, Any] = {
    "statement": msgspec.json.Decoder(FoundStatement),
    "event": msgspec.json.Decoder(FoundEvent),
}
_SAID: dict[Of, Any] = {
    "statement": msgspec.json.Decoder(StatementFix),
    "event": msgspec.json.Decoder(EventFix),
}


def read_found(of: Of, told: str | bytes) -> Found:
    """A finding from its JSON.

    Raises:
        msgspec.DecodeError: if it is none.
    """
    found: Found = _FOUND[of].decode(told)
    return found


def read_said(of: Of, told: str | bytes | None) -> Fix | None:
    """What is said instead from its JSON; None for None.

    Raises:
        msgspec.DecodeError: if it is nothing of the kind.
    """
    said: Fix | None = None if told is None else _SAID[of].decode(told)
    return said


def identified(amendment: Amendment) -> Amendment:
    """The amendment under the id that is made from what it says, of what, by whom and when."""
    a = amendment
    told = [a.what, a.of, a.report, place_of(a.finding), a.said, a.time, a.who, a.command]
    digest = hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()
    return msgspec.structs.replace(a, id=digest[:_ID_LENGTH])


def place_of(found: StatementOut | EventOut) -> tuple[Any, ...]:
    """By what a finding is known again, beside the words that stand there."""
    if isinstance(found, StatementOut):
        ends = [(s.start, s.end) if s else None for s in (found.source, found.cue)]
        return (*ends, tuple((c.start, c.end) for c in found.content))
    return (found.trigger.start, found.trigger.end, found.type)


def as_found(finding: StatementOut | EventOut, text: str, means: Mapping[str, str]) -> Found:
    """A finding of a report with its words, and whom it means.

    Args:
        text: of the report.
        means: whom analysis took the actors of the report for, by their ids in it.
    """
    fields = {name: getattr(finding, name) for name in finding.__struct_fields__ if name in _plain(finding)}
    if isinstance(finding, StatementOut):
        words = {
            name: text[at.start : at.end]
            for name, at in (("source", finding.source), ("cue", finding.cue))
            if at is not None
        }
        words["content"] = " … ".join(text[c.start : c.end] for c in finding.content)
        who = [finding.source.actor if finding.source else None, finding.addressee, *finding.about]
        return FoundStatement(**fields, words=words, means=_of(who, means))
    parties = {"actors": finding.actors, "recipients": finding.recipients}
    words = {name: text[at.start : at.end] for name, at in (("trigger", finding.trigger), ("sentence", finding.sentence))}  # fmt: skip
    words |= {name: ", ".join(text[p.start : p.end] for p in them) for name, them in parties.items() if them}
    who = [p.actor for them in parties.values() for p in them]
    return FoundEvent(**fields, words=words, means=_of(who, means))


def bare(found: Found) -> StatementOut | EventOut:
    """A finding in the words of the output contract alone."""
    kind = StatementOut if isinstance(found, FoundStatement) else EventOut
    return kind(**{name: getattr(found, name) for name in _plain(found)})


def _plain(finding: StatementOut | EventOut) -> tuple[str, ...]:
    whole = StatementOut if isinstance(finding, StatementOut) else EventOut
    return tuple(name for name in whole.__struct_fields__ if name != "amended")


def _of(who: Iterable[str | None], means: Mapping[str, str]) -> dict[str, str]:
    return {id: means[id] for id in dict.fromkeys(who) if id is not None}


def read_lines(data: bytes, origin: str) -> list[Amendment]:
    """Amendments from JSON lines.

    Args:
        origin: what the lines were read from, for errors.

    Raises:
        UsageError: names the first line that is none.
    """
    made = read_lines_as(
        data, origin, read_amendment, fault_of, called="an amendment", made_with="onrecord amend export FILE"
    )
    # Whoever has edited a line has made another amendment.
    return [identified(one) for one in made]


def read_amendment(told: bytes | msgspec.Raw) -> Amendment:
    """An amendment from its JSON.

    Raises:
        msgspec.DecodeError: if it is none.
    """
    line = msgspec.json.decode(told, type=_Line)
    return Amendment(
        what=line.what,
        of=line.of,
        report=line.report,
        found=read_found(line.of, bytes(line.found)),
        said=None if bytes(line.said) == b"null" else read_said(line.of, bytes(line.said)),
        time=line.time,
        who=line.who,
        command=line.command,
        moved=line.moved,
        id=line.id,
    )


def fault_of(amendment: Amendment) -> str | None:
    """What an amendment lacks, or has that none may have; None if it is well."""
    fix = amendment.fix
    if (amendment.what == "fix") != (fix is not None):
        return "a fix says what is otherwise, and what is wrong does not"
    if not amendment.report or not all(is_plain(w) for w in (amendment.report, amendment.who or "")):
        return "the report or who made it is empty or holds control characters"
    try:
        datetime.fromisoformat(amendment.time)
    except ValueError:
        return f"the time {amendment.time[:40]!r} is not ISO 8601"
    if fix is None:
        return None
    if not fields_of(fix):
        return "nothing is otherwise"
    if wrong := next((p for p in places_of(fix) if not 0 <= p.start < p.end or not p.text.strip()), None):
        return f"the words at {wrong.start} to {wrong.end} are none"
    if isinstance(fix, StatementFix):
        return "a statement has a content" if fix.content == () else None
    if fix.type is not UNSET and fix.type not in MODES:
        return f"{fix.type[:40]} is no type"
    known = {mode for modes in MODES.values() for mode in modes}
    if fix.modes is not UNSET and (odd := next((m for m in fix.modes if m not in known), None)):
        return f"{odd[:40]} is no mode"
    return None


def fields_of(fix: Fix) -> dict[str, Any]:
    """What a fix says, by the name of the field."""
    told = ((name, getattr(fix, name)) for name in fix.__struct_fields__)
    return {name: value for name, value in told if value is not UNSET}


def places_of(fix: Fix) -> list[Place]:
    """The words at which a fix points."""
    found: list[Place] = []
    for value in fields_of(fix).values():
        found += [v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, Place)]
    return found


def say(amendment: Amendment, names: Mapping[str, str]) -> str:
    """An amendment in words.

    Args:
        names: of actors, by whom analysis took them for; who is not among them goes by that id.
    """
    found, fix = amendment.finding, amendment.fix
    what = f"{amendment.report}#{found.id}"
    words = quoted(found.words["content" if amendment.of == "statement" else "trigger"])
    if fix is None:
        return f"{what} is no {amendment.of}: {words}"
    told = [f"{name} {_told(value, names)}" for name, value in fields_of(fix).items() if name != "cameo"]
    return f"{what} {words}: {'; '.join(told)}"


def quoted(words: str) -> str:
    """Words of a report in quotation marks, unless they have some of their own at both ends.

    >>> quoted("the mayor"), quoted("“We will pay,”")
    ('“the mayor”', '“We will pay,”')
    """
    return words if words[:1] in _OPENING and words[-1:] in _CLOSING else f"“{words}”"


def _told(value: Any, names: Mapping[str, str]) -> str:
    match value:
        case Meant():
            who = f" ({names.get(value.actor, value.actor)})" if value.actor else ""
            return f"{quoted(value.text)}{who}"
        case Place():
            return quoted(value.text)
        case tuple():
            return ", ".join(_told(v, names) for v in value) or "none"
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
    return names.get(value, value)
