"""Article -> what of it survives copying: its words as hashes, where names, numbers and quotations stand, its frame.

Cheap (about a millisecond), pure, and small (about six bytes a word): a record of 100,000 reports holds all of theirs in memory.
How much a word counts comes from a table that ships, never from the reports that are already known: so the likeness of two
reports does not depend on what else was read.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.article import Article
from onrecord.resolution.entries import read_data
from onrecord.resolution.stories.wording import words_of

Hashes: TypeAlias = npt.NDArray[np.uint32]

# The parts of `Fingerprint.data`, each preceded by its length in the header; weights are a byte each and stand last.
_PARTS: Final = (
    "words",
    "sentence_starts",
    "span_starts",
    "span_ends",
    "paragraphs",
    "name_places",
    "number_places",
    "quoted",
    "dates",
    "headline",
)
_PART: Final = {name: number for number, name in enumerate(_PARTS)}
_HEADER: Final = np.dtype("<u4").itemsize * len(_PARTS)
# Weights are kept in parts of a bit.
_PARTS_OF_A_BIT: Final = 16
# A capitalised word that counts less than this is no name (*The*, *I*); at the start of a sentence it must count more.
_LEAST_NAME: Final = 16
_LEAST_BEGINNING: Final = 40


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a report survives copying.

    Words are hashed, levelled (case, house style, British and American spelling, numbers in words) and stemmed. Places are
    indexes into `words`.

    Attributes:
        id: of the article.
        data: all arrays in one, so that a fingerprint takes little room; read it by the properties.
        published, outlet: as of the article.
        agency: of the frame, or of the dateline.
        dateline: the place of the dateline.
    """

    id: str
    data: bytes
    published: str | None = None
    agency: str | None = None
    outlet: str | None = None
    dateline: str | None = None

    @property
    def words(self) -> Hashes:
        """All words in their order."""
        return self._part("words")

    @property
    def weights(self) -> npt.NDArray[np.float32]:
        """For each word, how rare it is in news: bits, 0 to 12."""
        length = int(self._lengths()[0])
        kept = np.frombuffer(self.data, np.uint8, length, len(self.data) - length)
        return kept.astype(np.float32) / np.float32(_PARTS_OF_A_BIT)

    @property
    def sentence_starts(self) -> Hashes:
        """For each sentence the place of its first word. A sentence without words is left out."""
        return self._part("sentence_starts")

    @property
    def spans(self) -> npt.NDArray[np.uint32]:
        """For each sentence its code points in the text: start, end (exclusive)."""
        return np.stack((self._part("span_starts"), self._part("span_ends")), axis=1)

    @property
    def paragraphs(self) -> Hashes:
        """For each paragraph the index of its first sentence."""
        return self._part("paragraphs")

    @property
    def name_places(self) -> Hashes:
        """Places of the words of names, in their order."""
        return self._part("name_places")

    @property
    def names(self) -> Hashes:
        """The words of names, in their order."""
        return self.words[self.name_places]

    @property
    def number_places(self) -> Hashes:
        """Places of the numbers, in their order."""
        return self._part("number_places")

    @property
    def numbers(self) -> Hashes:
        """The numbers by their values, in their order: *14* and *fourteen* are one hash."""
        return self.words[self.number_places]

    @property
    def quoted(self) -> Hashes:
        """For each stretch in quotation marks: place of its first word, place behind its last."""
        return self._part("quoted").reshape(-1, 2)

    @property
    def quotations(self) -> npt.NDArray[np.uint64]:
        """All runs of four words within quotation marks, hashed; short quotations have none."""
        runs = shingles(self.words, 4)
        parts = [runs[start : max(start, end - 3)] for start, end in self.quoted.tolist()]
        return np.concatenate(parts) if parts else runs[:0]

    @property
    def dates(self) -> Hashes:
        """Days of the year that are named (*Jan. 7*, *7 January*): 32 times the month and the day."""
        return self._part("dates")

    @property
    def headline(self) -> Hashes:
        """The words of the headline, also where it stands in the text."""
        return self._part("headline")

    def _lengths(self) -> Hashes:
        return np.frombuffer(self.data, "<u4", len(_PARTS))

    def _part(self, name: str) -> Hashes:
        number = _PART[name]
        lengths = self._lengths().tolist()
        return np.frombuffer(self.data, "<u4", lengths[number], _HEADER + 4 * sum(lengths[:number]))


