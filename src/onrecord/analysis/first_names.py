"""Whether a first name is a woman's or a man's, and how surely: a list, and for other names how they end.

The list is of the United States census of 1990 (in the public domain), with the first names of Faker (MIT); the
endings, and the gender of names that the census has not, are of the World Gender Name Dictionary 2.0 (CC0).
`python -m training.pronoun_names` makes the file.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources

_FILE = "first_names.txt.gz"
# Characters of the endings that are known.
_LONGEST, _SHORTEST = 4, 2
_MARKS = ".,;:'’“”\"()"


def first_name_gender(name: str) -> float:
    """Half the logarithm of how much likelier a woman bears a name than a man, from -3 to 3; 0 where nothing is known.

    >>> first_name_gender("Maria") > 2, first_name_gender("John") < -2, first_name_gender("X")
    (True, True, 0.0)
    """
    return _gender_of(name.strip(_MARKS).lower())


@lru_cache(maxsize=16384)
def _gender_of(name: str) -> float:
    names, endings = _tables()
    known = names.get(name)
    if known is None and "-" in name:
        known = names.get(name.partition("-")[0])
    if known is not None:
        return known
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        if len(name) > length and (told := endings.get(name[-length:])) is not None:
            return told
    return 0.0


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, float], dict[str, float]]:
    """Names and endings, each with its number; a line of the file has a number and all that bear it."""
    tables: tuple[dict[str, float], dict[str, float]] = ({}, {})
    packed = (resources.files("onrecord.analysis") / "data" / _FILE).read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        table, number, *words = line.split()
        tables[table == "ending"].update(dict.fromkeys(words, float(number)))
    return tables
