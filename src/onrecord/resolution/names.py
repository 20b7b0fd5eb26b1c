"""Names in a text: runs of capitalised words, without the titles before them.

English capitalises names, but also the first word of a sentence and every word of many headlines.
A sentence's first word counts as a name only where the text also prints it capitalised elsewhere,
or in a longer name; of a headline that capitalises everything only those names count that the
rest of the text has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.article import Span
from onrecord.resolution.words import (
    COMMON_SOURCES,
    FEMALE_NAMES,
    FUNCTION,
    KNOWN_BODIES,
    LONG_PLACES,
    MALE_NAMES,
    MONTHS,
    NEVER,
    ORGANISATION_WORDS,
    PEOPLES,
    PERSON_TITLES,
    PLACES,
    STATE_SHORT,
    TITLE_WORDS,
    WEEKDAYS,
)

# A longer run of capitalised words is a headline or a heading, whatever the rest of its line says.
_MAX_RUN_WORDS = 12
# Share of a line's words that are capitalised in a headline that capitalises everything.
_MIN_TITLE_CASE_SHARE = 0.7

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
# Words whose point belongs to them: it ends no sentence and no name.
_POINTED = r"(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sens?|Reps?|Govs?|Prof|Rev|Det|Atty|Supt|Inc|Corp|Ltd|Co|Mt|Ft)\."
_WORD = rf"(?:(?:al|el|as|ash)-)?(?:{_POINTED}|(?:[{_UPPER}]\.){{1,4}}(?![^\W\d_])|[{_UPPER}]\w*(?:[.’'-](?=[^\W_])\w+)*)"
_JOINER = r"(?:of|de|da|del|der|den|la|le|van|von|bin|ibn|dos|du|di|for|&)"
_NAME = re.compile(
    rf"(?<![\w@#/._-]){_WORD}(?:[ \u00a0](?:{_JOINER}[ \u00a0]){{0,2}}(?:the[ \u00a0])?{_WORD})*"
)
_INSIDE = re.compile(rf"(?:(?<=[^\W\d_A-ZÀ-Þ][ \u00a0])|(?<=[,;][ \u00a0])|(?<=,[’'”\"][ \u00a0])){_WORD}")
_TOKEN = re.compile(r"[^ \u00a0]+")
_LOWER_WORD = re.compile(r"\b[a-zà-þ][\w’'-]*")
_LINE = re.compile(r"[^\n]+")
_LINE_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]['’\"”)]*\s+|\n\s*|[“\"‘«(•–—-]\s*)$")
_SPEAKER_LABEL = re.compile(rf"^(?:[{_UPPER}]{{3,20}})(?=:)", re.MULTILINE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_CONTRACTED = re.compile(r"['’](?:s|t|re|ve|ll|d|m)$", re.IGNORECASE)
_SMALL_PART = re.compile(r"-[a-zà-þ]")
_OWN_POINT = re.compile(r"(?:\b\w\.)+$|\b(?:Jr|Sr|Inc|Corp|Ltd|Co)\.$")
# *(R-Ohio)*, *Jan.7*, *orpel.com*: capitalised or not, no names.
_NO_NAME = re.compile(r"[RDI]-[A-Z]|[A-Z][a-z]{2,3}\.\d|\S+\.(?:com|org|net|co)\b")
_FIRST_NAMES = FEMALE_NAMES | MALE_NAMES
_NO_SURNAMES = FUNCTION | TITLE_WORDS | ORGANISATION_WORDS
_NO_SPEAKERS = FUNCTION | NEVER | TITLE_WORDS
_ODD_SURNAMES = FUNCTION | MONTHS
_OF_HEADS = frozenset(
    "bank republic kingdom state states city gulf strait isle cape bay house secretary speaker book chamber daughters sons knights ministry doctors reporters movement commonwealth duke prince king queen archbishop bishop bureau".split()
)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name where it stands.

    Attributes:
        span: the name without title, *the* and *'s*.
        name: the name with single blanks; in a headline, as the rest of the text prints it.
        title: the words before it that only persons bear, lower case, empty if none.
        label: PER, ORG, LOC or FAC where the network says of what it is the name.
    """

    span: Span
    name: str
    title: tuple[str, ...] = ()
    label: str | None = None


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    bare: str  # lower case, without a last point

    @property
    def joins(self) -> bool:
        return (self.word[0].islower() and "-" not in self.word) or self.word == "&"


