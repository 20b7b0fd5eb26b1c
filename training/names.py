"""Texts with labelled names for training: Worldwide English Newswire and CrossNER politics."""

from __future__ import annotations

from onrecord.analysis.names import NAME_CLASSES
from onrecord.evaluation.tagged import TaggedText, is_kept_apart, read_tagged
from training.corpora import IGNORE, SHARED, Document, Name

_NUMBERS = {label: number for number, label in enumerate(NAME_CLASSES)}


def worldwide(part: str) -> list[Document]:
    """Worldwide English Newswire; `held` is the fifth of the documents that is kept for measuring."""
    rows = read_tagged(SHARED / "mentions" / "worldwide.jsonl.gz")
    return [_document(r, "worldwide") for r in rows if r.text and is_kept_apart(r.id) == (part == "held")]


def politics() -> list[Document]:
    """The training part of CrossNER politics, a document a sentence."""
    rows = read_tagged(SHARED / "mentions" / "politics.jsonl.gz")
    return [_document(r, "politics") for r in rows if r.part == "train"]


def _document(row: TaggedText, corpus: str) -> Document:
    names = [Name(n.start, n.end, _NUMBERS.get(n.label, IGNORE)) for n in row.names]
    return Document(f"{corpus}:{row.id}", row.text, [], names=names, statements_known=False)
