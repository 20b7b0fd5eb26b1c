"""`onrecord stories`, `story` and `compare`: which reports are copies of which, and what was changed on the way."""

from __future__ import annotations

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
    opened,
    say,
    write_json,
)
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from rich.console import Console


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
    from onrecord.api import Record
    from onrecord.printing.stories import print_story

    with opened(record) as store:
        told = Record(store).story(name)
    if json:
        write_json(told)
    else:
        print_story(console(), told.id, told.articles, told.origins, told.changes)


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
    from onrecord.api.comparing import compare_reports
    from onrecord.printing.comparison import print_comparison
    from onrecord.printing.comparison_json import comparison_as_json
    from onrecord.printing.comparison_page import comparison_page
    from onrecord.record.export.writing import write_into
    from onrecord.record.location import locate

    location = locate(record)
    if location.path is None or location.path.exists():
        with opened(record) as store, store.reading() as connection:
            compared = compare_reports(connection, first, second, location)
    else:
        # Files are compared without a record.
        compared = compare_reports(None, first, second, location)
    found, story = compared.found, compared.story
    if html is not None:
        page = comparison_page(found, story).encode("utf-8", "replace")
        write_into(html, lambda stream: stream.write(page))
        if not json:
            say(f"{html}: written")
    if json:
        write_json(comparison_as_json(found, story))
    elif html is None:
        print_comparison(console(), found, story)
