"""The pages of an actor: who it is, what it said, and in which reports it appears."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final, NamedTuple, TypeVar

from onrecord.printing.site.pages import count, file_name, one_line, page, pager
from onrecord.printing.site.report_page import statement_line
from onrecord.record.asking.statements import Said
from onrecord.record.export.actors import ActorRow
from onrecord.record.export.statements import article_of

T = TypeVar("T")
# Statements, and reports, on one page.
MANY: Final = 200


class Listed(NamedTuple):
    """A report in a list."""

    id: str
    headline: str | None
    outlet: str | None
    published: str | None


def actor_pages(
    actor: ActorRow, statements: Iterator[Said], reports: Iterator[Listed], shown: int
) -> Iterator[tuple[str, bytes]]:
    """The pages, each with the name of its file.

    Args:
        statements, reports: of the actor, the newest first.
        shown: in how many of the reports that have pages it appears.
    """
    parts = zip_longest(_parts(statements), _parts(reports))
    following: tuple[list[Said] | None, list[Listed] | None] | None = next(parts, (None, None))
    number = 0
    while following is not None:
        said, listed = following
        following = next(parts, None)
        number += 1
        body = _head(actor, shown) if number == 1 else f"<h1>{one_line(actor.name)}, page {number}</h1>"
        if said:
            body += _list("ol", "What it said", (_said(s) for s in said))
        if listed:
            body += _list("ul", "Where it appears", (listed_line(r) for r in listed))
        body += pager(actor.id, number, more=following is not None)
        yield file_name(actor.id, number), page(actor.name, body, up="../")


def _parts(rows: Iterator[T]) -> Iterator[list[T]]:
    while part := list(islice(rows, MANY)):
        yield part


def _list(tag: str, title: str, lines: Iterator[str]) -> str:
    return f"<h2>{title}</h2><{tag}>" + "".join(f"<li>{line}</li>" for line in lines) + f"</{tag}>"


def _head(actor: ActorRow, shown: int) -> str:
    code = (actor.country or "") + (actor.sector or "")
    told = [actor.type or "", code, actor.id]
    others = [n for n in actor.names if n != actor.name]
    parts = [
        f"<h1>{one_line(actor.name)}</h1>",
        f'<p class="dim">{" · ".join(one_line(w) for w in told if w)}</p>',
    ]
    if others:
        parts.append(f"<p>Also: {one_line(', '.join(others))}</p>")
    if actor.roles:
        held = (
            f"{r.title}{f' of {r.of}' if r.of else ''}{f' ({r.from_ or chr(8230)} to {r.to or chr(8230)})' if r.from_ or r.to else ''}"
            for r in actor.roles
        )
        parts.append(f"<p>{one_line('; '.join(held))}</p>")
    numbers = f"{count(actor.source, 'statement')}, {actor.subject} about it"
    whole = f"{count(actor.reports, 'report')} of {count(actor.origins, 'origin')} on record"
    here = f", {shown} of them here" if shown != actor.reports else ""
    parts.append(f"<p>{numbers}, in {whole}{here}</p>")
    return "\n".join(parts)


def _said(said: Said) -> str:
    article = article_of(said)
    anchor = said.id.rpartition("#")[2]
    told = " · ".join(one_line(w) for w in (said.published, said.outlet, said.headline) if w)
    line = statement_line(said, link=f"../reports/{file_name(article)}#{anchor}")
    return f'{line}<br><span class="dim">{told}</span>'


def listed_line(report: Listed, *, folder: str = "../reports/") -> str:
    """A report in a list, as HTML.

    Args:
        folder: of the pages of reports, from where the list is.
    """
    told = " · ".join(one_line(w) for w in (report.published, report.outlet) if w)
    return f'<a href="{folder}{file_name(report.id)}">{one_line(report.headline or report.id)}</a> <span class="dim">{told}</span>'
