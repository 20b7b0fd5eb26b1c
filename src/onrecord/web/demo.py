"""A record to look around in: the example reports, in a folder that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.analysis.encoder import load_model
from onrecord.reading.files import read_paths
from onrecord.record.opening import open_record
from onrecord.scale.recording import Unread, record_reports
from onrecord.web.shipped import shipped


@contextmanager
def demo_record() -> Iterator[Path]:
    """The record's path; who changes it changes nothing that lasts.

    Raises:
        RecordError: if the examples are not there, or no record can be made.
        UnreadableReportError: if one of them cannot be read.
    """
    # SQLite may still hold a file of it on Windows.
    with TemporaryDirectory(prefix="onrecord-demo-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "demo.db"
        with open_record(path, create=True) as store:
            for told in record_reports(store, read_paths([str(shipped("examples"))]), load_model()):
                if isinstance(told, Unread):
                    raise told.error
        yield path
