"""What a request asks: the record that is open, the fields of a question, the page of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, NamedTuple

from fastapi import Depends, Query, Request

from onrecord.api import Record

PAGE_ROWS: Final = 50
_MOST_PAGES: Final = 100_000
LONGEST: Final = 500


def _record(request: Request) -> Record:
    record: Record = request.app.state.record
    return record


OpenRecord = Annotated[Record, Depends(_record)]
# A field that was left empty in a form is not asked.
Words = Annotated[str, Query(max_length=LONGEST)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=_MOST_PAGES)]


def given(asked: Mapping[str, str]) -> dict[str, Any]:
    """The fields that were filled in.

    >>> given({"by": "Orpel", "about": " "})
    {'by': 'Orpel'}
    """
    return {name: value for name, value in asked.items() if value.strip()}


def rows_of(page: int) -> dict[str, Any]:
    """Which rows stand on a page, as `limit` and `offset`.

    >>> rows_of(2)
    {'limit': 50, 'offset': 50}
    """
    return {"limit": PAGE_ROWS, "offset": (page - 1) * PAGE_ROWS}


class Pages(NamedTuple):
    """The page of an answer that is shown, and how many there are.

    >>> Pages(2, 120).last, Pages(2, 120).first_row, Pages(1, 0).last
    (3, 51, 1)
    """

    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE_ROWS))

    @property
    def first_row(self) -> int:
        """The number of the first row that is shown, from 1."""
        return int(rows_of(self.number)["offset"]) + 1