@dataclass(frozen=True, slots=True)
class _Usage:
    """How the text writes its words."""

    lower: Counter[str]
    inside: Counter[str]


def find_names(text: str) -> list[NameMention]:
    """All names of a text, in its order; about 3 ms for a thousand words."""
    headlines = _title_case_lines(text)
    usage = _Usage(Counter(_LOWER_WORD.findall(text)), _capitals_inside_sentences(text, headlines))
    found: list[NameMention] = []
    later: list[list[_Token]] = []  # runs in headlines, which wait for the names of the text
    for match in _NAME.finditer(text):
        tokens = _tokens(text, match.start(), match.end())
        if match.start() in headlines or len(tokens) > _MAX_RUN_WORDS:
            later.append(tokens)
            continue
        for part in _parts(tokens):
            found.extend(_names(text, part, usage))
    found = [_without_verb(text, mention, usage, forms) for forms in [_forms(found)] for mention in found]
    known = _known_forms(found)
    found = [_unshouted(mention, known) for mention in found]
    for tokens in later:
        found.extend(_known_names(tokens, known, usage))
    found.extend(_odd_surnames(text, known))
    return _without_overlaps([*_speaker_labels(text, known), *found])


def is_organisation_name(name: str) -> bool:
    """Does a word of the name say that it is a body and not a person?

    >>> is_organisation_name("Orpel Group"), is_organisation_name("Kaya Brandt")
    (True, False)
    """
    words = [w.lower().strip(".,") for w in name.split()]
    if any(w in ORGANISATION_WORDS for w in words) or (len(words) <= 2 and words[0] in KNOWN_BODIES):
        return True
    return is_acronym(name) and not is_place_name(name)


def is_acronym(name: str) -> bool:
    """*EPA*, *NAACP*, *U.N.*: capitals alone."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def is_place_name(name: str) -> bool:
    """Is the name a country, a state or a big city that the lists have?"""
    lower = name.lower()
    return lower.rstrip(".") in PLACES or lower in LONG_PLACES


def is_people(name: str) -> bool:
    """Is every word a people's, a faith's or a party's: *Republicans*, *Sunni*?"""
    words = (w.lower().rstrip(".") for w in name.split())
    return all(w in PEOPLES or (w.endswith("s") and w[:-1] in PEOPLES) for w in words)


def first_name_gender(name: str) -> str | None:
    """`f` or `m` for a common first name, None for others.

    >>> first_name_gender("Helen Marsh")
    'f'
    """
    first = name.split()[0].lower()
    if first in FEMALE_NAMES:
        return "f"
    return "m" if first in MALE_NAMES else None


