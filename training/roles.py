"""Train and measure the classifier of lines: `python -m training.roles [--cross-validate] [--store]`.

Lines are those of the news pages in `../shared/data/pages` and `frame`, around what the extractor takes for
the report. What the page sets give as the body is `text`; others were labelled by hand in
`roles/lines.jsonl` (page, place, a checksum of the line, role; no words of it). Of lines further away it is
known alone that they are no text of the report, and that is learned as well. A fifth of the pages is held
out and measured on; `--store` writes `model/roles.npz`, trained on the rest.

`--cross-validate` judges and reads all pages anew, each with networks that have seen no page of its site and
none of the held-out fifth: what the classifier gives on sites that it does not know. Thresholds are chosen by
its figures for the other four fifths. It takes about four minutes, and tells how far it is on standard error.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import re
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.encoder import model_folder
from onrecord.errors import UnreadableReportError
from onrecord.evaluation.pages import body_as_labelled, mean_scores, shingle_counts
from onrecord.reading.assembly import is_short
from onrecord.reading.blocks import Block, blocks_of, parse_page
from onrecord.reading.encoding import decode_report
from onrecord.reading.furniture import why_furniture
from onrecord.reading.html import cut_code, extract_paragraphs, read_html
from onrecord.reading.line_features import BUCKETS, MEASURES, Features, line_features
from onrecord.reading.page_lines import find_blocks, judged_range
from onrecord.reading.roles import (
    FURNITURE,
    REACH,
    ROLES,
    Network,
    pack_networks,
    role_probabilities,
    unpack_networks,
)
from training.corpora import SHARED, read_lines

LABELS = Path(__file__).parent / "roles" / "lines.jsonl"
FOLDS = 5
NETWORKS = 3
WIDTH, EPOCHS, LR, DECAY, DROPOUT, NAMES_DROPPED = 24, 20, 4e-3, 1e-2, 0.3, 0.3
# The table of names learns faster: each of its rows is seen seldom.
NAMES_LR = 3 * LR
# Share of each line's target that is spread over all roles (label smoothing, Szegedy et al. 2016). Without it the
# networks are as sure of pages unlike all others (lists of offers, tables of results) as of any.
SMOOTHING = 0.1
# Smoothing makes them less sure than they are right: scores are multiplied by what makes the roles of lines most
# likely by cross-validation, of steps of a quarter.
SHARPNESS = 1.5
# What a line counts of which it is known alone that it is no text, against one with a role.
OTHER_WEIGHT = 0.5
PAGES_A_STEP = 8
# Lists and tables within a report are rare in the labelled pages, and look like menus. To this share of them, one is
# made up in training: short lines of another page, where the report goes on before and behind.
LISTS = 0.5
_LIST_LINES = (5, 50)
_LIST_TAGS = ("td", "tr", "li", "p", "div")
_LIST_HINTS = ("table", "list", "row", "data", "item", "content")
_SHORT_LINE_WORDS = 12
# Shares of a line's 4-grams in the body from which, and up to which, it counts as text and as none.
_MUCH, _LITTLE = 0.7, 0.2
_GRAM = 4
# Lines of the body that are shorter were labelled by hand or are not measured on.
_MIN_BODY_WORDS = 6


@dataclass
class Page:
    """The judged lines of one page.

    Attributes:
        site: its host; pages of one site are alike.
        lines: what is judged.
        taken: for each, whether the extractor takes it.
        features: of the lines.
        roles: indices of roles, -1 where there is no label.
        is_text: 1 for text of the report, 0 for no text, -1 unknown.
        scored: lines on which precision and recall are measured: labelled ones, and the body among them.
    """

    id: str
    site: str
    lines: list[Block]
    taken: list[bool]
    features: Features
    roles: Tensor
    is_text: Tensor
    scored: Tensor


@dataclass
class Source:
    """A page of the sets."""

    id: str
    markup: str
    body: str


def is_held_out(page: str) -> bool:
    """Is the page in the fifth that is measured on?"""
    return zlib.crc32(f"roles:{page}".encode()) % 5 == 0


def site_of(page: str) -> str:
    """The host of a page's address."""
    return (urlsplit(page.split("/", 1)[1]).hostname or page).removeprefix("www.")


