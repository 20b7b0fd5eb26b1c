"""The PyTorch network behind the interface that the product uses, so that runs are scored before export."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from onrecord.analysis.decoding import Floats
from onrecord.analysis.network import Encoded, EventScores
from onrecord.analysis.pieces import Ints
from onrecord.analysis.triggers import OUTSIDE
from training.model import Network


class TorchNetwork:
    """See `onrecord.analysis.network.Network`. It finds no mentions and events: their heads are others (`mention_model.py`, `event_model.py`)."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def encode(self, ids: Ints, features: Ints) -> Encoded:
        given = _batch(ids)
        hidden = self.network.encoder(given, _batch(features), torch.ones_like(given))
        return Encoded(
            hidden=hidden[0].numpy(),
            cue_scores=self.network.cue(hidden)[0].numpy(),
            name_scores=self.network.names(hidden)[0].numpy(),
            trigger_scores=_no_triggers(len(ids)),
            span_scores=np.full((len(ids), 1), -1.0, dtype=np.float32),
            mention_states=np.zeros((len(ids), 1), dtype=np.float32),
        )

    def events(self, hidden: Floats, first: Ints, last: Ints) -> EventScores:
        raise NotImplementedError

    def describe(self, states: Floats) -> tuple[Floats, Floats]:
        raise NotImplementedError

    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        raise NotImplementedError

    @torch.no_grad()
    def link(self, hidden: Floats, first: Ints, last: Ints) -> Floats:
        states = _batch(hidden)
        cues = torch.from_numpy(first), torch.from_numpy(last)
        return self.network.link(
            states, torch.ones(states.shape[:2]), torch.zeros_like(cues[0]), *cues
        ).numpy()

    @torch.no_grad()
    def label(
        self, hidden: Floats, first: Ints, last: Ints, content: Floats
    ) -> tuple[Floats, Floats, Floats]:
        cues = torch.from_numpy(first), torch.from_numpy(last)
        out = self.network.label(_batch(hidden), torch.zeros_like(cues[0]), *cues, torch.from_numpy(content))
        return out[0].numpy(), out[1].numpy(), out[2].numpy()


def _no_triggers(pieces: int) -> Floats:
    scores = np.full((pieces, 3), -10.0, dtype=np.float32)
    scores[:, OUTSIDE] = 10.0
    return scores


def _batch(window: Floats | Ints) -> Tensor:
    return torch.from_numpy(window)[None]
