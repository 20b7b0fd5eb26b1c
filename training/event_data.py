"""Texts with events as the event heads learn them: our passages, sentences with a type alone, verbs with their places."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from onrecord.analysis.network import CLS, SEP
from onrecord.analysis.pieces import Ints, Pieces, Tokenizer, cut_pieces
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.triggers import ROLES
from onrecord.evaluation.events import is_kept_apart as is_sentence_kept_apart
from training import events
from training.corpora import IGNORE, SHARED, covered, read_lines
from training.event_model import EventNetwork, EventScores, multi_loss
from training.events import Pair
from training.news_events import NewsEvent

_PLACE = ROLES.index("place")
# Of one sentence of PLV so many pieces are looked at as its trigger.
_CANDIDATES = 6
# A word must not become a trigger for its parties alone: the parties' likelihood is a product over all pieces.
_ROLES_COUNT = 0.2


@dataclass
class Trigger:
    """What is known of one trigger: pieces [first, last], `last` inclusive.

    Attributes:
        roles: (ROLES, pieces of the text) of 0, 1, 2 for O, B, I; IGNORE where not known.
        types, modes, contexts: of 0/1.
        status: IGNORE where not known.
        known: are type, status and modes known?
        detailed: are contexts and `mutual` known too?
    """

    first: int
    last: int
    roles: Ints
    types: np.ndarray
    modes: np.ndarray
    contexts: np.ndarray
    status: int = IGNORE
    mutual: bool = False
    known: bool = True
    detailed: bool = True


@dataclass
class Told:
    """An event whose trigger is not known: the numbers of its possible types, and its parties."""

    types: tuple[int, ...]
    roles: Ints  # (ROLES, pieces)


@dataclass
class EventText:
    """A text with its events.

    Attributes:
        all_known: are all triggers of the text labelled?
        unsure: pieces [first, last] of which it is not known whether they tell an event.
    """

    id: str
    text: str
    pieces: Pieces
    triggers: list[Trigger] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    all_known: bool = True
    unsure: list[Pair] = field(default_factory=list)


def passages(part: str, tokenizer: Tokenizer) -> list[EventText]:
    """Our passages; `held` is a twelfth of them, by which thresholds are chosen."""
    return [
        _passage(p, tokenizer) for p in events.passages() if events.is_kept_apart(p.id) == (part == "held")
    ]


def plv(part: str, tokenizer: Tokenizer) -> list[EventText]:
    """Zero-Shot-PLOVER's sentences; `held` is the fifth that is kept for measuring."""
    found = []
    for row in read_lines(SHARED / "events" / "plv-train.jsonl"):
        if is_sentence_kept_apart(row["id"]) != (part == "held"):
            continue
        text = EventText(row["id"], row["text"], cut_pieces(row["text"], tokenizer), all_known=False)
        for event in row["events"]:
            roles = np.full((len(ROLES), len(text.pieces)), IGNORE, dtype=np.int64)
            for role, spans in (("actor", event["actors"]), ("recipient", event["recipients"])):
                roles[ROLES.index(role)] = tags(text.pieces, [tuple(s) for s in spans])
            # CAMEO's YIELD became two types.
            names = ("CONCEDE", "RETREAT") if event["type"] == "CONCEDE" else (event["type"],)
            text.told.append(Told(tuple(TYPES.index(n) for n in names), roles))
        found.append(text)
    return found


def placed(tokenizer: Tokenizer) -> list[EventText]:
    """Verbs with the places of their events (Halterman's event_location)."""
    found = []
    for row in read_lines(SHARED / "events" / "event-places.jsonl.gz"):
        text = EventText(row["id"], row["text"], cut_pieces(row["text"], tokenizer), all_known=False)
        if (span := covered(text.pieces, tuple(row["trigger"]))) and len(text.pieces) < 300:
            roles = np.full((len(ROLES), len(text.pieces)), IGNORE, dtype=np.int64)
            roles[_PLACE] = tags(text.pieces, [tuple(s) for s in row["places"]])
            text.triggers.append(Trigger(*span, roles, *_nothing(), known=False, detailed=False))
            found.append(text)
    return found


def _passage(passage: events.Passage, tokenizer: Tokenizer) -> EventText:
    text = EventText(passage.id, passage.text, cut_pieces(passage.text, tokenizer))
    by_trigger: dict[Pair, Trigger] = {}
    for event in passage.events:
        span = covered(text.pieces, event.trigger)
        if span is None:
            continue
        counts = {name: getattr(event, name) for name in ("dead", "injured", "crowd")}
        spans: dict[str, list[Pair]] = {
            "actor": [*event.actors],
            "recipient": [*event.recipients],
            "place": [*event.places],
            "date": [*event.dates],
        } | {name: [(c.span.start, c.span.end)] if c else [] for name, c in counts.items()}
        roles = np.stack([tags(text.pieces, spans[role]) for role in ROLES])
        trigger = add_event(by_trigger, span, event, roles)
        for context in event.contexts:
            trigger.contexts[CONTEXTS.index(context)] = 1
        trigger.mutual |= event.mutual
    text.triggers = [by_trigger[span] for span in sorted(by_trigger)]
    return text


