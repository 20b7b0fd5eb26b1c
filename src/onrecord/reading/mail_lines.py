"""Lines of a mail, each with what it is for: newsletters carry more furniture than pages do, and other.

By rules alone: the classifier of `roles.py` has learnt from pages of the web, where a headline over a short
paragraph is a link to another report. In a newsletter it is the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reading.assembly import Line
from onrecord.reading.blocks import Block
from onrecord.reading.frame import find_byline
from onrecord.reading.furniture import why_furniture
from onrecord.reading.mail_page import SPONSORED, is_sponsor_label
from onrecord.reading.moments import MONTH_NAME, read_moment
from onrecord.reading.roles import Judged

# Each takes the whole line, so that a report on people who unsubscribe stays.
_LINK = r"(?:\W{0,4}https?://\S{1,2000}\W{0,4})?"
_RULES = (
    # How to see or keep the mail, why it was sent, and how to be rid of it.
    ("notice", rf"(?:(?:having )?(?:trouble|problems?) (?:viewing|reading|seeing)\b.{{0,80}}|(?:view|read|open|see|display) (?:this|the|it)?\W?(?:e-?mail|newsletter|message|post|story|online|in|on)\b.{{0,60}}\b(?:browser|web|app|online)\b.{{0,10}}{_LINK}|(?:view|read) online{_LINK})"),
    ("notice", r"(?:click here to |to |you (?:can|may) |if you [^,]{1,80}, |please )?(?:unsubscribe\b|opt[- ]out of (?:receiving |this |these |our |future |all )+(?:e-?mails?|newsletters?|messages?|mailings?)\b).{0,200}"),
    ("notice", r"(?:you(?:['’]re| are| have| were)? (?:received|receiving|getting|got|sent|subscribed)\b.{0,30}\b(?:this|to|our)\b.{0,30}\b(?:e-?mail|newsletter|message|mailing|list|group|because)\b.{0,250}|this (?:e-?mail|message|newsletter) (?:was|is|has been) (?:sent|being sent|intended)\b.{0,250}|(?:please )?add .{1,60} to your (?:address book|contacts)\b.{0,80}|(?:please )?do not reply to this (?:e-?mail|message)\b.{0,100})"),
    ("notice", r"(?:(?:press|media|news) (?:release|statement|advisory)|for immediate release)"),
    ("notice", r"(?:(?:this|the contents? of this) (?:e-?mail|message|communication|transmission)\b.{0,120}\b(?:confidential|privileged|intended (?:only|solely))\b.{0,1500}|(?:caution|warning|external e-?mail)\W.{0,40}\b(?:external|outside|originated)\b.{0,200}|.{0,60}\bmailing list)"),
    ("prompt", rf"(?:(?:did (?:a friend|someone)|was this|(?:were|have) you (?:been )?|got this|been )\b.{{0,40}}\bforward(?:ed)?\b.{{0,120}}|forward (?:this|it)? ?(?:e-?mail |newsletter )?to a friend\b.{{0,60}}|.{{0,120}}\b(?:consider becoming a|become a) (?:(?:free|paid|or|paying|sustaining) ){{0,4}}(?:subscriber|member|supporter)\b.{{0,80}}|(?:subscribe|sign up|upgrade)(?: here| now| to paid| today)?{_LINK})"),
    ("related", r"(?:read|see|get|view|hear|watch|continue|keep|go on|more)\b.{0,60}(?:[→»›>]{1,3}|https?://\S{1,2000})"),
    ("related", r"(?:read|see|get|view) (?:the |our )?(?:full|whole|entire) (?:story|article|report|interview|text)(?: here)?|(?:continue|keep|go on) reading"),
    ("related", r"(?:(?:the )?(?:full|whole) (?:story|article|report|text)|details|link|source|web|url|story)\W{1,4}https?://\S{1,2000}"),
    ("share", r"(?:like|restack|repost|share|save|post|listen)(?: (?:this|now|it))?"),
    ("related", r"\W{0,3}https?://\S{1,2000}\W{0,3}"),
)  # fmt: skip
_WHOLE_LINE = tuple(
    (role, re.compile(rf"\W{{0,4}}(?:{rule})\W{{0,4}}", re.IGNORECASE)) for role, rule in _RULES
)
# Links at the foot, alone or several on one line.
_FOOT_LINK = re.compile(
    rf"\W{{0,4}}(?:unsubscribe|(?:manage|update|change)(?: your)?(?: e-?mail)? (?:preferences|subscriptions?|settings)|(?:privacy|cookie) (?:policy|notice)|terms(?: of (?:use|service))?|contact us|help|advertise(?: with us)?|archive|view online){_LINK}\W{{0,4}}",
    re.IGNORECASE,
)
# What reports that somebody says something, or says it, is the report's.
_REPORTS_SPEECH = re.compile(
    r"\b(?:says?|said|told|tells|warn(?:s|ed)|urge[sd]?|according to|calls? (?:on|for))\b|[“”\"]",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\b(?:unsubscribe|you (?:are )?receiv(?:ed|ing) this|manage (?:your )?preferences|mailing list)\b",
    re.IGNORECASE,
)
# The rules' own longest line.
_MAX_RULE_CHARS = 2_500
_END_MARK = re.compile(r"\W{0,3}(?:ends?|endit|30|#{1,4})\W{0,3}", re.IGNORECASE)
_FOR_EDITORS = re.compile(
    r"\b(?:notes? (?:to|for) (?:the )?editors?|(?:for )?(?:further|more) information|(?:media|press) (?:contacts?|enquir\w+|inquir\w+|office)|contacts?:|about \w+)",
    re.IGNORECASE,
)
_ROW = re.compile(r"[-=_*~#]{5,}")
_PARTS = re.compile(r"\s{0,3}[|·•]\s{0,3}")
_WEEKDAY_OR_DAY = re.compile(r"[\w ,.]{5,40}")
_DAY_WITHOUT_YEAR = re.compile(rf"{MONTH_NAME} \d{{1,2}}|\d{{1,2}} {MONTH_NAME}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_MAX_FOOT_LINKS = 12
# Fewer may stand in a headline by chance.
_REPEATED_WORDS = 4
_SENTENCE_WORDS = 8
_ENDS = (".", "!", "?", "”", '"', "’", "…", ")")
# Lines among which the sender's name and the mail's own head stand.
_TOP_LINES = 8


@dataclass(frozen=True, slots=True)
class MailRoles:
    """What the lines of a mail are for.

    Attributes:
        roles: of each line; None for the report's own.
        foot: the first line of the mail's foot; the number of lines, if it has none.
    """

    roles: Sequence[str | None]
    foot: int


def judge_mail_blocks(blocks: Sequence[Block], sender: str | None) -> MailRoles:
    """What the lines of a mail are for.

    Args:
        blocks: lines of its page, or of its text, whose markup is not known.
        sender: the name in its head.
    """
    told = [_told_role(block) for block in blocks]
    foot, paid = _foot(blocks, told), _paid_rows(blocks)
    roles = [
        "notice" if n >= foot else "ad" if n in paid else told[n] or _role_by_place(blocks, told, n, sender)
        for n in range(len(blocks))
    ]
    return MailRoles(roles, foot)


def lines_of_mail(blocks: Sequence[Block], roles: Sequence[str | None]) -> list[Line]:
    """The lines of a mail, or of a story in it, in order, furniture judged as such."""
    lines: list[Line] = []
    for n, (block, role) in enumerate(zip(blocks, roles, strict=True)):
        if role:
            lines.append(Line(block.text, Judged(role, 1.0, 1.0)))
        else:
            lines.extend(_split_head(block.text) if n < _TOP_LINES else [Line(block.text)])
    return lines


def without_headline(lines: Sequence[Line], headline: str | None) -> list[Line]:
    """The lines without those at the top that only repeat the headline or a part of it."""
    words = _WORD.findall((headline or "").lower())
    kept: list[Line] = []
    for n, line in enumerate(lines):
        own = _WORD.findall(line.text[:500].lower()) if n < _TOP_LINES else []
        if not own or not (own == words or (len(own) >= _REPEATED_WORDS and _is_part(own, words))):
            kept.append(line)
    return kept


def _told_role(block: Block) -> str | None:
    """What a line is for by its own words; None if they do not say it."""
    if SPONSORED in block.hints or (not block.tag.startswith("h") and is_sponsor_label(block.text)):
        return "ad"
    if len(block.text) > _MAX_RULE_CHARS or _REPORTS_SPEECH.search(block.text):
        return None
    if role := next((role for role, rule in _WHOLE_LINE if rule.fullmatch(block.text)), None):
        return role
    if block.link_share >= 0.9 and why_furniture(block.text) == "read-more link":
        return "related"
    parts = _PARTS.split(block.text)
    if len(parts) <= _MAX_FOOT_LINKS and all(_FOOT_LINK.fullmatch(part) for part in parts):
        return "notice"
    if 1 < len(parts) <= _MAX_FOOT_LINKS and all(why_furniture(part) == "share prompt" for part in parts):
        return "share"
    return "caption" if block.tag == "figcaption" else None


def _role_by_place(
    blocks: Sequence[Block], told: Sequence[str | None], n: int, sender: str | None
) -> str | None:
    words = _WORD.findall(blocks[n].text[:200].lower())
    if n < _TOP_LINES and words and _is_part(words, _WORD.findall((sender or "").lower())):
        return "bio"
    return "related" if _is_link(blocks, told, n) else None


def _is_link(blocks: Sequence[Block], told: Sequence[str | None], n: int) -> bool:
    """Is it a link to another report, or a heading above such links, and no headline of what follows?"""
    block = blocks[n]
    if is_sentence(block.text) or _introduces(blocks, told, n):
        return False
    if block.link_share >= 0.9:
        return True
    following = blocks[n + 1] if n + 1 < len(blocks) else None
    is_list = following is not None and following.tag == "li" and following.link_share >= 0.9
    return block.tag.startswith("h") and is_list


def _introduces(blocks: Sequence[Block], told: Sequence[str | None], n: int) -> bool:
    """Is it the headline of what follows?"""
    if n + 1 >= len(blocks) or blocks[n].tag == "li" or (told[n + 1] and told[n + 1] != "caption"):
        return False
    following = blocks[n + 1]
    return is_sentence(following.text) or (blocks[n].tag.startswith("h") and following.link_share < 0.9)


def is_sentence(text: str) -> bool:
    """Is a line a sentence, or several, and no headline?"""
    return len(text.split()) >= _SENTENCE_WORDS and text.endswith(_ENDS)


def _is_part(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Do words stand in a row within others?"""
    return any(words == whole[n : n + len(words)] for n in range(len(whole) - len(words) + 1))


