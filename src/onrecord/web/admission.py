"""Who is let in: everybody on this machine, or who signs in with a password or a token."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from onrecord.web.limits import Limit, neighbourhood
from onrecord.web.passwords import is_password, is_same, nobodys_hash
from onrecord.web.readers import Reader
from onrecord.web.sessions import Sessions
from onrecord.web.users import UsersFile, normal_name

# The name of whoever comes with the token.
TOKEN_HOLDER: Final = "token"
# Wrong tries before somebody must wait, and how long they are counted. One address may be a whole newsroom behind a router.
TRIES_WITH_A_NAME: Final = 10
TRIES_FROM_AN_ADDRESS: Final = 30
TRIES_COUNT_S: Final = 900.0
# A hash takes 128 MB while it is made.
_HASHES_AT_A_TIME: Final = 2
_PATIENCE_S: Final = 5.0


class MustWaitError(Exception):
    """There were too many tries; `wait_s` says in how many seconds there may be another."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"too many tries; another one in {wait_s} s")
        self.wait_s = wait_s


class Admission:
    """Who is let into a room. Its methods may be called from several threads.

    Args:
        local: the name of everybody who comes, if there are neither users nor a token.
        may_change: whether anybody may change anything.
        users: who may sign in with a password.
        token: what lets in whoever has it, to change as well.
        clock: seconds that only rise.
    """

    def __init__(
        self,
        *,
        local: str,
        may_change: bool,
        users: UsersFile | None = None,
        token: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.users = users
        self.has_token = token is not None
        self._local = Reader(local, may_change)
        self._may_change = may_change
        self._token = token
        self._sessions = Sessions(clock)
        self._by_name = Limit(TRIES_WITH_A_NAME, TRIES_COUNT_S, clock)
        self._by_address = Limit(TRIES_FROM_AN_ADDRESS, TRIES_COUNT_S, clock)
        if users is not None:
            # Made now, so that the first name that nobody has takes no longer than others.
            nobodys_hash()
        self._hashing = threading.Semaphore(_HASHES_AT_A_TIME)

    @property
    def asks(self) -> bool:
        """Must one sign in?"""
        return self.users is not None or self.has_token

    def everybody(self) -> Reader | None:
        """Who comes without having signed in; None if one must."""
        return None if self.asks else self._local

    def in_session(self, id: str) -> Reader | None:
        """Who has begun a session, unless it is over: by time, or because the user is gone or has another password.

        Raises:
            UsageError: if the users file has changed and cannot be read.
        """
        session = self._sessions.find(id)
        if session is None:
            return None
        reader, proof = self._known(session.name)
        return reader if reader and is_same(proof, session.proof) else None

    def by_token(self, given: str, address: str) -> Reader | None:
        """Who brings a token with a request (RFC 6750); None if it is another one.

        Raises:
            MustWaitError: after too many wrong ones.
        """
        self._count(self._by_address, neighbourhood(address))
        if self._token is None or not is_same(given, self._token):
            return None
        self._by_address.take_back(neighbourhood(address))
        return self._holder()

    def sign_in(self, name: str, secret: str, address: str) -> str | None:
        """Begin a session.

        Args:
            name: a user's; empty with the token.
            secret: the password, or the token.
            address: where the request comes from.

        Returns:
            The session's id. None if name and password do not fit; which of them is wrong is not said, and takes as long either way.

        Raises:
            MustWaitError: after too many tries with this name or from this address.
            UsageError: if the users file has changed and cannot be read.
        """
        name = normal_name(name)
        self._count(self._by_address, neighbourhood(address))
        self._count(self._by_name, name)
        is_right = self._is_token(secret) if not name and self.has_token else self._is_password(name, secret)
        if not is_right:
            return None
        self._by_address.take_back(neighbourhood(address))
        self._by_name.take_back(name)
        reader, proof = self._known(name)
        return self._sessions.begin(name, proof) if reader else None

    def sign_out(self, id: str) -> None:
        """End a session."""
        self._sessions.end(id)

    def _is_token(self, given: str) -> bool:
        return self._token is not None and is_same(given, self._token)

    def _is_password(self, name: str, password: str) -> bool:
        user = self.users.named(name) if self.users else None
        if not self._hashing.acquire(timeout=_PATIENCE_S):
            raise MustWaitError(int(_PATIENCE_S))
        try:
            return is_password(password, user.password if user else None)
        finally:
            self._hashing.release()

    def _known(self, name: str) -> tuple[Reader | None, str]:
        """Who has a name, as things are now, and what is kept of their password or token; empty is the holder of the token."""
        if not name:
            return (self._holder(), _digest(self._token)) if self._token is not None else (None, "")
        user = self.users.named(name) if self.users else None
        if user is None:
            return None, ""
        return Reader(user.name, self._may_change and user.may == "change", signed_in=True), user.password

    def _holder(self) -> Reader:
        return Reader(TOKEN_HOLDER, self._may_change, signed_in=True)

    @staticmethod
    def _count(limit: Limit, key: str) -> None:
        if wait_s := limit.wait_s(key):
            raise MustWaitError(wait_s)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
