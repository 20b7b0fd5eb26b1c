"""What was found in a report, and what amendments say of it -> the statements and events as they are put right.

Nothing is written here, and nothing is found out anew: what follows from an amendment follows from the places of words. Whom a
statement is about are those whom its new content names; a statement lies within the shortest content that holds its cue; an event
is told on the word of the innermost statement that holds its words; of an event that the report tells again the first telling that
is not wrong stands for all. Where amendments change nothing of this, it stays as analysis found it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import UNSET

from onrecord.contract import AnalysisOut, EventOut, PartyOut, SourceOut, SpanOut, StatementOut
from onrecord.record.amendments import (
    Amendment,
    EventFix,
    Fix,
    Found,
    Meant,
    Moved,
    Place,
    StatementFix,
    as_found,
    bare,
    place_of,
    places_of,
)

_Finding = TypeVar("_Finding", StatementOut, EventOut)
_replace = msgspec.structs.replace


class Amended(NamedTuple):
    """A report as it is put right.

    Attributes:
        statements, events: all of them, those that are wrong too.
        wrong: ids of those that are none.
        placed: of the amendments whose finding is there, by their ids, what they are of as it was found.
        moved: what else had to follow, as it was found.
    """

    statements: list[StatementOut]
    events: list[EventOut]
    wrong: set[str]
    placed: dict[str, Found]
    moved: Moved


def findings_of(report: AnalysisOut) -> dict[str, StatementOut | EventOut]:
    """The statements and events of a report by their ids."""
    found: dict[str, StatementOut | EventOut] = {s.id: s for s in report.statements}
    return found | {e.id: e for e in report.events}


def put_back(report: AnalysisOut, placed: Sequence[Amendment]) -> None:
    """Let a report say what was found in it, given as its rows are.

    Args:
        report: is changed.
        placed: all amendments that were carried out on these rows, with what they moved.
    """
    findings = findings_of(report)
    for amendment in placed:
        for id, fields in (amendment.moved or {}).items():
            if id in findings:
                findings[id] = _replace(findings[id], **fields)
    for amendment in placed:
        found = bare(amendment.finding)
        findings[found.id] = found
    report.statements = _in_order(f for f in findings.values() if isinstance(f, StatementOut))
    report.events = _in_order(f for f in findings.values() if isinstance(f, EventOut))


def _in_order(findings: Iterable[_Finding]) -> list[_Finding]:
    return sorted(findings, key=lambda f: int(f.id[1:]))


def amend(report: AnalysisOut, made: Sequence[Amendment], means: Mapping[str, str]) -> Amended:
    """Carry out amendments, in their order, on what was found in their report.

    Args:
        means: whom analysis took the actors of the report for, by their ids in it.
    """
    found: dict[str, Any] = {**findings_of(report)}
    now = dict(found)
    actors = _Actors(report, means)
    known: dict[tuple[Any, ...], StatementOut | EventOut] = {}
    for f in found.values():
        known.setdefault(_known_by(f), f)
    wrong: set[str] = set()
    placed: dict[str, Found] = {}
    for amendment in made:
        finding = known.get(_known_by(amendment.finding))
        if finding is None or not _stands_in(report.text, amendment, finding):
            continue
        placed[amendment.id] = as_found(finding, report.text, means)
        if amendment.fix is None:
            wrong.add(finding.id)
        else:
            now[finding.id] = _fixed(now[finding.id], amendment.fix, actors)
    moved: Moved = {}
    if placed:
        for move in (_nest, _tell, _tell_again):
            for id, fields in move(found, now, wrong).items():
                moved.setdefault(id, {}).update({name: getattr(found[id], name) for name in fields})
                now[id] = _replace(now[id], **fields)
    statements = [f for f in now.values() if isinstance(f, StatementOut)]
    events = [f for f in now.values() if isinstance(f, EventOut)]
    return Amended(statements, events, wrong, placed, moved)


def _known_by(finding: StatementOut | EventOut) -> tuple[Any, ...]:
    return (isinstance(finding, StatementOut), *place_of(finding))


def _stands_in(text: str, amendment: Amendment, finding: StatementOut | EventOut) -> bool:
    """Is it of this very text?"""
    words = as_found(finding, text, defaultdict(str)).words
    theirs = amendment.finding.words
    name = "content" if amendment.of == "statement" else "trigger"
    said = places_of(amendment.fix) if amendment.fix else []
    return words[name] == theirs.get(name) and all(text[p.start : p.end] == p.text for p in said)


class _Actors:
    """The actors of a report, by whom analysis took them for and by where they are mentioned."""

    def __init__(self, report: AnalysisOut, means: Mapping[str, str]) -> None:
        self._ids = {found: id for id, found in reversed([*means.items()])}
        self._codes = {a.id: (a.country, a.sector) for a in report.actors}
        self.mentions = [m for m in report.mentions if m.actor]

    def of(self, found: str | None) -> str | None:
        """The id in the report of whom analysis took somebody for; None where nobody was taken for that one."""
        return self._ids.get(found) if found else None

    def meant(self, words: Meant) -> tuple[str | None, str | None, str | None]:
        """Whom words mean: id in the report, country and sector."""
        if words.actor is None:
            return None, words.country, words.sector
        # Another model may have made another id of the same words.
        id = self.of(words.actor) or next(
            (m.actor for m in self.mentions if (m.start, m.end) == (words.start, words.end)), None
        )
        return (id, *self._codes[id]) if id else (None, None, None)


def _fixed(finding: Any, fix: Fix, actors: _Actors) -> Any:
    if isinstance(fix, StatementFix):
        return _fixed_statement(finding, fix, actors)
    return _fixed_event(finding, fix, actors)


def _fixed_statement(statement: StatementOut, fix: StatementFix, actors: _Actors) -> StatementOut:
    fields: dict[str, Any] = {
        name: value
        for name in ("quotation", "attitude", "negated", "kind")
        if (value := getattr(fix, name)) is not UNSET
    }
    if fix.source is not UNSET:
        fields["source"] = _source(fix.source, actors)
    if fix.cue is not UNSET:
        fields["cue"] = _span(fix.cue) if fix.cue else None
    if fix.content is not UNSET:
        fields["content"] = [_span(c) for c in fix.content]
    if fix.addressee is not UNSET:
        fields["addressee"] = actors.of(fix.addressee)
    now = _replace(statement, **fields)
    if fix.source is not UNSET or fix.content is not UNSET:
        now.about = _about(statement, now, actors)
    return now


def _source(words: Meant | None, actors: _Actors) -> SourceOut | None:
    return SourceOut(words.start, words.end, *actors.meant(words)) if words else None


def _span(place: Place) -> SpanOut:
    return SpanOut(place.start, place.end)


def _about(before: StatementOut, now: StatementOut, actors: _Actors) -> list[str]:
    """Whom a statement is about: of those whom it was about who is still mentioned, and who is by the words that are new."""
    speaker = now.source.actor if now.source else None
    still = [a for a in before.about if any(m.actor == a and _holds(now, m.start, m.end) for m in actors.mentions)]  # fmt: skip
    new = [
        m.actor
        for m in actors.mentions
        if _holds(now, m.start, m.end) and not _holds(before, m.start, m.end) and m.form != "pronoun"
    ]
    # The record keeps no other order.
    return sorted({a for a in (*still, *new) if a is not None and a != speaker}, key=lambda a: int(a[1:]))


def _holds(statement: StatementOut, start: int, end: int) -> bool:
    return any(c.start <= start and end <= c.end for c in statement.content)


def _fixed_event(event: EventOut, fix: EventFix, actors: _Actors) -> EventOut:
    fields: dict[str, Any] = {
        name: value for name in ("type", "cameo", "status") if (value := getattr(fix, name)) is not UNSET
    }
    if fix.modes is not UNSET:
        fields |= {"modes": list(fix.modes), "mode": fix.modes[0] if fix.modes else None}
    if fix.trigger is not UNSET:
        fields["trigger"] = _span(fix.trigger)
    for role in ("actors", "recipients"):
        parties = getattr(fix, role)
        if parties is not UNSET:
            fields[role] = [PartyOut(p.start, p.end, *actors.meant(p)) for p in parties]
    return _replace(event, **fields)


_Move = dict[str, dict[str, str | None]]


def _standing(findings: Mapping[str, Any], kind: type[_Finding], wrong: Collection[str]) -> list[_Finding]:
    return [f for f in findings.values() if isinstance(f, kind) and f.id not in wrong]


def _nest(found: Mapping[str, Any], now: Mapping[str, Any], wrong: Collection[str]) -> _Move:
    """Which statements lie within others than before."""
    before, after = (_standing(f, StatementOut, w) for f, w in ((found, ()), (now, wrong)))
    moved: _Move = {}
    within: dict[str, str | None] = {s.id: s.within for s in after}
    for s in after:
        outer = _followed(s.within, _around(found[s.id], before), _around(s, after), found, wrong)
        if outer is not None and _leads_to(outer, s.id, within):
            outer = None
        if outer != s.within:
            within[s.id] = outer
            moved[s.id] = {"within": outer}
    return moved


def _followed(
    kept: str | None, before: str | None, after: str | None, found: Mapping[str, Any], wrong: Collection[str]
) -> str | None:
    """The statement around something, after amendments.

    Args:
        kept: what analysis found.
        before, after: what the places of words give without amendments, and with them. Where analysis knew better, it does.
    """
    if kept in wrong:
        while kept is not None and kept in wrong:
            kept = found[kept].within
        return kept
    return after if kept == before else kept


def _around(statement: StatementOut, among: Sequence[StatementOut]) -> str | None:
    """The id of the statement with the shortest content that holds the cue of one; of two that hold each other's cue the longer content
    is the outer one."""
    cue = statement.cue
    if cue is None:
        return None
    outer = [
        o
        for o in among
        if o.id != statement.id
        and _holds(o, cue.start, cue.end)
        and not (o.cue and _holds(statement, o.cue.start, o.cue.end) and _length(statement) >= _length(o))
    ]
    around = min(outer, key=_length, default=None)
    return around.id if around else None


def _length(statement: StatementOut) -> int:
    return sum(c.end - c.start for c in statement.content)


def _leads_to(id: str, target: str, within: Mapping[str, str | None]) -> bool:
    at: str | None = id
    seen: set[str] = set()
    while at is not None and at not in seen:
        if at == target:
            return True
        seen.add(at)
        at = within.get(at)
    return False


def _tell(found: Mapping[str, Any], now: Mapping[str, Any], wrong: Collection[str]) -> _Move:
    """Which events are told on another word than before."""
    before, after = (_standing(f, StatementOut, w) for f, w in ((found, ()), (now, wrong)))
    moved: _Move = {}
    for e in _standing(now, EventOut, ()):
        told = found[e.id].reported_by
        teller = _followed(told, _teller(found[e.id], before), _teller(e, after), found, wrong)
        if teller != told:
            moved[e.id] = {"reported_by": teller}
    return moved


def _teller(event: EventOut, statements: Sequence[StatementOut]) -> str | None:
    """The innermost statement in which an event is told; what somebody means to do is no telling."""
    telling = [
        s
        for s in statements
        if s.attitude != "intention" and _holds(s, event.trigger.start, event.trigger.end)
    ]
    told = min(telling, key=_length, default=None)
    return told.id if told else None


def _tell_again(found: Mapping[str, Any], now: Mapping[str, Any], wrong: Collection[str]) -> _Move:
    """Which events are told again of others than before: none of one that is wrong, or that is of another type or status now."""
    tellings: dict[str, list[EventOut]] = defaultdict(list)
    for e in _standing(found, EventOut, ()):
        tellings[_first(e, found)].append(e)
    moved: _Move = {}
    for group in tellings.values():
        if len(group) == 1 or not any(e.id in wrong or _act(now[e.id]) != _act(e) for e in group):
            continue
        changed = [e for e in group if _act(now[e.id]) != _act(e)]
        firsts: dict[Any, str] = {}
        for e in group:
            # Tellings that nobody has changed stay together.
            act = _act(now[e.id]) if e in changed else None
            first = None if e.id in wrong else firsts.setdefault(act, e.id)
            again = first if first != e.id else None
            if again != e.same_as:
                moved[e.id] = {"same_as": again}
    return moved


def _first(event: EventOut, found: Mapping[str, Any]) -> str:
    while event.same_as is not None:
        event = found[event.same_as]
    return event.id


def _act(event: EventOut) -> tuple[str, str]:
    return event.type, event.status
