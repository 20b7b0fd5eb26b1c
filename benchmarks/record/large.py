"""A large record of made reports, built once and kept in a folder until the tables or the generator change."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.record.generate import report
from onrecord.record import opening, schema
from onrecord.record.store import write_report

FOLDER: Final = Path(tempfile.gettempdir()) / "onrecord-bench"
# The model that is said to have found what is made.
MODEL: Final = "benchmark"
_BATCH: Final = 250


def built(folder: Path, count: int) -> Path:
    """The record of the first reports; made if it is not there, going on where it was left."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"record-{count}-{_mark()}.db"
    progress = path.with_suffix(".done")
    done = int(progress.read_text()) if progress.exists() else 0
    if done < count:
        print(f"building {path} from report {done} of {count} ...", file=sys.stderr, flush=True)
    with opening.open_record(path, create=True) as record:
        began = time.perf_counter()
        for first in range(done, count, _BATCH):
            with record.writing() as connection:
                for number in range(first, min(first + _BATCH, count)):
                    article, analysis = report(number)
                    write_report(connection, article, analysis, MODEL)
            progress.write_text(str(min(first + _BATCH, count)))
            if first % (20 * _BATCH) == 0:
                print(f"  {first} after {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return path


def _mark() -> str:
    """What tells whether a record that was built before is the one that would be built now."""
    files = [*Path(schema.__file__).parent.glob("*.py"), *Path(__file__).parent.glob("*.py")]
    told = [
        f.read_bytes()
        for f in sorted(files)
        if f.name in ("schema.py", "row_ids.py", "generate.py", "world.py", "full_text.py")
    ]
    return hashlib.sha256(b"".join(told)).hexdigest()[:10]
