"""Passwords and tokens: made, hashed and compared.

Passwords are hashed with scrypt (RFC 7914), which Python brings with it: Argon2 would be one more compiled package in every installation, and
gains nothing here, since scrypt with these costs is what OWASP (*Password Storage*) and NIST (SP 800-63B-4) ask for as well.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import scrypt, sha256
from typing import Final

from onrecord.errors import UsageError

# NIST SP 800-63B-4, 3.1.1.2: a password that stands alone has 15 characters at least; no rule says which.
LEAST_CHARS: Final = 15
MOST_CHARS: Final = 1_000
# OWASP, Password Storage: 2^17, 8, 1. It takes 128 MB and 0.4 s of a core, for us as for whoever tries passwords.
_LOG_N, _R, _P = 17, 8, 1
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
# Costs that a users file may name: 2^20 takes 1 GB.
_MOST_LOG_N: Final = 20


def make_secret() -> str:
    """A password or token that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def check_password(password: str, what: str) -> None:
    """See whether a password is long enough, and not too long.

    Args:
        what: as the message calls it.

    Raises:
        UsageError: if it is not.
    """
    if not LEAST_CHARS <= len(password) <= MOST_CHARS:
        raise UsageError(
            f"{what}: {len(password):,} characters; it has {LEAST_CHARS} to {MOST_CHARS:,}. Take a sentence, or --make-password."
        )


def hash_password(password: str) -> str:
    """What is kept of a password: method, costs, salt and hash."""
    salt = secrets.token_bytes(_SALT_BYTES)
    hashed = _scrypt(password, salt, _LOG_N, _R, _P)
    return f"scrypt${_LOG_N}${_R}${_P}${b64encode(salt).decode()}${b64encode(hashed).decode()}"


def is_password(password: str, kept: str | None) -> bool:
    """Is this the password of which `kept` was kept? It takes as long where nothing was kept.

    Raises:
        UsageError: if `kept` is none of `hash_password`.
    """
    log_n, r, p, salt, hashed = parse_hash(kept or nobodys_hash())
    return hmac.compare_digest(_scrypt(password, salt, log_n, r, p), hashed) and kept is not None


def parse_hash(kept: str) -> tuple[int, int, int, bytes, bytes]:
    """The costs (log N, r, p), the salt and the hash of what `hash_password` gave.

    Raises:
        UsageError: if it is none of these.
    """
    try:
        method, log_n, r, p, salt, hashed = kept.split("$")
        costs = int(log_n), int(r), int(p)
        found = (*costs, b64decode(salt, validate=True), b64decode(hashed, validate=True))
    except ValueError:
        raise UsageError(_NO_HASH) from None
    is_sound = (
        method == "scrypt" and 1 <= costs[0] <= _MOST_LOG_N and 1 <= costs[1] <= 32 and 1 <= costs[2] <= 16
    )
    if not is_sound or len(found[3]) < _SALT_BYTES or len(found[4]) != _HASH_BYTES:
        raise UsageError(_NO_HASH)
    return found


def is_same(given: str, known: str) -> bool:
    """Are two secrets the same? How long it takes tells nothing of where they differ, nor of how long they are."""
    return hmac.compare_digest(*(sha256(s.encode("utf-8", "surrogatepass")).digest() for s in (given, known)))


_NO_HASH: Final = "this is no hash of a password. Set it anew with onrecord users password."


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    # RFC 8265: the same letters, however the keyboard composed them.
    words = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    most_bytes = 130 * r * (1 << log_n) + 256 * r * p + (1 << 20)
    return scrypt(words, salt=salt, n=1 << log_n, r=r, p=p, maxmem=most_bytes, dklen=_HASH_BYTES)


@lru_cache(1)
def nobodys_hash() -> str:
    """What is kept for a password that nobody has, with which a try is compared where there is no user; made once."""
    return hash_password(make_secret())
