"""Spans that begin and end at the edges of words."""

from __future__ import annotations

import re

from onrecord.article import Span

# *U.S.* is one word.
INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z]\.[A-Z]\b")
_INITIALS_CHARS = 8
# What goes on for longer is no word, and is not walked through.
_MOST_CHARS = 100


def whole_words(text: str, span: Span) -> Span:
    """A span with the rest of the words that it cuts.

    >>> text = "Mira Sand left"
    >>> whole_words(text, Span(1, 7)).of(text)
    'Mira Sand'
    """
    start, end = span.start, span.end
    around = (max(0, start - _INITIALS_CHARS), end + _INITIALS_CHARS)
    if text.find(".", *around) >= 0:
        for initials in INITIALS.finditer(text, *around):
            if initials.start() < end and start < initials.end():
                start, end = min(start, initials.start()), max(end, initials.end())
    least, most = start - _MOST_CHARS, end + _MOST_CHARS
    while 0 < start < len(text) and start > least and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and end < most and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)
