"""How fast a record is written and asked, and how large it is: `make bench-record`.

Reports are made by `generate.py`; none of it needs the model. The large record is built once, many reports in one transaction,
and kept in a folder until the tables or the generator change. All times are of one process and of the clock on the wall; of writing
the processor's are told too, since a commit waits for the disk.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.record.generate import Report, report  # noqa: E402
from benchmarks.record.large import FOLDER, MODEL, built  # noqa: E402
from onrecord.record import opening  # noqa: E402
from onrecord.record.asking.search import SearchQuestion, search  # noqa: E402
from onrecord.record.asking.statements import Question, count_said, find_said  # noqa: E402
from onrecord.record.asking.stories import tellers  # noqa: E402
from onrecord.record.store import Record  # noqa: E402
from tests.postgresql import programs, server  # noqa: E402

STATEMENTS_A_REPORT = 25
# As many of the best reports are shown as `onrecord search` shows.
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question: how long each took, and how many rows it found."""

    name: str
    limit_ms: float
    aim_ms: float
    took_ms: list[float]
    found: list[int]

    def line(self) -> str:
        """Its row of the table."""
        median, late = statistics.median(self.took_ms), sorted(self.took_ms)[int(len(self.took_ms) * 0.95)]
        rows = f"{statistics.median(self.found):.0f} rows at the median, {max(self.found)} at most"
        return f"| {self.name} | {median:.1f} ms | {late:.1f} ms | {self.limit_ms:.0f} ms | {self.aim_ms:.0f} ms | {rows} |"


def written(where: str | Path, made: list[Report]) -> tuple[float, float]:
    """Reports a second into a record, each in its own transaction: by the clock, and by the processor of this process."""
    with opening.open_record(where, create=True) as record:
        # The first ones compile what is used again.
        for article, analysis in made[:20]:
            record.add(article, analysis, MODEL)
        clock, processor = time.perf_counter(), time.process_time()
        for article, analysis in made[20:]:
            record.add(article, analysis, MODEL)
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return (len(made) - 20) / clock, (len(made) - 20) / processor


