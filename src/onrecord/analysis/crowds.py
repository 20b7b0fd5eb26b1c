"""How many took part: the number at the head of who protests, or told with the word of the protest."""

from __future__ import annotations

import re

from onrecord.analysis.counts import BOUND, Count, read_count
from onrecord.analysis.number_phrases import NUMBER, number_at, numbers_in
from onrecord.article import Span

_CROWD_OF = re.compile(
    r"(?:an?|the|his|her|their|another)\s+(?:[\w-]+\s+){0,2}?(?:crowd|throng|group|gathering|band|march|rally|column|procession"
    r"|mob|sea|assembly|contingent|union|total|caravan|picket)\s+of\s+(?:anything from\s+|anywhere from\s+)?",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    rf",\s+(?P<number>(?:{BOUND}\s+)?{NUMBER})\s+(?:in number|strong|in all|altogether|of (?:them|whom)|by\s+(?:[\w’'-]+\s+){{1,2}}?count)\b",
    re.IGNORECASE,
)
_BODIES = (
    r"(?:\w*parties|unions|federations|confederations|associations|groups|organi[sz]ations|movements|states"
    r"|alliance|countries|nations|governments|firms|companies|\w+makers|banks|broadcasters|newspapers|papers|towns|cities|villages|districts|provinces|schools"
    r"|universities|boats|ships|trawlers|vessels|tractors|lorries|trucks|taxis|buses|cars|tombs|shops)\b(?!['’])"
)
# *Three opposition parties*: the noun at the head of the phrase.
_NO_PEOPLE = re.compile(rf"(?:(?!(?:of|in|from|at|who|for)\b)[\w’',-]+\s+)+?{_BODIES}", re.IGNORECASE)
# Behind a number; *500 protesters burned cars* has a verb between.
_OF_BODIES = re.compile(
    rf"\s+(?:(?!(?:of|in|from|at|who|for|and|to)\b)[\w’'-]+(?<!ed)\s+)?{_BODIES}", re.IGNORECASE
)
# Before the number at the head of a phrase.
_ALL = re.compile(r"(?:all(?: of)?|the|all the|its|their|these|those|another|a further)\s+", re.IGNORECASE)
_TO = r"(?:\s+(?:is|was|were|are|had|has|have|been|it|they|organisers|police|expected|hoped|hopes?|meant|likely|said|say|would|could|may|might|will|to))*"
_TURNOUT = re.compile(
    rf"(?:\s+(?!and\b|but\b|or\b|after\b|by\b)[\w’'-]+){{0,5}}?(?:,?\s+(?:that|which|whom))?{_TO}"
    r"\s+(?:drew|draws?|drawing|brought|attracted|attracting|attended by|joined by|numbered|numbering|involving|of|by)"
    r"\s+(?:anything from\s+|anywhere from\s+)?(?=\S)",
    re.IGNORECASE,
)
# *Brought 6,000 people to a rally*, *the 3,000 at Monday's vigil*.
_AT_IT = re.compile(
    r"(?:\s+(?:people|men|women|supporters|protesters|demonstrators|followers|members|villagers|workers|students))?"
    r"\s+(?:at|to|for|in|into|on|joined|attended)\s+(?:(?:an?|the|this|that|its|their|[\w-]+day(?: \w+)?['’]s)\s+)?(?:[\w-]+\s+){0,2}?",
    re.IGNORECASE,
)
# *Put the crowd that rallied in Orvik at 5,000*.
_PUT_AT = re.compile(r"\bputs?(?:ting)?\s+(?:[\w’'-]+\s+){1,9}?at\s+$", re.IGNORECASE)
# Behind the number of days, hours or money no crowd stands.
_MEASURE = re.compile(
    r"[- ](?:days?|hours?|weeks?|months?|years?|minutes?|nights?|miles?|kilomet\w+|km|per\s?cent|percent|dollars?|euros?|pounds?|points?)\b",
    re.IGNORECASE,
)
# *Detained 260 people at rallies*: whom the police took, not who came.
_TAKEN = re.compile(
    r"\b(?:arrest|detain|seiz|jail|charg|fin|expell?|sack|dismiss|suspend)(?:ed|ing|s)?\s+$|\b(?:round|pick|haul|lock)(?:ed|ing)\s+(?:up|off)\s+$",
    re.IGNORECASE,
)
# *Police put their number at 35,000*, *villagers, their number put at 700*, *estimated the crowd at 5,000*.
_NUMBER_PUT = re.compile(
    r"\b(?:their\s+numbers?|(?:the|its)\s+(?:turnout|crowd|attendance|gathering|assembly|number\s+of\s+[\w’'-]+)|attendance|turnout)"
    r"(?:\s+(?:was|were|had|been|is|has))*(?:\s+(?:put|estimated|counted|given|reckoned))?\s+at\s+(?:anything from\s+|anywhere from\s+)?",
    re.IGNORECASE,
)
# How far before and behind the word of a protest its number may stand.
_REACH = 70


