"""The shipped network: ONNX files run by onnxruntime on the CPU (DESIGN.md section 4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal, cast, get_args

import numpy as np

from onrecord.analysis.confidence import Calibration
from onrecord.analysis.decoding import Floats
from onrecord.analysis.network import Encoded, EventScores
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Ints, Tokenizer
from onrecord.errors import ModelError

# onnxruntime joins an addition and the normalisation behind it into one step that takes seven times as long as
# the two (1.32, on a CPU with AVX-512: a sixth of the encoder's time).
SLOW_FUSIONS = ["SkipLayerNormFusion"]


GRAPHS = ("encoder", "link", "label", "event", "mention", "antecedent")
# Whose idea of a mention the mention head follows: that of our stories, or OntoGUM's, which it is measured by.
Scheme = Literal["onrecord", "ontogum"]


class OnnxNetwork:
    """`encoder.onnx` (hidden states, and the heads that look at every piece) and the other heads' files.

    One object may be used by several threads at once: onnxruntime releases the interpreter lock.
    """

    def __init__(self, folder: Path, *, threads: int, scheme: Scheme = "onrecord") -> None:
        import onnxruntime as ort

        self._scheme = np.array(get_args(Scheme).index(scheme), dtype=np.int64)

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # A plan of memory is kept for each length of window: hundreds of megabytes in a long run, and no gain.
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._encoder, self._link, self._label, self._event, self._mention, self._antecedent = (
                ort.InferenceSession(
                    str(folder / f"{name}.onnx"),
                    sess_options=options,
                    providers=["CPUExecutionProvider"],
                    disabled_optimizers=SLOW_FUSIONS,
                )
                for name in GRAPHS
            )
        except Exception as error:  # onnxruntime raises classes of its own, without a common base
            raise ModelError(
                f"{folder}: the model cannot be loaded ({error}). Install onrecord again: pip install --force-reinstall onrecord"
            ) from error

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """See `Network.encode`."""
        inputs = {"ids": ids[None], "features": features[None], "scheme": self._scheme}
        return Encoded(*(output[0] for output in self._encoder.run(None, inputs)))

    def link(self, hidden: Floats, first: Ints, last: Ints) -> Floats:
        """See `Network.link`."""
        scores: Floats = self._link.run(None, {"hidden": hidden, "first": first, "last": last})[0]
        return scores

    def label(
        self, hidden: Floats, first: Ints, last: Ints, content: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """See `Network.label`."""
        inputs = {"hidden": hidden, "first": first, "last": last, "content": content}
        kind, attitude, negated = self._label.run(None, inputs)
        return kind, attitude, negated

    def events(self, hidden: Floats, first: Ints, last: Ints) -> EventScores:
        """See `Network.events`."""
        return EventScores(*self._event.run(None, {"hidden": hidden, "first": first, "last": last}))

    def describe(self, states: Floats) -> tuple[Floats, Floats]:
        """See `Network.describe`."""
        vectors, classes = self._mention.run(None, {"states": states})
        return vectors, classes

    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        """See `Network.antecedents`."""
        inputs = {"vectors": vectors, "at": at, "before": before, "numbers": numbers}
        scores: Floats = self._antecedent.run(None, inputs)[0]
        return scores


@dataclass(frozen=True, slots=True)
class Model:
    """All that analysis needs, loaded once.

    Attributes:
        version: digest of the model files' contents; it is kept with each row of the record.
    """

    network: OnnxNetwork
    tokenizer: Tokenizer
    calibration: Calibration
    options: AnalysisOptions
    version: str


def model_folder() -> Path:
    """Where the model that ships with the package lies."""
    return Path(str(resources.files("onrecord"))) / "model"


def load_model(folder: Path | None = None, *, threads: int = 1, scheme: Scheme = "onrecord") -> Model:
    """Load the shipped model, or one from another folder.

    Args:
        threads: cores for one batch; with several batches at once, 1 is best.
        scheme: what the mention head takes for a mention.

    Raises:
        ModelError: if a file is missing or damaged.
    """
    folder = folder or model_folder()
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        calibration = Calibration(**config["calibration"])
        options = AnalysisOptions(**config["options"])
        version = str(config["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder / 'config.json'}: the model's settings cannot be read ({error}). Make the model with `make train`, or install onrecord again."
        ) from error
    return Model(
        OnnxNetwork(folder, threads=threads, scheme=scheme),
        _load_tokenizer(folder),
        calibration,
        options,
        version,
    )


def _load_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer as HuggingFaceTokenizer

    try:
        tokenizer = HuggingFaceTokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare Exception
        raise ModelError(
            f"{folder / 'tokenizer.json'}: cannot be loaded ({error}). Install onrecord again."
        ) from error
    return cast(Tokenizer, tokenizer)