def read_sources() -> list[Source]:
    """All pages of both sets."""
    found = []
    for part in ("pages", "frame"):
        for row in read_lines(SHARED / part / "pages.jsonl.gz"):
            name = f"{part}/{row['url']}"
            markup = decode_report(base64.b64decode(row["html_base64"]), name)
            found.append(Source(name, markup, row["body"]))
    return found


def label_pages(sources: Sequence[Source]) -> list[Page]:
    """The lines of all pages; labels whose checksum is not that of their line are left out."""
    labels: dict[str, dict[int, tuple[int, str]]] = {}
    for line in LABELS.read_text().splitlines():
        row = json.loads(line)
        labels.setdefault(row["page"], {})[row["line"]] = (row["crc"], row["role"])
    return [_label(source, labels.get(source.id, {})) for source in sources]


def _label(source: Source, labels: dict[int, tuple[int, str]]) -> Page:
    markup = cut_code(source.markup)
    root = parse_page(markup)
    assert root is not None
    blocks = blocks_of(root)
    paragraphs = [p for p in extract_paragraphs(root, blocks, markup).split("\n") if p.strip()]
    taken = {at for found in find_blocks(paragraphs, blocks) for at in found}
    first, end = judged_range(sorted(taken), len(blocks)) if taken else (0, len(blocks))
    roles = [
        ROLES.index(labels[at][1])
        if at in labels and labels[at][0] == zlib.crc32(block.text.encode())
        else -1
        for at, block in enumerate(blocks)
    ]
    lo, hi = (min(labels), max(labels) + 1) if labels else (0, 0)
    is_text = _body_labels(blocks, source.body, roles, lo, hi)
    scored = [
        lo <= at < hi
        and (roles[at] >= 0 or (is_text[at] == 1 and len(re.findall(r"\w+", b.text)) >= _MIN_BODY_WORDS))
        for at, b in enumerate(blocks)
    ]
    lines, is_taken = blocks[first:end], [at in taken for at in range(first, end)]
    return Page(
        source.id,
        site_of(source.id),
        lines,
        is_taken,
        line_features(lines, is_taken),
        torch.tensor(roles[first:end]),
        torch.tensor(is_text[first:end]),
        torch.tensor(scored[first:end]),
    )


def _body_labels(blocks: Sequence[Block], body: str, roles: Sequence[int], lo: int, hi: int) -> list[int]:
    """For each block 1 if it is of the body, 0 if not, -1 if that cannot be told."""
    words = re.findall(r"\w+", body)
    whole = f" {' '.join(words)} "
    grams = {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}
    found: list[int] = []
    short: list[int] = []
    for at, block in enumerate(blocks):
        own = re.findall(r"\w+", block.text)
        if len(own) >= _GRAM:
            count = len(own) - _GRAM + 1
            share = sum(tuple(own[i : i + _GRAM]) in grams for i in range(count)) / count
            found.append(1 if share >= _MUCH else 0 if share <= _LITTLE else -1)
        elif not own:
            found.append(-1)
        elif f" {' '.join(own)} " in whole:
            short.append(at)
            found.append(-1)
        else:
            found.append(0)
    # A few words are in the body by chance as well: their neighbours decide.
    for at in short:
        is_beside = any(found[n] == 1 for n in (at - 1, at + 1) if 0 <= n < len(blocks))
        if roles[at] == 0 or (is_beside and lo <= at < hi and roles[at] < 0):
            found[at] = 1
        elif not is_beside and not (lo <= at < hi and roles[at] < 0):
            found[at] = 0
    return found


