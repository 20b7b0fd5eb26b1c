"""States of the encoder that ships, kept on disk: what the event heads learn from while the encoder stays as it is.

`python -m training.event_states FOLDER` writes `index.json` and `states.npy` (pieces, width) for every text of
`training.event_data`. Texts are cut into the very windows that the product cuts, for in int8 the states of a
piece depend on all that is in its window.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.analysis.encoder import load_model
from onrecord.analysis.network import Network, window_arrays
from onrecord.analysis.pieces import Pieces, Tokenizer, cut_pieces
from onrecord.analysis.windows import Window, cut_windows
from training import event_data, news_events, news_texts
from training.corpora import load_tokenizer
from training.event_data import EventBatch, EventText

PARTS = ("train", "held")


@dataclass(frozen=True)
class Kept:
    """The states of each text by its id, with those of [CLS] and [SEP]."""

    states: np.ndarray
    bounds: dict[str, tuple[int, int]]

    def of(self, batch: EventBatch) -> Tensor:
        """(texts, pieces, width), 0 beyond the end of a text."""
        found = torch.zeros(*batch.ids.shape, self.states.shape[1])
        for row, text in enumerate(batch.texts):
            start, end = self.bounds[text.id]
            found[row, : end - start] = torch.from_numpy(self.states[start:end].astype(np.float32))
        return found


def read_kept(folder: Path) -> Kept:
    """What `main` wrote."""
    bounds = {name: (a, b) for name, (a, b) in json.loads((folder / "index.json").read_text()).items()}
    return Kept(np.load(folder / "states.npy"), bounds)


def news(part: str, tokenizer: Tokenizer) -> list[EventText]:
    """The documents of a part, cut into the windows of the product; each knows the triggers that it answers for."""
    found = []
    for item in news_events.labelled(part):
        pieces = cut_pieces(item.document.text, tokenizer)
        for number, window in enumerate(cut_windows(pieces)):
            found.append(_of_window(item, pieces, window, number))
    return found


def _of_window(item: news_events.Labelled, pieces: Pieces, window: Window, number: int) -> EventText:
    text = news_texts.text_of(item, pieces, window.start, window.end, number)
    first, last = window.own_start - window.start, window.own_end - window.start - 1
    others = [(0, first - 1), (last + 1, len(text.pieces) - 1)]
    text.unsure += [(a, b) for a, b in others if a <= b]
    text.triggers = [t for t in text.triggers if first <= t.first <= last]
    return text


def all_texts(part: str, tokenizer: Tokenizer) -> dict[str, list[EventText]]:
    """All texts of a part by where they are from; the verbs with places are of no part."""
    found = {
        "passages": event_data.passages(part, tokenizer),
        "news": news(part, tokenizer),
        "plv": event_data.plv(part, tokenizer),
    }
    # A passage is one window of the product, or too long to be taken as one.
    found = {
        k: [t for t in texts if len(cut_windows(t.pieces)) == 1 or k == "news"] for k, texts in found.items()
    }
    if part == "train":
        found["verbs"] = event_data.placed(tokenizer)
    return found


def encoded(texts: Sequence[EventText], network: Network) -> Iterator[np.ndarray]:
    """The states of each text."""
    for text in texts:
        size = len(text.pieces)
        yield network.encode(*window_arrays(text.pieces, Window(0, size, 0, size))).hidden


def main() -> None:
    """Run the encoder over all texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    model = load_model(threads=1)
    tokenizer = load_tokenizer()
    texts = [t for part in PARTS for group in all_texts(part, tokenizer).values() for t in group]
    bounds, at = {}, 0
    for text in texts:
        bounds[text.id] = (at, at + len(text.pieces) + 2)
        at += len(text.pieces) + 2
    args.folder.mkdir(parents=True, exist_ok=True)
    states = np.lib.format.open_memmap(
        args.folder / "states.npy", mode="w+", dtype=np.float16, shape=(at, 384)
    )
    for text, hidden in zip(texts, encoded(texts, model.network), strict=True):
        start, end = bounds[text.id]
        states[start:end] = hidden
    states.flush()
    (args.folder / "index.json").write_text(json.dumps(bounds))
    print(f"{args.folder}: {len(texts)} texts, {at} pieces")


if __name__ == "__main__":
    main()
