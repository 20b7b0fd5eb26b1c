"""Any bytes as a mail and as a mailbox: articles whose furniture lies within their text and whose words lie within the
file, or named errors, and nothing else."""

from __future__ import annotations

import io

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.mail import read_mail, read_mbox
from onrecord.reading.options import ReadOptions
from onrecord.reading.source_map import map_to_source


def target(data: bytes) -> None:
    """Read the bytes as one message and as many, cleaned and as they are."""
    for reader in (read_mail, read_mbox):
        for as_is in (False, True):
            for read in reader(io.BytesIO(data), "mail", ReadOptions(as_is=as_is)):
                if isinstance(read, UnreadableReportError):
                    assert len(str(read).splitlines()) == 1
                    continue
                assert isinstance(read, Article)
                assert read.text.strip()
                read.text.encode("utf-8")
                assert all(0 <= f.before <= len(read.text) for f in read.furniture)
                if read.original:
                    runs = map_to_source(read.text, read.original)
                    assert all(0 <= r.byte_start < r.byte_end <= len(data) for r in runs)
