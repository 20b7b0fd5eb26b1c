"""Fit the decision whom *he* and *she* mean (`onrecord.analysis.pronouns`): `python -m training.pronoun_choice`.

It learns from the development part of GAP, from GUM without the genres that may not be trained on and without the
fifth that is kept for measuring, and from our own stories. The encoder reads them once, into `runs/pronouns/`; to fit takes
a minute. `--folds` prints what five fits, each without a fifth of GAP's pages, get right there; without it, all is learned
from and the weights are written into the package.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.analyse import run_heads
from onrecord.analysis.attribution import in_text_order
from onrecord.analysis.coreference import QUOTED, find_mentions
from onrecord.analysis.encoder import Model, Scheme, load_model
from onrecord.analysis.mention_features import Said
from onrecord.analysis.pieces import cut_pieces
from onrecord.analysis.pronoun_features import Kind, Weighed, weigh
from onrecord.analysis.pronouns import to_lexicon
from onrecord.analysis.statements import to_statements
from onrecord.article import Span
from onrecord.evaluation.coreference import is_kept_apart, read_chains
from onrecord.evaluation.gap import Passage, is_headed_by, read_gap
from training import chains
from training.coreference import LEFT_OUT
from training.corpora import SHARED, load_tokenizer
from training.pronoun_words import FINITE, GENDERS, KINDS, is_third_person, is_verb

KEPT = Path(__file__).parent / "runs" / "pronouns"
TARGET = Path(__file__).parent.parent / "src" / "onrecord" / "analysis" / "data" / "pronouns.json"
_CORPORA = SHARED / "coreference"
FOLDS = 5
# What a pronoun of GUM or of our stories weighs against one of GAP: the coreference head has been taught by these texts
# and seems surer there than it is elsewhere.
BESIDE = 0.4
HIDDEN, PRODUCT, EPOCHS, BATCH, RATE = 16, 16, 20, 64, 3e-3


@dataclass
class Read:
    """A text as the heads see it, and the right answers.

    Attributes:
        of: what it is of (`gap`, `gum`, `own`) and which page or document, by which folds are made.
        passage: GAP's row.
        gold: the chain of each labelled mention.
    """

    of: tuple[str, str]
    text: str
    weighed: Weighed | None
    spans: list[Span]
    chains: list[int]
    vectors: np.ndarray
    passage: Passage | None = None
    gold: dict[tuple[int, int], int] | None = None


@dataclass
class Asked:
    """A pronoun with the persons it may mean, and which are right; `nobody` may be right too."""

    of: tuple[str, str]
    features: np.ndarray
    context: np.ndarray
    near: np.ndarray
    vector: np.ndarray
    right: np.ndarray
    nobody: bool
    passage: Passage | None
    means: list[tuple[bool, bool]]


def make_lexicon() -> dict[str, list[list[int]]]:
    """What is known of each piece of the vocabulary, as the package keeps it."""
    vocabulary = load_tokenizer().get_vocab()
    kinds: list[list[int]] = [[] for _ in Kind][1:]
    genders: list[list[int]] = [[], []]
    finite: list[int] = []
    for piece, number in sorted(vocabulary.items(), key=lambda p: p[1]):
        kind = KINDS.get(piece, Kind.WORD)
        is_rest = piece.startswith("##")
        if kind is Kind.WORD and is_verb(piece.removeprefix("##")):
            kind = Kind.VERB
        elif kind is Kind.WORD and is_rest:
            kind = Kind.REST
        elif kind is Kind.WORD and not piece[0].isalnum():
            kind = Kind.MARK
        elif kind is Kind.WORD and piece.endswith("ly") and len(piece) > 4:
            kind = Kind.ADVERB
        if kind is not Kind.WORD:
            kinds[kind - 1].append(number)
        if kind in (Kind.VERB, Kind.AUXILIARY) or piece in FINITE or (not is_rest and is_third_person(piece)):
            finite.append(number)
        for gender, words in enumerate(GENDERS):
            if piece in words:
                genders[gender].append(number)
    return {"kind": kinds, "gender": genders, "finite": [finite]}


def read_texts(words: dict[str, list[list[int]]]) -> list[Read]:
    """All texts that are learned from; what the encoder gives of them is kept in `KEPT`."""
    lexicon = to_lexicon(words)
    found = []
    for name, texts, scheme in _corpora():
        kept = KEPT / f"{name}.pkl"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            model = load_model(scheme=scheme)
            kept.write_bytes(pickle.dumps([_encode(model, text) for _, text, _, _ in texts()]))
        # Written by ourselves, a line above.
        for (id, text, passage, gold), given in zip(texts(), pickle.loads(kept.read_bytes()), strict=True):
            if given is None:
                continue
            pieces, mentions = given
            weighed = weigh(
                text, pieces, mentions.spans, mentions.words, mentions.classes, mentions.chains, mentions.scores, lexicon
            )  # fmt: skip
            found.append(
                Read(
                    (name, id),
                    text,
                    weighed,
                    mentions.spans,
                    mentions.chains,
                    mentions.vectors,
                    passage,
                    gold,
                )
            )
    return found


_Text = tuple[str, str, Passage | None, dict[tuple[int, int], int] | None]


def _corpora() -> Iterator[tuple[str, Callable[[], Iterator[_Text]], Scheme]]:
    yield "gap", _gap, "ontogum"
    yield "gum", _gum, "ontogum"
    yield "own", _own, "onrecord"


def _gap() -> Iterator[_Text]:
    """The passages, each by the address of its page."""
    path = _CORPORA / "gap-development.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [line.rstrip("\n").rsplit("\t", 1)[-1] for line in lines][1:]
    for page, passage in zip(pages, read_gap(path), strict=True):
        yield page, passage.text, passage, None


def _gum() -> Iterator[_Text]:
    for document in read_chains(_CORPORA / "gum.jsonl.gz"):
        if document.genre in LEFT_OUT or is_kept_apart(document.id, document.genre):
            continue
        gold = {(a, b): n for n, chain in enumerate(document.chains) for a, b in chain}
        yield document.id, document.text, None, gold


def _own() -> Iterator[_Text]:
    for story in chains.stories():
        yield story.id, story.text, None, {(m.start, m.end): m.number for m in story.mentions}


def _encode(model: Model, text: str) -> object:
    pieces = cut_pieces(text, model.tokenizer)
    (found,) = run_heads([text], [pieces], model.network, model.options)
    statements = to_statements(
        text, pieces, in_text_order(found.attributions), model.calibration, model.options.min_confidence
    )
    said = [Said(s.content, s.source) for s in statements if s.quotation in QUOTED]
    mentions = find_mentions(text, pieces, found.mentions, said, model.network)
    return mentions and (pieces, mentions)


def ask(read: Read) -> Iterator[Asked]:
    """The labelled pronouns of a text."""
    w = read.weighed
    if w is None:
        return
    members: dict[int, list[int]] = {}
    asked = set(w.pronouns.tolist())
    for mention, chain in enumerate(read.chains):
        if mention not in asked:
            members.setdefault(chain, []).append(mention)
    for number, pronoun in enumerate(w.pronouns.tolist()):
        rows = np.flatnonzero(w.owner == number)
        span = read.spans[pronoun]
        persons = w.person[rows].tolist()
        means: list[tuple[bool, bool]] = []
        if read.passage:
            if span != read.passage.pronoun or not len(rows):
                continue
            means = [_named(read, members[p]) for p in persons]
            first, second = read.passage.means
            right = [a and not b if first else b and not a if second else not a and not b for a, b in means]
            nobody = not first and not second
        else:
            assert read.gold is not None
            chain = read.gold.get((span.start, span.end))
            if chain is None or not len(rows):
                continue
            right = [
                any(read.gold.get((read.spans[m].start, read.spans[m].end)) == chain for m in members[p])
                for p in persons
            ]
            nobody = not any(right)
        yield Asked(
            read.of,
            w.features[rows],
            w.context[number],
            read.vectors[w.nearest[rows]],
            read.vectors[pronoun],
            np.array(right, dtype=bool),
            nobody,
            read.passage,
            means,
        )


def _named(read: Read, mentions: Sequence[int]) -> tuple[bool, bool]:
    """Is a chain named by the first name of a passage, and by the second?"""
    assert read.passage
    first, second = read.passage.names
    spans = [read.spans[m] for m in mentions]
    return (
        any(s != second and is_headed_by(read.text, s, first) for s in spans),
        any(s != first and is_headed_by(read.text, s, second) for s in spans),
    )


class Choice(nn.Module):
    """The model of `PronounModel`, while it is fitted."""

    def __init__(self, pair: int, context: int, vector: int) -> None:
        super().__init__()
        self.straight = nn.Linear(pair, 1, bias=False)
        self.inner = nn.Linear(pair, HIDDEN)
        self.inner_context = nn.Linear(context, HIDDEN, bias=False)
        self.outer = nn.Linear(HIDDEN, 1, bias=False)
        self.nobody = nn.Linear(context, 1)
        self.query, self.key = nn.Linear(vector, PRODUCT), nn.Linear(vector, PRODUCT)
        self.alone = nn.Linear(vector, 1, bias=False)
        for layer in (self.query, self.key):
            nn.init.normal_(layer.weight, std=0.02)
        nn.init.zeros_(self.alone.weight)
        self.drop, self.drop_inner, self.drop_vector = nn.Dropout(0.05), nn.Dropout(0.3), nn.Dropout(0.3)

    def forward(
        self, features: Tensor, context: Tensor, near: Tensor, vector: Tensor, owner: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of pairs, and of nobody."""
        x, near, vector = self.drop(features), self.drop_vector(near), self.drop_vector(vector)
        inner = F.relu(self.inner(x) + self.inner_context(context)[owner])
        score = self.straight(x)[:, 0] + self.outer(self.drop_inner(inner))[:, 0]
        score = score + (self.query(vector)[owner] * self.key(near)).sum(1) + self.alone(near)[:, 0]
        return score, self.nobody(context)[:, 0]

    def weights(self) -> dict[str, list]:
        """As `PronounModel` has them, to four digits."""
        found = {
            "straight": self.straight.weight[0],
            "inner": self.inner.weight.T,
            "inner_context": self.inner_context.weight.T,
            "inner_bias": self.inner.bias,
            "outer": self.outer.weight[0],
            "nobody": self.nobody.weight[0],
            "nobody_bias": self.nobody.bias,
            "query": self.query.weight.T,
            "query_bias": self.query.bias,
            "key": self.key.weight.T,
            "key_bias": self.key.bias,
            "alone": self.alone.weight[0],
        }
        return {name: np.round(t.detach().numpy().astype(float), 4).tolist() for name, t in found.items()}


