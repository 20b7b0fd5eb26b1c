"""Train the encoder with all its heads: `python -m training.joint RUN --start TRAINED`.

It begins with a run that has statements, names, mentions and events, and is taught statements by it as well.
A round takes a share of each corpus in steps of random order. The run gets `weights.pt`, `coreference.pt` and
`events.pt` (running averages), `log.jsonl`, and `checkpoint.pt`, from which a stopped run goes on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.network import CLS, SEP, window_arrays
from onrecord.analysis.windows import MAX_WINDOW_PIECES
from training import coreference, event_data, names, news_texts, train
from training.corpora import Document, Prepared, batches, load_tokenizer, prepare
from training.event_heads import load_events
from training.mention_model import load_mentions
from training.model import Network, schedule
from training.self_training import label_by

Loss = Callable[[], dict[str, Tensor]]
Read = TypeVar("Read", coreference.Ready, coreference.ReadyPronouns)
# How much a step of each task counts against one of statements.
CHAINS_WEIGHT, EVENTS_WEIGHT = 0.5, 0.5
_PIECES = {"statements": 4096, "events": 2048, "pronouns": 2048}


class Whole(nn.Module):
    """All that is trained together."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        self.network: Network = train.load_network(run)
        self.mentions = load_mentions(run)
        self.events = load_events(run)

    def store(self, run: Path) -> None:
        """Write the weights as the other stages read them."""
        for part, name in (
            (self.network, "weights"),
            (self.mentions, "coreference"),
            (self.events, "events"),
        ):
            torch.save(part.state_dict(), run / f"{name}.pt")


class Corpora:
    """What is learned from, prepared once; each round takes other parts of it."""

    def __init__(self, teacher: Network, args: argparse.Namespace) -> None:
        self.tokenizer = tokenizer = load_tokenizer()

        def ready(documents: list[Document]) -> list[Prepared]:
            return [prepare(d, tokenizer) for d in documents]

        self.teacher = teacher
        self.statements = ready(train.training_documents(with_authored=True))
        # Of what is not read in any round nothing is prepared.
        wanted = min(1.0, args.names * args.rounds)
        named = _share(names.worldwide("train") + names.politics(), wanted, random.Random(args.seed))
        self.names_share = args.names / wanted if wanted else 0.0
        label_by(teacher, [d for d in named if d.id.startswith("worldwide")])
        self.names = ready(named)
        self.chains = coreference.make_ready([*coreference.own("train"), *coreference.gum("train")], teacher)
        texts = coreference.some_pronoun_texts(args.pronouns, args.seed)
        self.pronouns = coreference.make_pronouns_ready(texts, None)
        self.sentences = event_data.plv("train", tokenizer)
        self.verbs = event_data.placed(tokenizer)

    def steps(self, whole: Whole, rng: random.Random, args: argparse.Namespace) -> list[Loss]:
        """One round in random order."""
        sizes = {"max_pieces": args.window, "batch_pieces": _PIECES["statements"], "cls": CLS, "sep": SEP}
        documents = _share(self.statements, args.statements, rng) + _share(self.names, self.names_share, rng)
        found: list[Loss] = [
            lambda b=b: self.statement_losses(whole, b) for b in batches(documents, rng=rng, **sizes)
        ]
        found += [lambda i=i: chain_losses(whole, i) for i in self.chains]
        found += [
            lambda g=g: pronoun_losses(whole, g)
            for g in _groups(_share(self.pronouns, args.pronoun_share, rng), _PIECES["pronouns"])
        ]
        # Read anew each round: labels that came in during a long run are learned as well.
        own = event_data.passages("train", self.tokenizer)
        texts = [*own, *self.sentences, *self.sentences, *_share(self.verbs, args.verbs, rng)]
        texts += _share(news_texts.news("train", self.tokenizer), args.news, rng)
        found += [
            lambda b=b: event_losses(whole, b)
            for b in event_data.event_batches(texts, _PIECES["events"], rng)
        ]
        rng.shuffle(found)
        return found

    def statement_losses(self, whole: Whole, batch: train.Batch) -> dict[str, Tensor]:
        """See `training.train.losses`, weighed."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = train.losses(whole.network, batch, teacher=self.teacher, trust=0.35)
        return {name: train.WEIGHTS[name] * lost for name, lost in parts.items()}


def _share(items: list, share: float, rng: random.Random) -> list:
    return rng.sample(items, round(share * len(items)))


def _groups(items: list[coreference.ReadyPronouns], pieces: int) -> Iterator[list[coreference.ReadyPronouns]]:
    """Texts of like length, about so many pieces together."""
    group: list[coreference.ReadyPronouns] = []
    for item in sorted(items, key=lambda i: len(i.pieces)):
        if group and len(item.pieces) * (len(group) + 1) > pieces:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def encode(whole: Whole, items: Sequence[Read]) -> list[Read]:
    """The texts with the states of their windows, all in one run of the encoder."""
    windows = [(item.pieces, w) for item in items for w, _ in item.windows]
    arrays = [window_arrays(pieces, w) for pieces, w in windows]
    length = max(len(ids) for ids, _ in arrays)
    ids = torch.stack([F.pad(torch.from_numpy(i), (0, length - len(i))) for i, _ in arrays])
    features = torch.stack([F.pad(torch.from_numpy(f), (0, 0, 0, length - len(f))) for _, f in arrays])
    mask = torch.stack([(torch.arange(length) < len(i)).long() for i, _ in arrays])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        both = torch.cat(whole.network.encoder.both(ids, features, mask), -1)
    states = ((w, both[row, 1 : w.end - w.start + 1]) for row, (_, w) in enumerate(windows))
    return [replace(item, windows=[next(states) for _ in item.windows]) for item in items]


def chain_losses(whole: Whole, item: coreference.Ready) -> dict[str, Tensor]:
    """Mentions, classes and antecedents of one text, through the encoder."""
    parts = coreference.losses(whole.mentions, *encode(whole, [item]))
    names = ("mentions", "classes", "chains")
    return {name: CHAINS_WEIGHT * lost for name, lost in zip(names, parts, strict=True)}


def pronoun_losses(whole: Whole, items: Sequence[coreference.ReadyPronouns]) -> dict[str, Tensor]:
    """Antecedents of pronouns that were put in for names, through the encoder."""
    return {"pronouns": CHAINS_WEIGHT * coreference.pronoun_loss(whole.mentions, encode(whole, items))}


def event_losses(whole: Whole, batch: event_data.EventBatch) -> dict[str, Tensor]:
    """See `training.event_data.losses`, through the encoder."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = whole.network.encoder(batch.ids, batch.features, batch.mask)
    parts = event_data.losses(whole.events, batch, hidden.float())
    return {name: EVENTS_WEIGHT * event_data.WEIGHTS[name] * lost for name, lost in parts.items()}


