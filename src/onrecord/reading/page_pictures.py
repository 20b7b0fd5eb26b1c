"""Which lines of a page belong to its pictures: captions and credits."""

from __future__ import annotations

import re

from onrecord.reading.blocks import Block
from onrecord.reading.frame import find_caption
from onrecord.reading.moments import read_printed

_PICTURE_SECTIONS = frozenset({"figure", "figcaption"})
# Words of classes of captions and credits, by the parts that they are made of.
_PICTURE_HINTS = frozenset(
    "caption captions figcaption figure photocaption imagecaption captiontext imagecredit photocredit".split()
)
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


def may_date_report(block: Block) -> bool:
    """May the day on a line be the report's, and not the one that a picture shows or a sentence tells of?"""
    if read_printed(block.text) is None:
        return False
    told = [word for word in _SMALL_WORD.findall(block.text) if word not in _DAY_WORDS]
    return len(told) < _SENTENCE_WORDS and not is_of_picture(block)
