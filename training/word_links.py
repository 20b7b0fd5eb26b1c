"""Words of like meaning among those that news uses: `python -m training.word_links WORDNET`, for WordNet 3's data files.

Two stems are linked where their words share a synset, or where WordNet derives one from the other (*refuse*, *refusal*);
the fewer and the more usual the meanings that they share, the more. Writes `resolution/data/word_links.npz`: hashes of
stems, for each how many others it is linked to, the numbers of these, and how like they are, in parts of 255. No word can be
read from it.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path

import numpy as np

from onrecord.resolution.stories.fingerprint import hashed, stemmed
from onrecord.resolution.stories.wording import words_of

_OUT = Path("src/onrecord/resolution/data/word_links.npz")
# Commoner stems mean too much, in sixteenths of a bit.
_LEAST_WEIGHT = 32
_MOST_OTHERS = 12
_SAME_SYNSET, _SIMILAR, _DERIVED = 1.0, 0.45, 0.9
_POINTERS = {"+": _DERIVED, "&": _SIMILAR, "$": _SIMILAR, "\\": _DERIVED, "<": _DERIVED, "@": 0.4, "=": 0.4}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path)
    folder = parser.parse_args().wordnet
    known = _stems_of_news()
    usual = _senses(folder)
    lines = dict(_synsets(folder))
    links: dict[tuple[int, int], float] = defaultdict(float)

    def link(first: str, second: str, worth: float) -> None:
        one, other = _stem(first), _stem(second)
        if one != other and one in known and other in known:
            links[one, other] += worth
            links[other, one] += worth

    for key, (words, pointers) in lines.items():
        share = {w: usual.get((w, key), 0.02) for w in words}
        for n, word in enumerate(words):
            for other in words[n + 1 :]:
                link(word, other, _SAME_SYNSET * (share[word] * share[other]) ** 0.5)
            for symbol, target, source_word, target_word in pointers:
                worth = _POINTERS.get(symbol)
                if worth is None or target not in lines or source_word not in (0, n + 1):
                    continue
                others = lines[target][0]
                others = others[target_word - 1 : target_word] if target_word else others
                for other in others:
                    link(word, other, worth * (share[word] * usual.get((other, target), 0.02)) ** 0.5)
    _write(links)


def _stems_of_news() -> set[int]:
    with np.load("src/onrecord/resolution/data/word_weights.npz") as kept:
        listed = zip(kept["words"].tolist(), kept["weights"].tolist(), strict=True)
        return {word for word, weight in listed if weight >= _LEAST_WEIGHT}


def _stem(word: str) -> int:
    keys = [w.key for w in words_of(word)]
    return hashed(stemmed("".join(keys)))


def _senses(folder: Path) -> dict[tuple[str, tuple[str, int]], float]:
    """Word and synset -> what share of the word's uses has that meaning (SemCor counts, smoothed by rank)."""
    counts: dict[tuple[str, str, int], int] = {}
    parts = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    for line in (folder / "cntlist.rev").read_text("latin-1").splitlines():
        sense, number, count = line.split()
        lemma, rest = sense.split("%")
        counts[lemma, parts[rest[0]], int(number)] = int(count)
    uses: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
    for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"index.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            synsets = [int(f) for f in fields[-int(fields[2]) :]]
            for rank, offset in enumerate(synsets, start=1):
                count = counts.get((fields[0], letter, rank), 0)
                uses[fields[0]].append(((letter, offset), count + 1 / rank))
    found = {}
    for word, senses in uses.items():
        total = sum(count for _, count in senses)
        found.update({(word, synset): count / total for synset, count in senses})
    return found


def _synsets(folder: Path):  # type: ignore[no-untyped-def]
    """Synsets: part of speech and offset; their single words; pointers as symbol, synset, number of either word."""
    for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" ")
            count = int(fields[3], 16)
            words = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * n]).lower() for n in range(count)]
            at = 4 + 2 * count
            pointers = []
            for n in range(int(fields[at])):
                symbol, offset, pos, which = fields[at + 1 + 4 * n : at + 5 + 4 * n]
                target = ("a" if pos == "s" else pos, int(offset))
                pointers.append((symbol, target, int(which[:2], 16), int(which[2:], 16)))
            yield (letter, int(fields[0])), (words, pointers)


def _write(links: dict[tuple[int, int], float]) -> None:
    others: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), worth in links.items():
        if worth >= 0.1:
            others[one].append((min(1.0, worth), other))
    kept = {one: sorted(found, reverse=True)[:_MOST_OTHERS] for one, found in others.items()}
    pairs = {(a, b): w for a, found in kept.items() for w, b in found}
    pairs |= {(b, a): w for (a, b), w in pairs.items()}
    stems = sorted({a for a, _ in pairs})
    number = {stem: n for n, stem in enumerate(stems)}
    rows = sorted((number[a], number[b], w) for (a, b), w in pairs.items())
    np.savez_compressed(
        _OUT,
        stems=np.array(stems, dtype=np.uint32),
        counts=np.bincount([a for a, _, _ in rows]).astype(np.uint8),
        others=np.array([b for _, b, _ in rows], dtype=np.uint16),
        # What shares a meaning now and then is like, too: the root.
        likeness=np.array([round(255 * w**0.5) for _, _, w in rows], dtype=np.uint8),
    )
    print(f"{len(stems)} stems, {len(rows)} links, {_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
