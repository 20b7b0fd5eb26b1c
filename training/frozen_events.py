"""Train the event heads on the kept states of the encoder that ships: `python -m training.frozen_events RUN --states FOLDER`.

It begins with the heads that ship (`training.shipped`). What the encoder has learned it knows by heart: of the texts
that came in after it was trained (`--new`, files of `training/events/`) the heads learn how its states look where it
has to guess, so these are read several times an epoch. `--fold N` leaves a third of them, and of the news, out: on these the second
look is fitted. Writes `events.pt`, a running average of the weights, and `log.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from training import event_data, events
from training.corpora import load_tokenizer
from training.event_data import EventText
from training.event_model import EventNetwork, EventShape
from training.event_states import Kept, all_texts, read_kept
from training.model import schedule
from training.train import average

FOLDS = 3
NEW = ("v", "w", "x", "y", "z", "za")
_PIECES = 3072


def ids_of(files: Sequence[str]) -> frozenset[str]:
    """The passages of some files."""
    paths = [events.FOLDER / f"events-{name}.txt" for name in files]
    return frozenset(events.parse(block).id for path in paths for _, block in events.blocks(path))


def fold_of(id: str) -> int:
    """The fold of a passage or a document of news; the parts of a document are in one."""
    return zlib.crc32(f"fold:{id}".encode()) % FOLDS


def left_out(text: EventText, fold: int | None, new: frozenset[str], *, is_news: bool) -> bool:
    """Is a text not learned in this fold?"""
    return fold is not None and (
        (is_news and fold_of(text.id.rpartition(":")[0]) == fold)
        or (text.id in new and fold_of(text.id) == fold)
    )


def epoch_of(
    texts: dict[str, list[EventText]], new: frozenset[str], args: argparse.Namespace, rng: random.Random
) -> list[EventText]:
    """What is read in one epoch."""
    own = [t for t in texts["passages"] if not left_out(t, args.fold, new, is_news=False)]
    fresh, known = [t for t in own if t.id in new], [t for t in own if t.id not in new]
    real = [t for t in texts["news"] if not left_out(t, args.fold, new, is_news=True)]
    verbs = rng.sample(texts["verbs"], round(args.verbs * len(texts["verbs"])))
    return [
        *rng.sample(known, round(args.known * len(known))),
        *(fresh * args.times),
        *rng.sample(real, round(args.news * len(real))),
        *(texts["plv"] * args.told),
        *verbs,
    ]


def train(args: argparse.Namespace) -> None:
    """Train and write the heads."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    kept, texts, new = read_kept(args.states), all_texts("train", load_tokenizer()), ids_of(args.new)
    heads, mean = (EventNetwork(EventShape(dropout=args.dropout)) for _ in range(2))
    for network in (heads, mean):
        network.load_state_dict(torch.load(args.start / "events.pt"))
    if not args.triggers:
        heads.trigger.requires_grad_(False)
    optimiser = torch.optim.AdamW(
        [p for p in heads.parameters() if p.requires_grad], lr=args.lr, weight_decay=0.02, betas=(0.9, 0.98)
    )
    args.run.mkdir(parents=True, exist_ok=True)
    told = {name: str(v) if isinstance(v, Path) else v for name, v in vars(args).items()}
    (args.run / "config.json").write_text(
        json.dumps({"events": asdict(heads.shape), "frozen": told}, indent=1)
    )
    rng, step, began = random.Random(args.seed), 0, time.monotonic()
    rounds = [epoch_of(texts, new, args, rng) for _ in range(args.epochs)]
    total = sum(sum(1 for _ in event_data.event_batches(r, _PIECES, random.Random(0))) for r in rounds)
    with (args.run / "log.jsonl").open("w") as log:
        for epoch, some in enumerate(rounds, 1):
            sums = _learn(heads, mean, optimiser, some, kept, rng, (step, total), args)
            step += sums.pop("steps")
            torch.save(mean.state_dict(), args.run / "events.pt")
            torch.save(mean.state_dict(), args.run / f"events-{epoch}.pt")
            line = {"epoch": epoch, "s": round(time.monotonic() - began)} | sums
            print(json.dumps(line), file=log, flush=True)


def _learn(
    heads: EventNetwork,
    mean: EventNetwork,
    optimiser: torch.optim.Optimizer,
    texts: list[EventText],
    kept: Kept,
    rng: random.Random,
    at: tuple[int, int],
    args: argparse.Namespace,
) -> dict:
    """One epoch; gives its mean losses and the number of its steps."""
    heads.train()
    step, total = at
    sums: dict[str, list[float]] = {}
    weights = event_data.WEIGHTS | ({} if args.triggers else {"trigger": 0.0})
    for batch in event_data.event_batches(texts, _PIECES, rng):
        for group in optimiser.param_groups:
            group["lr"] = args.lr * schedule(step, total, warmup=0.06)
        parts = event_data.losses(heads, batch, F.dropout(kept.of(batch), args.blur))
        optimiser.zero_grad(set_to_none=True)
        sum(weights[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
        optimiser.step()
        step += 1
        average(mean, heads, min(0.998, step / (step + 20)))
        for k, v in parts.items():
            sums.setdefault(k, []).append(v.item())
    return {k: round(float(np.mean(v)), 4) for k, v in sums.items()} | {"steps": step - at[0]}


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--states", type=Path, required=True, help="what `training.event_states` wrote")
    parser.add_argument("--start", type=Path, required=True, help="the run with the heads to begin with")
    parser.add_argument("--new", nargs="+", default=NEW, help="files that the encoder has not learned")
    parser.add_argument("--times", type=int, default=2, help="how often an epoch reads these")
    parser.add_argument("--known", type=float, default=0.5, help="share of the other passages an epoch")
    parser.add_argument("--news", type=float, default=0.5, help="share of the labelled news an epoch")
    parser.add_argument("--verbs", type=float, default=0.02, help="share of the verbs with places an epoch")
    parser.add_argument("--told", type=int, default=1, help="how often an epoch reads PLV's sentences")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument(
        "--blur", type=float, default=0.1, help="share of the numbers of a state that are hidden"
    )
    parser.add_argument("--triggers", action="store_true", help="train the head that finds triggers as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--fold", type=int, choices=range(FOLDS), help="leave this third of the new texts out"
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
