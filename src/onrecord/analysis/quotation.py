"""Quotation marks: what stands in them, whether a span closes its own, direct or indirect."""

from __future__ import annotations

import re

from onrecord.analysis.labels import Quotation as QuotationKind
from onrecord.analysis.pieces import Ints, Quotation
from onrecord.article import Span

# As plain numbers: they are compared with every character of a content.
OUTSIDE, INSIDE, OPENING, CLOSING, INSIDE_SINGLE = (int(state) for state in Quotation)
_INSIDE = (INSIDE, INSIDE_SINGLE)
_NOT_INSIDE = re.compile(rb"[^\x%02x]" % INSIDE, re.DOTALL)
_WORD = re.compile(r"\w+")
_FILLED_LINE = re.compile(r"[^\s][^\n]*(?<=\S)")


def quotation_of(text: str, content: tuple[Span, ...], state: bytes | Ints) -> QuotationKind:
    """Does a content stand in quotation marks wholly, in part or not at all?

    Args:
        state: `quotation_states(text)`.
    """
    inside = outside = False
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            if state[word.start()] in _INSIDE:
                inside = True
            else:
                outside = True
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def close_marks(text: str, span: Span, state: bytes, *, opened: bool = False) -> Span:
    """Grow a span by the quotation marks that belong to it, and trim blanks and loose points.

    A span that begins right behind an opening mark, or ends right before the mark that closes a
    quotation it holds the beginning of, takes the mark in, together with a point or comma that
    stands between (*so,” she said*). Marks that it holds one end of, with the other end elsewhere,
    stay as they are.

    Args:
        opened: an earlier part of the same content holds the mark that opens the quotation (*“The dam, he said, is dry.”*).
    """
    start, end = span.start, span.end
    while start < end and text[start] in " \t\n\r\u00a0,;.":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return span
    if start > 0 and state[start - 1] == OPENING and state[start] in _INSIDE:
        start -= 1
    if state[end - 1] in _INSIDE:
        at = end
        while at < len(text) and at < end + 3 and text[at] in ".,!?…;" and state[at] in _INSIDE:
            at += 1
        opens = opened or state.find(OPENING, start, end) >= 0
        if opens and at < len(text) and state[at] == CLOSING:
            end = at + 1
    while end > start + 1 and (
        text[end - 1].isspace()
        or state[end - 1] == OPENING
        or (text[end - 1] in ",;" and state[end - 1] == OUTSIDE)
    ):
        end -= 1
    loose_point = end > start and text[end - 1] == "." and state[end - 1] == OUTSIDE
    if loose_point and not _is_abbreviation(text, start, end):
        end -= 1
    return Span(start, end)


def finish_quotation(span: Span, cue: Span, state: bytes) -> Span:
    """Grow a content that holds one end of a quotation to its other end.

    Whoever says the beginning of a quotation says all of it, and so does who says its end. A cue that stands in the
    quotation itself (*“They say we lost. We won,” Li said*) attributes a part of it alone. A quotation without a
    closing mark in its paragraph stays as it is.

    Args:
        state: `quotation_states(text)`.
    """
    return _to_closing(_to_opening(span, cue, state), cue, state)


def _to_opening(span: Span, cue: Span, state: bytes) -> Span:
    start = span.start
    if not 0 < start < len(state) or state[start] != INSIDE or state[start - 1] != INSIDE:
        return span
    opening = start - 1
    while opening >= 0 and state[opening] == INSIDE:
        opening -= 1
    behind = _NOT_INSIDE.search(state, start, span.end + 3)
    if opening < 0 or behind is None or state[opening] != OPENING:
        return span
    closing = behind.start()
    if state[closing] != CLOSING or opening <= cue.start < closing:
        return span
    return Span(opening, span.end)


def _to_closing(span: Span, cue: Span, state: bytes) -> Span:
    end = span.end
    if end >= len(state) or state[end] != INSIDE or state[end - 1] == OUTSIDE:
        return span
    opening = state.rfind(OPENING, span.start, end)
    beyond = _NOT_INSIDE.search(state, end)
    if opening < 0 or beyond is None or state[beyond.start()] != CLOSING:
        return span
    closing = beyond.start()
    if opening <= cue.start < closing:
        return span
    return Span(span.start, closing + 1)


def reopened_quotations(text: str, state: bytes) -> list[tuple[Span, ...]]:
    """Quotations over several paragraphs: each opens with the same mark, only the last closes it.

    Args:
        state: `quotation_states(text)`.

    Returns:
        Of each quotation its parts in their order, one a line, from the mark that opens it to the end of the line or to
        the mark that closes it.
    """
    found: list[tuple[Span, ...]] = []
    parts: list[Span] = []
    for line in _FILLED_LINE.finditer(text):
        start, end = line.span()
        opening = state.rfind(OPENING, start, end)
        closing = state.rfind(CLOSING, start, end)
        goes_on = bool(parts) and state[start] == OPENING and text[start] == text[parts[0].start]
        if not goes_on:
            parts = []
        breaks_off = opening > closing
        if goes_on and not (breaks_off and state.find(OPENING, start, end) == opening):
            if closing >= 0:
                found.append((*parts, Span(start, state.find(CLOSING, start, end) + 1)))
            parts = []
        if breaks_off:
            parts.append(Span(opening, end))
    return found


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Does the point at the end of the span belong to its last word (*U.S.*, *Jr.*)?"""
    word = text[start : end - 1].rsplit(None, 1)[-1:] or [""]
    return "." in word[0] or word[0] in ("Jr", "Sr", "Inc", "Corp", "Co", "Ltd")
