"""Our own training passages: `training/passages/*.txt`, in the markup that the guide there explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.analysis.labels import ATTITUDES, KINDS
from training.corpora import Document, Gold, split_off

FOLDER = Path(__file__).parent / "passages"
# A tenth is kept apart for choosing and for measuring nested statements and headlines.
HELD_OUT_SHARE = 0.15

_OPEN = re.compile(r"\{([SQC])(\d+)(?::([a-z,]+))?\|")


class MarkupError(ValueError):
    """A passage whose markup cannot be read."""


@dataclass
class Marks:
    """What the marks of one statement say."""

    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # by role: S, Q, C
    labels: tuple[str, ...] = ()  # kind, attitude, perhaps "negated"


def parse(body: str) -> tuple[str, dict[int, Marks]]:
    """`{S1|...} {Q1:kind,attitude|...} {C1|...}` -> the bare text and the marks by statement.

    Raises:
        MarkupError: if a brace is not matched or does not begin a mark.
    """
    text: list[str] = []
    stack: list[tuple[str, int, int]] = []
    marks: dict[int, Marks] = {}
    at = 0
    while at < len(body):
        if opening := _OPEN.match(body, at):
            stack.append((opening[1], int(opening[2]), len(text)))
            if opening[3]:
                marks.setdefault(int(opening[2]), Marks()).labels = tuple(opening[3].split(","))
            at = opening.end()
            continue
        char = body[at]
        if char == "{" or (char == "}" and not stack):
            raise MarkupError(f"stray {char} near {body[max(0, at - 30) : at + 10]!r}")
        if char == "}":
            role, number, start = stack.pop()
            marks.setdefault(number, Marks()).spans.setdefault(role, []).append((start, len(text)))
        else:
            text.append(char)
        at += 1
    if stack:
        raise MarkupError(f"mark {stack[-1][0]}{stack[-1][1]} is not closed")
    return "".join(text), marks


def blocks(path: Path) -> Iterator[tuple[str, str]]:
    """The passages of a file as (slug, body)."""
    for block in re.split(r"(?m)^---[ \t]*$", path.read_text(encoding="utf-8")):
        head, _, body = block.strip("\n").partition("\n")
        if head.strip():
            yield head.removeprefix("## ").partition("|")[0].strip(), body.strip("\n")


def document(slug: str, body: str) -> Document:
    """A passage as a document; a statement whose cue stands in another's content is nested."""
    text, marks = parse(body)
    statements = []
    for number, mark in sorted(marks.items()):
        (cue,) = mark.spans["Q"]
        nested = any(
            other != number and any(a <= cue[0] and cue[1] <= b for a, b in theirs.spans.get("C", []))
            for other, theirs in marks.items()
        )
        gold = Gold(mark.spans.get("S", []), cue, mark.spans["C"], nested)
        if mark.labels:
            gold.kind = KINDS.index(mark.labels[0])
            gold.attitude = ATTITUDES.index(mark.labels[1])
            gold.negated = int("negated" in mark.labels[2:])
        statements.append(gold)
    return Document(slug, text, statements, nested_known=True)


def passages(part: str) -> list[Document]:
    """All passages of a part, `train` or `held`."""
    every = [document(slug, body) for path in sorted(FOLDER.glob("*.txt")) for slug, body in blocks(path)]
    kept, held = split_off(every, HELD_OUT_SHARE, "passages")
    return kept if part == "train" else held
