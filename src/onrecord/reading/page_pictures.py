"""Which lines of a page belong to its pictures: captions and credits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from lxml import html

from onrecord.reading.blocks import Block
from onrecord.reading.frame import find_caption
from onrecord.reading.moments import read_printed
from onrecord.reading.page_marks import is_elsewhere
from onrecord.reading.roles import Judged

_PICTURE_SECTIONS = frozenset({"figure", "figcaption"})
# Words of classes of captions and credits, by the parts that they are made of.
_PICTURE_HINTS = frozenset("caption captions figcaption photocaption imagecaption captiontext".split())
_CREDIT_HINTS = frozenset(
    "credit credits copyright attribution photographer imagecredit photocredit rightsholder".split()
)
# Sections that hold no picture of the report.
_OTHER_SECTIONS = frozenset({"aside", "footer", "form", "nav"})
# What a figure may hold that is no line of a picture.
_NO_PICTURE_TAGS = frozenset("blockquote button caption code dd dt h1 h2 h3 h4 h5 h6 pre td th".split())
# The figure of another report is a link to it.
_LINKED = 0.5
# More figures than any report has, but for lists of products.
_MAX_FIGURES = 500
# As long as the longest caption of a news page: what is longer is text set as a figure.
_MAX_CAPTION_CHARS = 1_000
CAPTION, CREDIT = Judged("caption", 1.0, 0.0), Judged("credit", 1.0, 0.0)
# A label of what stands in the next line.
_LABEL = re.compile(r"\w+(?: \w+)?:")
# Words of classes that are surely the line's own.
_OWN_HINTS = 2
# Classes of the line itself and of what is next around it; farther out *caption* is a part of a name.
_NEAR_HINTS = 4
# What a line with the day of a report may say in small letters.
_DAY_WORDS = frozenset(
    """a about ago am an and are article at by corrected created day days edited first for from hour hours in is it last less local min
    mins minute minutes modified month months more of old on one or originally over page pm post posted print published read reading
    released report revised since story than that the this time to update updated was week weeks year years""".split()
)
_SMALL_WORD = re.compile(r"(?<![\w.’'])[a-zß-ÿ]+(?![\w@])")
# As many other words in small letters make a sentence: a caption, or what the report tells.
_SENTENCE_WORDS = 3


def is_of_picture(block: Block) -> bool:
    """Is it a caption or credit, by the section or class that it stands in, or by its form?"""
    return (
        bool(block.sections & _PICTURE_SECTIONS)
        or not _PICTURE_HINTS.isdisjoint(block.hints[:_NEAR_HINTS])
        or find_caption(block.text) is not None
    )


def find_pictures(
    root: html.HtmlElement, heading: html.HtmlElement | None, blocks: Sequence[Block]
) -> Mapping[int, Judged]:
    """Which blocks are captions and credits in figures (or so called by their class) that belong to no other report, each with its role.

    Args:
        root: the parsed page, before anything is taken out of it.
        heading: the element that holds the headline; None if it stands in metadata alone.
        blocks: `blocks_of(root)`.
    """
    found = {at: role for at, block in enumerate(blocks) if (role := _role_in_figure(block))}
    if not found:
        return {}
    around = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    for figure in islice(root.iter("figure"), _MAX_FIGURES):
        words = " ".join(figure.text_content().split())
        within = [at for at in found if blocks[at].text in words]
        if within and is_elsewhere(figure, around):
            found = {at: role for at, role in found.items() if at not in within}
    return found


def _role_in_figure(block: Block) -> Judged | None:
    """Caption or credit, by the markup; None for what is neither."""
    is_in_figure = bool(block.sections & _PICTURE_SECTIONS)
    if (
        not (is_in_figure or not _PICTURE_HINTS.isdisjoint(block.hints[:_OWN_HINTS]))
        or block.sections & _OTHER_SECTIONS
        or block.tag in _NO_PICTURE_TAGS
        or block.link_share > _LINKED
        or len(block.text) > _MAX_CAPTION_CHARS
        or not any(c.isalpha() for c in block.text)
        or _LABEL.fullmatch(block.text)
    ):
        return None
    marked = next((h for h in block.hints[:_NEAR_HINTS] if h in _PICTURE_HINTS or h in _CREDIT_HINTS), None)
    by_form = find_caption(block.text)
    if not (is_in_figure or by_form or _count_telling(block.text) >= _SENTENCE_WORDS - 1):
        return None  # a day or a number of pictures, in the class of a caption
    if marked in _CREDIT_HINTS or (by_form and not by_form.text):
        return CREDIT
    return CAPTION if marked or by_form or "figcaption" in block.sections else None


def may_date_report(block: Block) -> bool:
    """May the day on a line be the report's, and not the one that a picture shows or a sentence tells of?"""
    if read_printed(block.text) is None:
        return False
    return _count_telling(block.text) < _SENTENCE_WORDS and not is_of_picture(block)


def _count_telling(line: str) -> int:
    """How many words in small letters tell more than a day."""
    return sum(word not in _DAY_WORDS for word in _SMALL_WORD.findall(line))
