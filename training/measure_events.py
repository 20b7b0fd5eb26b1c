"""Events of a model on what no weight was trained on: `python -m training.measure_events [FOLDER]`.

Our passages that are kept apart and the documents of real news that are (`training/news_events.py`): for each least
confidence, precision, recall and F1 of triggers with their type, and of the events found the share whose status, whose
actors and whose recipients are right, with all parties, each sharing a character.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.encoder import load_model
from onrecord.analysis.events import Event
from onrecord.analysis.network import Network
from onrecord.analysis.options import AnalysisOptions
from onrecord.article import Span
from training import events, news_events
from training.corpora import load_tokenizer
from training.events import Pair

FLOORS = (0.2, 0.22, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


@dataclass(frozen=True)
class Given:
    """A text with its events; nothing is known of what lies under `unsure`."""

    text: str
    events: Sequence[events.Event | news_events.NewsEvent]
    unsure: Sequence[Pair] = ()


def held_passages() -> Iterator[Given]:
    """Our passages that are kept apart."""
    return (Given(p.text, p.events) for p in events.passages() if events.is_kept_apart(p.id))


def held_news() -> Iterator[Given]:
    """The documents of real news that are kept apart."""
    return (Given(n.document.text, n.events, n.unsure) for n in news_events.labelled("held"))


def find_events(
    given: Iterable[Given], network: Network, options: AnalysisOptions
) -> list[tuple[Given, Sequence[Event]]]:
    """What the network finds in each, from the least of FLOORS on, but for what is unsure."""
    tokenizer, found = load_tokenizer(), []
    options = replace(options, min_event_confidence=min(FLOORS))
    for item in given:
        (analysis,) = analyse_texts([item.text], network, tokenizer, UNCALIBRATED, options)
        sure = [e for e in analysis.events if not any(_meets(e.trigger, span) for span in item.unsure)]
        found.append((item, sure))
    return found


def counts(found: Iterable[tuple[Given, Sequence[Event]]], least: float) -> Counter[str]:
    """How many events there are, are found and are right in what, above a least confidence."""
    total: Counter[str] = Counter()
    for item, all_events in found:
        kept = [e for e in all_events if e.confidence >= least]
        total["found"] += len(kept)
        total["gold"] += len(item.events)
        for gold in item.events:
            same = [e for e in kept if e.type == gold.type and _meets(e.trigger, gold.trigger)]
            if not same:
                continue
            event = same[0]
            total["typed"] += 1
            right = {
                "status": event.status == gold.status,
                "actors": _fit(event.actors, gold.actors),
                "recipients": _fit(event.recipients, gold.recipients),
            }
            total.update(name for name, is_right in right.items() if is_right)
            total["all"] += all(right.values())
    return total


def f1(total: Counter[str]) -> float:
    """Of triggers with their type."""
    return 2 * total["typed"] / max(1, total["found"] + total["gold"])


def shown(total: Counter[str]) -> str:
    """One line of figures."""
    precision, recall = total["typed"] / max(1, total["found"]), total["typed"] / max(1, total["gold"])
    parts = " ".join(
        f"{k} {100 * total[k] / max(1, total['typed']):.1f}"
        for k in ("status", "actors", "recipients", "all")
    )
    return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1(total):.1f} (of {total['gold']}); right: {parts}"


def _meets(span: Span, pair: Pair) -> bool:
    return span.start < pair[1] and pair[0] < span.end


def _fit(found: Sequence[Span], gold: Sequence[Pair]) -> bool:
    """Does each party meet one of the other side?"""
    return all(any(_meets(s, g) for g in gold) for s in found) and all(
        any(_meets(s, g) for s in found) for g in gold
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="another model than the one that ships")
    args = parser.parse_args()
    model = load_model(args.folder, threads=2)
    for name, given in (("our passages", held_passages()), ("real news", held_news())):
        found = find_events(given, model.network, model.options)
        for least in FLOORS:
            print(f"{name}, from {least:.2f}: {shown(counts(found, least))}")


if __name__ == "__main__":
    main()