def optimiser_for(whole: Whole, args: argparse.Namespace) -> torch.optim.Optimizer:
    """`training.train.optimiser_for`, with the other heads beside it."""
    optimiser = train.optimiser_for(whole.network, args.lr, args.head_lr, 0.9)
    others = [*whole.mentions.parameters(), *whole.events.parameters()]
    optimiser.add_param_group({"params": others, "lr": args.head_lr, "peak": args.head_lr})
    return optimiser


def run(args: argparse.Namespace) -> None:
    """Run or resume."""
    args.run.mkdir(parents=True, exist_ok=True)
    begun = json.loads((args.start / "config.json").read_text())
    told = {name: str(v) if isinstance(v, Path) else v for name, v in vars(args).items()}
    (args.run / "config.json").write_text(json.dumps(begun | {"joint": told}, indent=1))
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    whole, mean = Whole(args.start), Whole(args.start)
    corpora = Corpora(train.load_network(args.teacher or args.start), args)
    optimiser = optimiser_for(whole, args)
    step, done = 0, 0
    checkpoint = args.run / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        whole.load_state_dict(saved["whole"])
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
        step, done = saved["step"], saved["done"]
    began = time.monotonic()
    with (args.run / "log.jsonl").open("a") as log:
        for number in range(done, args.rounds):
            rng = random.Random(args.seed * 1000 + number)
            whole.train()
            steps = corpora.steps(whole, rng, args)
            total = step + (args.rounds - number) * len(steps)
            for parts in _learn(whole, mean, optimiser, steps, step, total):
                step = parts.pop("step")
                line = {"step": step, "of": total, "s": round(time.monotonic() - began)} | parts
                print(json.dumps(line), file=log, flush=True)
            mean.store(args.run)
            saved = {
                "whole": whole.state_dict(),
                "mean": mean.state_dict(),
                "optimiser": optimiser.state_dict(),
                "step": step,
                "done": number + 1,
            }
            torch.save(saved, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").replace(checkpoint)


def _learn(
    whole: Whole, mean: Whole, optimiser: torch.optim.Optimizer, steps: list[Loss], step: int, total: int
) -> Iterator[dict]:
    """Go through the steps of a round; gives the mean losses since the last line, every fifty steps and at the end."""
    sums: dict[str, list[float]] = {}
    for number, losses in enumerate(steps, 1):
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * schedule(step, total, warmup=0.06)
        parts = losses()
        optimiser.zero_grad(set_to_none=True)
        torch.stack([*parts.values()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(whole.parameters(), 1.0)
        optimiser.step()
        step += 1
        train.average(mean, whole, min(0.997, step / (step + 20)))
        for name, lost in parts.items():
            sums.setdefault(name, []).append(lost.item())
        if number % 50 == 0 or number == len(steps):
            yield {"step": step} | {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
            sums = {}


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="the run to begin with")
    parser.add_argument(
        "--teacher", type=Path, help="the run that teaches statements; else the one it begins with"
    )
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--head-lr", type=float, default=5e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--window", type=int, default=MAX_WINDOW_PIECES)
    parser.add_argument(
        "--statements", type=float, default=0.6, help="share of PolNeAR and our passages a round"
    )
    parser.add_argument("--names", type=float, default=0.25, help="share of the corpora of names a round")
    parser.add_argument("--verbs", type=float, default=0.15, help="share of the verbs with places a round")
    parser.add_argument("--news", type=float, default=1.0, help="share of the labelled news a round")
    parser.add_argument("--pronouns", type=int, default=10_000, help="texts with pronouns put in, at most")
    parser.add_argument("--pronoun-share", type=float, default=0.12, help="share of them a round")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