def collate(items: Sequence[Asked]) -> tuple[Tensor, ...]:
    """Pronouns of a batch: features, context, near, vector, owner, right, nobody, weight."""
    return (
        torch.from_numpy(np.concatenate([i.features for i in items])),
        torch.from_numpy(np.stack([i.context for i in items])),
        torch.from_numpy(np.concatenate([i.near for i in items])),
        torch.from_numpy(np.stack([i.vector for i in items])),
        torch.from_numpy(np.repeat(np.arange(len(items)), [len(i.features) for i in items])),
        torch.from_numpy(np.concatenate([i.right for i in items])),
        torch.tensor([i.nobody for i in items]),
        torch.tensor([1.0 if i.passage else BESIDE for i in items]),
    )


def add_up(scores: Tensor, owner: Tensor, nobody: Tensor) -> Tensor:
    """(pronouns,): logarithm of the sum of the exponentials of a pronoun's scores and of that of nobody."""
    most = nobody.detach().scatter_reduce(0, owner, scores.detach(), "amax")
    total = (nobody - most).exp().index_add(0, owner, (scores - most[owner]).exp())
    return most + total.log()


def fit(items: Sequence[Asked], seed: int) -> Choice:
    """Fit to the likelihood of all right persons of a pronoun together."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    items = [i for i in items if i.nobody or i.right.any()]
    choice = Choice(items[0].features.shape[1], len(items[0].context), len(items[0].vector))
    vectors = [p for n, p in choice.named_parameters() if n.split(".")[0] in ("query", "key", "alone")]
    others = [p for n, p in choice.named_parameters() if n.split(".")[0] not in ("query", "key", "alone")]
    optimiser = torch.optim.AdamW(
        [{"params": others, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.3}], lr=RATE
    )
    total, step = EPOCHS * -(-len(items) // BATCH), 0
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(items)).tolist()
        for start in range(0, len(items), BATCH):
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / total)
            step += 1
            batch = [items[i] for i in shuffled[start : start + BATCH]]
            *given, right, nobody_right, weight = collate(batch)
            scores, nobody = choice(*given)
            owner = given[-1]
            all_ = add_up(scores, owner, nobody)
            hit = add_up(scores.masked_fill(~right, -50.0), owner, nobody.masked_fill(~nobody_right, -50.0))
            loss = ((all_ - hit) * weight).sum() / weight.sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return choice.eval()


@torch.no_grad()
def judge(choice: Choice, items: Sequence[Asked]) -> list[int]:
    """The row chosen for each pronoun; -1 for nobody."""
    *given, _, _, _ = collate(items)
    scores, nobody = (t.numpy() for t in choice(*given))
    found, at = [], 0
    for item, none in zip(items, nobody, strict=True):
        own = scores[at : at + len(item.features)]
        at += len(own)
        best = int(own.argmax())
        found.append(best if own[best] > none else -1)
    return found


def _fold(of: tuple[str, str]) -> int:
    return zlib.crc32(":".join(of).encode()) % FOLDS


def check(items: Sequence[Asked], missing: int, seed: int) -> None:
    """Print what fits without a fifth of the pages get right on it, corpus by corpus.

    Args:
        missing: rows of GAP whose pronoun was not found at all; they count as answered with neither name.
    """
    hits: dict[str, list[float]] = {}
    for fold in range(FOLDS):
        choice = fit([i for i in items if _fold(i.of) != fold], seed)
        held = [i for i in items if _fold(i.of) == fold]
        for item, row in zip(held, judge(choice, held), strict=True):
            if item.passage:
                answer = item.means[row] if row >= 0 else (False, False)
                hits.setdefault("gap rows", []).append(answer == item.passage.means)
                hits.setdefault("gap names", []).extend(
                    float(a == m) for a, m in zip(answer, item.passage.means, strict=True)
                )
            else:
                hits.setdefault(item.of[0], []).append(item.right[row] if row >= 0 else item.nobody)
    figures = {name: round(100 * float(np.mean(of)), 1) for name, of in hits.items()}
    print(json.dumps(figures | {"not asked": missing}), flush=True)


def main() -> None:
    """Fit and write, or fit and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="measure on fifths of the pages; write nothing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    words = make_lexicon()
    texts = read_texts(words)
    items = [item for text in texts for item in ask(text)]
    print(f"{len(items)} pronouns, {items[0].features.shape[1]} features", flush=True)
    if args.folds:
        rows = sum(text.passage is not None for text in texts)
        check(items, rows - sum(i.passage is not None for i in items), args.seed)
        return
    weights = fit(items, args.seed).weights()
    TARGET.write_text(json.dumps({"words": words, "weights": weights}, separators=(",", ":")) + "\n")
    print(f"{TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
