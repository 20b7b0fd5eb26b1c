"""Kills a writer at random moments, again and again, and looks whether the record has lost anything.

A child is forked that writes small analysed reports into one record and acknowledges each by a line in a pipe once `Record.add`
has come back, that is, behind the commit. After a while that is drawn by a seed it is killed (SIGKILL), mostly in the midst of a
transaction. Then the record is opened again and asked: is each report that was acknowledged there, and is each that is there whole,
to the last row? Every so many kills, and at the end, all checks of `onrecord check` are made.

    python benchmarks/record/kills.py --kills 500
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from onrecord.article import Article, Span
from onrecord.contract import (
    ActorOut,
    AnalysisOut,
    DatelineOut,
    EventOut,
    FrameOut,
    MentionOut,
    PartyOut,
    SourceOut,
    SpanOut,
    StatementOut,
)
from onrecord.record import schema
from onrecord.record.checking.check import check
from onrecord.record.opening import open_record

# Rows of a report in each table that has a column for the report; a report of which one is missing is there by half.
ROWS = {"statements": 2, "mentions": 3, "appearances": 2, "events": 1}
# Reports are of words of their own, so that no two tell one story by chance.
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo".split()
# Bytes of an acknowledgement.
_LINE = 9


@dataclass
class Tally:
    """What a loop of kills has found.

    Attributes:
        acknowledged: reports of which a writer said that they were written.
        found: how many of these were on record after the last kill.
        unacknowledged: reports on record that were written but killed before the line.
        by_half: reports of which rows were missing.
        faults: what checks found, in words.
    """

    kills: int = 0
    acknowledged: int = 0
    found: int = 0
    unacknowledged: int = 0
    by_half: int = 0
    checks: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Was nothing lost, and nothing kept by half?"""
        return self.found == self.acknowledged and not self.by_half and not self.faults


def make_small(number: int) -> tuple[Article, AnalysisOut]:
    """A report of two sentences: two statements, three mentions, two actors, an event; every tenth is a copy of the one before."""
    told = number - 1 if number % 10 == 9 else number
    speaker, other = f"Ada Zrinov{told % 7}", f"Bo Kestrel{told % 5}"
    draw = random.Random(told)
    first, second, *rest = ("".join(draw.choices(_SYLLABLES, k=3)) for _ in range(14))
    text = (
        f"{speaker} said that the {first} would open. {other} denied that the {second} was safe, "
        f"and {speaker} met {other} {' '.join(rest)}."
    )
    spans = {word: text.index(word) for word in (speaker, other)}

    def span(words: str) -> SpanOut:
        start = text.index(words)
        return SpanOut(start, start + len(words))

    def place(name: str, *, again: bool = False) -> Span:
        start = text.rindex(name) if again else spans[name]
        return Span(start, start + len(name))

    def statement(id: str, who: str, actor: str, cue: str, content: str, kind: str) -> StatementOut:
        at = place(who)
        return StatementOut(
            id=id, source=SourceOut(at.start, at.end, actor), cue=span(cue), content=[span(content)], quotation="indirect",
            attitude="speech", negated=False, kind=kind, about=[], addressee=None, date=None, confidence=0.9, within=None,
        )  # type: ignore[arg-type]  # fmt: skip

    again = place(speaker, again=True)
    met = text.rindex(" met ") + 1
    article = Article(
        id=f"k{number:07}", text=text, published="2024-05-01", language="en", origin=f"{number}.txt"
    )
    frame = FrameOut(
        None, [], DatelineOut(None, None, None), [], [], [], [], [], [], None, None, None, None, []
    )
    one, two = (PartyOut(p.start, p.end, a) for p, a in ((again, "a1"), (place(other, again=True), "a2")))
    event = EventOut(
        id="e1", type="CONSULT", mode=None, modes=[], contexts=[], cameo="040", status="occurred",
        trigger=SpanOut(met, met + 3), actors=[one], recipients=[two], place=None, places=[], date=None, dead=None,
        injured=None, crowd=None, mutual=True, reported_by=None, same_as=None,
        sentence=SpanOut(text.index(other), len(text)), confidence=0.8,
    )  # fmt: skip
    analysis = AnalysisOut(
        id=article.id, text=text, title=None, published=article.published, language="en", frame=frame, furniture=[],
        statements=[
            statement("s1", speaker, "a1", "said", f"that the {first} would open", "prediction"),
            statement("s2", other, "a2", "denied", f"that the {second} was safe", "denial"),
        ],
        events=[event],
        mentions=[
            MentionOut(*(place(name).start, place(name).end), "PER", "name", actor)
            for name, actor in ((speaker, "a1"), (other, "a2"))
        ] + [MentionOut(again.start, again.end, "PER", "name", "a1")],
        actors=[ActorOut(id, name, "person", None, None, [], [], {}) for id, name in (("a1", speaker), ("a2", other))],
        places=[], times=[],
    )  # fmt: skip
    return article, analysis


