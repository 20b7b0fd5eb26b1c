"""The network that ships, read back from its ONNX files as a run that training can go on from.

`python -m training.shipped RUN` writes `weights.pt`, `events.pt` and `config.json` into RUN. The matrices come
back from int8, which costs a few tenths of a point and is gone after some hundred steps.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from onrecord.analysis.encoder import model_folder
from training.event_model import EventNetwork, EventShape
from training.model import Network, Shape

_GRAPHS = ("encoder", "link", "label")
# What quantisation makes of one matrix.
_OF_INT8 = ("_quantized", "_scale", "_zero_point")


def read_weights(folder: Path) -> dict[str, Tensor]:
    """The state of the network in `encoder.onnx`, `link.onnx` and `label.onnx`, by PyTorch's names."""
    weights: dict[str, Tensor] = {}
    for name in _GRAPHS:
        found = _read_graph(folder / f"{name}.onnx")
        # The heads for mentions and coreference are trained anew on whatever encoder comes of it.
        weights |= {k: v for k, v in found.items() if not k.startswith(("mentions.", "trigger."))}
    return weights


def read_events(folder: Path) -> dict[str, Tensor]:
    """The state of the event heads in `event.onnx`, and of the one for triggers in `encoder.onnx`."""
    triggers = _read_graph(folder / "encoder.onnx")
    found = {k.removeprefix("events."): v for k, v in _read_graph(folder / "event.onnx").items()}
    return found | {k: v for k, v in triggers.items() if k.startswith("trigger.")}


def _read_graph(path: Path) -> dict[str, Tensor]:
    graph = onnx.load(str(path)).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {k: v for k, v in arrays.items() if "." in k and not k.endswith(_OF_INT8)}
    found |= _matrices(graph, arrays)
    if "encoder.word.weight_quantized" in arrays:
        found["encoder.word.weight"] = _real(arrays, "encoder.word.weight")
    return {k: torch.from_numpy(np.array(v, dtype=np.float32)) for k, v in found.items()}


def _matrices(graph: onnx.GraphProto, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Matrices lose their names at export; each is named after the bias that is added to its product."""
    maker = {output: node for node in graph.node for output in node.output}
    found = {}
    for node in graph.node:
        bias = next((i for i in node.input if i.endswith(".bias") and i in arrays), None)
        if node.op_type != "Add" or bias is None:
            continue
        at = maker.get(next(i for i in node.input if i != bias))
        while at is not None and at.op_type not in ("MatMul", "MatMulInteger"):
            at = maker.get(at.input[0])
        if at is not None:
            matrix = at.input[1].removesuffix("_quantized")
            real = _real(arrays, matrix) if f"{matrix}_quantized" in arrays else arrays[matrix]
            found[bias.removesuffix("bias") + "weight"] = real.T
    return found


def _real(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    """int8 -> real numbers."""
    whole = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
    return whole * arrays[f"{name}_scale"]


def main() -> None:
    """Write the shipped network as a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    args = parser.parse_args()
    weights = read_weights(model_folder())
    network = Network(Shape(inner=len(weights["encoder.layers.0.up.bias"])))
    left = network.load_state_dict(weights, strict=False)
    if left.unexpected_keys:
        parser.error(f"the model has weights that the network has not: {left.unexpected_keys}")
    args.run.mkdir(parents=True, exist_ok=True)
    events = EventNetwork(EventShape())
    events.load_state_dict(read_events(model_folder()))
    torch.save(network.state_dict(), args.run / "weights.pt")
    torch.save(events.state_dict(), args.run / "events.pt")
    (args.run / "config.json").write_text(json.dumps({"shape": asdict(network.shape)}, indent=1))
    print(f"{args.run}: not in the model, left as they begin: {left.missing_keys or 'nothing'}")


if __name__ == "__main__":
    main()
