"""Where sentences begin and end.

A full stop, an exclamation or a question mark ends a sentence if a capital letter, a figure or a letter of a script
without case follows; a line ends it, unless the next one goes on in a small letter. Abbreviations are judged by what
follows them, as Punkt does (Kiss and Strunk 2006): a title never ends a sentence, *Inc.* or *U.S.* does before a word
that begins sentences more often than names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from onrecord.article import Span

_END = re.compile(r"[.!?][”\"’')\]]*(?=\s)|\n")
_OPENING = "“\"‘'([«„"
# The longest word that is looked up among abbreviations, in characters.
_LONGEST = 6
_WITH_A_NAME = frozenset(
    "Mr Mrs Ms Mx Dr Prof Rev Fr Hon Msgr Sen Rep Gov Amb Pres Gen Lt Col Maj Capt Cmdr Cdr Adm Brig Sgt Cpl Pvt Supt"
    " Insp Det St Ste Mt Ft vs v cf".split()
)
_WITH_A_NUMBER = frozenset(
    "No Nos pp Art Sec Fig Ch Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
)
_MAY_END = frozenset(
    "Inc Corp Ltd Co Bros Plc Jr Sr Esq etc Ave Blvd Rd Calif Fla Mass Ariz Conn Colo Ill Kan Mich Minn Miss Mont Neb"
    " Nev Okla Ore Penn Tenn Tex Wash Wis Wyo Va Ga Pa La Md".split()
)
_OPENERS = re.compile(
    r"(?:The|It|He|She|They|We|You|His|Their|Its|Our|This|That|These|Those|There|But|And|Or|So|If|When|While|Where|After"
    r"|Before|In|On|At|For|From|With|By|As|Since|Although|Though|Because|However|Meanwhile|Some|Many|Most|Both|Later)\b(?!\.)"
)
_HALF_DAY_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:[A-Z][a-z]{2,8}\.? \d)|[A-Z]{2,4}T\b|(?:UTC|Eastern|Central|Pacific|Mountain"
    r"|Greenwich|Moscow|Local)\b|\d"
)


class Sentences:
    """The sentences of a text, without blanks at their ends, in its order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = list(_cut(text))
        self._starts = [s.start for s in self._spans]
        self._ends = [s.end for s in self._spans]

    def around(self, span: Span) -> Span:
        """The sentence that holds a span; from the first to the last if it runs over several."""
        if not self._spans:
            return Span(span.start, span.start)
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = min(max(first, bisect_left(self._ends, span.end)), len(self._spans) - 1)
        return Span(self._starts[first], self._ends[last])

    def hold(self, span: Span) -> bool:
        """Does a span lie in one sentence?"""
        return bisect_right(self._starts, span.start) == bisect_left(self._starts, span.end)

    def after(self, sentence: Span) -> Span | None:
        """The sentence behind one, if no line ends between them."""
        at = bisect_left(self._starts, sentence.end)
        if at == len(self._spans) or "\n" in self._text[sentence.end : self._starts[at]]:
            return None
        return self._spans[at]


@lru_cache(maxsize=8)
def sentences_of(text: str) -> Sentences:
    """The sentences of a text; of the texts that are being read they are kept."""
    return Sentences(text)


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, without blanks at its ends.

    >>> text = "Capt. Mira Olt left at 5 p.m. Friday. Željka Roe stayed."
    >>> sentence_around(text, Span(40, 43)).of(text)
    'Željka Roe stayed.'
    """
    return sentences_of(text).around(span)


def _cut(text: str) -> Iterator[Span]:
    start = 0
    for end in _END.finditer(text):
        if not (_line_ends(text, end.start()) if end[0] == "\n" else _is_end(text, end.start(), end.end())):
            continue
        if span := _trimmed(text, start, end.end()):
            yield span
        start = end.end()
    if span := _trimmed(text, start, len(text)):
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _line_ends(text: str, at: int) -> bool:
    """Is a line break more than a blank? A single one before a small letter is none."""
    return not (text[at + 1 : at + 2].islower() and text[max(0, at - 1) : at] != "\n")


def _is_end(text: str, mark: int, end: int) -> bool:
    """Does a mark, which with the quotation marks behind it reaches to `end`, end a sentence?"""
    following = _next_visible(text, end)
    if following is None or text[following].islower() or not text[following].isalnum():
        return False
    if text[mark] != ".":
        return True
    first = mark
    while first > 0 and mark - first <= _LONGEST and text[first - 1].isalpha():
        first -= 1
    word = text[first:mark]
    if word == "m" and text[max(0, first - 2) : first] in ("a.", "p."):
        return not _HALF_DAY_GOES_ON.match(text, following)
    if word in _WITH_A_NAME:
        return False
    if word in _WITH_A_NUMBER:
        return not text[following].isdigit()
    if word in _MAY_END or (len(word) == 1 and word.isupper()):
        return _OPENERS.match(text, following) is not None
    return True


def _next_visible(text: str, at: int) -> int | None:
    """The next character of the line that is no blank and no opening mark; None if there is none."""
    while at < len(text) and (text[at].isspace() or text[at] in _OPENING):
        if text[at] == "\n":
            return None
        at += 1
    return at if at < len(text) else None
