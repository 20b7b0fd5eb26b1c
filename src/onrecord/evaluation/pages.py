"""Score the reading of news pages: the body by shingles, headline, published day and byline.

The body is scored as the authors of the page set describe it (article-extraction-benchmark,
Scrapinghub 2020, `evaluate.py`): true and false positives and negatives of 4-word shingles, divided by
their sum so that each page counts alike; precision and recall are means over pages, F1 is of the means.
Headline and captions count as the labelled body has them: they are compared where it holds them, and
left out where it does not.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.article import Article
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.evaluation.lines import numbered_lines
from onrecord.reading.files import read_report

SHINGLE_WORDS = 4
_WORD = re.compile(r"\w+")


class LabelledPage(msgspec.Struct):
    """One line of a page corpus; `title`, `authors` and `date` are there in the frame set alone."""

    url: str
    html_base64: str
    body: str
    title: str | None = None
    authors: str | None = None
    date: str | None = None


def evaluate_pages(path: Path) -> dict[str, dict[str, float]]:
    """Read the pages of a corpus and score them.

    Returns:
        `body` (precision, recall, f1, in per cent), `headline`, `published` and `byline` (right, in per
        cent of the pages that are labelled with one) and `pages`.

    Raises:
        UsageError: if the corpus cannot be read.
    """
    counts: list[tuple[float, float, float]] = []
    right: dict[str, list[bool]] = {"headline": [], "published": [], "byline": []}
    for page in _pages(path):
        try:
            article: Article | None = read_report(base64.b64decode(page.html_base64), page.url)
        except UnreadableReportError:
            article = None
        counts.append(shingle_counts(page.body, body_as_labelled(article, page.body) if article else ""))
        for name, gold, found in (
            ("headline", page.title, article and article.frame.headline),
            ("published", page.date, article and article.published and article.published[:10]),
            ("byline", page.authors, " ".join(article.frame.byline) if article else ""),
        ):
            if gold is not None:
                right[name].append(_key(gold) == _key(found or ""))
    if not counts:
        raise UsageError(f"{path}: there are no pages in it. Name a corpus of pages.")
    figures = {"body": mean_scores(counts)}
    figures |= {name: {"right": _per_cent(sum(r) / len(r))} for name, r in right.items() if r}
    return figures | {"pages": {"count": len(counts)}}


def body_as_labelled(article: Article, truth: str) -> str:
    """The article's text without its headline, unless the labelled body has it, with the captions that it has."""
    held = " ".join(_words(truth))
    paragraphs = article.text.split("\n\n")
    if paragraphs and paragraphs[0] == article.frame.headline and " ".join(_words(paragraphs[0])) not in held:
        del paragraphs[0]
    paragraphs += [c for c in article.frame.captions if " ".join(_words(c)) in held]
    return "\n".join(paragraphs)


def shingle_counts(truth: str, found: str) -> tuple[float, float, float]:
    """True positives, false positives and false negatives, as shares of their sum."""
    a, b = _shingles(truth), _shingles(found)
    hits = sum((a & b).values())
    extra, missed = sum((b - a).values()), sum((a - b).values())
    total = hits + extra + missed
    return (hits / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def mean_scores(counts: list[tuple[float, float, float]]) -> dict[str, float]:
    """Precision, recall and F1 in per cent: means over pages, F1 of the means.

    Args:
        counts: `shingle_counts` of each page.
    """
    precisions = [hits / (hits + extra) for hits, extra, _ in counts if hits + extra]
    recalls = [hits / (hits + missed) for hits, _, missed in counts if hits + missed]
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(recalls))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": _per_cent(precision), "recall": _per_cent(recall), "f1": _per_cent(f1)}


def _per_cent(share: float) -> float:
    return round(100 * share, 1)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _words(text)
    return Counter(
        tuple(words[i : i + SHINGLE_WORDS])
        for i in range(max(1, len(words) - SHINGLE_WORDS + 1))
        if words[i : i + SHINGLE_WORDS]
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _key(text: str) -> str:
    return " ".join(_words(text.lower()))


def _pages(path: Path) -> Iterator[LabelledPage]:
    decoder = msgspec.json.Decoder(LabelledPage)
    for number, line in numbered_lines(path):
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, binascii.Error) as error:
            raise UsageError(
                f'{path}, line {number}: not a labelled page ({error}). Each line needs "url", "html_base64" and "body".'
            ) from error
