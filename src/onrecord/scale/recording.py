"""Reports as they are read -> the record: analysed, written one by one, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.analysis.encoder import Model
from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.reading.options import Read
from onrecord.record.people import load_corrections
from onrecord.record.store import Outcome, Record
from onrecord.scale.notes import note_encoding, note_language
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
