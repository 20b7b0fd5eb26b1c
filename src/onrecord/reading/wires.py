"""Wire services, as bylines and datelines name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

WIRE_NAME = (
    r"(?:(?i:(?:the )?associated press|reuters|agence france[- ]presse|(?:thomson )?reuters|bloomberg(?: news)?"
    r"|united press international|xinhua|pa media|press association|deutsche presse-agentur|kyodo(?: news)?|ians|pti|ansa|efe|tass|interfax)|AP|AFP|UPI|DPA|dpa(?:-AFX|/[a-z]{2,4})?|epd|apa|sda)"
)
_WIRE = re.compile(WIRE_NAME)


def is_wire(name: str) -> bool:
    """Is it the name of a wire service, as bylines have it?"""
    return _WIRE.fullmatch(name) is not None


def find_agency(byline: Iterable[str]) -> str | None:
    """The wire service that is named as author; None if no author is one."""
    return next((name for name in byline if is_wire(name)), None)
