"""Events of real news, whole documents: `training/events/news.jsonl`, offsets into PolNeAR train and the newswire.

A line is `{"id", "events": [{"trigger", "type", "modes", "status", "actors", "recipients"}], "unsure": [...]}`; spans are
code points [start, end) of the document's text, `id` names corpus and document (`polnear:...`, `worldwide:...`). What is
no event there is none by `training/events/GUIDE.md`, but in the sentences under `unsure`. No text of the corpora stands
in the file. Places, dates, numbers, contexts and what is mutual are not labelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training import names
from training.corpora import HELD_OUT_SALT, HELD_OUT_SHARE, Document, polnear, read_lines, split_off
from training.events import Pair, is_kept_apart

LABELS = Path(__file__).parent / "events" / "news.jsonl"


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
    documents |= {d.id: (d, is_kept_apart(d.id)) for d in wire}
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
