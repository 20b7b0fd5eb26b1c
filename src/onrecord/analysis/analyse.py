"""Texts -> `Analysis`: one pass of the encoder, then every head on what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.analysis.attribution import Attribution, attributions_of, in_text_order
from onrecord.analysis.confidence import Calibration
from onrecord.analysis.names import Name, NamePieces, names_of, to_names
from onrecord.analysis.network import Network, encode_texts
from onrecord.analysis.pieces import Pieces, Tokenizer, cut_pieces
from onrecord.analysis.statements import Statement, StatementOptions, set_forms_of, to_statements


@dataclass(frozen=True, slots=True)
class Analysis:
    """What analysis finds in one text, each in the order of the text."""

    statements: tuple[Statement, ...] = ()
    names: tuple[Name, ...] = ()


def analyse_texts(
    texts: Sequence[str],
    network: Network,
    tokenizer: Tokenizer,
    calibration: Calibration,
    options: StatementOptions,
) -> list[Analysis]:
    """Analyse several texts; they share batches, the result does not depend on it."""
    pieces = [cut_pieces(text, tokenizer) for text in texts]
    attributions, names = run_heads(texts, pieces, network, begin_bonus=options.begin_bonus)
    return [
        Analysis(
            tuple(to_statements(text, p, a, calibration, options.min_confidence)),
            tuple(to_names(text, p, n)),
        )
        for text, p, a, n in zip(texts, pieces, attributions, names, strict=True)
    ]


def run_heads(
    texts: Sequence[str], pieces: Sequence[Pieces], network: Network, *, begin_bonus: float
) -> tuple[list[list[Attribution]], list[list[NamePieces]]]:
    """What the heads find in each text, in pieces: attributions in the order of their cues, and names."""
    given = [set_forms_of(text, p) for text, p in zip(texts, pieces, strict=True)]
    attributions: list[list[Attribution]] = [[] for _ in texts]
    names: list[list[NamePieces]] = [[] for _ in texts]
    for batch in encode_texts(pieces, network):
        for index, name in names_of(batch, pieces):
            names[index].append(name)
        for index, found in attributions_of(batch, pieces, network, given=given, begin_bonus=begin_bonus):
            attributions[index].append(found)
    return [in_text_order(a) for a in attributions], names
