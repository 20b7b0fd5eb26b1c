"""The picture of the tables in `docs/tables.md`, drawn from the code: `python -m onrecord.record.picture > docs/tables.md`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, Table

from onrecord.record import schema
from onrecord.record.views import VIEWS

# What belongs together is drawn together, since all tables in one picture are more than anybody can read.
_PARTS = {
    "Reports and copies": ("articles", "stories", "copies", "copied_pairs", "copied_passages", "story_keys"),
    "Who said what": ("articles", "statements", "contents", "subjects", "appearances", "times"),
    "Who is who": ("appearances", "appearance_names", "actors", "actor_names", "roles", "mentions", "corrections"),
    "Who did what to whom, and where": (
        "events", "event_parties", "event_modes", "event_contexts", "event_places", "statements", "appearances", "places",
        "place_mentions",
    ),
    "What people put right, and what they watch": ("amendments", "statements", "events", "watches"),
}  # fmt: skip
_HEAD = f"""# The tables in pictures

Of schema {schema.SCHEMA_VERSION}, drawn from the code by `python -m onrecord.record.picture`; [record.md](record.md) says what each column is. PK is part of the primary key, FK points at another table. A line goes from a row to the rows that point at it; at its end stands the column that does.
"""


def draw() -> str:
    """The page: a picture in the words of Mermaid for each part of the record, and the columns of the views."""
    tables = schema.metadata.tables
    missing = tables.keys() - {name for names in _PARTS.values() for name in names}
    if missing:
        raise ValueError(f"in no part of the picture: {', '.join(sorted(missing))}")
    parts = [_HEAD]
    drawn: set[str] = set()
    for title, names in _PARTS.items():
        lines = [line for name in names for line in _table(tables[name], is_whole=name not in drawn)]
        drawn |= set(names)
        lines += sorted({line for name in names for line in _pointers(tables[name], names)})
        parts.append("\n".join([f"## {title}\n", "```mermaid", "erDiagram", *lines, "```\n"]))
    views = ", ".join(f"`{name}`" for name in VIEWS)
    parts.append(f"Views that join these into plain rows: {views}.\n")
    return "\n".join(parts)


def _table(table: Table, *, is_whole: bool) -> Iterator[str]:
    """A table with its columns; where it was drawn already, with its key alone."""
    yield f"    {table.name} {{"
    for column in table.columns:
        if is_whole or column.primary_key:
            yield f"        {_type(column)} {column.name}{_keys(column)}"
    yield "    }"


def _keys(column: Column[object]) -> str:
    keys = [*(["PK"] if column.primary_key else []), *(["FK"] if column.foreign_keys else [])]
    return f" {', '.join(keys)}" if keys else ""


def _type(column: Column[object]) -> str:
    match column.type:
        case Boolean():
            return "boolean"
        case Integer() | BigInteger():
            return "integer"
        case Float():
            return "number"
    return "text"


def _pointers(table: Table, names: tuple[str, ...]) -> Iterator[str]:
    for constraint in table.foreign_key_constraints:
        to = constraint.referred_table.name
        if to in names:
            by = ", ".join(column.name for column in constraint.columns)
            # Nothing need stand where the column may be null.
            end = "|o" if any(column.nullable for column in constraint.columns) else "||"
            yield f'    {to} {end}--o{{ {table.name} : "{by}"'


if __name__ == "__main__":
    print(draw(), end="")
