"""What each part of the recipe is worth: `python -m training.ablate --out FOLDER`.

Short runs (a share of PolNeAR train, few epochs, one seed) that differ from the first in one thing,
scored on the held-out part of train. Read the differences, not the heights; one seed of this size
wavers by about a point.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

VARIANTS: dict[str, list[str]] = {
    "base": [],
    "no casing": ["--without", "casing"],
    "no quotation state": ["--without", "quotation"],
    "no line position": ["--without", "position"],
    "no features": ["--without", "casing", "quotation", "position"],
    "no layer in the link head": ["--link-layers", "0"],
    "windows of 382": ["--window", "382"],
    "no passages of ours": ["--no-authored"],
    "one learning rate for all layers": ["--layer-decay", "1.0"],
    "no averaging of weights": ["--ema", "0.0"],
}


def main() -> None:
    """Run the variants that are not done yet and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/ablations"))
    parser.add_argument("--share", default="0.33")
    parser.add_argument("--epochs", default="3")
    parser.add_argument("--only", nargs="*", default=list(VARIANTS))
    args = parser.parse_args()
    for name in args.only:
        run = args.out / name.replace(" ", "-")
        if not (run / "weights.pt").exists():
            words = ["--share", args.share, "--epochs", args.epochs, "--ema", "0.98", *VARIANTS[name]]
            subprocess.run([sys.executable, "-m", "training.train", "--out", str(run), *words], check=True)
        done = subprocess.run(
            [sys.executable, "-m", "training.evaluate", str(run)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        figures = json.loads(done.stdout)
        shown = ", ".join(f"{k} {figures[k]['f1']}" for k in ("attributed", "content", "exact", "cue"))
        print(f"{name}: {shown}, direct {figures['direct']['recall']}", flush=True)


if __name__ == "__main__":
    main()