def _write(path: Path, start: int, pipe: int) -> None:
    """Write reports from a number on until killed, and acknowledge each."""
    with open_record(path, create=True) as record:
        number = start
        while True:
            record.add(*make_small(number), "m1")
            os.write(pipe, f"{number:08}\n".encode())
            number += 1


def kill_once(path: Path, start: int, reports: int, share: float, pace: float) -> tuple[list[int], float]:
    """Fork a writer, and kill it while it writes a report.

    Args:
        reports: it acknowledges so many before; none if it is to be killed while it opens the record.
        share: of the time that a report takes, when it is killed.
        pace: seconds that a report takes, as far as is known.

    Returns:
        The numbers that it acknowledged, and the seconds that a report took.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            _write(path, start, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as lines:
        told = b""
        for _ in range(reports):
            began = time.monotonic()
            told += lines.read(_LINE)
            pace = time.monotonic() - began
        time.sleep(share * pace)
        os.kill(child, signal.SIGKILL)
        while more := lines.read(4096):
            told += more
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the writer ended by itself")
    return [int(told[at : at + _LINE]) for at in range(0, len(told) - len(told) % _LINE, _LINE)], pace


def look(path: Path, since: int) -> tuple[set[int], int]:
    """The numbers of the reports on record from one on, and of how many rows are missing."""
    with open_record(path, create=True) as record, record.reading() as connection:
        table = schema.articles.c
        query = select(table.id).where(table.id >= f"k{since:07}")
        there = set(connection.execute(query).scalars())
        rows = dict.fromkeys(there, 0)
        by_half: set[str] = set()
        for name, due in ROWS.items():
            own = schema.metadata.tables[name]
            counted = (
                select(own.c.article, func.count())
                .join(schema.articles, table.serial == own.c.article)
                .where(table.id >= f"k{since:07}")
                .group_by(own.c.article)
            )
            found: dict[str, int] = dict(map(tuple, connection.execute(counted)))
            by_half |= {id for id in rows if found.get(id, 0) != due} | (found.keys() - there)
    return {int(id[1:]) for id in there}, len(by_half)


def kill(path: Path, kills: int, seed: int, *, check_every: int) -> Iterator[Tally]:
    """Kill writers of one record, and tell after each kill what was found so far."""
    draw = random.Random(seed)
    tally, start, pace = Tally(), 0, 0.02
    acknowledged: set[int] = set()
    for number in range(1, kills + 1):
        # Some are killed while they open the record, the first ones while it is made.
        told, pace = kill_once(path, start, draw.choice((0, 1, 2, 2, 3, 3)), draw.uniform(0, 1.5), pace)
        there, by_half = look(path, start)
        acknowledged |= set(told)
        tally.kills, tally.acknowledged = number, len(acknowledged)
        tally.found += len(there & set(told))
        tally.unacknowledged += len(there - set(told))
        tally.by_half += by_half
        start = max(there, default=start - 1) + 1
        if number % check_every == 0 or number == kills:
            _check(path, tally, acknowledged)
        yield tally


def _check(path: Path, tally: Tally, acknowledged: set[int]) -> None:
    """All checks, and whether every report that was ever acknowledged is there still."""
    there, by_half = look(path, 0)
    tally.found = len(acknowledged & there)
    tally.by_half = max(tally.by_half, by_half)
    with open_record(path, create=False) as record:
        tally.faults += [f"{f.table}: {f.words}: {f.examples}" for f in check(record).faults]
    tally.checks += 1


def main() -> None:
    """Kill as often as is asked for, and print what was acknowledged and what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--check-every", type=int, default=25, metavar="KILLS")
    options = parser.parse_args()
    began, tally = time.monotonic(), Tally()
    with tempfile.TemporaryDirectory(prefix="onrecord-kills-") as folder:
        for tally in kill(
            Path(folder) / "news.db", options.kills, options.seed, check_every=options.check_every
        ):
            if sys.stderr.isatty():
                print(f"\r{tally.kills} kills", end="", file=sys.stderr)
    print(
        f"{tally.kills} kills in {time.monotonic() - began:.0f} s: {tally.acknowledged} reports acknowledged, {tally.found} of them "
        f"found; {tally.unacknowledged} more written but killed before they could be acknowledged; {tally.by_half} by half; "
        f"{tally.checks} checks, {len(tally.faults)} faults"
    )
    for fault in tally.faults:
        print(fault)
    sys.exit(0 if tally.is_clean else 1)


if __name__ == "__main__":
    main()
