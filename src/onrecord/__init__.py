"""Reads news reports and keeps the record: who said what, in which words, and where it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api.record import Record

__all__ = ["Record", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # Who only parses the words of a command does not wait for the record.
    if name == "Record":
        from onrecord.api.record import Record

        return Record
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
