"""The newest of some statements or events."""

from __future__ import annotations

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, select, type_coerce

from onrecord.record.asking.newest_first import newest_first
from onrecord.record.schema import articles


def newest_of(
    connection: Connection, table: Table, condition: ColumnElement[bool], *, limit: int, offset: int = 0
) -> list[str]:
    """Ids of the rows for which something holds, those of the newest report first, in the order of its text.

    Args:
        table: `statements` or `events`.
        condition: on rows of the table.
        limit: so many at most.
        offset: how many are left out at the beginning.
    """
    # Sorted as numbers: an id is written out for those alone that are taken.
    number = type_coerce(table.c.id, BigInteger)
    query = select(number).join_from(table, articles, articles.c.serial == table.c.article).where(condition)
    chosen = newest_first(query, table.c.number).limit(limit).offset(offset or None)
    numbers = list(connection.execute(chosen).scalars())
    written = select(number.label("row_number"), table.c.id).where(number.in_(numbers))
    ids = {row.row_number: row.id for row in connection.execute(written)}
    return [ids[n] for n in numbers]
