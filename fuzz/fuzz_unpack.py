"""Any bytes as an archive: files that can be read and named errors, within the limits."""

from __future__ import annotations

import io

from onrecord.errors import UnreadableReportError
from onrecord.reading.unpack import UnpackLimits, open_unpacked

LIMITS = UnpackLimits(min_bytes=5_000_000, max_bytes=5_000_000, members=500)


def target(data: bytes) -> None:
    """Open all that is packed in the bytes."""
    size = 0
    found = 0
    for one in open_unpacked(io.BytesIO(data), "archive", limits=LIMITS):
        found += 1
        if isinstance(one, UnreadableReportError):
            assert str(one).startswith("archive")
            assert "\n" not in str(one)
        else:
            origin, stream = one
            assert origin.startswith("archive")
            assert origin.isprintable()
            assert stream.tell() == 0
            size += len(stream.read())
    assert found
    assert size <= max(LIMITS.max_bytes, len(data))
