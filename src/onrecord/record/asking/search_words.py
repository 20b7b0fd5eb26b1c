"""What somebody types to search reports: words, and field words as in `outlet:post`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from onrecord.errors import UsageError

FIELDS: Final = ("about", "by", "headline", "outlet", "since", "until")
_FIELD: Final = re.compile(r'(?<!\S)([a-z]+):(?:"([^"]*)"|([^\s"]+))')
_OPERATORS: Final = ("AND", "OR", "NOT")
# A word as the indexes know it: letters and digits, and the accents that stand behind their letters.
WORD: Final = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_\u0300-\u036f]*)*")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand side by side, folded; the last one may be the beginning of a word alone."""

    words: tuple[str, ...]
    is_beginning: bool

    @property
    def typed(self) -> str:
        """The term as somebody would type it."""
        joined = " ".join(self.words)
        return f"{joined}*" if self.is_beginning else f'"{joined}"'


def part_fields(typed: str) -> tuple[str, dict[str, str]]:
    """Words without field words, and the field words with what they say.

    Raises:
        UsageError: for a field word that is misspelt or given twice.

    >>> part_fields('flood* outlet:"Orpel Post" since:2024-01-01 OR dam')
    ('flood* OR dam', {'outlet': 'Orpel Post', 'since': '2024-01-01'})
    """
    fields: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        name, value = found[1], found[2] if found[2] is not None else found[3]
        if name not in FIELDS:
            if near := get_close_matches(name, FIELDS, 1, 0.75):
                raise UsageError(
                    f'{found[0]}: there is no field word {name}. Write {near[0]}:, or put it in quotation marks: "{found[0]}".'
                )
            return found[0]
        if name in fields:
            raise UsageError(f"{found[0]}: {name} is given twice. Give it once.")
        fields[name] = value
        return ""

    # Field words inside a phrase are words.
    pieces = re.split(r'((?<![\w:"])"[^"]*")', typed)
    left = "".join(piece if number % 2 else _FIELD.sub(take, piece) for number, piece in enumerate(pieces))
    return " ".join(left.split()), fields


def terms_of(words: str) -> list[Term]:
    """The words and phrases that a report must or may hold, each once; not those behind NOT.

    >>> [term.typed for term in terms_of('flood* "the river" OR Orvík NOT dry land AND dam')]
    ['flood*', '"the river"', '"orvik"', '"dam"']
    """
    found: dict[Term, None] = {}
    wanted = True
    for quoted, word in re.findall(r'"([^"]*)"|(\S+)', words):
        if word in _OPERATORS:
            wanted = word != "NOT"
            continue
        folded = tuple(fold_word(w) for w in WORD.findall(quoted or word))
        if folded and wanted:
            found[Term(folded, not quoted and word.endswith("*"))] = None
    return list(found)


def fold_word(word: str) -> str:
    """A word, or a text, without case and accents, as the indexes of words keep it."""
    if word.isascii():
        return word.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).lower()
