"""The shipped network: ONNX files run by onnxruntime on the CPU (DESIGN.md section 4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import cast

from onrecord.analysis.confidence import Calibration
from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Ints, Tokenizer
from onrecord.analysis.statements import StatementOptions
from onrecord.errors import ModelError

# onnxruntime joins an addition and the normalisation behind it into one step that takes seven times as long as
# the two (1.32, on a CPU with AVX-512: a sixth of the encoder's time).
SLOW_FUSIONS = ["SkipLayerNormFusion"]


class OnnxNetwork:
    """`encoder.onnx` (hidden states, cue and name scores), `link.onnx` and `label.onnx`.

    One object may be used by several threads at once: onnxruntime releases the interpreter lock.
    """

    def __init__(self, folder: Path, *, threads: int) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._encoder, self._link, self._label = (
                ort.InferenceSession(
                    str(folder / f"{name}.onnx"),
                    sess_options=options,
                    providers=["CPUExecutionProvider"],
                    disabled_optimizers=SLOW_FUSIONS,
                )
                for name in ("encoder", "link", "label")
            )
        except Exception as error:  # onnxruntime raises classes of its own, without a common base
            raise ModelError(
                f"{folder}: the model cannot be loaded ({error}). Install onrecord again: pip install --force-reinstall onrecord"
            ) from error

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats, Floats]:
        """See `Network.encode`."""
        hidden, cue, names = self._encoder.run(None, {"ids": ids[None], "features": features[None]})
        return hidden[0], cue[0], names[0]

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


@dataclass(frozen=True, slots=True)
class Model:
    """All that analysis needs, loaded once.

    Attributes:
        version: digest of the model files' contents; it is kept with each row of the record.
    """

    network: OnnxNetwork
    tokenizer: Tokenizer
    calibration: Calibration
    options: StatementOptions
    version: str


def model_folder() -> Path:
    """Where the model that ships with the package lies."""
    return Path(str(resources.files("onrecord"))) / "model"


def load_model(folder: Path | None = None, *, threads: int = 1) -> Model:
    """Load the shipped model, or one from another folder.

    Args:
        threads: cores for one batch; with several batches at once, 1 is best.

    Raises:
        ModelError: if a file is missing or damaged.
    """
    folder = folder or model_folder()
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        calibration = Calibration(**config["calibration"])
        options = StatementOptions(**config["options"])
        version = str(config["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder / 'config.json'}: the model's settings cannot be read ({error}). Make the model with `make train`, or install onrecord again."
        ) from error
    return Model(OnnxNetwork(folder, threads=threads), _load_tokenizer(folder), calibration, options, version)


def _load_tokenizer(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer as HuggingFaceTokenizer

    try:
        tokenizer = HuggingFaceTokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare Exception
        raise ModelError(
            f"{folder / 'tokenizer.json'}: cannot be loaded ({error}). Install onrecord again."
        ) from error
    return cast(Tokenizer, tokenizer)
