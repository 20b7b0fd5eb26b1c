"""Labelled documents of real news as the event heads learn them: runs of lines, with what is known of their triggers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from onrecord.analysis.pieces import Ints, Pieces, Tokenizer, cut_pieces
from onrecord.analysis.triggers import ROLES
from onrecord.analysis.windows import MAX_WINDOW_PIECES
from training.corpora import IGNORE, covered
from training.event_data import EventText, Trigger, add_event, tags
from training.events import Pair
from training.news_events import Labelled, NewsEvent, labelled

# A text that is learned is a run of lines of about so many pieces.
_PIECES = 200


def news(part: str, tokenizer: Tokenizer) -> list[EventText]:
    """The documents of a part, cut into runs of lines."""
    return [text for item in labelled(part) for text in _cut(item, tokenizer)]


def _cut(item: Labelled, tokenizer: Tokenizer) -> Iterator[EventText]:
    pieces = cut_pieces(item.document.text, tokenizer)
    for number, (start, end) in enumerate(_runs(pieces)):
        yield text_of(item, pieces, start, end, number)


def text_of(item: Labelled, pieces: Pieces, start: int, end: int, number: int) -> EventText:
    """The pieces [start, end) of a document with what is known of them."""
    part = _slice(pieces, start, end)
    text = EventText(f"{item.document.id}:{number}", item.document.text, part)
    inside = int(part.start[0]), int(part.end[-1])
    text.unsure = [p for s in item.unsure if _meets(s, inside) and (p := covered(part, s))]
    by_trigger: dict[Pair, Trigger] = {}
    for event in item.events:
        span = covered(part, event.trigger) if _within(event.trigger, inside) else None
        if span is not None:
            add_event(by_trigger, span, event, _roles(event, part), detailed=False)
    text.triggers = [by_trigger[span] for span in sorted(by_trigger)]
    return text


def _roles(event: NewsEvent, pieces: Pieces) -> Ints:
    roles = np.full((len(ROLES), len(pieces)), IGNORE, dtype=np.int64)
    for role, spans in (("actor", event.actors), ("recipient", event.recipients)):
        roles[ROLES.index(role)] = tags(pieces, spans)
    return roles


def _runs(pieces: Pieces) -> Iterator[Pair]:
    """Whole lines together, up to `_PIECES`; a longer line alone, in windows if it does not fit one."""
    starts = np.flatnonzero(np.diff(pieces.line, prepend=-1) != 0).tolist()
    begin = 0
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        if start > begin and end - begin > _PIECES:
            yield begin, start
            begin = start
        while end - begin > MAX_WINDOW_PIECES:
            yield begin, begin + MAX_WINDOW_PIECES
            begin += MAX_WINDOW_PIECES
    if begin < len(pieces):
        yield begin, len(pieces)


def _slice(pieces: Pieces, start: int, end: int) -> Pieces:
    return replace(pieces, **{name: getattr(pieces, name)[start:end] for name in Pieces.__slots__})


def _within(span: Pair, whole: Pair) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]


def _meets(span: Pair, other: Pair) -> bool:
    return span[0] < other[1] and other[0] < span[1]
