"""What the words of a trigger have told elsewhere: how often a word tells an event, and of which type.

The counts are of our training passages and of the labelled documents of real news (`training/second_look.py` writes them to
`model/trigger_words.tsv.gz`). A word is looked up as it is written, by its stem, and by its stem with the small word behind
it (*called for* is a demand, *called off* is none).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord.analysis.plover import TYPES
from onrecord.article import Span

Numbers = npt.NDArray[np.float64]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# The longest word behind a trigger that is looked at.
_BEHIND = 14
PARTICLES: Final = frozenset(
    "about against apart around aside at away back between by down for forward from in into of off on out over through to"
    " together up upon with".split()
)
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class Uses:
    """How often a word stands in the passages and in the news, and how often it tells an event there.

    Attributes:
        types: events of each type, of both.
        totals, events: of the passages, of the news.
    """

    types: Numbers
    totals: tuple[float, float]
    events: tuple[float, float]

    def without(self, other: Uses) -> Uses:
        """These uses but for those of a text that is among them."""
        return Uses(
            self.types - other.types,
            (self.totals[0] - other.totals[0], self.totals[1] - other.totals[1]),
            (self.events[0] - other.events[0], self.events[1] - other.events[1]),
        )


NO_USES: Final = Uses(np.zeros(len(TYPES)), (0.0, 0.0), (0.0, 0.0))
Look = Callable[[str], Uses]


def stem_of(word: str) -> str:
    """A word in small letters without the endings of its forms.

    >>> [stem_of(w) for w in ("Marched", "marches", "marching", "denies", "denied", "stopped", "strike", "press")]
    ['march', 'march', 'march', 'deny', 'deny', 'stop', 'strik', 'press']
    """
    word = word.lower()
    if word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            stem = word[: len(word) - len(ending)] + instead
            if ending in ("ing", "ed") and len(stem) > _LEAST_STEM and stem[-1] == stem[-2] not in "ls":
                stem = stem[:-1]
            return stem
    return word


def keys_of(text: str, start: int, end: int) -> tuple[str, ...]:
    """What the trigger text[start:end] is looked up by, the most special last: its stem, its first word as it is written,
    and the stem with the small word behind it, or with the second word of the trigger.

    >>> keys_of("They called for talks.", 5, 11)
    ('call', '=called', 'call for')
    """
    first = _WORD.search(text, start, end)
    if first is None:
        return (text[start:end].lower(),)
    word = first.group().lower()
    keys = [stem_of(word), f"={word}"]
    behind = _WORD.match(text, first.end() + 1, first.end() + 1 + _BEHIND)
    if behind and (behind.group().lower() in PARTICLES or behind.end() <= end):
        keys.append(f"{keys[0]} {behind.group().lower()}")
    return tuple(keys)


def all_keys(text: str) -> list[str]:
    """The keys of every word of a text."""
    return [key for word in _WORD.finditer(text) for key in keys_of(text, *word.span())]


def trigger_keys(text: str, trigger: Span) -> tuple[str, ...]:
    """The keys of a trigger."""
    return keys_of(text, trigger.start, trigger.end)


@lru_cache(maxsize=4096)
def known_uses(key: str) -> Uses:
    """What the table that ships tells of a key."""
    line = _table().get(key)
    return NO_USES if line is None else _read(line)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Keys and their numbers; few of them are ever asked for, so they are read then."""
    packed = (resources.files("onrecord") / "model" / "trigger_words.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {key: numbers for key, _, numbers in (line.partition("\t") for line in lines)}


def written(key: str, uses: Uses) -> str:
    """A line of the table that is read back."""
    types = ",".join(f"{n}:{int(v)}" for n, v in enumerate(uses.types) if v)
    return "\t".join([key, *(str(int(v)) for v in (*uses.totals, *uses.events)), types])


def _read(numbers: str) -> Uses:
    own, news, own_events, news_events, types = numbers.split("\t")
    counts = np.zeros(len(TYPES))
    for pair in types.split(",") if types else ():
        number, _, count = pair.partition(":")
        counts[int(number)] = float(count)
    return Uses(counts, (float(own), float(news)), (float(own_events), float(news_events)))
