"""Train the network: `python -m training.train --out RUN [--epochs N] [--seed S] ...`.

One run writes to its folder: `config.json`, `log.jsonl` (a line each 50 steps and each epoch),
`checkpoint.pt` (resumed from when it is there) and `weights.pt` (the averaged weights).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.analysis.network import CLS, SEP
from onrecord.analysis.windows import MAX_WINDOW_PIECES
from training import authored, kinds, names
from training.corpora import (
    HELD_OUT_SALT,
    HELD_OUT_SHARE,
    IGNORE,
    Batch,
    Document,
    Prepared,
    batches,
    load_tokenizer,
    minilm_folder,
    polnear,
    prepare,
    split_off,
)
from training.model import Network, Shape, schedule
from training.self_training import label_by


def training_documents(*, with_authored: bool, share: float = 1.0) -> list[Document]:
    """PolNeAR train without the held-out part, with kinds where labelled, and our own passages.

    Args:
        share: part of the PolNeAR articles that is used, for ablations.
    """
    kept, _ = split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)
    kept, _ = split_off(kept, 1 - share, "ablation")
    kinds.attach(kept, part="train")
    return kept + (authored.passages(part="train") if with_authored else [])


def losses(
    network: Network, batch: Batch, *, teacher: Network | None = None, trust: float = 0.5
) -> dict[str, Tensor]:
    """Mean losses of one batch, by head.

    Args:
        teacher: a trained network; cue and link targets become `trust` parts its probabilities and
            1 - `trust` parts the annotation (born-again networks, Furlanello et al. 2018).
    """
    t = {k: torch.from_numpy(v) for k, v in vars(batch).items()}
    hidden = network.encoder(t["ids"], t["features"], t["mask"])
    soft_cue, soft_link = _soft_targets(teacher, t) if teacher else (None, None)
    cue_scores = network.cue(hidden).float()
    per_piece = _cue_loss(cue_scores, t["cue_tags"], t["nested_known"], soft_cue, trust)
    known = (t["cue_tags"] != IGNORE).float() * t["weight"][:, None]
    result = {"cue": (per_piece * known).sum() / known.sum().clamp(min=1.0)}
    if (t["name_tags"] != IGNORE).any():
        name_scores = network.names(hidden).float()
        lost = F.cross_entropy(
            name_scores.flatten(0, 1), t["name_tags"].flatten(), ignore_index=IGNORE, reduction="sum"
        )
        # Over all pieces of the batch: one window with names must not weigh as much as many.
        result["names"] = lost / t["mask"].sum()
    if len(batch.row):
        scores = network.link(hidden, t["mask"], t["row"], t["first"], t["last"]).float()
        start, at = network.link.reach(t["first"], hidden.shape[1])
        roles = t["roles"].gather(1, start[:, None] + at[None, :])
        per_role = F.cross_entropy(
            scores.flatten(0, 1), roles.flatten(), ignore_index=IGNORE, reduction="none"
        ).view(roles.shape)
        if soft_link is not None:
            soft = -(soft_link * scores.log_softmax(-1)).sum(-1) * (roles != IGNORE)
            per_role = (1 - trust) * per_role + trust * soft
        # Summed over pieces: a statement counts once, however long its window. 8 brings the sum to
        # the size of the other losses.
        per_cue = per_role.sum(-1) * t["weight"][t["row"]]
        result["link"] = per_cue.sum() / len(batch.row) / 8.0
        kind, attitude, negated = network.label(hidden, t["row"], t["first"], t["last"], t["content"])
        for name, out in (("kind", kind), ("attitude", attitude), ("negated", negated)):
            target = t[name]
            if (target != IGNORE).any():
                share = (target != IGNORE).float().mean()
                result[name] = (
                    F.cross_entropy(out.float(), target, ignore_index=IGNORE, label_smoothing=0.05) * share
                )
    return result


@torch.no_grad()
def _soft_targets(teacher: Network, t: dict[str, Tensor]) -> tuple[Tensor, Tensor | None]:
    """The teacher's probabilities of cue tags (outer ones alone, as three tags) and of roles."""
    hidden = teacher.encoder(t["ids"], t["features"], t["mask"])
    cue = _without_nested(teacher.cue(hidden).float().log_softmax(-1)).exp()
    if not len(t["row"]):
        return cue, None
    link = teacher.link(hidden, t["mask"], t["row"], t["first"], t["last"]).float()
    return cue, link.softmax(-1)


def _without_nested(log_probs: Tensor) -> Tensor:
    """Five cue tags -> three: nested beginnings and insides count as outside."""
    outside = log_probs[..., [0, 3, 4]].logsumexp(-1)
    return torch.cat([outside[..., None], log_probs[..., 1:3]], -1)


def _cue_loss(
    scores: Tensor, tags: Tensor, nested_known: Tensor, soft: Tensor | None, trust: float
) -> Tensor:
    """Cross-entropy a piece; where nested cues are not labelled, they count as outside."""
    log_probs = scores.log_softmax(-1)
    outer = _without_nested(log_probs)
    target = tags.clamp(min=0)
    known = -log_probs.gather(-1, target[..., None])[..., 0]
    unknown = -outer.gather(-1, target.clamp(max=2)[..., None])[..., 0]
    if soft is not None:
        unknown = (1 - trust) * unknown - trust * (soft * outer).sum(-1)
    return torch.where(nested_known[:, None].bool(), known, unknown)


