"""Paths, folders and standard input -> articles, one by one, errors in between."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_report
from onrecord.reading.html import is_html, read_html
from onrecord.reading.jsonl import read_jsonl
from onrecord.reading.text import check_length, read_as_is, read_text

# A file beyond this is not read at all. HTML may have much markup around little text.
MAX_FILE_BYTES = 50_000_000

Result = Article | UnreadableReportError


def read_report(data: bytes, origin: str, *, as_is: bool = False) -> Article:
    """Read one report from its bytes, as HTML or as text, whichever it is.

    Raises:
        UnreadableReportError: if it cannot be read; the message says why and what to do.
    """
    text = decode_report(data, origin, as_is=as_is)
    if as_is:
        check_length(text, origin)
        return read_as_is(text, id=None, title=None, published=None, origin=origin)
    return read_html(text, origin) if is_html(text) else read_text(text, origin)


def read_paths(paths: Sequence[str], *, as_is: bool, jsonl: bool) -> Iterator[Result]:
    """Read files, folders (all files below, in name order) and `-`, in the order given."""
    for path in paths:
        if path == "-":
            yield from _read_stream(sys.stdin.buffer, "standard input", as_is=as_is, jsonl=jsonl)
        elif os.path.isdir(path):
            yield from _read_folder(Path(path), as_is=as_is, jsonl=jsonl)
        else:
            yield from _read_file(path, as_is=as_is, jsonl=jsonl)


def count_files(paths: Sequence[str]) -> int | None:
    """How many files the paths name; None if standard input is among them."""
    if "-" in paths:
        return None
    return sum(len(_files_below(Path(p))) if os.path.isdir(p) else 1 for p in paths)


def _files_below(folder: Path) -> list[Path]:
    """All files below that are not hidden, nor in a hidden folder; folders that may not be opened are
    passed over."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(Path(place, name) for name in names if not name.startswith("."))
    return sorted(file for file in found if os.path.isfile(file))


def _read_folder(folder: Path, *, as_is: bool, jsonl: bool) -> Iterator[Result]:
    files = _files_below(folder)
    if not files:
        yield UnreadableReportError(f"{folder}: the folder holds no files. Name a folder with reports.")
    for file in files:
        yield from _read_file(str(file), as_is=as_is, jsonl=jsonl)


def _read_file(path: str, *, as_is: bool, jsonl: bool) -> Iterator[Result]:
    try:
        with open(path, "rb") as stream:
            yield from _read_stream(stream, path, as_is=as_is, jsonl=jsonl)
    except (OSError, ValueError) as error:  # a ValueError: no file has such a name
        reason = getattr(error, "strerror", None) or str(error)
        yield UnreadableReportError(
            f"{path}: cannot be opened ({reason}). Check the name and the permissions."
        )


def _read_stream(stream: IO[bytes], origin: str, *, as_is: bool, jsonl: bool) -> Iterator[Result]:
    if jsonl:
        yield from read_jsonl(_lines(stream), origin, as_is=as_is)
        return
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        yield UnreadableReportError(
            f"{origin}: more than {MAX_FILE_BYTES // 1_000_000} MB are not one report. Split the file into single reports."
        )
        return
    try:
        yield read_report(data, origin, as_is=as_is)
    except UnreadableReportError as error:
        yield error


def _lines(stream: IO[bytes]) -> Iterable[bytes]:
    """Lines of at most MAX_FILE_BYTES; of a longer one only the beginning, which no JSON reader takes."""
    while line := stream.readline(MAX_FILE_BYTES):
        yield line
        while len(line) == MAX_FILE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_FILE_BYTES)
