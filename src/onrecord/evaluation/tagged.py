"""Corpora of tokens with BIO tags of names -> text and spans.

What a report looks like before it is cut up (quotation marks that stick to their words, hyphens within them) is
put back, since names are found in text, not in tokens.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from onrecord.errors import UsageError
from onrecord.evaluation.lines import numbered_lines

# Classes of the corpora -> ours; None is nobody's and nowhere's name (a date, a sum).
CLASSES: Mapping[str, str | None] = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "FAC",
    "NORP": "NORP",
    "Misc": "MISC",
    "Product": "MISC",
    "Date": None,
    "Money": None,
    "politician": "PER",
    "person": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "election": "MISC",
    "event": "MISC",
    "misc": "?",  # nationalities and works alike: which, is not said
}
_STICKS_LEFT = re.compile(r"[.,;:!?%)\]}…]+$|(?:'|’)(?:s|S|ll|re|ve|d|m|t)?$|n['’]t$")
_STICKS_RIGHT = re.compile(r"[(\[{$£€#@]$|``$|“$|‘$")
_JOINTS = ("-", "/", "–")


@dataclass(frozen=True, slots=True)
class TaggedName:
    """A labelled name: code points [start, end) of the text; `?` where the class is not known."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A document, its paragraphs a blank line apart, with all names in it."""

    id: str
    text: str
    names: tuple[TaggedName, ...]
    part: str | None


class _Sentence(msgspec.Struct):
    tokens: list[str]
    tags: list[str]


class _Row(msgspec.Struct):
    id: str
    sentences: list[_Sentence] | None = None
    tokens: list[str] | None = None
    tags: list[str] | None = None
    split: str | None = None


def is_kept_apart(id: str) -> bool:
    """Does a document belong to the fifth on which no weight was trained?"""
    return zlib.crc32(f"names:{id}".encode()) % 5 == 0


def read_tagged(path: Path) -> Iterator[TaggedText]:
    """Documents of a corpus, lines `{"id", "sentences": [{"tokens", "tags"}]}` or `{"id", "tokens", "tags"}`.

    Raises:
        UsageError: if the corpus cannot be read, or has classes that are not known.
    """
    decoder = msgspec.json.Decoder(_Row)
    for number, line in numbered_lines(path):
        try:
            yield _to_text(decoder.decode(line))
        except (msgspec.DecodeError, KeyError, ValueError) as error:
            raise UsageError(
                f'{path}, line {number}: not a document with tagged names ({error!r}). Each line needs "id" and "tokens" with as many BIO "tags", or "sentences" of them.'
            ) from error


def _to_text(row: _Row) -> TaggedText:
    sentences = row.sentences or [_Sentence(row.tokens or [], row.tags or [])]
    text = ""
    names: list[TaggedName] = []
    for sentence in sentences:
        # The first sentence is often the address of the page.
        if not sentence.tokens or sentence.tokens[0].startswith("http"):
            continue
        text += "\n\n" if text else ""
        part, inner = put_together(sentence.tokens, sentence.tags)
        names += [TaggedName(n.start + len(text), n.end + len(text), n.label) for n in inner]
        text += part
    return TaggedText(row.id, text, tuple(names), row.split)


def put_together(tokens: Sequence[str], tags: Sequence[str]) -> tuple[str, list[TaggedName]]:
    """Tokens with BIO tags -> text and the names in it.

    >>> put_together(["Anti", "-", "war", "MPs", "of", "Peru"], ["O"] * 5 + ["B-Location"])
    ('Anti-war MPs of Peru', [TaggedName(start=16, end=20, label='LOC')])
    """
    text = ""
    names: list[TaggedName] = []
    is_open = False
    glue = True
    before = "O"
    for i, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        sticks = glue or bool(_STICKS_LEFT.match(token))
        glue = bool(_STICKS_RIGHT.match(token))
        if token in ('"', "''"):
            sticks, glue = glue or is_open, not is_open
            is_open = not is_open
        elif token in _JOINTS and text and i + 1 < len(tokens) and _is_joint(tokens[i + 1], tags[i + 1]):
            sticks = glue = True
        text += token if sticks or not text else f" {token}"
        mark, _, name = tag.partition("-")
        label = CLASSES[name] if name else None
        if label is not None:
            goes_on = mark == "I" and before.partition("-")[2] == name and names
            start = names.pop().start if goes_on else len(text) - len(token)
            names.append(TaggedName(start, len(text), label))
        before = tag
    return text, names


def _is_joint(after: str, tag: str) -> bool:
    """Does a dash before this token stand within a word, not between two?"""
    return after[:1].isalnum() and (tag.startswith("I-") or after[:1].islower())
