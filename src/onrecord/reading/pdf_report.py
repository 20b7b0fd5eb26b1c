"""Which paragraphs of a printed page are the report: where its headline stands, and what was printed
above and behind it because it was on the web page, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from onrecord.reading.frame import find_sign_off
from onrecord.reading.page_headline import cut_outlet, share_words
from onrecord.reading.pdf_lines import Paragraph

# Paragraphs among which the headline is looked for.
_TOP_PARAGRAPHS = 60
_MIN_TITLE_WORDS = 3
# Share of all words that headline and title have in common: titles are shortened and reworded for search
# engines. What is set in the largest type needs less to be known for the headline.
_MIN_SHARED_WORDS, _MIN_SHARED_WORDS_LARGEST = 0.6, 0.3
_SENTENCE_WORDS = 8
# What a line that is no sentence counts against the report at least, in words. Sub-headings and captions
# stand in reports; a dozen of them in a row does not.
_OTHER_WORDS = 6
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Report:
    """Where the report stands among the paragraphs.

    Attributes:
        headline: its index; None where it is not known.
        begin, end: the report's paragraphs, end exclusive, the headline among them.
    """

    headline: int | None
    begin: int
    end: int


def find_report(paragraphs: Sequence[Paragraph], title: str | None, *, is_web_page: bool) -> Report:
    """Find the report among the paragraphs of a PDF.

    Args:
        paragraphs: in order.
        title: what the document says that it is called.
        is_web_page: a browser printed it, with menus and related stories; what others print is all report.
    """
    headline = _find_headline(paragraphs, title)
    begin = headline or 0
    if sum(_weight(p.text) for p in paragraphs[:begin]) > 0:
        begin = 0  # what stands above is no menu, but the beginning of this report or another report
    end = begin + _find_end(paragraphs[begin:]) if is_web_page and headline is not None else len(paragraphs)
    return Report(headline, begin, end)


def _find_headline(paragraphs: Sequence[Paragraph], title: str | None) -> int | None:
    """The paragraph that the document's title repeats; None where it repeats none.

    A title by itself is no headline: it can be the name of a file, a template or the outlet.
    """
    if not title or len(title.split()) < _MIN_TITLE_WORDS:
        return None
    names = (title, cut_outlet(title, None, None))
    top = paragraphs[:_TOP_PARAGRAPHS]
    largest = max((p.size for p in top), default=0.0)
    best: tuple[float, float, int] | None = None
    for i, paragraph in enumerate(top):
        share = max(share_words(paragraph.text, name) for name in names)
        if share >= (_MIN_SHARED_WORDS_LARGEST if paragraph.size >= largest else _MIN_SHARED_WORDS):
            # Of equal ones the one in the larger type; a page's path repeats the headline in small type.
            best = max(best or (0.0, 0.0, 0), (share, paragraph.size, -i))
    return -best[2] if best else None


def _find_end(paragraphs: Sequence[Paragraph]) -> int:
    """Where a report that begins with the first paragraph ends: where sentences, counted by their words,
    most outweigh what are none (maximum subsequence segmentation, Pasternack and Roth 2009)."""
    sums = list(accumulate(_weight(p.text) for p in paragraphs))
    best = max(range(len(sums)), key=sums.__getitem__, default=-1)
    if best < 0 or sums[best] <= 0:
        return len(paragraphs)
    end = best + 1
    while end < len(paragraphs) and find_sign_off(paragraphs[end].text):
        end += 1
    return end


def _weight(text: str) -> int:
    words = len(text.split())
    is_sentence = words >= _SENTENCE_WORDS and _SENTENCE.search(text) is not None
    return words if is_sentence else -max(words, _OTHER_WORDS)
