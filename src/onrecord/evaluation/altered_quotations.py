"""Quotations with a known change, made from those of given texts, and how well the change is told.

No labelled set of altered quotations can be had. Each change here is one that desks and machines make: trims, marks and house
style on the one hand, words that make another saying of it on the other. The same seed makes the same set on every machine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.evaluation.lines import numbered_rows
from onrecord.resolution.stories.quoted import quotations_of
from onrecord.resolution.stories.variants import compare_quotations

Expected = Literal["punctuation", "trimmed", "altered"]
Change = Callable[[str, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Made:
    """A quotation, what was made of it, how, and what that makes of the two."""

    first: str
    second: str
    how: str
    expected: Expected


_LEAST_WORDS, _MOST_WORDS = 6, 80
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|must|has|have|had|do|does|did)\b(?! not\b|n[’']t)"
)
_NEGATED = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|must|has|have|had|do|does|did)(?: not|n[’']t)\b"
)
_MODAL = re.compile(r"\b(may|might|can|could|must|should|shall|will|would)\b(?!n[’']t)")
_MODALS = "may can must should will would could might".split()
_DIGITS = re.compile(r"\b[1-9]\d*\b(?![.,]?\d)")
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_SMALL_NUMBER = re.compile(rf"(?<!-)\b({'|'.join(_SMALL)})\b(?!-)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_NAMES = "Orrel Vessara Taslan Brusko Kessand Marwick".split()
_OPPOSITES = (
    "more/less always/never win/lose good/bad right/wrong first/last before/after all/some support/oppose increase/decrease"
    " better/worse old/new high/low strong/weak safe/dangerous easy/hard true/false many/few everybody/nobody best/worst"
    " up/down friends/enemies love/hate accept/reject start/stop rich/poor men/women public/private possible/impossible"
    " able/unable fair/unfair legal/illegal important/unimportant happy/unhappy certain/uncertain necessary/unnecessary"
).split()
_SWAPPED = {w: other for pair in _OPPOSITES for w, other in (pair.split("/"), pair.split("/")[::-1])}
_AGENTS = {"he": "she", "she": "he", "we": "they", "they": "we", "our": "their", "their": "our", "his": "her"}
_STRONGER = "very really never always only completely hardly".split()
_PROMISE = {"will": "would", "is going to": "was going to", "are": "were", "is": "was"}
_SPELLINGS = {
    "labor": "labour", "organize": "organise", "organized": "organised", "center": "centre", "defense": "defence",
    "color": "colour", "program": "programme", "toward": "towards", "recognize": "recognise", "traveled": "travelled",
    "percent": "per cent", "Senator": "Sen.", "favor": "favour", "honor": "honour", "behavior": "behaviour",
    "realize": "realise", "theater": "theatre", "neighbors": "neighbours", "analyze": "analyse", "jewelry": "jewelry",
}  # fmt: skip
_SHORT = {
    "do not": "don’t", "does not": "doesn’t", "did not": "didn’t", "is not": "isn’t", "are not": "aren’t",
    "will not": "won’t", "can not": "can’t", "cannot": "can't", "I am": "I’m", "it is": "it’s", "we are": "we’re",
    "they are": "they’re", "I have": "I’ve", "we have": "we’ve", "would not": "wouldn't", "he is": "he's",
}  # fmt: skip
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|St|Jr|Sr|vs|No))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|P\.S))[.!?]\s+(?=[A-Z“\"])"
)
_TURNING = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|hardly|barely|scarcely|nowhere|if|unless|only|except|but"
    r"|though|although|provided|until|till|almost|nearly|some|most|few|several|perhaps|maybe|possibly|probably|allegedly"
    r"|reportedly|sometimes|rarely|seldom|before|after|because|may|might|can|could|must|shall|should|will|would|ought"
    r"|cannot)\b|n[’']t\b|[’'](?:ll|d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d[\d,.]*\d|[\w’'-]+")


def _replaced(words: re.Pattern[str], by: Callable[[re.Match[str], random.Random], str | None]) -> Change:
    """A change of one of the places that a pattern finds."""

    def change(text: str, rng: random.Random) -> str | None:
        places = list(words.finditer(text))
        if not places:
            return None
        place = rng.choice(places)
        new = by(place, rng)
        return None if new is None else text[: place.start()] + new + text[place.end() :]

    return change


def _swapped(table: dict[str, str]) -> Change:
    pattern = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in sorted(table, key=len, reverse=True)))
    return _replaced(pattern, lambda m, _: table[m[0]])


def _other(words: Sequence[str], word: str, rng: random.Random) -> str:
    return rng.choice([w for w in words if w != word])


def _shift(digits: str, rng: random.Random) -> str:
    """Another number: digits exchanged, or one more or less."""
    turned = digits[::-1].lstrip("0")
    return (
        turned
        if turned and turned != digits and rng.random() < 0.5
        else str(int(digits) + rng.choice((1, 10, 100)))
    )


def _inserted_word(text: str, rng: random.Random) -> str | None:
    return _replaced(_AUXILIARY, lambda m, r: f"{m[0]} {r.choice(_STRONGER)}")(text, rng)


def _dropped_word(text: str, rng: random.Random) -> str | None:
    """A word from the middle, with nothing to show for it."""
    places = [
        m for m in _WORD.finditer(text) if len(m[0]) > 3 and m[0].isalpha() and m.end() < len(text) - 12
    ][2:]
    if not places:
        return None
    place = rng.choice(places)
    return text[: place.start()] + text[place.end() :].lstrip()


def _cut_turning(text: str, rng: random.Random) -> str | None:
    """The end of a sentence goes, and with it what it hung on."""
    places = [m for m in re.finditer(r",? (?:if|unless|except|but|until|provided) ", text) if m.start() > 25]
    places = [m for m in places if not _SENTENCE_END.search(text, m.start())]
    return text[: rng.choice(places).start()] + "." if places else None


def _first_sentences(text: str, rng: random.Random) -> str | None:
    places = list(_SENTENCE_END.finditer(text))
    return text[: rng.choice(places).start() + 1] if places else None


def _last_sentences(text: str, rng: random.Random) -> str | None:
    places = list(_SENTENCE_END.finditer(text))
    return text[rng.choice(places).end() :] if places else None


def _cut_end(text: str, rng: random.Random) -> str | None:
    """Words at the end go that turn nothing."""
    places = [
        m.start() for m in re.finditer(r",? (?:and|in|on|at|for|with|to|from|as|by) ", text) if m.start() > 25
    ]
    places = [p for p in places if not _TURNING.search(_within(text, p, len(text)))]
    return text[: rng.choice(places)] + rng.choice((",", ".", "")) if places else None


def _within(text: str, start: int, end: int) -> str:
    """What a cut takes from the sentence that it begins in."""
    whole = _SENTENCE_END.search(text, start, end)
    return text[start : whole.start() if whole else end]


def _gap(text: str, rng: random.Random) -> str | None:
    """Words in the middle go, and points are put for them."""
    words = list(_WORD.finditer(text))
    if len(words) < 12:
        return None
    first = rng.randrange(3, len(words) - 6)
    last = min(first + rng.randint(2, 6), len(words) - 3)
    cut = text[words[first].start() : words[last].end()]
    if _TURNING.search(cut) or re.search(r"[.!?]", cut):
        return None
    return (
        text[: words[first].start()]
        + rng.choice(("… ", "... ", "[...] "))
        + text[words[last].end() :].lstrip()
    )


def _clarified(text: str, rng: random.Random) -> str | None:
    return _replaced(
        re.compile(r"(?<=[a-z,] )(?:he|she|they|him|them)\b"), lambda m, r: f"[{r.choice(_NAMES)}]"
    )(text, rng)


def _marks(text: str, rng: random.Random) -> str | None:
    changed = text.translate(str.maketrans("’“”—", '\'""–'))
    if rng.random() < 0.5:
        changed = re.sub(r",(?= )", "", changed, count=1)
    if rng.random() < 0.5:
        changed = re.sub(r"\.\s*$", ",", changed)
    return changed if changed != text else None


def _blanks(text: str, rng: random.Random) -> str | None:
    return _replaced(re.compile(" "), lambda _, r: r.choice(("\u00a0", "  ", "\n")))(text, rng)


def _scanned(text: str, rng: random.Random) -> str | None:
    """A letter read as a figure, or lost."""
    return _replaced(
        re.compile(r"(?<=[a-z])[ol](?=[a-z])"), lambda m, r: r.choice(({"o": "0", "l": "1"}[m[0]], "\ufffd"))
    )(text, rng)


CHANGES: dict[str, tuple[Expected, Change]] = {
    "a negation put in": ("altered", _replaced(_AUXILIARY, lambda m, _: f"{m[0]} not")),
    "a negation taken out": ("altered", _replaced(_NEGATED, lambda m, _: m[1])),
    "another modal": ("altered", _replaced(_MODAL, lambda m, r: _other(_MODALS, m[0], r))),
    "another number": ("altered", _replaced(_DIGITS, lambda m, r: _shift(m[0], r))),
    "another number in words": ("altered", _replaced(_SMALL_NUMBER, lambda m, r: _other(_SMALL, m[0], r))),
    "another name": ("altered", _replaced(_NAME, lambda m, r: _other(_NAMES, m[0], r))),
    "the opposite": ("altered", _swapped(_SWAPPED)),
    "another agent": ("altered", _swapped(_AGENTS)),
    "another tense": ("altered", _swapped(_PROMISE)),
    "a word put in": ("altered", _inserted_word),
    "a word dropped": ("altered", _dropped_word),
    "a condition cut off": ("altered", _cut_turning),
    "the last sentences cut": ("trimmed", _first_sentences),
    "the first sentences cut": ("trimmed", _last_sentences),
    "the end of a sentence cut": ("trimmed", _cut_end),
    "a gap shown": ("trimmed", _gap),
    "a pronoun made clear": ("trimmed", _clarified),
    "other marks": ("punctuation", _marks),
    "other blanks": ("punctuation", _blanks),
    "another spelling": ("punctuation", _swapped(_SPELLINGS)),
    "contracted": ("punctuation", _swapped(_SHORT)),
    "written out": ("punctuation", _swapped({short: long for long, short in _SHORT.items()})),
    "figures": (
        "punctuation",
        _replaced(_SMALL_NUMBER, lambda m, _: str(_SMALL.index(m[0]) + 2)),
    ),
    "badly scanned": ("punctuation", _scanned),
}


_OF_STYLE = [change for expected, change in CHANGES.values() if expected == "punctuation"]
# How many of the changes come with a change of style as well.
_BOTH = 0.3


def make_pairs(texts: Iterable[str], seed: int) -> Iterator[Made]:
    """Every quotation of the texts with each change that it allows, a part of them with a change of style besides; which of
    the two comes first is left to chance."""
    rng = random.Random(seed)  # nosec B311  # a seed that gives the same each time is what is wanted
    for text in texts:
        for quoted in quotations_of(text):
            if not _LEAST_WORDS <= len(quoted.words.split()) <= _MOST_WORDS:
                continue
            for how, (expected, change) in CHANGES.items():
                changed = change(quoted.words, rng)
                if changed is None or changed == quoted.words:
                    continue
                if rng.random() < _BOTH:
                    changed = rng.choice(_OF_STYLE)(changed, rng) or changed
                pair = (quoted.words, changed) if rng.random() < 0.5 else (changed, quoted.words)
                yield Made(*pair, how, expected)


class TextRow(msgspec.Struct):
    """One line of a corpus of which the text alone is looked at."""

    text: str


def evaluate_quotations(path: Path, seed: int) -> dict[str, dict[str, float]]:
    """The figures of `score_pairs` on quotations of the articles of a file, .jsonl or .jsonl.gz.

    Raises:
        UsageError: if it cannot be opened or a line does not fit.
    """
    rows = numbered_rows(path, TextRow, what="an article", needs='"text"')
    figures, _ = score_pairs(make_pairs((row.text for _, row in rows), seed))
    return figures


def score_pairs(pairs: Iterable[Made]) -> tuple[dict[str, dict[str, float]], list[Made]]:
    """Figures in per cent, and the pairs that were told wrongly, altered or not.

    `altered` has precision, recall and F1; `false alarms` the share of trims and of changes of style that were called altered;
    then for each way of changing the share that was told rightly as altered or not.
    """
    hits: dict[str, list[int]] = {how: [0, 0] for how in CHANGES}
    counts = {"told": 0, "altered": 0, "right": 0, "harmless": 0, "alarms": 0}
    wrong: list[Made] = []
    for pair in pairs:
        told = compare_quotations(pair.first, pair.second).kind == "altered"
        is_altered = pair.expected == "altered"
        counts["told"] += told
        counts["altered"] += is_altered
        counts["right"] += told and is_altered
        counts["harmless"] += not is_altered
        counts["alarms"] += told and not is_altered
        hits[pair.how][0] += told == is_altered
        hits[pair.how][1] += 1
        if told != is_altered:
            wrong.append(pair)
    precision = counts["right"] / max(1, counts["told"])
    recall = counts["right"] / max(1, counts["altered"])
    figures: dict[str, dict[str, float]] = {
        "altered": {
            "precision": _percent(precision),
            "recall": _percent(recall),
            "f1": _percent(2 * precision * recall / max(1e-9, precision + recall)),
        },
        "false alarms": {"share": _percent(counts["alarms"] / max(1, counts["harmless"]))},
        "pairs": {"altered": counts["altered"], "not altered": counts["harmless"]},
    }
    for how, (right, of) in hits.items():
        if of:
            figures[how] = {"right": _percent(right / of), "of": of}
    return figures, wrong


def _percent(share: float) -> float:
    return round(100 * share, 1)
