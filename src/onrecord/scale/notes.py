"""What whoever reads reports has to be told of one that was read; without the record, which takes half a second to load."""

from __future__ import annotations

from onrecord.article import Article
from onrecord.reading.language import language_name
from onrecord.scale.pool import is_analysed


def note_encoding(article: Article) -> str | None:
    """That the encoding was guessed: that of a text which is no Unicode. Pages and mails declare theirs."""
    original = article.original
    if original and not (original.is_markup or original.pieces or original.codec.startswith("utf")):
        return f"{article.origin}: not in UTF-8; read as {original.codec}, which is a guess. If letters are wrong, save it as UTF-8 and read it again."
    return None


def note_language(article: Article) -> str | None:
    """That a report is in a language that is not analysed."""
    if is_analysed(article):
        return None
    assert article.language is not None
    return f"{article.origin}: written in {language_name(article.language)}; not analysed, as onrecord reads English only."
