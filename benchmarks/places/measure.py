"""How well the places of short reports are chosen: `python -m benchmarks.places.measure [--json] [--errors]`.

Reads the two sets beside it (README.md). `given`: of the names marked, the share with the right entry where the names
are given; `found`: the same from the bare text, by the names that analysis finds; `false`: how many names from the bare
text are listed as places that are none, or are no place by that name, to a hundred marked.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.analysis.encoder import load_model
from onrecord.article import Span
from onrecord.evaluation.places import FindPlaces, find_by
from onrecord.resolution.gazetteer import fold
from onrecord.resolution.places import Choice, PlaceName, choose_places, resolve_places

FOLDER = Path(__file__).parent
SETS = ("choose", "measure")
_MARK = re.compile(r"\[(?P<name>[^|\]]+)\|(?P<country>[A-Z]{3})(?::(?P<region>[^\]]+))?\]")
_HEADED = re.compile(r"# (?P<scope>\w+)\n(?P<text>.+?)\n*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marked:
    """A name with the country, and where one is given the first-level region, that it means."""

    span: Span
    country: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a set; `scope` is *local*, *national* or *world*."""

    scope: str
    text: str
    marked: tuple[Marked, ...]


def read_reports(name: str) -> Iterator[Report]:
    """The reports of a set, their marks taken out."""
    for block in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n\n#"):
        match = _HEADED.match("# " + block.removeprefix("#").lstrip())
        if not match:
            raise ValueError(f"{name}.txt: {block[:60]!r} has no heading such as '# local'")
        yield _unmark(match["scope"], match["text"])


def _unmark(scope: str, printed: str) -> Report:
    text, marked, end = "", [], 0
    for mark in _MARK.finditer(printed):
        text += printed[end : mark.start()]
        span = Span(len(text), len(text) + len(mark["name"]))
        marked.append(Marked(span, mark["country"], mark["region"]))
        text += mark["name"]
        end = mark.end()
    return Report(scope, text + printed[end:], tuple(marked))


def is_right(marked: Marked, choice: Choice | None) -> bool:
    """Does the entry lie where it is said to?"""
    if choice is None or choice.people or choice.entry.country != marked.country:
        return False
    return marked.region is None or fold(choice.entry.region or "") == fold(marked.region)


def measure(
    reports: Sequence[Report], find: FindPlaces, note: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    """Figures for all reports and each scope; every mistake is noted."""
    hits: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for report in reports:
        text = report.text
        given = choose_places(text, [PlaceName(m.span) for m in report.marked])
        names = sorted(find(text), key=lambda n: n.span)
        found = {n.span: c for n, c in zip(names, choose_places(text, names), strict=True)}
        listed = {span for p in resolve_places(text, names).places for span in p.mentions}
        right = {m.span for m in report.marked if is_right(m, found.get(m.span))}
        for scope in ("all", report.scope):
            hits[scope]["count"] += len(report.marked)
            hits[scope]["given"] += sum(map(is_right, report.marked, given))
            hits[scope]["found"] += len(right)
            hits[scope]["false"] += len(listed - right)
        for m, choice in zip(report.marked, given, strict=True):
            if not is_right(m, choice):
                note(f"given {m.span.of(text)}: {_said(choice)} | {text}")
            if m.span not in right:
                note(f"found {m.span.of(text)}: {_said(found.get(m.span))} | {text}")
        for span in sorted(listed - right - {m.span for m in report.marked}):
            note(f"false {span.of(text)}: {_said(found.get(span))} | {text}")
    return {
        scope: {name: round(100 * h[name] / h["count"], 1) for name in ("given", "found", "false")}
        | {"count": h["count"]}
        for scope, h in hits.items()
    }


def _said(choice: Choice | None) -> str:
    return "nowhere" if choice is None else f"{choice.entry.country} {choice.entry.region}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder with another model than the one that ships")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is wrong in the set for choosing")
    args = parser.parse_args()
    find = find_by(load_model(args.model, threads=2))
    for name in SETS:
        errors: list[str] = []
        figures = measure(list(read_reports(name)), find, errors.append)
        for scope, figure in figures.items():
            line = {"set": name, "scope": scope} | figure
            print(json.dumps(line) if args.json else f"{name:8} {scope:9} {figure}")
        for error in errors if args.errors and name == "choose" else ():
            print("   ", error)


if __name__ == "__main__":
    main()
