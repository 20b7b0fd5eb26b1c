"""Stories of the record: copies are found as reports come in, whatever their order, and count once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.article import Article, Dateline, Frame
from onrecord.contract import to_output
from onrecord.record import schema
from onrecord.record.asking.stories import all_stories, find_story, in_words, members_of, tellers
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome, Record
from onrecord.resolution.report import resolve_report
from tests.record.schema5 import make_record

LEAD = "The mayor of Vessara said on Friday that the town would not empty the reservoir behind its old dam before winter."
QUOTED = "“We will not empty the lake, because 14 villages drink from it,” Mayor Ana Brusko told a meeting in the town hall."
ENGINEERS = "Engineers of the Kessand Water Institute wrote in March that two of its five gates no longer close at all."
OPPOSITION = "Taslan Orrel, who leads the opposition in the council, accused the mayor of gambling with lives below the dam."
BUILT = "The dam was built in 1931 by miners who had lost their work, and was last repaired in the summer of 1978."
TEXT = "\n\n".join((LEAD, QUOTED, ENGINEERS, OPPOSITION, BUILT))
OTHER = (
    "Ferry crews on the Orlan islands went on strike on Tuesday over night shifts, their union said.\n\n"
    "The boats will stay in port until the owners talk to them, wrote Hana Reeve, who has steered one for 30 years.\n\n"
    "A spokesman for Lindholm Lines said that no talks were planned before the end of the month."
)


def printed(id: str, text: str, outlet: str, published: str | None, agency: str | None = None) -> Article:
    return Article(
        id,
        text,
        Frame(dateline=Dateline(None, None, agency), agency=agency),
        published=published,
        outlet=outlet,
        language="en",
    )


WIRE = printed("wire", TEXT, "Karst Press", "2024-05-03T08:00:00+00:00")
POST = printed(
    "post",
    "\n\n".join((LEAD, QUOTED, OPPOSITION)),
    "Morning Post",
    "2024-05-03T12:00:00+00:00",
    "Karst Press",
)
ECHO = printed("echo", TEXT, "Lake Valley Echo", "2024-05-04T06:00:00+00:00", "Karst Press")
FERRY = printed("ferry", OTHER, "Orlan Star", "2024-05-04")
ALL = (WIRE, POST, ECHO, FERRY)


def add(record: Record, article: Article) -> Outcome:
    return record.add(article, to_output(article, resolve_report(article, None)), "m1")


def filled(path: Path, articles: tuple[Article, ...] = ALL) -> Record:
    record = open_record(path, create=True)
    for article in articles:
        add(record, article)
    return record


def told(record: Record) -> dict[str, list[tuple[object, ...]]]:
    tables = (schema.stories, schema.copies, schema.copied_pairs, schema.copied_passages, schema.story_keys)
    with record.reading() as connection:
        found = {t.name: sorted(map(tuple, connection.execute(t.select()))) for t in tables}
        rows = connection.execute(
            schema.articles.select().with_only_columns(schema.articles.c.id, schema.articles.c.story)
        )
        return found | {"articles": sorted(map(tuple, rows))}


def test_copies_are_one_story_and_one_origin(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as record, record.reading() as connection:
        found = list(all_stories(connection))

    assert [sorted(s.articles) for s in found] == [["echo", "post", "wire"], ["ferry"]]
    assert [s.origins for s in found] == [1, 1]
    assert found[0].articles[0] == "wire"
    assert {(c.article, c.of, c.kind, c.directed) for c in found[0].copies} == {
        ("post", "wire", "edited", True),
        ("echo", "wire", "verbatim", True),
    }


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_the_order_of_reading_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    with filled(tmp_path / "a.db") as one, filled(tmp_path / "b.db", tuple(ALL[n] for n in order)) as other:
        assert told(one) == told(other)


def test_passages_are_evidence(tmp_path: Path) -> None:
    texts = {a.id: a.text for a in ALL}
    with filled(tmp_path / "r.db") as record, record.reading() as connection:
        rows = connection.execute(schema.copied_passages.select()).all()

    assert rows
    for row in rows:
        assert 0 <= row.first_start < row.first_end <= len(texts[row.first])
        assert 0 <= row.second_start < row.second_end <= len(texts[row.second])
        if row.likeness == 1:
            one = texts[row.first][row.first_start : row.first_end]
            assert one.split() == texts[row.second][row.second_start : row.second_end].split()


def test_tellers_count_copies_once(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as record, record.reading() as connection:
        number = tellers(connection, ["wire", "post", "echo", "ferry"])
        alone = tellers(connection, ["ferry"])

    assert (number.articles, number.stories, number.origins) == (4, 2, 2)
    assert in_words(number) == ", in 4 reports of 2 stories and 2 origins"
    assert in_words(alone) == ""


def test_another_version_of_a_report_is_no_copy_of_it(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as record:
        assert add(record, replace(WIRE, text=TEXT + "\n\nIt rained.")) is Outcome.VERSION
        with record.reading() as connection:
            story = find_story(connection, next(all_stories(connection)).id)
            assert story is not None
            assert [m.id for m in members_of(connection, story)] == ["wire", "post", "echo"]
            version = f"wire@{hash_of(connection)}"
            assert tellers(connection, ["wire", version]).articles == 1


def hash_of(connection) -> str:
    rows = connection.execute(schema.articles.select().where(schema.articles.c.version_of == "wire"))
    return rows.one().id.partition("@")[2]


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    with filled(tmp_path / "r.db") as record:
        before = told(record)
        assert add(record, WIRE) is Outcome.KNOWN
        assert told(record) == before


@pytest.mark.sqlite_alone("older records are SQLite's")
def test_a_record_without_stories_gets_them(tmp_path: Path) -> None:
    make_record(tmp_path / "old.db", [(a, to_output(a, resolve_report(a, None))) for a in ALL])

    with open_record(tmp_path / "old.db", create=False) as record, filled(tmp_path / "new.db") as new:
        assert record.upgraded_from == 5
        assert told(record) == told(new)


@pytest.mark.sqlite_alone("older records are SQLite's")
def test_a_report_of_an_older_schema_keeps_its_place_when_it_is_recorded_anew(tmp_path: Path) -> None:
    make_record(tmp_path / "old.db", [(a, to_output(a, resolve_report(a, None))) for a in ALL])

    with open_record(tmp_path / "old.db", create=False) as record:
        before = told(record)
        assert add(record, POST) is Outcome.RENEWED
        assert told(record) == before
