"""When a statement was made: the time expression in the clause of its cue, outside what was said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from onrecord.analysis.statements import Statement
from onrecord.article import Span
from onrecord.resolution.dates import ResolvedTime

# *Said in an interview with a weekly of the capital on Thursday* still says when; farther away stands
# another clause's time.
_MAX_GAP_CHARS = 90
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-ZÀ-Þ])|\n")
# Between cue and time these begin a clause of their own, with its own time (*said the man, who fled on
# Monday*, *said as polls closed on Sunday*).
_OTHER_CLAUSE = re.compile(
    r"\b(?:who|whose|which|that|when|after|before|as|while|because|since|until|where|if|but)\b|;",
    re.IGNORECASE,
)


def time_statements(
    text: str, statements: Sequence[Statement], times: Sequence[ResolvedTime], published: date | None
) -> dict[str, ResolvedTime]:
    """The time at which each statement was made, by its id; those of which the text gives none are left out.

    A time lies in the clause of the cue: in its sentence, near it, outside all content and with no other
    clause in between. The nearer one counts; at the same distance that after the cue. A time that lies
    wholly after the report's own day is not when something was said.

    Args:
        times: in the order of the text.
        published: the report's own day, if known.
    """
    dated = [t for t in times if t.kind in ("date", "time") and t.first is not None and t.last is not None]
    if published is not None:
        dated = [t for t in dated if t.first is not None and t.first <= published]
    contents = sorted(c for s in statements for c in s.content)
    starts = [t.span.start for t in dated]
    found: dict[str, ResolvedTime] = {}
    for statement in statements:
        cue = statement.cue
        if cue is None:
            continue
        low = bisect_left(starts, cue.start - _MAX_GAP_CHARS)
        high = bisect_left(starts, cue.end + _MAX_GAP_CHARS)
        near = [t for t in dated[low:high] if _is_of_cue(text, statement, cue, t, contents)]
        if near:
            found[statement.id] = min(near, key=lambda t: (_gap(cue, t.span), t.span.start < cue.start))
    return found


def _is_of_cue(
    text: str, statement: Statement, cue: Span, time: ResolvedTime, contents: Sequence[Span]
) -> bool:
    if any(c.meets(time.span) for c in _own_or_beside(statement, contents, cue)):
        return False
    a, b = sorted((cue, time.span))
    between = text[a.end : b.start]
    # What was said may stand between (*said: “...” on Thursday*) and is no clause of the cue.
    for content in statement.content:
        if a.end <= content.start and content.end <= b.start:
            between = text[a.end : content.start] + text[content.end : b.start]
    return not _SENTENCE_END.search(text[a.end : b.start]) and not _OTHER_CLAUSE.search(between)


def _own_or_beside(statement: Statement, contents: Sequence[Span], cue: Span) -> list[Span]:
    """The contents that a time of this cue may not lie in: all but those that hold the cue itself."""
    return [c for c in contents if not c.holds(cue)] + list(statement.content)


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)
