"""Texts -> statements: source, cue and content as exact spans, with their labels.

This is the reading of `attribution.py`'s pieces as characters, put in order: no two outer
statements share content, and a statement whose cue stands in another's content lies `within` it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from onrecord.analysis.attribution import Attribution, Given
from onrecord.analysis.confidence import Calibration
from onrecord.analysis.counts import says_nobody
from onrecord.analysis.labels import ATTITUDES, KINDS, Attitude, Kind
from onrecord.analysis.labels import Quotation as QuotationKind
from onrecord.analysis.pieces import Pieces, quotation_states
from onrecord.analysis.quotation import (
    CLOSING,
    OPENING,
    close_marks,
    finish_quotation,
    quotation_of,
    reopened_quotations,
)
from onrecord.analysis.set_forms import find_set_forms
from onrecord.analysis.whole_words import whole_words
from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution relation (Pareti 2015; PolNeAR): who said what, in which words.

    Attributes:
        id: `s1`, `s2` ... in the order of the text.
        source, cue: None where the text gives none.
        content: one or more spans, in the order of the text.
        within: the id of the statement whose content this one stands in.
        confidence: the calibrated chance that content and source are both right.
    """

    id: str
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: QuotationKind
    attitude: Attitude
    negated: bool
    kind: Kind
    confidence: float
    within: str | None = None


def set_forms_of(text: str, pieces: Pieces) -> list[Given]:
    """The attributions that a text gives by their form alone, in pieces."""

    def pair(span: Span) -> tuple[int, int]:
        first = int(np.searchsorted(pieces.end, span.start, side="right"))
        return first, int(np.searchsorted(pieces.start, span.end, side="left")) - 1

    given = [Given(pair(f.cue), pair(f.source), pair(f.content)) for f in find_set_forms(text)]
    # A mark that the tokenizer drops altogether leaves a form without its pieces.
    return [g for g in given if all(a <= b for a, b in (g.cue, g.source, g.content))]


def to_statements(
    text: str,
    pieces: Pieces,
    attributions: list[Attribution],
    calibration: Calibration,
    min_confidence: float,
) -> list[Statement]:
    """Read the attributions of one text as statements, in the order of the text."""
    state = quotation_states(text)
    drafts = []
    for attribution in attributions:
        confidence = calibration.confidence(attribution)
        draft = _draft(text, pieces, attribution, confidence, state)
        if draft.content and confidence >= min_confidence and _is_cue(text, draft.cue):
            drafts.append(draft)
    return _nest(_share_out(text, _with_whole_quotations(text, drafts, state)))


def _draft(text: str, pieces: Pieces, attribution: Attribution, confidence: float, state: bytes) -> Statement:
    def span(pair: tuple[int, int]) -> Span:
        return Span(int(pieces.start[pair[0]]), int(pieces.end[pair[1]]))

    cue = span((attribution.cue.first, attribution.cue.last))
    spans = [finish_quotation(whole_words(text, span(c)), cue, state) for c in attribution.content]
    opened = [_leaves_open(spans[:n], s, state) for n, s in enumerate(spans)]
    content = _joined(
        text, [close_marks(text, s, state, opened=o) for s, o in zip(spans, opened, strict=True)]
    )
    source = _whole_source(text, span(attribution.source)) if attribution.source else None
    return Statement(
        id="",
        source=source,
        cue=_whole_cue(text, cue, content),
        content=content,
        quotation=quotation_of(text, content, state),
        attitude=ATTITUDES[int(np.argmax(attribution.attitude))],
        negated=attribution.negated >= 0.5 or (source is not None and says_nobody(text, source)),
        kind=KINDS[int(np.argmax(attribution.kind))],
        confidence=round(confidence, 3),
    )


# A word that stands for a party tells by itself of no saying.
_NO_CUE = frozenset("it he she they we i you who which nor".split())
_QUOTATION = re.compile(r"[\"'“‘«„].*[\"'”’»“]", re.DOTALL)
# What stands behind the last blank of a cue.
_CUT_WORD = re.compile(r"\s+(\w+)$")
_OPEN_END = re.compile(r",?\s+(?:who|whom|whose|which)$")


def _whole_cue(text: str, cue: Span, content: tuple[Span, ...]) -> Span:
    """A cue of several words whose last one is cut off (*wrote in the affi|davit*), with the rest of that word, or without
    it where it is a word of the content."""
    cut = _CUT_WORD.search(text, cue.start, cue.end)
    whole = whole_words(text, cue)
    if cut is None or whole.end == cue.end:
        return cue
    if any(c.meets(Span(cut.start(1), whole.end)) for c in content):
        return Span(cue.start, cut.start())
    return Span(cue.start, whole.end)


def _is_cue(text: str, cue: Span | None) -> bool:
    """Can a cue be one? It neither begins nor ends inside a word, and is no pronoun alone."""
    if cue is None:
        return True
    return whole_words(text, cue) == cue and cue.of(text).lower() not in _NO_CUE


def _whole_source(text: str, source: Span) -> Span:
    """A source in whole words, without a relative pronoun whose clause is left out (*Mira Sand, whose*)."""
    whole = whole_words(text, source)
    open_end = _OPEN_END.search(text, whole.start, whole.end)
    return Span(whole.start, open_end.start()) if open_end else whole


