"""What was acknowledged is there, whatever happens to the writer, to the disk and to the log that lies beside the record."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.record.kills import ROWS, make_small
from onrecord.errors import RecordError
from onrecord.record import schema
from onrecord.record.checking.check import check
from onrecord.record.opening import open_record

ON_SQLITE_ALONE = "files, which PostgreSQL looks after itself"
ROOT = Path(__file__).parents[2]
NOBODY = 65534
WRITE = """
    import sys
    from pathlib import Path
    from benchmarks.record.kills import make_small
    from onrecord.record.opening import open_record
    with open_record(Path(sys.argv[1]), create=True) as record:
        for number in range(int(sys.argv[2]), int(sys.argv[3])):
            record.add(*make_small(number), "m1")
            print(number, flush=True)
"""


# Whoever may do everything writes into any folder, so it becomes somebody else once all its modules are there.
AS_NOBODY = f"""
    import os, sys
    from pathlib import Path
    from benchmarks.record.kills import make_small
    from onrecord.record.opening import open_record
    with open_record(Path(sys.argv[2]), create=True) as record:
        record.add(*make_small(0), "m1")
    if os.getuid() == 0:
        os.setgid({NOBODY})
        os.setuid({NOBODY})
    with open_record(Path(sys.argv[1]), create=True) as record:
        record.add(*make_small(1), "m1")
"""


def start(code: str, *words: object, **more: object) -> subprocess.Popen[str]:
    """Run a program in another process, with the modules of this repository."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, words)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # type: ignore[call-overload]  # fmt: skip


def numbers(path: Path) -> list[int]:
    """The numbers of the reports on record, after all checks have found it sound."""
    with open_record(path, create=False) as record:
        assert check(record).faults == []
        with record.reading() as connection:
            return [
                int(id[1:])
                for id in connection.execute(select(schema.articles.c.id).order_by("id")).scalars()
            ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def test_killed_at_any_moment_it_has_all_that_was_acknowledged_and_nothing_by_half() -> None:
    words = [
        sys.executable,
        "benchmarks/record/kills.py",
        "--kills",
        "30",
        "--check-every",
        "15",
        "--seed",
        "11",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("30 kills")


def test_of_a_full_disk_it_says_so_and_keeps_what_was_written(path: Path) -> None:
    """A file may grow to a size and no further, as where a disk is full."""
    with open_record(path, create=True) as record:
        record.add(*make_small(0), "m1")
    bound = path.stat().st_size + 600_000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bound, bound))

    writer = start(WRITE, path, 1, 9999, preexec_fn=limit)
    told, complaint = writer.communicate(timeout=120)
    assert "RecordError" in complaint.splitlines()[-1]
    written = [0, *map(int, told.split())]
    assert len(written) > 3
    assert numbers(path) == written
    with open_record(path, create=False) as record:
        record.add(*make_small(9999), "m1")
    assert numbers(path) == [*written, 9999]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("only who may mount a disk can fill one")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_runs_full_is_named_with_the_mend(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "news.db"
    told, complaint = start(WRITE, path, 0, 9999).communicate(timeout=120)
    assert "Make room on the disk" in complaint.splitlines()[-1]
    written = [int(n) for n in told.split()]
    assert len(written) > 3
    # The disk has no room for what a check takes; elsewhere there is some.
    for file in small_disk.iterdir():
        shutil.copy(file, tmp_path)
    assert numbers(tmp_path / "news.db") == written


def test_a_folder_that_cannot_be_written_to_is_named(
    path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with open_record(path, create=True) as record:
        record.add(*make_small(0), "m1")
    before = path.read_bytes()
    for folder in (path.parent, *path.parent.parents[:2]):
        folder.chmod(0o555)
    path.chmod(0o444)

    try:
        told, complaint = start(AS_NOBODY, path, tmp_path_factory.mktemp("other") / "other.db").communicate(
            timeout=60
        )
    finally:
        for folder in (path.parent, *path.parent.parents[:2]):
            folder.chmod(0o755)
        path.chmod(0o644)
    assert told == ""
    assert "RecordError" in complaint.splitlines()[-1]
    assert "Check the folder and its permissions." in complaint.splitlines()[-1]
    assert path.read_bytes() == before
    assert numbers(path) == [0]


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_of_a_torn_log_all_whole_frames_count(damage: str, path: Path, tmp_path: Path) -> None:
    open_record(path, create=True).close()
    log = path.with_name(path.name + "-wal")
    ends: list[int] = []
    draw = random.Random(5)
    with open_record(path, create=False) as record:
        for number in range(8):
            record.add(*make_small(number), "m1")
            ends.append(log.stat().st_size)
        whole = path.read_bytes(), log.read_bytes()
    assert ends == sorted(set(ends))
    places = [ends[3], ends[3] - 1, ends[-1] - 1, 0, *(draw.randrange(len(whole[1])) for _ in range(8))]
    for n, place in enumerate(places):
        copy = tmp_path / f"{damage}{n}.db"
        copy.write_bytes(whole[0])
        torn = bytearray(whole[1])
        if damage == "cut":
            del torn[place:]
        elif place < len(torn):
            torn[place] ^= 0x40
        copy.with_name(copy.name + "-wal").write_bytes(torn)
        assert numbers(copy) == list(range(sum(end <= place for end in ends))), place


def test_two_writers_at_once_both_finish(path: Path) -> None:
    writers = [start(WRITE, path, first, first + 12) for first in (0, 100, 200)]
    for writer in writers:
        told, complaint = writer.communicate(timeout=120)
        assert (writer.returncode, len(told.split())) == (0, 12), complaint
    assert numbers(path) == [*range(12), *range(100, 112), *range(200, 212)]


def test_who_reads_while_another_writes_sees_one_state(path: Path) -> None:
    open_record(path, create=True).close()
    with start(WRITE, path, 0, 9999) as writer, open_record(path, create=False) as record:
        assert writer.stdout is not None
        next(writer.stdout)
        seen = []
        for _ in range(12):
            with record.reading() as connection:

                def count(name: str) -> int:
                    return connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()  # fmt: skip

                reports = count("articles")
                time.sleep(0.02)
                assert {name: count(name) for name in ROWS} == {name: n * reports for name, n in ROWS.items()}
                assert count("articles") == reports
            seen.append(reports)
            next(writer.stdout)
        os.kill(writer.pid, signal.SIGKILL)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_a_writer_that_was_killed_holds_up_nobody(path: Path) -> None:
    with start(WRITE, path, 0, 9999) as writer:
        assert writer.stdout is not None
        next(writer.stdout)
        os.kill(writer.pid, signal.SIGKILL)
    began = time.monotonic()
    with open_record(path, create=False) as record:
        record.add(*make_small(5000), "m1")
    assert time.monotonic() - began < 10


def test_a_record_that_is_none_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(random.Random(1).randbytes(4096)))
    before = path.read_bytes()
    with pytest.raises(RecordError, match="restore this one from a copy"):
        open_record(path, create=True)
    assert path.read_bytes() == before
