"""UTF-8 that somebody read as cp1252 or Latin-1 and saved again (*itâ€™s*, *JosÃ©*): put right.

Each broken character is two to four characters that, written in cp1252, are exactly the bytes of one character in
UTF-8. Such a sequence is put right alone if good text never has it (*â€™*). One that good text might have
(*É”*, the end of a quotation in capitals) is put right only if next to nothing in the text is unbroken. The
problem is the one that `ftfy` solves (Speer 2019, https://doi.org/10.5281/zenodo.2591652); its further repairs
guess, and are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

# What cp1252 makes of the bytes of longer sequences in UTF-8: a first byte, and those that follow. The five bytes
# that it leaves undefined, and all of these bytes in Latin-1, are control characters.
_BYTE = {bytes([b]).decode("cp1252", "replace"): b for b in range(0x80, 0x100)}
_BYTE |= {chr(b): b for b in range(0x80, 0x100)}
_BYTE.pop("\ufffd", None)
_NEXT = "".join(re.escape(c) for c, b in _BYTE.items() if b < 0xC0)
# One class for all first characters is searched for many times as fast as several patterns are.
_SEQUENCE = re.compile(
    f"[Â-ô](?:(?<=[Â-ß])[{_NEXT}]|(?<=[à-ï])[{_NEXT}]{{2}}|(?<=[ð-ô])[{_NEXT}]{{3}}|(?<=â)€\ufffd)"
)
# How each sequence begins in UTF-8: one of *Â* to *ô*, and a character beyond ASCII.
_SEQUENCE_BEGIN = re.compile(b"\xc3[\x82-\xb4][\xc2-\xf4]")
# Bytes of UTF-8, those of ASCII as blanks.
_ASCII_AS_BLANKS = b" " * 0x80 + bytes(range(0x80, 0x100))
# Sequences that no good text has: punctuation (*â€* and one more), euro and trade mark signs, signs and letters of
# Latin-1 (behind *Ã* no quotation mark, dash or the like, which may follow a word in capitals), and all with
# control characters.
_SURE = re.compile(
    f"[Â-ô](?:(?<=â)(?:€[{_NEXT}\ufffd]|‚¬|„¢)|(?<=Â)[\xa0-\xbf]|(?<=Ã)[¡-ª¬-º¼-¿ƒ†‡ˆ‰Š‹ŒŽšœžŸ‚„]"
    f"|(?<=[Â-ß])[\x80-\x9f]|(?<=[à-ï])[\x80-\x9f][{_NEXT}]|(?<=[ð-ô])[\x80-\x9f][{_NEXT}]{{2}})"
)
# What U+FFFD stands for behind *â€*: of the characters whose last byte cp1252 leaves undefined only the closing
# quotation mark is of use in prose.
_LOST = {"â€\ufffd": "”"}
# At most this share of the characters beyond ASCII may stand outside of sequences for all of them to be broken,
# and without a sure one there must be so many sequences.
_MAX_WHOLE = 0.1
_MIN_SEQUENCES = 10
# Text may be broken more than once.
_MAX_TIMES = 3


def repair_mojibake(text: str, written: bytes | None = None) -> str:
    r"""The text with the characters put right of which it is certain that they are broken; good text as it is.

    Args:
        text: any.
        written: the same in UTF-8, if that is at hand.

    >>> repair_mojibake("JosÃ© said: â€œItâ€™s dear.â€\x9d")
    'José said: “It’s dear.”'
    """
    for _ in range(_MAX_TIMES):
        if text.isascii() or not (broken := _broken(text, written)):
            break
        text, written = _put_right(text, broken), None
    return text


def mender_of(texts: Iterable[str]) -> Callable[[str], str]:
    """What puts right each of some strings that came the same way (a body, its title, its authors): of a short one
    the others tell whether a doubtful sequence is a broken character.

    >>> mend = mender_of(["“No,” said JosÃ©.", "JosÃ©"])
    >>> mend("JosÃ©")
    'José'
    """
    left = [text for text in texts if not text.isascii()]
    rounds: list[re.Pattern[str]] = []
    while left and len(rounds) < _MAX_TIMES and (broken := _broken(" ".join(left))):
        rounds.append(broken)
        left = [_put_right(text, broken) for text in left]

    def mend(text: str) -> str:
        if not text.isascii():
            for broken in rounds:
                text = _put_right(text, broken)
        return text

    return mend


def _put_right(text: str, broken: re.Pattern[str]) -> str:
    return broken.sub(lambda found: _mended(found[0]) or found[0], text)


def _broken(text: str, written: bytes | None = None) -> re.Pattern[str] | None:
    """Which sequences of a text, and of the same in UTF-8, are broken characters; None if none are."""
    data = text.encode("utf-8", "surrogatepass") if written is None else written
    if b"\xc3" not in data or not _SEQUENCE_BEGIN.search(data):
        return None
    runs = _beyond_ascii(data)
    # All characters of a sequence are beyond ASCII, so that each stands within a run.
    found = [s for s in _SEQUENCE.findall(" ".join(runs)) if _mended(s)]
    if not found:
        return None
    good = sum(map(len, runs)) - sum(map(len, found))
    is_sure = any(_SURE.match(s) for s in found)
    if (is_sure or len(found) >= _MIN_SEQUENCES) and good <= _MAX_WHOLE * len(found):
        return _SEQUENCE
    return _SURE if is_sure else None


def _beyond_ascii(data: bytes) -> list[str]:
    """The runs of characters beyond ASCII, in order. Bytes are sorted out many times as fast as characters."""
    runs = data.translate(_ASCII_AS_BLANKS).split()
    return b" ".join(runs).decode("utf-8", "surrogatepass").split(" ")


def _mended(sequence: str) -> str | None:
    """The character that a sequence was; None if it was none of a text."""
    if sequence in _LOST:
        return _LOST[sequence]
    try:
        mended = bytes(_BYTE[c] for c in sequence).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    is_text = unicodedata.category(mended[0]) not in ("Cn", "Co", "Cs")
    return mended if len(mended) == 1 and is_text else None
