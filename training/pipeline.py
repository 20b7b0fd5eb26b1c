"""The whole making of the model in one command: `python -m training.pipeline --out FOLDER`.

1. `teacher`: PolNeAR alone; 2. `student`: PolNeAR, our passages, kinds and names, learning from the teacher
as well, also on the news that only has its names labelled; then the label head alone; 3. the heads for mentions, chains
and events on the frozen encoder; 4. `joint`: the encoder with all heads, mixed with what it was before; 5. the event
heads alone on that, and six rounds more with everything, the last two gentle; 6. the network made narrower, taught to read as
the wide one does, five rounds more with everything, mixed with what it was before, and three gentle rounds more, mixed again; 7. export to int8, calibration and options, the model
card; 8. the classifier of lines, and the weights of pronouns. The second look at triggers (`training.second_look`) is not
fitted anew: it needs labels that a network has not seen. A stopped stage goes on from its checkpoint. About eight hours on two idle cores.

With `--go-on` the model that ships is read back and is both teacher and beginning of stage 4; it is narrow already, and
stage 6 is left out. That is how new labels come in without beginning anew; about three hours.
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
    teacher, student, joint, mixed, again, wide, narrow, learned, settled, gentle_rounds, last, exported = (
        str(args.out / name)
        for name in (
            *("teacher", "student", "joint", "mixed", "again", "wide", "narrow"),
            *("learned", "settled", "gentle", "last", "exported"),
        )
    )
    if args.go_on:
        run("training.shipped", student)
    else:
        epochs = ["--epochs", str(args.epochs)]
        run("training.train", "--out", teacher, "--seed", "1", "--no-authored", "--no-names", *epochs)
        run("training.train", "--out", student, "--seed", "2", "--teacher", teacher, *epochs)
        run("training.label", student)
    run("training.coreference", student)
    run("training.event_heads", student)
    run("training.joint", joint, "--start", student)
    run("training.soup", mixed, student, joint)
    run("training.event_heads", mixed, "--go-on", "--epochs", "6", "--lr", "6e-4")
    shares = "--statements 0.4 --names 0.1 --verbs 0.08 --pronouns 6000 --pronoun-share 0.2".split()
    run("training.joint", again, "--start", mixed, "--rounds", "4", "--seed", "21", *shares)
    gentle = ["--rounds", "2", "--lr", "7e-5", "--head-lr", "3e-4", "--seed", "31"]
    if args.go_on:
        run("training.joint", last, "--start", again, *gentle, *shares)
    else:
        run("training.joint", wide, "--start", again, *gentle, *shares)
        run("training.prune", wide, narrow)
        run("training.distil", narrow, "--teacher", wide)
        learned_again = ["--teacher", wide, "--rounds", "5", "--seed", "41"]
        run("training.joint", learned, "--start", narrow, *learned_again, *shares)
        run("training.soup", settled, narrow, learned)
        more = "--rounds 3 --lr 8e-5 --head-lr 4e-4 --seed 51".split()
        run("training.joint", gentle_rounds, "--start", settled, "--teacher", narrow, *more, *shares)
        run("training.soup", last, settled, gentle_rounds)
    run("training.export", last, exported)
    run("training.tune", exported)
    run("training.card", exported, last)
    for file in Path(exported).iterdir():
        shutil.copy(file, model_folder() / file.name)
    run("training.roles", "--store")
    # What the last model read of their texts.
    shutil.rmtree("training/runs/pronouns", ignore_errors=True)
    run("training.pronoun_choice")


if __name__ == "__main__":
    main()
