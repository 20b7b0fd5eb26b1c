"""`onrecord stories`, `story` and `compare`: which reports are copies of which, and what was changed on the way."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.listing import (
    AsOfOption,
    CsvOption,
    LimitOption,
    NoPagerOption,
    OffsetOption,
    asking,
    listed,
    out_of,
)
from onrecord.commands.terminal import (
    DEFAULT_RECORD,
    JsonOption,
    RecordOption,
    console,
    count,
    opened,
    say,
    write_json,
)
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.article import Article


def stories(
    copied: Annotated[bool, typer.Option("--copied", help="Only stories that several reports tell.")] = False,
    limit: LimitOption = None,
    offset: OffsetOption = 0,
    as_of: AsOfOption = None,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
    csv: CsvOption = False,
    no_pager: NoPagerOption = False,
) -> None:
    """List the stories: all reports that descend from one, with who is a copy of whom."""
    from onrecord.printing.columns import STORY_COLUMNS
    from onrecord.printing.stories import print_story
    from onrecord.record.asking.stories import StoryThere, all_stories, count_stories, members_of

    def print_one(out: Console, story: StoryThere) -> None:
        print_story(out, story.id, members_of(connection, story.id), story.origins, {})

    with (
        listed(STORY_COLUMNS, print_one, json=json, csv=csv, no_pager=no_pager) as out,
        opened(record) as store,
        asking(store, as_of, versions=True) as connection,
    ):
        for story in all_stories(connection, copied=copied, limit=limit, offset=offset):
            out.add(story)
        total, reports, origins = count_stories(connection, copied=copied)
        shown = out_of(out.number, total, "story", plural="stories", offset=offset)
        in_all = "" if out.number == total else " in all"
        out.end(f"{shown}, {count(reports, 'report')} and {count(origins, 'origin')}{in_all}")


def story(
    name: Annotated[
        str, typer.Argument(help="A report, as for show, or the id of a story.", metavar="REPORT|ID")
    ],
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Show one story: its reports, who descends from whom, and what each copy changed."""
    from onrecord.printing.stories import print_story, what_changed
    from onrecord.record.asking.find_article import find_article
    from onrecord.record.asking.stories import find_story, members_of, story_there
    from onrecord.record.story_rows import read_article
    from onrecord.resolution.stories.comparison import compare_articles

    with opened(record) as store, store.reading() as connection:
        id = find_story(connection, name) if name.startswith("s-") else None
        if id is None:
            row = find_article(connection, name)
            if row is None:
                raise UsageError(
                    f"{name}: neither a report nor a story of this name is on record in {store.location}. List them with: onrecord stories"
                )
            whole = row.version_of or row.id
            id = find_article(connection, whole).story if row.version_of else row.story  # type: ignore[union-attr]
        found = story_there(connection, id)
        members = members_of(connection, id)
        changes = {
            m.id: compare_articles(read_article(connection, m.copy.of), read_article(connection, m.id))
            for m in members
            if m.copy
        }
    if json:
        write_json(
            {
                "id": found.id,
                "articles": members,
                "copies": found.copies,
                "origins": found.origins,
                "changes": {id: what_changed(c) for id, c in changes.items()},
            }
        )
        return
    print_story(console(), found.id, members, found.origins, changes)


def compare(
    first: Annotated[str, typer.Argument(help="A file, or a report of the record.", metavar="A")],
    second: Annotated[str, typer.Argument(help="Another one.", metavar="B")],
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a page that shows both side by side.", metavar="FILE"),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: JsonOption = False,
) -> None:
    """Compare two reports: what is the same, cut, added, moved or changed, word by word, quotations and facts besides."""
    from onrecord.printing.comparison import print_comparison
    from onrecord.printing.comparison_json import comparison_as_json
    from onrecord.printing.comparison_page import comparison_page
    from onrecord.resolution.stories.comparison import compare_articles

    (one, its_story), (other, other_story) = _find(first, record), _find(second, record)
    found = compare_articles(one, other)
    story = its_story if its_story == other_story else None
    if html is not None:
        try:
            html.write_text(comparison_page(found, story), encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{html}: cannot be written ({error.strerror}). Name another file.") from error
        if not json:
            say(f"{html}: written")
    if json:
        write_json(comparison_as_json(found, story))
    elif html is None:
        print_comparison(console(), found, story)


def _find(name: str, record: str) -> tuple[Article, str | None]:
    """A report of the record with its story, else one in a file."""
    from onrecord.article import Article
    from onrecord.errors import UnreadableReportError
    from onrecord.reading.files import read_paths
    from onrecord.record.asking.find_article import find_article
    from onrecord.record.location import locate
    from onrecord.record.story_rows import article_of

    location = locate(record)
    if location.path is None or location.path.exists():
        with opened(record) as store, store.reading() as connection:
            row = find_article(connection, name)
            if row is not None:
                return article_of(row), row.story
    if not Path(name).is_file():
        raise UsageError(
            f"{name}: there is no such file, and no report of this name on record in {location}."
        )
    match list(islice(read_paths([name]), 2)):
        case [Article() as article]:
            return article, None
        case [UnreadableReportError() as error]:
            raise UsageError(str(error))
    raise UsageError(f"{name}: holds several reports. Read it into a record and name one by its id.")
