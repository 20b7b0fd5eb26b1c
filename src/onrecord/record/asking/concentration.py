"""How evenly voices are spread: from how often each is heard.

The share of the first five; the Herfindahl-Hirschman index, the sum of the squared shares (Herfindahl 1950; Hirschman 1964: from
1/n where all are heard alike to 1 where one is heard alone); the effective number of sources, exp of Shannon's entropy (Hill 1973;
Jost 2006): so many sources, all heard alike, would be as diverse.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

_FIRST = 5


class Concentration(msgspec.Struct):
    """How the voices are spread; all None where nobody is heard.

    Attributes:
        sources: how many different ones.
        first_five: share of the five that are heard most, 0 to 1.
        herfindahl: 1/sources to 1.
        effective: as many sources, heard alike, would be as diverse; 1 to sources.
    """

    sources: int
    first_five: float | None
    herfindahl: float | None
    effective: float | None


def concentration_of(heard: Iterable[int]) -> Concentration:
    """The concentration of some counts, one a source.

    >>> concentration_of([5, 5]).effective, concentration_of([5, 5]).herfindahl
    (2.0, 0.5)
    """
    counts = sorted((n for n in heard if n > 0), reverse=True)
    total = sum(counts)
    if not total:
        return Concentration(0, None, None, None)
    shares = [n / total for n in counts]
    entropy = -math.fsum(p * math.log(p) for p in shares)
    return Concentration(
        len(counts),
        round(math.fsum(shares[:_FIRST]), 4),
        round(math.fsum(p * p for p in shares), 4),
        round(math.exp(entropy), 2),
    )
