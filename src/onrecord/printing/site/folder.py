"""A record -> a folder of pages, written one after the other; it is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from onrecord.errors import UsageError
from onrecord.printing.site.actor_page import Listed, actor_pages, listed_line
from onrecord.printing.site.pages import STYLE, STYLE_FILE, count, file_name, one_line, page, pager
from onrecord.printing.site.report_page import report_page
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.heads import head_line
from onrecord.record.asking.statements import Question, Said, find_said, said_of
from onrecord.record.asking.stories import members_of
from onrecord.record.export.actors import ActorRow, actor_rows
from onrecord.record.export.reports import ReportQuestion, report_ids
from onrecord.record.parts import in_parts
from onrecord.record.schema import actors, appearances, articles, statements

# Reports, or actors, in one list.
_LISTED: Final = 500
# Actors that are fetched at a time.
_MANY: Final = 200
_TEXTS: Final = 50
# Values in one statement.
_VALUES: Final = 900


def write_site(
    connection: Connection,
    folder: Path,
    question: ReportQuestion,
    *,
    limit: int | None = None,
    on_page: Callable[[], None] = lambda: None,
) -> tuple[int, int]:
    """Write the pages of the reports that fit a question and of the actors that appear in them.

    Args:
        folder: must not be there, or be empty.
        on_page: called for each page of a report.

    Returns:
        How many reports and how many actors have a page.

    Raises:
        UsageError: as `find_reports` does, and if the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: there is something here already. Name a folder that is new or empty.")
    try:
        whole = folder.resolve()
        # Beside the folder, so that it can take its place in one step.
        part = Path(tempfile.mkdtemp(dir=whole.parent, prefix=f".{whole.name}."))
        try:
            numbers = _Site(connection, part).write(question, limit, on_page)
            part.chmod(0o755)
            if whole.exists():
                whole.rmdir()
            part.rename(whole)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror}). Name another folder.") from error
    return numbers


class _Site:
    """The pages while they are written. Of reports and actors only ids are held."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        # Ids, and when they were published.
        self._reports: dict[str, str | None] = {}
        self._actors: set[str] = set()

    def write(
        self, question: ReportQuestion, limit: int | None, on_page: Callable[[], None]
    ) -> tuple[int, int]:
        for name in ("reports", "actors"):
            (self._folder / name).mkdir()
        (self._folder / STYLE_FILE).write_text(STYLE, encoding="utf-8")
        self._reports = dict.fromkeys(report_ids(self._connection, question, limit=limit))
        left = iter(list(self._reports))
        # Texts are long: few are held at a time.
        while part := list(islice(left, _TEXTS)):
            query = select(articles).where(articles.c.id.in_(part)).order_by(articles.c.id)
            for row in self._connection.execute(query).all():
                self._reports[row.id] = row.published
                (self._folder / "reports" / file_name(row.id)).write_bytes(self._report(row))
                on_page()
        named = self._write_actors()
        self._write_index()
        self._write_list(
            "actors",
            "Actors",
            count(len(named), "actor"),
            (
                f'<a href="actors/{file_name(id)}">{one_line(name)}</a> <span class="dim">{count(reports, "report")}</span>'
                for name, id, reports in sorted(named, key=lambda n: (n[0].casefold(), n[1]))
            ),
        )
        return len(self._reports), len(named)

    def _report(self, row: Row[Any]) -> bytes:
        connection = self._connection
        here = (
            select(actors.c.id, actors.c.name)
            .join(appearances, appearances.c.actor == actors.c.id)
            .where(appearances.c.article == row.id)
            .order_by(appearances.c.number, appearances.c.id)
        )
        people = {r.id: r.name for r in connection.execute(here)}
        self._actors.update(people)
        story = members_of(connection, row.story) if row.story else []
        return report_page(
            row,
            list(find_said(connection, Question(article=row.id))),
            list(find_events(connection, EventQuestion(article=row.id))),
            people,
            story,
            [m.id for m in story if m.id in self._reports],
        )

    def _write_actors(self) -> list[tuple[str, str, int]]:
        """Writes their pages; gives name, id and number of reports of each."""
        named: list[tuple[str, str, int]] = []
        left = iter(sorted(self._actors))
        while part := list(islice(left, _MANY)):
            query = select(actors).where(actors.c.id.in_(part)).order_by(actors.c.id)
            for actor in actor_rows(self._connection, self._connection.execute(query).all()):
                shown = [id for id in actor.articles if id in self._reports]
                named.append((actor.name, actor.id, len(shown)))
                pages = actor_pages(actor, self._said_by(actor), self._listed(shown), len(shown))
                for name, content in pages:
                    (self._folder / "actors" / name).write_bytes(content)
        return named

    def _said_by(self, actor: ActorRow) -> Iterator[Said]:
        """What an actor said, in reports that have a page, the newest first."""
        query = (
            select(statements.c.id, statements.c.article)
            .join(appearances, appearances.c.id == statements.c.source_actor)
            .join(articles, articles.c.serial == statements.c.article)
            .where(appearances.c.actor == actor.id)
            .order_by(articles.c.published.desc().nulls_last(), articles.c.id, statements.c.number)
        )
        ids = [r.id for r in self._connection.execute(query) if r.article in self._reports]
        for part in in_parts(ids, _MANY):
            yield from said_of(self._connection, part)

    def _listed(self, ids: Iterable[str]) -> Iterator[Listed]:
        """Some reports as a list shows them, the newest first."""
        ordered = sorted(sorted(ids), key=lambda id: self._reports[id] or "", reverse=True)
        every = select(articles.c.id, head_line(), articles.c.outlet, articles.c.published)
        for part in in_parts(ordered, _VALUES):
            rows = self._connection.execute(every.where(articles.c.id.in_(part))).all()
            found = {row.id: Listed(*row) for row in rows}
            yield from (found[id] for id in part)

    def _write_index(self) -> None:
        lines = (listed_line(report, folder="reports/") for report in self._listed(self._reports))
        self._write_list("index", "On record", count(len(self._reports), "report"), lines)

    def _write_list(self, name: str, title: str, told: str, lines: Iterable[str]) -> None:
        left = iter(lines)
        part, number = list(islice(left, _LISTED)), 1
        while True:
            following = list(islice(left, _LISTED))
            items = "".join(f"<li>{line}</li>" for line in part)
            links = pager(name, number, more=bool(following))
            body = f"<h1>{title}</h1><p>{told}</p>{links}<ul>{items}</ul>{links}"
            (self._folder / file_name(name, number)).write_bytes(page(title, body))
            if not following:
                return
            part, number = following, number + 1