class _Intervals:
    """Is an offset inside one of many stretches? They come in order, so do the questions."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        self._stretches = stretches
        self._at = 0

    def __contains__(self, offset: int) -> bool:
        while self._at < len(self._stretches) and self._stretches[self._at][1] <= offset:
            self._at += 1
        return self._at < len(self._stretches) and self._stretches[self._at][0] <= offset


def _title_case_lines(text: str) -> _Intervals:
    """Lines that capitalise nearly every word; all of a text without another line is no headline."""
    lines = []
    others = False
    for match in _LINE.finditer(text):
        words = [w for w in _LINE_WORD.findall(match.group()) if len(w) > 3]
        capitals = sum(not w[0].islower() for w in words)
        if len(words) >= 4 and capitals > _MIN_TITLE_CASE_SHARE * len(words):
            lines.append(match.span())
        else:
            others = others or len(words) > 2
    return _Intervals(lines if others else [])


def _capitals_inside_sentences(text: str, headlines: _Intervals) -> Counter[str]:
    """How often each capitalised word stands where a sentence does not begin."""
    counts: Counter[str] = Counter()
    in_headline = _Intervals(headlines._stretches)
    for found in _INSIDE.finditer(text):
        if found.start() not in in_headline:
            word = found.group()
            bare = _POSSESSIVE.sub("", word) if _has_apostrophe(word) else word
            counts[bare.rstrip(".")] += 1
    return counts


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [
        _Token(m.start(), m.end(), w := m.group(), w.lower().rstrip("."))
        for m in _TOKEN.finditer(text, start, end)
    ]


def _has_apostrophe(word: str) -> bool:
    return "'" in word or "’" in word


def _parts(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Cut a run where one name ends and another may begin."""
    part: list[_Token] = []
    for i, token in enumerate(tokens):
        marked = _has_apostrophe(token.word)
        possessive = _POSSESSIVE.search(token.word) if marked else None
        bare = token.bare[: possessive.start()] if possessive else token.bare
        hyphen = "-" in token.word and _SMALL_PART.search(token.word)
        if (
            _NO_NAME.match(token.word)
            or (marked and not possessive and _CONTRACTED.search(token.word))
            or bare in NEVER
            or bare in WEEKDAYS
            or (hyphen and not part)
        ) or (token.joins and not _keeps(part, tokens, i)):
            yield part
            part = []
        elif token.bare in FUNCTION and part and part[-1].word.endswith(".") and not token.joins:
            yield part
            part = [token]
        elif possessive:
            cut = possessive.start()
            part.append(_Token(token.start, token.start + cut, token.word[:cut], bare))
            if bare not in FUNCTION:
                yield part
            part = []
        else:
            part.append(token)
    yield part


def _keeps(part: list[_Token], tokens: list[_Token], i: int) -> bool:
    """Does *of* or *for* stand inside a name (*Bank of Orpel*), not between two (*Li of Ohio*)?"""
    if tokens[i].word not in ("of", "for", "the", "&"):
        return bool(part)
    return any(t.bare in ORGANISATION_WORDS or t.bare in _OF_HEADS for t in part) or tokens[i].word == "&"


def _names(text: str, part: list[_Token], usage: _Usage) -> Iterator[NameMention]:
    """The names of one part of a run: *Orpel Mayor Kaya Brandt* holds two."""
    words, title = _without_lead(text, part, usage)
    split = _inner_title(words)
    if split:
        yield from _name(text, words[: split[0]], title)
        # *Secretary of State Li*: what follows the title is its office.
        rest = words[split[1] :]
        titles = tuple(t.bare for t in words[split[0] : split[1]] if t.bare in PERSON_TITLES)
        yield from _name(text, rest, titles)
    else:
        yield from _name(text, words, title)


def _without_lead(text: str, part: list[_Token], usage: _Usage) -> tuple[list[_Token], tuple[str, ...]]:
    """Cut what is not name from the beginning: *But President*, *Former Chairwoman*, *Apparently*."""
    words = list(part)
    title: list[str] = []
    at_start = bool(words) and _starts_sentence(text, words[0].start)
    while words:
        word = words[0]
        alone = len(words) == 1
        if word.joins or word.bare in FUNCTION or (word.bare in MONTHS and (alone or at_start)):
            words.pop(0)
        elif not alone and word.bare in TITLE_WORDS and not _is_body(words):
            words.pop(0)
            title.append(word.bare)
            del words[: _office(words)]
            if word.bare == "miss" and words[0].bare in ("universe", "america", "world", "usa"):
                words.pop(0)
        elif (title and not alone and word.bare in PEOPLES) or (
            not alone and word.bare in PEOPLES and words[1].bare in TITLE_WORDS and not _is_body(words)
        ):
            words.pop(0)
        elif alone and len(word.word) > 3 and word.word.isupper() and usage.lower[word.bare]:
            words.pop(0)  # a shouted word
        elif at_start and _is_common(word, alone, usage):
            words.pop(0)
        else:
            break
        at_start = False
    return words, tuple(t for t in title if t in PERSON_TITLES)


