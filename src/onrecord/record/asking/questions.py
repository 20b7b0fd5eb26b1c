"""Questions that cannot be meant as they are put: they are refused, since their answer would look like one."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.errors import UsageError
from onrecord.record.fitting import NO_TEXT


def check_question(words: Mapping[str, str | None], since: str | None, until: str | None) -> None:
    """See that words are words and that days follow each other.

    Args:
        words: what is looked for, by the name of its option.
        since, until: ISO dates.

    Raises:
        UsageError: for words that are empty, which would fit everything, for signs that are no text, and days which nothing can fit.
    """
    for name, given in words.items():
        if given is not None and not given.strip():
            raise UsageError(f'--{name} "": no words are given. Give some, or leave --{name} out.')
        if given is not None and (sign := NO_TEXT.search(given)):
            raise UsageError(
                f"--{name} {given!a}: {sign[0]!a} is in no text that a record holds. Give the words without it, in UTF-8."
            )
    if since and until and since > until:
        raise UsageError(
            f"--since {since} --until {until}: the first day is after the last. Give them the other way round."
        )
