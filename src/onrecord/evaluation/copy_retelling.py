"""What changes a report throughout: retold by rule in other words, or spun word by word from a thesaurus.

The thesaurus is WordNet's synonyms of the words that news uses, as they ship for `resolution.stories.suspicion`.
"""

from __future__ import annotations

import random
import re

from onrecord.evaluation.copy_edits import Paragraphs, sentences_of
from onrecord.resolution.stories.suspicion import synonyms_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
# *Orrel said*, *the mayor said on Monday* at the end of a sentence.
_SAID_AT_END = re.compile(
    r"(?P<what>.{25,}?)[,”\"]*,?[”\"]? (?P<who>(?:the |a )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+){0,3}) said(?: on \w+)?\.$"
)
_CLAUSES = re.compile(r", (?=(?:which|who|while|after|before|although|because|when|where|as|but|and)\b)")
_FILLED = ("reportedly ", "also ", "meanwhile ", "in addition ")
_SWAP_RETOLD, _SWAP_SPUN = 0.42, 0.38


def spin(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Synonyms for single words, in names and set phrases too; now and then a word twice."""
    return [_swapped(p, rng, _SWAP_SPUN, keeps_names=False, doubles=0.004) for p in paragraphs]


def retell(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Every sentence in other words: clauses change places, who said it comes first, sentences are joined or left out, quotations
    become reported speech."""
    told = []
    for paragraph in paragraphs:
        sentences = []
        for sentence in sentences_of(paragraph):
            if rng.random() < 0.08 and len(paragraphs) > 2:
                continue
            sentences.append(_retold(sentence, rng))
        if len(sentences) > 1 and rng.random() < 0.3:
            first, second = sentences[0].rstrip(".!?"), sentences[1]
            sentences[:2] = [
                f"{first}, {rng.choice(('and', 'while', 'with'))} {second[:1].lower()}{second[1:]}"
            ]
        if sentences:
            told.append(" ".join(sentences))
    return told or list(paragraphs)


def _retold(sentence: str, rng: random.Random) -> str:
    said = _SAID_AT_END.fullmatch(sentence)
    if said and rng.random() < 0.8:
        what = said["what"].strip('“”",. ')
        who = said["who"]
        sentence = rng.choice(
            (
                f"According to {who}, {what[:1].lower()}{what[1:]}.",
                f"{who[:1].upper()}{who[1:]} stated that {what[:1].lower()}{what[1:]}.",
            )
        )
    elif rng.random() < 0.5:
        sentence = sentence.replace("“", "").replace("”", "").replace('"', "")
    parts = _CLAUSES.split(sentence.rstrip('.!?”"'))
    if len(parts) > 1 and rng.random() < 0.6:
        last = parts.pop()
        sentence = f"{last[:1].upper()}{last[1:]}, {', '.join(parts)[:1].lower()}{', '.join(parts)[1:]}."
    changed = _swapped(sentence, rng, _SWAP_RETOLD, keeps_names=True, doubles=0.0)
    if rng.random() < 0.3:
        words = changed.split(" ")
        words.insert(min(len(words), rng.randint(1, 4)), rng.choice(_FILLED).strip())
        changed = " ".join(words)
    return changed


def _swapped(text: str, rng: random.Random, share: float, *, keeps_names: bool, doubles: float) -> str:
    def word(m: re.Match[str]) -> str:
        printed = m[0]
        if rng.random() < doubles:
            return f"{printed} {printed}"
        if len(printed) < 4 or rng.random() >= share:
            return printed
        is_name = printed[0].isupper() and m.start() > 0
        if is_name and (keeps_names or rng.random() < 0.5):
            return printed
        others = synonyms_of(printed.lower())
        if not others:
            return printed
        other = rng.choice(others)
        return other.capitalize() if printed[0].isupper() else other

    return _WORD.sub(word, text)
