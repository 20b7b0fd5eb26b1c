"""Reports, statements, actors, places and stories as tables: one row each, the same in CSV, Parquet and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection

from onrecord.record.asking.statements import Question
from onrecord.record.asking.stories import StoryThere, all_stories
from onrecord.record.export import actors, places, report_table, statements, stories
from onrecord.record.export.cells import legible
from onrecord.record.export.flat import Column
from onrecord.record.export.reports import ReportQuestion, find_reports
from onrecord.record.export.statements import SaidThere
from onrecord.record.export.writing import csv_lines, json_lines, write_parquet
from onrecord.record.opening import open_record
from onrecord.record.report_out import ReportOut
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all


@pytest.fixture(scope="module")
def connection(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with open_record(tmp_path_factory.mktemp("tables") / "news.db", create=True) as record:
        for report in [*make_all(), *make_copies()]:
            record.add(*report, "m1")
        with record.reading() as connection:
            yield connection


def tables(connection: Connection) -> dict[str, tuple[Iterable[Any], Sequence[Column[Any]]]]:
    return {
        "reports": (find_reports(connection, ReportQuestion()), report_table.COLUMNS),
        "statements": (statements.find_statements(connection, Question()), statements.COLUMNS),
        "actors": (actors.find_actor_rows(connection), actors.COLUMNS),
        "places": (places.find_place_rows(connection), places.COLUMNS),
        "stories": (all_stories(connection), stories.COLUMNS),
    }


NAMES = ("reports", "statements", "actors", "places", "stories")


def from_csv(rows: Iterable[Any], columns: Sequence[Column[Any]]) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(b"".join(csv_lines(rows, columns)).decode(), newline=""), strict=True)
    )


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_csv_and_parquet_hold_the_same(connection: Connection, name: str) -> None:
    rows, columns = tables(connection)[name]
    every = list(rows)
    assert every
    stream = io.BytesIO()
    write_parquet(every, columns, stream)
    table = pq.read_table(io.BytesIO(stream.getvalue())).to_pylist()
    cells = from_csv(every, columns)
    assert len(table) == len(cells) == len(every)
    for typed, row in zip(table, cells, strict=True):
        assert {k: as_cell(v) for k, v in typed.items()} == {
            k: v.removeprefix("'") if v.startswith(("'-", "'+")) else v for k, v in row.items()
        }


@pytest.mark.parametrize("name", NAMES)
def test_each_line_of_json_is_read_back_as_the_row(connection: Connection, name: str) -> None:
    every = list(tables(connection)[name][0])
    for row, line in zip(every, json_lines(every), strict=True):
        assert line.count(b"\n") == 1
        assert msgspec.json.decode(line, type=type(row)) == row


@pytest.mark.parametrize("name", NAMES)
def test_as_many_rows_as_are_asked_for_come_in_the_same_order(connection: Connection, name: str) -> None:
    every = [json.loads(x) for x in json_lines(tables(connection)[name][0])]
    few = {
        "reports": lambda n: find_reports(connection, ReportQuestion(), limit=n),
        "statements": lambda n: statements.find_statements(connection, Question(), limit=n),
        "actors": lambda n: actors.find_actor_rows(connection, limit=n),
        "places": lambda n: places.find_place_rows(connection, limit=n),
        "stories": lambda n: all_stories(connection, limit=n),
    }[name]
    assert [json.loads(x) for x in json_lines(few(2))] == every[:2]


def test_a_statement_has_its_evidence_and_its_story(connection: Connection) -> None:
    found = {s.id: s for s in statements.find_statements(connection, Question())}
    copied = next(s for s in found.values() if s.story and s.story.copy_of)
    assert copied.story is not None
    assert (copied.story.reports, copied.story.origins) == (3, 1)
    (cells,) = from_csv([copied], statements.COLUMNS)
    texts = {r.id: r.text for r in find_reports(connection, ReportQuestion())}
    start, end = int(cells["content_starts"]), int(cells["content_ends"])
    assert texts[copied.article][start:end] == cells["content"] == cells["content_pieces"]
    source = texts[copied.article][int(cells["source_start"]) : int(cells["source_end"])]
    assert source == cells["by"]
    assert cells["copy_of"] == copied.story.copy_of
    assert cells["story_origins"] == "1"


def test_an_actor_counts_copies_once(connection: Connection) -> None:
    for row in actors.find_actor_rows(connection):
        assert row.origins <= row.stories * row.reports
        assert row.reports == len(row.articles)
        assert row.name in row.names


@pytest.mark.parametrize("find", [actors.find_actor_rows, places.find_place_rows])
def test_reports_are_named_by_their_ids_and_not_as_they_came(
    tmp_path: Path, find: Callable[[Connection], Iterator[Any]]
) -> None:
    with open_record(tmp_path / "came.db", create=True) as record:
        for id in ("two", "one", "three"):
            record.add(
                *make_report(id, make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran")), "m1"
            )
        with record.reading() as connection:
            assert {tuple(row.articles) for row in find(connection)} == {("one", "three", "two")}


def test_a_story_has_lists_of_one_length(connection: Connection) -> None:
    for story in all_stories(connection, copied=True):
        values = {c.name: c.value(story) for c in stories.COLUMNS if c.kind == "list"}
        assert {len(v) for v in values.values()} == {len(story.articles)}
        assert values["copy_of"].count("") == story.origins


BAD = {
    "formula": "=HYPERLINK(“x”)",
    "call": "@SUM(1)",
    "line end": "one\r\ntwo",
    "quotation marks": 'he said "no", twice',
    "nul": "nul \0 here",
    "escape": "red \x1b[31m",
    "half": "half \ud83d",
    "next line": "a\x85b",
}


@pytest.mark.parametrize("words", BAD.values(), ids=BAD)
def test_no_words_break_a_cell(connection: Connection, words: str) -> None:
    row = replace(
        next(iter(statements.find_statements(connection, Question()))), headline=words, about=[words]
    )
    story = StoryThere(words, [words], [], 1)
    for bad, columns, name in ((row, statements.COLUMNS, "headline"), (story, stories.COLUMNS, "articles")):
        (cells,) = from_csv([bad], columns)
        assert len(cells) == len(columns)
        assert not cells[name].startswith(("=", "@"))
        assert cells[name].removeprefix("'") == legible(words)


@pytest.mark.parametrize(
    ("row", "columns"), [(ReportOut, report_table.COLUMNS), (SaidThere, statements.COLUMNS)]
)
def test_columns_have_names_of_their_own(row: type, columns: Sequence[Column[Any]]) -> None:
    names = [c.name for c in columns]
    assert len(set(names)) == len(names)


def test_a_part_of_many_rows_of_parquet_is_written_at_a_time(tmp_path: Path) -> None:
    taken = 0

    def rows() -> Iterator[StoryThere]:
        nonlocal taken
        for number in range(5_000):
            taken += 1
            yield StoryThere(f"s-{number}", ["r"], [], 1)

    stream = io.BytesIO()
    write_parquet(rows(), stories.COLUMNS, stream)
    parquet = pq.ParquetFile(io.BytesIO(stream.getvalue()))
    assert (taken, parquet.metadata.num_rows, parquet.metadata.num_row_groups) == (5_000, 5_000, 3)
