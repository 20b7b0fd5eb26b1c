"""What each line of a report is for: its text, its frame or furniture, judged line by line in context.

A linear classifier over hashed features of a line of a page, its neighbours and its markup; then a second one that also sees what the first thinks of the lines around it (stacking,
Wolpert 1992). Both are trained by `training/roles.py`; the weights are `model/roles.npz`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.reading.blocks import Block

ROLES = (
    "text", "headline", "bullet", "byline", "time", "dateline", "caption", "credit", "signoff", "correction",
    "prompt", "related", "menu", "share", "comment", "notice", "bio", "ad",
)  # fmt: skip
# Roles of lines that are not the report's, and the reason given for cutting them.
FURNITURE = {
    "prompt": "sign-up prompt",
    "related": "related story",
    "menu": "navigation",
    "share": "share prompt",
    "comment": "comment prompt",
    "notice": "notice",
    "bio": "about the author",
    "ad": "advertisement",
}
# Size of the hashed feature space: 40,000 different features in the training lines, few of them frequent.
BUCKETS = 1 << 15
# How far the second classifier sees.
REACH = 3

Floats = npt.NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\b(?:19|20)\d\d\b|\d\d?:\d\d",
    re.IGNORECASE,
)
_LENGTHS = (1, 2, 3, 5, 8, 12, 18, 30, 60)
_WORDS_READ = 40
_HINTS_READ = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A line's most likely role, how likely, and how likely it is any furniture."""

    role: str
    probability: float
    furniture: float


def tell_roles(lines: Sequence[Block]) -> list[Judged]:
    """Judge the lines of one report, in their order.

    Args:
        lines: blocks of a page. Without markup the classifier is not to be trusted.
    """
    if not lines:
        return []
    model = _model()
    hashed = [hash_features(f) for f in line_features(lines)]
    first = softmax(sum_weights(hashed, model["weights"]) + model["bias"])
    both = softmax(sum_weights(hashed, model["weights2"]) + around(first) @ model["context"] + model["bias2"])
    cut = [ROLES.index(r) for r in FURNITURE]
    best = both.argmax(axis=1)
    return [Judged(ROLES[k], float(p[k]), float(p[cut].sum())) for k, p in zip(best, both, strict=True)]


def line_features(lines: Sequence[Block]) -> list[list[str]]:
    """Names of the features of each line."""
    own = [_own(line) for line in lines]
    shapes = [_shape(line) for line in lines]
    markups = [_markup(line) for line in lines]
    texts = [line.text for line in lines]
    found = []
    for i, line in enumerate(lines):
        features = [*own[i], *markups[i], f"at {min(i, 20)}", f"left {min(len(lines) - 1 - i, 20)}"]
        for step in (-2, -1, 1, 2):
            j = i + step
            near = shapes[j] if 0 <= j < len(lines) else ("none",)
            features += [f"{step} {s}" for s in near]
        if (i and texts[i - 1] == line.text) or (i + 1 < len(texts) and texts[i + 1] == line.text):
            features.append("twice")
        found.append(features)
    return found


def _own(line: Block) -> list[str]:
    words = [w.lower() for w in _WORD.findall(line.text)[:_WORDS_READ]]
    features = [f"w {w}" for w in set(words)]
    features += [f"b {a} {b}" for a, b in pairwise(words)]
    features += [f"first {w}" for w in words[:1]] + [f"last {w}" for w in words[-1:]]
    features += [f"begins {' '.join(words[:3])}", *(f"shape {s}" for s in _shape(line))]
    if len(words) <= 6:
        features.append(f"all {' '.join(words)}")
    return features


@lru_cache(maxsize=4096)
def _shape_of(text: str) -> tuple[str, ...]:
    words = text.split()
    size = sum(len(words) > n for n in _LENGTHS)
    letters = [c for c in text if c.isalpha()]
    capitals = sum(w[0].isupper() for w in words) / max(1, len(words))
    end = text.rstrip("\"'”’)»")[-1:] or "-"
    features = [f"size {size}", f"end {end if not end.isalnum() else ('d' if end.isdigit() else 'a')}"]
    features.append(f"capitals {int(capitals * 4)}")
    if letters and all(c.isupper() for c in letters):
        features.append("upper")
    if text.startswith(tuple("\"'“‘«„")):
        features.append("quoted")
    if text.startswith(tuple("(•-–—*")):
        features.append(f"opens {text[0]}")
    if _DAY.search(text):
        features.append("day")
    if "@" in text or "http" in text or "www." in text:
        features.append("address")
    if "|" in text or " / " in text or "·" in text:
        features.append("bars")
    return tuple(features)


def _shape(line: Block) -> tuple[str, ...]:
    return _shape_of(line.text[:600])


def _markup(line: Block) -> list[str]:
    if not line.tag:
        return ["no markup"]
    features = [f"tag {line.tag}", f"links {int(line.link_share * 3.99)}"]
    features += [f"in {s}" for s in line.sections]
    features += [f"hint {h}" for h in line.hints[:_HINTS_READ]]
    features.append(f"tag and links {line.tag} {line.link_share > 0.5}")
    return features


def hash_features(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Names -> buckets."""
    return np.array([zlib.crc32(n.encode(errors="replace")) % BUCKETS for n in names], dtype=np.int64)


def sum_weights(hashed: Sequence[npt.NDArray[np.int64]], weights: npt.NDArray[np.int8] | Floats) -> Floats:
    """(lines) of buckets, (BUCKETS, ROLES) -> scores (lines, ROLES), scaled by the square root of their number."""
    rows = [weights[h].astype(np.float32).sum(axis=0) / np.sqrt(len(h)) for h in hashed]
    return np.stack(rows)


def around(probabilities: Floats) -> Floats:
    """(lines, ROLES) -> (lines, 2 * REACH * ROLES): what is thought of the lines before and behind."""
    count, roles = probabilities.shape
    wide = np.zeros((count, 2 * REACH, roles), dtype=np.float32)
    for n, step in enumerate([*range(-REACH, 0), *range(1, REACH + 1)]):
        lo, hi = max(0, -step), min(count, count - step)
        if lo < hi:
            wide[lo:hi, n] = probabilities[lo + step : hi + step]
    return wide.reshape(count, -1)


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = e / e.sum(axis=-1, keepdims=True)
    return result


@lru_cache(maxsize=1)
def _model() -> dict[str, Floats]:
    path = resources.files("onrecord").joinpath("model", "roles.npz")
    try:
        with resources.as_file(path) as file, np.load(file) as stored:
            scale, scale2 = stored["scale"], stored["scale2"]
            return {
                "weights": stored["weights"].astype(np.float32) * scale,
                "weights2": stored["weights2"].astype(np.float32) * scale2,
                **{k: stored[k] for k in ("bias", "bias2", "context")},
            }
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"{path}: the classifier of lines is missing or damaged ({error}). Install onrecord again."
        ) from error