def add_event(
    by_trigger: dict[Pair, Trigger],
    span: Pair,
    event: events.Event | NewsEvent,
    roles: Ints,
    *,
    detailed: bool = True,
) -> Trigger:
    """The trigger of an event at its pieces, made or added to: *jailed* is a conviction and an arrest, of the same by
    the same."""
    if span in by_trigger:
        trigger = by_trigger[span]
        trigger.roles = np.where(trigger.roles > 0, trigger.roles, roles)
    else:
        trigger = by_trigger[span] = Trigger(*span, roles, *_nothing(), detailed=detailed)
    trigger.types[TYPES.index(event.type)] = 1
    for mode in event.modes:
        trigger.modes[MODE_NAMES.index((event.type, mode))] = 1
    trigger.status = STATUSES.index(event.status)
    return trigger


def _nothing() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """No type, no mode, no context."""
    return tuple(np.zeros(n, dtype=np.float32) for n in (len(TYPES), len(MODE_NAMES), len(CONTEXTS)))


def tags(pieces: Pieces, spans: Sequence[Pair]) -> Ints:
    """Spans as O, B, I of the pieces (0, 1, 2)."""
    found = np.zeros(len(pieces), dtype=np.int64)
    for span in spans:
        if pair := covered(pieces, span):
            found[pair[0] : pair[1] + 1] = 2
            found[pair[0]] = 1
    return found


@dataclass
class EventBatch:
    """Arrays of one step; a text is a window, its [CLS] at piece 0."""

    texts: list[EventText]
    ids: Tensor
    features: Tensor
    mask: Tensor
    row: Tensor
    first: Tensor
    last: Tensor
    triggers: list[Trigger]


def event_batches(texts: Sequence[EventText], pieces: int, rng: random.Random) -> Iterator[EventBatch]:
    """All texts once, those of like length together, up to `pieces` padded pieces a step."""
    order = sorted(texts, key=lambda t: len(t.pieces) + 12 * rng.random())
    groups: list[list[EventText]] = [[]]
    for text in order:
        if groups[-1] and (len(text.pieces) + 14) * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(text)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)


def collate(texts: list[EventText]) -> EventBatch:
    """Texts side by side."""
    length = max(len(t.pieces) for t in texts) + 2
    ids, mask = (torch.zeros(len(texts), length, dtype=torch.long) for _ in range(2))
    features = torch.zeros(len(texts), length, 3, dtype=torch.long)
    for row, text in enumerate(texts):
        p, size = text.pieces, len(text.pieces)
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = torch.from_numpy(p.ids)
        mask[row, : size + 2] = 1
        features[row, 1 : size + 1] = torch.from_numpy(np.stack([p.casing, p.quotation, p.position], 1))
    at = [(row, t) for row, text in enumerate(texts) for t in text.triggers]
    return EventBatch(
        texts=texts,
        ids=ids,
        features=features,
        mask=mask,
        row=torch.tensor([row for row, _ in at], dtype=torch.long),
        first=torch.tensor([t.first + 1 for _, t in at], dtype=torch.long),
        last=torch.tensor([t.last + 1 for _, t in at], dtype=torch.long),
        triggers=[t for _, t in at],
    )


WEIGHTS = {
    "trigger": 6.0,
    "roles": 0.15,
    "types": 1.0,
    "status": 0.7,
    "modes": 0.5,
    "contexts": 0.2,
    "mutual": 0.5,
}


def losses(heads: EventNetwork, batch: EventBatch, hidden: Tensor) -> dict[str, Tensor]:
    """Mean losses of one batch; hidden: (texts, pieces, width)."""
    scores = heads.trigger(hidden)
    target = torch.full(batch.ids.shape, IGNORE)
    for row, text in enumerate(batch.texts):
        if text.all_known:
            target[row, 1 : len(text.pieces) + 1] = 0
        for first, last in text.unsure:
            target[row, first + 1 : last + 2] = IGNORE
        for trigger in text.triggers if text.all_known else ():
            target[row, trigger.first + 1 : trigger.last + 2] = 2
            target[row, trigger.first + 1] = 1
    found: dict[str, list[Tensor]] = {}
    if batch.triggers:
        told = heads(hidden, batch.mask, batch.row, batch.first, batch.last)
        for name, value in _trigger_losses(told, batch).items():
            found.setdefault(name, []).append(value)
    weak = [(row, told) for row, text in enumerate(batch.texts) for told in text.told]
    if weak:
        for name, value in _told_losses(heads, batch, hidden, scores, target, weak).items():
            found.setdefault(name, []).append(value)
    if (target != IGNORE).any():
        found["trigger"] = [F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=IGNORE)]
    return {name: torch.stack(values).sum() for name, values in found.items()}


