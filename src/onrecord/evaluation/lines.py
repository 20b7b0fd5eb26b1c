"""The lines of a labelled corpus, gzipped or not."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord.errors import UsageError

T = TypeVar("T")


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


def numbered_rows(path: Path, row: type[T], *, what: str, needs: str) -> Iterator[tuple[int, T]]:
    """The objects of a corpus of JSON lines, with the numbers of their lines; blank lines are passed over.

    Args:
        what: what a line is, for the message about one that is not: *a labelled article*.
        needs: what it must have: *"id" and "text"*.

    Raises:
        UsageError: if the file cannot be read to its end, or a line does not fit.
    """
    decoder = msgspec.json.Decoder(row)
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        try:
            decoded = decoder.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(
                f"{path}, line {number}: not {what} ({error}). Each line needs {needs}."
            ) from error
        yield number, decoded
