"""What is shipped beside the program: its documentation and its example reports.

An installed package has them in itself (`[tool.hatch.build]` in pyproject.toml); a working copy has them at its root.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from onrecord.errors import RecordError

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(what: Literal["docs", "examples"]) -> Path:
    """The folder of it.

    Raises:
        RecordError: if this installation lacks it.
    """
    for folder in (_PACKAGE / "shipped" / what, _PACKAGE.parents[1] / what):
        if folder.is_dir():
            return folder
    raise RecordError(
        f"{what}: this installation of onrecord lacks them. Install it anew: pip install --force-reinstall onrecord"
    )
