"""Files that somebody sends -> files in a folder of ours, within bounds. Their names are words of strangers, and no paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from onrecord.errors import UsageError
from onrecord.printing.printable import make_printable
from onrecord.web.reading_process import GivenFile

MAX_FILES: Final = 200
MAX_FILE_BYTES: Final = 100_000_000
# Of one form.
MAX_BYTES: Final = 200_000_000
_PART_BYTES: Final = 1_000_000
_MAX_NAME_CHARS: Final = 200
_WHITE = re.compile(r"\s+")


def keep_uploads(sent: Iterable[tuple[str | None, IO[bytes]]], folder: Path) -> Iterator[GivenFile]:
    """Write files into a folder, under numbers.

    Args:
        sent: what each is called, and its bytes.

    Raises:
        UsageError: if there are too many, or too much of them.
    """
    room = MAX_BYTES
    for number, (name, stream) in enumerate(sent, 1):
        if number > MAX_FILES:
            raise UsageError(f"More than {MAX_FILES} files. Add them in several goes, or as one archive.")
        called = plain_name(name or "") or f"file {number}"
        path = folder / str(number)
        room -= _write(stream, path, called, room)
        yield GivenFile(called, str(path))


def plain_name(name: str) -> str:
    r"""What a file is called, without folders and without signs that could turn a line.

    >>> plain_name("C:\\reports\\dam.html"), plain_name("../../etc/passwd"), plain_name("http://x/y.txt")
    ('dam.html', 'passwd', 'y.txt')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return make_printable(_WHITE.sub(" ", last).strip())[:_MAX_NAME_CHARS]


def _write(stream: IO[bytes], path: Path, name: str, room: int) -> int:
    """Write a file; gives how many bytes it has."""
    written = 0
    with path.open("xb") as file:
        while part := stream.read(_PART_BYTES):
            written += len(part)
            if written > MAX_FILE_BYTES:
                raise UsageError(
                    f"{name}: more than {MAX_FILE_BYTES // 1_000_000} MB. Read it with: onrecord read {name}"
                )
            if written > room:
                raise UsageError(
                    f"{name}: with it the files have more than {MAX_BYTES // 1_000_000} MB. Add them in several goes."
                )
            file.write(part)
    return written
