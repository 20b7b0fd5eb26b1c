"""What a spinning machine does to news: `python -m training.set_phrases WORDNET`, for a folder with WordNet 3's data files.

Counts neighbouring words in PolNeAR train and the newswire, keeps the pairs that news nearly always has together
(*prime minister*), and writes `resolution/data/set_phrases.tsv.gz`: those pairs; for each of their words the synonyms that a
machine puts for it, as inflected; those synonyms that news itself prints in the pair; and for words of the registry's names
the words of which they are synonyms. A fifth of the texts is kept apart, to see that clean text is never suspected.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from onrecord.resolution.entries import load_actors
from onrecord.resolution.stories.suspicion import clauses_of
from training import names
from training.corpora import polnear, split_off

_LEAST_COUNT, _LEAST_BITS = 4, 5.0
_KEPT_APART, _SALT = 0.2, "set phrases"
_OUT = Path("src/onrecord/resolution/data/set_phrases.tsv.gz")
_NAME_WORD = re.compile(r"[A-Z][a-z]{3,}")


def texts(*, kept_apart: bool) -> list[str]:
    """The texts that are counted, or those that are not."""
    found = []
    for corpus in (polnear("train"), names.worldwide("train")):
        found += [d.text for d in split_off(corpus, _KEPT_APART, _SALT)[kept_apart]]
    return found


def synonyms(wordnet: Path) -> dict[str, set[str]]:
    """Single words -> the words that share a synset with them."""
    found: dict[str, set[str]] = defaultdict(set)
    for part in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" ")
            words = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * n]) for n in range(int(fields[3], 16))]
            words = [w.lower() for w in words if w.isascii() and w.isalpha()]
            for word in words:
                found[word].update(w for w in words if w != word)
    return found


def put_for(word: str, known: dict[str, set[str]]) -> set[str]:
    """What a machine puts for a word: synonyms of it, and of its base form with its ending."""
    found = set(known.get(word, ()))
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        for base in (stem, stem + "e"):
            for other in known.get(base, ()):
                joined = other.removesuffix("e") if ending in ("ing", "ed") else other
                found.add(joined + ("s" if ending == "es" else "ed" if ending == "d" else ending))
    return found - {word}


def pairs_of(counted: Iterable[str]) -> tuple[dict[tuple[str, str], int], set[tuple[str, str]]]:
    """The pairs of words that stand together far more often than by chance, and all pairs that were seen."""
    single: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for text in counted:
        for clause in clauses_of(text):
            words = [word for _, word in clause]
            single.update(words)
            both.update(pairwise(words))
    total = sum(single.values())
    strong = {
        (a, b): n
        for (a, b), n in both.items()
        if n >= _LEAST_COUNT
        and min(len(a), len(b)) > 1
        and math.log2(n * total / (single[a] * single[b])) >= _LEAST_BITS
    }
    return strong, set(both)


def lines(wordnet: Path) -> Iterator[str]:
    """The lines of the file, by their first field: `pair`, `for`, `seen`, `name`."""
    known = synonyms(wordnet)
    strong, seen = pairs_of(texts(kept_apart=False))
    for a, b in sorted(strong):
        yield f"pair\t{a}\t{b}"
    words = {w for pair in strong for w in pair}
    swapped = {w: sorted(put_for(w, known)) for w in sorted(words)}
    for word, others in swapped.items():
        if others:
            yield f"for\t{word}\t{' '.join(others)}"
    printed = {(x, b) for a, b in strong for x in swapped[a]} | {
        (a, x) for a, b in strong for x in swapped[b]
    }
    for a, b in sorted(printed & seen):
        yield f"seen\t{a}\t{b}"
    of_names: dict[str, set[str]] = defaultdict(set)
    actors, _ = load_actors()
    bodies = (e.name for e in actors if e.type == "organisation" and len(e.name.split()) >= 3)
    for word in sorted({w.lower() for name in bodies for w in _NAME_WORD.findall(name)}):
        for other in known.get(word, ()):
            of_names[other].add(word)
    for other, originals in sorted(of_names.items()):
        yield f"name\t{other}\t{' '.join(sorted(originals))}"


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path, help="the folder with data.noun and the others")
    args = parser.parse_args()
    content = "".join(f"{line}\n" for line in lines(args.wordnet))
    _OUT.write_bytes(gzip.compress(content.encode(), 9, mtime=0))
    print(f"{_OUT}: {_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