def with_list(page: Page, other: Page, rng: random.Random) -> Page | None:
    """The page with a list or table in its report, whose words are from another page; None if they do not fit."""
    taken = [at for at, is_taken in enumerate(page.taken) if is_taken]
    words = [
        b.text for b in other.lines if b.text.count(" ") < _SHORT_LINE_WORDS and re.search(r"\w", b.text)
    ]
    least, most = _LIST_LINES
    if len(taken) < 3 or len(words) < least:
        return None
    at = rng.randrange(taken[0] + 1, taken[-1] + 1)
    before = page.lines[max(n for n in taken if n < at)]
    count = min(len(words), rng.randint(least, most))
    start = rng.randrange(len(words) - count + 1)
    tag = rng.choice((*_LIST_TAGS, before.tag))
    hints = (*rng.choice(((), tuple(rng.sample(_LIST_HINTS, 2)))), *before.hints)
    links = rng.choice((0.0, 0.0, 0.0, 1.0))
    # The extractor mostly takes all rows or none; none is what it does with related reports, too.
    likely_taken = rng.choice((1.0, 1.0, 0.8))
    rows = [Block(text, tag, links, before.sections, hints) for text in words[start : start + count]]
    lines = [*page.lines[:at], *rows, *page.lines[at:]]
    is_taken = [*page.taken[:at], *(rng.random() < likely_taken for _ in rows), *page.taken[at:]]

    def put_in(labels: Tensor, label: int) -> Tensor:
        return torch.cat([labels[:at], torch.full((count,), label, dtype=labels.dtype), labels[at:]])

    return Page(
        page.id,
        page.site,
        lines,
        is_taken,
        line_features(lines, is_taken),
        put_in(page.roles, ROLES.index("text")),
        put_in(page.is_text, 1),
        put_in(page.scored, False),
    )


class Learner(nn.Module):
    """What `onrecord.reading.roles.Network` computes, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.names = nn.EmbeddingBag(BUCKETS, WIDTH, mode="sum")
        nn.init.normal_(self.names.weight, std=0.01)
        self.measures, self.measures2 = nn.Linear(MEASURES, WIDTH), nn.Linear(MEASURES, WIDTH)
        self.near = nn.Conv1d(2 * WIDTH, 2 * WIDTH, 2 * REACH + 1, padding=REACH)
        self.wide = nn.Conv1d(2 * WIDTH, 2 * WIDTH, 2 * REACH + 1, padding=REACH)
        self.roles = nn.Linear(6 * WIDTH, len(ROLES))

    def forward(self, features: Features) -> Tensor:
        """Scores (lines, ROLES) of one page."""
        buckets, sizes = torch.from_numpy(features.buckets), torch.from_numpy(features.sizes)
        measures = torch.from_numpy(features.measures)
        if self.training:
            keep = torch.rand(len(buckets)) >= NAMES_DROPPED
            line = torch.repeat_interleave(torch.arange(len(sizes)), sizes)[keep]
            buckets, sizes = buckets[keep], torch.bincount(line, minlength=len(sizes))
        names = self.names(buckets, sizes.cumsum(0) - sizes) / sizes.clamp(min=1)[:, None].float().sqrt()
        own = torch.cat([torch.tanh(names + self.measures(measures)), F.relu(self.measures2(measures))], -1)
        own = F.dropout(own, DROPOUT, self.training)
        near = F.dropout(F.relu(self.near(own.T)), DROPOUT, self.training)
        wide = F.relu(self.wide(near))
        scores: Tensor = self.roles(F.dropout(torch.cat([own, near.T, wide.T], -1), DROPOUT, self.training))
        return scores

    def network(self) -> Network:
        """Its weights as arrays."""

        def array(weights: Tensor) -> np.ndarray:
            return np.ascontiguousarray(weights.detach().numpy(), dtype=np.float32)

        def convolution(layer: nn.Conv1d) -> np.ndarray:
            return array(layer.weight.permute(2, 1, 0).reshape(-1, layer.out_channels))

        return Network(
            array(self.names.weight),
            array(self.measures.weight.T),
            array(self.measures.bias),
            array(self.measures2.weight.T),
            array(self.measures2.bias),
            convolution(self.near),
            array(self.near.bias),
            convolution(self.wide),
            array(self.wide.bias),
            array(SHARPNESS * self.roles.weight.T),
            array(SHARPNESS * self.roles.bias),
        )


def loss_of(scores: Tensor, page: Page) -> tuple[Tensor, float]:
    """The loss of a page's lines together, and how much they count."""
    other = (page.roles < 0) & (page.is_text == 0)
    known = (page.roles >= 0) | (page.is_text == 1)
    # Text without a label is of the first role.
    targets = page.roles.clamp(min=ROLES.index("text"))[known]
    of_roles = F.cross_entropy(scores[known], targets, label_smoothing=SMOOTHING, reduction="sum")
    of_other = -torch.log1p(-scores[other].softmax(-1)[:, 0].clamp(max=1 - 1e-6)).sum()
    return of_roles + OTHER_WEIGHT * of_other, float(known.sum() + OTHER_WEIGHT * other.sum())


