"""The users file: who may sign in to a reading room, and who of them may change anything."""

from __future__ import annotations

import threading
import unicodedata
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from onrecord.errors import UsageError
from onrecord.web.passwords import parse_hash
from onrecord.web.private_files import read_private, write_private

Right = Literal["read", "change"]
_MOST_BYTES: Final = 1_000_000
_MOST_NAME_CHARS: Final = 64


class User(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who may sign in.

    Attributes:
        may: `read`, or `change`, which is to read as well.
        password: what is kept of the password (`passwords.hash_password`).
    """

    name: str
    may: Right
    password: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    users: list[User]


class UsersFile:
    """The users of a file, which is read again once it has changed: who was taken out of it is let in no more."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            UsageError: as `read_users`.
        """
        self._path = path
        self._lock = threading.Lock()
        self._users, self._state = self._read()

    def named(self, name: str) -> User | None:
        """Who goes by a name.

        Raises:
            UsageError: if the file has changed and cannot be read.
        """
        with self._lock:
            if _state_of(self._path) != self._state:
                self._users, self._state = self._read()
            return self._users.get(normal_name(name))

    def _read(self) -> tuple[dict[str, User], _State | None]:
        state = _state_of(self._path)
        return {user.name: user for user in read_users(self._path)}, state


def read_users(path: Path) -> list[User]:
    """The users of a file, in its order.

    Raises:
        UsageError: if it cannot be read, is none, or others on this machine can read or write it.
    """
    data = read_private(path, most_bytes=_MOST_BYTES, mend=f"Make it with: onrecord users add {path} NAME")
    try:
        users = msgspec.json.decode(data, type=_File).users
    except msgspec.MsgspecError as error:
        raise UsageError(f"{path}: no users file ({error}). Make one with onrecord users add.") from error
    _check(users, path)
    return users


def write_users(path: Path, users: list[User]) -> None:
    """Put users in a file, in place of all that it has.

    Raises:
        UsageError: if it cannot be written.
    """
    write_private(path, msgspec.json.format(msgspec.json.encode(_File(users)), indent=2) + b"\n")


def check_name(name: str) -> str:
    """The name of a user in its one spelling.

    Raises:
        UsageError: if it is empty, too long, or has signs that are not printed.
    """
    normal = normal_name(name)
    if not normal or len(normal) > _MOST_NAME_CHARS or not normal.isprintable():
        raise UsageError(
            f"a user's name has 1 to {_MOST_NAME_CHARS} characters, all of them printed. Give another."
        )
    return normal


def normal_name(name: str) -> str:
    """A name as it is compared: composed (NFC), one space between its words.

    >>> normal_name("  Ana   Orpel ")
    'Ana Orpel'
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


class _State(NamedTuple):
    """By what it is told that a file has changed."""

    changed_ns: int
    bytes: int
    inode: int


def _state_of(path: Path) -> _State | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return _State(told.st_mtime_ns, told.st_size, told.st_ino)


def _check(users: list[User], path: Path) -> None:
    known: set[str] = set()
    for user in users:
        try:
            if check_name(user.name) != user.name or user.name in known:
                raise UsageError("this name is there twice, or spelt otherwise. Take one out.")
            parse_hash(user.password)
        except UsageError as error:
            raise UsageError(f"{path}: {user.name!r}: {error}") from None
        known.add(user.name)
