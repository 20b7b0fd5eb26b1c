"""Where a record is: a file of SQLite, or an address of PostgreSQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from onrecord.errors import UsageError

# What of an address is for nobody's eyes, besides the password before the host.
_SECRET = ("password", "sslpassword", "passfile")
_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record is.

    Attributes:
        url: for SQLAlchemy.
        path: the file; None for PostgreSQL.
    """

    url: URL
    path: Path | None

    def __str__(self) -> str:
        """As a person writes it, without a password."""
        if self.path is not None:
            return str(self.path)
        url = self.url.set(drivername="postgresql").difference_update_query(_SECRET)
        # Signs that have no meaning behind the question mark are shown as they are.
        return url.render_as_string(hide_password=True).replace("%2F", "/").replace("%3D", "=")


def locate(words: str | Path) -> Location:
    """A path, or an address: `postgresql://[user[:password]@]host[:port]/database`, `sqlite:///path`.

    Raises:
        UsageError: for another address.
    """
    if isinstance(words, Path) or "://" not in words:
        path = Path(words)
        return Location(URL.create("sqlite", database=str(path)), path)
    try:
        url = make_url(words)
    except (ArgumentError, ValueError) as error:
        raise UsageError(
            f"{_shown(words)}: not an address. Write it as postgresql://USER@HOST/DATABASE."
        ) from error
    if url.drivername == "sqlite" and url.database:
        return Location(url, Path(url.database))
    if url.drivername not in _POSTGRESQL:
        raise UsageError(
            f"{_shown(words)}: a record is a file, or in PostgreSQL. Give a path, or postgresql://USER@HOST/DATABASE."
        )
    if not url.database:
        raise UsageError(
            f"{_shown(words)}: the database is missing. Write it as postgresql://USER@HOST/DATABASE."
        )
    return Location(url.set(drivername="postgresql+psycopg"), None)


def _shown(words: str) -> str:
    """An address that is none of a record, without its password."""
    return re.sub(r"(://[^/@:]*:)[^/@]*@", r"\1***@", words)
