"""Names that are written in several ways: keys under which the spellings of one name meet.

`fold` levels what never tells names apart (case, accents, points, British and American spelling).
`person_key` goes further and levels transliterations: *Nazarbaev* and *Nazarbayev*, *Kassym-Zhomart*
and *Kasym-Jomart*, *Zelenskiy* and *Zelensky*. A key is for comparing only, it is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters that have no decomposition in Unicode.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th", "ð": "d"}
)
_MARKS: Final = re.compile(r"[’'‘`ʻʼ´.\"“”]")
_SPACES: Final = re.compile(r"[\s\-‐‑–—_/,&]+")
_PLAIN: Final = re.compile(r"[a-z0-9 ]+")
# A piece without which the pattern does not match, the pattern, and the American spelling.
_BRITISH: Final = (
    ("is", re.compile(r"\b(\w+)is(ation|ations|ing|ed|e)\b"), r"\1iz\2"),
    ("defence", re.compile(r"\bdefence\b"), "defense"),
    ("labour", re.compile(r"\blabour\b"), "labor"),
    ("centre", re.compile(r"\bcentre\b"), "center"),
    ("programme", re.compile(r"\bprogramme\b"), "program"),
    ("co operation", re.compile(r"\bco operation\b"), "cooperation"),
)
# The spellings of one Arabic name in the press; *Mohamud* is another name.
_MUHAMMAD: Final = re.compile(r"^m[ou]h?am+[aei]d$|^mehmed$")
# What press and libraries write differently when they take names from other scripts; order matters.
_TRANSLITERATION: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^ye", "e"),
        (r"^[qgk]h?ad+h?a+f+[iy]$", "kadafi"),  # Gaddafi, Qadhafi, Khadafy
        (r"dzh|zh|dj", "j"),
        (r"tch|tsch", "ch"),
        (r"sch", "sh"),
        (r"ph", "f"),
        (r"[kg]h", "h"),
        (r"dh", "d"),
        (r"ck", "k"),
        (r"q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou|oo", "u"),
        (r"oe", "o"),
        (r"ee", "i"),
        (r"[aou]y(?=e)", lambda m: m[0][0]),
        (r"iy(?=e)|(?<=[bcdfghjklmnpqrstvwxz])[iy](?=ev$)", ""),
        (r"y", "i"),
        (r"ai", "ei"),
        (r"der$", "dr"),
        (r"enka$", "enko"),
        (r"(.)\1+", r"\1"),
    )
)
# The article of Arabic names comes and goes: *Bashar Assad*, *Bashar al-Assad*.
_ARTICLES: Final = frozenset({"al", "el", "ul", "as", "ash", "an", "ad"})


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name without case, accents, points and hyphens, and in American spelling.

    >>> fold("Organisation for Security and Co-operation in Europe")
    'organization for security and cooperation in europe'
    """
    low = name.lower()
    if not _PLAIN.fullmatch(low):
        if not low.isascii():
            low = unicodedata.normalize("NFKD", low.translate(_LETTERS)).lower()
            low = "".join(c for c in low if not unicodedata.combining(c))
        low = _SPACES.sub(" ", _MARKS.sub("", low)).strip()
    for piece, pattern, to in _BRITISH:
        if piece in low:
            low = pattern.sub(to, low)
    return low.removeprefix("the ")


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """One folded word of a person's name, its transliteration levelled.

    >>> word_key("nazarbaev") == word_key("nazarbayev"), word_key("bush") == word_key("busch")
    (True, True)
    """
    if _MUHAMMAD.match(word):
        return "muhamad"
    for pattern, to in _TRANSLITERATION:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=65536)
def person_key(name: str) -> str:
    """The key under which the spellings of a person's name meet.

    >>> person_key("Kassym-Zhomart Tokaev")
    'kasim jomart tokaev'
    """
    words = [w for w in fold(name).split() if w not in ("jr", "sr")]
    # An article alone is no name; one at the end may be an initial.
    kept = [w for w in words if w not in _ARTICLES] or words
    return " ".join(word_key(w) for w in kept)


def spellings(name: str, *, limit: int = 6) -> tuple[str, ...]:
    """Other spellings of a name that the rules know, for showing and for search; the name itself is left out.

    >>> spellings("Volodymyr Zelensky")
    ('Volodymyr Zelenskiy', 'Volodymyr Zelenskyy')
    """
    found = [name]
    for pattern, others in _RESPELLED:
        for known in tuple(found):
            if pattern.search(known):
                found += [n for to in others if (n := pattern.sub(to, known)) not in found]
    return tuple(found[1 : limit + 1])


_RESPELLED: Final = (
    (re.compile(r"(?<=[aeiou])yev(?=a?\b)"), ("ev",)),
    (re.compile(r"(?<=[ao])ev(?=a?\b)"), ("yev",)),
    (re.compile(r"(?<=[dlnrstk])sky\b"), ("skiy", "skyy")),
    (re.compile(r"\bJ(?=omart\b)|\bJ(?=aparov\b)"), ("Zh",)),
    (re.compile(r"\bKassym\b"), ("Kasym", "Qasym")),
    (re.compile(r"\bSergei\b"), ("Sergey",)),
    (re.compile(r"\bAlexei\b"), ("Alexey", "Aleksei")),
    (re.compile(r"\bAlexander\b"), ("Aleksandr",)),
    (re.compile(r"\bDmitry\b"), ("Dmitri", "Dmitriy")),
    (re.compile(r"\bYevgeny\b"), ("Evgeny", "Yevgeni")),
    (re.compile(r"\bGaddafi\b"), ("Qaddafi", "Gadhafi", "Kadhafi", "Khadafy", "Qadhafi")),
    (re.compile(r"\bMohamm?[ae]d\b"), ("Mohammed", "Mohamed", "Mohammad", "Muhammad")),
    (re.compile(r"\bal-(?=[A-Z])"), ("el-", "")),
)
