"""What readers add, one thing after the other: a queue with a bound, and a process for the one that is being read.

A job lives as long as the room: when that ends its process ends, its files go, and what was recorded until then stays.
"""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.web.reading_process import (
    DoneTold,
    FailedTold,
    Given,
    GivenAddress,
    ReportTold,
    Task,
    Told,
    UnreadTold,
)

# Jobs that wait, of everybody; jobs that are remembered when they are done.
MOST_WAITING: Final = 20
_MOST_DONE: Final = 50
# So many reports of a job are listed; all are counted.
MOST_LISTED: Final = 1_000
# How long a process may take to end when it is asked to.
_PATIENCE_S: Final = 5.0
_COMMAND: Final = (sys.executable, "-P", "-m", "onrecord.web.reading_process")
_LAST_WORDS: Final = 2_000

State = Literal["waiting", "reading", "done", "stopped", "failed"]


@dataclass
class Job:
    """Something that a reader adds.

    Attributes:
        who: the reader.
        given: what is read, in order.
        folder: where its files lie until it is over.
        asked: when, ISO, UTC.
        read: how many of the things given are read through.
        outcomes: how many reports came to each.
        reports, unread: of each what became of it, those listed alone.
        unread_total: how many could not be read.
        reason: why it failed.
    """

    id: str
    who: str
    given: tuple[Given, ...]
    folder: Path
    asked: str
    state: State = "waiting"
    read: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    unread_total: int = 0
    reports: list[ReportTold] = field(default_factory=list)
    unread: list[UnreadTold] = field(default_factory=list)
    reason: str | None = None

    @property
    def called(self) -> str:
        """What is read, in words."""
        if len(self.given) == 1:
            return self.given[0].name
        return f"{len(self.given)} {'addresses' if isinstance(self.given[0], GivenAddress) else 'files'}"

    @property
    def is_over(self) -> bool:
        """Will nothing more come of it?"""
        return self.state not in ("waiting", "reading")

    @property
    def total(self) -> int:
        """How many reports have come of it so far, whatever became of them."""
        return sum(self.outcomes.values()) + self.unread_total

    def take(self, told: Told) -> None:
        """Note what the process tells."""
        match told:
            case ReportTold(of=of, outcome=outcome):
                self.read = of
                self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
                if len(self.reports) < MOST_LISTED:
                    self.reports.append(told)
            case UnreadTold(of=of):
                self.read = of
                self.unread_total += 1
                if len(self.unread) < MOST_LISTED:
                    self.unread.append(told)
            case FailedTold(reason=reason):
                self.state, self.reason = "failed", reason
            case DoneTold():
                self.state, self.read = "done", len(self.given)


