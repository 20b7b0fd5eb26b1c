"""Text -> its words, each with a key that levels what house style changes and what is said does not.

*Fourteen* and *14*, *per cent* and *%*, *can't* and *cannot*, *labour* and *labor*, *Sen.* and *Senator*, *2 September* and
*September 2* have one key. What a word does is told beside it: a negation, a modal, a number, a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from onrecord.analysis.counts import SMALL, TENS
from onrecord.article import Span

Role = Literal["negation", "modal", "number", "name", "word"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text; a contraction gives two with one span.

    Attributes:
        key: what it is compared by; never shown.
        begins: does a sentence begin with it?
        after_gap: does an ellipsis stand before it?
        bracketed: did an editor put it, or a letter of it, in square brackets?
    """

    span: Span
    key: str
    role: Role
    begins: bool
    after_gap: bool
    bracketed: bool


_NEGATIONS: Final = frozenset(
    "not no never none nobody nothing neither nor without hardly barely scarcely nowhere".split()
)
_MODALS: Final = frozenset("may might can could must shall should will would ought".split())
_CONTRACTED: Final = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "'d", "s": "'s"}
_WHOLE: Final = {
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "'em": ("them",),
    "okay": ("ok",),
}
_HOUSE: Final = {
    "mister": "mr", "senator": "sen", "governor": "gov", "representative": "rep", "general": "gen", "doctor": "dr",
    "lieutenant": "lt", "colonel": "col", "captain": "capt", "professor": "prof", "reverend": "rev", "saint": "st",
    "sergeant": "sgt", "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
    "august": "aug", "september": "sep", "sept": "sep", "october": "oct", "november": "nov", "december": "dec",
    "monday": "mon", "tuesday": "tue", "tues": "tue", "wednesday": "wed", "thursday": "thu", "thurs": "thu",
    "friday": "fri", "saturday": "sat", "sunday": "sun", "grey": "gray", "programme": "program", "plough": "plow",
    "sceptic": "skeptic", "sceptical": "skeptical", "towards": "toward", "afterwards": "afterward", "amongst": "among",
    "whilst": "while", "learnt": "learned", "spelt": "spelled", "defence": "defense", "offence": "offense",
    "licence": "license", "pretence": "pretense", "pct": "percent", "until": "till", "kilometre": "km",
    "kilometres": "km", "kilometer": "km", "kilometers": "km", "aeroplane": "airplane", "tonnes": "tons", "tonne": "ton",
}  # fmt: skip
# British endings and their American ones. Both sides are levelled alike, so it does no harm that *advise* changes too.
_ENDINGS: Final = (
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|es|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|ite|ites|ful)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})mme(?=s?$)"), "m"),
)
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_MONTHS: Final = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_DAY = re.compile(r"#(?P<day>[12]?\d|3[01])(?:th)?")
_TOKEN = re.compile(
    r"(?P<gap>\[?(?:…|\.\s?\.\s?\.+)\]?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"|(?P<percent>%|\bper[ \u00a0]cents?\b|\bpercentage\b(?! points?))"
    r"|(?P<initials>(?:[^\W\d_]\.){2,}|\bUS\b|\bUK\b|\bEU\b|\bUN\b)"
    # A letter that was lost (U+FFFD) is one, and a digit that a scanner put for a letter.
    r"|(?P<word>(?:\[[^\W\d_]+\])?(?:[^\W\d_]|\ufffd)(?:[^\W_]|\ufffd)*(?:\[[^\W\d_]+\])?(?:[’'ʼ´`][^\W\d_]+)*)"
    # *[Orrel]'s*
    r"|(?P<suffix>(?<=\])[’'ʼ´`](?:re|ve|ll|s|d|m)\b)"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<end>[.!?]+)",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ´`", "''''")
