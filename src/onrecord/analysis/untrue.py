"""Acts that the words tell to be untrue, by fixed forms of a sentence.

*It is untrue that X*; *reports that X were false*; *X never took place*, *X was called off*, with X's noun as the
subject; *killed no one*. What a denied clause takes for granted (*untrue that the march was banned*: there was a march)
is left as it is, and so is what is denied already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.analysis.counts import says_nobody
from onrecord.analysis.events import Event
from onrecord.article import Span

_SURELY = r"(?:(?:simply|just|also|all|entirely|completely|totally|wholly|utterly|plainly|absolutely|quite|later)\s+)*"
_REPORTS = r"(?:reports?|claims?|rumou?rs?|allegations?|accusations?|assertions?|suggestions?|stories|news)"
# What is untrue follows.
_IT_IS_UNTRUE = re.compile(
    rf"\b(?:it|this)(?:\s+(?:is|was|would be)|['’]s)\s+{_SURELY}(?:untrue|false|incorrect|a lie|not\s+{_SURELY}(?:true|correct|the case))"
    r"(?:\s+to\s+(?:say|claim|suggest))?\s+that\b"
    r"|\bit\s+(?:isn|wasn)['’]t\s+(?:true|correct)\s+that\b"
    rf"|\bthere\s+(?:is|was)\s+no\s+truth\s+(?:in|to)\s+(?:the\s+)?(?:\w+\s+)?{_REPORTS}\s+that\b",
    re.IGNORECASE,
)
_REPORTS_ARE_FALSE = re.compile(
    rf"\b{_REPORTS}(?:\s+(?:in|on|by|from|of)\s+[^,;:]{{1,40}}?)?\s+that\s+(?P<told>[^;:]{{3,200}}?),?\s+"
    rf"(?:were|was|are|is|had been|have been|has been|proved(?: to be)?|turned out(?: to be)?)\s+{_SURELY}"
    r"(?:false|untrue|unfounded|baseless|groundless|without foundation|fabricated|incorrect|fake|not true|a lie|lies)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:if|whether|unless)\s+(?:the\s+|these\s+|those\s+)?(?:\w+\s+)?$", re.IGNORECASE)
# Where a clause is over that *that* has begun.
_CLAUSE_END = re.compile(
    r"[;:]|[”\"]|,\s+(?:but|and|while|though|although|however|as)\b|,\s+[^,]{1,60}\s(?:said|says|added|told)\b"
    r"|\s(?:when|after|before|because|while|since)\s"
)
# A noun is part of what the clause tells of, unless it is what is done (*carried out an attack*).
_DETERMINER = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|this|that|any|of|for|by|at|after|over)|['’]s)\s+(?P<word>[\w-]+\s+)?$",
    re.IGNORECASE,
)
# *The guards shot a nurse*: behind a verb stands its object.
_OBJECT = re.compile(r"\s+(?:the|an?|his|her|its|their|him|them|it|[A-Z]\w*|\d+)\b")
_LIGHT_VERB = re.compile(
    r"\b(?:carried out|carry out|launch|stag|h[eo]ld|ma[kd]|commit|conduct|order|impos|issu|join|sign|mount|perpetrat)\w*"
    r"\s+(?:(?:the|an?|any|its|their|his|her)\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_COMES_ABOUT = re.compile(r"(?:\s+[\w’'-]+){0,4}?\s+(?:took place|happened|occurred)\b")
_JOINED = re.compile(r"\b(?:and|or|nor)\s+(?:[\w-]+\s+)?$")

# What belongs to a noun that is the subject, before its verb.
_NO_CLAUSE = r"(?!\b(?:that|who|which|whose|but|when|after|because|sa(?:id|ys?)|was|were|is|are|has|had|have|began|started)\b)"
_OF_SUBJECT = (
    rf"(?:\s+(?:between|of|by|on|in|with|at|against|for|over|to|from|near|outside|planned|scheduled|due)\s+(?:{_NO_CLAUSE}[^,;:.]){{1,60}}?)?"
    rf"(?:,(?:{_NO_CLAUSE}[^,;:.]){{1,60}},)?\s+"
)
_NEVER_CAME = re.compile(
    rf"{_OF_SUBJECT}(?:(?:had\s+)?never|did\s+not|didn['’]t|had\s+not|hadn['’]t)\s+(?:actually\s+|ever\s+)?"
    r"(?:t[ao]ke(?:n)?\s+place|took\s+place|happen(?:ed)?|occur(?:red)?|c[ao]me\s+about|go\s+ahead|went\s+ahead|gone\s+ahead|materiali[sz]ed?)\b"
    r"(?!\s+(?:until|before|without|because|as\b|only))"
)
_CALLED_OFF = re.compile(
    rf"{_OF_SUBJECT}(?:was|were|is|are|has\s+been|have\s+been|had\s+been)\s+(?:(?:later|then|also|abruptly|suddenly|hastily|finally|eventually|quietly)\s+)?"
    r"(?:called\s+off|cancell?ed|scrapped)\b"
)
# A noun behind a preposition is no subject (*the inquiry into the march was called off*), nor is a verb (*the talks they
# had been promised never took place*).
_NO_SUBJECT = re.compile(
    r"\b(?:of|on|in|into|against|for|over|to|from|after|before|during|by|with|at|about)\s+"
    r"(?:(?:the|an?|his|her|its|their|this|that)\s+)?(?:[a-z-]+\s+)?$"
    r"|\b(?:been|was|were|has|have|had|they|he|she|it|we|you|who|which)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
# What had begun is called off as it goes on.
_HAD_BEGUN = re.compile(
    r"\b(?:began|begun|started|since|ended|end|\w+[- ](?:hour|day|week|month|year)s?(?:[- ](?:old|long))?)\b|\bafter\s+(?:\w+\s+){1,2}(?:hours|days|weeks|months)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\b(?:planned|scheduled|due|proposed|upcoming)\b", re.IGNORECASE)
# How far before a trigger its noun phrase is looked for.
_REACH = 40


def with_untrue(text: str, events: Sequence[Event]) -> list[Event]:
    """The events, those that are told to be untrue as denied."""
    by_sentence: dict[Span, list[Event]] = {}
    for event in events:
        by_sentence.setdefault(event.sentence, []).append(event)
    untrue = {
        event.id
        for sentence, told in by_sentence.items()
        for event in _untrue(text, sentence, sorted(told, key=lambda e: e.trigger))
    }
    return [replace(event, status="denied") if event.id in untrue else event for event in events]


def _untrue(text: str, sentence: Span, events: Sequence[Event]) -> Iterator[Event]:
    """Those of a sentence's events, in its order, that it tells to be untrue."""
    for clause in _untrue_clauses(text, sentence):
        yield from _told_by(text, clause, [e for e in events if clause.holds(e.trigger)])
    for event in events:
        if _befalls_nobody(text, event) or _never_came(text, event):
            yield event


