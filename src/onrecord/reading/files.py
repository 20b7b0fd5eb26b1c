"""Paths, folders, patterns, addresses and standard input -> articles, one by one, errors in between."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from onrecord.article import Article, Original, content_id
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import check_length
from onrecord.reading.encoding import decode_with_codec
from onrecord.reading.forms import HEAD_BYTES, Form, tell_form
from onrecord.reading.html import is_html, read_html
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.text import read_as_is, read_text
from onrecord.reading.unpack import open_unpacked

# A single report beyond this is not read at all. HTML may have much markup around little text.
MAX_REPORT_BYTES = 50_000_000
# Standard input is kept in memory up to here, then in a temporary file.
_SPOOLED_BYTES = 8_000_000
_COPIED_BYTES = 1_000_000
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_AS_GIVEN = ReadOptions()


def read_report(data: bytes, origin: str, *, as_is: bool = False) -> Article:
    """Read one report from its bytes, as HTML or as text, whichever it is.

    Raises:
        UnreadableReportError: if it cannot be read; the message says why and what to do.
    """
    text, codec = decode_with_codec(data, origin, as_is=as_is)
    is_markup = not as_is and is_html(text)
    if as_is:
        check_length(text, origin)
        article = read_as_is(text, id=None, title=None, published=None, origin=origin)
    else:
        address = origin if _ADDRESS.match(origin) else None
        article = read_html(text, origin, address=address) if is_markup else read_text(text, origin)
    return replace(article, original=Original(data, codec, is_markup))


def read_paths(paths: Sequence[str], options: ReadOptions = _AS_GIVEN) -> Iterator[Read]:
    """Read files, folders (all files below, in name order), patterns (`news/*.html`), addresses and
    `-`, in the order given."""
    for path in paths:
        if path == "-":
            with _seekable(sys.stdin.buffer) as kept:
                yield from read_stream(kept, "standard input", options)
        elif _ADDRESS.match(path):
            yield from _read_address(path, options)
        elif os.path.isdir(path):
            yield from _read_folder(Path(path), options)
        elif (scheme := _SCHEME.match(path)) and not os.path.lexists(path):
            yield UnreadableReportError(
                f"{path}: addresses with {scheme[1].lower()}:// are not read, only those with http:// and https://. Give the path of a file instead."
            )
        else:
            for name in _matching(path):
                yield from _read_file(name, options)


def count_files(paths: Sequence[str]) -> int | None:
    """How many files and addresses the paths name; None if standard input is among them."""
    if "-" in paths:
        return None
    return sum(
        1
        if _ADDRESS.match(p)
        else sum(why_not is None for _, why_not in _look_below(Path(p)))
        if os.path.isdir(p)
        else len(_matching(p))
        for p in paths
    )


def _matching(path: str) -> list[str]:
    """The files that a pattern matches; a path that exists, or matches nothing, stands for itself."""
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    found = sorted(f for f in glob.iglob(path, recursive=True) if os.path.isfile(f))
    return found or [path]


def _look_below(folder: Path) -> list[tuple[Path, str | None]]:
    """Everything below that is not hidden, nor in a hidden folder, in name order: files, and what is no file
    to be read, with the reason."""
    root = os.path.realpath(folder)
    found: list[tuple[Path, str | None]] = []

    def name_unopened(error: OSError) -> None:
        found.append(
            (Path(error.filename), f"the folder cannot be opened ({error.strerror}). Check the permissions")
        )

    for place, folders, names in os.walk(folder, onerror=name_unopened):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = [Path(place, name) for name in names if not name.startswith(".")]
        found.extend((path, _why_not_read(path, root)) for path in paths)
        # `os.walk` does not go into links.
        found.extend(
            (path, "a link to a folder is not followed. Name it by itself if it is to be read")
            for path in (Path(place, name) for name in folders)
            if path.is_symlink()
        )
    return sorted(found, key=lambda pair: pair[0])


def _why_not_read(path: Path, root: str) -> str | None:
    """Why what a folder names is not read; None for a file.

    Args:
        root: the real path of the folder. What lies outside of it has not been named by the user.
    """
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        return "the link leads out of the folder, and is not followed. Name it by itself if it is to be read"
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return f"cannot be opened ({error.strerror}). Check the link and the permissions"
    return (
        None
        if stat.S_ISREG(mode)
        else "this is a pipe, a socket or a device, which in a folder are not read. Name it by itself if it is to be read"
    )


def _read_folder(folder: Path, options: ReadOptions) -> Iterator[Read]:
    found = _look_below(folder)
    if not found:
        yield UnreadableReportError(f"{folder}: the folder holds no files. Name a folder with reports.")
    for path, why_not in found:
        if why_not is None:
            yield from _read_file(str(path), options)
        else:
            yield UnreadableReportError(f"{path}: {why_not}.")


def _read_file(path: str, options: ReadOptions) -> Iterator[Read]:
    try:
        with open(path, "rb") as stream, stream if stream.seekable() else _seekable(stream) as kept:
            yield from read_stream(kept, path, options)
    except (OSError, ValueError) as error:  # a ValueError: no file has such a name
        reason = getattr(error, "strerror", None) or str(error)
        yield UnreadableReportError(
            f"{path}: cannot be opened ({reason}). Check the name and the permissions."
        )


def _read_address(url: str, options: ReadOptions) -> Iterator[Read]:
    from onrecord.reading.web import read_url

    yield from read_url(url, options, read_stream)


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    """What comes through a pipe, kept so that it can be looked at first."""
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOLED_BYTES)  # noqa: SIM115 - read by the caller
    while part := stream.read(_COPIED_BYTES):
        kept.write(part)
    kept.seek(0)
    return kept


def read_stream(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read all reports of one file, whatever its form and however it is packed.

    Args:
        stream: seekable, at its beginning.
        origin: names it in errors and articles.
    """
    for member in open_unpacked(stream, origin):
        if isinstance(member, UnreadableReportError):
            yield member
        else:
            name, unpacked = member
            yield from _read_form(unpacked, name, options)


