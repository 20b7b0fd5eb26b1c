"""Our own stories with every mention marked: `training/chains/*.txt`, in the markup that the guide there explains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from training.authored import MarkupError, blocks

FOLDER = Path(__file__).parent / "chains"
TYPES = ("PER", "ORG", "GPE", "LOC", "NORP", "GROUP")
FORMS = {"n": "name", "d": "description", "p": "pronoun"}
_OPEN = re.compile(r"\[(\d+):([A-Z]+):([a-z])\|")


@dataclass(frozen=True)
class Marked:
    """One mention: code points [start, end) of its story; mentions of one `number` are one actor's."""

    start: int
    end: int
    number: int
    type: str
    form: str


@dataclass(frozen=True)
class Story:
    """A story with all its mentions, in the order of their starts, the longer first."""

    id: str
    text: str
    mentions: tuple[Marked, ...]


def parse(body: str) -> tuple[str, tuple[Marked, ...]]:
    """Marked text -> the bare text and its mentions.

    Raises:
        MarkupError: if a bracket is not matched or does not begin a mark.
    """
    text: list[str] = []
    stack: list[tuple[int, str, str, int]] = []
    found: list[Marked] = []
    at = 0
    while at < len(body):
        if opening := _OPEN.match(body, at):
            stack.append((int(opening[1]), opening[2], opening[3], len(text)))
            at = opening.end()
            continue
        char = body[at]
        if char == "[" or (char == "]" and not stack):
            raise MarkupError(f"stray {char} near {body[max(0, at - 30) : at + 20]!r}")
        if char == "]":
            number, kind, form, start = stack.pop()
            if kind not in TYPES or form not in FORMS:
                raise MarkupError(f"{kind}:{form} near {body[max(0, at - 30) : at]!r} is no type and form")
            found.append(Marked(start, len(text), number, kind, form))
        else:
            text.append(char)
        at += 1
    if stack:
        raise MarkupError(f"mark {stack[-1][0]} is not closed")
    return "".join(text), tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def stories(folder: Path = FOLDER) -> list[Story]:
    """All stories of the folder."""
    return [Story(slug, *parse(body)) for path in sorted(folder.glob("*.txt")) for slug, body in blocks(path)]
