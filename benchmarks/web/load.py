"""How fast the reading room answers many readers at once, while a writer adds reports: `make bench-web`.

`onrecord serve` runs in processes of its own on a large record of made reports (`benchmarks/record/`); readers are threads of this process
that open one page after the other, each on a connection that is kept; a writer adds reports to the same record without a pause longer than
`--write-every`. Addresses are drawn from what is on record before the clock starts. A page counts from the request to the last byte. The
browser's part is not measured, and the readers share the cores with the server.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.record.generate import report  # noqa: E402
from benchmarks.record.large import FOLDER, MODEL, built  # noqa: E402
from onrecord.analysis.labels import KINDS  # noqa: E402
from onrecord.record.opening import open_record  # noqa: E402

# Of a hundred pages that are opened, so many are of each room.
_SHARE: Final = {
    "front": 10, "search": 15, "said": 20, "events": 15, "report": 20, "actor": 10, "story": 5, "stories": 3, "pictures": 2
}  # fmt: skip


@dataclass
class Taken:
    """How long the pages of each room took, in seconds, and what went wrong."""

    by_room: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    def all(self) -> list[float]:
        """Of all rooms."""
        return [t for took in self.by_room.values() for t in took]


@dataclass(frozen=True)
class World:
    """What readers ask for: ids and names that are on record, and how many reports are."""

    on_record: int
    reports: list[str]
    actors: list[str]
    names: list[str]
    stories: list[str]
    words: list[str]
    outlets: list[str]

    def address(self, room: str, rng: random.Random) -> str:
        """One page of a room."""
        asked: dict[str, Any]
        match room:
            case "front":
                return "/"
            case "search":
                asked = {"match": " ".join(rng.sample(self.words, rng.choice((1, 2, 2))))}
            case "said":
                asked = rng.choice(
                    [
                        {"by": rng.choice(self.names)},
                        {"about": rng.choice(self.names)},
                        {"by": rng.choice(self.actors), "kind": rng.choice(KINDS)},
                        {"match": rng.choice(self.words)},
                        {"kind": rng.choice(KINDS), "outlet": rng.choice(self.outlets)},
                        {"page": rng.randint(1, 5)},
                    ]
                )
            case "events":
                asked = rng.choice(
                    [
                        {"actor": rng.choice(self.names)},
                        {"recipient": rng.choice(self.names)},
                        {"type": rng.choice(("PROTEST", "ASSAULT", "ACCUSE", "CONSULT"))},
                        {"actor": rng.choice(self.actors), "status": "occurred"},
                        {"page": rng.randint(1, 5)},
                    ]
                )
            case "report" | "actor" | "story":
                ids = {"report": self.reports, "actor": self.actors, "story": self.stories}[room]
                asked = {"id": rng.choice(ids)}
            case "stories":
                asked = {"page": rng.randint(1, 3)}
            case "pictures":
                asked = {"of": "said", "by": rng.choice(self.names), "as": "time"}
            case _:
                raise ValueError(room)
        return f"/{room}?{urlencode(asked)}"


def look_around(port: int, rng: random.Random) -> World:
    """What there is, by the questions of the JSON API."""

    def ask(path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())

    rows = [row for page in range(3) for row in ask(f"/api/said?limit=1000&offset={page * 1000}")["rows"]]
    stories = ask("/api/stories?copied=true&limit=200")["rows"]
    words = {w.strip(".,“”") for row in rows for w in row["evidence"][0]["text"].split()}
    reports = sorted({row["id"].rpartition("#")[0] for row in rows})
    return World(
        on_record=ask("/api/status")["articles"],
        reports=reports,
        actors=sorted({row["actor_id"] for row in rows if row["actor_id"]}),
        names=sorted({row["actor"] for row in rows if row["actor"]}),
        stories=[story["id"] for story in rng.sample(stories, min(len(stories), 100))],
        words=sorted(w for w in words if len(w) > 4 and w.isalpha()),
        outlets=sorted({row["outlet"] for row in rows if row["outlet"]}),
    )


def read(port: int, world: World, seed: int, pause: float, until: float, taken: Taken) -> None:
    """One reader, until the clock says so."""
    rng = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    # Readers do not begin on one stroke.
    time.sleep(rng.uniform(0, pause))
    while time.perf_counter() < until:
        room = rng.choices(list(_SHARE), list(_SHARE.values()))[0]
        address = world.address(room, rng)
        began = time.perf_counter()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                taken.errors.append(f"{answer.status} {address}")
        except (OSError, http.client.HTTPException) as error:
            taken.errors.append(f"{error!r} {address}")
            connection.close()
        taken.by_room[room].append(time.perf_counter() - began)
        time.sleep(rng.expovariate(1 / pause) if pause else 0)


def write(path: Path, first: int, every: float, stop: Any, written: Any) -> None:
    """Add reports until told to stop; one each `every` seconds, if that can be had."""
    with open_record(path, create=False) as record:
        number = first
        while not stop.is_set():
            began = time.perf_counter()
            article, analysis = report(number)
            record.add(article, analysis, MODEL)
            number += 1
            written.value += 1
            stop.wait(max(0.0, every - (time.perf_counter() - began)))


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The reading room of a record; gives its port."""
    words = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen([*words, "--record", str(path)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = next(line for line in server.stdout if line.startswith("http"))
        try:
            yield int(told.split()[0].rstrip("/").rpartition(":")[2])
        finally:
            server.send_signal(signal.SIGINT)


def table(taken: Taken, seconds: float) -> str:
    """The figures, a row a room."""

    def row(name: str, took: list[float]) -> str:
        ordered = sorted(took)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return f"| {name} | {len(took)} | {statistics.median(took) * 1000:.0f} ms | {late * 1000:.0f} ms | {ordered[-1] * 1000:.0f} ms |"

    lines = ["| room | pages | median | 95 of 100 within | slowest |", "|---|---|---|---|---|"]
    lines += [row(room, taken.by_room[room]) for room in _SHARE if taken.by_room[room]]
    lines.append(row("**all**", taken.all()))
    lines.append(f"\n{len(taken.all()) / seconds:.1f} pages a second; {len(taken.errors)} errors")
    return "\n".join([*lines, *(f"- {error}" for error in taken.errors[:10])])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000, help="so many are on record")
    parser.add_argument("--record", type=Path, help="take this record instead of building one")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--pause",
        type=float,
        default=1.0,
        help="a reader looks at a page for so long in the mean; 0: for no time",
    )
    parser.add_argument(
        "--write-every", type=float, default=0.25, help="a report is added each so many seconds"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER)
    args = parser.parse_args()
    path = args.record or built(args.folder, args.reports)
    rng = random.Random(7)
    with served(path) as port:
        world = look_around(port, rng)
        front = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        front.request("GET", "/")
        print(f"front page: {len(front.getresponse().read()) / 1000:.0f} kB")
        context = multiprocessing.get_context("spawn")
        stop, written = context.Event(), context.Value("i", 0)
        # Reports are numbered from 0, so the next one is not on record.
        first = world.on_record
        writer = context.Process(target=write, args=(path, first, args.write_every, stop, written))
        writer.start()
        while not written.value and writer.is_alive():
            time.sleep(0.1)
        taken = Taken()
        until = time.perf_counter() + args.seconds
        readers = [
            threading.Thread(target=read, args=(port, world, seed, args.pause, until, taken))
            for seed in range(args.readers)
        ]
        before = written.value
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        added = written.value - before
        stop.set()
        writer.join()
    print(
        f"{args.readers} readers, {args.seconds:.0f} s, {args.pause:g} s on a page; {added} reports added meanwhile\n"
    )
    print(table(taken, args.seconds))


if __name__ == "__main__":
    main()
