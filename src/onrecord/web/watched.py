"""Questions that are kept, in the words of an address and in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.api import Record
from onrecord.api.watching import FIELDS, read_watched
from onrecord.errors import UsageError
from onrecord.printing.lines import count, one_line
from onrecord.record.watches import Asked

# What each field is called before its words.
_LABELS: Final = {
    "by": "by",
    "about": "about",
    "kind": "of kind",
    "match": "with the words",
    "headline": "with the headline",
    "since": "since",
    "until": "until",
    "outlet": "in",
    "actor": "by",
    "recipient": "to",
    "type": "of type",
    "mode": "of mode",
    "country": "in the country",
    "status": "with status",
    "reported_by": "on the word of",
    "asserted_only": "in the reporter’s own voice",
}
_ROWS: Final = {
    "said": ("statement", "statements"),
    "events": ("event", "events"),
    "search": ("report", "reports"),
}
# Fields that name somebody.
_WHO: Final = frozenset({"by", "about", "actor", "recipient", "reported_by"})
# What is asked of an answer, not of the record.
_OF_A_PAGE: Final = frozenset({"of", "page", "sort", "as", "limit", "offset", "name"})
_MAX_FIELD_CHARS: Final = 500
_ID: Final = re.compile(r"[a-z]+:|actor-|part-")


def read_address(of: str, fields: Iterable[tuple[str, str]]) -> tuple[dict[str, str | list[str]], list[str]]:
    """The fields of a question as they stand in its address, and those that it has but a watch has not.

    Raises:
        UsageError: for what cannot be watched, and where the question cannot be meant.
    """
    asked: dict[str, str | list[str]] = {}
    without: list[str] = []
    for name, value in fields:
        words = value.strip()[:_MAX_FIELD_CHARS]
        if not words or name in _OF_A_PAGE:
            continue
        if name not in FIELDS.get(of, (name,)):
            without.append(name)
        elif name == "status":
            several = asked.setdefault(name, [])
            if isinstance(several, list) and words not in several:
                several.append(words)
        else:
            asked[name] = words
    read_watched(of, asked)
    return asked, list(dict.fromkeys(without))


def in_words(record: Record, of: str, asked: Asked) -> str:
    """A question for people: *Statements by Teranu, of kind demand, since 2024-01-01*."""
    told = [
        f"{_LABELS[name]} {_named(record, name, asked[name])}" if name != "asserted_only" else _LABELS[name]
        for name in FIELDS[of]
        if asked.get(name)
    ]
    rows = _ROWS[of][1]
    return f"{rows.capitalize()} {', '.join(told)}" if told else f"All {rows}"


def rows_in_words(of: str, number: int, most: int) -> str:
    """So many rows, for people; *more than 1,000 statements* where they were not counted further.

    >>> rows_in_words("said", 1, 1_000), rows_in_words("events", 1_001, 1_000)
    ('1 statement', 'more than 1,000 events')
    """
    if number > most:
        return f"more than {count(most, *_ROWS[of], is_grouped=True)}"
    return count(number, *_ROWS[of], is_grouped=True)


def _named(record: Record, field: str, words: str | Sequence[str]) -> str:
    """Words of a question; of the id of somebody their name."""
    if not isinstance(words, str):
        return " or ".join(words)
    if field in _WHO and _ID.match(words):
        try:
            return next((one_line(known.name) for known in record.actors(words) if known.id == words), words)
        except UsageError:
            return words
    return words
