"""Texts with labelled names: Worldwide English Newswire and CrossNER politics, their tokens put together.

The corpora give tokens; what a report looks like before it is cut up (quotation marks that stick to their
words, hyphens within them) is put back, since the network reads text.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence

from training.corpora import IGNORE, SHARED, Document, Name

NAME_CLASSES = ("PER", "ORG", "LOC", "FAC", "NORP", "MISC")
# The corpora's classes -> ours; None is a name that is none of an actor or place, so no name at all.
_WORLDWIDE = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "FAC",
    "NORP": "NORP",
    "Misc": "MISC",
    "Product": "MISC",
    "Date": None,
    "Money": None,
}
_POLITICS = {
    "politician": "PER",
    "person": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "election": "MISC",
    "event": "MISC",
    "misc": "?",  # nationalities and works alike: not said which
}
_STICKS_LEFT = re.compile(r"[.,;:!?%)\]}…]+$|(?:'|’)(?:s|S|ll|re|ve|d|m|t)?$|n['’]t$")
_STICKS_RIGHT = re.compile(r"[(\[{$£€#@]$|``$|“$|‘$")
_JOINTS = ("-", "/", "–")


def worldwide(part: str) -> list[Document]:
    """Worldwide English Newswire; `held` is the fifth of the documents that is kept for measuring."""
    documents = []
    with gzip.open(SHARED / "mentions" / "worldwide.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            is_held = zlib.crc32(f"names:{row['id']}".encode()) % 5 == 0
            if is_held != (part == "held"):
                continue
            sentences = [s for s in row["sentences"] if not s["tokens"][0].startswith("http")]
            texts = [put_together(s["tokens"], s["tags"], _WORLDWIDE) for s in sentences]
            documents.append(_joined(f"worldwide:{row['id']}", texts))
    return [d for d in documents if d.text]


def politics(part: str) -> list[Document]:
    """CrossNER politics, a document a sentence; `held` is its development part."""
    documents = []
    with gzip.open(SHARED / "mentions" / "politics.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (row["split"] == "dev") == (part == "held"):
                text = put_together(row["tokens"], row["tags"], _POLITICS)
                documents.append(_joined(f"politics:{row['id']}", [text]))
    return documents


def put_together(
    tokens: Sequence[str], tags: Sequence[str], classes: dict[str, str | None]
) -> tuple[str, list[Name]]:
    """Tokens with BIO tags -> text and the names in it.

    >>> put_together(["Anti", "-", "war", "MPs", "of", "Peru"], ["O"] * 5 + ["B-Location"], _WORLDWIDE)
    ('Anti-war MPs of Peru', [Name(start=16, end=20, label=2)])
    """
    text = ""
    names: list[Name] = []
    is_open = False
    glue = True
    for i, (token, tag) in enumerate(zip(tokens, tags, strict=True)):
        following = i + 1 < len(tokens)
        sticks = glue or bool(_STICKS_LEFT.match(token))
        glue = bool(_STICKS_RIGHT.match(token))
        if token in ('"', "''"):
            sticks, glue = glue or is_open, not is_open
            is_open = not is_open
        elif token in _JOINTS and following and text and _is_joint(tokens[i + 1], tags[i + 1]):
            sticks = glue = True
        text += token if sticks or not text else f" {token}"
        mark, _, name = tag.partition("-")
        label = classes[name] if name else None
        if label is None:
            continue
        at = len(text) - len(token)
        number = IGNORE if label == "?" else NAME_CLASSES.index(label)
        if mark == "I" and names and names[-1].label == number and i and tags[i - 1] != "O":
            names[-1] = Name(names[-1].start, len(text), number)
        else:
            names.append(Name(at, len(text), number))
    return text, names


def _is_joint(after: str, tag: str) -> bool:
    """Does a dash before this token stand within a word, not between two?"""
    return after[:1].isalnum() and (tag.startswith("I-") or after[:1].islower())


def _joined(id: str, texts: list[tuple[str, list[Name]]]) -> Document:
    """Paragraphs of their own, a blank line between."""
    whole = ""
    names: list[Name] = []
    for text, inner in texts:
        whole += "\n\n" if whole else ""
        names += [Name(n.start + len(whole), n.end + len(whole), n.label) for n in inner]
        whole += text
    return Document(id, whole, [], names=names, statements_known=False)


def spans_of(names: Sequence[Name]) -> Iterator[tuple[int, int, str]]:
    """(start, end, class) of each name whose class is known."""
    for n in names:
        if n.label != IGNORE:
            yield n.start, n.end, NAME_CLASSES[n.label]
