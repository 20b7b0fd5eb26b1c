"""The whole making of the model in one command: `python -m training.pipeline --out FOLDER`.

1. `teacher`: PolNeAR alone; 2. `student`: PolNeAR, our passages and kinds, learning from the teacher
as well; 3. `polished`: four gentler epochs from the student, with it as teacher, then the label head alone;
4. export to int8; 5. calibration and options; 6. the model card; 7. the classifier of lines. A stopped
stage goes on from its checkpoint. About two hours on two cores.
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
    args = parser.parse_args()
    epochs = ["--epochs", str(args.epochs)]
    teacher, student, polished, exported = (
        str(args.out / name) for name in ("teacher", "student", "polished", "exported")
    )
    run("training.train", "--out", teacher, "--seed", "1", "--no-authored", *epochs)
    run("training.train", "--out", student, "--seed", "2", "--teacher", teacher, *epochs)
    gentle = ["--epochs", "4", "--lr", "1e-4", "--head-lr", "5e-4", "--ema", "0.995"]
    start = ["--teacher", student, "--start", f"{student}/weights.pt"]
    run("training.train", "--out", polished, "--seed", "4", *start, *gentle)
    run("training.label", polished)
    run("training.export", polished, exported)
    run("training.tune", exported)
    run("training.card", exported, polished)
    for file in Path(exported).iterdir():
        shutil.copy(file, model_folder() / file.name)
    run("training.roles", "--store")


if __name__ == "__main__":
    main()
