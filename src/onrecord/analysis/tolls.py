"""Tolls: what is known by now of the dead or injured (*raising the toll to 27*, *the number of dead in ... climbed to 27*).

A toll stands for the numbers that were told before it, unlike the victims of one day that it includes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.analysis.counts import BOUND, Count, read_count
from onrecord.analysis.number_phrases import NUMBER
from onrecord.article import Span

Casualty = Literal["dead", "injured"]

# A sentence without one of them tells no toll.
_MAY_TELL = (
    "toll",
    "number",
    "count",
    "tally",
    "total",
    "figure",
    "the dead",
    "the wounded",
    "the injured",
    " to be ",
    " to die",
    " life",
)
_N = rf"(?P<number>(?:{BOUND}\s+)?{NUMBER})(?![\w%-]|[.,]\d)"
# *Raised from nine to 12 the number of people killed*, *revised to at least 28 from 19 its count of those slain*.
_RAISED = re.compile(
    rf"\b(?:rais|bring|brought|tak|took|revis|put|lift|push|driv|drove|set|correct|lower|cut)(?:ed|en|ing|es|s|e)?(?:\s+(?:it|up|down))?(?:\s+from\s+{NUMBER})?"
    rf"\s+(?:to|at)\s+{_N}(?:\s+from\s+{NUMBER})?,?\s+(?:the|its|their|his|her)\s+(?:\w+\s+)?(?P<noun>number|count|toll|tally|total)\b",
    re.IGNORECASE,
)
# *Bringing the number of dead from nine to 12*, *taking the toll to three*.
_BROUGHT = re.compile(
    r"\b(?:rais|bring|brought|tak|took|lift|push|driv|drove)(?:ed|en|ing|es|s|e)?\s+(?:the|its|their|that)\s+(?:[\w’'-]+\s+){0,2}?(?P<noun>toll|number|total|count|tally)\b"
    rf"[^;:.,]{{0,60}}?(?:\s+from\s+{NUMBER})?\s+to\s+{_N}",
    re.IGNORECASE,
)
# *The number of dead in Saturday's bombing climbed from nine to 27*.
_ROSE = re.compile(
    r"\b(?:(?P<dead>tolls?|the\s+dead|(?:number|count|tally|total)\s+(?:of\s+)?(?:the\s+|those\s+|its\s+|confirmed\s+)?(?:[\w’'-]+\s+)?(?:dead|deaths|killed|slain|fatalities))"
    r"|(?P<injured>the\s+(?:wounded|injured)|number\s+(?:of\s+)?(?:the\s+|those\s+)?(?:[\w’'-]+\s+)?(?:wounded|injured|hurt)))"
    r"\b[^;:.,]{0,90}?\s(?:rises?|rose|risen|rising|climb(?:s|ed|ing)?|reach(?:es|ed|ing)?|stands?|stood|grown?|grew|mounted|jumped|increased|passed|exceeded|number(?:s|ed)"
    rf"|(?:has|had|have)\s+hit|now)(?:\s+(?:to|at|from\s+{NUMBER}\s+to))?\s+{_N}",
    re.IGNORECASE,
)
# *By nightfall the figure stood at eleven*.
_FIGURE = re.compile(
    rf"\b(?:the|that)\s+(?:figure|count|tally|number)\s+(?:had\s+|has\s+)?(?:(?:st(?:ood|ands))(?:\s+at)?|(?:ris(?:es|en)|rose|climb(?:s|ed)|grown|grew)\s+to|reached)\s+{_N}",
    re.IGNORECASE,
)
_LEFT_AT = re.compile(
    rf"\b(?:left|leaving|put|putting)\s+the\s+(?:final\s+)?(?:figure|count|tally|number)\s+at\s+{_N}",
    re.IGNORECASE,
)
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(),
        2,
    )
}
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|\d+(?:nd|rd|th))"
# *The third journalist to be murdered this year*; *has claimed a sixth life*.
_NTH = re.compile(
    rf"\bthe\s+(?P<nth>{_ORDINAL})(?:\s+[\w’'-]+){{0,3}}?\s+to\s+(?:be\s+(?:killed|murdered|assassinated|shot\s+dead|executed|slain|put\s+to\s+death|hanged)|die|lose\s+(?:his|her)\s+life)\b",
    re.IGNORECASE,
)
_NTH_LIFE = re.compile(
    rf"\b(?:claim|tak|took|cost)(?:ed|en|ing|s)?\s+(?:an?|its|the)\s+(?P<nth>{_ORDINAL})\s+life\b",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"\b(?:killed|dead|slain|executed|murdered|died|deaths?|lives|massacred|hanged|put to death)\b",
    re.IGNORECASE,
)
_INJURED = re.compile(r"\b(?:wounded|injured|hurt|injuries)\b", re.IGNORECASE)
# *The number killed there in twelve years*: of many events.
_LONG = re.compile(
    r"\b(?:since|this\s+(?:year|month|decade)|so\s+far|last\s+year|(?:in|over|within|during|for)\s+(?:the\s+)?(?:(?:past|last|previous)\b|[\w-]+\s+(?:years?|months?|weeks)\b))",
    re.IGNORECASE,
)
_WHOM_CHARS = 70


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of the dead or injured as known by now.

    Attributes:
        words: the number with the words that make a toll of it.
        takes_up: the words do not say whom it counts (*the figure stood at eleven*).
        own: it belongs to the event that its own words tell, if any (*the third to be murdered*).
    """

    kind: Casualty
    count: Count
    words: Span
    takes_up: bool = False
    own: bool = False


