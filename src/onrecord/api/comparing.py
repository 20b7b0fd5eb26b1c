"""Two reports side by side, each of the record or in a file."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from onrecord.api.answers import Compared
from onrecord.article import Article
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.reading.files import read_paths
from onrecord.record.asking.find_article import find_article
from onrecord.record.asking.stories import CopyOf
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.story_rows import article_of, read_article
from onrecord.resolution.stories.comparison import Comparison, compare_articles


def compare_reports(connection: Connection | None, one: str, other: str, where: object) -> Compared:
    """Two reports by what somebody calls them: what is the same, cut, added, moved or reworded.

    Args:
        connection: to the record; None where there is none, and both are files.
        where: the record, as a message names it.

    Raises:
        UsageError: for what is neither a report of the record nor a file that holds one.
    """
    first, its_story = _report_or_file(connection, one, where)
    second, other_story = _report_or_file(connection, other, where)
    return Compared(compare_articles(first, second), its_story if its_story == other_story else None)


def compare_copy(connection: Connection, copy: CopyOf) -> Comparison:
    """A copy beside the report that it was made from, or is likest to; compared anew when the record has changed."""

    def compared() -> Comparison:
        return compare_articles(read_article(connection, copy.of), read_article(connection, copy.article))

    return while_unchanged(connection, ("compared", copy.of, copy.article), compared)


def _report_or_file(connection: Connection | None, name: str, where: object) -> tuple[Article, str | None]:
    """A report of the record with its story, else one in a file."""
    row = find_article(connection, name) if connection else None
    if row is not None:
        return article_of(row), row.story
    if not Path(name).is_file():
        raise UsageError(f"{name}: there is no such file, and no report of this name on record in {where}.")
    match list(islice(read_paths([name]), 2)):
        case [Article() as article]:
            return article, None
        case [UnreadableReportError() as error]:
            raise UsageError(str(error))
    raise UsageError(f"{name}: holds several reports. Read it into a record and name one by its id.")
