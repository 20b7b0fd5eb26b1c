"""Events of real news, whole documents: `training/events/news.jsonl`, offsets into PolNeAR train and the newswire.

A line is `{"id", "events": [{"trigger", "type", "modes", "status", "actors", "recipients"}], "unsure": [...]}`; spans are
code points [start, end) of the document's text, `id` names corpus and document (`polnear:...`, `worldwide:...`). What is
no event there is none by `training/events/GUIDE.md`, but in the sentences under `unsure`. No text of the corpora stands
in the file. Places, dates, numbers, contexts and what is mutual are not labelled.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from onrecord.analysis.pieces import Pieces, Tokenizer, cut_pieces
from onrecord.analysis.plover import MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.triggers import ROLES
from training import names
from training.corpora import (
    HELD_OUT_SALT,
    HELD_OUT_SHARE,
    IGNORE,
    Document,
    covered,
    polnear,
    read_lines,
    split_off,
)
from training.event_data import EventText, Pair, Trigger, nothing, tags

LABELS = Path(__file__).parent / "events" / "news.jsonl"
# A text that is learned is a run of lines of about so many pieces.
_PIECES = 200


@dataclass(frozen=True)
class NewsEvent:
    """One event; spans are code points [start, end) of the document's text."""

    trigger: Pair
    type: str
    modes: tuple[str, ...]
    status: str
    actors: tuple[Pair, ...]
    recipients: tuple[Pair, ...]


@dataclass(frozen=True)
class Labelled:
    """A document, its events in the order of the text, and the sentences of which nothing is known."""

    document: Document
    events: tuple[NewsEvent, ...]
    unsure: tuple[Pair, ...]


def labelled(part: str) -> Iterator[Labelled]:
    """The documents of a part.

    Args:
        part: `train`, or `held`: PolNeAR's articles that no weight is trained on, and a twelfth of the newswire's.
    """
    kept, held = split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)
    wire = names.worldwide("train")
    documents = {f"polnear:{d.id}": (d, False) for d in kept} | {f"polnear:{d.id}": (d, True) for d in held}
    documents |= {d.id: (d, zlib.crc32(f"events:{d.id}".encode()) % 12 == 0) for d in wire}
    for row in read_lines(LABELS):
        document, is_held = documents[row["id"]]
        if is_held == (part == "held"):
            yield Labelled(
                document,
                tuple(_event(e) for e in row["events"]),
                tuple((a, b) for a, b in row["unsure"]),
            )


def _event(row: dict) -> NewsEvent:
    spans = {role: tuple((a, b) for a, b in row[role]) for role in ("actors", "recipients")}
    start, end = row["trigger"]
    return NewsEvent((start, end), row["type"], tuple(row["modes"]), row["status"], **spans)


def news(part: str, tokenizer: Tokenizer) -> list[EventText]:
    """The documents of a part, cut into runs of lines."""
    return [text for item in labelled(part) for text in _cut(item, tokenizer)]


def _cut(item: Labelled, tokenizer: Tokenizer) -> Iterator[EventText]:
    pieces = cut_pieces(item.document.text, tokenizer)
    for number, (start, end) in enumerate(_runs(pieces)):
        part = _slice(pieces, start, end)
        text = EventText(f"{item.document.id}:{number}", item.document.text, part)
        inside = int(part.start[0]), int(part.end[-1])
        text.unsure = [p for s in item.unsure if _within(s, inside) and (p := covered(part, s))]
        by_trigger: dict[Pair, Trigger] = {}
        for event in item.events:
            span = covered(part, event.trigger) if _within(event.trigger, inside) else None
            if span is not None:
                _add(by_trigger, span, event, part)
        text.triggers = [by_trigger[span] for span in sorted(by_trigger)]
        yield text


def _add(by_trigger: dict[Pair, Trigger], span: Pair, event: NewsEvent, pieces: Pieces) -> None:
    roles = np.full((len(ROLES), len(pieces)), IGNORE, dtype=np.int64)
    for role, spans in (("actor", event.actors), ("recipient", event.recipients)):
        roles[ROLES.index(role)] = tags(pieces, spans)
    if span in by_trigger:
        trigger = by_trigger[span]
        trigger.roles = np.where(trigger.roles > 0, trigger.roles, roles)
    else:
        trigger = by_trigger[span] = Trigger(*span, roles, *nothing(), detailed=False)
    trigger.types[TYPES.index(event.type)] = 1
    for mode in event.modes:
        trigger.modes[MODE_NAMES.index((event.type, mode))] = 1
    trigger.status = STATUSES.index(event.status)


def _runs(pieces: Pieces) -> Iterator[Pair]:
    """Whole lines together, up to `_PIECES` or a line that is longer."""
    starts = np.flatnonzero(np.diff(pieces.line, prepend=-1) != 0).tolist()
    begin = 0
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        if start > begin and end - begin > _PIECES:
            yield begin, start
            begin = start
    if begin < len(pieces):
        yield begin, len(pieces)


def _slice(pieces: Pieces, start: int, end: int) -> Pieces:
    return replace(pieces, **{name: getattr(pieces, name)[start:end] for name in Pieces.__slots__})


def _within(span: Pair, whole: Pair) -> bool:
    return whole[0] <= span[0] and span[1] <= whole[1]
