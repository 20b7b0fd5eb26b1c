"""What is wrong with a question, told at the field that it is about, in the words of a page."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from onrecord.record.asking.bounded import TooMuchError

# An option of the command line, by which messages name a field.
_OPTION: Final = re.compile(r"--([a-z][a-z-]*)")


class Fault(NamedTuple):
    """What is wrong.

    Attributes:
        field: the name of the field; None if it is about none, or about several.
        words: for people.
        is_too_much: the question can be meant, but too much fits it.
    """

    field: str | None
    words: str
    is_too_much: bool = False


def fault_of(error: Exception, names: Collection[str]) -> Fault:
    """What a message says, with the field that it begins with.

    Args:
        names: the fields that there are.

    >>> fault_of(ValueError("--due-since Friday: not a day. Write it as YYYY-MM-DD."), ["due_since"])
    Fault(field='due_since', words='Friday: not a day. Write it as YYYY-MM-DD.', is_too_much=False)
    """
    words = " ".join(str(error).split())
    begins = _OPTION.match(words)
    field = begins[1].replace("-", "_") if begins else None
    if field in names and begins:
        words = words[begins.end() :].strip()
    return Fault(field if field in names else None, in_page(words), isinstance(error, TooMuchError))


def in_page(words: str) -> str:
    """A message with its fields as a page calls them.

    >>> in_page("--since 2024-01-02 --until 2024-01-01: the first day is after the last.")
    'since 2024-01-02 until 2024-01-01: the first day is after the last.'
    """
    return _OPTION.sub(lambda option: option[1].replace("-", " "), words)
