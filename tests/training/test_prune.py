"""Inner layers made narrower."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch: make .venv/.train")

from training.mention_model import MentionNetwork, MentionShape  # noqa: E402
from training.model import Network, Shape  # noqa: E402
from training.prune import last_layers, prune  # noqa: E402

SMALL = {"width": 24, "layers": 2, "heads": 2, "vocabulary": 50, "positions": 20, "link_width": 8}


def test_units_that_give_nothing_can_go_and_nothing_changes() -> None:
    network = Network(Shape(inner=8, **SMALL)).eval()
    with torch.no_grad():
        for layer in network.encoder.layers:
            layer.down.weight[:, [1, 4, 5]] = 0.0
    scores = [torch.tensor([1.0, 0, 1, 1, 0, 0, 1, 1])] * 2
    narrow = Network(Shape(inner=5, **SMALL)).eval()
    narrow.load_state_dict(prune(network.state_dict(), scores, 5))
    ids = torch.randint(0, 50, (1, 9))
    features = torch.zeros(1, 9, 3, dtype=torch.long)

    before = network.encoder(ids, features, torch.ones_like(ids))
    after = narrow.encoder(ids, features, torch.ones_like(ids))

    assert torch.allclose(before, after, atol=1e-5)


def test_the_last_layers_over_mentions_stay() -> None:
    shape = {"given": 16, "width": 8, "heads": 2, "span": 4, "vector": 4, "features": 2}
    both = MentionNetwork(MentionShape(layers=2, **shape))
    one = MentionNetwork(MentionShape(layers=1, **shape))

    one.load_state_dict(last_layers(both.state_dict(), 1))

    assert torch.equal(one.layers[0].up.weight, both.layers[1].up.weight)
    assert torch.equal(one.enter.weight, both.enter.weight)
