"""Check the training passages: `python -m training.passages_check [FILE...]`.

Prints every fault with its file and slug, then the counts by kind and attitude. Exit code 1 if there
are faults. The rules are those of `training/passages/GUIDE.md`; what only a reader can judge (is
every attribution marked? is the span the right one?) is not checked here.
"""

from __future__ import annotations

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.analysis.labels import ATTITUDES, KINDS
from training.authored import FOLDER, Marks, MarkupError, parse

_HEADING = re.compile(r"## (?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*) \| \S.*")
_LABEL_ON_OTHER_MARK = re.compile(r"\{[SC]\d+:[^|]*\|")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    file: str
    slug: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.slug}: {self.what}"


@dataclass
class Checked:
    """What the files hold and what is wrong with them."""

    passages: Counter[str] = field(default_factory=Counter)  # by file
    kinds: Counter[str] = field(default_factory=Counter)
    attitudes: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    nested: int = 0
    negated: int = 0
    faults: list[Fault] = field(default_factory=list)


def headed_blocks(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of a file as (heading line, body); empty blocks are passed over."""
    for block in re.split(r"(?m)^---[ \t]*$", text):
        heading, _, body = block.strip("\n").partition("\n")
        if heading.strip():
            yield heading, body.strip("\n")


def check_passage(body: str) -> list[str]:
    """What is wrong with the markup of one passage, in the order of its statements.

    >>> check_passage("{S1|Ana} {Q1:demand,speech|said} {C1|go}.")
    []
    >>> check_passage("{S1|Ana} {Q1:order,speech|said}.")
    ["statement 1: no kind is called 'order'", 'statement 1: no content']
    """
    try:
        text, marks = parse(body)
    except MarkupError as error:
        return [str(error)]
    found = [
        f"labels belong on the cue, not on {m[0][1:].partition(':')[0]}"
        for m in _LABEL_ON_OTHER_MARK.finditer(body)
    ]
    if not text.strip():
        found.append("the passage has no text")
    for number, mark in sorted(marks.items()):
        found += [f"statement {number}: {what}" for what in (*_label_faults(mark), *_span_faults(text, mark))]
    return found


def _label_faults(mark: Marks) -> Iterator[str]:
    if not mark.labels:
        yield "its cue has no labels"
        return
    kind, *rest = mark.labels
    if kind not in KINDS:
        yield f"no kind is called {kind!r}"
    if not rest:
        yield "its cue has no attitude"
    elif rest[0] not in ATTITUDES:
        yield f"no attitude is called {rest[0]!r}"
    if rest[1:] not in ([], ["negated"]):
        yield f"after the attitude only 'negated' may stand, not {','.join(rest[1:])!r}"


def _span_faults(text: str, mark: Marks) -> Iterator[str]:
    cues, sources, contents = (mark.spans.get(role, []) for role in "QSC")
    if len(cues) != 1:
        yield f"{len(cues)} cues, there must be one"
    if len(sources) > 1:
        yield f"{len(sources)} sources, there may be one"
    if not contents:
        yield "no content"
    every = sorted([*cues, *sources, *contents])
    for start, end in every:
        span = text[start:end]
        if not span.strip():
            yield "an empty span"
        elif span != span.strip():
            yield f"blanks at the ends of {span!r}"
    for left, right in itertools.pairwise(every):
        if left[1] > right[0]:
            yield f"{text[right[0] : right[1]]!r} overlaps {text[left[0] : left[1]]!r}"


def check_files(paths: Iterable[Path]) -> Checked:
    """Check files together: slugs are unique over all of them, since a slug is a document's id and
    decides by its hash whether the passage is held out."""
    checked = Checked()
    first_file: dict[str, str] = {}
    for path in paths:
        for heading, body in headed_blocks(path.read_text(encoding="utf-8")):
            checked.passages[path.name] += 1
            matched = _HEADING.fullmatch(heading)
            slug = matched["slug"] if matched else heading
            faults = [] if matched else ["the heading is not '## slug | phenomena'"]
            if slug in first_file:
                faults.append(f"the slug stands in {first_file[slug]} already")
            first_file.setdefault(slug, path.name)
            faults += (passage := check_passage(body))
            checked.faults += [Fault(path.name, slug, what) for what in faults]
            if not passage:
                _count(body, checked)
    return checked


def _count(body: str, checked: Checked) -> None:
    _, marks = parse(body)
    for mark in marks.values():
        others = [c for m in marks.values() if m is not mark for c in m.spans["C"]]
        checked.statements += 1
        checked.nested += any(a <= mark.spans["Q"][0][0] < b for a, b in others)
        checked.kinds[mark.labels[0]] += 1
        checked.attitudes[mark.labels[1]] += 1
        checked.negated += "negated" in mark.labels


def describe(checked: Checked) -> str:
    """The counts, one group a line."""
    lines = [f"{name}: {count} passages" for name, count in checked.passages.items()]
    lines.append(f"{checked.statements} statements, {checked.nested} nested, {checked.negated} negated")
    for words, counts in ((KINDS, checked.kinds), (ATTITUDES, checked.attitudes)):
        lines.append(", ".join(f"{word} {counts[word]}" for word in words))
    lines.append(f"{len(checked.faults)} faults")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named, or all; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description="Check the training passages.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    files = parser.parse_args(arguments).files or sorted(FOLDER.glob("*.txt"))
    checked = check_files(files)
    for fault in checked.faults:
        print(fault)
    print(describe(checked))
    return 1 if checked.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
