"""How fast reports are placed one by one, and what they take: `python -m benchmarks.stories.placing CORPUS [--articles N]`.

Families of copies are made of the corpus, and of what it becomes in other worlds (`worlds.py`) until there are enough reports.
Making them is not timed, and one process alone is timed by its processor, as other work on the machine does not slow that down.
Printed at each tenth: reports placed, reports a second since the tenth before, candidates compared for
each, and the most memory so far, that of all processes together.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.stories.worlds import told_in_worlds
from onrecord.article import Article
from onrecord.evaluation.copies import families
from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.stories import ArticleRow
from onrecord.resolution.stories.comparing import Comparing
from onrecord.resolution.stories.placing import Stories


def reports(corpus: Path) -> Iterator[Article]:
    """Generated reports without end, each with an id of its own."""
    rows = numbered_rows(corpus, ArticleRow, what="an article", needs='"id" and "text"')
    articles = [Article(row.id, row.text) for _, row in rows]
    for world, told in enumerate(told_in_worlds(articles)):
        for family in families(told, world):
            for member in family.members:
                yield replace(member.article, id=f"{world}-{member.article.id}")


def memory() -> int:
    """Megabytes that this process and its children hold at the moment."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if os.getpid() in (int(folder.name), parent):
                pages += int((folder / "statm").read_text().split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    step = max(1, args.articles // 10)
    clock = time.perf_counter if args.processes > 1 else time.process_time
    with Comparing(args.processes) as comparing:
        placed = Stories(comparing)
        spent = before = 0.0
        most = pairs = 0
        for number, article in enumerate(islice(reports(args.corpus), args.articles), 1):
            began = clock()
            pairs += len(placed.place(article))
            spent += clock() - began
            if number % step == 0:
                most = max(most, memory())
                each = f"{pairs / step:.1f} pairs each, {most} MB"
                print(f"{number} reports, {step / (spent - before):.0f} a second, {each}", flush=True)
                before, pairs = spent, 0
        print(f"{len(placed.stories())} stories, {args.articles / spent:.0f} a second over all")


if __name__ == "__main__":
    main()