def _trigger_losses(scores: EventScores, batch: EventBatch) -> dict[str, Tensor]:
    triggers = batch.triggers
    known = torch.tensor([float(t.known) for t in triggers])
    detailed = torch.tensor([float(t.detailed) for t in triggers])
    status = torch.tensor([t.status for t in triggers])
    lost = {"roles": _role_loss(scores, batch, batch.first, [t.roles for t in triggers]).mean()}
    if known.any():
        lost |= {
            "types": multi_loss(scores.types, _stack(t.types for t in triggers), known),
            "modes": multi_loss(scores.modes, _stack(t.modes for t in triggers), known),
            "contexts": multi_loss(scores.contexts, _stack(t.contexts for t in triggers), detailed),
            "status": F.cross_entropy(scores.statuses, status, ignore_index=IGNORE, label_smoothing=0.05),
            "mutual": multi_loss(
                scores.mutual[:, None], torch.tensor([[float(t.mutual)] for t in triggers]), detailed
            ),
        }
    return lost


def _stack(arrays: Iterator[np.ndarray]) -> Tensor:
    return torch.from_numpy(np.stack(list(arrays)))


def _role_loss(scores: EventScores, batch: EventBatch, first: Tensor, roles: Sequence[Ints]) -> Tensor:
    """(triggers,): negative log-likelihood of the known roles in reach, summed over pieces and roles."""
    start, at = EventNetwork.reach(first, batch.ids.shape[1])
    target = torch.full((len(roles), len(ROLES), batch.ids.shape[1]), IGNORE)
    for row, values in zip(target, roles, strict=True):
        row[:, 1 : values.shape[1] + 1] = torch.from_numpy(values)
    near = target.gather(2, (start[:, None, None] + at).expand(-1, len(ROLES), -1)).transpose(1, 2)
    lost = F.cross_entropy(scores.roles.flatten(0, 2), near.flatten(), ignore_index=IGNORE, reduction="none")
    return lost.view(near.shape).sum((1, 2))


def _told_losses(
    heads: EventNetwork,
    batch: EventBatch,
    hidden: Tensor,
    trigger_scores: Tensor,
    target: Tensor,
    weak: list[tuple[int, Told]],
) -> dict[str, Tensor]:
    """Events without a trigger: each is given the piece that explains it best (hard expectation maximisation).

    Writes the triggers chosen into `target`.
    """
    with torch.no_grad():
        begins = trigger_scores.log_softmax(-1)[..., 1].masked_fill(batch.mask == 0, -1e4)
        begins[:, 0] = -1e4
        count = min(_CANDIDATES, begins.shape[1])
        row = torch.tensor([r for r, _ in weak]).repeat_interleave(count)
        place = torch.cat([begins[r].topk(count).indices for r, _ in weak])
        scores = heads(hidden.detach(), batch.mask, row, place, place)
        roles = [told.roles for _, told in weak for _ in range(count)]
        likely = begins[row, place] - _ROLES_COUNT * _role_loss(scores, batch, place, roles)
        log_types = F.logsigmoid(scores.types)
        possible = torch.stack([log_types[i, list(weak[i // count][1].types)].max() for i in range(len(row))])
        best = (likely + possible).view(-1, count).argmax(1) + torch.arange(len(weak)) * count
        row, place = row[best], place[best]
    scores = heads(hidden, batch.mask, row, place, place)
    types = torch.zeros_like(scores.types)
    for number, (_, told) in enumerate(weak):
        types[number, max(told.types, key=lambda t: scores.types[number, t].item())] = 1
    # Words that are not likely to tell another event tell none.
    told_rows = torch.tensor(sorted({r for r, _ in weak}))
    none = trigger_scores[told_rows].detach().softmax(-1)[..., 0] > 0.5
    none &= batch.mask[told_rows] > 0
    target[told_rows] = torch.where(none, 0, target[told_rows])
    target[row, place] = 1
    return {
        "roles": _role_loss(scores, batch, place, [told.roles for _, told in weak]).mean(),
        "types": multi_loss(scores.types, types, torch.ones(len(weak))),
    }
