"""Some hundreds at a time: a query holds only so many values, and an answer need not be held whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def in_parts(items: Iterable[T], many: int = 500) -> Iterator[list[T]]:
    """Items in their order, so many at a time.

    >>> list(in_parts("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while part := list(islice(rest, many)):
        yield part
