"""Words for trades and callings and their sectors, from WordNet 3.0: a baker is a merchant there, a locksmith a skilled
worker.

A word counts if its first meaning, the most usual, is under one of the heads below, the nearest of them, if it is no
adjective too (*familiar*, *domestic*) and nobody's or nothing's own name (*Barber*, *Gypsy*). Nothing is listed by hand but
the heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# Words of WordNet's synset and which of the word's meanings it is, from 0 -> PLOVER's sector; empty for none: an army's
# men are skilled workers to WordNet, and officials are for our table.
HEADS = {
    ("skilled_worker", 0): "LAB", ("craftsman", 0): "LAB", ("maker", 0): "LAB", ("laborer", 0): "LAB", ("workman", 0): "LAB",
    ("needleworker", 0): "LAB", ("attendant", 0): "LAB", ("servant", 0): "LAB", ("salesperson", 0): "LAB", ("secretary", 1): "LAB",
    ("merchant", 0): "BUS", ("businessperson", 0): "BUS", ("health_professional", 0): "MED", ("therapist", 0): "MED",
    ("educator", 0): "EDU", ("scientist", 0): "EDU", ("clergyman", 0): "REL", ("lawyer", 0): "JUD", ("journalist", 0): "JRN",
    ("agriculturist", 0): "AGR", ("farmhand", 0): "AGR", ("performer", 0): "CVL", ("entertainer", 0): "CVL", ("artist", 0): "CVL",
    ("serviceman", 0): "", ("official", 0): "", ("lawman", 0): "", ("spy", 0): "",
}  # fmt: skip
_WORD = re.compile(r"[a-z]{4,}\Z")
# Longer ways up are circles.
_MOST_STEPS = 20


def read_trades(wordnet: Path) -> Iterator[tuple[str, str]]:
    """(word, sector), for a folder with WordNet's data files, in the order of the words."""
    above = _read_synsets(wordnet / "data.noun")
    others = _read_names(wordnet / "data.noun") | {word for word, _ in _read_meanings(wordnet / "index.adj")}
    meanings = dict(_read_meanings(wordnet / "index.noun"))
    heads = {meanings[word][number]: sector for (word, number), sector in HEADS.items()}
    for word, synsets in sorted(meanings.items()):
        if _WORD.match(word) and word not in others and (sector := _sector(synsets[0], above, heads)):
            yield word, sector


def _read_synsets(path: Path) -> dict[str, list[str]]:
    """Each synset's offset -> those above it; of a person's or a place's own name there is none."""
    above: dict[str, list[str]] = {}
    for line in _lines(path):
        fields = line.split(" | ")[0].split()
        at = 4 + 2 * int(fields[3], 16)
        pointers = fields[at + 1 : at + 1 + 4 * int(fields[at])]
        above[fields[0]] = [
            target for kind, target in zip(pointers[::4], pointers[1::4], strict=True) if kind == "@"
        ]
    return above


def _read_names(path: Path) -> set[str]:
    """The words that some synset prints with a capital, in lower case."""
    found = set()
    for line in _lines(path):
        fields = line.split(" | ")[0].split()
        found |= {w.lower() for w in fields[4 : 4 + 2 * int(fields[3], 16) : 2] if w[0].isupper()}
    return found


def _read_meanings(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each word with the offsets of its synsets, the most usual first."""
    for line in _lines(path):
        fields = line.split()
        yield fields[0], fields[-int(fields[2]) :]


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("latin-1").splitlines() if not line.startswith(" "))


def _sector(synset: str, above: dict[str, list[str]], heads: dict[str, str]) -> str:
    level = [synset]
    for _ in range(_MOST_STEPS):
        for offset in level:
            if offset in heads:
                return heads[offset]
        level = [up for offset in level for up in above[offset]]
    return ""