def fit(pages: Sequence[Page], seed: int) -> Network:
    """Train one network."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    made_up = [with_list(p, rng.choice(pages), rng) for p in pages if rng.random() < LISTS]
    pages = [*pages, *(p for p in made_up if p)]
    learner = Learner()
    others = [p for name, p in learner.named_parameters() if not name.startswith("names.")]
    optimiser = torch.optim.AdamW(
        [{"params": learner.names.parameters(), "lr": NAMES_LR}, {"params": others, "lr": LR}],
        weight_decay=DECAY,
    )
    steps = EPOCHS * ((len(pages) + PAGES_A_STEP - 1) // PAGES_A_STEP)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 20) * max(0.0, 1 - step / steps)
    )
    for _ in range(EPOCHS):
        order = rng.sample(pages, len(pages))
        for at in range(0, len(order), PAGES_A_STEP):
            losses, weights = zip(
                *(loss_of(learner(p.features), p) for p in order[at : at + PAGES_A_STEP]), strict=True
            )
            optimiser.zero_grad()
            (torch.stack(losses).sum() / max(1.0, sum(weights))).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    return learner.network()


def fit_all(pages: Sequence[Page]) -> tuple[Network, ...]:
    """Train the networks that are averaged, as they are after being stored."""
    return unpack_networks(pack_networks([fit(pages, seed) for seed in range(1, NETWORKS + 1)]))


def measure(pages: Sequence[Page], likely: Sequence[np.ndarray]) -> None:
    """Print precision and recall of each role, and of furniture at some least probabilities."""
    gold = np.concatenate([p.roles.clamp(min=0).numpy()[p.scored.numpy()] for p in pages])
    thought = np.concatenate([q[p.scored.numpy()] for p, q in zip(pages, likely, strict=True)])
    of_furniture = [ROLES.index(r) for r in FURNITURE]
    is_furniture = np.isin(gold, of_furniture)
    for floor in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9):
        cut = thought[:, of_furniture].sum(-1) >= floor
        right = (cut & is_furniture).sum()
        print(
            f"furniture at {floor}: precision {right / max(1, cut.sum()):.3f}, recall {right / max(1, is_furniture.sum()):.3f}, {is_furniture.sum()} of {len(gold)} lines"
        )
    best = thought.argmax(-1)
    for k, role in enumerate(ROLES):
        hit = ((gold == k) & (best == k)).sum()
        print(
            f"  {role:11} precision {hit / max(1, (best == k).sum()):.2f}  recall {hit / max(1, (gold == k).sum()):.2f}  {(gold == k).sum()} lines"
        )


def measure_cut(pages: Sequence[Page], likely: Sequence[np.ndarray]) -> None:
    """Print precision and recall of what rules and networks cut together: of all lines, and of those the extractor gives.

    The latter is what a reader of reports sees: the extractor leaves out most furniture by itself, and lines that it
    leaves out come into no report. Lines without a letter or digit say nothing, and do not count.
    """
    of_furniture = [ROLES.index(r) for r in FURNITURE]
    lines = [
        (
            int(page.roles[at]) in of_furniture,
            page.taken[at],
            why_furniture(line.text) is not None,
            float(q[at, of_furniture].sum()) if is_short(line.text) else 0.0,
        )
        for page, q in zip(pages, likely, strict=True)
        for at, line in enumerate(page.lines)
        if page.scored[at] and re.search(r"[^\W_]", line.text)
    ]
    is_furniture, is_given, by_rule, probability = (np.array(column) for column in zip(*lines, strict=True))
    for floor in (0.75, 0.8, 0.85):
        is_cut = by_rule | (probability >= floor)
        for name, among in (("all lines", np.full(len(lines), True)), ("given ones", is_given)):
            right = (is_cut & is_furniture & among).sum()
            count = (is_furniture & among).sum()
            print(
                f"cut by rules, or networks from {floor}, of {name}: precision {right / max(1, (is_cut & among).sum()):.3f}, recall {right / max(1, count):.3f}, {count} of {among.sum()} lines"
            )


def score_bodies(sources: Sequence[Source], networks: Sequence[Sequence[Network]]) -> None:
    """Print how well the bodies of pages are read, each page with networks of its own."""
    counts: dict[str, list[tuple[float, float, float]]] = {}
    for source, own in zip(sources, networks, strict=True):
        with patch("onrecord.reading.roles.load_networks", return_value=own):
            try:
                text = body_as_labelled(read_html(source.markup, source.id), source.body)
            except UnreadableReportError:
                text = ""
        row = shingle_counts(source.body, text)
        for name in (
            source.id.split("/")[0],
            "all",
            *(["the held-out fifth"] if is_held_out(source.id) else []),
        ):
            counts.setdefault(name, []).append(row)
    for name, rows in counts.items():
        scores = mean_scores(rows)
        print(
            f"body, {name}: precision {scores['precision']}, recall {scores['recall']}, F1 {scores['f1']}, {len(rows)} pages"
        )


def cross_validate(sources: Sequence[Source], pages: Sequence[Page]) -> None:
    """Print what networks give on pages of sites that they have not seen: lines of the training pages, bodies of all."""
    fold = [zlib.crc32(f"site:{p.site}".encode()) % FOLDS for p in pages]
    networks = []
    for k in range(FOLDS):
        print(f"fold {k + 1} of {FOLDS}: training", file=sys.stderr, flush=True)
        seen = [p for p, f in zip(pages, fold, strict=True) if f != k and not is_held_out(p.id)]
        networks.append(fit_all(seen))
    training = [(p, networks[f]) for p, f in zip(pages, fold, strict=True) if not is_held_out(p.id)]
    judged, likely = [p for p, _ in training], [role_probabilities(p.features, n) for p, n in training]
    measure(judged, likely)
    measure_cut(judged, likely)
    print("reading all pages", file=sys.stderr, flush=True)
    score_bodies(sources, [networks[f] for f in fold])


def main() -> None:
    """Train, measure on the held-out pages, and store if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--cross-validate", action="store_true")
    args = parser.parse_args()
    # The layers are too small for two threads to be worth waiting for each other.
    torch.set_num_threads(1)
    sources = read_sources()
    pages = label_pages(sources)
    networks = fit_all([p for p in pages if not is_held_out(p.id)])
    if args.store:
        np.savez_compressed(model_folder() / "roles.npz", **pack_networks(networks))
    held_out = [p for p in pages if is_held_out(p.id)]
    likely = [role_probabilities(p.features, networks) for p in held_out]
    measure(held_out, likely)
    measure_cut(held_out, likely)
    score_bodies([s for s in sources if is_held_out(s.id)], [networks] * len(held_out))
    if args.cross_validate:
        print(f"{FOLDS} folds by site:")
        cross_validate(sources, pages)


if __name__ == "__main__":
    main()
