"""The rows of an answer, and frames of them: a table of fixed columns with fixed types, also where there is no row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from onrecord.printing.columns import (
    ENTRY_COLUMNS,
    EVENT_COLUMNS,
    HIT_COLUMNS,
    KNOWN_COLUMNS,
    ONCE_COLUMNS,
    PREDICTION_COLUMNS,
    SAID_COLUMNS,
    STORY_COLUMNS,
)
from onrecord.printing.contradictions import CONTRADICTION_COLUMNS
from onrecord.printing.sources import source_columns
from onrecord.record.asking.sources import Heard, Sources
from onrecord.record.asking.stories import Tellers
from onrecord.record.export.flat import Column, Kind, csv_header, csv_line

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")
Table = Literal[
    "said", "variants", "events", "search", "timeline", "predictions", "contradictions", "sources", "actors", "stories"
]  # fmt: skip

_TABLES: Final[Mapping[Table, Sequence[Column[Any]]]] = {
    "said": SAID_COLUMNS,
    "variants": ONCE_COLUMNS,
    "events": EVENT_COLUMNS,
    "search": HIT_COLUMNS,
    "timeline": ENTRY_COLUMNS,
    "predictions": PREDICTION_COLUMNS,
    "contradictions": CONTRADICTION_COLUMNS,
    "actors": KNOWN_COLUMNS,
    "stories": STORY_COLUMNS,
}
# Of pandas, those that know what is missing; lists are objects.
_PANDAS: Final[Mapping[Kind, str]] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "list": "object",
    "integers": "object",
}


class Rows(list[T]):
    """The rows of an answer, in its order.

    Attributes:
        total: how many there are in all; more than these if `limit` or `offset` was given. With `variants` statements, each
            printing counted.
        tellers: in how many reports the rows shown stand, and of how many stories and origins these are: copies count once.
            None where rows count for themselves.
        notes: what the command line tells beside the answer, for example that nobody has the name that was asked for.
        more: there are more than `total`: it was not counted further.
    """

    def __init__(
        self,
        rows: Iterable[T],
        table: Table,
        *,
        total: int | None = None,
        tellers: Tellers | None = None,
        notes: Iterable[str] = (),
        outlet: str | None = None,
        more: bool = False,
    ) -> None:
        super().__init__(rows)
        self.more = more
        self.total = len(self) if total is None else total
        self.tellers = tellers
        self.notes = list(notes)
        self._table: Table = table
        self._outlet = outlet

    def __reduce__(self) -> tuple[Any, ...]:
        # So that an answer can be pickled and copied.
        return _again, (
            list(self),
            self._table,
            self.total,
            self.tellers,
            self.notes,
            self._outlet,
            self.more,
        )

    @property
    def columns(self) -> list[str]:
        """The names of the columns, as `--csv` prints them, in their order."""
        return [column.name for column in self._columns]

    @property
    def _columns(self) -> Sequence[Column[T]]:
        return source_columns(self._outlet) if self._table == "sources" else _TABLES[self._table]  # type: ignore[return-value]

    @property
    def kinds(self) -> dict[str, Kind]:
        """What the values of each column are: text, integer, number, boolean, list (of words), or integers (a list)."""
        return {column.name: column.kind for column in self._columns}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows with the columns that `--csv` prints; a value may be None, and a list of words."""
        return [{c.name: _plain(c, row) for c in self._columns} for row in self]

    def to_csv(self) -> bytes:
        """What `--csv` prints: a line with the names of the columns, and one a row (RFC 4180, UTF-8)."""
        return b"".join(csv_lines(self._columns, self))

    def to_pandas(self) -> pd.DataFrame:
        """The same as a pandas frame; columns and types are fixed, and what is not known is `<NA>`, in a list column None.

        Raises:
            ImportError: if pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise _missing("pandas") from error
        values = self._values()
        kinds = self.kinds
        return pd.DataFrame(
            {name: pd.Series(column, dtype=_PANDAS[kinds[name]]) for name, column in values.items()}
        )

    def to_polars(self) -> pl.DataFrame:
        """The same as a polars frame; columns and types are fixed, and what is not known is null.

        Raises:
            ImportError: if polars is not installed.
        """
        try:
            import polars as pl
        except ModuleNotFoundError as error:
            raise _missing("polars") from error
        types: dict[Kind, Any] = {
            "text": pl.String,
            "integer": pl.Int64,
            "number": pl.Float64,
            "boolean": pl.Boolean,
            "list": pl.List(pl.String),
            "integers": pl.List(pl.Int64),
        }
        return pl.DataFrame(self._values(), schema={name: types[kind] for name, kind in self.kinds.items()})

    def _values(self) -> dict[str, list[Any]]:
        """The values by column."""
        return {column.name: [_plain(column, row) for row in self] for column in self._columns}


def table_lines(table: Table, rows: Iterable[Any]) -> Iterator[bytes]:
    """What `Rows.to_csv` gives of the rows of a table, line by line: for answers that are too long to be held."""
    return csv_lines(_TABLES[table], rows)


def csv_lines(columns: Sequence[Column[T]], rows: Iterable[T]) -> Iterator[bytes]:
    """The lines of a table, its header first (RFC 4180, UTF-8)."""
    yield csv_header(columns)
    for row in rows:
        yield csv_line(columns, row)


def heard_rows(audit: Sources) -> Rows[Heard]:
    """The named sources of an audit as rows, who is heard most first."""
    return Rows(audit.actors, "sources", outlet=audit.outlet)


def _again(
    rows: list[Any],
    table: Table,
    total: int,
    tellers: Tellers | None,
    notes: list[str],
    outlet: str | None,
    more: bool,
) -> Rows[Any]:
    return Rows(rows, table, total=total, tellers=tellers, notes=notes, outlet=outlet, more=more)


def _plain(column: Column[T], row: T) -> Any:
    """The value of a column as frames take it: lists are of words, or of whole numbers where the column says so."""
    value = column.value(row)
    return [str(v) for v in value] if column.kind == "list" and value is not None else value


def _missing(package: str) -> ImportError:
    return ImportError(
        f"a {package} frame needs {package}, which is not installed. Install it: pip install 'onrecord[{package}]'",
        name=package,
    )