def _untrue_clauses(text: str, sentence: Span) -> Iterator[Span]:
    for found in _IT_IS_UNTRUE.finditer(text, sentence.start, sentence.end):
        if not _ASKED.search(text[max(sentence.start, found.start() - _REACH) : found.start()]):
            end = _CLAUSE_END.search(text, found.end(), sentence.end)
            yield Span(found.end(), end.start() if end else sentence.end)
    for found in _REPORTS_ARE_FALSE.finditer(text, sentence.start, sentence.end):
        if not _ASKED.search(text[max(sentence.start, found.start() - _REACH) : found.start()]):
            yield Span(found.start("told"), found.end("told"))


def _told_by(text: str, clause: Span, events: Sequence[Event]) -> Iterator[Event]:
    """The events that a clause itself tells: its first verb, and what is joined to it."""
    head: Span | None = None
    for event in events:
        trigger = event.trigger
        if head is None:
            before = text[max(clause.start, trigger.start - _REACH) : trigger.start]
            done = _LIGHT_VERB.search(before) or _COMES_ABOUT.match(text, trigger.end, clause.end)
            if _is_noun(text, trigger, before) and not done:
                continue
            head = trigger
        elif trigger != head:
            if not _JOINED.search(text[head.end : trigger.start]):
                return
            head = trigger
        yield event


def _is_noun(text: str, trigger: Span, before: str) -> bool:
    """Is a trigger a noun, by the words before and behind it?"""
    found = _DETERMINER.search(before)
    if found is None or found["word"] is None:
        return found is not None
    return not trigger.of(text).endswith("ed") and not _OBJECT.match(text, trigger.end)


def _never_came(text: str, event: Event) -> bool:
    """Is the act's noun the subject of *never took place* or *was called off*?"""
    trigger, sentence = event.trigger, event.sentence
    never = _NEVER_CAME.match(text, trigger.end, sentence.end)
    off = None if never else _CALLED_OFF.match(text, trigger.end, sentence.end)
    if not (never or off) or _NO_SUBJECT.search(
        text[max(sentence.start, trigger.start - _REACH) : trigger.start]
    ):
        return False
    words = sentence.of(text)
    return bool(never) or not _HAD_BEGUN.search(words) or bool(_PLANNED.search(words))


def _befalls_nobody(text: str, event: Event) -> bool:
    """Is nobody the only one whom it befalls? *The raid hurt nobody* tells of a raid nonetheless."""
    before = text[max(event.sentence.start, event.trigger.start - _REACH) : event.trigger.start]
    return (
        bool(event.recipients)
        and all(says_nobody(text, span) for span in event.recipients)
        and not _is_noun(text, event.trigger, before)
    )
