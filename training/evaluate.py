"""Score a PyTorch run before export: `python -m training.evaluate RUN [--part held|dev|passages]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.options import AnalysisOptions
from training import authored
from training.corpora import HELD_OUT_SALT, HELD_OUT_SHARE, Document, polnear, split_off
from training.torch_network import TorchNetwork
from training.train import load_network
from training.tune import figures_of, predict


def documents(part: str) -> list[Document]:
    """`dev`, `held` (the held-out part of train) or `passages` (our own, held out)."""
    if part == "dev":
        return polnear("dev")
    if part == "held":
        return split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)[1]
    return authored.passages("held")


def main() -> None:
    """Print the scores of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--part", default="held", choices=("held", "dev", "passages"))
    parser.add_argument("--bonus", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    docs = documents(args.part)
    network = TorchNetwork(load_network(args.run))
    found = predict(docs, network, UNCALIBRATED, AnalysisOptions(args.bonus))
    print(json.dumps(figures_of(docs, found)))


if __name__ == "__main__":
    main()
