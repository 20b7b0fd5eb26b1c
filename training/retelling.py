"""Copies of reports made by rule, for fitting: a retelling in other words, a spun copy, an edited one.

Rougher than the families that copies are measured on: what matters is how many words, names and numbers survive each way of
copying, and in which order.
"""

from __future__ import annotations

import random
import re

_SENTENCE = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[A-Z“\"‘])")
_TOKEN = re.compile(r"[\w’'.,$%-]*\w[%]?|[^\w\s]+")
_SMALL = frozenset(
    "the a an of to in on at for with by from as that which who is are was were be been has have had it its this these and or "
    "but not he she they his her their i we you will would could can may said say says there then than also while after".split()
)
_FILL = "that the a to of in which has with for is as also this been it while both such by".split()
_LINKS = ("while", "and", "as", "with", "after", "although", "which", "noting that", "adding that")

Synonyms = dict[str, list[str]]


def sentences_of(text: str) -> list[str]:
    """Roughly the sentences of a text."""
    return [s for p in text.split("\n") for s in _SENTENCE.split(p) if s.strip()]


def retold(text: str, rng: random.Random, strength: float, synonyms: Synonyms, filler: list[str]) -> str:
    """A text told anew; strength 0 to 1 says how few words survive.

    `filler` are words of the language, from which a retelling takes some of its own.
    """
    found: list[str] = []
    sentences = sentences_of(text)
    if rng.random() < 0.25 * strength and len(sentences) > 1:
        at = rng.randrange(len(sentences) - 1)
        sentences[at], sentences[at + 1] = sentences[at + 1], sentences[at]
    for sentence in sentences:
        clauses = re.split(
            r"(?<=,)\s+|\s+(?=(?:and|but|as|while|after|because|that|when|who)\s)|(?<=—)", sentence
        )
        if len(clauses) > 1 and rng.random() < 0.7 * strength:
            at = rng.randrange(len(clauses) - 1)
            clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
        if len(clauses) > 2 and rng.random() < 0.3 * strength:
            del clauses[rng.randrange(len(clauses))]
        words: list[str] = []
        for clause in clauses:
            words += _retold_clause(_TOKEN.findall(clause), rng, strength, synonyms, filler)
            if rng.random() < 0.2 * strength:
                words.append(rng.choice(_LINKS))
        line = " ".join(words).replace(" .", ".").replace(" ,", ",")
        found.append(line if line.endswith((".", "!", "?")) else line + ".")
    if len(found) > 2 and rng.random() < 0.3 * strength:
        del found[rng.randrange(len(found))]
    if len(found) > 1 and rng.random() < 0.4 * strength:
        found = [f[:-1] + " " + rng.choice(_LINKS) if n % 2 == 0 else f for n, f in enumerate(found)]
    return " ".join(found)


def _retold_clause(
    tokens: list[str], rng: random.Random, strength: float, synonyms: Synonyms, filler: list[str]
) -> list[str]:
    words: list[str] = []
    for token in tokens:
        lower = token.lower()
        if not any(c.isalnum() for c in token):
            if token in ",.;:" or rng.random() > strength:
                words.append(token)
        elif lower in _SMALL:
            if rng.random() > 0.55 * strength:
                words.append(token)
            if rng.random() < 0.3 * strength:
                words.append(rng.choice(_FILL))
        elif token[0].isupper() or any(c.isdigit() for c in token):
            if rng.random() > 0.08 * strength:
                words.append(token)
        else:
            others = synonyms.get(lower)
            chance = rng.random()
            if chance < 0.28 * strength and others:
                words.append(rng.choice(others))
            elif chance < 0.4 * strength:
                words.append(rng.choice(filler))
            elif chance > 1 - 0.1 * strength:
                continue
            else:
                words.append(token)
            if rng.random() < 0.12 * strength:
                words.append(rng.choice(filler))
    if len(words) > 6 and rng.random() < 0.4 * strength:
        at = rng.randrange(2, len(words) - 2)
        words = words[at:] + words[:at]
    return words


def told_independently(text: str, other: str, rng: random.Random) -> str:
    """A report of the same event by somebody else, made of the sentences of another report: names, numbers and some of the
    words of the text stand in it, in the order of the text at most in its first sentence."""
    names, words = rng.uniform(0.4, 0.97), rng.uniform(0.05, 0.6)
    kept = []
    for phrase in _phrases(text):
        is_name = any(t[0].isupper() or t[0].isdigit() for t in phrase)
        if rng.random() < (names if is_name else words):
            kept.append(phrase)
    # A first paragraph tells it in much the same order, whoever wrote it.
    lead = len(kept) if rng.random() < 0.4 else rng.randint(0, min(6, len(kept)))
    rest = kept[lead:]
    rng.shuffle(rest)
    kept = kept[:lead] + rest
    found: list[str] = []
    at = 0
    for sentence in sentences_of(other):
        tokens = _TOKEN.findall(sentence)
        free = [n for n, t in enumerate(tokens) if t.lower() not in _SMALL and any(c.isalnum() for c in t)]
        # As many of its own words go as facts come.
        gone = sorted(rng.sample(free, round(len(free) * rng.uniform(0.3, 0.9))))
        while gone and at < len(kept):
            taken, gone = gone[: len(kept[at])], gone[len(kept[at]) :]
            tokens[taken[0]] = " ".join(kept[at])
            for n in taken[1:]:
                tokens[n] = ""
            at += 1
        found.append(" ".join(t for t in tokens if t))
    return "\n\n".join(found)


