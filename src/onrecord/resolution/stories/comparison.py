"""Two reports side by side: which passages tell the same, which words of them differ, what either has alone."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.article import Article, Span
from onrecord.resolution.stories.copies import Pair, Passage
from onrecord.resolution.stories.facts import ChangedFact, compare_facts
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.likeness import compare
from onrecord.resolution.stories.quoted import Quoted, QuotedTwice, pair_quotations, quotations_of
from onrecord.resolution.stories.word_alignment import differences
from onrecord.resolution.stories.wording import Word, words_of


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side; one side is None where the other has it alone.

    Attributes:
        changed: words that differ, code points of either text; one of the two may be empty.
        moved: does the second report tell it in another place?
    """

    first: Span | None
    second: Span | None
    changed: tuple[tuple[Span, Span], ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports compared.

    Attributes:
        pair: what makes copies of them; None if they are none, and then nothing stands side by side.
        rows: in the order of the first report, what the second has alone at its place there.
        quotations: those that both print; then those that either has alone.
        facts: names, titles, numbers and negations that differ.
    """

    first: Article
    second: Article
    pair: Pair | None
    rows: tuple[Row, ...]
    quotations: tuple[QuotedTwice, ...]
    first_alone: tuple[Quoted, ...]
    second_alone: tuple[Quoted, ...]
    facts: tuple[ChangedFact, ...]


def compare_articles(first: Article, second: Article) -> Comparison:
    """Compare two reports, whichever came first."""
    prints = fingerprint(first), fingerprint(second)
    pair = compare(*prints)
    if pair is not None and pair.first != first.id:
        passages = sorted(Passage(p.second, p.first, p.likeness) for p in pair.passages)
    else:
        passages = list(pair.passages) if pair else []
    passages = _without_headlines(passages, headline_span(first), headline_span(second))
    quotations, gone, new = pair_quotations(quotations_of(first.text), quotations_of(second.text))
    return Comparison(
        first,
        second,
        pair,
        _rows(first, second, *prints, passages),
        tuple(quotations),
        tuple(gone),
        tuple(new),
        tuple(compare_facts(first.text, second.text, passages)),
    )


def headline_span(article: Article) -> Span | None:
    """Where the text begins with the headline: code points, the end exclusive; None where it does not."""
    headline = article.frame.headline or article.title
    return Span(0, len(headline)) if headline and article.text.startswith(headline) else None


def _without_headlines(passages: list[Passage], first: Span | None, second: Span | None) -> list[Passage]:
    """A headline told together with the sentence behind it taken off where the other side does not begin with its own."""
    if first is None or second is None:
        return passages
    found = []
    for passage in passages:
        headed = passage.first.start < first.end, passage.second.start < second.end
        if headed == (True, False) and passage.first.end > first.end:
            passage = passage._replace(first=Span(first.end, passage.first.end))
        elif headed == (False, True) and passage.second.end > second.end:
            passage = passage._replace(second=Span(second.end, passage.second.end))
        found.append(passage)
    return found


def _rows(
    one: Article, other: Article, a: Fingerprint, b: Fingerprint, passages: list[Passage]
) -> tuple[Row, ...]:
    first, second = one.text, other.text
    passages = [
        p._replace(first=_without_blanks(first, p.first), second=_without_blanks(second, p.second))
        for p in passages
    ]
    rows: list[Row] = []
    furthest = 0
    for passage in passages:
        moved = passage.second.start < furthest
        furthest = max(furthest, passage.second.end)
        rows.append(Row(passage.first, passage.second, _changed(first, second, passage), moved))
    alone = _uncovered(a, [p.first for p in passages]), _uncovered(b, [p.second for p in passages])
    title, other_title = headline_span(one), headline_span(other)
    if rows and title and other_title and title in alone[0] and other_title in alone[1]:
        # Two copies have a headline each, however little these have in common.
        alone[0].remove(title)
        alone[1].remove(other_title)
        rows.append(Row(title, other_title, _changed(first, second, Passage(title, other_title, 0.0))))
    rows += [Row(span, None) for span in alone[0]]
    rows.sort(key=lambda r: r.first or Span(0, 0))
    if not passages:
        return (*rows, *(Row(None, span) for span in alone[1]))
    for span in alone[1]:
        before = [n for n, r in enumerate(rows) if r.second and r.second.end <= span.start]
        nearest = max(before, key=lambda n: (rows[n].second or span).end, default=-1)
        rows.insert(nearest + 1, Row(None, span))
    return tuple(rows)


def _without_blanks(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _uncovered(fingerprint: Fingerprint, covered: list[Span]) -> list[Span]:
    """The sentences that no passage holds."""
    spans = [Span(start, end) for start, end in fingerprint.spans.tolist()]
    return [s for s in spans if not any(c.meets(s) for c in covered)]


def _changed(first: str, second: str, passage: Passage) -> tuple[tuple[Span, Span], ...]:
    if passage.first.of(first) == passage.second.of(second):
        return ()
    a = words_of(first, passage.first.start, passage.first.end)
    b = words_of(second, passage.second.start, passage.second.end)
    return tuple(
        (
            _closed(first, _span(a, d.first_start, d.first_end, passage.first)),
            _closed(second, _span(b, d.second_start, d.second_end, passage.second)),
        )
        for d in differences(a, b)
    )


def _span(words: list[Word], start: int, end: int, within: Span) -> Span:
    if start < end:
        return Span(words[start].span.start, words[end - 1].span.end)
    at = words[start].span.start if start < len(words) else within.end
    return Span(at, at)


def _closed(text: str, span: Span) -> Span:
    """Words that open a bracket, with the mark that closes it: *ORREL (Karst Press)*, not *ORREL (Karst Press*."""
    words, behind = span.of(text), text[span.end : span.end + 1]
    opening = {")": "(", "]": "["}.get(behind)
    if opening and words.count(opening) > words.count(behind):
        return Span(span.start, span.end + 1)
    return span
