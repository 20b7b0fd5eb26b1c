"""Files with secrets in them: read only if nobody else can read or change them, written so that nobody else ever could."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from onrecord.errors import UsageError


def read_private(path: Path, *, most_bytes: int, mend: str) -> bytes:
    """What a file has.

    Args:
        mend: what to do if it cannot be read.

    Raises:
        UsageError: if it cannot be read, is longer than `most_bytes`, or others on this machine can read or write it.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}). {mend}") from error
    # A group may be let in on purpose: a service that does not own the file.
    if os.name == "posix" and mode & (stat.S_IRWXO | stat.S_IWGRP):
        raise UsageError(f"{path}: others on this machine can read or write it. Close it: chmod 600 {path}")
    if len(data) > most_bytes:
        raise UsageError(f"{path}: longer than {most_bytes:,} bytes, so not what it should be. {mend}")
    return data


def write_private(path: Path, data: bytes) -> None:
    """Put bytes in a file, in place of all that it has; who reads it meanwhile sees the old file or the new one.

    Raises:
        UsageError: if it cannot be written.
    """
    written = None
    try:
        # The file is its owner's alone from the first.
        handle, written = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, path)
    except OSError as error:
        if written:
            with suppress(OSError):
                os.unlink(written)
        raise UsageError(f"{path}: cannot be written ({error.strerror}).") from error