def _office(words: list[_Token]) -> int:
    """How many words after a title still belong to it: *of State* in *Secretary of State Li*."""
    if len(words) > 2 and words[0].word == "of":
        rest = words[1:]
        offices = ("state", "defense", "defence", "commerce", "labor", "energy", "health", "education", "homeland", "security", "national", "intelligence", "staff", "the", "treasury", "interior", "agriculture")  # fmt: skip
        n = 0
        while n < len(rest) - 1 and rest[n].bare in offices:
            n += 1
        return n + 1 if n else 1
    return 0


def _is_body(words: list[_Token]) -> bool:
    """*Republican National Committee*, *General Motors*: here the title belongs to the name.

    Up to the next title: *Senate Majority Leader Li* is no body, nor is *Justice Department
    Spokesman Li*, whose department is.
    """
    head = words[0].bare
    if head == "general" and words[1].bare in ("motors", "electric", "mills", "assembly", "dynamics"):
        return True
    for i, word in enumerate(words[1:], 1):
        if word.bare in PERSON_TITLES and i < len(words) - 1:
            return False
        if word.bare in ORGANISATION_WORDS and word.bare not in ("house", "senate", "press", "campaign"):
            return i == len(words) - 1 or head not in ("mr", "mrs", "ms", "dr")
    return False


def _is_common(word: _Token, alone: bool, usage: _Usage) -> bool:
    """Is a sentence's first word capitalised for its place alone?"""
    inside = usage.inside[word.word.rstrip(".")]
    lower = usage.lower[word.bare]
    if lower > inside:
        return True
    if inside or is_acronym(word.word) or is_place_name(word.word):
        return False
    if alone:
        return True
    return word.bare in COMMON_SOURCES or word.bare.endswith(("ing", "ly")) or "-" in word.word


def _inner_title(words: list[_Token]) -> tuple[int, int] | None:
    """The titles inside a run, as (first, end): *Orpel [Foreign Minister] Kaya Brandt*."""
    for end in range(len(words) - 1, 0, -1):
        token = words[end - 1]
        if token.bare in PERSON_TITLES and end - 1 > 0 and not words[end].joins:
            if any(w.bare in ORGANISATION_WORDS for w in words[end:]):
                continue
            first = end - 1
            while first > 0 and words[first - 1].bare in TITLE_WORDS and not words[first - 1].joins:
                first -= 1
            return (first, end) if first > 0 else None
    for i in range(1, len(words) - 2):
        if words[i].bare in ("secretary", "director", "minister") and words[i + 1].word == "of":
            office = _office(words[i + 1 :])
            if 0 < office < len(words) - i - 1:
                return i, i + 1 + office
    return None


def _name(text: str, words: list[_Token], title: tuple[str, ...]) -> Iterator[NameMention]:
    words = list(words)
    while words and (words[-1].joins or words[-1].bare == "i"):
        words.pop()
    # An office without its holder is a description: *the Orpel Police Chief*.
    while words and words[-1].bare in PERSON_TITLES and (len(words) == 1 or not (title or words[-2].joins)):
        words.pop()
    if not words:
        return
    if len(words) == 1 and (words[0].bare in MONTHS or words[0].bare in FUNCTION):
        return
    if len(words) == 1 and words[0].bare in TITLE_WORDS:
        return
    if len(words) == 1 and words[0].bare in STATE_SHORT and text[words[0].end : words[0].end + 1] == ".":
        return
    if not title and is_people(" ".join(w.bare for w in words)):
        return
    first, last = words[0].start, words[-1].end
    if text[last - 1] == "." and not _OWN_POINT.search(text[first:last]):
        last -= 1
    name = " ".join(text[first:last].split())
    if sum(c.isalpha() for c in name) >= 2:
        yield NameMention(Span(first, last), name, title)


def _starts_sentence(text: str, at: int) -> bool:
    return at == 0 or bool(_SENTENCE_START.search(text[max(0, at - 6) : at]))


def _known_forms(found: list[NameMention]) -> dict[str, str]:
    """Names of the text and the surnames in them, by lower case."""
    known: dict[str, str] = {}
    for mention in sorted(found, key=lambda m: m.name.isupper()):
        words = mention.name.split()
        known.setdefault(mention.name.lower(), mention.name)
        if (
            2 <= len(words) <= 4
            and not is_organisation_name(mention.name)
            and not is_place_name(mention.name)
        ):
            known.setdefault(words[-1].lower(), words[-1])
    return known


