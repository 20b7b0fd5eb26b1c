"""By which name whoever runs this is known to the machine: it is kept beside what they put right."""

from __future__ import annotations

import getpass
from typing import Final

# Of whom the machine knows no name, as in some containers.
UNKNOWN: Final = "local"


def login_name() -> str:
    """The login name; `local` where the machine knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return UNKNOWN
