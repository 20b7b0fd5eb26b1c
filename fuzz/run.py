"""Fuzz one parser: `python fuzz/run.py FORM [SECONDS]`, with coverage from atheris (libFuzzer).

Seeds are in `corpus/FORM`; what the fuzzer finds goes to a temporary folder, a crash is written to
`fuzz/crash-...` and the exit code is not 0.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import atheris

HERE = Path(__file__).parent
DEFAULT_SECONDS = 60
# Longest input: parsers are bounded by size elsewhere, and short inputs reach more code a second.
MAX_INPUT_BYTES = 20_000
# Slowest input that is no finding.
TIMEOUT_S = 20


def load(form: str) -> ModuleType:
    """The target's module, with our own code under coverage."""
    spec = importlib.util.spec_from_file_location(f"fuzz_{form}", HERE / f"fuzz_{form}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"fuzz/fuzz_{form}.py: there is no such target.")
    module = importlib.util.module_from_spec(spec)
    with atheris.instrument_imports(include=["onrecord"]):
        spec.loader.exec_module(module)
    return module


def main() -> None:
    """Fuzz the form named on the command line."""
    form = sys.argv[1]
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_SECONDS
    target = load(form).target
    with tempfile.TemporaryDirectory() as found:
        atheris.Setup(
            [
                sys.argv[0],
                f"-max_total_time={seconds}",
                f"-max_len={MAX_INPUT_BYTES}",
                f"-timeout={TIMEOUT_S}",
                f"-artifact_prefix={HERE}/crash-{form}-",
                found,
                str(HERE / "corpus" / form),
            ],
            target,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