def read_given(row: Mapping[str, object], origin: str) -> Read:
    """Read one report from its text and what somebody says of it.

    Args:
        row: our fields, as of a row of JSON (`columns.KNOWN_COLUMNS`); None where nothing is said.
        origin: what it is called.
    """
    from onrecord.reading.columns import row_to_article

    try:
        return _as_printed(row_to_article(row, {}, origin, _AS_GIVEN))
    except UnreadableReportError as error:
        return error


def _read_form(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    form = Form.JSON if options.jsonl else tell_form(head, dict(options.columns))
    if form in (Form.TEXT, Form.HTML):
        found: Iterable[Read] = [_read_single(stream, origin, options)]
    else:
        found = _reader(form)(stream, origin, options)
    for read in found:
        yield read if isinstance(read, UnreadableReportError) else _as_printed(read)


def _as_printed(article: Article) -> Article:
    """The article under an id of its own printing: one text in two outlets is two reports. An id that was given stays."""
    printed_by = article.outlet or (_host(article.url) if article.url else None)
    if printed_by is None or article.id != content_id(article.text):
        return article
    return replace(article, id=content_id(article.text, printed_by))


def _host(url: str) -> str | None:
    """The host of an address; None where a page gives one that is none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _read_single(stream: IO[bytes], origin: str, options: ReadOptions) -> Read:
    data = stream.read(MAX_REPORT_BYTES + 1)
    if len(data) > MAX_REPORT_BYTES:
        return UnreadableReportError(
            f"{origin}: more than {MAX_REPORT_BYTES // 1_000_000} MB are not one report. Split the file into single reports."
        )
    try:
        return read_report(data, origin, as_is=options.as_is)
    except UnreadableReportError as error:
        return error


Reader = Callable[[IO[bytes], str, ReadOptions], Iterable[Read]]

# The module and function of each form, imported when the first file of it comes.
_READERS = {
    Form.JSON: ("jsonl", "read_jsonl"),
    Form.TABLE: ("table", "read_csv"),
    Form.PARQUET: ("parquet", "read_parquet"),
    Form.WARC: ("warc", "read_warc"),
    Form.FEED: ("feed", "read_feed"),
    Form.PDF: ("pdf", "read_pdf"),
    Form.NITF: ("nitf", "read_nitf"),
    Form.NEWSML: ("newsml", "read_newsml"),
    Form.MAIL: ("mail", "read_mail"),
    Form.MBOX: ("mail", "read_mbox"),
}


def _reader(form: Form) -> Reader:
    module, function = _READERS[form]
    reader: Reader = getattr(import_module(f"onrecord.reading.{module}"), function)
    return reader