class Jobs:
    """The jobs of one room. Whoever makes it closes it.

    Args:
        record: path or address of the record, with its password if it has one.
        command: what reads a task; see `reading_process.py`.
    """

    def __init__(self, record: str, command: Sequence[str] = _COMMAND) -> None:
        self._record, self._command = record, tuple(command)
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._process: subprocess.Popen[bytes] | None = None
        self._current: Job | None = None
        self._closed = False
        # Of all of the above; told when something waits, and when the room ends.
        self._turn = threading.Condition()
        self._worker: threading.Thread | None = None

    def add(self, who: str, fill: Callable[[Path], Sequence[Given]]) -> Job:
        """Let something be read when its turn comes.

        Args:
            who: the reader.
            fill: gives what is to be read, with its files in a folder that is for it alone.

        Raises:
            UsageError: if too much waits already; and what `fill` raises.
        """
        self._check_room()
        folder = Path(tempfile.mkdtemp(prefix="onrecord-add-"))
        try:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            job = Job(secrets.token_urlsafe(12), who, tuple(fill(folder)), folder, now)
            with self._turn:
                self._check_room()
                self._jobs[job.id] = job
                self._waiting.append(job)
                self._forget_the_oldest()
                if self._worker is None:
                    self._worker = threading.Thread(target=self._work, name="reading", daemon=True)
                    self._worker.start()
                self._turn.notify_all()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return job

    def of(self, who: str) -> list[Job]:
        """The jobs of a reader that are remembered, the newest first."""
        with self._turn:
            return [job for job in reversed(self._jobs.values()) if job.who == who]

    def find(self, id: str, who: str) -> Job | None:
        """A job by its id; None if there is none, or if it is somebody else's."""
        with self._turn:
            job = self._jobs.get(id)
        return job if job is not None and job.who == who else None

    def ahead_of(self, job: Job) -> int:
        """How many are read before a job that waits."""
        with self._turn:
            before = self._waiting.index(job) if job in self._waiting else 0
            return before + (self._current is not None and self._current is not job)

    def stop(self, job: Job) -> None:
        """Read no more of a job; what was recorded of it stays."""
        with self._turn:
            if job.is_over:
                return
            job.state = "stopped"
            if job in self._waiting:
                self._waiting.remove(job)
                shutil.rmtree(job.folder, ignore_errors=True)
            process = self._process if job is self._current else None
        if process is not None:
            _end(process)

    def close(self) -> None:
        """End the process that reads, and take away all files."""
        with self._turn:
            self._closed = True
            waiting, process = list(self._waiting), self._process
            self._waiting.clear()
            self._turn.notify_all()
        if process is not None:
            _end(process)
        if self._worker is not None:
            self._worker.join(2 * _PATIENCE_S)
        for job in waiting:
            shutil.rmtree(job.folder, ignore_errors=True)

    def _check_room(self) -> None:
        with self._turn:
            if self._closed or len(self._waiting) >= MOST_WAITING:
                raise UsageError(
                    f"{MOST_WAITING} readings wait already. Add this when some of them are done."
                )

    def _forget_the_oldest(self) -> None:
        over = [id for id, job in self._jobs.items() if job.is_over]
        for id in over[: max(0, len(over) - _MOST_DONE)]:
            del self._jobs[id]

    def _work(self) -> None:
        while True:
            with self._turn:
                while not (self._waiting or self._closed):
                    self._turn.wait()
                if self._closed:
                    return
                job = self._waiting.popleft()
                self._current, job.state = job, "reading"
            try:
                self._read(job)
            except OSError as error:
                job.state, job.reason = "failed", f"No process could be started ({error}). Try again later."
            finally:
                shutil.rmtree(job.folder, ignore_errors=True)
                with self._turn:
                    self._current = self._process = None

    def _read(self, job: Job) -> None:
        """Let a process read a job, and note what it tells until it ends."""
        with tempfile.TemporaryFile() as complaints:
            with self._turn:
                if self._closed or job.is_over:
                    return
                process = self._process = _start(self._command, complaints)
            assert process.stdin is not None
            assert process.stdout is not None
            with process:
                task = Task(self._record, str(job.folder), job.given)
                with suppress(OSError):  # it has ended already, which is told below
                    process.stdin.write(msgspec.json.encode(task) + b"\n")
                    process.stdin.flush()
                decoder = msgspec.json.Decoder(Told)
                for line in process.stdout:
                    told = decoder.decode(line)
                    with self._turn:
                        if job.state == "reading":
                            job.take(told)
                with suppress(OSError):
                    process.stdin.close()
                process.wait()
            with self._turn:
                if job.state == "reading":
                    last = "The room was closed." if self._closed else _crash(process.returncode, complaints)
                    job.state, job.reason = "failed", last


def _start(command: Sequence[str], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    # The module of processes names this for Windows alone.
    below_normal = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    return subprocess.Popen(  # nosec B603  # a program of ours, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        creationflags=below_normal,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()


def _crash(code: int, complaints: IO[bytes]) -> str:
    """That a process ended before it was done, and its last words."""
    complaints.seek(0, 2)
    complaints.seek(max(0, complaints.tell() - _LAST_WORDS))
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
    how = f"by signal {-code}" if code < 0 else f"with status {code}"
    said = f": {lines[-1].strip()}" if lines else ""
    return f"The process that reads ended {how}{said}. What is listed as recorded is on record; add the rest again."
