"""Statements that a trained network finds in texts that nobody labelled, as targets for the next one."""

from __future__ import annotations

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.confidence import UNCALIBRATED
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.statements import Statement
from training.corpora import Document, Gold, load_tokenizer
from training.model import Network
from training.torch_network import TorchNetwork

# What a network found counts half of what a person annotated.
WEIGHT = 0.5
_BATCH_DOCUMENTS = 16


def label_by(teacher: Network, documents: list[Document]) -> None:
    """Give documents the outer statements that a trained network finds in them."""
    tokenizer = load_tokenizer()
    network = TorchNetwork(teacher)
    for at in range(0, len(documents), _BATCH_DOCUMENTS):
        part = documents[at : at + _BATCH_DOCUMENTS]
        found = analyse_texts([d.text for d in part], network, tokenizer, UNCALIBRATED, AnalysisOptions())
        for document, analysis in zip(part, found, strict=True):
            document.statements = [_as_gold(s) for s in analysis.statements if s.cue and not s.within]
            document.statements_known = True
            document.weight = WEIGHT


def _as_gold(statement: Statement) -> Gold:
    assert statement.cue is not None
    return Gold(
        source=[(statement.source.start, statement.source.end)] if statement.source else [],
        cue=(statement.cue.start, statement.cue.end),
        content=[(c.start, c.end) for c in statement.content],
    )
