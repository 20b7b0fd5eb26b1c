"""Train and measure the classifier of lines: `python -m training.roles [--store]`.

Lines are those of the news pages in `../shared/data/pages` and `frame`, around the report: what the
page sets give as the body is `text`, the others were labelled by hand in `roles/lines.jsonl` (page,
place, a checksum of the line, role; no words of it). A fifth of the pages is held out and measured on;
`--store` writes `model/roles.npz`, trained on the rest.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.encoder import model_folder
from onrecord.reading.blocks import Block, read_blocks
from onrecord.reading.encoding import decode_report
from onrecord.reading.roles import BUCKETS, FURNITURE, REACH, ROLES, around, hash_features, line_features
from training.corpora import SHARED, read_lines

LABELS = Path(__file__).parent / "roles" / "lines.jsonl"
FOLDS = 4
EPOCHS, LR, DECAY = 12, 0.03, 1e-5
_MIN_BODY_WORDS = 6


@dataclass
class Page:
    """The labelled lines of one page; `roles` are indices, -1 where there is no label."""

    id: str
    lines: list[Block]
    roles: list[int]
    hashed: list[np.ndarray]


def is_held_out(page: str) -> bool:
    """Is the page in the fifth that is measured on?"""
    return zlib.crc32(f"roles:{page}".encode()) % 5 == 0


def labelled_pages() -> list[Page]:
    """All labelled pages; lines whose checksum is not that of the label are left out."""
    labels: dict[str, dict[int, tuple[int, str]]] = {}
    for line in LABELS.read_text().splitlines():
        row = json.loads(line)
        labels.setdefault(row["page"], {})[row["line"]] = (row["crc"], row["role"])
    pages = []
    for part in ("pages", "frame"):
        for row in read_lines(SHARED / part / "pages.jsonl.gz"):
            name = f"{part}/{row['url']}"
            if name in labels:
                pages.append(_page(name, row, labels[name]))
    return pages


def _page(name: str, row: dict[str, str], labels: dict[int, tuple[int, str]]) -> Page:
    blocks = read_blocks(decode_report(base64.b64decode(row["html_base64"]), name))
    body = " ".join(re.findall(r"\w+", row["body"]))
    lo, hi = min(labels), max(labels) + 1
    lines, roles = [], []
    for at in range(lo, hi):
        block = blocks[at]
        lines.append(block)
        words = re.findall(r"\w+", block.text)
        if at in labels and labels[at][0] == zlib.crc32(block.text.encode()):
            roles.append(ROLES.index(labels[at][1]))
        elif len(words) >= _MIN_BODY_WORDS and " ".join(words) in body:
            roles.append(ROLES.index("text"))
        else:
            roles.append(-1)
    return Page(name, lines, roles, [hash_features(f) for f in line_features(lines)])


class Classifier(nn.Module):
    """Sum of the rows of the features that a line has, and what is thought of its neighbours."""

    def __init__(self, *, with_context: bool) -> None:
        super().__init__()
        self.weights = nn.EmbeddingBag(BUCKETS, len(ROLES), mode="sum")
        nn.init.zeros_(self.weights.weight)
        self.bias = nn.Parameter(torch.zeros(len(ROLES)))
        size = 2 * REACH * len(ROLES)
        self.context = nn.Parameter(torch.zeros(size, len(ROLES))) if with_context else None

    def forward(self, hashed: Sequence[np.ndarray], context: Tensor | None) -> Tensor:
        flat = torch.from_numpy(np.concatenate(hashed))
        sizes = torch.tensor([len(h) for h in hashed])
        starts = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
        scores = self.weights(flat, starts) / sizes[:, None].sqrt() + self.bias
        return scores + context @ self.context if self.context is not None and context is not None else scores


def fit(pages: list[Page], contexts: list[Tensor] | None, seed: int = 1) -> Classifier:
    """Train on pages; `contexts` has the first classifier's probabilities around each line."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    model = Classifier(with_context=contexts is not None)
    optimiser = torch.optim.AdamW(model.parameters(), lr=LR, weight_decay=DECAY)
    order = list(range(len(pages)))
    steps = EPOCHS * ((len(pages) + 7) // 8)
    step = 0
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for at in range(0, len(order), 8):
            some = order[at : at + 8]
            hashed = [h for i in some for h in pages[i].hashed]
            target = torch.tensor([r for i in some for r in pages[i].roles])
            context = torch.cat([contexts[i] for i in some]) if contexts else None
            loss = F.cross_entropy(model(hashed, context), target, ignore_index=-1, label_smoothing=0.02)
            for group in optimiser.param_groups:
                group["lr"] = LR * (1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
    return model.eval()


@torch.no_grad()
def think(model: Classifier, page: Page, context: Tensor | None = None) -> np.ndarray:
    """Probabilities (lines, ROLES)."""
    result: np.ndarray = model(page.hashed, context).softmax(-1).numpy()
    return result


def context_of(probabilities: np.ndarray) -> Tensor:
    """The neighbours' probabilities as the second classifier takes them."""
    return torch.from_numpy(around(probabilities))


def train(pages: list[Page]) -> tuple[Classifier, Classifier]:
    """Both classifiers; the second learns from what the first thinks of pages that it has not seen."""
    contexts: list[Tensor] = [torch.empty(0)] * len(pages)
    fold = [zlib.crc32(f"fold:{p.id}".encode()) % FOLDS for p in pages]
    for k in range(FOLDS):
        other = fit([p for p, f in zip(pages, fold, strict=True) if f != k], None)
        for i, page in enumerate(pages):
            if fold[i] == k:
                contexts[i] = context_of(think(other, page))
    return fit(pages, None), fit(pages, contexts)


def measure(first: Classifier, second: Classifier, pages: list[Page], floor: float) -> None:
    """Print precision and recall of each role, and of furniture at a least probability."""
    gold: list[int] = []
    best: list[int] = []
    cut: list[bool] = []
    of_furniture = [ROLES.index(r) for r in FURNITURE]
    for page in pages:
        p = think(second, page, context_of(think(first, page)))
        known = [i for i, r in enumerate(page.roles) if r >= 0]
        gold += [page.roles[i] for i in known]
        best += p.argmax(-1)[known].tolist()
        cut += (p[known][:, of_furniture].sum(-1) >= floor).tolist()
    is_furniture = [g in of_furniture for g in gold]
    right = sum(c and f for c, f in zip(cut, is_furniture, strict=True))
    print(
        f"furniture at {floor}: precision {right / max(1, sum(cut)):.3f}, recall {right / max(1, sum(is_furniture)):.3f}, {sum(is_furniture)} of {len(gold)} lines"
    )
    for k, role in enumerate(ROLES):
        hit = sum(g == b == k for g, b in zip(gold, best, strict=True))
        print(
            f"  {role:11} precision {hit / max(1, best.count(k)):.2f}  recall {hit / max(1, gold.count(k)):.2f}  {gold.count(k)} lines"
        )


def store(first: Classifier, second: Classifier) -> None:
    """Write `model/roles.npz`, the large tables in int8."""
    arrays: dict[str, np.ndarray] = {}
    for suffix, model in (("", first), ("2", second)):
        table = model.weights.weight.detach().numpy()
        scale = np.abs(table).max() / 127
        arrays[f"weights{suffix}"] = np.round(table / scale).astype(np.int8)
        arrays[f"scale{suffix}"] = np.float32(scale)
        arrays[f"bias{suffix}"] = model.bias.detach().numpy()
    assert second.context is not None
    arrays["context"] = second.context.detach().numpy()
    np.savez_compressed(model_folder() / "roles.npz", **arrays)


def main() -> None:
    """Train, measure on the held-out pages with markup and without, and store if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true")
    args = parser.parse_args()
    pages = labelled_pages()
    first, second = train([p for p in pages if not is_held_out(p.id)])
    for floor in (0.5, 0.6, 0.7, 0.8, 0.9):
        measure(first, second, [p for p in pages if is_held_out(p.id)], floor)
    if args.store:
        store(first, second)


if __name__ == "__main__":
    main()
