"""Fills a record of an older schema with the rows that a record of today has of some reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.record.opening import open_record
from onrecord.record.quoting import words_of_content, words_of_mention, words_of_sentence
from onrecord.record.schema import metadata


def fill(
    path: Path, reports: Sequence[tuple[Article, AnalysisOut]], tables: Sequence[str], *, schema: int
) -> None:
    """Copy the rows of some tables, in the columns that the older schema has too.

    Args:
        path: a record whose tables are made; they are empty.
        tables: those that others point at come first.
    """
    with open_record(path.with_suffix(".now"), create=True) as record:
        for article, analysis in reports:
            record.add(article, analysis, "m0")
        with record.reading() as now, sqlite3.connect(path) as db:
            for table in tables:
                names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
                db.executemany(*copied(now, table, names))
            db.execute(f"UPDATE articles SET schema = {schema}")


def copied(
    now: Connection, table: str, names: Sequence[str], place: str = "?"
) -> tuple[str, list[tuple[Any, ...]]]:
    """How the rows of a table of today go into some columns of an older one, where rows point at others by ids, and
    repeat the words at which they point."""
    today = metadata.tables[table]
    words = {"contents": words_of_content, "mentions": words_of_mention, "events": words_of_sentence}
    told = [today.c[name] if name in today.c else words[table]() for name in names]
    rows = [tuple(row) for row in now.execute(select(*told))]
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join([place] * len(names))
    return f"INSERT INTO {table} ({columns}) VALUES ({places})", rows
