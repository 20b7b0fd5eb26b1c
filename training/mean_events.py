"""The mean of the event heads of several runs that began with the same: `python -m training.mean_events OUT RUN [RUN ...]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight."""
    return {name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]}


def main() -> None:
    """Write `events.pt` into OUT."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean([torch.load(run / "events.pt") for run in args.runs]), args.out / "events.pt")


if __name__ == "__main__":
    main()
