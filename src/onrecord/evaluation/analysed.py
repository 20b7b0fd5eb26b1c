"""Labelled texts through the analysis that users get, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.analysis.encoder import Model
from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.scale.pool import analyse_stream


def analysed(texts: Iterable[tuple[str, str]], model: Model) -> Iterator[AnalysisOut]:
    """The output for each text, given with its id and read as it is.

    Raises:
        UnreadableReportError: if one cannot be analysed: figures over the others would not be those of the corpus.
    """
    articles = (Article(id=id, text=text, language="en") for id, text in texts)
    for _, output in analyse_stream(articles, model):
        if isinstance(output, UnreadableReportError):
            raise output
        yield output
