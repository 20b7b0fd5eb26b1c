"""A trained run -> the ONNX files that ship: `python -m training.export RUN FOLDER`.

Three graphs: `encoder.onnx`, with the weights of its matrix products and of the word table in int8
(dynamic quantisation), and `link.onnx` and `label.onnx`, which are small and stay fp32.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.corpora import load_tokenizer
from training.model import Network
from training.train import load_network

# Tables with fewer rows stay fp32: places and features.
MIN_TABLE_ROWS = 1000


class EncoderGraph(nn.Module):
    """Encoder with the heads that tag every piece: cues and names."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.cue, self.names = network.encoder, network.cue, network.names

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden = self.encoder(ids, features, mask)
        return hidden, self.cue(hidden), self.names(hidden)


def export(run: Path, folder: Path, *, quantised: bool = True) -> None:
    """Write the graphs and the tokenizer of a run into a folder."""
    network = load_network(run)
    folder.mkdir(parents=True, exist_ok=True)
    w, p, c = (
        torch.export.Dim("windows", max=4096),
        torch.export.Dim("pieces", min=4, max=512),
        torch.export.Dim("cues", max=65536),
    )
    batch, length, cues = 3, 40, 5
    ids = torch.randint(5, 1000, (batch, length))
    features = torch.randint(0, 3, (batch, length, 3))
    mask = torch.ones(batch, length, dtype=torch.int64)
    hidden = torch.randn(batch, length, network.shape.width)
    row, first, last = (torch.randint(0, 3, (cues,)) for _ in range(3))
    content = torch.randint(0, 2, (cues, length))
    graphs: list[tuple[str, nn.Module, tuple, list[str], list[str], dict]] = [
        (
            "encoder",
            EncoderGraph(network),
            (ids, features, mask),
            ["ids", "features", "mask"],
            ["hidden", "cue", "names"],
            {"ids": {0: w, 1: p}, "features": {0: w, 1: p}, "mask": {0: w, 1: p}},
        ),
        (
            "link",
            network.link,
            (hidden, mask, row, first, last),
            ["hidden", "mask", "row", "first", "last"],
            ["roles"],
            {"hidden": {0: w, 1: p}, "mask": {0: w, 1: p}, "row": {0: c}, "first": {0: c}, "last": {0: c}},
        ),
        (
            "label",
            network.label,
            (hidden, row, first, last, content),
            ["hidden", "row", "first", "last", "content"],
            ["kind", "attitude", "negated"],
            {"hidden": {0: w, 1: p}, "row": {0: c}, "first": {0: c}, "last": {0: c}, "content": {0: c, 1: p}},
        ),
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for name, module, inputs, given, gives, shapes in graphs:
            whole = Path(scratch) / f"{name}.onnx"
            torch.onnx.export(
                module.eval(),
                inputs,
                str(whole),
                input_names=given,
                output_names=gives,
                dynamic_shapes=shapes,
                dynamo=True,
                external_data=False,
                opset_version=18,
            )
            target = folder / f"{name}.onnx"
            if quantised and name == "encoder":
                quantize(whole, target)
            else:
                shutil.copy(whole, target)
            onnx.checker.check_model(str(target))
    load_tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def quantize(whole: Path, target: Path) -> None:
    """int8 weights, one scale a column; activations are scaled as they come.

    Of the tables only that of the words is quantised: the small ones save nothing, and in int8 they
    cost 0.8 points of attributed F1 on the held-out part.
    """
    graph = onnx.load(str(whole), load_external_data=False).graph
    rows = {i.name: i.dims[0] for i in graph.initializer if len(i.dims) == 2}
    small = [n.name for n in graph.node if n.op_type == "Gather" and rows.get(n.input[0], 0) < MIN_TABLE_ROWS]
    quantize_dynamic(
        str(whole),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
        nodes_to_exclude=small,
    )


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", action="store_true", help="keep the weights as they are")
    args = parser.parse_args()
    export(args.run, args.folder, quantised=not args.fp32)
    print(f"{args.folder}: {sum(f.stat().st_size for f in args.folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
