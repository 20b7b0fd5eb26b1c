"""The PyTorch network behind the interface that the product uses, so that runs are scored before export."""

from __future__ import annotations

import torch

from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Ints
from training.model import Network


class TorchNetwork:
    """See `onrecord.analysis.network.Network`."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats, Floats]:
        hidden = self.network.encoder(*map(torch.from_numpy, (ids, features, mask)))
        return hidden.numpy(), self.network.cue(hidden).numpy(), self.network.names(hidden).numpy()

    @torch.no_grad()
    def link(self, hidden: Floats, mask: Ints, row: Ints, first: Ints, last: Ints) -> Floats:
        return self.network.link(*map(torch.from_numpy, (hidden, mask, row, first, last))).numpy()

    @torch.no_grad()
    def label(
        self, hidden: Floats, row: Ints, first: Ints, last: Ints, content: Ints
    ) -> tuple[Floats, Floats, Floats]:
        out = self.network.label(*map(torch.from_numpy, (hidden, row, first, last, content)))
        return out[0].numpy(), out[1].numpy(), out[2].numpy()
