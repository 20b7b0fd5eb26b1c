"""Sessions: who has signed in, as long as this process lives and no longer than `LIFE_S`.

They are kept in the process: a room that is opened anew asks for the passwords again, and nothing of them lies on a disk.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

# A working day with its overtime.
LIFE_S: Final = 12 * 3600
MOST_SESSIONS: Final = 1_000
# One reader's desk, laptop and phone, with some that were never signed out.
MOST_OF_ONE: Final = 10


@dataclass(frozen=True)
class Session:
    """A reader who has signed in.

    Attributes:
        name: of whom; empty for whoever has the token.
        proof: what was kept of the password or token then. Once that is another, the session is over.
        ends: on the clock of `Sessions`.
    """

    name: str
    proof: str
    ends: float


class Sessions:
    """The sessions of a room. Its methods may be called from several threads.

    Args:
        clock: seconds that only rise.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        # By a hash of the id, in the order in which they were begun, which is that in which they end.
        self._sessions: dict[bytes, Session] = {}

    def begin(self, name: str, proof: str) -> str:
        """Begin a session and give its id, which nobody guesses. The oldest go if there are too many."""
        id = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._sessions = {key: s for key, s in self._sessions.items() if s.ends > now}
            own = [key for key, session in self._sessions.items() if session.name == name]
            for key in own[: max(0, len(own) - MOST_OF_ONE + 1)]:
                del self._sessions[key]
            while len(self._sessions) >= MOST_SESSIONS:
                del self._sessions[next(iter(self._sessions))]
            self._sessions[_key(id)] = Session(name, proof, now + LIFE_S)
        return id

    def find(self, id: str) -> Session | None:
        """The session of an id, unless it is over."""
        with self._lock:
            session = self._sessions.get(_key(id))
        return session if session and session.ends > self._clock() else None

    def end(self, id: str) -> None:
        """End a session, if there is one of this id."""
        with self._lock:
            self._sessions.pop(_key(id), None)


def _key(id: str) -> bytes:
    # How long a look-up takes tells something of the hash, and nothing of the id.
    return sha256(id.encode("utf-8", "surrogatepass")).digest()
