"""The stories of a newsletter, where its structure tells for certain that it is a list of them.

A story is a headline, its text and a link to more of it, and the next one looks the same. On a page the headlines
are headings, or lines that are linked or bold; in plain text they are underlined or numbered. A letter with
headings, a report with sections and a list of things to do have one or the other of it, but not all; where
anything does not fit, nothing is divided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reading.assembly import MAX_HEADLINE_WORDS
from onrecord.reading.blocks import Block
from onrecord.reading.frame import find_byline, find_caption, find_dateline, find_sign_off
from onrecord.reading.furniture import cut_tail, why_furniture
from onrecord.reading.mail_lines import MailRoles, is_sentence

_MIN_STORIES = 2
# Fewer words name a section (*Background*), and of numbered lines a thing to do (*1. Budget draft*).
_LEAST_WORDS, _LEAST_WORDS_NUMBERED = 2, 3
_MAX_SECTION_WORDS = 6
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# A line that is a link, or bold, but for a sign or two.
_NEARLY_ALL = 0.9
_ENDS_SENTENCE = re.compile(r"[.,;:]\Z")
_UNDERLINE = re.compile(r"([-=~*_^#])\1{2,}")
_NUMBER = re.compile(r"[#(\[]?(\d{1,2})[.):\]]{1,2}\s{1,9}(?=\S)")
# What the link to the rest of a story says. *Read: Union calls order late* leads to another one.
_READ_ON = re.compile(
    r"\W{0,4}(?:(?:read|see|view|watch|hear|listen|continue|keep|go|learn|find out|get|click|tap|more|full|whole|the (?:full|whole)|details|link|story|source|web|url)\b"
    r"(?: [\w'’]{1,20}){0,6}\W{0,6})?(?:https?://\S{1,2000})?\W{0,6}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"]{1,2000}")
# Links that lead to no report: within the mail, to a person, to a program.
_NO_PAGE = re.compile(r"\s*(?:#|mailto:|tel:|sms:|javascript:|data:|cid:|\Z)", re.IGNORECASE)
# A mail that is sent to many says how to leave, or that it can be seen as a page (RFC 2369 and the law).
_SENT_TO_MANY = re.compile(
    r"\b(?:unsubscribe|opt[- ]out|preferences|subscri(?:bed|ptions?)|browser|online|you(?:['’]re| are| have)? receiv)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a newsletter: lines [begin, end) of the mail, the first of them its headline.

    Attributes:
        headline: without its number.
        section: the heading above it that is no headline.
    """

    headline: str
    begin: int
    end: int
    section: str | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may be a headline."""

    at: int
    headline: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Kind:
    """Lines that may be headlines and look alike.

    Attributes:
        borders: headings above them, which end a story.
        needs_link_below: a link in the headline is not enough.
    """

    heads: Sequence[_Head]
    borders: Sequence[int] = ()
    needs_link_below: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands below a line that may be a headline, up to the next one.

    Attributes:
        chars: of its sentences.
        is_story: it is a story for certain, if others are.
        page: what it links to, if anything.
        link_end: behind the link line that ends it; None if there is none.
        sentence_end: behind its last sentence.
    """

    head: _Head
    end: int
    chars: int
    is_story: bool
    page: str | None
    link_end: int | None
    sentence_end: int


def find_stories(
    blocks: Sequence[Block], judged: MailRoles, underlined: frozenset[str] = frozenset(), *, is_bulk: bool
) -> tuple[Story, ...]:
    """The stories of a newsletter in its order; none where it is not surely a list of them.

    Args:
        blocks: the lines of its page, or of its text.
        judged: what each line is for.
        underlined: lines of a text that are underlined, from `underlined_rows`.
        is_bulk: the head of the mail says that it was sent to many. Else a line of it has to.
    """
    if not is_bulk and not any(
        role == "notice" and _SENT_TO_MANY.search(block.text[:1_000])
        for block, role in zip(blocks, judged.roles, strict=True)
    ):
        return ()
    is_page = any(block.tag for block in blocks)
    kinds = _page_kinds(blocks, judged) if is_page else _text_kinds(blocks, judged, underlined)
    for kind in kinds:
        if found := _stories(kind, blocks, judged):
            return found
    return ()