def _foot(blocks: Sequence[Block], told: Sequence[str | None]) -> int:
    """Where the mail's foot begins, or what a release tells editors; the number of lines if there is neither."""
    last_sentence = max(
        (
            n
            for n, b in enumerate(blocks)
            if is_sentence(b.text) and not told[n] and not why_furniture(b.text)
        ),
        default=-1,
    )
    left = sum(len(b.text) for b in blocks) / 2
    for n, block in enumerate(blocks):
        left -= len(block.text)
        if left > 0:
            continue  # what has as much behind it as before it is no foot
        # End marks stand between the reports of a digest, too.
        following = blocks[n + 1 : n + 3]
        if _END_MARK.fullmatch(block.text[:20]) and any(_FOR_EDITORS.search(b.text[:200]) for b in following):
            return n
        is_foot = told[n] and _FOOT.search(block.text[:_MAX_RULE_CHARS])
        if n > last_sentence and (is_foot or why_furniture(block.text) == "standards notice"):
            return n
    return len(blocks)


def _paid_rows(blocks: Sequence[Block]) -> frozenset[int]:
    """In a plain text, the lines between two rules (=====) that a sponsor's label begins."""
    rows = [n for n, block in enumerate(blocks) if not block.tag and _ROW.fullmatch(block.text)]
    paid: set[int] = set()
    for begin, end in pairwise(rows):
        if begin + 1 < end and is_sponsor_label(blocks[begin + 1].text):
            paid.update(range(begin + 1, end))
    return frozenset(paid)


def _split_head(text: str) -> list[Line]:
    """A line of day and byline (*Friday, January 7, 2022 | By Ana Reyes*) as two; any other as it is."""
    parts = [part for part in _PARTS.split(text) if part] if len(text) <= 200 else []
    lines: list[Line] = []
    for part in parts:
        is_day = _WEEKDAY_OR_DAY.fullmatch(part) and read_moment(part, how="") and len(part.split()) <= 5
        if is_day or _DAY_WITHOUT_YEAR.fullmatch(part):
            lines.append(Line(part, Judged("time", 1.0, 1.0)))
        elif find_byline(part):
            lines.append(Line(part))
        else:
            return [Line(text)]
    return lines or [Line(text)]
