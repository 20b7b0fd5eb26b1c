"""Asks a record with plain SQL, and changes it behind its back, on whichever database it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import text

from onrecord.record import opening
from onrecord.record.engines import WRITES, make_engine


def address(path: Path) -> str:
    """Of the record for which a path stands, for another process."""
    return opening.locate(path).url.render_as_string(hide_password=False)


def rows(path: Path, query: str, **given: Any) -> list[tuple[Any, ...]]:
    """What a query gives; `:name` in it stands for what is given."""
    engine = make_engine(opening.locate(path))
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), given)]
    finally:
        engine.dispose()


def change(path: Path, *statements: str) -> None:
    """Carry out some statements in one transaction."""
    engine = make_engine(opening.locate(path))
    try:
        with engine.connect() as plain, plain.execution_options(**{WRITES: True}).begin():
            for statement in statements:
                plain.execute(text(statement))
    finally:
        engine.dispose()
