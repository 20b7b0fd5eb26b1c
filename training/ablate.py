"""What each part of the recipe is worth: `python -m training.ablate --start RUN --out FOLDER`.

Each variant goes on from one trained run for an epoch over part of PolNeAR train, with one thing left
out or changed, and is scored on the held-out part of train. Runs from the beginning that are short enough
to be many end at 50 points and waver by four, so nothing can be read from them; these end near the
height of the model that ships. What is left out here was there before, so a row says what the trained
network loses without it, after it could adapt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

VARIANTS: dict[str, list[str]] = {
    "base": [],
    "another seed": ["--seed", "2"],
    "no casing": ["--without", "casing"],
    "no quotation state": ["--without", "quotation"],
    "no line position": ["--without", "position"],
    "no features": ["--without", "casing", "quotation", "position"],
    "windows of 254": ["--window", "254"],
    "windows of 126": ["--window", "126"],
    "no passages of ours": ["--no-authored"],
    "one learning rate for all layers": ["--layer-decay", "1.0"],
    "no averaging of weights": ["--ema", "0.0"],
}


def main() -> None:
    """Run the variants that are not done yet and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="the trained run to go on from")
    parser.add_argument("--out", type=Path, default=Path("training/runs/ablations"))
    parser.add_argument("--share", default="0.4")
    parser.add_argument("--only", nargs="*", default=list(VARIANTS))
    args = parser.parse_args()
    common = ["--start", str(args.start / "weights.pt"), "--share", args.share, "--epochs", "1"]
    common += ["--lr", "1e-4", "--head-lr", "5e-4", "--ema", "0.98", "--no-names"]
    for name in args.only:
        run = args.out / name.replace(" ", "-")
        if not (run / "weights.pt").exists():
            words = [*common, *VARIANTS[name]]
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
