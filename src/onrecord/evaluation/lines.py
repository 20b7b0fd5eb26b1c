"""The lines of a labelled corpus, gzipped or not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import UsageError


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Lines of a file with their numbers, from 1; blank ones too.

    Raises:
        UsageError: if the file cannot be read to its end.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from enumerate(lines, 1)
    except (OSError, EOFError) as error:
        raise UsageError(
            f"{path}: the corpus cannot be read ({error}). Name a .jsonl or .jsonl.gz file."
        ) from error
