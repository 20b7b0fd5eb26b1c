"""Passages that people have put right in a record: what `onrecord amend export --as training` writes.

Their statements are all known as far as somebody looked: those that a person has put right (`by_hand`) surely, those that were left
beside them as the model found them. What is wrong is left out, so that its cue is taught as none. Of events nothing is known in the
sentences under `unsure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.analysis.labels import ATTITUDES, KINDS
from training.corpora import Document, Gold, read_lines
from training.news_events import Labelled, NewsEvent


def documents(path: Path) -> list[Document]:
    """The passages with their statements; those without a cue are left out."""
    return [_document(row) for row in read_lines(path)]


def labelled(path: Path) -> Iterator[Labelled]:
    """The passages with their events, and the sentences of which nothing is known."""
    for row in read_lines(path):
        events = tuple(_event(e) for e in row["events"])
        yield Labelled(_document(row), events, tuple((a, b) for a, b in row["unsure"]))


def _document(row: dict) -> Document:
    return Document(
        row["id"], row["text"], [_gold(s, row) for s in row["statements"] if s["cue"]], nested_known=True
    )


def _gold(statement: dict, row: dict) -> Gold:
    source, cue, content = ([(a, b) for a, b in statement[name]] for name in ("source", "cue", "content"))
    others = [o for o in row["statements"] if o is not statement]
    nested = any(a <= cue[0][0] and cue[0][1] <= b for other in others for a, b in other["content"])
    gold = Gold(source, cue[0], content, nested)
    gold.kind = KINDS.index(statement["kind"])
    gold.attitude = ATTITUDES.index(statement["attitude"])
    gold.negated = statement["negated"]
    return gold


def _event(row: dict) -> NewsEvent:
    spans = {role: tuple((a, b) for a, b in row[role]) for role in ("actors", "recipients")}
    start, end = row["trigger"]
    return NewsEvent((start, end), row["type"], tuple(row["modes"]), row["status"], **spans)