def head_count(text: str, phrase: Span) -> Count | None:
    """The number of a phrase: that it begins with (*some 250 mothers*), that its crowd is of (*a throng of 500*), or that
    stands behind it (*villagers, about 120 in number, ...*); None if there is none."""
    before = _CROWD_OF.match(text, phrase.start, phrase.end) or _ALL.match(text, phrase.start, phrase.end)
    number = number_at(text, before.end() if before else phrase.start, phrase.end)
    if number is None and (strength := _STRENGTH.match(text, phrase.end, phrase.end + _REACH)):
        number = number_at(text, strength.start("number"))
    return read_count(text, number) if number else None


def marchers(text: str, phrase: Span) -> Count | None:
    """The number of a phrase, unless it counts bodies or things and not people (*three unions, some 40 boats*)."""
    return None if _NO_PEOPLE.match(text, phrase.start, phrase.end) else head_count(text, phrase)


def counts_bodies(text: str, number: Span) -> bool:
    """Is what a number counts no people: *five* of *five opposition parties*?"""
    return _OF_BODIES.match(text, number.end, number.end + _REACH) is not None


def crowd_of(text: str, phrase: Span) -> Count | None:
    """The number of those who are called a crowd: *a mob of 300*."""
    return head_count(text, phrase) if _CROWD_OF.match(text, phrase.start, phrase.end) else None


def turnout(text: str, trigger: Span, sentence: Span) -> Count | None:
    """The number of people that the word of a protest is told with: *a strike of 1,380 caterers, a rally that drew 6,000,
    brought 6,000 to a rally, put the crowd that rallied at 6,000*."""
    end = min(sentence.end, trigger.end + _REACH)
    if with_it := _TURNOUT.match(text, trigger.end, end):
        number = number_at(text, with_it.end(), end)
        if number and not _MEASURE.match(text, number.end):
            return read_count(text, number)
    for number in numbers_in(text, max(sentence.start, trigger.start - _REACH), end):
        if number.end < trigger.start:
            taken = _TAKEN.search(text, max(sentence.start, number.start - _REACH), number.start)
            told = not taken and _AT_IT.fullmatch(text, number.end, trigger.start) is not None
        else:
            told = number.start >= trigger.end and bool(_PUT_AT.search(text, sentence.start, number.start))
        if told and not _MEASURE.match(text, number.end):
            return read_count(text, number)
    return number_put(text, Span(trigger.end, max(trigger.end, sentence.end)))


def number_put(text: str, words: Span) -> Count | None:
    """The number at which words put those who came: *police put their number at 35,000*."""
    put = _NUMBER_PUT.search(text, words.start, words.end)
    number = number_at(text, put.end(), words.end) if put else None
    return read_count(text, number) if number and not _MEASURE.match(text, number.end) else None
