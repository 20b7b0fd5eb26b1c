"""Trigger and role scores -> events in pieces."""

from __future__ import annotations

from typing import Final, Literal, get_args

Role = Literal["actor", "recipient", "place", "date", "dead", "injured", "crowd"]
# In the order of the network's outputs.
ROLES: Final[tuple[Role, ...]] = get_args(Role)
