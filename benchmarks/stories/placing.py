"""How fast reports are placed one by one, and what they take: `python -m benchmarks.stories.placing CORPUS [--articles N]`.

Families of copies are made of the corpus, with one seed after another until there are enough reports; from the second seed on they
are copies of the same originals once more. Printed at each tenth: reports placed, reports a second since the tenth before, and the
most memory so far.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from onrecord.article import Article
from onrecord.evaluation.copies import families
from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.stories import ArticleRow
from onrecord.resolution.stories.likeness import compare
from onrecord.resolution.stories.placing import Stories


def reports(corpus: Path) -> Iterator[Article]:
    """Generated reports without end, each with an id of its own."""
    rows = numbered_rows(corpus, ArticleRow, what="an article", needs='"id" and "text"')
    articles = [Article(row.id, row.text) for _, row in rows]
    for seed in count():
        for family in families(articles, seed):
            for member in family.members:
                yield replace(member.article, id=f"{seed}-{member.article.id}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    args = parser.parse_args()
    made = list(islice(reports(args.corpus), args.articles))
    placed = Stories(compare)
    step = max(1, args.articles // 10)
    began = time.perf_counter()
    for number, article in enumerate(made, 1):
        placed.place(article)
        if number % step == 0:
            now = time.perf_counter()
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{number} reports, {step / (now - began):.0f} a second, {most} MB", flush=True)
            began = now
    print(f"{len(placed.stories())} stories")


if __name__ == "__main__":
    main()