def _forms(found: list[NameMention]) -> frozenset[str]:
    return frozenset(m.name for m in found)


def _without_verb(text: str, mention: NameMention, usage: _Usage, forms: frozenset[str]) -> NameMention:
    """*Ana Orpel* in *Thank Ana Orpel*, where the text has that name elsewhere."""
    first, _, rest = mention.name.partition(" ")
    if (
        " " not in rest
        or rest not in forms
        or usage.inside[first]
        or first_name_gender(first)
        or not first_name_gender(rest)
        or not _starts_sentence(text, mention.span.start)
    ):
        return mention
    return NameMention(Span(mention.span.end - len(rest), mention.span.end), rest, mention.title)


def _unshouted(mention: NameMention, known: dict[str, str]) -> NameMention:
    """*BRANDT* is *Brandt* where the text has both."""
    name = known[mention.name.lower()]
    return mention if name == mention.name else NameMention(mention.span, name, mention.title)


def _known_names(tokens: list[_Token], known: dict[str, str], usage: _Usage) -> Iterator[NameMention]:
    """The longest known names in a run of a headline, and a common first name with its surname."""
    i = 0
    while i < len(tokens):
        for j in range(min(len(tokens), i + 6), i, -1):
            last = tokens[j - 1]
            cut = _POSSESSIVE.search(last.word) if _has_apostrophe(last.word) else None
            word = last.word[: cut.start()] if cut else last.word
            key = " ".join([t.word for t in tokens[i : j - 1]] + [word]).lower()
            name = known.get(key) or known.get(key.rstrip("."))
            if name is None and j == i + 2 and _is_full_name(tokens[i], word, usage):
                name = f"{tokens[i].word} {word}"
            if name:
                yield NameMention(Span(tokens[i].start, last.start + len(word)), name)
                i = j
                break
        else:
            i += 1


def _is_full_name(first: _Token, surname: str, usage: _Usage) -> bool:
    low = surname.lower()
    return (
        first.bare in _FIRST_NAMES
        and surname[0].isupper()
        and not surname.endswith("s")
        and low not in _NO_SURNAMES
        and not usage.lower[first.bare]
        and not usage.lower[low]
        and not usage.lower[low + "s"]
        and not usage.lower[low + "ed"]
    )


def _speaker_labels(text: str, known: dict[str, str]) -> Iterator[NameMention]:
    """*BRANDT:* at the beginning of a line, in a transcript."""
    labels = list(_SPEAKER_LABEL.finditer(text))
    counts = Counter(m.group() for m in labels)
    for match in labels:
        word = match.group()
        name = known.get(word.lower())
        if (name is None or name == word) and counts[word] > 1 and word.lower() not in _NO_SPEAKERS:
            name = word.title() if len(word) > 4 else word
        if name:
            yield NameMention(Span(*match.span()), name)


def _odd_surnames(text: str, known: dict[str, str]) -> Iterator[NameMention]:
    """Surnames that are other words too (*May*, *Will*, *March*): inside a sentence, before no date."""
    odd = {
        n.split()[-1]
        for n in known.values()
        if " " in n and n.split()[-1].lower() in _ODD_SURNAMES and first_name_gender(n)
    }
    for word in sorted(odd):
        for match in re.finditer(
            rf"(?<![.!?:“\"\n] )(?<![“\"\n])\b{word}\b(?! \d|, \d)(?=(?:['’]s)?[ ,.])", text
        ):
            before = text[max(0, match.start() - 12) : match.start()].lower()
            if match.start() and not re.search(
                r"\b(?:in|since|until|till|last|next|this|by|of|on|early|late|mid|\d\d?)[ -]$", before
            ):
                yield NameMention(Span(*match.span()), word)


def _without_overlaps(found: list[NameMention]) -> list[NameMention]:
    kept: list[NameMention] = []
    for mention in sorted(found, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept
