"""The reports of the benchmark: the same each time, and such as analysis could have found them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.record.generate import report
from onrecord.record.opening import open_record
from onrecord.record.schema import articles, copies

COUNT = 40


def test_a_report_is_told_by_its_number() -> None:
    assert report(7) == report(7)
    assert report(7)[0].text != report(8)[0].text


def test_all_spans_lie_in_the_text_and_hold_words() -> None:
    for number in range(COUNT):
        text, analysis = report(number)[0].text, report(number)[1]
        spans = [
            *((m.start, m.end) for m in analysis.mentions),
            *((t.start, t.end) for t in analysis.times),
            *chain.from_iterable(p.mentions for p in analysis.places),
            *((e.sentence.start, e.sentence.end) for e in analysis.events),
            *((c.start, c.end) for s in analysis.statements for c in s.content),
        ]
        assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
        assert all(text[t.start : t.end] == t.text for t in analysis.times)
        for actor in analysis.actors:
            printed = [m for m in analysis.mentions if m.actor == actor.id and m.form == "name"]
            assert text[printed[0].start : printed[0].end] == actor.name


def test_some_are_copies_of_others(tmp_path: Path, database: str) -> None:
    with open_record(tmp_path / "r.db", create=True) as record:
        for number in range(COUNT):
            record.add(*report(number), "m")
        with record.reading() as connection:
            assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == COUNT
            assert 0 < connection.execute(select(func.count()).select_from(copies)).scalar_one() < COUNT / 2
