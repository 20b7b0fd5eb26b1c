"""On whose word an event is told: the innermost statement that tells it.

Not every statement around an event tells it as something that happened. What a party plans (*Tokyo plans to freeze assets*)
is its own act, and what a promise, demand, refusal, thanks or condemnation is about (*thanked Kabul for freeing two*)
is taken for granted by the reporter, or told by whoever tells of the promise. An allegation does tell: *accused the army
of burning villages*. Nor does a source tell the clause behind its cue that has a subject of its own and goes on in the
reporter's tense: *Orvik shut the port, a consul said, but the guards have gone*. One that goes on without a subject is on the
source's word (*..., a consul said, but has not opened it*), and so is what was cut off from the content within a clause. What a
party of the event did with words other than telling of it is no teller: *handed him [an ultimatum]*, *has yet to [strike]*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.events import Event
from onrecord.analysis.statements import Statement

# Cues that tell whatever their content is, events themselves or not: *said they must leave and had looted two shops*.
_NEUTRAL_CUE = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tell(?:s|ing)?|told|add(?:s|ed|ing)?|stat(?:e|es|ed|ing)|wr(?:ote|ites?|iting|itten)"
    r"|announc\w+|report\w*|according)\b|^\W+$",
    re.IGNORECASE,
)


# Cues of those who speak of what they did themselves: *denied having shot*, *boasted of it*.
_OF_OWN_ACTS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|admit|insist|claim|boast|brag|confess|acknowledg|conced|testif|recount|recall|maintain"
    r"|swor[en]|swear|contend|argu|assert|reveal|disclos|found|finds?|shows?|showed)",
    re.IGNORECASE,
)

# *..., a consul said on Friday, but has not seen*: the clause before goes on, on the same word.
_AUXILIARY = r"(?:has|have|had|is|are|was|were|will|would|may|might|could|can|does|did|do|not|never)"
_GOES_ON = re.compile(
    r"[^.;:,“”\"]{0,40}[,;]?\s(?:and|but|or|yet|though)\s(?:also\s|then\s|now\s|still\s)?"
    + _AUXILIARY
    + r"\b"
)
# Words of a statement that were cut off within a clause: *may never | hand him over*.
_CUT_OFF = re.compile(r".*\b(?:" + _AUXILIARY + r"|to|and|or|nor|but|provided|unless|if)", re.DOTALL)
_CLAUSE = re.compile(
    r"(?:(?!\b(?:before|after|when|while|whom|whose|who|which|that|since|as|because|until|ahead|despite)\b)[^.,;:“”\"—])*"
)
# A cue that is no act of words: *has not*, *has yet to*, *failed to*.
_NO_WORDS = re.compile(
    r"(?:(?:has|have|had|is|are|was|were|will|would|may|might|could|can|does|did|do|be|been|not|never|no|yet|to|about"
    r"|longer|set|due|let|n't|\w+n[’']t)\b\s*)+",
    re.IGNORECASE,
)

# *..., a consul said on Friday, but the guards have gone*: a clause with a subject of its own.
_NEW_SUBJECT = re.compile(
    r"[^.;:,“”\"]{0,40}[,;]\s(?:and|but|while|although|though)\s"
    r"(?!(?:has|have|had|is|are|was|were|will|would|may|might|could|can|does|did|do|that|to|not|[a-z]+ed|[a-z]+ing"
    r"|also|then|later|now|still|yet|again|soon|since)\b)(?P<clause>[^“”\"]*)"
)
# *... and the rest would follow, but it had not asked*: the tense goes on with what was said.
_AS_TOLD = re.compile(r"[^,;.]*\b(?:would|had)\b")


def with_tellers(text: str, events: Sequence[Event], statements: Sequence[Statement]) -> list[Event]:
    """The events with `reported_by`.

    Args:
        statements: of the same text.
    """
    telling = [
        s
        for s in statements
        if s.attitude != "intention" and not _is_about(text, s, events) and not _is_no_act_of_words(text, s)
    ]
    return [replace(event, reported_by=_innermost(text, telling, event)) for event in events]


def _is_about(text: str, statement: Statement, events: Sequence[Event]) -> bool:
    """Is the statement an act that has its content for an object?"""
    cue = statement.cue
    if cue is None or statement.quotation != "indirect" or _NEUTRAL_CUE.search(cue.of(text)):
        return False
    acts = [e for e in events if e.trigger.meets(cue)]
    return any(e.type != "ACCUSE" or "allege" not in e.modes for e in acts)


def _is_no_act_of_words(text: str, statement: Statement) -> bool:
    """Does the cue say no more than that something was not done, or is to be?"""
    return statement.cue is not None and _NO_WORDS.fullmatch(statement.cue.of(text)) is not None


def _innermost(text: str, statements: Sequence[Statement], event: Event) -> str | None:
    """The id of the statement with the shortest content that holds the trigger."""
    holding = [
        s
        for s in statements
        if any(c.holds(event.trigger) for c in s.content)
        and not _is_another_clause(text, s, event)
        and not _is_own_act(text, s, event)
    ] or [s for s in statements if _reaches(text, s, event) and not _is_another_clause(text, s, event)]
    told = min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
    return told.id if told else None


def _is_another_clause(text: str, statement: Statement, event: Event) -> bool:
    """Does the event stand behind the cue of words already told, in a clause with a subject of its own?"""
    cue = statement.cue
    if cue is None or statement.source is None or statement.quotation != "indirect":
        return False
    behind = max(cue.end, statement.source.end)
    begun = any(
        event.sentence.start <= c.start and c.end <= min(cue.start, statement.source.start)
        for c in statement.content
    )
    if not begun or event.trigger.start < behind:
        return False
    another = _NEW_SUBJECT.fullmatch(text, behind, event.trigger.end)
    return another is not None and not _AS_TOLD.match(text, another.start("clause"), event.sentence.end)


def _reaches(text: str, statement: Statement, event: Event) -> bool:
    """Does the event stand where the words of a statement go on, though they were taken to end before?"""
    cue, at = statement.cue, event.trigger.start
    if cue is None or statement.quotation != "indirect" or at < statement.content[0].start:
        return False
    last = statement.content[-1].end
    behind = max(cue.end, last, statement.source.end if statement.source else 0)
    if at < behind or at >= event.sentence.end or not event.sentence.holds(cue):
        return False
    if behind == last:
        if not _CUT_OFF.fullmatch(text, statement.content[-1].start, last):
            return False
    elif going_on := _GOES_ON.match(text, behind, event.sentence.end):
        behind = going_on.end()
    else:
        return False
    clause = _CLAUSE.match(text, behind, event.sentence.end)
    return clause is not None and clause.end() >= event.trigger.end


def _is_own_act(text: str, statement: Statement, event: Event) -> bool:
    """Is the cue what a party of the event did, not what it said of it: *handed him [an ultimatum]*?"""
    cue, source = statement.cue, statement.source
    if cue is None or source is None or statement.quotation != "indirect":
        return False
    words = cue.of(text)
    if _NEUTRAL_CUE.search(words) or _OF_OWN_ACTS.search(words):
        return False
    return any(source.meets(party) for party in event.actors)