def underlined_rows(text: str) -> frozenset[str]:
    r"""The rows of a plain text that a row of signs underlines, nothing or such a row above them.

    >>> sorted(underlined_rows("Harbour shut\n------------\n\nIt rained."))
    ['Harbour shut']
    """
    rows = [row.strip() for row in text.split("\n")]
    return frozenset(
        row
        for above, row, below in zip(["", *rows], rows, rows[1:], strict=False)
        if row
        and _UNDERLINE.fullmatch(below)
        and not _UNDERLINE.fullmatch(row)
        and (not above or _UNDERLINE.fullmatch(above))
    )


def without_number(line: str) -> str:
    """A headline without the number before it."""
    return _NUMBER.sub("", line, count=1)


def _page_kinds(blocks: Sequence[Block], judged: MailRoles) -> Iterator[_Kind]:
    own = [n for n in range(judged.foot) if judged.roles[n] is None]
    ranks = {n: _HEADINGS.index(blocks[n].tag) for n in own if blocks[n].tag in _HEADINGS}
    for rank in sorted(set(ranks.values())):
        heads = [_Head(n, blocks[n].text) for n, own_rank in ranks.items() if own_rank == rank]
        yield _Kind(heads, [n for n, own_rank in ranks.items() if own_rank < rank])
    loose = [n for n in own if n not in ranks and blocks[n].tag != "li" and _may_be_headline(blocks[n].text)]
    for is_marked in (_is_linked, _is_bold):
        heads = [_Head(n, blocks[n].text) for n in loose if is_marked(blocks[n])]
        yield _Kind(heads, list(ranks), needs_link_below=True)


def _is_linked(block: Block) -> bool:
    return block.link_share >= _NEARLY_ALL


def _is_bold(block: Block) -> bool:
    return block.bold_share >= _NEARLY_ALL


def _text_kinds(blocks: Sequence[Block], judged: MailRoles, underlined: frozenset[str]) -> Iterator[_Kind]:
    own = [n for n in range(judged.foot) if judged.roles[n] is None and _may_be_headline(blocks[n].text)]
    rows = [
        (n, blocks[n + 1].text[0])
        for n in own
        if blocks[n].text in underlined and n + 1 < len(blocks) and _UNDERLINE.fullmatch(blocks[n + 1].text)
    ]
    for sign in dict.fromkeys(sign for _, sign in rows):
        heads = [_Head(n, without_number(blocks[n].text)) for n, own_sign in rows if own_sign == sign]
        yield _Kind(heads)
    yield _Kind(
        [_Head(n, blocks[n].text) for n in own if _is_in_capitals(blocks[n].text)], needs_link_below=True
    )
    numbers = [(n, found) for n in own if (found := _NUMBER.match(blocks[n].text))]
    yield _Kind([_Head(n, blocks[n].text[found.end() :], int(found[1])) for n, found in numbers])


def _is_in_capitals(line: str) -> bool:
    """DOCKERS SHUT PORT ELM: are all words in capitals, as some senders mark headlines in plain text?"""
    return line.isupper() and len(line.split()) >= _LEAST_WORDS_NUMBERED and not is_sentence(line)


def _may_be_headline(line: str) -> bool:
    return (
        len(line.split()) <= MAX_HEADLINE_WORDS
        and not _ENDS_SENTENCE.search(line)
        and not find_byline(line)
        and not find_dateline(line)
    )


