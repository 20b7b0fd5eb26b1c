"""`onrecord mcp`: the record for clients of language models."""

from __future__ import annotations

import sys

from onrecord.commands.terminal import DEFAULT_RECORD, RecordOption, complain
from onrecord.errors import UsageError


def mcp(record: RecordOption = DEFAULT_RECORD) -> None:
    """Answer the questions of a language model's client on standard input (Model Context Protocol); the record is only read."""
    try:
        import mcp_types  # noqa: F401  # what version 2 of the SDK has and those before it had not
    except ModuleNotFoundError as error:
        raise UsageError(
            "mcp: the Model Context Protocol needs its SDK, version 2 or later. Install it: pip install 'onrecord[mcp]'"
        ) from error
    from onrecord.mcp.server import serve
    from onrecord.record.read_only import open_read_only

    # Whoever names no record is told at once, and not at the first question.
    open_read_only(record).close()
    if sys.stdin.isatty():
        complain(f"{record}: waiting for a client on standard input; Ctrl-C ends it.")
    serve(record)
