"""How well statuses, sources and numbers of events are told: `python -m benchmarks.events.measure [--json] [--errors]`.

Reads the sets beside it (README.md), which nothing is trained on. An event counts as found if a trigger shares a
character with its own; what is not found is wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.analysis.analyse import Analysis, analyse_texts
from onrecord.analysis.counts import Count
from onrecord.analysis.encoder import Model, load_model
from onrecord.analysis.events import Event as Found
from onrecord.article import Span
from training.events import Event, Pair, Passage, blocks, parse

FOLDER = Path(__file__).parent
_COUNTS = ("dead", "injured", "crowd")


def analysed(name: str, model: Model) -> Iterator[tuple[Passage, Analysis]]:
    """Each passage of a set with what is found in it."""
    for _, block in blocks(FOLDER / f"{name}.txt"):
        passage = parse(block)
        (analysis,) = analyse_texts(
            [passage.text], model.network, model.tokenizer, model.calibration, model.options
        )
        yield passage, analysis


def find(event: Event, found: Sequence[Found]) -> Found | None:
    """The event found by the same words, of the same type if there are several."""
    same = [f for f in found if f.trigger.start < event.trigger[1] and event.trigger[0] < f.trigger.end]
    return next((f for f in same if f.type == event.type), same[0] if same else None)


def measure_statuses(model: Model, errors: list[str]) -> dict[str, float]:
    """Share of the events with the right status, by status and in all, and of those that are found."""
    hits: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for passage, analysis in analysed("status", model):
        for event in passage.events:
            found = find(event, analysis.events)
            right = found is not None and found.status == event.status
            for name in (event.status, "all", *(("found",) if found else ())):
                gold[name] += 1
                hits[name] += right
            if not right:
                words = passage.text[slice(*event.trigger)]
                errors.append(f"{event.status}, not {found and found.status}: {words} | {passage.text}")
    return _shares(hits, gold)


def measure_sources(model: Model, errors: list[str]) -> dict[str, float]:
    """Share of the events that are on the right word: `told` by a source, or in the reporter's own `voice`."""
    hits: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for passage, analysis in analysed("reported-by", model):
        by_id = {s.id: s for s in analysis.statements}
        for event in passage.events:
            found = find(event, analysis.events)
            statement = by_id[found.reported_by] if found and found.reported_by else None
            if event.told_by is None:
                right = found is not None and statement is None
            else:
                right = statement is not None and _shares_word(
                    event.told_by, statement.source or statement.cue
                )
            for name in ("told" if event.told_by else "voice", "all", *(("found",) if found else ())):
                gold[name] += 1
                hits[name] += right
            if not right:
                wanted = passage.text[slice(*event.told_by)] if event.told_by else None
                got = statement.source.of(passage.text) if statement and statement.source else statement
                words = passage.text[slice(*event.trigger)]
                errors.append(f"{words}: {wanted}, not {got} ({bool(found)}) | {passage.text}")
    return _shares(hits, gold)


def measure_counts(model: Model, errors: list[str]) -> dict[str, float]:
    """Share of the numbers with the exact value, by what they count; `precision` of those that are given."""
    hits: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for passage, analysis in analysed("counts", model):
        given = Counter(
            {name: sum(getattr(f, name) is not None for f in analysis.events) for name in _COUNTS}
        )
        gold["precision"] += given.total()
        for event in passage.events:
            found = find(event, analysis.events)
            for name in _COUNTS:
                count: Count | None = getattr(event, name)
                if count is None:
                    continue
                value = getattr(found, name) if found else None
                right = value is not None and (value.low, value.high) == (count.low, count.high)
                for key in (name, "all"):
                    gold[key] += 1
                    hits[key] += right
                hits["precision"] += right
                if not right:
                    errors.append(f"{name} {count.low}..{count.high}, not {value} | {passage.text}")
    return _shares(hits, gold)


def _shares_word(wanted: Pair, span: Span | None) -> bool:
    return span is not None and span.start < wanted[1] and wanted[0] < span.end


def _shares(hits: Counter[str], gold: Counter[str]) -> dict[str, float]:
    return {name: round(100 * hits[name] / n, 1) for name, n in sorted(gold.items()) if n} | {
        "events": gold["all"]
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a folder with another model than the one that ships")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is wrong as well")
    args = parser.parse_args()
    model = load_model(args.model, threads=2)
    for name, of in (
        ("status", measure_statuses),
        ("reported by", measure_sources),
        ("counts", measure_counts),
    ):
        errors: list[str] = []
        figures = of(model, errors)
        print(json.dumps({name: figures}) if args.json else f"{name:12} {figures}")
        for line in errors if args.errors else ():
            print("   ", line)


if __name__ == "__main__":
    main()
