"""How often something may be tried: so many times within so many seconds, counted exactly (a log of the times).

Forty lines of our own: the libraries for it keep their counts in servers that a laptop has not, or in a memory without a bound.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from typing import Final

_MOST_KEYS: Final = 10_000


class Limit:
    """Bounds how often each key is tried. Its methods may be called from several threads.

    Args:
        most: tries within `seconds`.
        clock: seconds that only rise.
        most_keys: keys that are kept. Where there are more, new ones must wait: were old ones forgotten instead, who sends many
            names could wipe out the count of one.

    >>> limit = Limit(2, 60, clock=lambda: 0.0)
    >>> limit.wait_s("a"), limit.wait_s("a"), limit.wait_s("a"), limit.wait_s("b")
    (0, 0, 60, 0)
    """

    def __init__(
        self,
        most: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        most_keys: int = _MOST_KEYS,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._most_keys = most_keys
        self._lock = threading.Lock()
        self._tried: dict[Hashable, deque[float]] = {}

    def wait_s(self, key: Hashable) -> int:
        """Try: 0 if it may be done, which is counted; otherwise in how many seconds it may, at the earliest."""
        now = self._clock()
        with self._lock:
            if key not in self._tried and len(self._tried) >= self._most_keys:
                self._forget_old(now)
                if len(self._tried) >= self._most_keys:
                    return math.ceil(self._seconds)
            times = self._tried.setdefault(key, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return max(1, math.ceil(times[0] + self._seconds - now))
            times.append(now)
            return 0

    def take_back(self, key: Hashable) -> None:
        """Do not count the last try."""
        with self._lock:
            if times := self._tried.get(key):
                times.pop()
                if not times:
                    del self._tried[key]

    def _forget_old(self, now: float) -> None:
        old = [key for key, times in self._tried.items() if times[-1] <= now - self._seconds]
        for key in old:
            del self._tried[key]


def neighbourhood(address: str) -> str:
    """Where a request comes from, as it is counted: an IPv4 address, or the /64 of an IPv6 address, which one customer has whole.

    >>> neighbourhood("198.41.0.4"), neighbourhood("2001:db8::1"), neighbourhood("::ffff:198.41.0.4")
    ('198.41.0.4', '2001:db8::/64', '198.41.0.4')
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(ip) >> 64 << 64, 64)))
