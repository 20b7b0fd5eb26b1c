"""The whole making of the model in one command: `python -m training.pipeline --out FOLDER`.

1. `teacher`: PolNeAR alone; 2. `student`: PolNeAR, our passages, kinds and names, learning from the teacher
as well, also on the news that only has its names labelled; then the label head alone; 3. `coreference`: mentions and chains on the frozen encoder, and export to
int8; 4. calibration and options; 5. the model card; 6. the classifier of lines. A stopped stage goes on from its checkpoint. About three hours on two idle cores.

With `--go-on` the model that ships is read back and is both teacher and beginning: five gentler epochs, about
an hour and a half. That is how new labels and new heads come in without beginning anew.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from onrecord.analysis.encoder import model_folder

EPOCHS = 10


def run(*words: str) -> None:
    """Run a stage in a process of its own, so that its memory is given back."""
    print("+", " ".join(words), flush=True)
    subprocess.run([sys.executable, "-m", *words], check=True)


def main() -> None:
    """Make the model and put it into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs"))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--go-on", action="store_true", help="begin with the model that ships")
    args = parser.parse_args()
    teacher, student, exported = (str(args.out / name) for name in ("teacher", "student", "exported"))
    if args.go_on:
        run("training.shipped", teacher)
        gentle = ["--epochs", "5", "--lr", "1e-4", "--head-lr", "5e-4", "--ema", "0.995"]
        start = ["--start", f"{teacher}/weights.pt", "--seed", "5"]
        run("training.train", "--out", student, "--teacher", teacher, *start, *gentle)
    else:
        epochs = ["--epochs", str(args.epochs)]
        run("training.train", "--out", teacher, "--seed", "1", "--no-authored", "--no-names", *epochs)
        run("training.train", "--out", student, "--seed", "2", "--teacher", teacher, *epochs)
    run("training.label", student)
    run("training.coreference", student)
    run("training.export", student, exported)
    run("training.tune", exported)
    run("training.card", exported, student)
    for file in Path(exported).iterdir():
        shutil.copy(file, model_folder() / file.name)
    run("training.roles", "--store")


if __name__ == "__main__":
    main()
