"""The rows of an answer, and frames of them: a table of fixed columns with fixed types, also where there is no row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from onrecord.printing.cells import Column
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

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")
Table = Literal[
    "said", "variants", "events", "search", "timeline", "predictions", "contradictions", "sources", "actors", "stories"
]  # fmt: skip
Kind = Literal["text", "integer", "number", "boolean", "list"]

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
# What is no text, by the name of its column; a name means one kind in all tables.
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        "about places printed_in variants articles copies modes contexts actors actor_words actor_ids actor_codes recipients"
        " recipient_words recipient_ids recipient_codes place_words tellings_status tellings_articles differing reported_since"
        " first_marked second_marked roles names".split(),
        "list",
    ),
    **dict.fromkeys(
        "reports stories origins in_story source_start source_end geonames dead_low dead_high injured_low injured_high crowd_low"
        " crowd_high tellings start end days first_start first_end first_reports first_origins second_start second_end"
        " second_reports second_origins statements heard direct quoted_words source subject mentions".split(),
        "integer",
    ),
    **dict.fromkeys("confidence score share quoted_share lat lon".split(), "number"),
    **dict.fromkeys("negated update mutual asserted dead_about injured_about crowd_about".split(), "boolean"),
}
# Where a name means something else in one table: how often somebody is an addressee, not who is.
_KINDS_IN: Final[Mapping[tuple[Table, str], Kind]] = {("actors", "addressee"): "integer"}
# Of pandas, those that know what is missing; a list is an object.
_PANDAS: Final[Mapping[Kind, str]] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "list": "object",
}


class Rows(list[T]):
    """The rows of an answer, in its order.

    Attributes:
        total: how many there are in all; more than these if `limit` or `offset` was given. With `variants` statements, each
            printing counted.
        tellers: in how many reports the rows shown stand, and of how many stories and origins these are: copies count once.
            None where rows count for themselves.
        notes: what the command line tells beside the answer, for example that nobody has the name that was asked for.
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
    ) -> None:
        super().__init__(rows)
        self.total = len(self) if total is None else total
        self.tellers = tellers
        self.notes = list(notes)
        self._table: Table = table
        self._outlet = outlet

    def __reduce__(self) -> tuple[Any, ...]:
        # So that an answer can be pickled and copied.
        return _again, (list(self), self._table, self.total, self.tellers, self.notes, self._outlet)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, as `--csv` prints them, in their order."""
        return [column.name for column in self._columns]

    @property
    def _columns(self) -> Sequence[Column[T]]:
        return source_columns(self._outlet) if self._table == "sources" else _TABLES[self._table]  # type: ignore[return-value]

    @property
    def kinds(self) -> dict[str, Kind]:
        """What the values of each column are: text, integer, number, boolean, or list (of words)."""
        return {name: _KINDS_IN.get((self._table, name)) or _KINDS.get(name, "text") for name in self.columns}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows with the columns that `--csv` prints; a value may be None, and a list of words."""
        return [{c.name: _plain(c.value(row)) for c in self._columns} for row in self]

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
        }
        return pl.DataFrame(self._values(), schema={name: types[kind] for name, kind in self.kinds.items()})

    def _values(self) -> dict[str, list[Any]]:
        """The values by column."""
        return {column.name: [_plain(column.value(row)) for row in self] for column in self._columns}


def heard_rows(audit: Sources) -> Rows[Heard]:
    """The named sources of an audit as rows, who is heard most first."""
    return Rows(audit.actors, "sources", outlet=audit.outlet)


def _again(
    rows: list[Any], table: Table, total: int, tellers: Tellers | None, notes: list[str], outlet: str | None
) -> Rows[Any]:
    return Rows(rows, table, total=total, tellers=tellers, notes=notes, outlet=outlet)


def _plain(value: Any) -> Any:
    """A value as frames take it."""
    return [str(v) for v in value] if isinstance(value, list | tuple | set | frozenset) else value


def _missing(package: str) -> ImportError:
    return ImportError(
        f"a {package} frame needs {package}, which is not installed. Install it: pip install 'onrecord[{package}]'",
        name=package,
    )
