"""Two runs mixed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch: make .venv/.train")

from training.soup import HEADS, mix  # noqa: E402


def run(folder: Path, value: float) -> Path:
    folder.mkdir()
    torch.save({"weight": torch.full((2,), value)}, folder / "weights.pt")
    for name in HEADS:
        torch.save({"of": folder.name}, folder / name)
    (folder / "config.json").write_text(json.dumps({"shape": {"width": 2}}))
    return folder


def test_weights_are_mixed_and_the_heads_are_those_that_went_on(tmp_path: Path) -> None:
    before, after = run(tmp_path / "before", 1.0), run(tmp_path / "after", 3.0)

    mix(before, after, 0.75, tmp_path / "out")

    assert torch.load(tmp_path / "out" / "weights.pt")["weight"].tolist() == [2.5, 2.5]
    assert all(torch.load(tmp_path / "out" / name) == {"of": "after"} for name in HEADS)
    assert json.loads((tmp_path / "out" / "config.json").read_text()) == {"shape": {"width": 2}, "soup": 0.75}