def disk(folder: Path) -> float:
    """Milliseconds that the disk takes to keep one page: no commit is faster."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        began = time.perf_counter()
        for _ in range(50):
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
        return (time.perf_counter() - began) / 50 * 1000


def pairs(count: int, number: int) -> list[tuple[str, str]]:
    """Who is heard on whom: of statements that there are, so that who is heard often is asked for often."""
    rng = random.Random("pairs")
    found: list[tuple[str, str]] = []
    while len(found) < number:
        analysis = report(rng.randrange(count))[1]
        names = {a.id: a.name for a in analysis.actors}
        told = [
            (s.source.actor, s.about[0])
            for s in analysis.statements
            if s.source and s.source.actor and s.about
        ]
        if told:
            by, about = rng.choice(told)
            found.append((names[by], names[about]))
    return found


def words(count: int, number: int) -> list[str]:
    """Words to search for: one word, two that stand in one report, or two side by side."""
    rng = random.Random("words")
    found: list[str] = []
    while len(found) < number:
        content = report(rng.randrange(count))[0].text.replace(".", "").split()
        at = rng.randrange(len(content) - 1)
        one, other = content[at], rng.choice(content)
        if min(len(one), len(other), len(content[at + 1])) < 5:
            continue
        found.append((one, f"{one} {other}", f'"{one} {content[at + 1]}"')[len(found) % 3])
    return found


def _timed(name: str, limits: tuple[float, float], questions: list[Callable[[], int]]) -> Asked:
    took: list[float] = []
    found: list[int] = []
    for ask in questions:
        # What is in the cache of files is set aside: the second time counts.
        ask()
        began = time.perf_counter()
        found.append(ask())
        took.append((time.perf_counter() - began) * 1000)
    return Asked(name, *limits, took, found)


def _ask_said(record: Record, question: Question, limit: int | None = None) -> int:
    """What `onrecord said` does: the statements, and in how many reports of how many origins they stand."""
    with record.reading() as connection:
        rows = list(find_said(connection, question, limit=limit))
        tellers(connection, {row.id.rpartition("#")[0] for row in rows})
        return count_said(connection, question) if limit else len(rows)


def _search(record: Record, match: str) -> int:
    with record.reading() as connection:
        return search(connection, SearchQuestion(match=match), limit=_SHOWN).total


@contextmanager
def _noted(record: Record) -> Iterator[list[tuple[str, object]]]:
    """The statements that are put to the database meanwhile."""
    put: list[tuple[str, object]] = []

    def note(_: object, __: object, sql: str, given: object, *___: object) -> None:
        put.append((sql, given))

    engine = record._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield put
    finally:
        event.remove(engine, "before_cursor_execute", note)


def print_plans(path: Path, record: Record, ask: Callable[[], int]) -> None:
    """The slowest statements of a question, with their plans."""
    with _noted(record) as put:
        ask()
    with sqlite3.connect(path) as db:
        db.create_function("regexp", 2, lambda *_: True)
        timed: list[tuple[float, str, object]] = []
        for sql, given in put:
            if sql.startswith("SELECT"):
                began = time.perf_counter()
                db.execute(sql, given).fetchall()  # type: ignore[arg-type]
                timed.append(((time.perf_counter() - began) * 1000, sql, given))
        for took, sql, given in sorted(timed, key=lambda t: -t[0])[:2]:
            print(f"\n{took:.1f} ms: {' '.join(sql.split())[:400]}")
            for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", given):  # type: ignore[arg-type]
                print(f"    {row[3]}")


def print_questions(path: Path, count: int, number: int) -> None:
    """The rows of the table that ask the large record."""
    with opening.open_record(path, create=False) as record:
        said: list[Callable[[], int]] = [
            lambda by=by, about=about: _ask_said(record, Question(by=by, about=about))  # type: ignore[misc]
            for by, about in pairs(count, number)
        ]
        matched: list[Callable[[], int]] = [
            lambda match=match: _ask_said(record, Question(match=match), _SHOWN)  # type: ignore[misc]
            for match in words(count, number)
        ]
        searched: list[Callable[[], int]] = [
            lambda match=match: _search(record, match)  # type: ignore[misc]
            for match in words(count, number)
        ]
        kinds = (
            ("`said --by X --about Y`", (50.0, 10.0), said),
            (f"`said --match WORDS --limit {_SHOWN}`", (100.0, 30.0), matched),
            ("`search WORDS`", (100.0, 30.0), searched),
        )
        print("\n| question | median | 95 of 100 | at most | aim | found |\n|---|---|---|---|---|---|")
        slow: list[Callable[[], int]] = []
        for name, limits, questions in kinds:
            asked = _timed(name, limits, questions)
            print(asked.line(), flush=True)
            if statistics.median(asked.took_ms) > asked.limit_ms:
                slow.append(questions[asked.took_ms.index(max(asked.took_ms))])
        for ask in slow:
            print_plans(path, record, ask)


def print_size(path: Path) -> None:
    """How large the record is for each report, beside its text."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        number, text = db.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM articles").fetchone()
        told = db.execute("SELECT count(*) FROM statements").fetchone()[0]
        print(f"\n{number} reports, {told} statements")
        each = path.stat().st_size / number
        print(
            f"size: {each:.0f} bytes a report, {each * number / text:.1f} times its text (at most 6, aim 3)"
        )
        try:
            parts = db.execute(
                "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12"
            ).fetchall()
        except sqlite3.OperationalError:  # a SQLite that was built without it
            return
        print("  " + ", ".join(f"{name} {size / number:.0f}" for name, size in parts))


def print_writing(folder: Path, reports: int, path: Path, count: int) -> None:
    """Reports a second."""
    print(f"\nthe disk keeps a page in {disk(folder):.1f} ms")
    made = [report(n) for n in range(reports)]
    print(
        "\n| reports a second, one process | by the clock | by the processor | at least | aim |\n|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        clock, processor = written(Path(fresh, "new.db"), made)
        print(f"| into a new SQLite record | {clock:.0f} | {processor:.0f} | 300 | 1,000 |", flush=True)
    if (found := programs()) is not None:
        with server(found, is_durable=True) as address:
            clock, processor = written(address, made)
        print(f"| into a new PostgreSQL record | {clock:.0f} | {processor:.0f} | 200 | 600 |", flush=True)
    else:
        print("| into PostgreSQL | not measured: there is no PostgreSQL 15 here | | 200 | 600 |")
    # Reports of another world stay behind, a few in a hundred of those that are there.
    seed = f"more-{time.time_ns()}"
    clock, processor = written(
        path, [report(count + n, seed) for n in range(min(reports, 1 + count // 20))] or made
    )
    print(f"| into the SQLite record of {count} reports | {clock:.0f} | {processor:.0f} | | |")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=25_000, help="about so many are on the record")
    parser.add_argument("--writes", type=int, default=320, help="so many reports are written one by one")
    parser.add_argument("--questions", type=int, default=50, help="so many of each kind are put")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    args = parser.parse_args()
    count = max(100, args.statements // STATEMENTS_A_REPORT)
    path = built(args.folder, count)
    print_size(path)
    print_questions(path, count, args.questions)
    print_writing(args.folder, args.writes, path, count)


if __name__ == "__main__":
    main()
