"""Fills a record of an older schema with the rows that a record of today has of some reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.record.opening import open_record


def fill(
    path: Path, reports: Sequence[tuple[Article, AnalysisOut]], tables: Sequence[str], *, schema: int
) -> None:
    """Copy the rows of some tables, in the columns that the older schema has too.

    Args:
        path: a record whose tables are made; they are empty.
        tables: those that others point at come first.
    """
    now = path.with_suffix(".now")
    with open_record(now, create=True) as record:
        for article, analysis in reports:
            record.add(article, analysis, "m0")
    with sqlite3.connect(path) as db:
        db.execute("ATTACH ? AS now", (str(now),))
        for table in tables:
            names = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
        db.execute(f"UPDATE articles SET schema = {schema}")
