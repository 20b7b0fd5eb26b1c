"""The picture of the tables is that of the code."""

from __future__ import annotations

from pathlib import Path

from onrecord.record.picture import draw

ON_SQLITE_ALONE = "no record is opened"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "tables.md"


def test_the_picture_is_that_of_the_code() -> None:
    assert PAGE.read_text() == draw(), "draw it anew: python -m onrecord.record.picture > docs/tables.md"