# What a scanner reads for letters (*n0t*, *hea1thy*).
_FIGURES_FOR_LETTERS = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "6": "b"})
_ABBREVIATED: Final = frozenset("mr mrs ms dr sen rep gov gen lt col st prof sgt capt rev jan feb mar apr jun jul aug sep sept oct nov dec inc corp co ltd jr sr vs no".split())  # fmt: skip
_WORDS_OF_NUMBERS: Final = frozenset((*SMALL, *TENS, *_SCALES)) - {"no"}


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]` in their order; spans refer to `text`.

    >>> [w.key for w in words_of("They can't give fourteen per cent.")]
    ['they', 'can', 'not', 'give', '#14', 'percent']
    """
    found: list[Word] = []
    begins, gap, bracket = True, False, False
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, words = token.lastgroup if token.lastgroup != "ordinal" else "number", token[0]
        if kind == "gap":
            gap = True
        elif kind == "bracket":
            bracket = words == "["
        elif kind == "end":
            begins = begins or not _is_abbreviation(text, token.start(), found)
        else:
            span = Span(token.start(), token.end())
            # A word of nothing but accents has no key.
            for key in filter(None, _keys(kind or "", words)):
                role = _role(key, words, begins)
                found.append(Word(span, key, role, begins, gap, bracket or "[" in words))
                begins, gap = False, False
    return _with_days(_with_numbers(found)) if len(found) > 1 else _with_numbers(found)


def _is_abbreviation(text: str, point: int, found: list[Word]) -> bool:
    """Does the point at `point` belong to the last word (*Sen.*, *J.*)?"""
    if not found or found[-1].span.end != point or text[point] != ".":
        return False
    last = found[-1].span.of(text)
    return last.lower() in _ABBREVIATED or (len(last) == 1 and last.isupper() and last != "I")


@lru_cache(20_000)
def _keys(kind: str, words: str) -> tuple[str, ...]:
    """The keys of one token. Those of the last some thousand are kept: copies have the same words again and again."""
    if kind == "number":
        value = re.match(r"[\d.,]*\d", words)
        digits = (value[0] if value else words).replace(",", "")
        return (f"#{digits.lstrip('0') or '0'}" + ("th" if words[-1].isalpha() else ""),)
    if kind == "percent":
        return ("percent",)
    if kind == "initials":
        return (words.replace(".", "").lower() + ".",)
    plain = unicodedata.normalize("NFKD", words.replace("[", "").replace("]", "").translate(_APOSTROPHES))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    if any(c.isdigit() for c in plain):
        plain = plain.translate(_FIGURES_FOR_LETTERS)
    if plain in _WHOLE:
        return _WHOLE[plain]
    if plain.endswith("n't"):
        return (plain[:-3], "not")
    head, _, tail = plain.partition("'")
    if tail in _CONTRACTED:
        return (_levelled(head), _CONTRACTED[tail]) if head else (_CONTRACTED[tail],)
    return (_levelled(plain.replace("'", "")),)


def _levelled(word: str) -> str:
    """House style and British spelling away."""
    if word in _ORDINALS:
        return f"#{_ORDINALS[word]}th"
    if word in _HOUSE:
        return _HOUSE[word]
    for pattern, american in _ENDINGS:
        word = pattern.sub(american, word)
    return word


def _role(key: str, words: str, begins: bool) -> Role:
    if key in _NEGATIONS:
        return "negation"
    if key in _MODALS and not (key in ("may", "will") and words[0].isupper() and not begins):
        return "modal"
    if key[0] == "#":
        return "number"
    if words[0].isupper() and not begins and key not in ("i", "am", "'d", "'s", "will", "have"):
        return "name"
    return "word"


def _with_numbers(words: list[Word]) -> list[Word]:
    """Numbers in words, and their scales (*two hundred and five*, *1.5 million*), as one word each."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        value, taken = _number_at(words, at)
        if taken:
            run = words[at : at + taken]
            span = Span(run[0].span.start, run[-1].span.end)
            bracketed = all(w.bracketed for w in run)
            key = f"#{value:f}".rstrip("0").rstrip(".")
            found.append(Word(span, key, "number", run[0].begins, run[0].after_gap, bracketed))
            at += taken
        else:
            found.append(words[at])
            at += 1
    return found


def _with_days(words: list[Word]) -> list[Word]:
    """A month and its day as one word, whichever stands first: *September 2*, *Sept. 2*, *2 September* are one day."""
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        key = _day_key(last, word) if last else None
        if last and key:
            found[-1] = Word(
                Span(last.span.start, word.span.end),
                key,
                "number",
                last.begins,
                last.after_gap,
                last.bracketed and word.bracketed,
            )
        else:
            found.append(word)
    return found


def _day_key(one: Word, other: Word) -> str | None:
    """The key of a day that two words make; None where they make none."""
    if other.begins or other.after_gap:
        return None
    for month, number in ((one, other), (other, one)):
        # A month has a capital: *they march 14 miles*, *14 may go*.
        if month.key in _MONTHS and (month.role == "name" or (month.begins and month.role != "number")):
            day = _DAY.fullmatch(number.key)
            return f"{month.key}#{day['day']}" if day else None
    return None


def _number_at(words: list[Word], at: int) -> tuple[float, int]:
    """The number that begins at a word, and how many words it has; 0 words where none does."""
    total, part, taken, ending = 0.0, 0.0, 0, at
    smallest = 1000.0
    while ending < len(words) and not (taken and words[ending].begins):
        key = words[ending].key
        if key[0] == "#" and key[1:].replace(".", "", 1).isdigit() and not taken:
            part, smallest = float(key[1:]), 0.0
        elif (
            key in SMALL
            and key in _WORDS_OF_NUMBERS
            and smallest > SMALL[key]
            and SMALL[key] < max(smallest, 1)
        ):
            part, smallest = part + SMALL[key], 0.0
        elif key in TENS and smallest > 90:
            part, smallest = part + TENS[key], 10.0
        elif key in _SCALES and taken and part:
            part *= _SCALES[key]
            smallest = 100.0
            if _SCALES[key] >= 1000:
                total, part, smallest = total + part, 0.0, 1000.0
        elif key == "and" and taken and smallest >= 100 and ending + 1 < len(words):
            following = words[ending + 1].key
            if following not in _WORDS_OF_NUMBERS or following in _SCALES:
                break
            ending += 1
            continue
        else:
            break
        ending += 1
        taken = ending - at
    return total + part, taken
