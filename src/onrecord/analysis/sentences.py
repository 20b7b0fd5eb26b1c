"""Where sentences begin and end."""

from __future__ import annotations

import re

from onrecord.article import Span

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-ZÀ-Þ0-9])|\n")
# An abbreviation or an initial ends no sentence.
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])$"
)


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, without blanks at its ends."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    for stop in _SENTENCE_END.finditer(text, start, end):
        if _NO_END.search(text, start, stop.start()) and text[stop.start()] == ".":
            continue
        if stop.end() <= span.start:
            start = stop.end()
        elif stop.start() >= span.end:
            end = stop.end()
            break
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
