"""Victims without a number whom the words count by their form: *killing a clerk and his son*, *a baker of 24*, *a fifth lies in
hospital*, *blinding her*, *cost an officer his life*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.analysis.counts import Count
from onrecord.analysis.people import is_one, people_in
from onrecord.article import Span

_LOST_LIFE = re.compile(r"\bcost(?:ing)?\s+(?P<who>an?(?:\s+[\w’'-]+){1,4})\s+(?:his|her)\s+life\b")
_PART = r"(?:an?|another|the|his|her|its|their)(?:\s+(?!(?:and|or|in|on|at|of|who|whose|when|after|as|by|with|from|to|that|which)\b)[\w’'-]+){1,3}"
# *..., killing his brother and a secretary*; *a couple and their daughter*.
_HARMING = re.compile(
    rf"\b(?:kill|wound|injur|hurt|maim|drown|blind)ing\s+(?P<who>him|her(?!\s+\w)|{_PART}(?:,\s+{_PART})?(?:\s+and\s+{_PART})?)"
    r"(?=[,.;:]|\s+(?:in|on|at|near|outside|inside|when|after|before|as|by|and|but|while|there|from|with)\b)",
    re.IGNORECASE,
)
_STOP = r"(?:and|or|but|in|on|at|of|who|whose|when|after|as|by|with|from|to|that|which|was|were|had|has|have|died|left|leaving|while|killed|wounded|injured|hurt|dead)"
_ONE = rf"(?:an?|another|the|his|her|its|their)(?:\s+(?!{_STOP}\b)[\w’'-]+){{1,4}}?"
_ONE_NAMED = rf"(?:(?-i:[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:al|bin|de|van)[- ])?[A-ZÀ-Þ][\w’'-]+){{1,3}})|{_ONE})"
_MANY = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)(?:\s+[a-z][\w-]*){1,2}?"
# *The sentry and a tea vendor were killed*, *Judge Ana Ruiz and a bailiff named Orr died*.
_SIDE_BY_SIDE = re.compile(
    rf"\b(?P<who>(?:{_ONE}\s+and\s+{_ONE}|{_ONE_NAMED}\s+and\s+(?:{_ONE}|{_MANY})))(?=\s+(?:were|died|perished|have|had)\b)",
    re.IGNORECASE,
)
# *A cane cutter was killed and four were hurt*.
_ALONE = re.compile(
    rf"(?<!\band )(?<!\bof )(?<!\bin )(?<!\bby )\b(?P<who>(?:an|a|another)(?:\s+(?!{_STOP}\b)[a-z][\w’'-]*){{1,3}})"
    r"(?=\s+(?:died\b|perished\b|(?:was|is|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:killed|murdered|beheaded|hanged|lynched|slain|found\s+dead|wounded|injured|hurt|grazed"
    r"|maimed|(?:shot|hacked|stabbed|beaten|burned|stoned)\s+(?:dead|to\s+death))\b))",
    re.IGNORECASE,
)
_HARM = re.compile(r"(?:kill|wound|injur|hurt|maim|drown|blind)ing ")
# *Two were killed and a third lost a leg*.
_NTH = re.compile(
    r"\b(?P<who>an?\s+(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:\s+(?!(?:of|in|day|night|week|month|year|time)\b)[a-z]+)?)"
    r"(?=\s+(?:was|is|has|had|lost|lies|lay|died|with|remains?)\b)"
)
_ARTICLE = re.compile(r"\b(?P<article>[Aa]n?|[Aa]nother)\s+(?:[a-z][\w-]*\s+)?$")
_ARTICLE_CHARS = 24
# Without these words nothing above matches: they are found faster.
_JOINED = re.compile(r" and (?:[\w’'-]+ ){1,7}?(?:were|died|perished|have|had)\b")
_BEFELL_ONE = re.compile(
    r" (?:died|perished|(?:was|is|been) (?:\w+ly )?(?:killed|murdered|beheaded|hanged|lynched|slain|found|wounded|injured|hurt|grazed|maimed|shot|hacked|stabbed|beaten|burned|stoned))\b"
)


def victims_in(text: str, sentence: Span, ages: Sequence[Span]) -> list[Count]:
    """How many those people of a sentence are whom the words count by their form; whether they came to harm, the words around
    them tell.

    Args:
        ages: where the sentence tells how old somebody is (`ages_in`).

    >>> text = "A bomb went off, killing a clerk and his son."
    >>> [count.low for count in victims_in(text, Span(0, len(text)), ())]
    [2]
    """
    words = sentence.of(text)
    found = []
    if " life" in words:
        found += [Count(Span(*m.span("who")), 1, 1) for m in _LOST_LIFE.finditer(text, *_bounds(sentence))]
    if _JOINED.search(words):
        for two in _SIDE_BY_SIDE.finditer(text, *_bounds(sentence)):
            if count := people_in(text, Span(*two.span("who"))):
                found.append(count)
    if _BEFELL_ONE.search(words):
        for alone in _ALONE.finditer(text, *_bounds(sentence)):
            who = Span(*alone.span("who"))
            if is_one(text, who):
                found.append(Count(who, 1, 1))
    if "ing " in words and _HARM.search(words):
        for harming in _HARMING.finditer(text, *_bounds(sentence)):
            who = Span(*harming.span("who"))
            if count := people_in(text, who):
                found.append(count)
    if "th " in words or "third " in words or "second " in words:
        found += [Count(Span(*m.span("who")), 1, 1) for m in _NTH.finditer(text, *_bounds(sentence))]
    for age in ages:
        if one := _ARTICLE.search(text, max(sentence.start, age.start - _ARTICLE_CHARS), age.start):
            found.append(Count(Span(one.start("article"), age.end), 1, 1))
    return found


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
