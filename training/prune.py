"""Make a run smaller: `python -m training.prune RUN OUT --inner 768 --mention-layers 1`.

Of each layer of the encoder the inner units stay that move its output most: mean size of the unit's activation on articles
of PolNeAR train times the length of its outgoing weights (after Molchanov et al. 2017, without gradients). Of the layers
over mentions the last ones stay. What is lost is to be learned again: `training.distil` with RUN as teacher.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from training.corpora import HELD_OUT_SALT, HELD_OUT_SHARE, load_tokenizer, polnear, prepare, split_off
from training.model import Network
from training.train import load_network

_ARTICLES = 60
_PIECES = 300


@torch.no_grad()
def importance(network: Network) -> list[Tensor]:
    """(inner,) of each layer."""
    tokenizer = load_tokenizer()
    documents, _ = split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)
    sums = [torch.zeros(network.shape.inner) for _ in network.encoder.layers]
    hooks = [
        layer.up.register_forward_hook(lambda _m, _i, out, s=s: s.add_(F.gelu(out).abs().sum((0, 1))))
        for layer, s in zip(network.encoder.layers, sums, strict=True)
    ]
    for document in documents[:_ARTICLES]:
        p = prepare(document, tokenizer).pieces
        features = torch.from_numpy(p.casing), torch.from_numpy(p.quotation), torch.from_numpy(p.position)
        ids = torch.from_numpy(p.ids)[None, :_PIECES]
        network.encoder(ids, torch.stack(features, -1)[None, :_PIECES], torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    return [s * layer.down.weight.norm(dim=0) for layer, s in zip(network.encoder.layers, sums, strict=True)]


def prune(weights: dict[str, Tensor], scores: list[Tensor], inner: int) -> dict[str, Tensor]:
    """The weights of a network with the `inner` best units of each layer."""
    narrow = dict(weights)
    for number, score in enumerate(scores):
        kept = score.topk(inner).indices.sort().values
        name = f"encoder.layers.{number}"
        for part, axis in (("up.weight", 0), ("up.bias", 0), ("down.weight", 1)):
            narrow[f"{name}.{part}"] = weights[f"{name}.{part}"].index_select(axis, kept).clone()
    return narrow


def last_layers(weights: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights of the heads for mentions with so many of their last layers."""
    numbers = sorted({int(name.split(".")[1]) for name in weights if name.startswith("layers.")})
    new = {old: number for number, old in enumerate(numbers[-layers:])}
    kept = {}
    for name, weight in weights.items():
        if not name.startswith("layers."):
            kept[name] = weight
            continue
        _, number, rest = name.split(".", 2)
        if int(number) in new:
            kept[f"layers.{new[int(number)]}.{rest}"] = weight
    return kept


def main() -> None:
    """Write a run with the smaller network; its heads for events are those of the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--inner", type=int, default=768)
    parser.add_argument("--mention-layers", type=int, default=1)
    args = parser.parse_args()
    network = load_network(args.run)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(prune(network.state_dict(), importance(network), args.inner), args.out / "weights.pt")
    mentions = last_layers(torch.load(args.run / "coreference.pt"), args.mention_layers)
    torch.save(mentions, args.out / "coreference.pt")
    shutil.copy(args.run / "events.pt", args.out / "events.pt")
    config = json.loads((args.run / "config.json").read_text())
    config["shape"]["inner"] = args.inner
    (args.out / "config.json").write_text(json.dumps(config, indent=1))


if __name__ == "__main__":
    main()
