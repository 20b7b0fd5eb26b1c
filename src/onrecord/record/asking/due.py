"""When a prediction is due: the time expression inside its content that tells when it should come about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

import msgspec

from onrecord.record.asking.statements import Evidence


class Due(msgspec.Struct):
    """When something predicted should come about.

    Attributes:
        from_, to: first and last day, both included; None where an end is open, both where the words name no days (*soon*).
        how: *text*: as the record has the days of the words. *next*: the words name a day, a month or a season without a year
            that the record takes for the last one before the prediction (*in November*, said in January); the days are those
            of the next one.
        evidence: the words.
    """

    from_: str | None = msgspec.field(name="from")
    to: str | None
    how: Literal["text", "next"]
    evidence: Evidence

    @property
    def last(self) -> str | None:
        """The day by which it should have come about: the last one, the first where the end is open."""
        return self.to or self.from_


class Expression(NamedTuple):
    """A time expression in a content: code points of the report's text, its words, its days, and kind as in `times`."""

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    kind: str


# The predicted act does not fall on a day on which a condition does: *if she wins in May*.
_CONDITION: Final = re.compile(
    r"(?i)\b(?:if|unless|whether|when|whenever|once|after|since|because|had|were)\b"
)
_MODAL: Final = re.compile(r"(?i)\b(?:will|would|shall|may|might|could|going to)\b|[’']ll\b|\bwon[’']t\b")
_CLAUSE_ENDS: Final = re.compile(r"[,;:.!?—–()“”\n]")
# What has begun, or is over; and *a brighter tomorrow*, which is no day.
_BEHIND: Final = re.compile(r"(?i)\b(?:last|past|previous|since|ago)\b")
_NO_DAY: Final = re.compile(r"(?i)\b(?:a|of|the)(?: \w+)? $")
# Words without days that nevertheless lie ahead.
_AHEAD: Final = re.compile(r"(?i)\b(?:soon|future|coming|next|later|eventually|decades?)\b")
_SPAN_AHEAD: Final = re.compile(
    r"(?i)\b(?:in|within|over|for another)(?: the(?: next)?)?\s*$|^(?:in|within|over)\b"
)
_WEEKDAY: Final = re.compile(r"(?i)^(?:(?:early|late|on|by) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_IN_A_YEAR: Final = re.compile(
    r"(?i)^(?:(?:early|mid|late|in|by|the) |mid-)*(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember"
    r"|october|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|spring|summer|autumn|fall|winter)(?: \d{1,2})?$"
)
_DAYS_OF_WEEK: Final = 7


def find_due(
    article: str, pieces: Sequence[tuple[int, str]], times: Sequence[Expression], said: str | None
) -> Due | None:
    """When a prediction is due; None if its content does not tell.

    What lies before the prediction is not it, nor what belongs to a condition. Of several times the first is taken; words
    that name no days (*soon*) count where none do.

    Args:
        pieces: where the pieces of the content begin in the text of the report, and the words of each.
        times: the time expressions in the content, in the order of the text.
        said: the day on which it was predicted, ISO; None if unknown: then any time may be it.
    """
    vague: Due | None = None
    for time in times:
        before = next(
            (text[: time.start - start] for start, text in pieces if start <= time.start < start + len(text)),
            "",
        )
        no_day = time.text.lower() == "tomorrow" and _NO_DAY.search(before)
        if no_day or _BEHIND.search(time.text) or _is_of_a_condition(before):
            continue
        evidence = Evidence(article, time.start, time.end, time.text)
        if time.first is None and time.last is None:
            if _lies_ahead(before, time):
                vague = vague or Due(None, None, "text", evidence)
        elif said is None or time.last is None or time.last >= said[:10]:
            return Due(time.first, time.last, "text", evidence)
        elif following := _next_one(time, said[:10]):
            return Due(*following, "next", evidence)
    return vague


def _is_of_a_condition(before: str) -> bool:
    """Does the clause before a time begin a condition, with no *will* behind it?"""
    ends = [m.end() for m in _CLAUSE_ENDS.finditer(before)]
    clause = before[ends[-1] if ends else 0 :]
    conditions = [m.start() for m in _CONDITION.finditer(clause)]
    modals = [m.start() for m in _MODAL.finditer(clause)]
    return bool(conditions) and (not modals or modals[-1] < conditions[-1])


def _lies_ahead(before: str, time: Expression) -> bool:
    if time.kind == "duration":
        return bool(_SPAN_AHEAD.search(before) or _SPAN_AHEAD.search(time.text))
    return time.kind == "vague" and bool(_AHEAD.search(time.text))


def _next_one(time: Expression, said: str) -> tuple[str, str] | None:
    """The days of the next weekday, day of a month, month or season of a name, where the record has the last one."""
    if time.first is None or time.last is None:
        return None
    first, last, day = (date.fromisoformat(d) for d in (time.first, time.last, said))
    words = " ".join(time.text.split())
    if _WEEKDAY.match(words) and (day - last).days < _DAYS_OF_WEEK:
        return tuple(str(d + timedelta(_DAYS_OF_WEEK)) for d in (first, last))  # type: ignore[return-value]
    if _IN_A_YEAR.match(words) and (day - last).days < 366:
        # A month that ends in February may end on another day.
        ends = last.day == _month_length(last.year, last.month)
        to = _month_length(last.year + 1, last.month) if ends else last.day
        if (first.month, first.day) == (2, 29):
            return None
        return str(first.replace(year=first.year + 1)), str(last.replace(year=last.year + 1, day=to))
    return None


def _month_length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(1)).day
