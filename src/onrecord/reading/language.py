"""Which language a report is in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

# Below this many letters a guess is worth little, and a headline alone is taken for English.
MIN_LETTERS = 80
# Characters from the middle of the text that are looked at.
_SAMPLE_CHARS = 4_000
# A report counts as foreign only if the classifier is this sure: taking an English report for a
# foreign one loses all its statements, the other way round loses little.
_MIN_PROBABILITY = 0.95

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def tell_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None if it is too short to tell.

    Ties and doubt go to English.
    """
    middle = max(0, len(text) // 2 - _SAMPLE_CHARS // 2)
    sample = text[middle : middle + _SAMPLE_CHARS]
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if code == "en" or probability >= _MIN_PROBABILITY else "en"


def language_name(code: str) -> str:
    """The English name of a language, or its code where we know no name."""
    return NAMES.get(code, code)
