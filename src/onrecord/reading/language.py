"""Which language a report is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

# Below this many letters a guess is worth little, and a headline alone is taken for English.
MIN_LETTERS = 80
# Characters from the middle of the text that are looked at.
_SAMPLE_CHARS = 4_000
# What stands behind the last block of Latin letters, but for the general punctuation that all scripts use.
_OTHER_SCRIPT = re.compile("[^\0-\u024f\u2000-\u206f]")
# A report counts as foreign only if the classifier is this sure: taking an English report for a
# foreign one loses all its statements, the other way round loses little.
_MIN_PROBABILITY = 0.95
# Words that a text of any length in English has and that no other language's prose is full of
# (*in*, *is*, *of*, *for*, *was*, *we* are left out for that). They settle nearly all reports without
# the classifier, whose model takes 0.6 s to load.
_ENGLISH_WORDS = frozenset(
    """the and to that with from this which his her their they he she it its who what been being would could
    should will not but are were have has had by about after before than then there when where while said
    says because into other more some only also you your my our""".split()
)
# Lowest share of those words that settles it: 99 of 100 articles of PolNeAR have it.
_MIN_ENGLISH_SHARE = 0.15
_WORD = re.compile(r"[^\W\d_]+")

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "ig": "Igbo", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian",
    "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "tg": "Tajik", "th": "Thai", "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish",
    "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "wuu": "Chinese",
    "yo": "Yoruba", "yue": "Chinese", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def tell_language(text: str) -> str | None:
    """The ISO 639 code of a text's language (two letters where it has them); None if the text is too
    short to tell.

    Ties and doubt go to English.

    >>> tell_language("Too short")
    """
    middle = max(0, len(text) // 2 - _SAMPLE_CHARS // 2)
    sample = text[middle : middle + _SAMPLE_CHARS]
    # Nearly all texts are English and have enough letters in their first lines.
    if sum(map(str.isalpha, sample[: 2 * MIN_LETTERS])) >= MIN_LETTERS and _is_plainly_english(sample):
        return "en"
    letters = sum(map(str.isalpha, sample))
    other_script = sum(map(str.isalpha, _OTHER_SCRIPT.findall(sample))) if not sample.isascii() else 0
    # A Chinese character says as much as three letters; other scripts give themselves away at once.
    if letters + 2 * other_script < MIN_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    code, probability = _identifier().classify(sample)
    if code == "zxx":  # "no language": tables, code, lists of names
        return "en"
    # Close kin share a probability (Arabic and its dialects); English is not among them in their script.
    is_sure = probability >= _MIN_PROBABILITY or other_script > 0.5 * letters
    return str(code) if is_sure else "en"


def _is_plainly_english(sample: str) -> bool:
    # One clipped or joined token, as Chinese gives, settles nothing.
    return has_english_words(_WORD.findall(sample.lower()), least=10)


def has_english_words(words: Sequence[str], *, least: int) -> bool:
    """Are there at least so many words, in small letters, and as many of English grammar among them as in prose?"""
    known = sum(map(_ENGLISH_WORDS.__contains__, words))
    return len(words) >= least and known >= _MIN_ENGLISH_SHARE * len(words)


def language_name(code: str) -> str:
    """The English name of a language, or its code where we know no name."""
    return NAMES.get(code, code)
