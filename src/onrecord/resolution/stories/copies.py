"""What is said of copies: pairs of reports with the passages that show it, and the stories that they make.

METER (Gaizauskas et al. 2001) told wholly, partly and non-derived reports apart by hand; NEWS-COPY (Silcock et al. 2023)
copies of one wire report. The kinds here say how much was changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from onrecord.article import Span

# verbatim: the same words; edited: cut, reordered, retitled, another dateline, a sentence touched up; rewritten: retold
# in other words by a person or a model; spun: words swapped by a machine, one by one, sentence for sentence.
CopyKind = Literal["verbatim", "edited", "rewritten", "spun"]
COPY_KINDS: Final[tuple[CopyKind, ...]] = get_args(CopyKind)

# Which of two reports is the older one of the two texts: the other descends from it, or from a report like it.
Original = Literal["first", "second", "unknown"]


class Passage(NamedTuple):
    """Sentences of two reports that tell the same.

    Attributes:
        first, second: code points of the text of either report.
        likeness: 0 to 1; 1 where the words are the same.
    """

    first: Span
    second: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports with a common text: one is a copy of the other, or both are of a third.

    Attributes:
        first, second: ids of the reports, `first` before `second` in code-point order: a pair is one thing, whichever
            report came in first.
        score: the chance, 0 to 1, that they are copies.
        passages: what they have in common, in the order of the first report.
        original: which of them is the original, as far as something tells.
        why: what tells it, in words for people; empty where it is unknown.
    """

    first: str
    second: str
    kind: CopyKind
    score: float
    passages: tuple[Passage, ...]
    original: Original = "unknown"
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """One step of descent in a story.

    Attributes:
        of: the report that it was made from, or the likest one where nothing tells which came first.
        article: the copy.
        directed: does something tell that `of` came first?
    """

    of: str
    article: str
    kind: CopyKind
    score: float
    directed: bool


@dataclass(frozen=True, slots=True)
class Story:
    """All reports that descend from one.

    Attributes:
        id: made from the report it begins with.
        articles: ids, the one it begins with first, then by published time and id.
        copies: for each report but the roots of its trees, one step of descent, in the order of `articles`.
        origins: how many of its reports descend from none: an unconnected telling is one of its own.
    """

    id: str
    articles: tuple[str, ...]
    copies: tuple[Copy, ...]
    origins: int
