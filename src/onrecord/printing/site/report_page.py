"""The page of a report: its frame, its text with what is found in it, and each finding with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from onrecord.printing.site.marks import Mark, marked
from onrecord.printing.site.pages import count, file_name, one_line, page
from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Party, Word
from onrecord.record.asking.statements import Said
from onrecord.record.asking.stories import Member
from onrecord.record.export.iris import web_address
from onrecord.record.export.statements import words_of
from onrecord.record.kept import read_frame


def report_page(
    row: Row[Any],
    statements: Sequence[Said],
    events: Sequence[Event],
    people: Mapping[str, str],
    story: Sequence[Member],
    known: Sequence[str],
) -> bytes:
    """The page as bytes.

    Args:
        row: of `articles`.
        people: names by ids of the actors that appear in it, in the order in which they do.
        story: the reports of its story.
        known: ids of those of them that have a page.
    """
    title = row.headline or row.title or row.id
    marks = marks_of(row.id, statements, events)
    parts = [
        f"<h1>{one_line(title)}</h1>",
        _frame(row),
        f'<div class="text">{marked(row.text, marks)}</div>',
    ]
    if statements:
        parts.append(f"<h2>{count(len(statements), 'statement')}</h2><ol>")
        parts += [f"<li>{statement_line(s, link=f'#{_anchor(s.id)}')}</li>" for s in statements]
        parts.append("</ol>")
    if events:
        parts.append(f"<h2>{count(len(events), 'event')}</h2><ol>")
        parts += [f"<li>{_event_line(e, row.id)}</li>" for e in events]
        parts.append("</ol>")
    if people:
        links = ", ".join(
            f'<a href="../actors/{file_name(id)}">{one_line(n)}</a>' for id, n in people.items()
        )
        parts.append(f"<h2>Who appears</h2><p>{links}</p>")
    if len(story) > 1:
        parts.append(f"<h2>The same story, {count(len(story), 'report')}</h2><ul>")
        parts += [f"<li>{_member_line(m, row.id, known)}</li>" for m in story]
        parts.append("</ul>")
    return page(title, "\n".join(parts), up="../")


def marks_of(report: str, statements: Sequence[Said], events: Sequence[Event]) -> list[Mark]:
    """Where the text of a report is marked: contents, sources, cues, and what tells an event."""
    marks = [m for s in statements for m in _marks_of(s)]
    marks += [
        Mark(t.trigger.start, t.trigger.end, "act", f"{e.type}, {t.status}", _anchor(t.id))
        for e in events
        for t in e.tellings
        if t.article == report
    ]
    return marks


def _frame(row: Row[Any]) -> str:
    frame = read_frame(row.frame)
    told = [row.outlet, row.published, ", ".join(frame.byline), frame.agency]
    line = " · ".join(one_line(w) for w in told if w)
    link = web_address(row.url)
    if link:
        line += f' · <a href="{one_line(link)}" rel="noreferrer noopener">{one_line(row.url)}</a>'
    ends = [row.id, f"model {row.model}" if row.model else "not analysed"]
    if row.version_of:
        ends.append(f"another version of {row.version_of}")
    if row.recorded:
        ends.append(f"recorded {row.recorded}")
    return f'<p>{line}</p><p class="dim">{" · ".join(one_line(w) for w in ends)}</p>'


def _anchor(id: str) -> str:
    return id.rpartition("#")[2]


def _marks_of(said: Said) -> list[Mark]:
    who = said.actor or said.by or "no source named"
    told = f"{_anchor(said.id)}: {said.kind}{', not made' if said.negated else ''}, {who}"
    found = [
        Mark(e.start, e.end, "said", told, _anchor(said.id) if n == 0 else None)
        for n, e in enumerate(said.evidence)
    ]
    if said.source:
        found.append(Mark(said.source.start, said.source.end, "who", f"source: {who}"))
    if said.cue_place:
        found.append(Mark(said.cue_place.start, said.cue_place.end, "cue", "cue"))
    return found


def statement_line(said: Said, *, link: str) -> str:
    """A statement on one line, as HTML.

    Args:
        link: where it stands.
    """
    who = one_line(said.actor or said.by or "No source named")
    if said.actor_id:
        who = f'<a href="../actors/{file_name(said.actor_id)}">{who}</a>'
    if said.by and said.actor and said.by != said.actor:
        printed = one_line(said.by.strip(" ,"))
        who += f' <span class="dim">(“{printed}”)</span>'
    kind = f"{said.kind}, {said.quotation}" + (", not made" if said.negated else "")
    about = f'<br><span class="dim">about {one_line(", ".join(said.about))}</span>' if said.about else ""
    return f'{who} <span class="dim">{one_line(said.cue or "")} [{kind}]</span>: <a href="{link}">{one_line(words_of(said))}</a>{about}'


def _event_line(event: Event, article: str) -> str:
    telling = next((t for t in event.tellings if t.article == article), event.first)
    sides = " → ".join(s for s in (_names(event.actors), _names(event.recipients)) if s)
    facts = [
        event.status,
        days_in_words(event),
        event.place.name if event.place else "",
        _word(telling.reported_by),
    ]
    told = one_line("; ".join(f for f in facts if f))
    modes = one_line(" ".join([event.type, *event.modes]))
    many = f", in {event.tellers.articles} reports of {count(event.tellers.origins, 'origin')}"
    return (
        f'<a href="#{_anchor(telling.id)}">{modes}</a> {sides} <span class="dim">({told}'
        f"{many if event.tellers.articles > 1 else ''})</span><br>{one_line(telling.sentence.text)}"
    )


def days_in_words(event: Event) -> str:
    """When an event was, for people; empty where nothing tells it."""
    days = days_of(event)
    if not days.first:
        return ""
    told = days.first if days.last in (None, days.first) else f"{days.first} to {days.last}"
    return told if days.how == "text" else f"{told}, day of the report"


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(
        f'<a href="../actors/{file_name(p.actor_id)}">{one_line(p.name)}</a>'
        if p.actor_id
        else one_line(p.name)
        for p in parties
    )


def _word(word: Word | None) -> str:
    return f"on the word of {word.actor or word.by or 'somebody unnamed'}" if word else "told by the reporter"


def _member_line(member: Member, here: str, known: Sequence[str]) -> str:
    name = one_line(member.headline or member.id)
    if member.id != here and member.id in known:
        name = f'<a href="{file_name(member.id)}">{name}</a>'
    told = " · ".join(one_line(w) for w in (member.outlet, member.published) if w)
    how = f"; {member.copy.kind} copy of {one_line(member.copy.of)}" if member.copy else ""
    this = "; this report" if member.id == here else ""
    return f'{name} <span class="dim">{told}{how}{this}</span>'
