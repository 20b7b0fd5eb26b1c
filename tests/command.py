"""The command `onrecord` in the process of the tests, or in one of its own where that is what is tested."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import main

PROGRAM = (sys.executable, "-c", "from onrecord.cli import main; main()")


def onrecord(
    *words: str | Path, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as the program does, in this process: starting one for each would take most of the time.

    Args:
        words: of the command line, behind `onrecord`.
        stdin: what comes through a pipe, which only another process has; so it is started.
        cwd: the folder in which it runs; None for that of the tests.
    """
    given = list(map(str, words))
    if stdin is not None:
        return subprocess.run(
            [*PROGRAM, *given], input=stdin, capture_output=True, cwd=cwd, timeout=120, check=False
        )
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["onrecord", *given])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        if cwd:
            patch.chdir(cwd)
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out.flush()
        err.flush()
    return subprocess.CompletedProcess(
        given,
        code,
        out.buffer.getvalue(),  # type: ignore[attr-defined]
        err.buffer.getvalue(),  # type: ignore[attr-defined]
    )


def onrecord_text(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The same, with what was printed as text."""
    done = onrecord(*words)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
