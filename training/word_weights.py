"""How rare words are in news: `python -m training.word_weights`.

Counts in how many reports of PolNeAR train and the newswire each stem stands, and writes `resolution/data/word_weights.npz`:
hashes of stems, and for each the bits that it tells, in sixteenths; `others` is for stems that stand in fewer reports than
listed. No word can be read from it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import numpy as np

from onrecord.resolution.stories.fingerprint import hashed, stemmed
from onrecord.resolution.stories.wording import words_of
from training import names
from training.corpora import polnear

_OUT = Path("src/onrecord/resolution/data/word_weights.npz")
_LEAST_REPORTS = 3
# A stem of which nothing is known counts as one of half a report.
_UNSEEN = 0.5
_A_WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")


def main() -> None:
    reports: Counter[int] = Counter()
    count = 0
    for corpus in (polnear("train"), names.worldwide("train")):
        for document in corpus:
            count += 1
            text = document.text
            tokens = {*_A_WORD.findall(text), *(w.span.of(text) for w in words_of(text))}
            keys = {"".join(w.key for w in words_of(t) if w.key not in ("'s", "'d")) for t in tokens}
            keys |= {w.key for w in words_of(text)}
            reports.update({hashed(stemmed(key)) for key in keys})

    def weight(found: float) -> int:
        return min(255, round(16 * math.log2((count + 1) / (found + 0.5))))

    kept = sorted(word for word, found in reports.items() if found >= _LEAST_REPORTS)
    np.savez_compressed(
        _OUT,
        words=np.array(kept, dtype=np.uint32),
        weights=np.array([weight(reports[word]) for word in kept], dtype=np.uint8),
        others=np.uint8(weight(_UNSEEN)),
    )
    print(f"{count} reports, {len(kept)} stems, {_OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
