"""Teach a smaller run to read as a larger one does: `python -m training.distil RUN --teacher LARGER`.

Every layer of the smaller encoder is to give the states that the larger one gives for the same piece, and the layer over
mentions those of the larger one's last (after Jiao et al. 2020, *TinyBERT*; the widths are the same, so nothing has to be
projected). No labels are needed: texts are PolNeAR train, the newswire and our passages. The heads stay as they are, since what they read stays
nearly the same; `training.joint` then trains all together. RUN's weights are replaced after each epoch by their running average.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.network import CLS, SEP
from onrecord.analysis.windows import MAX_WINDOW_PIECES
from training import events, names, train
from training.corpora import Batch, Document, batches, load_tokenizer, prepare
from training.mention_model import CHAINS, GUM, MentionNetwork, load_mentions
from training.model import Network, schedule

_BATCH_PIECES = 4096
# What the heads read counts most: the middle and the last layer are given to them.
_READ = 2.0


class Reader(nn.Module):
    """The encoder and the layers over mentions of a run."""

    def __init__(self, run: Path) -> None:
        super().__init__()
        self.network: Network = train.load_network(run)
        self.mentions: MentionNetwork = load_mentions(run)
        self.seen: list[Tensor] = []
        for layer in self.network.encoder.layers:
            layer.register_forward_hook(lambda _m, _i, out: self.seen.append(out))

    def states(self, batch: Batch, scheme: int) -> tuple[list[Tensor], Tensor]:
        """Of each layer (windows, pieces, width), and of the layers over mentions."""
        self.seen.clear()
        given = map(torch.from_numpy, (batch.ids, batch.features, batch.mask))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            both = self.network.encoder.both(*given)
            mentions = self.mentions.read(torch.cat(both, -1), scheme)
        return [*self.seen], mentions


def losses(student: Reader, teacher: Reader, batch: Batch, scheme: int) -> tuple[Tensor, Tensor]:
    """Mean squared distance of the states, of the encoder (weighed mean over its layers) and over mentions."""
    with torch.no_grad():
        wanted, wanted_mentions = teacher.states(batch, scheme)
    found, found_mentions = student.states(batch, scheme)
    known = torch.from_numpy(batch.mask).bool()
    layers = len(wanted)
    weights = [_READ if 2 * n == layers or n == layers else 1.0 for n in range(1, layers + 1)]
    pairs = zip(weights, found, wanted, strict=True)
    encoder = sum((w * _distance(a[known], b[known]) for w, a, b in pairs), torch.zeros(()))
    return encoder / sum(weights), _distance(found_mentions[known], wanted_mentions[known])


def _distance(found: Tensor, wanted: Tensor) -> Tensor:
    """Squared, in units of the variance of what is wanted."""
    wanted = wanted.float()
    return F.mse_loss(found.float(), wanted) / wanted.var()


def texts() -> list[Document]:
    """What is read."""
    passages = [Document(p.id, p.text, []) for p in events.passages() if not events.is_kept_apart(p.id)]
    news = [*train.training_documents(with_authored=True), *names.worldwide("train"), *names.politics()]
    return [*news, *passages]


def run(args: argparse.Namespace) -> None:
    """Distil, printing a line every hundred steps."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    student, mean, teacher = Reader(args.run), Reader(args.run), Reader(args.teacher)
    tokenizer = load_tokenizer()
    prepared = [prepare(d, tokenizer) for d in texts()]
    read = nn.ModuleList([student.network.encoder, student.mentions])
    optimiser = torch.optim.AdamW(
        read.parameters(), lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    rng = random.Random(args.seed)
    sizes = {"max_pieces": MAX_WINDOW_PIECES, "batch_pieces": _BATCH_PIECES, "cls": CLS, "sep": SEP}
    pieces = sum(len(p.pieces) for p in prepared)
    step, total = 0, args.epochs * pieces // _BATCH_PIECES
    began = time.monotonic()
    for epoch in range(1, args.epochs + 1):
        sums: list[list[float]] = []
        for batch in batches(prepared, rng=rng, **sizes):
            for group in optimiser.param_groups:
                group["lr"] = args.lr * schedule(min(step, total - 1), total, warmup=0.06)
            parts = losses(student, teacher, batch, rng.choice((CHAINS, GUM)))
            optimiser.zero_grad(set_to_none=True)
            (parts[0] + parts[1]).backward()
            torch.nn.utils.clip_grad_norm_(read.parameters(), 1.0)
            optimiser.step()
            step += 1
            train.average(mean, student, min(0.997, step / (step + 20)))
            sums.append([part.item() for part in parts])
            if step % 100 == 0:
                line = {"epoch": epoch, "step": step, "of": total, "s": round(time.monotonic() - began)}
                line["encoder"], line["mentions"] = np.mean(sums, axis=0).round(4).tolist()
                print(json.dumps(line), flush=True)
                sums = []
        torch.save(mean.network.state_dict(), args.run / "weights.pt")
        torch.save(mean.mentions.state_dict(), args.run / "coreference.pt")


def main() -> None:
    """Parse the command line and distil."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the smaller run, as `training.prune` writes it")
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    run(parser.parse_args())


if __name__ == "__main__":
    main()