WEIGHTS = {"names": 4.0, "cue": 4.0, "link": 1.0, "kind": 1.0, "attitude": 0.5, "negated": 0.5}


def optimiser_for(network: Network, lr: float, head_lr: float, decay: float) -> torch.optim.Optimizer:
    """AdamW; the learning rate falls by `decay` a layer from the top of the encoder to its input."""
    groups: dict[float, list[torch.nn.Parameter]] = {}
    layers = network.shape.layers
    for name, p in network.named_parameters():
        if name.startswith("encoder.layers."):
            rate = lr * decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.feature"):
            rate = head_lr
        elif name.startswith("encoder."):
            rate = lr * decay**layers
        else:
            rate = head_lr
        groups.setdefault(rate, []).append(p)
    return torch.optim.AdamW(
        [{"params": ps, "lr": rate, "peak": rate} for rate, ps in groups.items()],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )


def train(args: argparse.Namespace) -> None:
    """Run or resume one training run."""
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    features = tuple(f for f in ("casing", "quotation", "position") if f not in args.without)
    shape = Shape(features=features, link_layers=args.link_layers, dropout=args.dropout)
    (out / "config.json").write_text(json.dumps(vars(args) | {"shape": asdict(shape)}, indent=1))
    network = Network(shape)
    network.load_minilm(load_file(str(minilm_folder() / "model.safetensors")))
    if args.start:
        network.load_state_dict(torch.load(args.start), strict=False)
    teacher = load_network(Path(args.teacher)) if args.teacher else None
    tokenizer = load_tokenizer()
    prepared: list[Prepared] = [
        prepare(d, tokenizer) for d in training_documents(with_authored=args.authored, share=args.share)
    ]
    if args.names:
        named = names.worldwide("train") + names.politics()
        if teacher:
            label_by(teacher, [d for d in named if d.id.startswith("worldwide")])
        prepared += [prepare(d, tokenizer) for d in named]
    optimiser = optimiser_for(network, args.lr, args.head_lr, args.layer_decay)
    mean = copy.deepcopy(network)
    sizes = {"max_pieces": args.window, "batch_pieces": args.batch_pieces, "cls": CLS, "sep": SEP}
    steps_an_epoch = sum(1 for _ in batches(prepared, rng=random.Random(0), **sizes))
    total = steps_an_epoch * args.epochs
    step, epoch = 0, 0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"])
        step, epoch = saved["step"], saved["epoch"]
    began = time.monotonic()
    with (out / "log.jsonl").open("a") as log:
        while epoch < args.epochs:
            rng = random.Random(args.seed * 1000 + epoch)
            sums: dict[str, list[float]] = {}
            network.train()
            for batch in batches(prepared, rng=rng, **sizes):
                share = schedule(step, total)
                for group in optimiser.param_groups:
                    group["lr"] = group["peak"] * share
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    parts = losses(network, batch, teacher=teacher, trust=args.trust)
                loss = sum(WEIGHTS[k] * v for k, v in parts.items())
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                step += 1
                average(mean, network, min(args.ema, step / (step + 20)))
                for k, v in parts.items():
                    sums.setdefault(k, []).append(v.item())
                if step % 50 == 0:
                    line = {"step": step, "of": total, "s": round(time.monotonic() - began)}
                    print(
                        json.dumps(line | {k: round(float(np.mean(v[-50:])), 4) for k, v in sums.items()}),
                        file=log,
                        flush=True,
                    )
            epoch += 1
            print(
                json.dumps({"epoch": epoch} | {k: round(float(np.mean(v)), 4) for k, v in sums.items()}),
                file=log,
                flush=True,
            )
            torch.save(
                {
                    "network": network.state_dict(),
                    "mean": mean.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "step": step,
                    "epoch": epoch,
                },
                checkpoint.with_suffix(".tmp"),
            )
            checkpoint.with_suffix(".tmp").replace(checkpoint)
            torch.save(mean.state_dict(), out / "weights.pt")


def load_network(run: Path) -> Network:
    """The averaged weights of a run, ready for prediction."""
    config = json.loads((run / "config.json").read_text())["shape"]
    config["features"] = tuple(config["features"])
    network = Network(Shape(**config))
    # A run from before a head was added lacks its weights; they stay as they begin.
    network.load_state_dict(torch.load(run / "weights.pt"), strict=False)
    return network.eval()


@torch.no_grad()
def average(mean: nn.Module, network: nn.Module, decay: float) -> None:
    """Move the running average of the weights towards the present ones."""
    for a, b in zip(mean.parameters(), network.parameters(), strict=True):
        a.lerp_(b, 1 - decay)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--teacher", help="run whose averaged weights are learned from as well")
    parser.add_argument("--trust", type=float, default=0.5, help="share of the teacher in the targets")
    parser.add_argument("--ema", type=float, default=0.997)
    parser.add_argument("--window", type=int, default=MAX_WINDOW_PIECES)
    parser.add_argument("--batch-pieces", type=int, default=4096)
    parser.add_argument("--link-layers", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="input features to leave out (ablation)")
    parser.add_argument("--authored", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--share", type=float, default=1.0, help="part of PolNeAR train to use")
    parser.add_argument(
        "--names",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="the corpora of names too; with a teacher, as unlabelled text for statements",
    )
    parser.add_argument("--start", help="weights to start from")
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
