"""A smaller network that reads as a larger one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch: make .venv/.train")

from onrecord.analysis.network import CLS, SEP  # noqa: E402
from training import distil  # noqa: E402
from training.corpora import Document, batches, load_tokenizer, prepare  # noqa: E402
from training.mention_model import MentionNetwork, MentionShape  # noqa: E402
from training.model import Network, Shape  # noqa: E402

WIDTH = 24


def reader(monkeypatch: pytest.MonkeyPatch, inner: int) -> distil.Reader:
    shape = Shape(width=WIDTH, layers=2, heads=2, inner=inner, positions=64, link_width=8)
    mentions = MentionShape(given=2 * WIDTH, width=8, heads=2, span=4, vector=4, features=2, layers=1)
    monkeypatch.setattr(distil.train, "load_network", lambda run: Network(shape).eval())
    monkeypatch.setattr(distil, "load_mentions", lambda run: MentionNetwork(mentions).eval())
    return distil.Reader(Path("unused"))


def test_what_reads_alike_loses_nothing_and_each_layer_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    document = prepare(Document("a", "Police in Orvik arrested nine.\n", []), load_tokenizer())
    sizes = {"max_pieces": 60, "batch_pieces": 200, "cls": CLS, "sep": SEP}
    batch = next(batches([document], rng=random.Random(1), **sizes))
    teacher, other = reader(monkeypatch, 16), reader(monkeypatch, 8)
    same = reader(monkeypatch, 16)
    same.load_state_dict(teacher.state_dict())

    assert [float(lost.detach()) for lost in distil.losses(same, teacher, batch, 0)] == [0.0, 0.0]
    assert all(float(lost.detach()) > 0.1 for lost in distil.losses(other, teacher, batch, 0))
    assert len(teacher.states(batch, 0)[0]) == 2
