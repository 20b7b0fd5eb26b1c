"""Score a PyTorch checkpoint: `python -m training.evaluate RUN [--part dev|held|passages]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

from onrecord.analysis.confidence import UNCALIBRATED, Calibration
from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Ints
from onrecord.analysis.statements import Statement, StatementOptions, find_statements
from training import authored
from training.corpora import SHARED, Document, polnear, split_off
from training.model import Network
from training.train import HELD_OUT_SALT, HELD_OUT_SHARE, load_network, load_tokenizer


class TorchNetwork:
    """The PyTorch network behind the interface that the product uses."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        hidden = self.network.encoder(*map(torch.from_numpy, (ids, features, mask)))
        return hidden.numpy(), self.network.cue(hidden).numpy()

    @torch.no_grad()
    def link(self, hidden: Floats, mask: Ints, row: Ints, first: Ints, last: Ints) -> Floats:
        return self.network.link(*map(torch.from_numpy, (hidden, mask, row, first, last))).numpy()

    @torch.no_grad()
    def label(
        self, hidden: Floats, row: Ints, first: Ints, last: Ints, content: Ints
    ) -> tuple[Floats, Floats, Floats]:
        out = self.network.label(*map(torch.from_numpy, (hidden, row, first, last, content)))
        return out[0].numpy(), out[1].numpy(), out[2].numpy()


def documents(part: str) -> list[Document]:
    """`dev`, `held` (the held-out part of train) or `passages` (our own, held out)."""
    if part == "dev":
        return polnear("dev")
    if part == "held":
        return split_off(polnear("train"), HELD_OUT_SHARE, HELD_OUT_SALT)[1]
    return authored.passages("held")


def predict(
    docs: list[Document], network: TorchNetwork, calibration: Calibration, options: StatementOptions
) -> list[list[Statement]]:
    """Statements of each document."""
    tokenizer = load_tokenizer()
    found = []
    for at in range(0, len(docs), 16):
        found += find_statements(
            [d.text for d in docs[at : at + 16]], network, tokenizer, calibration, options
        )
    return found


def to_line(document: Document, statements: list[Statement]) -> str:
    """One line as the scorer reads it."""
    rows = [
        {
            "source": vars_of(s.source),
            "cue": vars_of(s.cue),
            "content": [vars_of(c) for c in s.content],
            "within": s.within,
        }
        for s in statements
    ]
    return json.dumps({"id": document.id, "statements": rows})


def vars_of(span: object) -> dict[str, int] | None:
    """A span as start and end."""
    return None if span is None else {"start": span.start, "end": span.end}


def score(docs: list[Document], found: list[list[Statement]], errors: int = 0) -> dict:
    """The figures of `shared/score/statements.py`; gold statements that are nested are left out."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text(
            "\n".join(
                json.dumps(
                    {
                        "id": d.id,
                        "text": d.text,
                        "statements": [
                            {"source": g.source, "cue": [g.cue], "content": g.content}
                            for g in d.statements
                            if not g.nested
                        ],
                    }
                )
                for d in docs
            )
        )
        predicted.write_text("\n".join(to_line(d, s) for d, s in zip(docs, found, strict=True)))
        scorer = SHARED.parent / "score" / "statements.py"
        command = [sys.executable, str(scorer), str(gold), str(predicted), "--json", "--errors", str(errors)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> None:
    """Print the scores of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--part", default="held")
    parser.add_argument("--bonus", type=float, nargs="*", default=[0.0])
    parser.add_argument("--min", type=float, nargs="*", default=[0.0])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    network, docs = TorchNetwork(load_network(args.run)), documents(args.part)
    for bonus in args.bonus:
        for floor in args.min:
            began = time.monotonic()
            found = predict(docs, network, UNCALIBRATED, StatementOptions(bonus, floor))
            r = score(docs, found, args.errors)
            print(f"bonus {bonus} min {floor} ({time.monotonic() - began:.0f} s)", json.dumps(r))


if __name__ == "__main__":
    main()