def tolls_in(text: str, sentence: Span) -> list[Toll]:
    """The tolls that a sentence tells, each words once.

    >>> text = "A porter died on Tuesday, bringing to 27 the number of people killed by the bomb."
    >>> [(toll.kind, toll.count.low) for toll in tolls_in(text, Span(0, len(text)))]
    [('dead', 27)]
    """
    words = sentence.of(text).lower()
    if not any(word in words for word in _MAY_TELL):
        return []
    found: list[Toll] = []
    for expression in (_RAISED, _BROUGHT):
        for raised in expression.finditer(text, sentence.start, sentence.end):
            kind = _kind_of(text, raised, sentence)
            if kind and (count := _count(text, raised)):
                is_long = _LONG.search(text, raised.end(), min(sentence.end, raised.end() + _WHOM_CHARS))
                found.append(Toll(kind, count, Span(*raised.span()), own=is_long is not None))
    for rose in _ROSE.finditer(text, sentence.start, sentence.end):
        if count := _count(text, rose):
            found.append(Toll("injured" if rose["injured"] else "dead", count, Span(*rose.span())))
    for expression in (_FIGURE, _LEFT_AT):
        for figure in expression.finditer(text, sentence.start, sentence.end):
            if count := _count(text, figure):
                found.append(Toll("dead", count, Span(*figure.span()), takes_up=True))
    for nth in _NTH.finditer(text, sentence.start, sentence.end):
        found.append(Toll("dead", _nth(nth), Span(*nth.span()), own=True))
    for nth in _NTH_LIFE.finditer(text, sentence.start, sentence.end):
        found.append(Toll("dead", _nth(nth), Span(*nth.span())))
    return found


def _count(text: str, told: re.Match[str]) -> Count | None:
    return read_count(text, Span(*told.span("number")))


def _nth(told: re.Match[str]) -> Count:
    """*The third*: three by now."""
    word = told["nth"].lower()
    value = _ORDINALS.get(word) or int(word[:-2])
    return Count(Span(*told.span("nth")), value, value)


def _kind_of(text: str, raised: re.Match[str], sentence: Span) -> Casualty | None:
    """What the words behind *the number of* say befell them; a toll is one of dead."""
    start, end = raised.end("noun"), min(sentence.end, raised.end() + _WHOM_CHARS)
    dead, injured = _DEAD.search(text, start, end), _INJURED.search(text, start, end)
    if injured and (not dead or injured.start() < dead.start()):
        return "injured"
    return "dead" if dead or raised["noun"].lower() == "toll" else None
