"""A PostgreSQL server for tests, started by themselves: Debian's package, or any whose `initdb` is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
# Whoever goes by this name needs a password.
GUARDED = "guarded"
# Memory in bytes that must be free for a server in memory.
_ROOM = 4 << 30


def programs() -> Path | None:
    """The folder of the newest server programs on this machine; None if there are none that are new enough."""
    named = shutil.which("initdb")
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(named).parent] if named else [])]
    found = [(version, f) for f in folders if (version := _version(f)) >= OLDEST]
    return max(found)[1] if found else None


def _version(folder: Path) -> int:
    if not (folder / "initdb").exists():
        return 0
    told = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].split(".")[0])


@contextmanager
def server(folder: Path, *, is_durable: bool = False) -> Iterator[str]:
    """Run a server; gives the address of its database.

    It is asked through a socket alone, and takes whoever can reach that, but for a user of the name `GUARDED`.

    Args:
        folder: of the programs.
        is_durable: what is committed is on the disk, as on a server that is not for tests; else all may lie in memory.
    """
    # Many tables are made in tests, each of some files: that takes ten times as long on a disk as in memory.
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    with tempfile.TemporaryDirectory(
        prefix="onrecord-pg-", dir=memory if has_room and not is_durable else "/tmp"
    ) as home:
        # PostgreSQL does not run as root.
        as_user: list[str] = []
        if os.getuid() == 0:
            shutil.chown(home, "postgres", "postgres")
            as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        data = Path(home, "data")

        def run(*words: str | Path) -> None:
            subprocess.run(
                [*as_user, *words], check=True, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )

        run(
            folder / "initdb",
            "-D",
            data,
            "-U",
            "onrecord",
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        rules = data / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
        options = f"-c listen_addresses='' -c unix_socket_directories={home} -c max_connections=200"
        if not is_durable:
            # What tests write need not outlive the machine.
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
        run(folder / "pg_ctl", "-D", data, "-o", options, "-w", "-l", Path(home, "log"), "start")
        stop = [*as_user, folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        with _at_the_end(*stop, folder=home):
            yield f"postgresql://onrecord@/postgres?host={home}"


@contextmanager
def _at_the_end(*words: str | Path, folder: str) -> Iterator[None]:
    """Run a command, and remove a folder, at the end of the block or of this process, whichever is first.

    A worker of pytest-xdist is killed when a run is interrupted, and has no time to end anything.
    """
    # The other end of its standard input is closed by the system, however this process ends.
    script = 'cat; "$@" >/dev/null; code=$?; rm -rf "$0"; exit $code'
    with subprocess.Popen(
        ["sh", "-c", script, folder, *words], cwd="/", stdin=subprocess.PIPE, start_new_session=True
    ) as waiting:
        try:
            yield
        finally:
            waiting.communicate()
            if waiting.returncode:
                raise subprocess.CalledProcessError(waiting.returncode, words)
