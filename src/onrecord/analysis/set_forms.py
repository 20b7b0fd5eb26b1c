"""Attributions that their form gives away: headlines and bullets, and signed quotations.

These few forms are exact and stand outside of running text, of which the network has seen little:

- a headline or bullet that ends in its source: *Port must reopen – says Varga*, *..., minister says*,
  *...: minister says*, *... – Varga* (the last one only for a name that the report itself bears);
- a quotation that makes a paragraph, with a dash and a name behind it, on its line or the next;
- the lines of a conversation in print, each with its speaker in capitals and a colon (*VARGA: We will stay.*).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.analysis.pieces import heading_lines
from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class SetForm:
    """An attribution by its form; code points of the text."""

    source: Span
    cue: Span
    content: Span


_VERB = (
    r"(?:says?|said|tells? \w+|told \w+|warns?|warned|adds?|added|claims?|claimed|insists?|argues?|announces?|announced"
    r"|reports?|shows?|finds?|suggests?|admits?|admitted|predicts?|predicted|vows?|vowed|confirms?|confirmed|denies|denied)"
)
# A source without a mark that could belong to a clause of its own; at most nine words.
_SOURCE = r"[^\W_][^,:;–—“”\"?!]{1,70}?"
_HEADINGS = (
    re.compile(rf"(?P<content>.{{6,}}?)\s*(?:[–—,:]|\s--?\s)\s*(?P<cue>{_VERB})\s+(?P<source>{_SOURCE})\s*"),
    re.compile(rf"(?P<content>.{{6,}}?)\s*(?:[–—,:]|\s--?\s)\s*(?P<source>{_SOURCE})\s+(?P<cue>{_VERB})\s*"),
)
_DASHED = re.compile(
    r"(?P<content>\S+(?:\s+\S+){2,}?)\s+(?P<cue>[–—])\s+(?P<source>[^\W\d_][^,:;–—“”\"?!\d]{1,40})\s*"
)
_MAX_SOURCE_WORDS = 9
# The longest line that is looked at; headings and signatures are short.
_MAX_HEADING_CHARS = 300
_MAX_QUOTATION_CHARS = 5_000

# Scraped text opens a quotation with a closing mark as well.
_QUOTED = re.compile(r"\s*(?P<content>[“”\"«„][^\n]*[“”\"»][.,]?)\s*")
_SPOKEN = re.compile(
    r"\s*(?P<source>[^\W\d_a-zß-öø-ÿ](?:[^\W\d_a-zß-öø-ÿ]|[ .'’-]){0,30}[^\W\d_a-zß-öø-ÿ])(?P<cue>:)\s+(?P<content>\S[^\n]+?)\s*"
)
# One such line may be a dateline or a label.
_LEAST_SPOKEN = 2
_SIGNATURE = re.compile(r"\s*(?P<cue>[–—―‒]|--?)\s*(?P<source>[^\W\d_][^\n“”\"]{1,90}?)(?<![–—―‒-])[\s.]*")


def find_set_forms(text: str) -> list[SetForm]:
    """All attributions of a text that a set form gives away, in its order."""
    lines = list(re.finditer(r"[^\n]+", text))
    headings = heading_lines(text)
    found = []
    for number, line in enumerate(lines):
        form = None
        if number < headings:
            form = _heading(text, line.start(), line.end(), body=lines[headings].start())
        else:
            following = lines[number + 1] if number + 1 < len(lines) else None
            form = _signed(text, line.start(), line.end(), following.span() if following else None)
        if form:
            found.append(form)
    spoken = [m for line in lines[headings:] if (m := _spoken(text, line.start(), line.end()))]
    if len(spoken) >= _LEAST_SPOKEN:
        found += [_form(m) for m in spoken]
    return sorted(found, key=lambda form: form.content)


def _spoken(text: str, start: int, end: int) -> re.Match[str] | None:
    return _SPOKEN.fullmatch(text, start, end) if end - start <= _MAX_QUOTATION_CHARS else None


def _heading(text: str, start: int, end: int, *, body: int) -> SetForm | None:
    if end - start > _MAX_HEADING_CHARS:
        return None
    for pattern in _HEADINGS:
        found = pattern.fullmatch(text, start, end)
        if found and len(found["source"].split()) <= _MAX_SOURCE_WORDS:
            return _form(found)
    found = _DASHED.fullmatch(text, start, end)
    if found:
        name = found["source"].split()[-1]
        if name[0].isupper() and re.search(rf"\b{re.escape(name)}\b", text[body:]):
            return _form(found)
    return None


def _signed(text: str, start: int, end: int, following: tuple[int, int] | None) -> SetForm | None:
    if text[start : start + 200].lstrip()[:1] not in '“”"«„' or end - start > _MAX_QUOTATION_CHARS:
        return None
    dash = max(text.rfind(d, start, end) for d in ("–", "—", "―", "‒", "--", " -"))
    if dash > start:
        quoted = _QUOTED.fullmatch(text, start, dash)
        signature = _SIGNATURE.fullmatch(text, dash, end) if quoted else None
        if quoted and signature and _is_name(signature["source"]):
            return SetForm(_span(signature, "source"), _span(signature, "cue"), _span(quoted, "content"))
    quoted = _QUOTED.fullmatch(text, start, end)
    if quoted and following and following[1] - following[0] <= _MAX_HEADING_CHARS:
        signature = _SIGNATURE.fullmatch(text, *following)
        if signature and _is_name(signature["source"]):
            return SetForm(_span(signature, "source"), _span(signature, "cue"), _span(quoted, "content"))
    return None


def _is_name(words: str) -> bool:
    """Could this stand under a quotation: a name, perhaps with a place or an office behind it?"""
    head = words.partition(",")[0].split()
    return 0 < len(head) <= 6 and head[0][0].isupper()


def _form(found: re.Match[str]) -> SetForm:
    return SetForm(_span(found, "source"), _span(found, "cue"), _span(found, "content"))


def _span(found: re.Match[str], group: str) -> Span:
    return Span(*found.span(group))
