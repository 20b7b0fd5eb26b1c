"""What a context calls a name: *police chief* Ana Orpel; Ana Orpel, *head of the union*; Ana Orpel is *a nurse*.

The words are found by their form: a role right before the name, or in a phrase of its own before it; an
apposition, a relative clause or a predicate behind it. What they mean is for `roles.py` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.resolution.phrases import FORMER, country_of
from onrecord.resolution.roles import begins_role, read_role, read_title

# The words that end where a name begins, for a text read backwards: so one match finds them, without a search.
_WORDS_BACKWARDS: Final = re.compile(r"(?:[ \u00a0][\w’'-]+){1,5}")
_CLAUSE_BEFORE: Final = re.compile(r"([^,;:.!?()“”\"\n]{4,100}), ?$")
_DETERMINER: Final = re.compile(
    r"\b(?:the|an?|its|their|his|her|our|another|one)\s|[\w’'-]+(?:['’]s|s['’])\s", re.I
)
_COMPLEMENT: Final = re.compile(
    r"\b(?:of|for|at|in|to|from|with|and|or|on|by|against|after|before|under|over|during|about|near|into|as|than|between|since|despite|through|outside|inside|across)\s*$"
)
# *Ana Orpel (left)*, *Ana Orpel, 54*: what may stand between a name and what is said of it.
_BETWEEN: Final = re.compile(r"(?:\s*\([^)]{0,60}\))?(?:, (?:aged |now )?\d{1,3}(?: years old)?(?=,))?")
_APPOSITION: Final = re.compile(r",\s+([^,.;:()“”\"\n]{3,90})")
_STARTS: Final = re.compile(
    r"(?:an?|the|its|their|his|her|our|one of|former|formerly|then|now|once|also|another|acting|deputy|head|chief|director|leader|president|chair\w*|spokes\w+|founder|editor|owner)\b",
    re.I,
)
_SAYING: Final = re.compile(r"\b(?:said|says|told|tells|added|reported|wrote|according)\b")
_RELATIVE: Final = re.compile(r"(?:,?\s+(?:who|which)\s+|\s+)(?:has |had )?")
_BEING: Final = re.compile(
    r"(is|was|became|remains|served as|serves as|works as|worked as|had been|has been|was once)\s+(?=(?:an?|the|one|its|their|his|her)\s|[A-Z][\w.’'-]+\s)([^,.;:()“”\"\n]{3,90})"
)
_DOING: Final = re.compile(
    r"(leads?|led|heads?|headed|chairs?|chaired|runs?|ran|commands?|commanded|edits?|edited|owns?|owned|founded|co-founded|works for|worked for|represents?|represented)\s+([^,.;:()“”\"\n]{3,90})"
)
_BELONGING: Final = re.compile(
    r"\s+(?:of|from|with|at) ((?:the )?(?:[\w’'-]+ ){0,3}[A-Z][^,.;:()“”\"\n]{2,60})"
)
# What whoever does something is to it.
_DOERS: Final = {
    "lead": "leader of", "led": "leader of", "head": "head of", "chair": "chairman of", "run": "head of", "ran": "head of",
    "command": "commander of", "edit": "editor of", "own": "owner of", "found": "founder of", "co-found": "founder of",
    "works for": "member of", "worked for": "member of", "represent": "representative of",
}  # fmt: skip
_FIRST_WORD: Final = re.compile(r"[\w.’'-]+")
_ENDED: Final = re.compile(r"\b(?:until|till|before|from \d{4} to \d{4}|between \d{4} and \d{4})\b")


# One name with its context is asked about by all who decide who that is.
@lru_cache(maxsize=1024)
def what_context_calls(name: str, context: str) -> str:
    """The words by which a context says who somebody is; empty if it says nothing.

    Args:
        name: as it stands in the context, where its first occurrence counts.
        context: a sentence or more.

    >>> what_context_calls("Ana Orpel", "Ana Orpel, 54, a nurse in Mirna, said no.")
    'a nurse in Mirna'
    """
    at = context.find(name)
    if at < 0:
        return ""
    before, end = context[:at], at + len(name)
    return (
        _right_before(before) or _behind(context, end) or _in_a_phrase_before(before, context[end : end + 1])
    )


def _right_before(before: str) -> str:
    words = _WORDS_BACKWARDS.match(before[::-1])
    return _of_title(words[0][::-1].split()) if words else ""


def _of_title(words: list[str]) -> str:
    """Words that end in a title, without those of somebody else before it: of *a court convicted the French nurse*,
    *French nurse*."""
    title = read_title(whole := " ".join(words))
    if title is None:
        return ""
    role = read_role(whole)
    if role and role.sectors == title.sectors and not _COMPLEMENT.search(words[0]):
        return whole
    start = len(words) - 1
    while start and (read_title(" ".join(words[start:])) or title).sectors != title.sectors:
        start -= 1
    while start and (country_of(words[start - 1]) or FORMER.fullmatch(words[start - 1])):
        start -= 1
    return " ".join(words[start:])


def _in_a_phrase_before(before: str, behind: str) -> str:
    """*The head of the Mirna gas company,* Ana Orpel, resigned: the phrase that ends in a comma before a name that
    is itself an apposition."""
    if (behind and behind not in ',.;:)”"') or "," not in before[-3:]:
        return ""
    clause = _CLAUSE_BEFORE.search(before[-140:])
    if not clause:
        return ""
    for start in reversed(list(_DETERMINER.finditer(clause[1]))):
        if not _COMPLEMENT.search(clause[1][: start.start()]):
            words = clause[1][start.start() :].strip()
            return words if read_role(words) and not _SAYING.search(words) else ""
    return ""


def _behind(context: str, end: int) -> str:
    between = _BETWEEN.match(context, end)
    end = between.end() if between else end
    return _predicate(context, end) or _apposition(context, end) or _belonging(context, end)


def _apposition(context: str, end: int) -> str:
    found = _APPOSITION.match(context, end)
    if not found or _SAYING.search(found[1]):
        return ""
    words = found[1]
    first = _FIRST_WORD.match(words)
    if not first or words.startswith(("who ", "whose ", "which ", "and ", "but ", "or ")):
        return ""
    fits = (
        _STARTS.match(words)
        or first[0].endswith(("'s", "’s", "s'", "s’"))
        or country_of(first[0])
        or begins_role(words)
    )
    return words if fits else ""


def _predicate(context: str, end: int) -> str:
    lead = _RELATIVE.match(context, end)
    if not lead:
        return ""
    if found := _BEING.match(context, lead.end()):
        past = found[1] in ("was", "had been", "was once", "served as", "worked as") and _ENDED.search(
            found[2]
        )
        return f"former {found[2]}" if past else found[2]
    if found := _DOING.match(context, lead.end()):
        verb = found[1]
        doer = _DOERS.get(verb) or _DOERS.get(verb.removesuffix("s")) or _DOERS.get(verb.removesuffix("ed"))
        return f"{doer} {found[2]}" if doer else ""
    return ""


def _belonging(context: str, end: int) -> str:
    """Ana Orpel *of the Mirna police*."""
    found = _BELONGING.match(context, end)
    return f"member of {found[1]}" if found and not _SAYING.search(found[1]) else ""
