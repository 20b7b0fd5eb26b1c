"""Given reports -> as many as one likes that have nothing to do with each other, as long and as worded as they are.

A hundred thousand reports cannot be had in the open, and copies of a few hundred would make stories of hundreds. So each report
is told again in other worlds: all words but the commonest change places with others about as common, the same throughout a
world, and so do the figures.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from onrecord.article import Article

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FIGURE: Final = re.compile(r"[1-9]")
# So many of the commonest words hold sentences together; of the others so many that are about as common change places.
_COMMONEST: Final = 150
_AS_COMMON: Final = 200


def told_in_worlds(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """The articles as they are, and then in one other world after another; ids stay."""
    counts = Counter(word.lower() for article in articles for word in _WORD.findall(article.text))
    ranked = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    yield list(articles)
    for world in count(1):
        rng = random.Random(world)
        others = _others(ranked, rng)
        figures = dict(zip("123456789", rng.sample("123456789", 9), strict=True))
        yield [replace(article, text=_told(article.text, others, figures)) for article in articles]


def _others(ranked: Sequence[str], rng: random.Random) -> dict[str, str]:
    """For each word the one that stands in its place."""
    others: dict[str, str] = {}
    for start in range(_COMMONEST, len(ranked), _AS_COMMON):
        group = ranked[start : start + _AS_COMMON]
        others |= zip(group, rng.sample(group, len(group)), strict=True)
    return others


def _told(text: str, others: Mapping[str, str], figures: Mapping[str, str]) -> str:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        found = others.get(word.lower(), word)
        return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found

    return _FIGURE.sub(lambda match: figures[match[0]], _WORD.sub(other, text))
