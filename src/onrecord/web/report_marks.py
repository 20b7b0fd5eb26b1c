"""Findings -> what is marked in the text of a report: contents by their kind and depth, sources, cues, what tells an event, who appears.

Marks of one thing share a key, as do its row and its note, so that what belongs together can be lit together: `data-s` is a statement
(*s3*), `data-e` a telling of an event (*e2*), `data-a` an actor of the report (*a1*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from onrecord.printing.site.pages import one_line
from onrecord.record.asking.mentions import MentionThere
from onrecord.record.asking.statements import Evidence, Said
from onrecord.web.margin import Note, name_of
from onrecord.web.marking import Link, Mark

# Deeper nesting than this is shown as this.
DEEPEST: Final = 3


def depths(statements: Sequence[Said]) -> dict[str, int]:
    """How many statements each stands within, by their ids; `DEEPEST` at most."""
    within = {s.id: s.within for s in statements}

    def depth(id: str | None) -> int:
        found = 0
        while found < DEEPEST and (id := within.get(id or "")):
            found += 1
        return found

    return {s.id: depth(s.id) for s in statements}


def statement_marks(said: Said, depth: int) -> list[Mark]:
    """Content, source and cue of a statement; what is called after it is its content."""
    name = name_of(said.id)
    who = said.actor or said.by or "no source named"
    told = f"Statement {name[1:]}: {said.kind}{', not made' if said.negated else ''}, {who}"
    # Most statements assert; of these the number is enough.
    shown = name[1:] if said.kind == "assertion" else f"{name[1:]} {said.kind}"
    label = _label(name, f"r-{name}", told, shown, f" k-{said.kind}")
    content = _opening(f"said k-{said.kind} d{depth}", "s", name)
    marks = [Mark(e.start, e.end, content, Markup() if n else label) for n, e in enumerate(said.evidence)]
    if said.source:
        marks.append(_mark(said.source, "who", "s", name))
    if said.cue_place:
        marks.append(_mark(said.cue_place, "cue", "s", name))
    return marks


def note_marks(note: Note) -> list[Mark]:
    """What tells an event, and the words for who takes part, where and when."""
    event, telling, name = note.event, note.telling, note.name
    told = f"Event {name[1:]}: {'.'.join([event.type, *event.modes])}, {telling.status}"
    label = _label(name, f"n-{name}", told, name)
    marks = [
        Mark(telling.trigger.start, telling.trigger.end, _opening(f"act is-{telling.status}", "e", name), label)
    ]  # fmt: skip
    beside = [p.evidence for p in (*event.actors, *event.recipients)] + event.places
    if event.date:
        beside.append(event.date.evidence)
    sentence = telling.sentence
    marks += [
        _mark(e, "part", "e", name)
        for e in beside
        if e.article == telling.article and sentence.start <= e.start < sentence.end
    ]
    return marks


def damage_marks(damages: Iterable[Evidence]) -> list[Mark]:
    """Words that a machine seems to have swapped, called *d1*, *d2* and so on."""
    return [
        Mark(d.start, d.end, Markup('<span class="damage">'), Markup(f'<a class="spot" id="d{n}"></a>'))  # nosec B704  # a number of ours
        for n, d in enumerate(damages, 1)
    ]


def mention_links(
    mentions: Iterable[MentionThere], keys: Mapping[str, str], pages: Mapping[str, str]
) -> list[Link]:
    """Names and descriptions lead to whom they mean; pronouns only show whom they mean.

    Args:
        keys, pages: the keys of the actors and the addresses of their pages, by their ids.
    """
    return [
        Link(m.start, m.end, keys[m.actor], None if m.form == "pronoun" else pages[m.actor])
        for m in mentions
        if m.actor in keys
    ]


def _mark(evidence: Evidence, style: str, of: str, name: str) -> Mark:
    return Mark(evidence.start, evidence.end, _opening(style, of, name))


def _opening(style: str, of: str, name: str) -> Markup:
    return Markup(f'<span class="{style}" data-{of}="{name}">')  # nosec B704  # all three are words of ours


def _label(name: str, row: str, told: str, shown: str, style: str = "") -> Markup:
    """A link to the row that tells more; its words are in attributes, since they are none of the report."""
    made = f'<a class="label{style}" id="{name}" href="#{row}" data-{name[0]}="{name}" data-label="{shown}" aria-label="{one_line(told)}"></a>'
    return Markup(made)  # nosec B704  # names and kinds are ours, `one_line` escapes
