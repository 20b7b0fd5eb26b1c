"""Texts -> `Analysis`: one pass of the encoder, then every head on what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.analysis.attribution import Attribution, attributions_of, in_text_order
from onrecord.analysis.coding import to_events
from onrecord.analysis.confidence import Calibration
from onrecord.analysis.coreference import resolve_mentions
from onrecord.analysis.decoding import Floats
from onrecord.analysis.doubted import LEAST_DOUBTED, tells_victims
from onrecord.analysis.events import Event
from onrecord.analysis.mentions import FoundMention, MentionPieces, mentions_of
from onrecord.analysis.names import Name, NamePieces, names_of, to_names
from onrecord.analysis.network import Network, encode_texts
from onrecord.analysis.options import AnalysisOptions
from onrecord.analysis.pieces import Pieces, Tokenizer, cut_pieces
from onrecord.analysis.statements import Statement, set_forms_of, to_statements
from onrecord.analysis.triggers import TriggerPieces, triggers_of


@dataclass(frozen=True, slots=True)
class Analysis:
    """What analysis finds in one text, each in the order of the text."""

    statements: tuple[Statement, ...] = ()
    names: tuple[Name, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    events: tuple[Event, ...] = ()


def analyse_texts(
    texts: Sequence[str],
    network: Network,
    tokenizer: Tokenizer,
    calibration: Calibration,
    options: AnalysisOptions,
) -> list[Analysis]:
    """Analyse several texts; they share batches, the result does not depend on it."""
    pieces = [cut_pieces(text, tokenizer) for text in texts]
    found = run_heads(texts, pieces, network, options)
    analyses = []
    for text, p, f in zip(texts, pieces, found, strict=True):
        statements = to_statements(
            text, p, in_text_order(f.attributions), calibration, options.min_confidence
        )
        mentions = resolve_mentions(text, p, f.mentions, statements, network)
        analyses.append(
            Analysis(
                statements=tuple(statements),
                names=tuple(to_names(text, p, f.names)),
                mentions=tuple(mentions),
                events=tuple(
                    to_events(
                        text,
                        p,
                        f.triggers,
                        statements,
                        mentions,
                        options.min_event_confidence,
                        second_look=options.second_look,
                        min_sure=_least_trigger(options),
                    )
                ),
            )
        )
    return analyses


@dataclass(slots=True)
class HeadsFound:
    """What the heads find in one text, in pieces and in no order."""

    attributions: list[Attribution] = field(default_factory=list)
    names: list[NamePieces] = field(default_factory=list)
    mentions: list[MentionPieces] = field(default_factory=list)
    triggers: list[TriggerPieces] = field(default_factory=list)


def run_heads(
    texts: Sequence[str],
    pieces: Sequence[Pieces],
    network: Network,
    options: AnalysisOptions,
) -> list[HeadsFound]:
    """What the heads find in each text."""
    given = [set_forms_of(text, p) for text, p in zip(texts, pieces, strict=True)]
    least: float | list[Floats] = _least_trigger(options)
    if options.second_look:
        least = [
            np.where(tells_victims(text, p), min(LEAST_DOUBTED, least), least).astype(np.float32)
            for text, p in zip(texts, pieces, strict=True)
        ]
    found = [HeadsFound() for _ in texts]
    for batch in encode_texts(pieces, network):
        for index, name in names_of(batch, pieces):
            found[index].names.append(name)
        for index, mention in mentions_of(batch, pieces):
            found[index].mentions.append(mention)
        for index, trigger in triggers_of(batch, pieces, network, least=least):
            found[index].triggers.append(trigger)
        for index, attribution in attributions_of(
            batch, pieces, network, given=given, begin_bonus=options.begin_bonus
        ):
            found[index].attributions.append(attribution)
    return found


def _least_trigger(options: AnalysisOptions) -> float:
    """Without a second look a trigger that is less sure than an event must be makes none."""
    return options.min_trigger_confidence if options.second_look else options.min_event_confidence
