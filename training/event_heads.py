"""Train the event heads on the frozen encoder: `python -m training.event_heads RUN`.

Minutes on one core; writes `events.pt` into the run.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.analysis.triggers import ROLES
from training.corpora import load_tokenizer
from training.event_data import (
    WEIGHTS,
    EventBatch,
    EventText,
    collate,
    event_batches,
    losses,
    passages,
    placed,
    plv,
)
from training.event_model import EventNetwork, EventShape
from training.model import Network, schedule
from training.news_texts import news
from training.train import load_network


@torch.no_grad()
def states_of(network: Network, batch: EventBatch) -> Tensor:
    """States of the encoder (texts, pieces, width)."""
    return network.encoder(batch.ids, batch.features, batch.mask)


@torch.no_grad()
def measure(heads: EventNetwork, network: Network, texts: list[EventText]) -> dict[str, float]:
    """Triggers F1, then types, roles and statuses of the triggers that are given, on passages that are known whole."""
    heads.eval()
    found: Counter[str] = Counter()
    for batch in event_batches(texts, 4096, random.Random(0)):
        hidden = states_of(network, batch)
        begins = heads.trigger(hidden).argmax(-1) == 1
        gold = set(zip(batch.row.tolist(), batch.first.tolist(), strict=True))
        guess = set(map(tuple, (begins & (batch.mask > 0)).nonzero().tolist()))
        found["right"] += len(gold & guess)
        found["gold"] += len(gold)
        found["guess"] += len(guess)
        if not gold:
            continue
        scores = heads(hidden, batch.mask, batch.row, batch.first, batch.last)
        start, _ = EventNetwork.reach(batch.first, batch.ids.shape[1])
        for number, trigger in enumerate(batch.triggers):
            found["types"] += int((scores.types[number] > 0).tolist() == (trigger.types > 0).tolist())
            found["status"] += int(scores.statuses[number].argmax()) == trigger.status
            found["modes"] += int((scores.modes[number] > 0).tolist() == (trigger.modes > 0).tolist())
            roles = scores.roles[number].argmax(-1)
            for role, name in enumerate(ROLES):
                s = int(start[number])
                given = np.pad(trigger.roles[role], (1, batch.ids.shape[1] - len(trigger.roles[role]) - 1))
                given = given[s : s + len(roles)]
                found[name] += int(
                    np.array_equal(
                        given,
                        roles[:, role].numpy() * batch.mask[batch.row[number], s : s + len(roles)].numpy(),
                    )
                )
    share = {
        k: round(100 * found[k] / max(1, found["gold"]), 1) for k in ("types", "status", "modes", *ROLES)
    }
    return {"triggers": round(200 * found["right"] / max(1, found["gold"] + found["guess"]), 1)} | share


@torch.no_grad()
def measure_told(heads: EventNetwork, network: Network, texts: list[EventText]) -> dict[str, float]:
    """Share of the events of PLV with their type among those found, and found whole (parties that share a piece)."""
    heads.eval()
    found: Counter[str] = Counter()
    for text in texts:
        batch = collate([text])
        hidden = states_of(network, batch)
        tagged = heads.trigger(hidden)[0]
        place = (tagged.log_softmax(-1)[:, 0] < np.log(0.6)).nonzero()[:, 0]
        place = place[tagged[place, 1] >= tagged[place, 2]]
        found["texts"] += 1
        events: list[tuple[int, Tensor]] = []
        if len(place):
            scores = heads(hidden, batch.mask, torch.zeros_like(place), place, place)
            start, _ = EventNetwork.reach(place, batch.ids.shape[1])
            for number in range(len(place)):
                tags = torch.zeros(len(ROLES), batch.ids.shape[1])
                s = int(start[number])
                roles = scores.roles[number].argmax(-1).T > 0
                tags[:, s : s + roles.shape[1]] = roles
                kinds = (scores.types[number] > 0).nonzero()[:, 0].tolist() or [
                    int(scores.types[number].argmax())
                ]
                events += [(kind, tags[:, 1:-1]) for kind in kinds]
        found["events"] += len(events)
        for told in text.told:
            found["gold"] += 1
            wanted = torch.from_numpy(told.roles[:2] > 0)
            fits = [bool(((t[:2] > 0) & wanted).any(1).logical_or(~wanted.any(1)).all()) for _, t in events]
            found["typed"] += any(k in told.types for k, _ in events)
            found["pair"] += any(fits)
            found["coded"] += any(f and k in told.types for f, (k, _) in zip(fits, events, strict=True))
    return {k: round(100 * found[k] / max(1, found["gold"]), 1) for k in ("coded", "pair", "typed")} | {
        "per text": round(found["events"] / max(1, found["texts"]), 2)
    }


def train(args: argparse.Namespace) -> None:
    """Train from the beginning, or go on from the run's own heads, printing a line an epoch."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    network, tokenizer = load_network(args.run), load_tokenizer()
    own, sentences, verbs = passages("train", tokenizer), plv("train", tokenizer), placed(tokenizer)
    real = news("train", tokenizer)
    held, held_plv = passages("held", tokenizer), plv("held", tokenizer)
    heads = EventNetwork(EventShape())
    if args.go_on:
        heads.load_state_dict(torch.load(args.run / "events.pt"))
    optimiser = torch.optim.AdamW(heads.parameters(), lr=args.lr, weight_decay=0.02, betas=(0.9, 0.98))
    rng, step, began = random.Random(args.seed), 0, time.monotonic()
    # Sentences without triggers are of use once the heads know what a trigger is.
    total = 0
    rounds = []
    for epoch in range(args.epochs):
        texts = (
            own
            + real
            + rng.sample(verbs, 600)
            + (sentences if epoch >= args.epochs // 4 or args.go_on else [])
        )
        rounds.append(texts)
        total += sum(1 for _ in event_batches(texts, 2048, random.Random(0)))
    for epoch, texts in enumerate(rounds, 1):
        heads.train()
        sums: dict[str, list[float]] = {}
        for batch in event_batches(texts, 2048, rng):
            for group in optimiser.param_groups:
                group["lr"] = args.lr * schedule(step, total)
            parts = losses(heads, batch, states_of(network, batch))
            optimiser.zero_grad(set_to_none=True)
            sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimiser.step()
            step += 1
            for k, v in parts.items():
                sums.setdefault(k, []).append(v.item())
        line = {"epoch": epoch, "s": round(time.monotonic() - began)}
        line |= {k: round(float(np.mean(v)), 3) for k, v in sums.items()}
        if epoch % 3 == 0 or epoch == args.epochs:
            line |= {"own": measure(heads, network, held), "plv": measure_told(heads, network, held_plv)}
            torch.save(heads.state_dict(), args.run / "events.pt")
        print(json.dumps(line), flush=True)


def load_events(run: Path) -> EventNetwork:
    """The trained heads of a run, ready for prediction."""
    heads = EventNetwork(EventShape())
    heads.load_state_dict(torch.load(run / "events.pt"))
    return heads.eval()


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--go-on", action="store_true", help="begin with the heads that the run has")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
