"""A pager between us and the terminal, as git has it: what fits the screen is printed, what is longer can be read page by page."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TextIO

# How `less` behaves unless the user has said so: leave what fits one screen, pass colours on, and do not wipe the screen.
_LESS = "FRX"
# What a user sets who wants no pager.
_NONE = ("", "cat")


class Pager:
    """The user's pager while it runs; what is written to `stream` is what it shows."""

    def __init__(self, command: str) -> None:
        environment = {"LESS": _LESS, "LV": "-c"} | dict(os.environ)
        # A pager is a line for the shell by custom (POSIX man: `PAGER='col -b | less'`), and the user's own.
        self._process = subprocess.Popen(command, shell=True, stdin=subprocess.PIPE, env=environment)  # nosec B602  # the user's own pager
        assert self._process.stdin is not None
        self.stream: TextIO = io.TextIOWrapper(self._process.stdin, "utf-8", errors="replace")

    def finish(self) -> None:
        """Tell it that there is no more, and wait until the user has left it; an interrupt is the pager's own business."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            # Left before all was written: whatever is still to be flushed has no reader.
            with suppress(BrokenPipeError):
                self.stream.close()
            self._process.wait()
        finally:
            signal.signal(signal.SIGINT, before)


def start_pager() -> Pager | None:
    """The user's pager (`PAGER`, else less); None where nobody reads on a terminal, or none is wanted or there."""
    command = os.environ.get("PAGER", "less").strip()
    if command in _NONE or not sys.stdout.isatty() or shutil.which(command.split()[0]) is None:
        return None
    sys.stdout.flush()
    return Pager(command)
