"""Labels of kind, attitude and negation: `training/kinds/labels.jsonl`, offsets into PolNeAR train.

A line is `{"article", "cue": [start, end], "kind", "attitude", "negated"}`; docs/kinds.md defines
the words. No text of the corpus stands in it.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from onrecord.analysis.labels import ATTITUDES, KINDS
from training.corpora import Document, read_lines

LABELS = Path(__file__).parent / "kinds" / "labels.jsonl"


def is_held_out(article: str) -> bool:
    """Does the article belong to the fifth whose labels are kept for measuring?"""
    return zlib.crc32(f"kinds:{article}".encode()) % 5 == 0


def attach(documents: list[Document], *, part: str) -> int:
    """Give the statements of the documents their labels; part `train` leaves the held fifth out.

    Returns:
        The number of statements labelled.
    """
    if not LABELS.exists():
        return 0
    labels = {(r["article"], r["cue"][0], r["cue"][1]): r for r in read_lines(LABELS)}
    done = 0
    for document in documents:
        if is_held_out(document.id) != (part == "held"):
            continue
        for gold in document.statements:
            if row := labels.get((document.id, *gold.cue)):
                gold.kind = KINDS.index(row["kind"])
                gold.attitude = ATTITUDES.index(row["attitude"])
                gold.negated = int(row["negated"])
                done += 1
    return done
