"""What the classifier of lines sees of each line of a page: hashed names and measures.

Names (words, pairs of words, tags, words of classes and ids) are hashed into buckets; a bucket holds what
they have in common, so that names that were never seen cost nothing. Measures (length, links, place, what
the extractor took) say how a line stands among the others, whatever its words are.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from onrecord.reading.blocks import Block

# Size of the hashed feature space.
BUCKETS = 1 << 14
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_WORD = re.compile(r"[^\W\d_]+|\d+")
# The same in ASCII, in half the time: most lines have nothing else.
_ASCII_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_DIGIT = re.compile(r"\d")
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\b(?:19|20)\d\d\b|\d\d?:\d\d",
    re.IGNORECASE,
)
# Small words that sentences have and labels, names and menus have few of.
_SMALL_WORDS = frozenset(
    """the and to that with from this which his her their they he she it its who what been being would could
    should will not but are were have has had by about after before than then there when where while said
    says because into other more some only also you my your our of in a is for on at as was be or an""".split()
)
_TAGS = (
    "p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "figcaption", "blockquote", "section", "article", "header",
    "footer", "nav", "aside", "ul", "figure", "form", "button", "label", "main", "body", "dd", "center", "time",
)  # fmt: skip
_TAG_PLACE = {tag: n for n, tag in enumerate(_TAGS)}
_SECTIONS = ("article", "aside", "figure", "figcaption", "footer", "form", "header", "main", "nav")
_CHARS_READ = 1_500
_WORDS_HASHED = 32
_HINTS_READ = 10
_LABEL_WORDS = 6

_OF_TEXT, _OF_PLACE = 22, 20
MEASURES = _OF_TEXT + len(_TAGS) + 1 + len(_SECTIONS) + _OF_PLACE


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a run of lines.

    Attributes:
        buckets: of all lines, one line behind the other.
        sizes: how many buckets each line has, at least one.
        measures: (lines, MEASURES), each about 0 to 1.
    """

    buckets: Ints
    sizes: Ints
    measures: Floats


def line_features(
    lines: Sequence[Block], taken: Sequence[bool], first: int = 0, end: int | None = None
) -> Features:
    """The features of lines that follow one another.

    Args:
        lines: at least one.
        taken: for each line, whether the extractor takes it for the report's.
        first, end: the lines whose features are wanted, at least one; they stand among all the others.
    """
    wanted = lines[first:end]
    words = [
        (_ASCII_WORD if line.text.isascii() else _WORD).findall(line.text[:_CHARS_READ]) for line in wanted
    ]
    # All words of a line at once: no letter changes otherwise beside a blank.
    labels = [" ".join(those).lower() for those in words]
    small = [label.split() for label in labels]
    buckets: list[int] = []
    sizes: list[int] = []
    for line, names in zip(wanted, _text_hashes([line.text for line in wanted], small, labels), strict=True):
        markup = _markup_hashes(line.tag, line.hints, line.sections)
        buckets += names
        buckets += markup
        sizes.append(len(names) + len(markup))
    measures = np.zeros((len(wanted), MEASURES), dtype=np.float32)
    measures[:, :_OF_TEXT] = _text_measures([line.text for line in wanted], words, small)
    columns = [_markup_columns(line.tag, line.sections) for line in wanted]
    measures.reshape(-1)[[n * MEASURES + column for n, those in enumerate(columns) for column in those]] = 1
    measures[:, -_OF_PLACE:] = _places(lines, np.asarray(taken, dtype=np.float32))[first:end]
    return Features(np.array(buckets, dtype=np.int64) % BUCKETS, np.array(sizes, dtype=np.int64), measures)


def _text_hashes(
    texts: Sequence[str], words: Sequence[Sequence[str]], labels: Sequence[str]
) -> Iterator[list[int]]:
    """Hashes of what each line's words are; their remainders are its buckets.

    Args:
        texts: the lines.
        words: of each line, in small letters.
        labels: the words of each line, joined.
    """
    hashes = [list(map(_hash, those[:_WORDS_HASHED])) for those in words]
    in_a_row = np.fromiter(chain.from_iterable(hashes), dtype=np.int64)
    # Pairs, first and last words and whole labels have other hashes than the words alone.
    pairs = (in_a_row[:-1] * 31 + in_a_row[1:] * 17 + 7).tolist()
    at = 0
    for text, those, label, hashed in zip(texts, words, labels, hashes, strict=True):
        found = list(set(hashed))
        if hashed:
            found += pairs[at : at + len(hashed) - 1]
            found.append(hashed[0] * 5 + 11)
            found.append(_hash(those[-1]) * 7 + 13)
        else:
            found.append(_hash(f"no words {text[:3]}"))
        if len(those) <= _LABEL_WORDS:
            found.append(_hash(f"all {label}"))
        at += len(hashed)
        yield found


