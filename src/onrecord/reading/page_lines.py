"""The extractor's paragraphs and the page's blocks brought together: each paragraph judged where it stands.

The extractor decides by elements, and now and then leaves out a part of a report (what stands behind an
advertisement, a list, a quotation). Blocks that it left out are taken in where they stand in a container of
which it took others, and the classifier thinks them text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence

from onrecord.reading.assembly import Line
from onrecord.reading.blocks import Block
from onrecord.reading.furniture import why_furniture
from onrecord.reading.roles import FURNITURE, Judged, Network, tell_roles

# Blocks before the first paragraph and behind the last that are judged as well: what stands around a
# report says what its first and last lines are, and has its captions and bylines.
BLOCKS_BEFORE, BLOCKS_BEHIND = 40, 40
# As many of them are read word by word: as far as a report that the extractor cut short may go on, and the
# classifier sees from there.
_BLOCKS_READ = 16
# More blocks than any news page has between its report's first line and its last; judging takes 5 kB each.
_MAX_JUDGED = 20_000
# So many blocks behind the last paragraph a figure may still be the report's.
_PICTURES_BEHIND = 3
# Blocks that are looked at for the parts of a paragraph that is no whole block.
_MAX_APART = 60
# A part of a block is told from a chance likeness by its length.
_MIN_PART_CHARS = 18
# What the extractor left out is taken in if it is surely text, and a sentence: labels and cells of tables are as
# often not the report's. F1 of the body by cross-validation: 97.3 from 0.9 on, 97.4 from 0.8 on, 97.6 from 0.5 on.
_MIN_TEXT = 0.5
_MIN_ADDED_WORDS = 9
# Roles of the frame: what a line was cut for that stands in it.
_FRAME_ROLES = {
    name: name for name in ("headline", "byline", "time", "dateline", "caption", "credit", "correction")
} | {"signoff": "sign-off"}
_WORD = re.compile(r"\w+")
# Of ASCII: words in small letters, all else blanks.
_SMALL_WORDS_ALONE = {n: chr(n).lower() if _WORD.match(chr(n)) else " " for n in range(128)}


def judge_lines(
    paragraphs: Sequence[str],
    blocks: Sequence[Block],
    networks: Sequence[Network] | None = None,
    pictures: Mapping[int, Judged] | None = None,
) -> list[Line]:
    """The paragraphs, each with the judgement on the block that it is, and what the extractor left out.

    Args:
        paragraphs: what the extractor takes for the report, in order.
        blocks: all lines of the page, in order.
        networks: of the classifier; those that ship, if not given.
        pictures: blocks that are captions and credits in figures, with their roles. Those that stand in the
            report are lines of it, whether the extractor gave them or not.

    Returns:
        Lines in order; without a judgement where a paragraph is found in no block. What stands in the report on
        the page and is not taken is among them, to be cut, with the reason.
    """
    parts = find_blocks(paragraphs, blocks)
    known = sorted({at for found in parts for at in found})
    if not known:
        return [Line(p) for p in paragraphs]
    first, end = judged_range(known, len(blocks))
    is_taken = set(known)
    near, far = max(first, known[0] - _BLOCKS_READ), min(end, known[-1] + 1 + _BLOCKS_READ)
    judged = tell_roles(
        blocks[first:end],
        [at in is_taken for at in range(first, end)],
        networks,
        first=near - first,
        end=far - first,
    )
    first, end = near, far
    pictures = pictures or {}
    lines: list[tuple[int, Line]] = []
    behind = -1
    for paragraph, found in zip(paragraphs, parts, strict=True):
        inside = [at for at in found if first <= at < end]
        longest = max(inside, key=lambda at: len(blocks[at].text), default=None)
        behind = max(behind, found[0]) if found else behind
        judgement = judged[longest - first] if longest is not None else None
        if pictures and found and all(at in pictures for at in found):
            judgement = pictures[found[0]]
        lines.append((behind, Line(paragraph, judgement)))
    lines += _left_out(blocks, first, judged[: end - first], is_taken | pictures.keys())
    lines += _pictures_within(
        blocks, pictures, range(first, min(end, known[-1] + 1 + _PICTURES_BEHIND)), is_taken
    )
    lines += _cut_lines(blocks, dict(enumerate(judged, first)), known, lines, pictures)
    # The paragraphs keep the extractor's order.
    return [line for _, line in sorted(lines, key=lambda item: item[0])]


def _cut_lines(
    blocks: Sequence[Block],
    judged: Mapping[int, Judged],
    known: Sequence[int],
    lines: Sequence[tuple[int, Line]],
    pictures: Container[int],
) -> list[tuple[int, Line]]:
    """What a reader sees in the report, and nobody takes for a line of it: with the places, and why.

    It stands between the report's first line and its last, or next to them in the same `<article>`. Marks alone
    are no line.
    """
    first, end = known[0], known[-1] + 1
    if "article" in blocks[first].sections:
        least = max(0, first - BLOCKS_BEFORE)
        while first > least and "article" in blocks[first - 1].sections:
            first -= 1
    if "article" in blocks[end - 1].sections:
        most = min(len(blocks), end + BLOCKS_BEHIND)
        while end < most and "article" in blocks[end].sections:
            end += 1
    taken = {*known, *(at for at, _ in lines)}
    left = [at for at in range(first, end) if at not in taken and at not in pictures]
    if not left:
        return []
    ordered = sorted(lines, key=lambda item: item[0])
    places = [at for at, _ in ordered]
    keys = [f" {key} " for key in _keys([line.text for _, line in ordered])]
    everything = "|".join(keys)
    found: list[tuple[int, Line]] = []
    for at, key in zip(left, _keys([blocks[at].text for at in left]), strict=True):
        # Paragraphs are put together of several blocks. One or two words stand somewhere in a report by chance.
        behind = bisect_right(places, at)
        near = everything if key.count(" ") > 1 else "|".join(keys[max(0, behind - 1) : behind + 1])
        if key and f" {key} " not in near:
            found.append((at, Line(blocks[at].text, cut=_why_cut(blocks[at], judged.get(at)))))
    return found


def _why_cut(block: Block, judged: Judged | None) -> str:
    if judged and judged.role in FURNITURE:
        return FURNITURE[judged.role]
    if why := why_furniture(block.text):
        return why
    return _FRAME_ROLES.get(judged.role if judged else "", "left out by the extractor")


def judged_range(known: Sequence[int], count: int) -> tuple[int, int]:
    """First block that is judged, and the end, of `count` blocks of which the extractor took the `known`."""
    first = max(0, known[0] - BLOCKS_BEFORE)
    return first, min(count, known[-1] + 1 + BLOCKS_BEHIND, first + _MAX_JUDGED)


def _left_out(
    blocks: Sequence[Block], first: int, judged: Sequence[Judged], taken: set[int]
) -> list[tuple[int, Line]]:
    """Blocks of the report that the extractor left out, with their places."""
    containers = {(blocks[at].hints, blocks[at].tag) for at in taken}
    return [
        (at, Line(blocks[at].text, judgement))
        for at, judgement in enumerate(judged, first)
        if at not in taken
        and judgement.role == "text"
        and judgement.text >= _MIN_TEXT
        and (blocks[at].hints, blocks[at].tag) in containers
        and blocks[at].text.count(" ") + 1 >= _MIN_ADDED_WORDS
    ]


def _pictures_within(
    blocks: Sequence[Block], pictures: Mapping[int, Judged], places: range, taken: set[int]
) -> list[tuple[int, Line]]:
    """Captions and credits of the report's figures, once each, with their places."""
    seen = {_key(blocks[at].text) for at in taken}
    found: list[tuple[int, Line]] = []
    for at in sorted(at for at in pictures if at in places and at not in taken):
        if (key := _key(blocks[at].text)) not in seen:
            seen.add(key)
            found.append((at, Line(blocks[at].text, pictures[at])))
    return found


