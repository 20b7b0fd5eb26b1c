"""How many: the words of a number (*at least two dozen*, *some 1,500*, *hundreds*) -> its bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.article import Span

# The words of numbers up to nineteen, *no* among them, and of the tens.
SMALL: Final = {
    word: value
    for value, word in enumerate(
        "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES: Final = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
# What a number without a number stands for: twice its unit at least (*dozens*, *tens of thousands*).
_PLURALS: Final = {
    "dozens": 24,
    "scores": 40,
    "tens": 20,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2_000_000,
    "handful": 3,
    "several": 3,
}
_VAGUE: Final = frozenset(("few", "many"))
_MANY_OF = re.compile(r"\b(tens|dozens|scores|hundreds|thousands) of (hundreds|thousands|millions)\b")
# The words before a number that bound it from below, from above, or say that it is not exact.
_FROM_BELOW = r"at least|(?<!\bno )(?<!\bnot )more than|well over|just over|over|(?:no|not) (?:fewer|less) than|upwards? of|in excess of"
_FROM_ABOVE = r"up to|at most|as many as|(?:no|not) more than|(?<!\bno )(?<!\bnot )(?:fewer|less) than|(?<!\bjust )(?:well )?under"
_NOT_EXACT = (
    r"(?:just )?about|just under|around|some|nearly|almost|roughly|approximately|an (?:estimated|expected)|close to|perhaps|maybe"
    r"|not quite|barely"
)
BOUND: Final = rf"(?:{_FROM_BELOW}|{_FROM_ABOVE}|{_NOT_EXACT}|between)"
_AT_LEAST = re.compile(rf"\b(?:{_FROM_BELOW}|or more)\b")
_AT_MOST = re.compile(rf"\b(?:{_FROM_ABOVE})\b")
_ABOUT = re.compile(rf"\b(?:{_NOT_EXACT}|or so|odd)\b")
_RANGE = re.compile(r"(?<=\w)\s*(?:–|—|-|\bto\b|\bor\b)\s*(?=\w)")
_BETWEEN = re.compile(r"\bbetween (.+?) and ")
# *No fewer than*, *no more than*: not the number 0.
_NO_BOUND = re.compile(r"\bno (?=(?:fewer|less|more) than\b)")
# *Half a million*; *two and a half million*.
_QUARTER = re.compile(r"\ba quarter of a (?=million\b)")
_HALF_A = re.compile(r"\bhalf an? (?=(?:dozen|hundred|thousand|million)\b)")
_DOZEN_AND_A_HALF = re.compile(r"\b(?:a|one) dozen and a half\b")
_AND_A_HALF = re.compile(r"\b(\d+|[a-z]+) and a half (?=(?:dozen|hundred|thousand|million)\b)")
# *A 19-year-old*, *a lawyer aged 52*: who, not how many.
_AGE = re.compile(
    rf"\b[\w-]+-year-old\b|\b(?:aged|under(?= (?:the )?age)) (?:\d+|(?:{'|'.join((*TENS, *SMALL))})\b(?:-\w+)?)"
)
# *Not 9,000 but a bare 900*.
_NOT_BUT = re.compile(r"\bnot (?:[\w,]+ ){1,3}?but (?:a (?:bare|mere) )?")
# *All but four of the 29*.
_ALL_BUT = re.compile(r"\ball but (?P<rest>[\w-]+) of (?:the |its |their |some )?(?P<all>[\w,-]+)")
_WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+")
_DIGITS = re.compile(r"\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+(?:\.\d+)?")
_AND = re.compile(r",? and |, ")
# A number, an article or an owner, and behind it something that is no number.
_NUMBER_WORD = "|".join((*SMALL, *TENS))
_DIGIT_WORD = "|".join(word for word, value in SMALL.items() if 0 < value < 10)
_SCALE_WORD = "|".join(_SCALES)
# *Thirty-five*, *seven-hundred-strong*: one number, not a range.
_COMPOUND = re.compile(rf"(?<=ty)-(?=(?:{_DIGIT_WORD})\b)|-(?=(?:{_SCALE_WORD}|strong|odd)\b)")
_A_SCORE = re.compile(r"\ba score(?: (?:of|or)\b|$)")
_OF_WHAT = re.compile(
    rf"\b(?:an?|his|her|their|its|\d+|{_NUMBER_WORD})\b.* (?!(?:{_NUMBER_WORD}|{_SCALE_WORD})\b)[a-z]{{3,}}"
)
_COUPLES = re.compile(r"\b(?:a couple|a pair|both|twins)\b")
# *No more than 5*, *no one but the mayor* is somebody.
_NOBODY = re.compile(
    r"(?:no one|nobody|none|neither|(?!(?-i:Zero [A-Z]))zero|not (?:a|an|one|a single|any)|no(?= (?-i:[a-z])))\b(?! (?:(?:fewer|less|more|later) than)\b)"
    r"(?!(?: [\w’'-]+)? (?:but|except|other than)\b)",
    re.IGNORECASE,
)
_REACH = 40


@dataclass(frozen=True, slots=True)
class Count:
    """How many, and the words that tell it.

    Attributes:
        low: at least so many.
        high: at most so many; None where the text sets no bound (*at least 12*, *dozens*).
        about: the text says that the number is not exact (*about 300*).
    """

    span: Span
    low: int
    high: int | None
    about: bool = False


def read_count(text: str, span: Span) -> Count | None:
    """The count that the words tell; words without a number are one person (*a medic*, *Ana Ruiz*).

    None for words that mean some of unknown number (*villagers* is never given here, *a few* is), and for those that
    mean nobody (*no one*, *none of the guards*).

    >>> read_count("at least two dozen", Span(0, 18))
    Count(span=Span(start=0, end=18), low=24, high=None, about=False)
    >>> read_count("tens of thousands", Span(0, 17)).low
    20000
    >>> read_count("a retired teacher", Span(0, 17)).high
    1
    """
    if says_nobody(text, span):
        return None
    words = span.of(text).lower()
    if " but " in words:
        words = _NOT_BUT.sub("", words)
    if "age" in words or "-year-" in words:
        words = _AGE.sub("", words)
    if all_but := _ALL_BUT.search(words):
        rest, whole = _number(all_but["rest"]), _number(all_but["all"])
        if rest is not None and whole is not None and rest < whole:
            return Count(span, whole - rest, whole - rest)
    words = _COMPOUND.sub(" ", words)
    words = _DOZEN_AND_A_HALF.sub("eighteen", words)
    words = _HALF_A.sub("0.5 ", _QUARTER.sub("0.25 ", words))
    words = _AND_A_HALF.sub(lambda m: f"{(_number(m[1]) or 1) + 0.5} ", words)
    if several := _each_counted(words):
        return Count(span, several, None if _AT_LEAST.search(words) else several, bool(_ABOUT.search(words)))
    parts = _RANGE.split(_BETWEEN.sub(r"\1 to ", words), maxsplit=1)
    if len(parts) == 2:
        low, high = (_number(part) for part in parts)
        if low is not None and high is not None and low < high:
            # *Two to three hundred*.
            if low < 20 and high >= 100 and not _DIGITS.search(parts[0]):
                low *= 10 ** (len(str(high)) - 1)
            return Count(span, low, high, bool(_ABOUT.search(words)))
    plural = _plural(words)
    if plural is not None:
        return Count(span, plural, None)
    value = _number(words)
    if value is None:
        return (
            Count(span, 2, 2)
            if _COUPLES.search(words)
            else None
            if _VAGUE & set(words.split())
            else Count(span, 1, 1)
        )
    if _AT_LEAST.search(words):
        return Count(span, value, None)
    if _AT_MOST.search(words):
        return Count(span, 0, value)
    return Count(span, value, value, bool(_ABOUT.search(words)))


def says_nobody(text: str, span: Span) -> bool:
    """Do words mean nobody (*no one, none of the passengers, not one guard*)?

    >>> says_nobody("No nurses were hurt", Span(0, 9)), says_nobody("No fewer than 9", Span(0, 15))
    (True, False)

    A name is nobody's absence:

    >>> says_nobody("Zero Hedge asked", Span(0, 10)), says_nobody("zero Americans", Span(0, 14))
    (False, True)
    """
    return _NOBODY.match(text, span.start, span.end + _REACH) is not None


def _each_counted(words: str) -> int | None:
    """*A mother and her two sons*: the sum, where every part tells how many of what."""
    parts = _AND.split(words)
    if len(parts) < 2 or not all(_OF_WHAT.search(part) for part in parts):
        return None
    return sum(_number(part) or 1 for part in parts)


def _plural(words: str) -> int | None:
    """*Dozens*, *tens of thousands*, *several*, *several hundred*: the least that they are."""
    vague = re.search(r"\b(?:several|a few|many|a couple of) (dozen|score|hundred|thousand|million)\b", words)
    if vague:
        return 2 * _SCALES[vague[1]]
    if many_of := _MANY_OF.search(words):
        return _PLURALS[many_of[1]] * _PLURALS[many_of[2]] // 2
    return next((_PLURALS[w] for w in re.findall(r"[a-z]+", words) if w in _PLURALS), None)


def _number(words: str) -> int | None:
    """The first number in lower-case words, None if there is none."""
    total, part, seen = 0, 0.0, False
    for word in _WORD.findall(_NO_BOUND.sub("", words)):
        if _DIGITS.fullmatch(word):
            if seen:
                break
            grouped = re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", word)
            part, seen = float(re.sub(r"[,.]", "", word) if grouped else word), True
        elif word in SMALL or word in TENS:
            if seen and (part % 10 or (word in TENS and part % 100)) and word not in _SCALES:
                break
            part, seen = part + SMALL.get(word, TENS.get(word, 0)), True
        elif word in _SCALES and (seen or word != "score" or _A_SCORE.search(words)):
            part = (part if seen else 1) * _SCALES[word]
            seen = True
            if _SCALES[word] >= 1000:
                total, part = total + round(part), 0.0
        elif seen and word != "and":
            break
    return total + round(part) if seen else None
