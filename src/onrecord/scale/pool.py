"""Many reports through analysis, several at a time on one machine, in the order they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.encoder import Model
from onrecord.article import Article
from onrecord.contract import AnalysisOut, to_output
from onrecord.errors import OnrecordError, UnreadableReportError
from onrecord.reading.options import Read
from onrecord.resolution.report import resolve_report
from onrecord.scale.cores import usable_cores

# Reports go to the encoder together until they have so many characters: enough for full batches of
# like windows, little enough that a first result comes soon and memory stays small.
CHUNK_CHARS = 20_000

T = TypeVar("T")
Analysed = AnalysisOut | UnreadableReportError


def is_analysed(article: Article) -> bool:
    """Is the report in a language that the model reads? Short texts count as English."""
    return article.language in (None, "en")


def analyse_articles(articles: list[Article], model: Model) -> list[AnalysisOut]:
    """Analyse and resolve some reports; those in other languages come back without statements."""
    ours = [a for a in articles if is_analysed(a)]
    found = analyse_texts(
        [a.text for a in ours], model.network, model.tokenizer, model.calibration, model.options
    )
    analyses = {id(a): analysis for a, analysis in zip(ours, found, strict=True)}
    return [to_output(a, resolve_report(a, analyses.get(id(a)))) for a in articles]


def analyse_stream(
    reads: Iterable[Read], model: Model, *, workers: int | None = None
) -> Iterator[tuple[Read, Analysed]]:
    """Analyse reports as they are read; errors pass through. Order is kept.

    Args:
        reads: articles, or errors in their place.
        workers: threads; None for one a core. onnxruntime works outside the interpreter lock.

    Yields:
        What was read, with its analysis (or the same error).
    """

    def work(chunk: list[Read]) -> list[tuple[Read, Analysed]]:
        results = iter(_analyse_safely([a for a in chunk if isinstance(a, Article)], model))
        return [(r, next(results) if isinstance(r, Article) else r) for r in chunk]

    count = workers or usable_cores()
    with ThreadPoolExecutor(count) as pool:
        waiting: deque[Future[list[tuple[Read, Analysed]]]] = deque()
        try:
            for chunk in _chunks(reads):
                waiting.append(pool.submit(work, chunk))
                if len(waiting) > count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _analyse_safely(articles: list[Article], model: Model) -> list[Analysed]:
    """Analyse some reports together; if one of them brings a fault of ours to light, each alone, so that it
    costs no other report."""
    try:
        return list(analyse_articles(articles, model))
    except OnrecordError:
        raise
    except Exception as error:
        if len(articles) > 1:
            return [found for article in articles for found in _analyse_safely([article], model)]
        name = articles[0].origin or articles[0].id
        return [
            UnreadableReportError(
                f"{name}: could not be analysed, which is a fault of onrecord ({type(error).__name__}: {error}). "
                "The other reports go on; please report it together with the text."
            )
        ]


def _chunks(reads: Iterable[Read]) -> Iterator[list[Read]]:
    """Group reports up to CHUNK_CHARS; the first chunk is a single report, so that output starts."""
    chunk: list[Read] = []
    size, limit = 0, 1
    for read in reads:
        chunk.append(read)
        size += len(read.text) if isinstance(read, Article) else 0
        if size >= limit:
            yield chunk
            chunk, size, limit = [], 0, CHUNK_CHARS
    if chunk:
        yield chunk
