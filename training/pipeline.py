"""The whole making of the model in one command: `python -m training.pipeline --out FOLDER`.

1. `teacher`: PolNeAR alone; 2. `student`: PolNeAR and our passages, kinds, learning from the teacher
as well; 3. export to int8; 4. calibration and options; 5. the model card. Stages that are finished
are skipped, a stopped one goes on from its checkpoint. About an hour and a half on two cores.
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
    teacher, student, exported = (str(args.out / name) for name in ("teacher", "student", "exported"))
    run("training.train", "--out", teacher, "--seed", "1", "--no-authored", *epochs)
    run("training.train", "--out", student, "--seed", "2", "--teacher", teacher, *epochs)
    run("training.export", student, exported)
    run("training.tune", exported)
    run("training.card", exported, student)
    for file in Path(exported).iterdir():
        shutil.copy(file, model_folder() / file.name)


if __name__ == "__main__":
    main()
