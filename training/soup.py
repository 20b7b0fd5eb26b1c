"""Two runs of one shape mixed: `python -m training.soup OUT BEFORE AFTER --share 0.7`.

The weights of the network become so much of AFTER and the rest of BEFORE (Wortsman et al. 2022, *Model soups*; as a
way back to what was there before, Wortsman et al. 2022, *Robust fine-tuning*): AFTER has gone on from BEFORE, so that
the way between them is a valley. The heads for mentions and events are those of AFTER.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch

HEADS = ("coreference.pt", "events.pt")


def mix(before: Path, after: Path, share: float, out: Path) -> None:
    """Write the mixed run into a folder; its `config.json` is that of `after`, with the share beside it."""
    out.mkdir(parents=True, exist_ok=True)
    some, others = torch.load(before / "weights.pt"), torch.load(after / "weights.pt")
    mixed = {name: (1 - share) * some[name] + share * weights for name, weights in others.items()}
    torch.save(mixed, out / "weights.pt")
    for name in HEADS:
        shutil.copy(after / name, out / name)
    config = json.loads((after / "config.json").read_text())
    (out / "config.json").write_text(json.dumps(config | {"soup": share}, indent=1))


def main() -> None:
    """Parse the command line and mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--share", type=float, default=0.7, help="of AFTER")
    args = parser.parse_args()
    mix(args.before, args.after, args.share, args.out)


if __name__ == "__main__":
    main()
