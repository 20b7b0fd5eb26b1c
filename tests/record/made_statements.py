"""Reports with statements made by hand: who said what in which words, in which outlet and on which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from onrecord.contract import ActorOut, MentionOut
from tests.record.made_events import Maker, Report


class Line(NamedTuple):
    """A statement: its source as printed, the cue, and its words; `actor` is who is meant by the source."""

    source: str
    cue: str
    content: str
    actor: ActorOut | None = None
    more: dict[str, Any] | None = None


def make_report(
    id: str,
    *lines: Line,
    published: str | None,
    outlet: str = "The Orpel Post",
    about: Sequence[ActorOut] = (),
    pronouns: Sequence[tuple[str, ActorOut]] = (),
) -> Report:
    """A report of some statements, one a paragraph: *SOURCE CUE CONTENT*.

    Args:
        about: who is named in the contents.
        pronouns: words in the text and whom they mean.
    """
    text = "\n\n".join(f"{x.source} {x.cue} {x.content}" for x in lines)
    m = Maker(id, text, published=published, outlet=outlet)
    known: dict[str, ActorOut] = {}
    for actor in [*(x.actor for x in lines if x.actor), *about, *(a for _, a in pronouns)]:
        if actor.name not in known:
            known[actor.name] = msgspec.structs.replace(actor, id=f"a{len(known) + 1}")
    m.actors = list(known.values())
    at = 0
    for x in lines:
        paragraph = f"{x.source} {x.cue} {x.content}"
        source = at
        cue = source + len(x.source) + 1
        content = cue + len(x.cue) + 1
        m.state(x.source, x.cue, x.content, known[x.actor.name].id if x.actor else None)
        stated = m.statements[-1]
        fields: dict[str, Any] = {
            "source": msgspec.structs.replace(stated.source, start=source, end=source + len(x.source)),
            "cue": msgspec.structs.replace(stated.cue, start=cue, end=cue + len(x.cue)),
            "content": [
                msgspec.structs.replace(stated.content[0], start=content, end=content + len(x.content))
            ],
            "quotation": "direct" if x.content.startswith("“") else "indirect",
        }
        if not x.source:
            fields["source"] = None
        m.statements[-1] = msgspec.structs.replace(stated, **(fields | (x.more or {})))
        if x.actor:
            m.mentions.append(
                MentionOut(source, source + len(x.source), "PER", "name", known[x.actor.name].id)
            )
        at += len(paragraph) + 2
    for actor in about:
        start = text.index(actor.name)
        m.mentions.append(MentionOut(start, start + len(actor.name), "PER", "name", known[actor.name].id))
    for words, actor in pronouns:
        start = text.index(words)
        m.mentions.append(MentionOut(start, start + len(words), "PER", "pronoun", known[actor.name].id))
    return m.made()
