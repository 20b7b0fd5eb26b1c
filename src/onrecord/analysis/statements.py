"""Texts -> statements: source, cue and content as exact spans, with their labels.

This is the reading of `attribution.py`'s pieces as characters, put in order: no two outer
statements share content, and a statement whose cue stands in another's content lies `within` it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.analysis.attribution import BEGIN_BONUS, Attribution, find_attributions
from onrecord.analysis.confidence import Calibration
from onrecord.analysis.labels import ATTITUDES, KINDS, Attitude, Kind, Quotation
from onrecord.analysis.network import Network
from onrecord.analysis.pieces import Ints, Pieces, Tokenizer, cut_pieces, quotation_by_char
from onrecord.analysis.quotation import close_marks, quotation_of
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
    quotation: Quotation
    attitude: Attitude
    negated: bool
    kind: Kind
    confidence: float
    within: str | None = None


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """What is chosen once, on held-out data, for all texts."""

    begin_bonus: float = BEGIN_BONUS
    min_confidence: float = 0.0


def find_statements(
    texts: Sequence[str],
    network: Network,
    tokenizer: Tokenizer,
    calibration: Calibration,
    options: StatementOptions,
) -> list[list[Statement]]:
    """Find the statements of several texts; a list a text, in the order of the text."""
    pieces = [cut_pieces(text, tokenizer) for text in texts]
    found = find_attributions(pieces, network, begin_bonus=options.begin_bonus)
    return [
        _statements(text, p, attributions, calibration, options.min_confidence)
        for text, p, attributions in zip(texts, pieces, found, strict=True)
    ]


def _statements(
    text: str,
    pieces: Pieces,
    attributions: list[Attribution],
    calibration: Calibration,
    min_confidence: float,
) -> list[Statement]:
    state = quotation_by_char(text)
    drafts = []
    for attribution in attributions:
        confidence = calibration.confidence(attribution)
        if confidence >= min_confidence:
            drafts.append(_draft(text, pieces, attribution, confidence, state))
    return _nest(_share_out(drafts))


def _draft(text: str, pieces: Pieces, attribution: Attribution, confidence: float, state: Ints) -> Statement:
    def span(pair: tuple[int, int]) -> Span:
        return Span(int(pieces.start[pair[0]]), int(pieces.end[pair[1]]))

    content = _joined(text, [close_marks(text, span(c), state) for c in attribution.content])
    return Statement(
        id="",
        source=span(attribution.source) if attribution.source else None,
        cue=span((attribution.cue.first, attribution.cue.last)),
        content=content,
        quotation=quotation_of(text, content, state),
        attitude=ATTITUDES[int(np.argmax(attribution.attitude))],
        negated=attribution.negated >= 0.5,
        kind=KINDS[int(np.argmax(attribution.kind))],
        confidence=round(confidence, 3),
    )


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Join spans that only blanks and quotation marks keep apart."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and not text[joined[-1].end : span.start].strip(' \t\r\n\u00a0"“”'):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _share_out(drafts: list[Statement]) -> list[Statement]:
    """Give characters that two outer contents claim to the surer one; drop what keeps under half.

    A content that holds the other's cue is not in conflict with it: that is nesting.
    """
    kept: list[Statement] = []
    for draft in sorted(drafts, key=lambda d: -d.confidence):
        rivals = [k for k in kept if not _holds_cue(k, draft) and not _holds_cue(draft, k)]
        content = draft.content
        for rival in rivals:
            content = _minus(content, rival.content)
        if _length(content) * 2 >= _length(draft.content):
            kept.append(replace(draft, content=content))
    return kept


def _nest(statements: list[Statement]) -> list[Statement]:
    """Number the statements in the order of the text and say which lies within which."""
    order = sorted(
        statements,
        key=lambda s: (
            min(s.content[0].start, s.cue.start if s.cue else s.content[0].start),
            -_length(s.content),
        ),
    )
    numbered = [replace(s, id=f"s{i}") for i, s in enumerate(order, 1)]
    result = []
    for s in numbered:
        outers = [o for o in numbered if o is not s and _holds_cue(o, s) and not _outranks(s, o)]
        inner_most = min(outers, key=lambda o: _length(o.content), default=None)
        result.append(replace(s, within=inner_most.id if inner_most else None))
    return result


def _outranks(s: Statement, o: Statement) -> bool:
    """Where two contents hold each other's cues, the longer content is the outer one."""
    return _holds_cue(s, o) and (_length(s.content), s.confidence, s.id) > (
        _length(o.content),
        o.confidence,
        o.id,
    )


def _holds_cue(outer: Statement, inner: Statement) -> bool:
    cue = inner.cue
    return cue is not None and any(c.holds(cue) for c in outer.content)


def _length(spans: tuple[Span, ...]) -> int:
    return sum(s.end - s.start for s in spans)


def _minus(spans: tuple[Span, ...], taken: tuple[Span, ...]) -> tuple[Span, ...]:
    rest = list(spans)
    for t in taken:
        rest = [
            piece
            for s in rest
            for piece in (Span(s.start, min(s.end, t.start)), Span(max(s.start, t.end), s.end))
            if piece.start < piece.end
        ]
    return tuple(rest)