def _leaves_open(before: list[Span], span: Span, state: bytes) -> bool:
    """Does an earlier part of a content open the quotation that a later part ends in, with nothing closed between?"""
    if not before:
        return False
    opening, closing = (state.rfind(mark, before[0].start, span.end) for mark in (OPENING, CLOSING))
    return opening > closing and any(s.start <= opening < s.end for s in before)


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Join spans that only blanks and quotation marks keep apart; leave out those without a word."""
    joined: list[Span] = []
    for span in sorted(s for s in spans if any(c.isalnum() for c in s.of(text))):
        if joined and not text[joined[-1].end : span.start].strip(' \t\r\n\u00a0"“”'):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _with_whole_quotations(text: str, drafts: list[Statement], state: bytes) -> list[Statement]:
    """Contents with all paragraphs of a quotation whose marks reopen, where a part of it was found and the rest is nobody
    else's. What is said within the quotation is no rival: neither its cue nor its content reaches out of it."""
    whole = list(drafts)
    for parts in reopened_quotations(text, state):
        quotation = Span(parts[0].start, parts[-1].end)
        speaking = [
            n
            for n, d in enumerate(whole)
            if any(c.meets(quotation) for c in d.content)
            and not (d.cue and quotation.holds(d.cue) and all(quotation.holds(c) for c in d.content))
        ]
        if len(speaking) != 1:
            continue
        speaker = whole[speaking[0]]
        ends = (quotation, *(c for c in speaker.content if c.meets(quotation)))
        joined = Span(min(c.start for c in ends), max(c.end for c in ends))
        if speaker.cue is None or not joined.meets(speaker.cue):
            beside = [c for c in speaker.content if not c.meets(quotation)]
            whole[speaking[0]] = replace(speaker, content=tuple(sorted((*beside, joined))))
    return whole


def _share_out(text: str, drafts: list[Statement]) -> list[Statement]:
    """Give characters that two outer contents claim to the surer one; of what keeps under half, quotations alone stay.

    A content that holds the other's cue is not in conflict with it: that is nesting. Cutting a
    content can end a nesting, so rivals are looked at until nothing more is cut.
    """
    kept: list[Statement] = []
    for draft in sorted(drafts, key=lambda d: -d.confidence):
        now, before = draft, None
        while now.content and now != before:
            before = now
            for rival in kept:
                if (
                    now.content
                    and rival.content[0].start < now.content[-1].end
                    and now.content[0].start < rival.content[-1].end
                    and _overlap(rival.content, now.content)
                    and not _holds_cue(rival, now)
                    and not _holds_cue(now, rival)
                ):
                    now = replace(now, content=_minus(text, now.content, rival.content))
        if _length(now.content) * 2 < _length(draft.content):
            now = replace(
                now, content=tuple(c for c in now.content if c in draft.content and _is_quotation(text, c))
            )
        if now.content:
            kept.append(now)
    return kept


def _is_quotation(text: str, span: Span) -> bool:
    """Does a span begin with a mark and end with one?"""
    return bool(_QUOTATION.fullmatch(text, span.start, span.end))


def _nest(statements: list[Statement]) -> list[Statement]:
    """Number the statements in the order of the text and say which lies within which.

    A statement lies within the shortest content that holds its cue; the shortest are placed first,
    and none is placed where it would lie within itself.
    """
    order = sorted(statements, key=lambda s: (_start(s), -_length(s.content)))
    ids = [f"s{i}" for i in range(1, len(order) + 1)]
    lengths = [_length(s.content) for s in order]
    inside_out = sorted(range(len(order)), key=lengths.__getitem__)
    within: dict[int, int] = {}
    for n in inside_out:
        s = order[n]
        if s.cue is None:
            continue
        for outer in inside_out:
            if outer == n or not _holds_cue(order[outer], s):
                continue
            if _holds_cue(s, order[outer]):
                # Where two contents hold each other's cues, the longer content is the outer one.
                o = order[outer]
                if (lengths[n], s.confidence, ids[n]) > (lengths[outer], o.confidence, ids[outer]):
                    continue
            if not _leads_to(outer, n, within):
                within[n] = outer
                break
    return [
        replace(s, id=ids[n], within=ids[within[n]] if n in within else None) for n, s in enumerate(order)
    ]


def _start(statement: Statement) -> int:
    first = statement.content[0].start
    return min(first, statement.cue.start) if statement.cue else first


def _leads_to(number: int, target: int, within: dict[int, int]) -> bool:
    at: int | None = number
    while at is not None:
        if at == target:
            return True
        at = within.get(at)
    return False


def _holds_cue(outer: Statement, inner: Statement) -> bool:
    cue = inner.cue
    if cue is None:
        return False
    for content in outer.content:  # noqa: SIM110 - a generator takes twice as long, for all pairs of statements
        if content.start <= cue.start and cue.end <= content.end:
            return True
    return False


def _length(spans: tuple[Span, ...]) -> int:
    return sum(s.end - s.start for s in spans)


def _overlap(some: tuple[Span, ...], others: tuple[Span, ...]) -> bool:
    return any(a.meets(b) for a in some for b in others)


def _minus(text: str, spans: tuple[Span, ...], taken: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans without the taken characters, and without blanks at the new edges."""
    rest = list(spans)
    for t in taken:
        pieces = [p for s in rest for p in ((s.start, min(s.end, t.start)), (max(s.start, t.end), s.end))]
        rest = [_without_blanks(text, a, b) for a, b in pieces if a < b and text[a:b].strip()]
    return tuple(rest)


def _without_blanks(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return Span(start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())))