def _stories(kind: _Kind, blocks: Sequence[Block], judged: MailRoles) -> tuple[Story, ...]:
    stretches = _stretches(kind, blocks, judged)
    told = [n for n, stretch in enumerate(stretches) if stretch.is_story]
    if len(told) < _MIN_STORIES:
        return ()
    chosen = [stretches[n] for n in told]
    between = stretches[told[0] : told[-1] + 1]
    others = [s for s in stretches if s.chars and not s.is_story]
    pages = [s.page for s in chosen if s.page]
    numbers = [s.head.number for s in chosen if s.head.number is not None]
    if (
        # Sections of something else stand among them.
        any(s.chars and not s.is_story for s in between)
        or len(others) >= len(chosen)
        # One appeal, with the same link below each of its headings.
        or len(set(pages)) < len(pages)
        # An essay with links to others in it goes on behind them.
        or any(s.link_end is not None and s.sentence_end > s.link_end for s in chosen[:-1])
        or (numbers and numbers != list(range(1, len(numbers) + 1)))
        or 2 * sum(s.chars for s in chosen) < _chars(blocks, judged, range(judged.foot))
    ):
        return ()
    last = chosen[-1]
    end = last.link_end or last.sentence_end
    return tuple(
        Story(
            stretch.head.headline,
            stretch.head.at,
            end if stretch is last else stretch.end,
            _section(kind, stretch.head.at, blocks, judged),
        )
        for stretch in chosen
    )


def _stretches(kind: _Kind, blocks: Sequence[Block], judged: MailRoles) -> list[_Stretch]:
    cuts = sorted({head.at for head in kind.heads} | set(kind.borders) | {judged.foot})
    ends = dict(pairwise(cuts))
    return [_stretch(head, ends.get(head.at, judged.foot), kind, blocks, judged) for head in kind.heads]


def _stretch(head: _Head, end: int, kind: _Kind, blocks: Sequence[Block], judged: MailRoles) -> _Stretch:
    below = range(head.at + 1, end)
    sentences = [n for n in below if _is_own_sentence(blocks[n], judged.roles[n])]
    link_lines = [n for n in below if _reads_on(blocks[n], judged.roles[n])]
    page = _page_of(blocks[head.at]) or (_page_of(blocks[link_lines[-1]]) if link_lines else None)
    least = _LEAST_WORDS if head.number is None else _LEAST_WORDS_NUMBERED
    is_text = not blocks[head.at].tag
    return _Stretch(
        head,
        end,
        chars=sum(len(blocks[n].text) for n in sentences),
        is_story=bool(sentences)
        and least <= len(head.headline.split()) <= MAX_HEADLINE_WORDS
        and why_furniture(head.headline) is None
        and (
            bool(link_lines)
            if kind.needs_link_below
            else bool(page) or (is_text and _is_filed(blocks, below))
        ),
        page=page,
        link_end=link_lines[-1] + 1 if link_lines else None,
        sentence_end=sentences[-1] + 1 if sentences else head.at + 1,
    )


def _is_filed(blocks: Sequence[Block], below: range) -> bool:
    """Does what stands below a headline begin with a dateline or a byline, as reports do and sections do not?"""
    first = next((blocks[n].text for n in below if not _UNDERLINE.fullmatch(blocks[n].text)), "")
    return find_dateline(first) is not None or bool(find_byline(first))


def _reads_on(block: Block, role: str | None) -> bool:
    """Does a line, or a label at its end, lead to the rest of the story?"""
    if _page_of(block) is None:
        return False
    if role is None:
        return cut_tail(block.text)[1] is not None
    return role == "related" and _READ_ON.fullmatch(block.text) is not None


def _is_own_sentence(block: Block, role: str | None) -> bool:
    return (
        role is None
        and is_sentence(cut_tail(block.text)[0])
        and why_furniture(block.text) is None
        and find_caption(block.text) is None
        and find_sign_off(block.text) is None
    )


def _page_of(block: Block) -> str | None:
    """The last page that a line leads to."""
    links = block.links if block.tag else _ADDRESS.findall(block.text)
    return next((link for link in reversed(links) if not _NO_PAGE.match(link)), None)


def _chars(blocks: Sequence[Block], judged: MailRoles, lines: range) -> int:
    return sum(len(blocks[n].text) for n in lines if _is_own_sentence(blocks[n], judged.roles[n]))


def _section(kind: _Kind, at: int, blocks: Sequence[Block], judged: MailRoles) -> str | None:
    """The heading above a story, if no text of its own stands below that."""
    above = max((n for n in kind.borders if n < at), default=None)
    if above is None or len(blocks[above].text.split()) > _MAX_SECTION_WORDS:
        return None
    first = next((head.at for head in kind.heads if head.at > above), at)
    return None if _chars(blocks, judged, range(above, first)) else blocks[above].text