def fingerprint(article: Article) -> Fingerprint:
    """What of a report survives copying; any text has a fingerprint."""
    text, frame = article.text, article.frame
    codes: list[int] = []
    starts, span_starts, span_ends, paragraphs = array("L"), array("L"), array("L"), array("L")
    new_paragraph = True
    for start, end, ends_paragraph in _sentences(text):
        found = _coded(text, start, end)
        if any(map(_HAS_WORD.__and__, found)):
            if new_paragraph:
                paragraphs.append(len(starts))
            new_paragraph = False
            starts.append(len(codes))
            span_starts.append(start)
            span_ends.append(end)
            codes += found
        new_paragraph = new_paragraph or ends_paragraph
    coded = np.array(codes, dtype=np.int64)
    is_word = (coded & _HAS_WORD) != 0
    # Marks stand among the words until here: the place of a mark is the number of words before it.
    place = np.concatenate(([0], np.cumsum(is_word)))
    sentence_starts = place[np.asarray(starts, dtype=np.int64)]
    quoted = _quoted(coded, is_word, place, np.asarray(starts, dtype=np.int64)[list(paragraphs)])
    coded = coded[is_word]
    words = (coded & 0xFFFFFFFF).astype("<u4")
    weights = ((coded >> _WEIGHT_AT) & 0xFF).astype(np.uint8)
    headline = article.frame.headline or article.title or ""
    parts = (
        words,
        sentence_starts,
        span_starts,
        span_ends,
        paragraphs,
        _name_places(coded, words, weights, sentence_starts, quoted),
        np.flatnonzero(coded & _NUMBER),
        quoted,
        _dates(coded),
        [code & 0xFFFFFFFF for code in _coded(headline, 0, len(headline)) if code & _HAS_WORD],
    )
    arrays = [np.asarray(part).astype("<u4") for part in parts]
    header = np.array([len(part) for part in arrays], dtype="<u4")
    return Fingerprint(
        article.id,
        b"".join((header.tobytes(), *(part.tobytes() for part in arrays), weights.tobytes())),
        article.published,
        frame.agency or frame.dateline.agency,
        article.outlet,
        frame.dateline.place,
    )


def shingles(words: Hashes, length: int) -> npt.NDArray[np.uint64]:
    """The hash of each run of so many words, by the place at which it begins."""
    count = max(0, len(words) - length + 1)
    found = np.zeros(count, dtype=np.uint64)
    for n in range(length):
        found = mixed(found ^ words[n : n + count].astype(np.uint64))
    return found


def mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Numbers -> numbers that look like drawn by lot (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


# A token is coded as one number: the hash of its word below, its weight in bits 40 to 47, and what it is.
_CAPITAL: Final = 1 << 32
_NUMBER: Final = 1 << 33
_SCALE: Final = 1 << 34
_HAS_WORD: Final = 1 << 35
_OPENS: Final = 1 << 36
_CLOSES: Final = 1 << 37
_WEIGHT_AT: Final = 40
_MONTH_AT: Final = 48
_DAY_AT: Final = 52

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'ʼ`´][^\W\d_]+)*|[“”\"„«»%]|(?<!\w)''|``|''(?!\w)"
)
_SENTENCE_END = re.compile(
    r"[.!?…。！？](?<!\b[^\W\d_]\.)(?<!\b(?:Mr|Ms|Dr|St|Lt)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen)\.)"
    r"(?!(?<=\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)\s\d)(?!(?<=\bSept\.)\s\d)[”\"’')\]]*(?=\s+[^\sa-z])"
    r"|(?P<line>\n\s*)"
)
_SCALES: Final = frozenset("hundred thousand million billion trillion dozen".split())
_MONTHS: Final = {
    month: number
    for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MARKS: Final = {
    "“": _OPENS, "„": _OPENS, "``": _OPENS, "«": _OPENS,
    "”": _CLOSES, "»": _CLOSES, '"': _OPENS | _CLOSES, "''": _OPENS | _CLOSES,
}  # fmt: skip
# Longer ones are no words, and are not kept.
_LONGEST_KEPT: Final = 40
_MOST_KEPT: Final = 200_000


class _Codes(dict[str, int]):
    """Tokens -> their codes; those seen lately are kept."""

    def __missing__(self, token: str) -> int:
        code = _code(token)
        if len(token) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[token] = code
        return code


_CODES = _Codes()


def _sentences(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of each sentence, and whether a paragraph ends with it. Rougher than `analysis.sentences`, and ten times
    as fast: a wrong cut is the same in every copy."""
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        line = end["line"]
        stop = end.start() if line is not None else end.end()
        if stop > start:
            found.append((start, stop, line is not None))
        elif line is not None and found:
            found[-1] = (*found[-1][:2], True)
        start = end.end()
    found.append((start, len(text), True))
    return [(start + _blanks(text, start), end, ends) for start, end, ends in found if start < end]


def _blanks(text: str, start: int) -> int:
    """How many blanks stand at a place: one or none in nearly all texts."""
    end = start
    while end < len(text) and text[end].isspace():
        end += 1
    return end - start


def _coded(text: str, start: int, end: int) -> list[int]:
    """The codes of the tokens of a stretch, quotation marks among them."""
    tokens = _TOKEN.findall(text, start, end)
    codes = [_CODES[token] for token in tokens]
    if any(map(_SCALE.__and__, codes)):
        return _with_scales(tokens, codes)
    return codes


def _with_scales(tokens: Sequence[str], codes: Sequence[int]) -> list[int]:
    """*Two hundred and five*, *1.5 million*: one number."""
    found: list[int] = []
    at = 0
    while at < len(codes):
        end = at
        while end < len(codes) and (codes[end] & (_NUMBER | _SCALE) or (tokens[end] == "and" and end > at)):
            end += 1
        if end - at > 1 and codes[at] & _NUMBER:
            found += [_keyed(word.key) for word in words_of(" ".join(tokens[at:end]))]
        elif end > at:
            found += codes[at:end]
        else:
            found.append(codes[at])
        at = max(end, at + 1)
    return found


def _code(token: str) -> int:
    mark = _MARKS.get(token)
    if mark is not None:
        return mark
    if token in ("an", "AN", "An"):
        token = "a"  # nosec B105  # an article, no password
    keys = [word.key for word in words_of(token) if word.key not in ("'s", "'d")]
    code = _keyed("".join(keys) if keys else unicodedata.normalize("NFKC", token).casefold())
    return code | _CAPITAL if token[0].isupper() else code


def _keyed(key: str) -> int:
    """The code of a word by its key (`wording.words_of`)."""
    stem = stemmed(key)
    word = hashed(stem)
    code = _HAS_WORD | word | weight_of(word) << _WEIGHT_AT
    if key in _SCALES:
        code |= _SCALE
    if key in _MONTHS:
        code |= _MONTHS[key] << _MONTH_AT
    if key.startswith("#"):
        # An ordinal is not the number of something (*the third of five*), but may be a day.
        digits = key[1:].removesuffix("th")
        if digits == key[1:]:
            code |= _NUMBER
        if digits.isdecimal() and digits.isascii() and len(digits) < 3 and 1 <= int(digits) <= 31:
            code |= int(digits) << _DAY_AT
    return code


def hashed(stem: str) -> int:
    """32 bits, the same on every machine."""
    digest = hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4)
    return int.from_bytes(digest.digest(), "little")


# An ending, what stands for it, and how many letters must be left.
_ENDINGS: Final = (
    ("ibilities", "ibl", 3), ("abilities", "abl", 3), ("ibility", "ibl", 3), ("ability", "abl", 3),
    ("izations", "iz", 3), ("ization", "iz", 3), ("fulness", "ful", 3), ("iveness", "iv", 3), ("ousness", "ous", 3),
    ("ements", "", 4), ("ement", "", 4), ("ments", "", 4), ("ment", "", 4), ("nesses", "", 3), ("ness", "", 3),
    ("ations", "at", 3), ("ation", "at", 3), ("ators", "at", 3), ("ator", "at", 3), ("ating", "at", 3), ("ated", "at", 3),
    ("ates", "at", 3), ("ate", "at", 3), ("ically", "ic", 3), ("ibly", "ibl", 3), ("ably", "abl", 3), ("ically", "ic", 3),
    ("tions", "t", 3), ("tion", "t", 3), ("sions", "s", 3), ("sion", "s", 3), ("ingly", "", 4), ("edly", "", 4),
    ("ings", "", 3), ("ing", "", 3), ("ied", "y", 2), ("ies", "y", 2), ("ers", "", 4), ("er", "", 4), ("eds", "", 4),
    ("ed", "", 3), ("ses", "s", 3), ("xes", "x", 2), ("ches", "ch", 2), ("shes", "sh", 2), ("es", "", 3), ("ly", "", 4),
    ("ss", "ss", 1), ("us", "us", 1), ("is", "is", 1), ("s", "", 3), ("e", "", 3),
)  # fmt: skip


def stemmed(key: str) -> str:
    """A word without its common endings: *announced*, *announcement* and *announces* are one.

    >>> [stemmed(w) for w in ("announcement", "announces", "reliable", "reliability", "city", "cities")]
    ['announc', 'announc', 'reliabl', 'reliabl', 'city', 'city']
    """
    if len(key) < 4 or not key.isalpha():
        return key
    for ending, instead, least in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= least:
            key = key[: len(key) - len(ending)] + instead
            break
    if len(key) > 4 and key[-1] == key[-2] and key[-1] in "bdgmnprt":
        key = key[:-1]
    return key.removesuffix("e") if len(key) > 4 else key


@lru_cache(maxsize=1)
def _table() -> tuple[dict[int, int], int]:
    """The weights of words by their hashes, and that of all others."""
    with np.load(io.BytesIO(read_data("word_weights.npz"))) as kept:
        words, weights = kept["words"].tolist(), kept["weights"].tolist()
        return dict(zip(words, weights, strict=True)), int(kept["others"])


def weight_of(word: int) -> int:
    """How rare a word is in news, in sixteenths of a bit."""
    known, others = _table()
    return known.get(word, others)


def _name_places(
    coded: npt.NDArray[np.int64],
    words: Hashes,
    weights: npt.NDArray[np.uint8],
    sentence_starts: npt.NDArray[np.int64],
    quoted: Sequence[int],
) -> npt.NDArray[np.int64]:
    """Capitalised words, of those at the start of a sentence only what is capitalised elsewhere too; none of a sentence that is
    capitalised throughout, as a headline is."""
    capital = ((coded & _CAPITAL) != 0) & (weights >= _LEAST_NAME)
    if not capital.any():
        return np.zeros(0, dtype=np.int64)
    begins = np.zeros(len(words), dtype=bool)
    begins[sentence_starts] = True
    begins[quoted[::2]] = True
    capital &= ~begins | (weights >= _LEAST_BEGINNING)
    # In a headline most of its words of weight are capitalised.
    weighty = np.add.reduceat(weights >= _LEAST_BEGINNING, sentence_starts, dtype=np.int64)
    capitals = np.add.reduceat(capital, sentence_starts, dtype=np.int64)
    shouted = capitals * 10 > weighty * 8
    inside = capital & ~begins & ~np.repeat(shouted, np.diff(sentence_starts, append=len(words)))
    sure = np.unique(words[inside])
    if not len(sure):
        return np.zeros(0, dtype=np.int64)
    at = np.flatnonzero(capital)
    found = np.minimum(np.searchsorted(sure, words[at]), len(sure) - 1)
    known: npt.NDArray[np.bool_] = sure[found] == words[at]
    return at[known]


def _quoted(
    coded: npt.NDArray[np.int64],
    is_word: npt.NDArray[np.bool_],
    place: npt.NDArray[np.int64],
    paragraphs: npt.NDArray[np.int64],
) -> list[int]:
    """First place and end of each stretch in quotation marks. A paragraph closes what is open."""
    marks = np.flatnonzero(~is_word)
    if not len(marks):
        return []
    ends = np.append(paragraphs[1:], len(coded))
    closed_by = ends[np.searchsorted(ends, marks, side="right")].tolist()
    found: list[int] = []
    open_at, open_until = -1, 0
    places, kinds = place[marks].tolist(), coded[marks].tolist()
    for at, (where, kind) in enumerate(zip(places, kinds, strict=True)):
        if open_at >= 0 and marks[at] >= open_until:
            found += (open_at, int(place[open_until]))
            open_at = -1
        if open_at >= 0 and kind & _CLOSES:
            found += (open_at, where)
            open_at = -1
        elif kind & _OPENS:
            open_at, open_until = where, closed_by[at]
    if open_at >= 0:
        found += (open_at, int(place[open_until]))
    return [n for pair in zip(found[::2], found[1::2], strict=True) if pair[1] > pair[0] for n in pair]


def _dates(coded: npt.NDArray[np.int64]) -> list[int]:
    months = np.flatnonzero((coded >> _MONTH_AT) & 0xF).tolist()
    found = []
    for at in months:
        month = int(coded[at] >> _MONTH_AT) & 0xF
        before = int(coded[at - 1] >> _DAY_AT) & 0x1F if at else 0
        after = int(coded[at + 1] >> _DAY_AT) & 0x1F if at + 1 < len(coded) else 0
        if after or before:
            found.append(32 * month + (after or before))
    return found
