"""A trained run -> the ONNX files that ship: `python -m training.export RUN FOLDER`.

Six graphs: for one window each: `encoder.onnx`, `link.onnx`, `label.onnx` and `event.onnx`, with the weights of their matrix products and
of the word table in int8 (dynamic quantisation); `mention.onnx` and `antecedent.onnx` are small and stay fp32.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.analysis.mention_features import SIZES
from training.corpora import load_tokenizer
from training.event_heads import load_events
from training.event_model import EventNetwork
from training.mention_model import MentionNetwork, load_mentions
from training.model import Layer, Network
from training.train import load_network

# Tables with fewer rows stay fp32: places and features.
MIN_TABLE_ROWS = 1000
# Name, network, example inputs, names of inputs and outputs, what varies in their shapes.
Graph = tuple[str, nn.Module, tuple, list[str], list[str], dict]


class EncoderGraph(nn.Module):
    """Encoder with the heads that look at every piece of one window: cues, names, triggers and mentions."""

    def __init__(self, network: Network, mentions: MentionNetwork, events: EventNetwork) -> None:
        super().__init__()
        self.encoder, self.cue, self.names = network.encoder, network.cue, network.names
        self.mentions, self.trigger = mentions, events.trigger

    def forward(self, ids: Tensor, features: Tensor, scheme: Tensor) -> tuple[Tensor, ...]:
        middle, hidden = self.encoder.both(ids, features, torch.ones_like(ids))
        states = self.mentions.read(torch.cat([middle, hidden], dim=-1)[:, 1:-1], scheme)
        spans = self.mentions.spans(states[0])[None]
        around = (0, 0, 1, 1)
        return (
            hidden,
            self.cue(hidden),
            self.names(hidden),
            self.trigger(hidden),
            F.pad(spans, around, value=-1.0),
            F.pad(states, around),
        )


class LinkGraph(nn.Module):
    """Link head for the cues of one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.link = network.link

    def forward(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        start, at = self.link.reach(first, hidden.shape[0])
        near = self.link.piece(hidden)[start[:, None] + at[None, :]]
        cue = torch.cat([hidden[first], hidden[last]], dim=-1)
        return self.link.score(near, cue, first - start, last - start, torch.zeros(1))


class LabelGraph(nn.Module):
    """Label head for the cues of one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.label = network.label

    def forward(
        self, hidden: Tensor, first: Tensor, last: Tensor, content: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        pooled = torch.einsum("cph,pw->chw", self.label.weigh(hidden[None], content), hidden)
        return self.label.score(torch.cat([hidden[first], hidden[last]], dim=-1), pooled)


class EventGraph(nn.Module):
    """Event head for the triggers of one window."""

    def __init__(self, events: EventNetwork) -> None:
        super().__init__()
        self.events = events

    def forward(self, hidden: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        start, at = self.events.reach(first, hidden.shape[0])
        near = self.events.piece(hidden)[start[:, None] + at[None, :]]
        ends = torch.cat([hidden[first], hidden[last]], dim=-1)
        told = self.events.score(near, ends, first - start, last - start, torch.zeros(1, 1))
        return told.roles, told.types, told.statuses, told.modes, told.contexts, told.mutual


class MentionGraph(nn.Module):
    """What mentions are, from the states of their ends."""

    def __init__(self, mentions: MentionNetwork) -> None:
        super().__init__()
        self.mentions = mentions

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.mentions.vector(states)
        return vectors, self.mentions.classify(vectors)


class AntecedentGraph(nn.Module):
    """Antecedents of the mentions of one text."""

    def __init__(self, mentions: MentionNetwork) -> None:
        super().__init__()
        self.mentions = mentions

    def forward(self, vectors: Tensor, at: Tensor, before: Tensor, numbers: Tensor) -> Tensor:
        return self.mentions.pairs(vectors, at, before, numbers)


def attend_whole(qkv: Tensor, heads: int, bias: Tensor) -> Tensor:
    """`training.model.attend` where nothing is hidden, as one operator of onnxruntime: it takes half the time."""
    q, k, v = qkv.chunk(3, dim=-1)
    return torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (q, k, v),
        {"num_heads": heads},
        dtype=q.dtype,
        shape=q.shape,
        version=1,
    )


def export(run: Path, folder: Path, *, quantised: bool = True) -> None:
    """Write the graphs and the tokenizer of a run into a folder."""
    network, mentions, events = load_network(run), load_mentions(run), load_events(run)
    for module in (network, mentions, events):
        attend_by_one_operator(module)
    folder.mkdir(parents=True, exist_ok=True)
    p, c = torch.export.Dim("pieces", min=4, max=512), torch.export.Dim("cues", min=1, max=512)
    m, pairs = torch.export.Dim("mentions", min=1), torch.export.Dim("pairs", min=1)
    length, cues = 40, 5
    ids = torch.randint(5, 1000, (1, length))
    features = torch.randint(0, 3, (1, length, 3))
    hidden = torch.randn(length, network.shape.width)
    first, last = (torch.randint(0, 3, (cues,)) for _ in range(2))
    content = torch.randint(0, 2, (cues, length)).float()
    graphs: list[Graph] = [
        (
            "encoder",
            EncoderGraph(network, mentions, events),
            (ids, features, torch.tensor(0)),
            ["ids", "features", "scheme"],
            ["hidden", "cue", "names", "triggers", "spans", "mention_states"],
            {"ids": {1: p}, "features": {1: p}, "scheme": {}},
        ),
        (
            "link",
            LinkGraph(network),
            (hidden, first, last),
            ["hidden", "first", "last"],
            ["roles"],
            {"hidden": {0: p}, "first": {0: c}, "last": {0: c}},
        ),
        (
            "label",
            LabelGraph(network),
            (hidden, first, last, content),
            ["hidden", "first", "last", "content"],
            ["kind", "attitude", "negated"],
            {"hidden": {0: p}, "first": {0: c}, "last": {0: c}, "content": {0: c, 1: p}},
        ),
        event_graph(events),
        (
            "mention",
            MentionGraph(mentions),
            (torch.randn(cues, 2 * mentions.shape.width),),
            ["states"],
            ["vectors", "classes"],
            {"states": {0: m}},
        ),
        (
            "antecedent",
            AntecedentGraph(mentions),
            (
                torch.randn(cues, mentions.shape.vector),
                first,
                last,
                torch.zeros(cues, len(SIZES), dtype=torch.int64),
            ),
            ["vectors", "at", "before", "numbers"],
            ["scores"],
            {"vectors": {0: m}, "at": {0: pairs}, "before": {0: pairs}, "numbers": {0: pairs}},
        ),
    ]
    for graph in graphs:
        write_graph(folder, graph, quantised=quantised)
    load_tokenizer().save(str(folder / "tokenizer.json"), pretty=False)


def write_graph(folder: Path, graph: Graph, *, quantised: bool) -> None:
    """Write one graph into a folder."""
    name, module, inputs, given, gives, shapes = graph
    with tempfile.TemporaryDirectory() as scratch:
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
            opset_version=20,
        )
        target = folder / f"{name}.onnx"
        if quantised and name in ("encoder", "link", "event", "label"):
            quantize(whole, target)
        else:
            shutil.copy(whole, target)


def event_graph(events: EventNetwork) -> Graph:
    """The graph of the event head."""
    p, c = torch.export.Dim("pieces", min=4, max=512), torch.export.Dim("cues", min=1, max=512)
    ends = [torch.randint(0, 3, (5,)) for _ in range(2)]
    return (
        "event",
        EventGraph(events),
        (torch.randn(40, events.shape.given), *ends),
        ["hidden", "first", "last"],
        ["roles", "types", "statuses", "modes", "contexts", "mutual"],
        {"hidden": {0: p}, "first": {0: c}, "last": {0: c}},
    )


def export_events(run: Path, folder: Path) -> None:
    """Write the event head of a run beside the other graphs, with the trigger head of whose encoder it was trained."""
    events = load_events(run)
    attend_by_one_operator(events)
    write_graph(folder, event_graph(events), quantised=True)


def attend_by_one_operator(network: nn.Module) -> None:
    """Let the layers of a network attend as onnxruntime does it fastest."""
    for module in network.modules():
        if isinstance(module, Layer):
            module.attend = attend_whole


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
    parser.add_argument(
        "--events", action="store_true", help="only the event head, into a folder that has the rest"
    )
    parser.add_argument("--fp32", action="store_true", help="keep the weights as they are")
    args = parser.parse_args()
    if args.events:
        export_events(args.run, args.folder)
    else:
        export(args.run, args.folder, quantised=not args.fp32)
    print(f"{args.folder}: {sum(f.stat().st_size for f in args.folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
