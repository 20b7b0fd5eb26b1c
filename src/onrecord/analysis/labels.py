"""The words for what a statement is; their order is the order of the network's outputs.

`docs/kinds.md` defines each with examples and border cases.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Kind = Literal[
    "assertion",
    "prediction",
    "demand",
    "accusation",
    "denial",
    "pledge",
    "threat",
    "praise",
    "question",
]
Attitude = Literal["speech", "belief", "intention", "perception"]
Quotation = Literal["direct", "indirect", "mixed"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ATTITUDES: Final[tuple[Attitude, ...]] = get_args(Attitude)