def _text_measures(
    texts: Sequence[str], words: Sequence[Sequence[str]], small: Sequence[Sequence[str]]
) -> npt.NDArray[np.float64]:
    """Measures of each line's text: (lines, _OF_TEXT).

    Args:
        texts: the lines.
        words: of each line, as they are written.
        small: the same in small letters.
    """
    blanks = np.array([text.count(" ") + 1 for text in texts])
    lengths = np.array(list(map(len, texts)))
    counts = np.maximum(1, list(map(len, words)))
    ends = np.array([_end_measures(text.rstrip("\"'”’)»")[-1:] or "-") for text in texts])
    begins = np.array([_begin_measures(text[:1]) for text in texts])
    columns = (
        np.log1p(blanks) / 4,
        np.minimum(blanks, 5) / 5,
        np.minimum(blanks, 15) / 15,
        np.minimum(blanks, 40) / 40,
        blanks > 25,
        np.log1p(lengths) / 6,
        lengths / blanks / 8,
        np.array([sum(map(str.isupper, [w[0] for w in those])) for those in words]) / counts,
        *ends.T,
        np.array(list(map(str.isupper, texts))),
        *begins.T,
        np.array(list(map(_tells_day, texts))),
        np.array(["@" in text or "http" in text or "www." in text for text in texts]),
        np.array(["|" in text or " / " in text or "·" in text for text in texts]),
        np.array([sum(map(_SMALL_WORDS.__contains__, those)) for those in small]) / counts,
        np.array([min(t.count(". ") + t.count("? ") + t.count("! "), 4) for t in texts]) / 4,
        np.array([min(text.count(","), 6) for text in texts]) / 6,
    )
    return np.stack(columns, axis=1).astype(np.float64)


@lru_cache(maxsize=1 << 10)
def _end_measures(end: str) -> tuple[bool, ...]:
    return end in ".!?", end == ":", end.isdigit(), end in ",;"


@lru_cache(maxsize=1 << 10)
def _begin_measures(begin: str) -> tuple[bool, ...]:
    return begin.islower(), begin in "\"'“‘«„", begin in "(•-–—*["


def _tells_day(text: str) -> bool:
    # Every day has a digit, and that is told sooner.
    return _DIGIT.search(text) is not None and _DAY.search(text, 0, _CHARS_READ) is not None


@lru_cache(maxsize=1 << 16)
def _hash(name: str) -> int:
    return zlib.crc32(name.encode(errors="replace"))


@lru_cache(maxsize=1 << 12)
def _markup_hashes(tag: str, hints: tuple[str, ...], sections: frozenset[str]) -> list[int]:
    names = [f"hint {h}" for h in hints[:_HINTS_READ]]
    names += [f"near hint {h}" for h in hints[:2]]
    names += [f"tag {tag}", *(f"in {s}" for s in sorted(sections))]
    return [_hash(name) for name in names]


@lru_cache(maxsize=1 << 10)
def _markup_columns(tag: str, sections: frozenset[str]) -> list[int]:
    of_tag = _OF_TEXT + _TAG_PLACE.get(tag, len(_TAGS))
    return [of_tag, *(_OF_TEXT + len(_TAGS) + 1 + n for n, s in enumerate(_SECTIONS) if s in sections)]


def _places(lines: Sequence[Block], taken: Floats) -> Floats:
    """How each line stands among the others: (lines, _OF_PLACE)."""
    count = len(lines)
    words = np.array([line.text.count(" ") + 1 for line in lines], dtype=np.float32)
    at = np.arange(count)
    among = np.flatnonzero(taken)
    first, last = (among[0], among[-1]) if len(among) else (0, count - 1)
    before, taken_before = np.cumsum(words) - words, np.cumsum(words * taken) - words * taken
    total, total_taken = words.sum(), max(1.0, float((words * taken).sum()))
    links = np.array([line.link_share for line in lines], dtype=np.float32)
    often = Counter(line.text for line in lines)
    # Lines of one container (a list, a body) are mostly for the same thing.
    containers = [(line.hints, line.tag) for line in lines]
    number: dict[tuple[tuple[str, ...], str], int] = {}
    where = np.array([number.setdefault(c, len(number)) for c in containers])
    of_container = np.bincount(where, weights=words)
    taken_of_container = np.bincount(where, weights=words * taken)
    same = where[1:] == where[:-1]
    sections = [line.sections for line in lines]
    columns = (
        taken,
        at < first,
        at > last,
        np.minimum(np.abs(at - first), 20) / 20,
        np.minimum(np.abs(at - last), 20) / 20,
        taken_before / total_taken,
        at / count,
        before / total,
        np.minimum(at, 15) / 15,
        np.minimum(count - 1 - at, 15) / 15,
        links,
        links > 0.5,
        links == 0,
        np.array([min(often[line.text] - 1, 3) / 3 for line in lines]),
        np.concatenate([[False], same]),
        np.concatenate([same, [False]]),
        np.array([False, *(a is b or a == b for a, b in pairwise(sections))]),
        np.array([not line.hints for line in lines]),
        (taken_of_container / of_container)[where],
        (of_container / total)[where],
    )
    return np.stack(columns, axis=1).astype(np.float32)
