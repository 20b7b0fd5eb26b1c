"""A report and its headline, given beside its text -> the report with the headline as its first paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.article import Article, content_id

_WORD = re.compile(r"\w+")


def put_under_headline(article: Article, title: str | None) -> Article:
    """The article with its headline as the first paragraph, if that is not there yet; all offsets move along.

    A live blog and letters stay as they are: their entries have headlines of their own.
    """
    ours, first = _words(title or ""), _words(article.text.partition("\n")[0])
    shared = min(len(ours), len(first))
    if not title or article.frame.entries or ours[:shared] == first[:shared]:
        return article
    shift = len(title) + 2
    text = f"{title}\n\n{article.text}"
    furniture = tuple(replace(f, before=f.before + shift) for f in article.furniture)
    return replace(article, id=content_id(text), text=text, furniture=furniture)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
