"""Which of a page's headings is the headline of its report, without what outlets put around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from onrecord.reading.author_names import letters_of
from onrecord.reading.blocks import Block, text_of
from onrecord.reading.page_metadata import PageMetadata, plain

# Words that two headlines must share, of all they have, to be the same headline told twice.
_MIN_SHARED_WORDS = 0.3
# The same for a heading of lower rank, of which pages have many.
_MIN_SHARED_WITH_LOWER = 0.5
_WORD = re.compile(r"\w+")
# What stands in a title between headline and outlet.
_GOES_ON = re.compile(r"\s*[|–—:•·«»-]\s")
_MIN_BEGUN_LETTERS = 12
# Lines of a page among which its headline is looked for.
_MAX_LINES = 400
# Words that an element shares with the headline that it holds.
_SAME_HEADLINE = 0.7
_OTHER_HEADINGS = ("h3", "h4", "dt", "header", "strong", "b")
# A label that stands before a headline (*Opinion*, *News*), not part of it.
_MAX_LABEL_WORDS = 2
_METADATA_FIELDS = ("og:title", "twitter:title", "dc.title", "parsely-title", "title")
# A headline has more words than a section's name in front of an outlet's.
_MIN_HEADLINE_WORDS = 3
# What is longer is no headline: keywords, or a page whose heading was left open.
_MAX_HEADLINE_CHARS = 500
# Some outlets set all headlines of a page as `h1`; more stand on no page.
_MAX_HEADINGS = 200


def find_headline(
    root: html.HtmlElement,
    metadata: PageMetadata,
    *,
    outlet: str | None,
    url: str | None,
    lines: Sequence[Block] = (),
) -> str | None:
    """The headline as readers see it, without the section's or outlet's name around it.

    The `h1` that shares most words with what metadata calls the headline; where none does, another
    heading that does, the only `h1`, or the metadata. What is the outlet's name alone is none.

    Args:
        root: the parsed page.
        metadata: of the page.
        outlet: its name.
        url: its own address.
        lines: of the page; without headings, one that begins the title is the headline.
    """
    names = _outlet_names(outlet, url)

    def candidates(texts: Iterable[str | None]) -> list[str]:
        return [t for t in texts if t and len(t) <= _MAX_HEADLINE_CHARS and letters_of(t) not in names]

    def likeness(text: str) -> float:
        return max((share_words(text, o) for o in believed), default=0.0)

    others = candidates([metadata.linked_text("headline"), *(metadata.meta.get(f) for f in _METADATA_FIELDS)])
    title = root.find(".//title")
    whole = plain(title.text_content()) if title is not None else None
    believed = [*others, *candidates([whole])]
    seen = candidates(text_of(e) for e in islice(root.iter("h1"), _MAX_HEADINGS))
    best = max(seen, key=likeness, default=None)
    if best is None or (believed and likeness(best) < _MIN_SHARED_WORDS):
        best = (
            _like_heading(
                candidates(text_of(e) for e in islice(root.iter("h2", "h3"), _MAX_HEADINGS)), likeness
            )
            or _only(seen)
            or _begun_title(candidates(b.text for b in islice(lines, _MAX_LINES)), believed)
            or next(iter(believed), best)
        )
    else:
        best = _without_label(best, believed) or best
    return cut_outlet(best, outlet, url) if best else None


def _only(headings: Sequence[str]) -> str | None:
    """The one heading of a page, if it has the words of a headline: search engines are told another one."""
    texts = list(dict.fromkeys(headings))
    return texts[0] if len(texts) == 1 and len(texts[0].split()) > _MIN_HEADLINE_WORDS else None


def _like_heading(headings: Sequence[str], likeness: Callable[[str], float]) -> str | None:
    best = max(headings, key=likeness, default=None)
    return best if best and likeness(best) >= _MIN_SHARED_WITH_LOWER else None


def _begun_title(lines: Iterable[str], titles: Sequence[str]) -> str | None:
    """The longest line that one of the titles begins with, and goes on behind a dash or bar."""
    begun = [
        line
        for line in lines
        for title in titles
        if title.startswith(line)
        and _GOES_ON.match(title[len(line) :])
        and len(letters_of(line)) >= _MIN_BEGUN_LETTERS
    ]
    return max(begun, key=len, default=None)


def find_heading(root: html.HtmlElement, headline: str) -> html.HtmlElement | None:
    """The element that holds a headline: the last `h1` or else `h2` that does, or the first of any other tag."""
    for tags, which in ((("h1",), -1), (("h2",), -1), (_OTHER_HEADINGS, 0)):
        found = [
            e
            for e in islice(root.iter(*tags), _MAX_HEADINGS)
            if share_words(text_of(e), headline) > _SAME_HEADLINE
        ]
        if found:
            return found[which]
    return None


def share_words(a: str, b: str) -> float:
    """How many of all words of two headlines are in both, 0 to 1."""
    one, two = _word_set(a), _word_set(b)
    return len(one & two) / max(1, len(one | two))


def _without_label(longer: str, titles: Iterable[str]) -> str | None:
    """A headline without a section's name before it, as a title begins that has none."""
    words = longer.split()
    for count in range(1, _MAX_LABEL_WORDS + 1):
        rest = _words(" ".join(words[count:]))
        if len(rest) >= _MIN_HEADLINE_WORDS and any(_words(title)[: len(rest)] == rest for title in titles):
            return " ".join(words[count:])
    return None


# The headline is compared with each line of its page.
@lru_cache(maxsize=1 << 8)
def _word_set(text: str) -> frozenset[str]:
    return frozenset(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def cut_outlet(headline: str, outlet: str | None, url: str | None) -> str:
    """A headline without section and outlet behind it.

    >>> cut_outlet("Bridge opens at last | News | The Echo", "The Echo", None)
    'Bridge opens at last'
    """
    names = _outlet_names(outlet, url)
    while len(headline) <= _MAX_HEADLINE_CHARS:
        head, mark, tail = _last_part(headline)
        end = letters_of(tail)
        is_outlet = end in names or (len(end) > 5 and any(end in n for n in names))
        is_section = mark == "|" and len(tail.split()) <= _MAX_LABEL_WORDS
        if len(head.split()) < _MIN_HEADLINE_WORDS or not (is_outlet or is_section):
            break
        headline = head
    return headline


def _outlet_names(outlet: str | None, url: str | None) -> set[str]:
    """What an outlet may be called at the end of a headline, in letters alone."""
    host = host_of(url or "").removeprefix("www.")
    return {letters_of(n) for n in (outlet or "", host, host.split(".")[0])} - {""}


def host_of(url: str) -> str:
    """The host of an address; empty for what is no address."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _last_part(title: str) -> tuple[str, str, str]:
    at, mark = max((title.rfind(f" {mark} "), mark) for mark in "|–—-:")
    return (title[:at].strip(), mark, title[at + 3 :].strip()) if at > 0 else ("", "", title)
