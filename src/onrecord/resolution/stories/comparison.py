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
    quotations, gone, new = pair_quotations(quotations_of(first.text), quotations_of(second.text))
    return Comparison(
        first,
        second,
        pair,
        _rows(first.text, second.text, *prints, passages),
        tuple(quotations),
        tuple(gone),
        tuple(new),
        tuple(compare_facts(first.text, second.text, passages)),
    )


def _rows(
    first: str, second: str, a: Fingerprint, b: Fingerprint, passages: list[Passage]
) -> tuple[Row, ...]:
    rows: list[Row] = []
    furthest = 0
    for passage in passages:
        moved = passage.second.start < furthest
        furthest = max(furthest, passage.second.end)
        rows.append(Row(passage.first, passage.second, _changed(first, second, passage), moved))
    rows += [Row(span, None) for span in _uncovered(a, [p.first for p in passages])]
    rows.sort(key=lambda r: r.first or Span(0, 0))
    for span in _uncovered(b, [p.second for p in passages]):
        before = [n for n, r in enumerate(rows) if r.second and r.second.end <= span.start]
        nearest = max(before, key=lambda n: (rows[n].second or span).end, default=-1)
        rows.insert(nearest + 1, Row(None, span))
    return tuple(rows)


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
            _span(a, d.first_start, d.first_end, passage.first),
            _span(b, d.second_start, d.second_end, passage.second),
        )
        for d in differences(a, b)
    )


def _span(words: list[Word], start: int, end: int, within: Span) -> Span:
    if start < end:
        return Span(words[start].span.start, words[end - 1].span.end)
    at = words[start].span.start if start < len(words) else within.end
    return Span(at, at)
