"""Reports as they are read -> the record: analysed, written one by one, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.analysis.encoder import Model
from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.reading.language import language_name
from onrecord.reading.options import Read
from onrecord.record.people import load_corrections
from onrecord.record.store import Outcome, Record
from onrecord.scale.pool import analyse_stream, is_analysed


@dataclass(frozen=True, slots=True)
class Recorded:
    """A report that is on record now, or was before.

    Attributes:
        notes: what whoever reads it has to be told, a line each.
    """

    article: Article
    analysis: AnalysisOut
    outcome: Outcome
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A report that could not be read, analysed or kept; the others go on."""

    error: UnreadableReportError
    notes: tuple[str, ...] = ()


def record_reports(store: Record, reads: Iterable[Read], model: Model) -> Iterator[Recorded | Unread]:
    """Analyse reports and write them, each in one transaction, in the order in which they come.

    Raises:
        RecordError: if the record cannot be written. What was recorded before stays.
    """
    for article, analysis in analyse_stream(reads, model):
        if isinstance(article, Article) and isinstance(analysis, AnalysisOut):
            yield _record(store, article, analysis, model)
        elif isinstance(analysis, UnreadableReportError):
            yield Unread(analysis)


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


def _record(store: Record, article: Article, analysis: AnalysisOut, model: Model) -> Recorded | Unread:
    guessed = note_encoding(article)
    try:
        outcome = store.add(article, analysis, model.version if is_analysed(article) else None)
    except UnreadableReportError as error:
        return Unread(error, _told(guessed))
    parted = _note_single_mentions(store, article) if outcome is Outcome.VERSION else None
    return Recorded(article, analysis, outcome, _told(guessed, note_language(article), parted))


def _note_single_mentions(store: Record, article: Article) -> str | None:
    """That splits of single mentions do not hold for a new version, since these may stand elsewhere in it."""
    with store.reading() as connection:
        parted = len(load_corrections(connection).mentions_in(article.id))
    if not parted:
        return None
    mentions = f"{parted} mention{'' if parted == 1 else 's'}"
    return f"{article.origin}: a new version of {article.id}, in which {mentions} had been given to somebody else; that does not hold for the new text. Split it there again: onrecord actor split."


def _told(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note is not None)
