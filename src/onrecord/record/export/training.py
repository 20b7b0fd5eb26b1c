"""What people put right -> labelled passages, which a model is taught with: JSON lines in the form of PolNeAR's, with our labels.

A passage is the paragraphs in which something was put right, whole, with all statements and events of them as they stand now. What
a person has said of is marked (`by_hand`); what is wrong stands apart (`wrong`), so that it is not taught, and where nobody has
said anything of the events of a sentence, it stands under `unsure`, as in `training/events/news.jsonl`: whether what the model
found there is right, and all that there is, nobody has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from onrecord.article import Span
from onrecord.contract import AnalysisOut, EventOut, StatementOut
from onrecord.record.amend import amended_reports
from onrecord.record.amending import findings_of
from onrecord.record.carrying_out import Put, read_put

Pair = tuple[int, int]
_BREAK: Final = re.compile(r"\n\s*\n")


class Statement(msgspec.Struct, omit_defaults=True):
    """A statement; spans are code points [start, end) of the passage. `negated` is 0 or 1, as in `training/kinds/labels.jsonl`."""

    source: list[Pair]
    cue: list[Pair]
    content: list[Pair]
    kind: str
    attitude: str
    negated: int
    by_hand: bool = False


class Event(msgspec.Struct, omit_defaults=True):
    """An event, as in `training/events/news.jsonl`."""

    trigger: Pair
    type: str
    modes: list[str]
    status: str
    actors: list[Pair]
    recipients: list[Pair]
    by_hand: bool = False


class Wrong(msgspec.Struct):
    """What was found and is none."""

    statements: list[Statement]
    events: list[Event]


class Passage(msgspec.Struct):
    """A line.

    Attributes:
        id: that of the report, and the place of the passage in it.
        model: which model found what nobody has put right.
        unsure: sentences of whose events nobody has said anything.
    """

    id: str
    text: str
    published: str | None
    model: str | None
    statements: list[Statement]
    events: list[Event]
    wrong: Wrong
    unsure: list[Pair]


def write_passages(connection: Connection) -> Iterator[bytes]:
    """The passages of all reports in which something was put right, a line of JSON each, by report and in the order of the text."""
    for report in amended_reports(connection):
        put = read_put(connection, report)
        if put is not None:
            for passage in passages_of(put):
                yield msgspec.json.encode(passage) + b"\n"


def passages_of(put: Put) -> Iterator[Passage]:
    """The passages of one report, in the order of the text."""
    report = put.now
    by_hand = {s.amendment.finding.id for s in put.made if s.row is not None}
    now = findings_of(report)
    found = findings_of(put.found)
    spans = [_paragraphs(report.text, _around([now[id], found[id]])) for id in sorted(by_hand)]
    whole = [_around([s]) for s in report.statements if s.id not in put.wrong]
    for start, end in _joined(report.text, spans, whole):
        yield _passage(put, report, by_hand, (start, end))


def _passage(put: Put, report: AnalysisOut, by_hand: set[str], at: Pair) -> Passage:
    start, end = at
    text = report.text[start:end]
    inside = [f for f in findings_of(report).values() if _is_inside(f, at)]
    # What is none is told as it was found.
    found = findings_of(put.found)
    none = [found[f.id] for f in inside if f.id in put.wrong]
    there = [f for f in inside if f.id not in put.wrong]
    seen = [_at(found[f.id].sentence, start) for f in inside if isinstance(f, EventOut) and f.id in by_hand]  # type: ignore[union-attr]
    return Passage(
        id=f"{report.id}:{start}-{end}",
        text=text,
        published=report.published,
        model=getattr(report, "model", None),
        statements=[_statement(f, start, by_hand) for f in there if isinstance(f, StatementOut)],
        events=[_event(f, start, by_hand) for f in there if isinstance(f, EventOut)],
        wrong=Wrong(
            [_statement(f, start, set()) for f in none if isinstance(f, StatementOut)],
            [_event(f, start, set()) for f in none if isinstance(f, EventOut)],
        ),
        unsure=[s for s in _sentences(text) if not any(a < s[1] and s[0] < b for a, b in seen)],
    )


def _sentences(text: str) -> Iterator[Pair]:
    from onrecord.analysis.sentences import sentences_of

    sentences, end = sentences_of(text), 0
    for word in re.finditer(r"\S+", text):
        if word.start() >= end:
            sentence = sentences.around(Span(word.start(), word.start() + 1))
            end = max(sentence.end, word.start() + 1)
            yield sentence.start, end


def _statement(of: StatementOut, start: int, by_hand: set[str]) -> Statement:
    return Statement(
        source=[_at(of.source, start)] if of.source else [],
        cue=[_at(of.cue, start)] if of.cue else [],
        content=[_at(c, start) for c in of.content],
        kind=of.kind,
        attitude=of.attitude,
        negated=int(of.negated),
        by_hand=of.id in by_hand,
    )


def _event(of: EventOut, start: int, by_hand: set[str]) -> Event:
    return Event(
        trigger=_at(of.trigger, start),
        type=of.type,
        modes=list(of.modes),
        status=of.status,
        actors=[_at(p, start) for p in of.actors],
        recipients=[_at(p, start) for p in of.recipients],
        by_hand=of.id in by_hand,
    )


def _at(span: Any, start: int) -> Pair:
    return span.start - start, span.end - start


def _parts(finding: StatementOut | EventOut) -> list[Any]:
    if isinstance(finding, StatementOut):
        return [p for p in (finding.source, finding.cue, *finding.content) if p is not None]
    return [finding.sentence, finding.trigger, *finding.actors, *finding.recipients]


def _around(findings: Sequence[StatementOut | EventOut]) -> Pair:
    parts = [p for f in findings for p in _parts(f)]
    return min(p.start for p in parts), max(p.end for p in parts)


def _is_inside(finding: StatementOut | EventOut, at: Pair) -> bool:
    return all(at[0] <= p.start and p.end <= at[1] for p in _parts(finding))


def _paragraphs(text: str, at: Pair) -> Pair:
    """The paragraphs in which a part of the text stands."""
    start = max((b.end() for b in _BREAK.finditer(text, 0, at[0])), default=0)
    following = _BREAK.search(text, at[1])
    return start, following.start() if following else len(text)


def _joined(text: str, spans: Sequence[Pair], whole: Sequence[Pair]) -> list[Pair]:
    """Parts of the text that hold what they touch of `whole`, and touch one another nowhere."""
    joined = sorted(spans)
    while True:
        grown: list[Pair] = []
        for start, end in joined:
            touching = [w for w in whole if w[0] < end and start < w[1]]
            start = min([start, *(w[0] for w in touching)])
            end = max([end, *(w[1] for w in touching)])
            start, end = _paragraphs(text, (start, end))
            if grown and start < grown[-1][1]:
                grown[-1] = min(start, grown[-1][0]), max(end, grown[-1][1])
            else:
                grown.append((start, end))
        if grown == joined:
            return joined
        joined = sorted(grown)
