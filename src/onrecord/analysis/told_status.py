"""Whether an act happened, where the words right at its own say so by their grammar.

*Stopped short of suing*, *did not fire*, *was to have sailed*, *expelled no envoys*, *talks fell through*: denied.
*Is weighing a curfew*: hypothetical. *Kept shelling*, *into a third week*: ongoing. *Who would later lead a boycott*:
occurred. *Unless one side accuses the other*: hypothetical; what else stands under a condition (*if they had not
yielded*) is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.events import Event
from onrecord.analysis.plover import Status
from onrecord.article import Span

# How far before and behind its trigger the words may stand.
_REACH = 90
_ADVERBS = r"(?:(?:yet|ever|also|even|still|then|actually|again|once|immediately|[a-z]+ly)\s+)*"
_NOT = r"(?:did|had|has|have|was|were)(?:n['’]t|\s+not|\s+never)"
_NOUN_PHRASE = r"(?:an?|the|its|their|his|her|any)\s+(?:(?!(?:that|which|who|of|in|on|at|to|for|by|after|and|as|when)\b)[\w’'-]+\s+){0,3}"
_NOT_DONE = re.compile(
    rf"\b(?:(?:stop|fall|fell)(?:s|ped|ping|ing)?\s+(?:just\s+|well\s+)?short\s+of\s+{_ADVERBS}"
    rf"|{_NOT}\s+{_ADVERBS}(?:been\s+)?"
    rf"|(?:was|were)\s+(?:due\s+|meant\s+|supposed\s+)?to\s+have\s+{_ADVERBS}(?:been\s+)?(?:(?:gone\s+on|held|staged|begun)\s+(?:an?\s+|the\s+)?)?"
    r"|(?:aborted|averted|thwarted|foiled|would-be|called-off)\s+(?:[\w-]+\s+)?"
    rf"|(?:called\s+off|cancell?ed|scrapped|shelved|voted\s+down)\s+(?:plans\s+(?:for|to)\s+)?{_NOUN_PHRASE}"
    r"|(?:called\s+off|cancell?ed|scrapped|shelved|dropped|abandoned)\s+(?:its\s+|their\s+|his\s+|her\s+)?plans\s+to\s+)$",
    re.IGNORECASE,
)
# *No aid flight has landed*.
_NO_SUBJECT = re.compile(
    r"(?:^|[.;:,]\s+|\b(?:and|but|that|as|while)\s+)no\s+(?!one\b|fewer\b|less\b|more\b|sooner\b|longer\b|matter\b|doubt\b)"
    r"(?:(?!(?:was|were|has|had|have|is|are|of|the)\b)[\w’'-]+\s+){1,3}(?:has|have|had|was|were)\s+(?:yet\s+|ever\s+)?(?:been\s+)?$",
    re.IGNORECASE,
)
# *Expelled no apple pickers*; *said no judge would come* denies something else.
_NO_OBJECT = re.compile(
    r"\s+no\s+(?!one\b|fewer\b|less\b|more\b|longer\b|later\b|sooner\b|doubt\b|thanks\b)\w"
)
_SAYING = re.compile(r"(?:say|said|tell|told|see|saw|promis|warn|seek|demand|ask|vow)\w*", re.IGNORECASE)
_OWN_PHRASE = r"(?:\s+(?:between|of|by|on|in|with|at|against|for|over|to)\s+(?:(?!\b(?:that|which|who|but|when|after|and (?:his|her|its|their))\b)[^,;:.]){1,60}?)?"
_FELL_THROUGH = re.compile(
    rf"{_OWN_PHRASE}\s+(?:fell\s+through|(?:has|have|had)\s+fallen\s+through|fizzled\s+out|(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:averted|thwarted|foiled|shelved))\b"
)
# *Was an hour away from storming the station when ...*, *were about to jump when ...*.
_ABOUT_TO = re.compile(
    r"\b(?:was|were)\s+(?:about\s+to|on\s+(?:his|her|its|their|the)\s+way\s+to|(?:an?\s+|\w+\s+)?(?:seconds?|minutes?|hours?|days?)\s+(?:away\s+)?from)\s+$",
    re.IGNORECASE,
)
_WHEN = re.compile(r"[^.;]{0,80}?\swhen\s")
_WEIGHED = re.compile(
    r"(?<!not )(?<!nor )(?<!neither )\b(?:weigh|mull|consider|ponder|contemplat|discuss|debat)(?:s|es|ed|ing)?\s+"
    r"(?:whether\s+to\s+|(?:(?:an?|the)\s+(?!invitation|request|offer|appeal|demand|proposal)"
    r"(?:(?!(?:that|which|who|of|in|on|at|to|for|by|after|and|as|when|with)\b)[\w’'-]+\s+){0,2})?"
    r"(?:(?:sale|transfer|despatch|dispatch|delivery|imposition)\s+of\s+)?)$"
    r"|\b(?:could|might|would)\s+have\s+(?:been\s+)?$",
    re.IGNORECASE,
)
# What one thinks over is no act yet, but who asked for it has asked.
_ASKED_FOR = re.compile(r"(?:invitation|request|offer|appeal|demand|proposal)s?", re.IGNORECASE)
_KEPT = re.compile(
    r"\b(?:(?:kept(?:\s+on)?|keeps?(?:\s+on)?|(?:was|were)\s+still)\s+|continu(?:es|ed|e|ing)\s+(?:to\s+)?)$",
    re.IGNORECASE,
)
_ORDINAL = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+th|\d+(?:st|nd|rd|th))"
# *The walkout by the clerks entered its third week*, *talked on into a third night*.
_NTH_WEEK = re.compile(
    r"(?:\s+(?!(?:and|but|after|when|who|that|which)\b)[\w’'-]+){0,8}?\s+(?:entered|enters|entering|into)\s+(?:its|their|his|her|an?|the)\s+"
    rf"{_ORDINAL}\s+(?:straight\s+|consecutive\s+|successive\s+)?(?:day|night|week|month|year)\b",
    re.IGNORECASE,
)
_INTO_MONTH_OF = re.compile(
    rf"\b(?:entered|enters|into)\s+(?:the|an?)\s+{_ORDINAL}\s+(?:day|night|week|month|year)\s+of\s+(?:(?:an?|the|its|their|his|her)\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_WOULD_LATER = re.compile(
    r"\bwould\s+(?:later|go\s+on\s+to|eventually)\s+(?:be\s+)?(?:lead\s+an?\s+|\w+ly\s+)?$", re.IGNORECASE
)
# *Provided that no cleric insults them*, *unless one side accuses the other*: the verb of a condition; not *asked if*.
_IF = re.compile(
    r"(?<!even )(?<!as )\b(?:if|unless|provided(?:\s+that)?|on\s+condition\s+that)\s+(?!(?:a|an|the|its|his|her|their)\s+$)"
    r"(?:(?!(?:that|which|who|whom|whose|of|to|for|by|after|over|a|an|and|or|when|as|than|because|since|was|were|had|is|are|has|have|would|could|why|how|what|where)\b)[\w’'-]+\s+){1,5}"
    r"(?:(?:does|do|did)\s+not\s+)?$",
    re.IGNORECASE,
)
_ASKED_IF = re.compile(
    r"\b(?:ask|wonder|know|knew|see|sure|say|doubt|check)(?:ed|ing|s)?\s+(?:\w+\s+)?if\b", re.IGNORECASE
)
_NO_VERB = re.compile(
    r"\b(?:an?|the|its|his|her|their|no|any|in|on|at|from|into|with|against|new|more|further|another|this|that|these|those)\s+$|['’]s?\s+$",
    re.IGNORECASE,
)
# A finite verb, by its form or because its object follows.
_FINITE = re.compile(r"[a-z]+(?<!ing)")
_ITS_OBJECT = re.compile(
    r"\s+(?:an?|the|its|his|her|their|them|him|it|all|any|more|to|two|three|four|[A-Z]\w+)\b"
)
# Without a part of one of these nothing above can match: they are found much faster.
_MAY_NOT_BE_DONE = (
    "short of ", "n't ", "n’t ", " not ", " never ", " to have ", "aborted", "averted", "thwarted", "foiled", "would-be", "called", "cancel",
    "scrapped", "shelved", "voted down", "dropped", "abandoned", "no ",
)  # fmt: skip
_MAY_FALL_THROUGH = ("through", "fallen", "fizzled", "averted", "thwarted", "foiled", "shelved")
_MAY_BE_WEIGHED = ("weigh", "mull", "consider", "ponder", "contemplat", "discuss", "debat", " have ")
_MAY_BE_CONDITION = ("if ", "unless ", "provided", "condition that")
_MAY_LAST = ("kept", "keep", "still", "ontinu")
# *Called off a boycott that they had kept up*; *shelved its inquiry, having found nothing*.
_GOES_ON = re.compile(r"(?:\s+(?:that|which|into)\b|[^.;]{0,60},\s+having\b)")
_CONDITION = re.compile(
    r"\b(?:if|unless|until|whether|should|would|could|will|before|lest|in case|provided)\b", re.IGNORECASE
)


def told_status(text: str, sentence: Span, trigger: Span) -> Status | None:
    """The status that the words around a trigger tell by their grammar; None if they do not.

    >>> text = "The guild stopped short of suing the mayor."
    >>> told_status(text, Span(0, len(text)), Span(27, 32))
    'denied'
    """
    before = text[max(sentence.start, trigger.start - _REACH) : trigger.start]
    end = min(sentence.end, trigger.end + _REACH)
    if _not_done(text, before, trigger, end):
        return "denied"
    if (
        _any_in(_MAY_BE_WEIGHED, before)
        and _WEIGHED.search(before)
        and not _ASKED_FOR.fullmatch(text, trigger.start, trigger.end)
    ):
        return "hypothetical"
    if _is_condition(text, before, trigger, end):
        return "hypothetical"
    if _lasts(text, before, trigger, end):
        return "ongoing"
    return "occurred" if " would " in before and _WOULD_LATER.search(before) else None


def _is_condition(text: str, before: str, trigger: Span, end: int) -> bool:
    low = before.lower()
    return (
        _any_in(_MAY_BE_CONDITION, low)
        and _ITS_OBJECT.match(text, trigger.end, end) is not None
        and _FINITE.fullmatch(text, trigger.start, trigger.end) is not None
        and _IF.search(before) is not None
        and not _NO_VERB.search(before)
        and not _ASKED_IF.search(before)
    )


def _lasts(text: str, before: str, trigger: Span, end: int) -> bool:
    if _any_in(_MAY_LAST, before):
        is_verb = trigger.of(text).partition(" ")[0].endswith("ing") or before.endswith(" to ")
        if is_verb and _KEPT.search(before):
            return not _CONDITION.search(before)
    if " of " in before and _INTO_MONTH_OF.search(before):
        return True
    after = text[trigger.end : end]
    return ("enter" in after or " into " in after) and _NTH_WEEK.match(after) is not None


def _not_done(text: str, before: str, trigger: Span, end: int) -> bool:
    low = before.lower()
    if _any_in(_MAY_NOT_BE_DONE, low) and (
        _NOT_DONE.search(before) or ("no " in low and _NO_SUBJECT.search(before))
    ):
        return not _CONDITION.search(before) and not _GOES_ON.match(text, trigger.end, end)
    if text.startswith(" no ", trigger.end) and _NO_OBJECT.match(text, trigger.end, end):
        return not _SAYING.match(text, trigger.start, trigger.end)
    if low.endswith((" to ", " from ")) and _ABOUT_TO.search(before):
        return _WHEN.match(text, trigger.end, end + _REACH) is not None
    return _any_in(_MAY_FALL_THROUGH, text[trigger.end : end]) and (
        _FELL_THROUGH.match(text, trigger.end, end) is not None
    )


def _any_in(parts: Sequence[str], words: str) -> bool:
    for part in parts:  # noqa: SIM110 - a generator is twice as slow
        if part in words:
            return True
    return False


def with_told_statuses(text: str, events: Sequence[Event]) -> list[Event]:
    """The events, each with the status that the words around it tell; what lasts is not undone (*have not eaten since
    Sunday*)."""
    told = []
    for event in events:
        status = told_status(text, event.sentence, event.trigger)
        if status is None or (status == "denied" and event.status == "ongoing"):
            status = event.status
        told.append(event if status == event.status else replace(event, status=status))
    return told
