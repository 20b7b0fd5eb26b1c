"""Two reports side by side as JSON."""

from __future__ import annotations

from onrecord.printing.comparison import verdict
from onrecord.resolution.stories.comparison import Comparison


def comparison_as_json(found: Comparison, story: str | None) -> dict[str, object]:
    """A comparison as `onrecord compare --json` prints it; spans are code points of either text, the end exclusive.

    Args:
        story: the one to which both belong, if they do.
    """
    pair = found.pair
    return {
        "first": found.first.id,
        "second": found.second.id,
        "verdict": verdict(found, story),
        "copy": None
        if pair is None
        else {"kind": pair.kind, "score": pair.score, "original": pair.original, "why": pair.why},
        "rows": found.rows,
        "quotations": [
            {
                "first": q.first.words,
                "second": q.second.words,
                "variant": q.variant.kind,
                "changed": [
                    {
                        "first": c.first.of(q.first.words),
                        "second": c.second.of(q.second.words),
                        "reason": c.reason,
                    }
                    for c in q.variant.changed
                ],
            }
            for q in found.quotations
        ],
        "first_alone": [q.words for q in found.first_alone],
        "second_alone": [q.words for q in found.second_alone],
        "facts": [
            {"kind": f.kind, "first": f.first.of(found.first.text), "second": f.second.of(found.second.text)}
            for f in found.facts
        ],
    }
