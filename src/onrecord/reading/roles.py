"""What each line of a page is for: the report's text, its frame or furniture, judged line by line in context.

A small network: hashed names and measures of a line (`line_features.py`) give it a vector; two
convolutions over the lines see those around it. Several networks that were trained from different
beginnings are averaged (deep ensembles, Lakshminarayanan et al. 2017). Trained by `training/roles.py`; the
weights are `model/roles.npz`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from onrecord.errors import ModelError
from onrecord.reading.blocks import Block
from onrecord.reading.line_features import Features, Floats, line_features

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
_IS_FURNITURE = np.array([role in FURNITURE for role in ROLES])
# How far a convolution sees, before a line and behind it.
REACH = 3
_MOST_MULTIPLICATIONS = 200_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A line's most likely role and how likely it is; how likely it is any furniture, and text of the report."""

    role: str
    probability: float
    furniture: float
    text: float = 0.0


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of one network.

    Attributes:
        names: (BUCKETS, width); `measures`, `measures2`: (MEASURES, width), with their biases.
        near, wide: the convolutions, ((2 * REACH + 1) * 2 * width, 2 * width); the second one goes over what
            the first one gives.
        roles: (6 * width, ROLES).
    """

    names: Floats
    measures: Floats
    measures_bias: Floats
    measures2: Floats
    measures2_bias: Floats
    near: Floats
    near_bias: Floats
    wide: Floats
    wide_bias: Floats
    roles: Floats
    roles_bias: Floats


def tell_roles(
    lines: Sequence[Block],
    taken: Sequence[bool],
    networks: Sequence[Network] | None = None,
    *,
    first: int = 0,
    end: int | None = None,
) -> list[Judged]:
    """Judge lines of one page that follow one another.

    Args:
        lines: blocks of a page. Without markup the classifier is not to be trusted.
        taken: for each line, whether the extractor takes it for the report's.
        networks: those that ship, if not given.
        first, end: the lines that are wanted. The others are not read, but it counts how the wanted ones
            stand among them; those within `2 * REACH` lines of the ends are judged less well.
    """
    if not lines[first:end]:
        return []
    likely = role_probabilities(line_features(lines, taken, first, end), networks or load_networks())
    best = likely.argmax(axis=1)
    furniture = likely[:, _IS_FURNITURE].sum(axis=1)
    return [
        Judged(ROLES[k], float(p[k]), float(f), float(p[0]))
        for k, p, f in zip(best, likely, furniture, strict=True)
    ]


def role_probabilities(features: Features, networks: Sequence[Network]) -> Floats:
    """(lines, ROLES): the mean of what the networks think."""
    starts = np.cumsum(features.sizes) - features.sizes
    scale = np.sqrt(features.sizes.astype(np.float32))[:, None]
    thought: list[Floats] = []
    for net in networks:
        names = np.add.reduceat(net.names.take(features.buckets, axis=0), starts, axis=0) / scale
        own = np.concatenate(
            [
                np.tanh(names + _times(features.measures, net.measures) + net.measures_bias),
                np.maximum(_times(features.measures, net.measures2) + net.measures2_bias, 0),
            ],
            axis=1,
        )
        near = np.maximum(_times(_around(own), net.near) + net.near_bias, 0)
        wide = np.maximum(_times(_around(near), net.wide) + net.wide_bias, 0)
        scores = _times(np.concatenate([own, near, wide], axis=1), net.roles) + net.roles_bias
        thought.append(_softmax(scores))
    mean: Floats = np.mean(thought, axis=0)
    return mean


def _times(lines: Floats, weights: Floats) -> Floats:
    """`lines @ weights`, so many lines at a time that the product stays in this thread.

    OpenBLAS wakes its other threads from 262,144 multiplications on. On a busy machine waiting for them took
    fifteen times as long as all 206 pages take in one thread (0.25 s).
    """
    step = max(1, _MOST_MULTIPLICATIONS // weights.size)
    result = np.empty((len(lines), weights.shape[1]), dtype=np.float32)
    for at in range(0, len(lines), step):
        np.matmul(lines[at : at + step], weights, out=result[at : at + step])
    return result


def _around(lines: Floats) -> Floats:
    """(lines, size) -> (lines, (2 * REACH + 1) * size): each line with those around it, zeros beyond the ends."""
    count, size = lines.shape
    padded = np.zeros((count + 2 * REACH, size), dtype=np.float32)
    padded[REACH : REACH + count] = lines
    return np.concatenate([padded[n : n + count] for n in range(2 * REACH + 1)], axis=1)


def _softmax(scores: Floats) -> Floats:
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = e / e.sum(axis=-1, keepdims=True)
    return result


@lru_cache(maxsize=1)
def load_networks() -> tuple[Network, ...]:
    """The networks that ship.

    Raises:
        ModelError: if their file is missing or damaged.
    """
    path = resources.files("onrecord").joinpath("model", "roles.npz")
    try:
        with resources.as_file(path) as file, np.load(file) as stored:
            return unpack_networks(stored)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"{path}: the classifier of lines is missing or damaged ({error}). Install onrecord again."
        ) from error


def pack_networks(networks: Sequence[Network]) -> dict[str, np.ndarray]:
    """The arrays of a file: tables of names in int8 with their scale, the rest in half precision."""
    packed: dict[str, np.ndarray] = {}
    for n, net in enumerate(networks):
        scale = np.abs(net.names).max() / np.float32(127)
        packed[f"{n} names"] = np.round(net.names / scale).astype(np.int8)
        packed[f"{n} scale"] = np.array(scale)
        for name in Network.__slots__[1:]:
            packed[f"{n} {name}"] = getattr(net, name).astype(np.float16)
    return packed


def unpack_networks(packed: np.lib.npyio.NpzFile | dict[str, np.ndarray]) -> tuple[Network, ...]:
    """The networks of a file."""
    count = sum(key.endswith(" names") for key in packed)
    return tuple(
        Network(
            packed[f"{n} names"].astype(np.float32) * packed[f"{n} scale"],
            **{name: packed[f"{n} {name}"].astype(np.float32) for name in Network.__slots__[1:]},
        )
        for n in range(count)
    )
