"""Train the heads for mentions and coreference on the frozen encoder: `python -m training.coreference RUN`.

They learn from our own stories (`chains/`, every mention of an actor, place or people) and from GUM (every entity,
OntoGUM chains), without the genres whose text is licensed non-commercially, and without the fifth of the news,
interviews and speeches that is kept for measuring. The two mark different things, so the heads are told which
scheme they read. With every step go a few texts in which pronouns stand for names (`training.pronouns`), for the
antecedents of these pronouns alone. Minutes on one core; writes `coreference.pt` into the run.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.coreference import QUOTED, chains_of
from onrecord.analysis.mention_features import Said, pair_numbers, read_mentions
from onrecord.analysis.mentions import MAX_MENTION_PIECES, MENTION_CLASSES, uncrossed
from onrecord.analysis.network import window_arrays
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Ints, Pieces, cut_pieces
from onrecord.analysis.windows import Window, cut_windows
from onrecord.article import Span
from onrecord.evaluation.coreference import ChainFigures, Hits, is_kept_apart
from training import chains
from training.corpora import SHARED, covered, load_tokenizer, read_lines
from training.mention_model import CHAINS, GUM, MentionNetwork, MentionShape
from training.model import Network, schedule
from training.pronouns import PronounText, pronoun_texts
from training.torch_network import TorchNetwork
from training.train import load_network

_GUM = SHARED / "coreference" / "gum.jsonl.gz"
# Genres of GUM that may not be trained on for weights that are released.
LEFT_OUT = ("essay", "fiction", "letter", "podcast", "whow")
# What an entity of GUM can be in our classes; GUM does not tell a group from a person, nor a government from its land.
GUM_CLASSES = {
    "person": ("PER", "GROUP"),
    "organization": ("ORG", "GROUP", "GPE"),
    "place": ("GPE", "LOC"),
}
# A mention weighs so much against a decision on its class or its antecedent.
MENTION_WEIGHT = 10.0
# Share of the steps in which a text begins in its middle for the antecedents.
BEGUN_LATER = 0.4
# Texts with pronouns put in that go with each step, and what one of their antecedents weighs against one of its text.
PRONOUN_TEXTS, PRONOUN_WEIGHT = 4, 0.5


@dataclass(frozen=True)
class Labelled:
    """A mention to be found, the numbers of the classes it may have, and that of its chain (-1: alone)."""

    span: Span
    classes: tuple[int, ...]
    chain: int


@dataclass(frozen=True)
class Text:
    """A text with its mentions, in the order of their starts, the longer first."""

    id: str
    text: str
    scheme: int
    mentions: list[Labelled]


@dataclass
class Ready:
    """A text as the heads see it; `first`, `last` and `chain` have a row a mention, `at` and `before` one a pair."""

    text: Text
    pieces: Pieces
    windows: list[tuple[Window, Tensor]]
    first: Ints
    last: Ints
    classes: Tensor  # (mentions, classes) of 0/1
    chain: Ints
    said: list[Said]
    at: Ints
    before: Ints
    numbers: np.ndarray  # (pairs, questions)


@dataclass
class ReadyPronouns:
    """A text with pronouns put in as the heads see it; `first` and `last` have a row a mention, `at` and `before` one
    a pair of such a pronoun and a name of which it is known whether it is meant."""

    pieces: Pieces
    windows: list[tuple[Window, Tensor]]
    first: Ints
    last: Ints
    at: Ints
    before: Ints
    numbers: np.ndarray  # (pairs, questions)
    right: np.ndarray  # (pairs,) of bool: is the name meant?


def genres() -> list[str]:
    """The genres of GUM that are trained on."""
    return sorted({row["genre"] for row in read_lines(_GUM)} - set(LEFT_OUT))


def gum(part: str) -> Iterator[Text]:
    """GUM; `held` is the part kept for measuring."""
    for row in read_lines(_GUM):
        if row["genre"] in LEFT_OUT or is_kept_apart(row["id"], row["genre"]) != (part == "held"):
            continue
        classes: dict[tuple[int, int], tuple[int, ...]] = {}
        for entity in row["entities"]:
            names = GUM_CLASSES.get(entity["type"], ("OTHER",))
            for mention in entity["mentions"]:
                classes[tuple(mention["span"])] = tuple(MENTION_CLASSES.index(n) for n in names)
        chain = {tuple(s): n for n, spans in enumerate(row["chains"]) for s in spans}
        unknown = tuple(range(len(MENTION_CLASSES)))
        spans = sorted({*classes, *chain}, key=lambda s: (s[0], -s[1]))
        mentions = [Labelled(Span(*s), classes.get(s, unknown), chain.get(s, -1)) for s in spans]
        yield Text(row["id"], row["text"], GUM, mentions)


def own(part: str) -> Iterator[Text]:
    """Our stories; `held` is a tenth of them."""
    for story in chains.stories():
        if (zlib.crc32(f"chains:{story.id}".encode()) % 10 == 0) == (part == "held"):
            mentions = [
                Labelled(Span(m.start, m.end), (MENTION_CLASSES.index(m.type),), m.number)
                for m in story.mentions
            ]
            yield Text(story.id, story.text, CHAINS, mentions)


def make_ready(texts: list[Text], network: Network) -> list[Ready]:
    """Prepare texts; their statements, and with them who speaks, are those that the network finds."""
    tokenizer = load_tokenizer()
    heads = TorchNetwork(network)
    found = []
    for text in texts:
        pieces = cut_pieces(text.text, tokenizer)
        by_pieces: dict[tuple[int, int], Labelled] = {}
        for m in text.mentions:
            if span := covered(pieces, (m.span.start, m.span.end)):
                by_pieces.setdefault(span, m)
        items = sorted(by_pieces.items(), key=lambda i: (i[0][0], -i[0][1]))
        (analysis,) = analyse_texts([text.text], heads, tokenizer, UNCALIBRATED, AnalysisOptions())
        said = [Said(s.content, s.source) for s in analysis.statements if s.quotation in QUOTED]
        at, before = np.tril_indices(len(items), -1)
        classes = torch.zeros(len(items), len(MENTION_CLASSES))
        for row, (_, m) in zip(classes, items, strict=True):
            row[list(m.classes)] = 1
        found.append(
            Ready(
                text=text,
                pieces=pieces,
                windows=encode(network, pieces),
                first=np.array([first for (first, _), _ in items], dtype=np.int64),
                last=np.array([last for (_, last), _ in items], dtype=np.int64),
                classes=classes,
                chain=np.array([m.chain for _, m in items], dtype=np.int64),
                said=said,
                at=at,
                before=before,
                numbers=pair_numbers(read_mentions(text.text, [m.span for _, m in items], said), at, before),
            )
        )
    return found


def some_pronoun_texts(count: int, seed: int) -> list[PronounText]:
    """So many of the texts with pronouns put in; none of them is read where none is asked for."""
    texts = pronoun_texts() if count else []
    return random.Random(seed).sample(texts, min(count, len(texts)))


def make_pronouns_ready(texts: Sequence[PronounText], network: Network | None) -> list[ReadyPronouns]:
    """Prepare texts with pronouns put in.

    Args:
        network: encodes them; without it the windows have no states, for who trains the encoder too.
    """
    tokenizer = load_tokenizer()
    found = []
    for text in texts:
        pieces = cut_pieces(text.text, tokenizer)
        places = [covered(pieces, (m.start, m.end)) for m in text.mentions]
        pairs = [
            (r.mention, other, is_right)
            for r in text.replaced
            for others, is_right in ((r.right, True), (r.wrong, False))
            for other in others
            if places[r.mention] and places[other]
        ]
        if not any(is_right for _, _, is_right in pairs):
            continue
        at, before = (np.array(column, dtype=np.int64) for column in list(zip(*pairs, strict=True))[:2])
        words = read_mentions(text.text, text.mentions, text.said)
        # Only the mentions of pairs are looked at, but all of them are counted between.
        asked, numbers = np.unique(np.concatenate([at, before]), return_inverse=True)
        ends = np.array([places[m] for m in asked], dtype=np.int64)
        found.append(
            ReadyPronouns(
                pieces=pieces,
                windows=encode(network, pieces)
                if network
                else [(w, torch.empty(0)) for w in cut_windows(pieces)],
                first=ends[:, 0],
                last=ends[:, 1],
                at=numbers[: len(at)],
                before=numbers[len(at) :],
                numbers=pair_numbers(words, at, before),
                right=np.array([is_right for _, _, is_right in pairs]),
            )
        )
    return found


@torch.no_grad()
def encode(network: Network, pieces: Pieces) -> list[tuple[Window, Tensor]]:
    """The states of the middle and the last layer in each window: (its pieces, 2 widths)."""
    found = []
    for w in cut_windows(pieces):
        ids, features = (torch.from_numpy(array)[None] for array in window_arrays(pieces, w))
        middle, last = network.encoder.both(ids, features, torch.ones_like(ids))
        found.append((w, torch.cat([middle, last], -1)[0, 1:-1].to(torch.bfloat16)))
    return found


def read(heads: MentionNetwork, windows: Sequence[tuple[Window, Tensor]], scheme: int) -> Tensor:
    """States of the mention head (pieces, width), each piece as the window has it that answers for it."""
    return torch.cat(
        [
            heads.read(states.float()[None], scheme)[0, w.own_start - w.start : w.own_end - w.start]
            for w, states in windows
        ]
    )


def losses(heads: MentionNetwork, item: Ready) -> tuple[Tensor, Tensor, Tensor]:
    """Losses of one text: mentions, classes, antecedents."""
    states = read(heads, item.windows, item.text.scheme)
    scores = heads.spans(states)
    first, last = torch.from_numpy(item.first), torch.from_numpy(item.last)
    fits = last - first < MAX_MENTION_PIECES
    target = torch.zeros_like(scores)
    target[first[fits], (last - first)[fits]] = 1
    lost = F.binary_cross_entropy_with_logits(scores, target, reduction="none")
    found = lost[heads.in_line(torch.from_numpy(item.pieces.line))].sum() / len(states)
    if not len(first):
        return MENTION_WEIGHT * found, found * 0, found * 0
    vectors = heads.vector(torch.cat([states[first], states[last]], -1))
    log_classes = heads.classify(vectors).log_softmax(-1)
    classified = -(log_classes + (1 - item.classes) * -1e4).logsumexp(-1).mean()
    return MENTION_WEIGHT * found, classified, _antecedent_loss(heads, item, vectors)


def _antecedent_loss(heads: MentionNetwork, item: Ready, vectors: Tensor) -> Tensor:
    """Negative log-likelihood of all right antecedents together, or of none where a chain begins.

    In a part of the steps the text is taken to begin somewhere in its middle: there chains begin with pronouns.
    """
    count = len(vectors)
    begin = int(torch.randint(count, ())) if float(torch.rand(())) < BEGUN_LATER else 0
    kept = torch.from_numpy(item.before >= begin)
    at, before = torch.from_numpy(item.at)[kept], torch.from_numpy(item.before)[kept]
    table = torch.full((count, count + 1), -1e4)
    table[:, count] = 0.0
    table[at, before] = heads.pairs(vectors, at, before, torch.from_numpy(item.numbers)[kept].long())
    chain = torch.from_numpy(item.chain)
    order = torch.arange(count)
    same = (chain[:, None] == chain) & (chain[:, None] >= 0) & (order < order[:, None]) & (order >= begin)
    right = torch.cat([same, ~same.any(1, keepdim=True)], 1)
    return -(table.log_softmax(-1) + (~right) * -1e4).logsumexp(-1)[begin:].mean()


def pronoun_loss(heads: MentionNetwork, items: Sequence[ReadyPronouns]) -> Tensor:
    """Negative log-likelihood of the right antecedents of a pronoun that was put in, against the wrong ones and none.

    The mean over all such pronouns of the texts; other mentions have no loss. Names and pronouns are mentions in
    either scheme, so that a text is read by the one or the other.
    """
    lost = []
    for item in items:
        states = read(heads, item.windows, int(torch.randint(2, ())))
        first, last = torch.from_numpy(item.first), torch.from_numpy(item.last)
        vectors = heads.vector(torch.cat([states[first], states[last]], -1))
        at, before = torch.from_numpy(item.at), torch.from_numpy(item.before)
        count = len(vectors)
        table = torch.full((count, count + 1), -1e4)
        table[:, count] = 0.0
        table[at, before] = heads.pairs(vectors, at, before, torch.from_numpy(item.numbers).long())
        right = torch.zeros(count, count + 1, dtype=torch.bool)
        right[at, before] = torch.from_numpy(item.right)
        asked = right.any(1)
        lost.append(-(table.log_softmax(-1) + (~right) * -1e4).logsumexp(-1)[asked])
    return torch.cat(lost).mean()


@torch.no_grad()
def find_chains(heads: MentionNetwork, item: Ready) -> tuple[list[tuple[int, int]], list[list[Span]]]:
    """Mentions in pieces, and chains in characters, of one text."""
    states = read(heads, item.windows, item.text.scheme)
    scores = heads.spans(states).masked_fill(~heads.in_line(torch.from_numpy(item.pieces.line)), -1e4)
    place = (scores > 0).nonzero()
    first, last = place[:, 0], place[:, 0] + place[:, 1]
    kept = sorted(
        uncrossed(first.tolist(), last.tolist(), scores[place[:, 0], place[:, 1]].tolist()),
        key=lambda s: (s[0], -s[1]),
    )
    if not kept:
        return [], []
    first, last = torch.tensor([s[0] for s in kept]), torch.tensor([s[1] for s in kept])
    vectors = heads.vector(torch.cat([states[first], states[last]], -1))
    persons = heads.classify(vectors).argmax(-1) == MENTION_CLASSES.index("PER")
    spans = [Span(int(item.pieces.start[a]), int(item.pieces.end[b])) for a, b, _ in kept]
    words = read_mentions(item.text.text, spans, item.said)
    found: dict[int, list[Span]] = {}
    for span, chain in zip(
        spans, chains_of(words, persons.tolist(), vectors.numpy(), heads.antecedents), strict=True
    ):
        found.setdefault(chain, []).append(span)
    return [(a, b) for a, b, _ in kept], list(found.values())


def measure(heads: MentionNetwork, held: list[Ready]) -> dict[str, dict[str, float]]:
    """F1 of all mentions, and of chains, in each scheme."""
    heads.eval()
    figures = {}
    for scheme, name in ((GUM, "gum"), (CHAINS, "own")):
        mentions, linked = Hits(), ChainFigures()
        for item in held:
            if item.text.scheme != scheme:
                continue
            spans, found = find_chains(heads, item)
            gold = set(zip(item.first.tolist(), item.last.tolist(), strict=True))
            shared = len(gold & set(spans))
            mentions.add(shared, len(gold), shared, len(spans))
            by_chain: dict[int, list[Span]] = {}
            for first, last, chain in zip(item.first, item.last, item.chain, strict=True):
                if chain >= 0:
                    span = Span(int(item.pieces.start[first]), int(item.pieces.end[last]))
                    by_chain.setdefault(int(chain), []).append(span)
            linked.add(list(by_chain.values()), found)
        figures[name] = {"mentions": round(mentions.f1, 1)} | linked.summary()
    return figures


def train(args: argparse.Namespace) -> None:
    """Train from the beginning, printing a line an epoch."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    encoder = load_network(args.run)
    data = make_ready([*own("train"), *gum("train")], encoder)
    held = make_ready([*own("held"), *gum("held")], encoder)
    heads = MentionNetwork(MentionShape())
    pronouns = make_pronouns_ready(some_pronoun_texts(args.pronouns, args.seed), encoder)
    optimiser = torch.optim.AdamW(heads.parameters(), lr=args.lr, weight_decay=0.02, betas=(0.9, 0.98))
    rng = random.Random(args.seed)
    total, step = args.epochs * len(data), 0
    began = time.monotonic()
    for epoch in range(1, args.epochs + 1):
        heads.train()
        rng.shuffle(data)
        sums = np.zeros(4 if pronouns else 3)
        for item in data:
            for group in optimiser.param_groups:
                group["lr"] = args.lr * schedule(step, total)
            parts = losses(heads, item)
            if pronouns:
                beside = rng.sample(pronouns, PRONOUN_TEXTS)
                parts = (*parts, PRONOUN_WEIGHT * pronoun_loss(heads, beside))
            optimiser.zero_grad(set_to_none=True)
            sum(parts).backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimiser.step()
            step += 1
            sums += [part.item() for part in parts]
        line = {
            "epoch": epoch,
            "s": round(time.monotonic() - began),
            "loss": (sums / len(data)).round(3).tolist(),
        }
        if epoch % 4 == 0 or epoch == args.epochs:
            line |= measure(heads, held)
            torch.save(heads.state_dict(), args.run / "coreference.pt")
        print(json.dumps(line), flush=True)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--epochs", type=int, default=22)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument(
        "--pronouns", type=int, default=10_000, help="texts with pronouns put in, at most; 0 for none"
    )
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
