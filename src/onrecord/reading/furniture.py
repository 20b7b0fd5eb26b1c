"""Lines that surround a report and are not it: sign-up prompts, related links, notices, comments.

Rules by what a line asks of its reader, not by whose page it is from. Each pattern must take the
whole line, so that a sentence of the report that merely mentions a newsletter stays.
"""

from __future__ import annotations

import re

_WHOLE_LINE: tuple[tuple[str, str], ...] = (
    (
        "sign-up prompt",
        r"(?:please )?(?:sign|log) ?(?:up|in|on)\b.{0,90}|register (?:now|here|today|for)\b.{0,80}"
        r"|subscribe\b.{0,90}|join (?:our|the) (?:newsletter|mailing list|channel)\b.{0,60}"
        r"|get (?:our|the) (?:\w+ )?(?:newsletter|app|briefing)\b.{0,60}|already (?:a subscriber|have an account)\b.{0,40}"
        r"|(?:start|begin) your (?:free )?(?:trial|subscription)\b.{0,40}",
    ),
    ("read-more link", r"(?:read|see|find out|learn) more(?: here| about .{1,60}| on .{1,60})?|(?:continue|keep) reading|more details soon|(?:click|tap) here\b.{0,60}"),
    ("related story", r"(?:related|read next|see also|also read|read also|don['’]t miss|more on this(?: story)?|recommended|most (?:read|popular)|you (?:may|might) also like|trending)\b ?:?.{0,120}"),
    ("standards notice", r"our standards ?:.{0,80}|(?:©|\(c\)|copyright\b).{0,120}|all rights reserved\.?.{0,80}|this (?:article|story|material) (?:may not be|was originally) (?:published|reproduced|produced)\b.{0,120}"),
    ("comment prompt", r"(?:leave|add|post|write) (?:a|your) (?:comment|reply)\b.{0,60}|(?:view |show |\d+ )?comments?(?: \(\d+\))?|join the (?:conversation|discussion)\b.{0,40}|be the first to comment\b.{0,20}"),
    ("share prompt", r"(?:share|tweet|print|e-?mail|save|copy link)(?: (?:this|on|via|to)\b.{0,50})?|follow (?:us|\w+) on (?:twitter|facebook|x|instagram|telegram|google news)\b.{0,60}"),
    ("advertisement", r"advertis(?:e|ement|ing)|sponsored(?: content| by .{1,40})?|story continues below.{0,30}|article continues (?:below|after).{0,40}|promoted"),
    ("cookie notice", r"(?:we|this (?:web)?site) uses? cookies\b.{0,200}|(?:accept|manage) (?:all )?cookies"),
)  # fmt: skip
_RULES = tuple((why, re.compile(rf"\W*(?:{pattern})\W*", re.IGNORECASE)) for why, pattern in _WHOLE_LINE)
# A link's label that a scraper left at the end of a paragraph: behind a full stop, without one.
_TAIL = re.compile(r"(?<=[.!?”\"])\s+(read more|see more|learn more)\s*$", re.IGNORECASE)


def why_furniture(line: str) -> str | None:
    """Why a line is furniture; None if it is part of the report."""
    if len(line) > 260:
        return None
    for why, rule in _RULES:
        if rule.fullmatch(line):
            return why
    return None


def cut_tail(line: str) -> tuple[str, str | None]:
    """A paragraph without a link label at its end, and that label."""
    found = _TAIL.search(line)
    return (line[: found.start()], found[1]) if found else (line, None)
