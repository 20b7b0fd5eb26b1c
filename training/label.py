"""Train the label head alone, on the frozen encoder: `python -m training.label RUN`.

It goes on from the head that was trained together with the encoder, takes minutes and rewrites
`weights.pt` of the run. `--choose` compares settings on a tenth of the training articles, not on the
held-out fifth; the encoder has seen labels of that tenth, so its heights say nothing.
"""

from __future__ import annotations

import argparse
import random
import zlib
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.analysis.labels import KINDS
from onrecord.analysis.network import window_arrays
from onrecord.analysis.windows import cut_windows
from training.corpora import IGNORE, load_tokenizer, prepare
from training.model import LabelHead
from training.train import load_network, training_documents


@dataclass
class Example:
    """One labelled statement: its window's states, its place there and its labels."""

    article: str
    states: Tensor  # (pieces, width)
    first: int
    last: int
    content: Tensor  # (pieces,)
    labels: tuple[int, int, int]


@torch.no_grad()
def examples(run: Path) -> list[Example]:
    """All labelled training statements with the states that the run's encoder gives."""
    network = load_network(run)
    tokenizer = load_tokenizer()
    found = []
    for document in training_documents(with_authored=True):
        prepared = prepare(document, tokenizer)
        labelled = [t for t in prepared.targets if t.gold.kind != IGNORE]
        for w in cut_windows(prepared.pieces) if labelled else []:
            inside = [t for t in labelled if w.own_start <= t.first < w.own_end and t.last < w.end]
            if not inside:
                continue
            ids, features = (torch.from_numpy(array)[None] for array in window_arrays(prepared.pieces, w))
            states = network.encoder(ids, features, torch.ones_like(ids))[0].to(torch.bfloat16)
            for t in inside:
                content = torch.zeros(ids.shape[1])
                content[1:-1] = torch.from_numpy(t.content[w.start : w.end]).float()
                labels = (t.gold.kind, t.gold.attitude, t.gold.negated)
                place = (t.first - w.start + 1, t.last - w.start + 1)
                found.append(Example(document.id, states, *place, content, labels))
    return found


def _batch(items: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    length = max(len(e.content) for e in items)
    states = torch.stack([F.pad(e.states.float(), (0, 0, 0, length - len(e.states))) for e in items])
    content = torch.stack([F.pad(e.content, (0, length - len(e.content))) for e in items])
    first, last = torch.tensor([e.first for e in items]), torch.tensor([e.last for e in items])
    return states, torch.arange(len(items)), first, last, content, torch.tensor([e.labels for e in items])


def fit(
    head: LabelHead, data: list[Example], *, epochs: int, lr: float, decay: float, seed: int
) -> LabelHead:
    """Train the head; gives it back with its weights averaged over the last half."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    optimiser = torch.optim.AdamW(head.parameters(), lr=lr, weight_decay=decay)
    total = epochs * ((len(data) + 63) // 64)
    step = 0
    mean: dict[str, Tensor] = {}
    for _ in range(epochs):
        rng.shuffle(data)
        head.train()
        for at in range(0, len(data), 64):
            *inputs, labels = _batch(data[at : at + 64])
            outputs = head(*inputs)
            weights = (1.0, 0.5, 0.5)
            loss = sum(
                w * F.cross_entropy(out, labels[:, i], label_smoothing=0.1 if i == 0 else 0.02)
                for i, (w, out) in enumerate(zip(weights, outputs, strict=True))
            )
            for group in optimiser.param_groups:
                group["lr"] = lr * (1 - step / total)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            if step > total // 2:
                share = 1 / (step - total // 2)
                for k, v in head.state_dict().items():
                    mean[k] = v.clone() if k not in mean else mean[k].lerp(v, share)
    head.load_state_dict(mean)
    return head.eval()


@torch.no_grad()
def macro_f1(head: LabelHead, data: list[Example]) -> float:
    """Macro F1 of the kinds, in per cent."""
    gold, best = [], []
    for at in range(0, len(data), 64):
        *inputs, labels = _batch(data[at : at + 64])
        best += head(*inputs)[0].argmax(-1).tolist()
        gold += labels[:, 0].tolist()
    scores = []
    for k in range(len(KINDS)):
        right = sum(g == p == k for g, p in zip(gold, best, strict=True))
        scores.append(200 * right / max(1, gold.count(k) + best.count(k)))
    return sum(scores) / len(scores)


def main() -> None:
    """Choose settings, or train on everything and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--choose", action="store_true", help="compare settings on a tenth kept apart")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--decay", type=float, default=0.05)
    args = parser.parse_args()
    network = load_network(args.run)
    cache = args.run / "label-examples.pt"
    data: list[Example] = torch.load(cache, weights_only=False) if cache.exists() else examples(args.run)
    if args.choose:
        torch.save(data, cache)
        apart = [e for e in data if zlib.crc32(f"choose:{e.article}".encode()) % 10 == 0]
        rest = [e for e in data if zlib.crc32(f"choose:{e.article}".encode()) % 10 != 0]
        print(len(rest), len(apart), "before:", round(macro_f1(network.label, apart), 1), flush=True)
        for start in (False, True):
            for epochs, lr in ((6, 1e-3), (12, 1e-3), (12, 3e-4)):
                head = LabelHead(network.shape)
                if start:
                    head.load_state_dict(network.label.state_dict())
                head = fit(head, list(rest), epochs=epochs, lr=lr, decay=args.decay, seed=1)
                print(
                    f"from the joint head {start}, {epochs} epochs, {lr}: {macro_f1(head, apart):.1f}",
                    flush=True,
                )
        return
    head = fit(network.label, data, epochs=args.epochs, lr=args.lr, decay=args.decay, seed=1)
    network.label.load_state_dict(head.state_dict())
    torch.save(network.state_dict(), args.run / "weights.pt")
    print(f"label head trained on {len(data)} statements")


if __name__ == "__main__":
    main()