def find_blocks(paragraphs: Sequence[str], blocks: Sequence[Block]) -> list[list[int]]:
    """The blocks that each paragraph is: one of the same words, or those that it has parts of.

    Of several blocks of the same words, the next one behind the paragraph before; else the first.
    """
    keys = _keys([b.text for b in blocks])
    wanted = _keys(paragraphs)
    places = _places(wanted, keys)
    found: list[list[int]] = []
    behind = -1
    # Where the next paragraph begins that is a whole block.
    ends: list[int] = []
    end = len(blocks)
    for place in reversed(places):
        ends.append(end)
        end = end if place is None else place
    for words, place, end in zip(wanted, places, reversed(ends), strict=True):
        if place is None:
            till = min(end if end > behind else len(blocks), behind + _MAX_APART)
            found.append(_parts(f" {words} ", keys, behind + 1, till) if words else [])
        else:
            found.append([place])
        behind = found[-1][-1] if found[-1] else behind
    return found


def _parts(paragraph: str, keys: Sequence[str], first: int, end: int) -> list[int]:
    """The blocks that follow one another in a paragraph, or the one that the paragraph is a part of."""
    found: list[int] = []
    read = 0
    for at in range(first, min(end, len(keys))):
        if not keys[at]:
            continue
        place = paragraph.find(f" {keys[at]} ", read)
        if place >= 0:
            found.append(at)
            read = place + len(keys[at]) + 1
        elif len(paragraph) >= _MIN_PART_CHARS + 2 and paragraph in f" {keys[at]} ":
            return [*found, at]
        if found and read >= len(paragraph) - 1:
            break
    return found


def _places(paragraphs: Sequence[str], blocks: Sequence[str]) -> list[int | None]:
    """The block of the same words as each paragraph: the next one, else the first one."""
    by_words: dict[str, list[int]] = {}
    for at, words in enumerate(blocks):
        if words:
            by_words.setdefault(words, []).append(at)
    places: list[int | None] = []
    behind = -1
    for words in paragraphs:
        found = by_words.get(words, [])
        later = bisect_right(found, behind)
        place = found[later if later < len(found) else 0] if found else None
        places.append(place)
        behind = place if place is not None else behind
    return places


def _keys(lines: Sequence[str]) -> list[str]:
    """`_key` of each of some lines. Those in ASCII alone, most of a page, take a fifth of the time."""
    return [
        " ".join(line.translate(_SMALL_WORDS_ALONE).split()) if line.isascii() else _key(line)
        for line in lines
    ]


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
