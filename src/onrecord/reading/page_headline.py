"""Which of a page's headings is the headline of its report, without what outlets put around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from onrecord.reading.blocks import text_of
from onrecord.reading.page_metadata import PageMetadata, plain

# Words that two headlines must share, of all they have, to be the same headline told twice.
_MIN_SHARED_WORDS = 0.3
_WORD = re.compile(r"\w+")
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
    root: html.HtmlElement, metadata: PageMetadata, *, outlet: str | None, url: str | None
) -> str | None:
    """The headline as readers see it, without the section's or outlet's name around it.

    The `h1` that shares most words with what metadata calls the headline; metadata, where no `h1` does.
    What is the outlet's name alone is none.
    """
    names = _outlet_names(outlet, url)

    def candidates(texts: Iterable[str | None]) -> list[str]:
        return [t for t in texts if t and len(t) <= _MAX_HEADLINE_CHARS and letters_of(t) not in names]

    told = [metadata.linked_text("headline"), *(metadata.meta.get(f) for f in _METADATA_FIELDS)]
    others = candidates(told)
    title = root.find(".//title")
    whole = plain(title.text_content()) if title is not None else None
    believed = [*others, *candidates([whole])]
    seen = candidates(text_of(e) for e in islice(root.iter("h1"), _MAX_HEADINGS))
    best = max(seen, key=lambda h: max((share_words(h, o) for o in believed), default=0.0), default=None)
    if best is None or (believed and max(share_words(best, o) for o in believed) < _MIN_SHARED_WORDS):
        best = next(iter(believed), best)
    elif shorter := next((o for o in others if _is_without_label(o, best)), None):
        best = shorter
    return cut_outlet(best, outlet, url) if best else None


def share_words(a: str, b: str) -> float:
    """How many of all words of two headlines are in both, 0 to 1."""
    one, two = set(_words(a)), set(_words(b))
    return len(one & two) / max(1, len(one | two))


def _is_without_label(shorter: str, longer: str) -> bool:
    a, b = _words(shorter), _words(longer)
    return (
        0 < len(b) - len(a) <= _MAX_LABEL_WORDS
        and len(a) >= _MIN_HEADLINE_WORDS
        and b[len(b) - len(a) :] == a
    )


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


def letters_of(name: str) -> str:
    """A name as it is compared: letters and digits alone, without *the* before it and *com* behind."""
    return "".join(c for c in name.lower() if c.isalnum()).removeprefix("the").removesuffix("com")
