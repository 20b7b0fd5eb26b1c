"""Where a text tells a number of people: *at least two dozen*, *between 200 and 300*, *a quarter of a million*.

What looks like one and is none is left out: years, ages (*three boys aged seven, nine and 12*; *a girl of nine*), measures
(*a 19-year-old*, *a nine-hour siege*), what is denied (*not 9,000 but barely 900*), shares (*80 percent of the staff*).
"""

from __future__ import annotations

import re

from onrecord.analysis.counts import BOUND, SMALL, TENS
from onrecord.article import Span

_ONES = "|".join(word for word, value in SMALL.items() if value)
_TENS = "|".join(TENS)
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES})"
_SCALE = r"(?:dozen|score|hundred|thousand|million)"
# A number word or figures, to be told apart from other words.
DIGITS_OR_WORD = rf"\d+|{_ONES}|{_TENS}"
# *Thousands*, *a handful*; *four hundred and fifty*, *twelve thousand five hundred*.
NUMBER = (
    r"(?:(?:(?:tens|hundreds) of thousands|dozens|scores|hundreds|thousands|an? handful|an? (?:pair|couple)(?= of(?! (?:hundred|thousand)\b))"
    r"|a quarter of a million)"
    rf"|(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_BELOW_HUNDRED}|half a|several|a few|a couple of(?= (?:hundred|thousand)\b)|a)"
    rf"(?:[- ](?:and a half|{_SCALE})(?: (?:and )?\d+| {_BELOW_HUNDRED} hundred\b"
    rf"| and {_BELOW_HUNDRED}\b(?! {_SCALE}\b))?)*)"
)
_YEAR = (
    r"(?:19|20)\d\d\b(?! (?:people|protesters|demonstrators|marchers|workers|men|women|soldiers|troops)\b)"
)
# What the words below begin with: most other words are passed over at once.
_FIRST_LETTERS = r"(?=\d|a[ \nbtrspln]|b[ae]|clo|do|e[il]|f[oiue]|h[au]|in |just|ma|mo|n[oie]|o[nv]|per|rou|s[oiec]|t[whe]|u[pn]|well)"
# *A man* is no number here, *a dozen* is; nor is *a few*. *From nine to 12* of a toll that rises is no range: `tolls.py`.
_NUMBER_PHRASE = re.compile(
    rf"\b{_FIRST_LETTERS}(?<![\w.,$€£-])(?<!\bno )(?<!\bnot )(?!{_YEAR})(?:{BOUND}\s+)?(?!an? (?!dozen|score|hundred|thousand|million|handful|pair|couple|quarter of a m|few (?:dozen|hundred|thousand))|a few (?!dozen|hundred|thousand))"
    rf"(?:all but {NUMBER} of (?:(?:the|its|their|some) )?{NUMBER}|(?<=between ){NUMBER}\s+and\s+{NUMBER}|{NUMBER}(?:(?:\s+to\s+|\s*[-–]\s*|\s+or\s+|\s+and\s+(?=[\d,]+\s)){NUMBER})?)"
    r"(?:\s+or\s+(?:more|so)\b)?(?![\w%]|[.,]\d|\s+(?:times|percent|per\s+cent)\b|-(?!strong|odd)[a-z])",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(
    rf"(?:{BOUND}\s+)?(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_ONES})(?:[- ](?:dozen|score|hundred|thousand|million))*"
    r"(?:\s+or\s+(?:more|so))?",
    re.IGNORECASE,
)
# *Three boys aged seven, nine and 12*: who, not how many.
AGED = (
    r"\b(?:aged?(?: of| between| from)?|ages|(?<=\bman |\bboy )of|(?<=\bwoman |\bchild )of|(?<=\bgirl )of)"
    rf"(?:(?:,|\s+and|\s+to|\s+or)?\s+(?:\d+|{_BELOW_HUNDRED})\b(?!\s+(?:others?|more)\b))+"
)
_AGE = re.compile(AGED, re.IGNORECASE)
# *Two girls of eleven*, *an officer of 38*; not *a murder of two*, *a number of them*.
_OF_FEW = re.compile(
    rf"\sof\s(?:\d\d?|{_BELOW_HUNDRED})\b(?=[,.;:)]|\s(?:was|were|is|are|had|has|have|who|and|from|in|at|on|to|died|when|after)\b|$)"
)
_PERSON = re.compile(
    r"(?:(?:wo)?m[ae]n|boys?|girls?|child(?:ren)?|youths?|bab(?:y|ies)|toddlers?|infants?|sons?|daughters?|brothers?|sisters?|nuns?|widows?"
    r"|(?!number|member|murder|killer|slaughter|massacre|order|quarter|chapter|matter|disaster|encounter|gather)[a-z]{3,}(?:er|or|ist|ian|ant|man|men)s?)",
    re.IGNORECASE,
)
# *Not 9,000 but barely 900*: behind the first.
_BUT = re.compile(r"(?:\s+[\w’'-]+)?,?\s+but\s+(?:a\s+(?:bare|mere)\s+|only\s+)?", re.IGNORECASE)
# The longest words before a number that bound it, and behind it that multiply it.
_BOUND_CHARS = 24


def ages_in(text: str, start: int, end: int) -> list[Span]:
    """Where words tell how old somebody is."""
    found = []
    if "age" in text[start:end]:
        found = [Span(*age.span()) for age in _AGE.finditer(text, start, end)]
    for few in _OF_FEW.finditer(text, start, end):
        word = text.rfind(" ", start, few.start()) + 1
        if _PERSON.fullmatch(text, word, few.start()):
            found.append(Span(word, few.end()))
    return found


def numbers_in(text: str, start: int, end: int) -> list[Span]:
    """The numbers that the text tells from `start` to `end`, ages among them, in its order."""
    return [Span(*found.span()) for found in _NUMBER_PHRASE.finditer(text, start, end)]


def number_at(text: str, start: int, end: int | None = None) -> Span | None:
    """The number that begins there, of *not 9,000 but barely 900* the second; None if none does."""
    found = _NUMBER_PHRASE.match(text, start, len(text) if end is None else end)
    if found is None and text[max(0, start - 4) : start].lower() == "not ":
        return _instead(text, start)
    return Span(*found.span()) if found else None


def has_number(text: str, start: int, end: int) -> bool:
    """Does the text tell a number there?"""
    return _NUMBER_PHRASE.search(text, start, end) is not None


def whole_number(text: str, span: Span) -> Span:
    """A span with the whole of the number that it touches: *12* of *an estimated 12,000*; itself if there is none.

    Of *not 9,000 but barely 900* it is the second.
    """
    denied = next(
        (at for at in (span.start, span.start + 4) if text[max(0, at - 4) : at].lower() == "not "), None
    )
    if denied is not None and (other := _instead(text, denied)):
        return other
    for number in _NUMBER_PHRASE.finditer(
        text, max(0, span.start - _BOUND_CHARS), min(len(text), span.end + _BOUND_CHARS)
    ):
        if number.start() < span.end and span.start < number.end():
            return Span(min(span.start, number.start()), max(span.end, number.end()))
    return span


def is_number(text: str, span: Span) -> bool:
    """Are words a number and nothing else? *Dozens* and *thousands* are nouns, and may be who marched.

    >>> is_number("at least 20", Span(0, 11)), is_number("20 marchers", Span(0, 11)), is_number("dozens", Span(0, 6))
    (True, False, False)
    """
    return _NUMBER_ALONE.fullmatch(text, span.start, span.end) is not None


def _instead(text: str, start: int) -> Span | None:
    """The number that a denied one, which begins there, gives way to."""
    denied = _NUMBER_ALONE.match(text, start)
    but = _BUT.match(text, denied.end()) if denied else None
    found = _NUMBER_PHRASE.match(text, but.end()) if but else None
    return Span(*found.span()) if found else None