def _phrases(text: str) -> list[list[str]]:
    """What a reporter would take over as one: a name with what stands in it, a word with the small words before it."""
    found: list[list[str]] = []
    small: list[str] = []
    for token in _TOKEN.findall(text):
        if not any(c.isalnum() for c in token):
            small = []
        elif token.lower() in _SMALL:
            small.append(token)
        elif found and not small and token[0].isupper() and found[-1][-1][0].isupper():
            found[-1].append(token)
        else:
            found.append([*small[-2:], token])
            small = []
    return found


def told_by_two(
    text: str, rng: random.Random, synonyms: Synonyms, filler: list[str]
) -> list[tuple[str, str]]:
    """Two reports of what one report tells: a part of its sentences in both, the second time in other words but for quotations,
    and of the rest each sentence in one of them; nothing for a text of a few sentences."""
    sentences = sentences_of(text)
    if len(sentences) < 4:
        return []
    in_both, of_first = rng.uniform(0.2, 0.55), rng.uniform(0.3, 0.7)
    first, second = list[str](), list[str]()
    for number, sentence in enumerate(sentences):
        # The news itself is told by both.
        if rng.random() < (0.7 if number < 2 else in_both):
            first.append(sentence)
            is_quoted = any(mark in sentence for mark in '“"')
            kept = is_quoted and rng.random() < 0.6
            second.append(
                sentence if kept else retold(sentence, rng, rng.uniform(0.35, 1.1), synonyms, filler)
            )
        else:
            (first if rng.random() < of_first else second).append(sentence)
    for _ in range(rng.randint(0, 1 + len(second) // 2)):
        if len(second) > 2:
            second.insert(rng.randrange(len(second)), second.pop(rng.randrange(len(second))))
    return [("\n\n".join(first), "\n\n".join(second))] if len(first) > 1 and len(second) > 1 else []


def spun(text: str, rng: random.Random, density: float, synonyms: Synonyms) -> str:
    """A text in which a machine swapped that share of its words for synonyms, one by one; in names too."""

    def swapped(found: re.Match[str]) -> str:
        word = found[0]
        others = synonyms.get(word.lower())
        if not others or word.lower() in _SMALL or rng.random() > density * (0.4 if word[0].isupper() else 1):
            return word
        other = rng.choice(others)
        return other.capitalize() if word[0].isupper() else other

    return re.sub(r"[^\W\d_]{3,}", swapped, text)


def edited(text: str, rng: random.Random) -> str:
    """A text as a sub-editor leaves it: cut, moved about, a sentence touched up here and there, perhaps one of its own."""
    paragraphs = [p for p in re.split(r"\n+", text) if p.strip()]
    if len(paragraphs) > 3 and rng.random() < 0.6:
        paragraphs = paragraphs[: rng.randint(max(2, len(paragraphs) // 3), len(paragraphs) - 1)]
    if len(paragraphs) > 4 and rng.random() < 0.4:
        for _ in range(rng.randint(1, 1 + len(paragraphs) // 5)):
            del paragraphs[rng.randrange(1, len(paragraphs))]
    if len(paragraphs) > 3 and rng.random() < 0.3:
        at = rng.randrange(1, len(paragraphs))
        paragraphs.insert(rng.randrange(1, len(paragraphs)), paragraphs.pop(at))
    touched = rng.choice((0.0, 0.05, 0.15, 0.35))
    return "\n\n".join(_touched(p, rng) if rng.random() < touched else p for p in paragraphs)


def _touched(paragraph: str, rng: random.Random) -> str:
    words = paragraph.split(" ")
    for _ in range(rng.randint(1, 3)):
        if len(words) < 8:
            break
        at = rng.randrange(1, len(words) - 4)
        match rng.randrange(4):
            case 0:
                del words[at : at + rng.randint(1, 4)]
            case 1:
                words.insert(
                    at, rng.choice(("also", "on Monday", "however", "reportedly", "earlier this week"))
                )
            case 2:
                words[at : at + 2] = words[at : at + 2][::-1]
            case _:
                words[at] = rng.choice(("officials", "about", "said", "the", "new", "told reporters"))
    return " ".join(words)
